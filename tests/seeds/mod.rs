//! Inputs for `tests/invariants` that are made of the fixtures, from which fuzzers begin.

use std::collections::BTreeSet;

use video_task_query::json::{Kind, Tree, Value};
use video_task_query::task::Status;

use super::bodies::{FIXTURES, Fixture};
use super::invariants::envelope::SECRET;

pub fn task() -> Vec<Vec<u8>> {
    FIXTURES.iter().map(|fixture| fixture.body.clone()).collect()
}

/// Each body under its status, and with a key in the place of its first word.
pub fn envelope() -> Vec<Vec<u8>> {
    let under = |fixture: &Fixture, body: &[u8]| [&(fixture.status - 100).to_be_bytes(), body].concat();
    let with_key =
        |fixture: &Fixture| String::from_utf8_lossy(&fixture.body).replacen(": \"", &format!(": \"{SECRET} "), 9);
    let both = |fixture| [under(fixture, &fixture.body), under(fixture, with_key(fixture).as_bytes())];
    FIXTURES.iter().flat_map(both).collect()
}

pub fn url() -> Vec<Vec<u8>> {
    const BASES: [&str; 4] =
        ["https://api.example.com", "http://127.0.0.1:8080/v1", "https://[::1]/a/b/", "http://b\u{fc}cher.example"];
    const ENDPOINTS: [&str; 6] =
        ["auto", "openai", "/v1/{id}/..%2f{id}?id={id}", "/%2e{id}", "/a/./{id}", "/v1/videos/video_id?id={id}"];
    let texts = texts(|text| !text.contains('\n'));
    let ids = FIXTURES.iter().filter_map(|fixture| fixture.id.clone()).chain(texts);
    let seeds = ids
        .enumerate()
        .map(|(at, id)| format!("{}\n{}\n{id}", BASES[at % BASES.len()], ENDPOINTS[at % ENDPOINTS.len()]).into_bytes());
    seeds.collect()
}

pub fn time() -> Vec<Vec<u8>> {
    let dates = ["Wed, 21 Oct 2015 07:28:00 GMT", "20251001T062941Z", "120", "-1", "1e308"].map(str::to_owned);
    let texts = texts(|text| text.len() < 40 && text.bytes().filter(u8::is_ascii_digit).count() * 3 > text.len());
    let spread = |at: usize| u64::try_from(at).unwrap().wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
    let seeds = dates.into_iter().chain(texts).enumerate();
    seeds.map(|(at, text)| [&spread(at), text.as_bytes()].concat()).collect()
}

/// What the fixtures say, as waits that see a dozen of them each.
pub fn schedule() -> Vec<Vec<u8>> {
    let outcomes: Vec<[u8; 7]> = FIXTURES.iter().map(outcome).collect();
    let waits = outcomes.chunks(12).enumerate();
    waits.map(|(at, wait)| [&[200, u8::try_from(at).unwrap(), 127, 5, 0], wait.as_flattened()].concat()).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 100")]
fn outcome(fixture: &Fixture) -> [u8; 7] {
    match fixture.read(&fixture.body) {
        Ok(task) => {
            let status = match task.status {
                Status::Queued => 0,
                Status::Processing => 1,
                _ => 2,
            };
            let wait = if task.estimated_wait_ms.is_some() { 150 } else { 0 };
            [0, status, task.progress.map_or(201, |progress| (progress * 100.0) as u8), 0, wait, 0, 0]
        }
        Err(error) => [3, error.code as u8, 0, u8::from(!error.retryable), 0, 0, 0],
    }
}

/// The strings and numbers of all fixtures.
fn texts(fits: fn(&str) -> bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for fixture in FIXTURES.iter() {
        let Ok(tree) = Tree::parse(&fixture.body) else { continue };
        let mut open: Vec<Value<'_>> = vec![tree.root()];
        while let Some(value) = open.pop() {
            match value.kind() {
                Kind::Array => open.extend(value.elements()),
                Kind::Object => open.extend(value.members().map(|(_, value)| value)),
                _ => found.extend(value.word().filter(|word| fits(word)).map(str::to_owned)),
            }
        }
    }
    found
}
