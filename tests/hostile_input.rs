//! What the fuzzers in `fuzz/` look for, on every machine: the same functions, fed with fixtures that were changed at
//! random, always the same ones.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod bodies;
mod invariants;
mod seeds;

use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

/// What nearly is something: of JSON, URLs, instants and errors.
const PIECES: &str = "\" \\ { } [ ] : , null true 1e400 - 0 9007199254740993 \\ud83c \u{FEFF} .. %2e / // ? # @ \t \0 {id} \
    https:// data:video/ \u{e4} .5 T Z +23:59 00 9999 GMT % %%%%%%%% sk-7 \\u002d error message status failed code data not_found";

type Hold = fn(&[u8]);

fn mutated(seeds: &[Vec<u8>], random: &mut SmallRng) -> Vec<u8> {
    let pieces: Vec<_> = PIECES.split(' ').collect();
    let mut input = seeds[random.random_range(0..seeds.len())].clone();
    for _ in 0..random.random_range(1..6) {
        let at = random.random_range(0..=input.len());
        let piece = pieces[random.random_range(0..pieces.len())];
        let other = &seeds[random.random_range(0..seeds.len())];
        match random.random_range(0..7) {
            0 => drop(input.splice(at..at, piece.bytes())),
            1 if at < input.len() => input[at] ^= 1 << random.random_range(0..8),
            2 if at < input.len() => input[at] = random.random(),
            3 => input.truncate(at),
            4 => drop(input.drain(at..(at + random.random_range(0..9)).min(input.len()))),
            5 => drop(input.splice(at..(at + piece.len()).min(input.len()), piece.bytes())),
            _ => input.extend_from_slice(&other[other.len().min(at)..]),
        }
    }
    input
}

fn hold_on(hold: Hold, seeds: &[Vec<u8>], inputs: usize) {
    let mut random = SmallRng::seed_from_u64(7);
    let changed = (0..inputs).map(|_| mutated(seeds, &mut random));
    for input in seeds.iter().cloned().chain(changed) {
        assert!(catch_unwind(|| hold(&input)).is_ok(), "broken by \"{}\"", input.escape_ascii());
    }
}

#[test]
fn any_body_is_a_task_or_an_error_and_is_explained() {
    hold_on(invariants::task::hold, &seeds::task(), 4_000);
}

#[test]
fn any_answer_that_is_no_task_is_an_error_without_the_key() {
    hold_on(invariants::envelope::hold, &seeds::envelope(), 8_000);
}

#[test]
fn any_id_arrives_whole_and_no_link_leaves_the_service() {
    hold_on(invariants::url::hold, &seeds::url(), 20_000);
}

#[test]
fn any_text_is_an_instant_or_none_and_any_instant_is_read_as_it_was_written() {
    hold_on(invariants::time::hold, &seeds::time(), 20_000);
}

#[test]
fn any_outcomes_end_by_the_deadline() {
    hold_on(invariants::schedule::hold, &seeds::schedule(), 2_000);
}

#[test]
#[ignore = "no test: `npm run fuzz` has it write what the fuzzers begin with"]
fn corpus() {
    for (name, inputs) in [
        ("task", seeds::task()),
        ("envelope", seeds::envelope()),
        ("url", seeds::url()),
        ("time", seeds::time()),
        ("schedule", seeds::schedule()),
    ] {
        let folder = Path::new("fuzz/corpus").join(name);
        fs::create_dir_all(&folder).unwrap();
        for (at, input) in inputs.iter().enumerate() {
            fs::write(folder.join(format!("seed-{at}")), input).unwrap();
        }
    }
}
