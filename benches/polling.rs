//! How many requests a wait makes, and how late it sees the end: this crate's schedule beside fixed intervals.
//!
//! `cargo bench --bench polling` prints the table, `-- --json` the same as JSON, `-- --seed 7` other tasks. No network and
//! no clock: 1,000 tasks of each family are played through, of three lengths (log-normal, medians of 40, 120 and 300 s,
//! sigma 0.5), with 150 to 400 ms for each request.
//!
//! *Lateness* is from the end of a task to the answer that tells it; for the relay that looks only every 15 s, from when
//! the relay knows. *memory*: the tasks of a model follow each other on one client, which learns how long they take.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use rand_distr::{Distribution, LogNormal};
use video_task_query::learned::Learned;
use video_task_query::schedule::{Options, Outcome, Seen, next};
use video_task_query::task::Status;

const TASKS: usize = 1_000;
const MEDIANS: [f64; 3] = [40.0, 120.0, 300.0];
const FIXED: [f64; 5] = [0.5, 3.0, 5.0, 6.0, 10.0];

/// What a service tells of a task over its life.
struct Trace {
    queued: f64,
    end: f64,
    ends_as: Status,
    kind: Kind,
    /// Points of time and progress, as shares of the work.
    points: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Fair,
    Coarse,
    Jumpy,
    Stuck,
    Canned,
    None,
    Refreshed,
    FailsEarly,
    LongQueue,
}

const FAMILIES: [(Kind, &str); 9] = [
    (Kind::Fair, "fair progress"),
    (Kind::Coarse, "steps of 25 %"),
    (Kind::Jumpy, "jumpy"),
    (Kind::Stuck, "stuck at 90 %"),
    (Kind::Canned, "canned curve"),
    (Kind::None, "no progress"),
    (Kind::Refreshed, "refreshed every 15 s"),
    (Kind::FailsEarly, "a third fails early"),
    (Kind::LongQueue, "long queue"),
];

impl Trace {
    fn new(kind: Kind, median: f64, rng: &mut SmallRng) -> Self {
        let work = LogNormal::new((median * 1_000.0).ln(), 0.5).unwrap().sample(rng);
        let queued = if kind == Kind::LongQueue {
            rng.random_range(30_000.0..300_000.0)
        } else {
            work * rng.random_range(0.0..0.05)
        };
        let (mut end, mut ends_as) = (queued + work, Status::Completed);
        if kind == Kind::FailsEarly && rng.random_bool(0.33) {
            (end, ends_as) = (rng.random_range(500.0..0.3 * work), Status::Failed);
        }
        let points = match kind {
            // Told at a few irregular times, and wrong by up to 15 %.
            Kind::Jumpy => {
                let mut times: Vec<f64> = (0..rng.random_range(4..10)).map(|_| rng.random_range(0.0..1.0)).collect();
                times.sort_by(f64::total_cmp);
                let mut most = 0.0_f64;
                let mut told = |time: f64| {
                    most = most.max((time + rng.random_range(-0.15..0.15)).clamp(0.0, 0.99));
                    (time, most)
                };
                times.into_iter().map(&mut told).collect()
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
    fn told_at(&self) -> f64 {
        if self.kind == Kind::Refreshed { (self.end / 15_000.0).ceil() * 15_000.0 } else { self.end }
    }

    fn seen(&self, at: f64) -> Seen {
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
            Kind::Jumpy => {
                percent(self.points.iter().rev().find(|(time, _)| *time <= share).map_or(0.0, |(_, value)| *value))
            }
            Kind::Stuck => percent((share / self.points[0].0).min(1.0) * 0.9),
            Kind::Canned => percent((1.0 - (-share / self.points[0].0).exp()).min(self.points[0].1)),
            Kind::None | Kind::FailsEarly | Kind::LongQueue => None,
        };
        Seen { status: Status::Processing, progress, ..Seen::default() }
    }
}

enum Policy {
    Fixed(f64),
    Ours { remembers: bool },
}

#[derive(Clone, Copy)]
struct Figures {
    requests: f64,
    median: f64,
    p95: f64,
}

/// Plays all tasks of a family through; each median apart, since a client learns of each model.
fn play(kind: Kind, medians: &[f64], policy: &Policy, seed: u64) -> Figures {
    let (mut requests, mut lateness) = (0.0, Vec::new());
    for &median in medians {
        // The same tasks for every policy.
        let mut rng = SmallRng::seed_from_u64(seed ^ (median as u64) << 8 ^ kind as u64);
        let mut dice = SmallRng::seed_from_u64(seed);
        let mut learned = Learned::default();
        for _ in 0..TASKS {
            let trace = Trace::new(kind, median, &mut rng);
            let (polls, late) = follow(&trace, policy, &mut dice, &mut learned);
            requests += polls;
            lateness.push(late);
        }
    }
    lateness.sort_by(f64::total_cmp);
    let at = |share: f64| lateness[(lateness.len() as f64 * share) as usize] / 1_000.0;
    Figures { requests: requests / lateness.len() as f64, median: at(0.5), p95: at(0.95) }
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
                    typical: if *remembers { learned.typical("model") } else { None },
                };
                let step = next(cursor, Outcome::Seen(seen), &options);
                cursor = Some(step.cursor);
                step.delay_ms
            }
        };
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let is_json = arguments.iter().any(|argument| argument == "--json");
    let seed = arguments.iter().position(|argument| argument == "--seed");
    let seed = seed.and_then(|at| arguments.get(at + 1)).and_then(|text| text.parse().ok()).unwrap_or(1);
    let mut policies: Vec<(String, Policy)> =
        FIXED.iter().map(|seconds| (format!("every {seconds} s"), Policy::Fixed(*seconds))).collect();
    policies.push(("this crate".to_owned(), Policy::Ours { remembers: false }));
    policies.push(("with memory".to_owned(), Policy::Ours { remembers: true }));
    let mut rows = Vec::new();
    for (kind, family) in FAMILIES {
        let mut lengths: Vec<(String, Vec<f64>)> = vec![("all".to_owned(), MEDIANS.to_vec())];
        lengths.extend(MEDIANS.iter().map(|median| (format!("{median} s"), vec![*median])));
        for (length, medians) in lengths {
            let five = play(kind, &medians, &Policy::Fixed(5.0), seed);
            for (name, policy) in &policies {
                let figures = play(kind, &medians, policy, seed);
                let goal = match policy {
                    Policy::Ours { .. } => Some(holds(kind, figures, five)),
                    Policy::Fixed(_) => None,
                };
                rows.push((family, length.clone(), name.clone(), figures, five, goal));
            }
        }
    }
    if is_json {
        let rows = rows.iter().map(|(family, length, name, figures, ..)| {
            serde_json::json!({ "family": family, "median duration": length, "policy": name, "requests": figures.requests,
                "median lateness s": figures.median, "p95 lateness s": figures.p95 })
        });
        return println!("{}", serde_json::Value::from_iter(rows));
    }
    println!(
        "| family | duration | policy | requests | lateness, median | 95 % | against 5 s: requests, lateness | goal |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (family, length, name, Figures { requests, median, p95 }, five, goal) in rows {
        // The fixed ones by length would only make the table long.
        if goal.is_none() && length != "all" {
            continue;
        }
        let ratios = (requests / five.requests, median / five.median);
        let goal = goal.map_or("", |holds| if holds { "holds" } else { "**missed**" });
        println!(
            "| {family} | {length} | {name} | {requests:.1} | {median:.2} s | {p95:.1} s | {:.2} x, {:.2} x | {goal} |",
            ratios.0, ratios.1
        );
    }
}

/// The goals against a fixed interval of five seconds.
fn holds(kind: Kind, ours: Figures, five: Figures) -> bool {
    let (requests, median) = (ours.requests / five.requests, ours.median / five.median);
    ours.p95 < 15.0
        && match kind {
            Kind::Fair => requests <= 1.0 / 3.0 && median <= 0.5,
            Kind::Coarse | Kind::Jumpy | Kind::Stuck => requests <= 0.5 && median <= 1.0,
            Kind::None => requests <= 1.0 && median <= 1.0 && (requests < 1.0 || median < 1.0),
            Kind::Canned | Kind::Refreshed | Kind::FailsEarly | Kind::LongQueue => true,
        }
}
