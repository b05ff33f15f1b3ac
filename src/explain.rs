//! Which shape and rule gave each field, and what was ignored: the trail of one reading, put in the order of the
//! fields.

use crate::shapes::{Mark, Recognised};
use crate::task::Task;
use crate::trail::{Ignored, Origin, Trail};
use crate::words::{joined, split, split_once};

/// A task and how it came about.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// The shape that was recognised.
    pub shape: &'static str,
    /// What was read.
    pub task: Task,
    /// One row for each field that has a value.
    pub fields: Vec<Origin>,
    /// What holds a value that was not used.
    pub ignored: Vec<Ignored>,
}

/// The order in which fields are explained.
const ORDER: &str = "id responseId provider model shape status rawStatus stage isDone progress queuePosition \
    estimatedWaitMs videoUrl videos thumbnailUrl previewUrl contentPath width height durationSeconds prompt \
    enhancedPrompt error warnings createdAt completedAt updatedAt";

/// Puts a trail beside the task that was read along it.
#[must_use]
pub fn explanation(task: Task, trail: Trail) -> Explanation {
    let mut fields: Vec<Origin> = Vec::new();
    for name in split(ORDER, b' ') {
        for row in trail.fields.iter().filter(|row| belongs(&row.field, name)) {
            match fields.iter_mut().find(|known| known.field == row.field) {
                Some(known) => known.clone_from(row),
                None => fields.push(row.clone()),
            }
        }
    }
    Explanation { shape: task.shape, task, fields, ignored: trail.ignored }
}

/// Whether a row is about a field or a part of it: `videos[1].url` belongs to `videos`.
fn belongs(row: &str, field: &str) -> bool {
    row.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// By what a body was recognised.
#[must_use]
pub fn recognition(found: &Recognised<'_>) -> String {
    let mut told = String::new();
    let halves = |rule| split_once(rule, " ").unwrap_or((rule, ""));
    for mark in found.marks {
        let (before, (paths, text), after) = match *mark {
            Mark::Has(paths) | Mark::Scalar(paths) => ("has ", (paths, ""), ""),
            Mark::Lacks(paths) | Mark::Empty(paths) => ("has no ", (paths, ""), ""),
            Mark::InEnvelope => ("the ", ("envelope", ""), " says that all is well"),
            Mark::Word(path) => ("", (path, ""), " is a known word"),
            Mark::Is(rule) => ("", halves(rule), " is "),
            Mark::IsNot(rule) | Mark::Unless(rule) => ("", halves(rule), " is none of "),
            Mark::Holds(rule) => ("", halves(rule), " holds "),
            Mark::Fine(paths) => ("", (paths, ""), " is fine"),
            Mark::Refusal(_) => ("the ", ("words", ""), " are a filter's"),
        };
        for path in split(paths, b' ') {
            let comma = if told.is_empty() { "" } else { ", " };
            told.push_str(&joined(&[comma, before, path, after, text]));
        }
    }
    if told.is_empty() { "it came from this service".to_owned() } else { told }
}
