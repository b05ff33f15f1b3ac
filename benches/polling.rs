//! How many requests a wait makes, and how late it sees the end: this crate's schedule beside fixed intervals.
//!
//! `cargo bench --bench polling` prints the tables of `benches/README.md`, `-- --json` all figures of each run, `--
//! --seeds 7,8 --sigmas 0.5` those of other runs. No network and no clock: 1,000 tasks of each family and each of three
//! lengths (log-normal, medians of 40, 120 and 300 s) are played through in each run, with 150 to 400 ms for each
//! request. There is a run for each seed and each sigma of the log-normal.
//!
//! *Lateness* is from the end of a task to the answer that tells it; for the relay that looks only every 15 s, from
//! when the relay knows. *With memory*: the tasks of a model follow each other on one client, which learns how long
//! they take.

#![allow(
    missing_docs,
    clippy::pedantic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used
)]

use std::str::FromStr;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use rand_distr::{Distribution, LogNormal};
use video_task_query::learned::Learned;
use video_task_query::schedule::{Options, Outcome, Seen, next};
use video_task_query::task::Status;

const TASKS: usize = 1_000;
const MEDIANS: [f64; 3] = [40.0, 120.0, 300.0];
const FIXED: [f64; 5] = [0.5, 3.0, 5.0, 6.0, 10.0];
/// None of these was looked at while the schedule was made; what was is told in the README.
const SEEDS: [u64; 5] = [90_001, 123_457, 271_828, 314_159, 555_557];
const SIGMAS: [f64; 3] = [0.35, 0.5, 0.7];
/// Seconds, for every family.
const MOST_P95: f64 = 15.0;

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
    Pairs,
    Stuck,
    Canned,
    None,
    Refreshed,
    FailsEarly,
    LongQueue,
}

const FAMILIES: [(Kind, &str); 10] = [
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
    fn new(kind: Kind, median: f64, sigma: f64, rng: &mut SmallRng) -> Self {
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

enum Policy {
    Fixed(f64),
    Ours { remembers: bool },
}

#[derive(Clone, Copy)]
struct Run {
    seed: u64,
    sigma: f64,
}

/// Of each task the requests, and the lateness in ms.
type Waits = Vec<(f64, f64)>;

#[derive(Clone, Copy)]
struct Figures {
    requests: f64,
    median: f64,
    p95: f64,
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

/// What the numbers after an option are.
fn numbers<T: FromStr + Copy>(arguments: &[String], option: &str, usual: &[T]) -> Vec<T> {
    let at = arguments.iter().position(|argument| argument == option);
    let read = at.and_then(|at| arguments.get(at + 1)).map(|text| text.split(',').flat_map(str::parse).collect());
    read.unwrap_or_else(|| usual.to_vec())
}

/// A family at one length, or at all of them: the waits of each run.
struct Cell {
    runs: Vec<Waits>,
}

impl Cell {
    fn play(kind: Kind, medians: &[f64], policy: &Policy, runs: &[Run]) -> Self {
        let all = |run: &Run| medians.iter().flat_map(|median| play(kind, *median, policy, *run)).collect();
        Self { runs: runs.iter().map(all).collect() }
    }

    fn pooled(&self) -> Figures {
        Figures::of(self.runs.iter().flatten().copied())
    }

    fn each(&self) -> Vec<Figures> {
        self.runs.iter().map(|waits| Figures::of(waits.iter().copied())).collect()
    }
}

/// The most that may be of a fixed interval's requests and median lateness.
fn goal(kind: Kind) -> Option<(f64, f64)> {
    match kind {
        Kind::Fair => Some((1.0 / 3.0, 0.5)),
        Kind::Coarse | Kind::Jumpy | Kind::Pairs | Kind::Stuck => Some((0.5, 1.0)),
        Kind::None => Some((1.0, 1.0)),
        Kind::Canned | Kind::Refreshed | Kind::FailsEarly | Kind::LongQueue => None,
    }
}

/// Ratios to the fixed interval and the 95th percentile, over all runs and the range of the runs.
fn compared(kind: Kind, ours: &Cell, five: &Cell) -> String {
    let most = goal(kind).unwrap_or((f64::INFINITY, f64::INFINITY));
    let pooled = (ours.pooled(), five.pooled());
    let each: Vec<_> = ours.each().into_iter().zip(five.each()).collect();
    let column = |of: fn((Figures, Figures)) -> f64, most: f64, digits: usize| {
        let runs: Vec<f64> = each.iter().map(|pair| of(*pair)).collect();
        let low = runs.iter().copied().fold(f64::INFINITY, f64::min);
        let high = runs.iter().copied().fold(0.0, f64::max);
        let mark = match of(pooled) {
            all if all > most => "**",
            _ if high > most => "*",
            _ => "",
        };
        format!("{mark}{:.digits$}{mark} ({low:.digits$}–{high:.digits$})", of(pooled))
    };
    [
        column(|(ours, five)| ours.requests / five.requests, most.0, 2),
        column(|(ours, five)| ours.median / five.median, most.1, 2),
        column(|(ours, _)| ours.p95, MOST_P95, 1),
    ]
    .join(" | ")
}

fn print_fixed(runs: &[Run]) {
    println!("| interval | requests | lateness, median | 95 % |");
    println!("|---|---|---|---|");
    for seconds in FIXED {
        let Figures { requests, median, p95 } =
            Cell::play(Kind::Fair, &MEDIANS, &Policy::Fixed(seconds), runs).pooled();
        println!("| {seconds} s | {requests:.1} | {median:.2} s | {p95:.1} s |");
    }
}

fn print_compared(policy: &Policy, runs: &[Run]) {
    println!("| family | goal: requests, lateness | duration | requests | lateness, median | lateness, 95 %, s |");
    println!("|---|---|---|---|---|---|");
    for (kind, family) in FAMILIES {
        for (length, medians) in lengths() {
            let ours = Cell::play(kind, &medians, policy, runs);
            let five = Cell::play(kind, &medians, &Policy::Fixed(5.0), runs);
            let goal = goal(kind).map_or("none".to_owned(), |(requests, median)| format!("{requests:.2}, {median:.2}"));
            println!("| {family} | {goal} | {length} | {} |", compared(kind, &ours, &five));
        }
    }
}

fn lengths() -> Vec<(String, Vec<f64>)> {
    let single = MEDIANS.iter().map(|median| (format!("{median} s"), vec![*median]));
    [("all".to_owned(), MEDIANS.to_vec())].into_iter().chain(single).collect()
}

fn print_json(runs: &[Run]) {
    let mut rows = Vec::new();
    let fixed = FIXED.iter().map(|seconds| (format!("every {seconds} s"), Policy::Fixed(*seconds)));
    let ours = [("this crate", false), ("with memory", true)];
    let ours = ours.map(|(name, remembers)| (name.to_owned(), Policy::Ours { remembers }));
    for (name, policy) in fixed.chain(ours) {
        for (kind, family) in FAMILIES {
            for (length, medians) in lengths() {
                let each = Cell::play(kind, &medians, &policy, runs).each();
                rows.extend(runs.iter().zip(each).map(|(run, figures)| {
                    serde_json::json!({ "family": family, "median duration": length, "policy": name, "seed": run.seed,
                        "sigma": run.sigma, "requests": figures.requests, "median lateness s": figures.median,
                        "p95 lateness s": figures.p95 })
                }));
            }
        }
    }
    println!("{}", serde_json::Value::from_iter(rows));
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let seeds = numbers(&arguments, "--seeds", &SEEDS);
    let sigmas = numbers(&arguments, "--sigmas", &SIGMAS);
    let runs: Vec<Run> =
        sigmas.iter().flat_map(|sigma| seeds.iter().map(|seed| Run { seed: *seed, sigma: *sigma })).collect();
    if arguments.iter().any(|argument| argument == "--json") {
        return print_json(&runs);
    }
    println!("Seeds {seeds:?}, sigmas {sigmas:?}: {} runs.\n", runs.len());
    println!("Fixed intervals, fair progress, all lengths:\n");
    print_fixed(&runs);
    println!("\nThis crate against 5 s:\n");
    print_compared(&Policy::Ours { remembers: false }, &runs);
    println!("\nThe same with memory:\n");
    print_compared(&Policy::Ours { remembers: true }, &runs);
}
