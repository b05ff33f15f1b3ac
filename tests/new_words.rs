//! A status word that a service has used for the first time says nothing: it neither ends a task nor makes an error of
//! it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

mod bodies;

use bodies::{FIXTURES, Fixture};
use serde_json::Value;
use video_task_query::explain_task;
use video_task_query::task::Status::{Processing, Queued};

/// In these the word alone makes a task of what is told as errors are, or of a text; beside a message and without a
/// usual id it may be an error's.
const BY_THEIR_WORD: [&str; 8] = [
    "runninghub/queued",
    "runninghub/queued.other-code",
    "runninghub/running",
    "runninghub/running.socket",
    "runninghub/status.running",
    "unified/processing.empty-message-no-id",
    "unified/processing.job-with-message",
    "unified/processing.message-no-id",
];

/// Here another word outside says that it succeeded.
const SAID_TWICE: &str = "unified/queued.piapi-inside";

/// The body of a task that goes on with another word in it; none where the word stands in a text of its own.
fn with_new_word(fixture: &Fixture) -> Option<Value> {
    let task = fixture.read(&fixture.body).ok().filter(|task| matches!(task.status, Queued | Processing))?;
    let told = explain_task(&fixture.body.as_slice().into(), fixture.asked()).ok()?;
    let path = &told.fields.iter().find(|row| row.field == "rawStatus")?.path;
    // Some bodies are none to it, such as half a character.
    let mut body: Value = serde_json::from_slice(&fixture.body).ok()?;
    let word = body.pointer_mut(&format!("/{}", path.replace(['.', '['], "/").replace(']', "")))?;
    assert!(task.raw_status.is_some(), "{}", fixture.name);
    *word = if word.is_number() { 7777.into() } else { "re_encoding_twice".into() };
    Some(body)
}

#[test]
fn a_new_word_neither_ends_a_task_nor_makes_an_error_of_it() {
    let (mut count, mut wrong) = (0, Vec::new());
    let told = FIXTURES.iter().filter(|fixture| fixture.status == 200 && !fixture.name.ends_with(SAID_TWICE));
    for fixture in told {
        let Some(body) = with_new_word(fixture) else { continue };
        let is_word_alone = BY_THEIR_WORD.iter().any(|name| fixture.name.ends_with(name));
        match fixture.read(body.to_string().as_bytes()) {
            Ok(task) if task.is_done || is_word_alone => wrong.push(format!("{}: {:?}", fixture.name, task.status)),
            Err(error) if !is_word_alone => wrong.push(format!("{}: {}", fixture.name, error.message)),
            _ => {}
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count > 150, "only {count} fixtures");
}
