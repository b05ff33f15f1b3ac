//! Waits for tasks: how many requests each makes, and how late it sees the end.

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use video_task_query::learned::Learned;
use video_task_query::schedule::{Options, Outcome, next};
use video_task_query::task::Status;

use crate::trace::{Kind, Trace};

const TASKS: usize = 1_000;

pub enum Policy {
    Fixed(f64),
    Ours { remembers: bool },
}

#[derive(Clone, Copy)]
pub struct Run {
    pub seed: u64,
    pub sigma: f64,
}

/// Of each task the requests, and the lateness in ms.
type Waits = Vec<(f64, f64)>;

#[derive(Clone, Copy)]
pub struct Figures {
    pub requests: f64,
    pub median: f64,
    pub p95: f64,
}

impl Figures {
    fn of(waits: impl Iterator<Item = (f64, f64)>) -> Self {
        let (requests, mut lateness): (Vec<f64>, Vec<f64>) = waits.unzip();
        lateness.sort_by(f64::total_cmp);
        let at = |share: f64| lateness[(lateness.len() as f64 * share) as usize] / 1_000.0;
        Self { requests: requests.iter().sum::<f64>() / requests.len() as f64, median: at(0.5), p95: at(0.95) }
    }
}

/// Plays all tasks of a family and length through.
fn play(kind: Kind, median: f64, policy: &Policy, run: Run) -> Waits {
    // The same tasks for every policy.
    let mut rng = SmallRng::seed_from_u64(run.seed ^ (median as u64) << 20 ^ (kind as u64) << 40);
    let mut dice = SmallRng::seed_from_u64(!run.seed);
    let mut learned = Learned::default();
    (0..TASKS)
        .map(|_| follow(&Trace::new(kind, median, run.sigma, &mut rng), policy, &mut dice, &mut learned))
        .collect()
}

fn follow(trace: &Trace, policy: &Policy, dice: &mut SmallRng, learned: &mut Learned) -> (f64, f64) {
    // Instants as in real life, so that no rounding is hidden.
    const START: f64 = 1_790_000_000_000.0;
    let (mut at, mut polls, mut cursor) = (0.0, 0.0, None);
    let mut began = 0.0;
    loop {
        let latency = dice.random_range(150.0..400.0);
        // The service answers half-way.
        let seen = trace.seen(at + latency / 2.0);
        at += latency;
        polls += 1.0;
        if seen.status == Status::Queued {
            began = at;
        }
        if seen.status.is_done() {
            learned.add("model", at - began);
            return (polls, at - trace.told_at());
        }
        at += match policy {
            Policy::Fixed(seconds) => seconds * 1_000.0,
            Policy::Ours { remembers } => {
                let options = Options {
                    now: START + at,
                    random: dice.random_range(0.0..1.0),
                    interval_ms: None,
                    deadline_ms: f64::INFINITY,
                    max_missed: 5.0,
                    early_ms: if *remembers { learned.early_ms("model") } else { None },
                };
                let step = next(cursor, Outcome::Seen(seen), &options);
                cursor = Some(step.cursor);
                step.delay_ms
            }
        };
    }
}

/// A family at one length, or at all of them: the waits of each run.
pub struct Cell {
    runs: Vec<Waits>,
}

impl Cell {
    pub fn play(kind: Kind, medians: &[f64], policy: &Policy, runs: &[Run]) -> Self {
        let all = |run: &Run| medians.iter().flat_map(|median| play(kind, *median, policy, *run)).collect();
        Self { runs: runs.iter().map(all).collect() }
    }

    pub fn pooled(&self) -> Figures {
        Figures::of(self.runs.iter().flatten().copied())
    }

    pub fn each(&self) -> Vec<Figures> {
        self.runs.iter().map(|waits| Figures::of(waits.iter().copied())).collect()
    }
}
