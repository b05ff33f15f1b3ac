//! What services tell of a task over its life, for families of services.

use rand::Rng;
use rand::rngs::SmallRng;
use rand_distr::{Distribution, LogNormal};
use video_task_query::schedule::Seen;
use video_task_query::task::Status;

/// What a service tells of a task over its life.
pub struct Trace {
    queued: f64,
    end: f64,
    ends_as: Status,
    kind: Kind,
    /// Points of time and progress, as shares of the work.
    points: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Fair,
    Coarse,
    Jumpy,
    Pairs,
    Stuck,
    Canned,
    None,
    Refreshed,
    FailsEarly,
    LongQueue,
}

pub const FAMILIES: [(Kind, &str); 10] = [
    (Kind::Fair, "fair progress"),
    (Kind::Coarse, "steps of 25 %"),
    (Kind::Jumpy, "jumpy, off by 15 %"),
    (Kind::Pairs, "jumpy, at random"),
    (Kind::Stuck, "stuck at 90 %"),
    (Kind::Canned, "canned curve"),
    (Kind::None, "no progress"),
    (Kind::Refreshed, "refreshed every 15 s"),
    (Kind::FailsEarly, "a third fails early"),
    (Kind::LongQueue, "long queue"),
];

impl Trace {
    pub fn new(kind: Kind, median: f64, sigma: f64, rng: &mut SmallRng) -> Self {
        let work = LogNormal::new((median * 1_000.0).ln(), sigma).unwrap().sample(rng);
        let queued = if kind == Kind::LongQueue {
            rng.random_range(30_000.0..300_000.0)
        } else {
            work * rng.random_range(0.0..0.05)
        };
        let (mut end, mut ends_as) = (queued + work, Status::Completed);
        if kind == Kind::FailsEarly && rng.random_bool(0.33) {
            (end, ends_as) = (rng.random_range(500.0..(0.3 * work).max(1_000.0)), Status::Failed);
        }
        let points = match kind {
            // Told at a few irregular times, and wrong by up to 15 %.
            Kind::Jumpy => {
                let count = rng.random_range(4..10);
                let times = ordered(count, rng);
                let mut most = 0.0_f64;
                let mut told = |time: f64| {
                    most = most.max((time + rng.random_range(-0.15..0.15)).clamp(0.0, 0.99));
                    (time, most)
                };
                times.into_iter().map(&mut told).collect()
            }
            // At a few random times to random values: but for growing, the one says nothing of the other.
            Kind::Pairs => {
                let count = rng.random_range(4..10);
                let times = ordered(count, rng);
                times.into_iter().zip(ordered(count, rng)).collect()
            }
            // The last tenth takes from a tenth to half of the time.
            Kind::Stuck => vec![(rng.random_range(0.5..0.9), 0.9)],
            // A curve that the service made up for some other length.
            Kind::Canned => vec![(rng.random_range(0.15..0.6), 0.95)],
            _ => Vec::new(),
        };
        Self { queued, end, ends_as, kind, points }
    }

    /// When the service begins to tell the end.
    pub fn told_at(&self) -> f64 {
        if self.kind == Kind::Refreshed { (self.end / 15_000.0).ceil() * 15_000.0 } else { self.end }
    }

    pub fn seen(&self, at: f64) -> Seen {
        let at = if self.kind == Kind::Refreshed { (at / 15_000.0).floor() * 15_000.0 } else { at };
        if at >= self.end {
            return Seen { status: self.ends_as, ..Seen::default() };
        }
        if at < self.queued {
            return Seen { status: Status::Queued, ..Seen::default() };
        }
        let share = (at - self.queued) / (self.end - self.queued);
        let percent = |share: f64| Some((share * 100.0).floor() / 100.0);
        let progress = match self.kind {
            Kind::Fair | Kind::Refreshed => percent(share),
            Kind::Coarse => Some((share * 4.0).floor() / 4.0),
            Kind::Jumpy | Kind::Pairs => {
                percent(self.points.iter().rev().find(|(time, _)| *time <= share).map_or(0.0, |(_, value)| *value))
            }
            Kind::Stuck => percent((share / self.points[0].0).min(1.0) * 0.9),
            Kind::Canned => percent((1.0 - (-share / self.points[0].0).exp()).min(self.points[0].1)),
            Kind::None | Kind::FailsEarly | Kind::LongQueue => None,
        };
        Seen { status: Status::Processing, progress, ..Seen::default() }
    }
}

/// Random shares, the smallest first.
fn ordered(count: usize, rng: &mut SmallRng) -> Vec<f64> {
    let mut shares: Vec<f64> = (0..count).map(|_| rng.random_range(0.0..1.0)).collect();
    shares.sort_by(f64::total_cmp);
    shares
}
