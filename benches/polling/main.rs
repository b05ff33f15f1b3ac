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

mod trace;
mod wait;

use std::str::FromStr;

use trace::{FAMILIES, Kind};
use wait::{Cell, Figures, Policy, Run};

const MEDIANS: [f64; 3] = [40.0, 120.0, 300.0];
const FIXED: [f64; 5] = [0.5, 3.0, 5.0, 6.0, 10.0];
/// None of these was looked at while the schedule was made; what was is told in the README.
const SEEDS: [u64; 5] = [90_001, 123_457, 271_828, 314_159, 555_557];
const SIGMAS: [f64; 3] = [0.35, 0.5, 0.7];
/// Seconds, for every family.
const MOST_P95: f64 = 15.0;

/// What the numbers after an option are.
fn numbers<T: FromStr + Copy>(arguments: &[String], option: &str, usual: &[T]) -> Vec<T> {
    let at = arguments.iter().position(|argument| argument == option);
    let read = at.and_then(|at| arguments.get(at + 1)).map(|text| text.split(',').flat_map(str::parse).collect());
    read.unwrap_or_else(|| usual.to_vec())
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
