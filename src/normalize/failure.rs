//! Words about failures: the reason of a task that failed, a warning on one that did not.

use super::source::Source;
use crate::failure::reason;
use crate::json::Value;
use crate::link::Link;
use crate::shapes::Field;
use crate::task::{Failure, Reason, Status, Task, Warning};

/// Fills `task.error` where the task ended without a video; gives the warnings otherwise.
pub fn tell(task: &mut Task, source: &mut Source<'_, '_>) -> Vec<Warning> {
    let texts = texts(source);
    if !task.status.is_without_video() {
        let mut warnings = Vec::new();
        for (message, value) in texts {
            source.ignore(value, "an error that did not end the task");
            if task.status == Status::Completed {
                warnings.push(Warning { code: "recovered_error", message });
            }
        }
        return warnings;
    }
    let code = source.word_that(Field::ErrorCode, &|code| code != "0").map(|(code, value)| {
        source.note("error.code", value, None);
        code
    });
    let message = texts.into_iter().next().map(|(message, value)| {
        source.note("error.message", value, None);
        message
    });
    let reason = match task.status {
        Status::Cancelled => Reason::Cancelled,
        Status::Expired => Reason::Expired,
        _ if source.flag(Field::Refused) == Some(true) => Reason::Moderation,
        _ => reason(code.as_deref(), message.as_deref()),
    };
    let unsaid = match task.status {
        Status::Cancelled => "The task was cancelled.",
        Status::Expired => "The task has expired.",
        _ => "The service gave no reason.",
    };
    task.error = Some(Failure { code, message: message.unwrap_or_else(|| unsaid.to_owned()), reason });
    Vec::new()
}

/// The texts about failures, no text twice. A URL among them is none: new-api writes one where a reason would stand.
fn texts<'t>(source: &Source<'t, '_>) -> Vec<(String, Value<'t>)> {
    let mut texts: Vec<(String, Value<'t>)> = Vec::new();
    source.each(&mut |field, value| {
        let Some(text) = value.text().filter(|text| field == Field::ErrorText && !text.trim_ascii().is_empty()) else {
            return;
        };
        if Link::to_video(&text, None).is_none() && texts.iter().all(|(known, _)| *known != text) {
            texts.push((text.into_owned(), value));
        }
    });
    texts
}
