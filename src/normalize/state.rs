//! Where a task stands: the outer word, and the evidence that beats it.

use super::source::Source;
use crate::json::{Value, number};
use crate::shapes::{Field, Unit};
use crate::task::Status;

/// Status, the service's word for it, and the step inside.
pub struct State {
    pub status: Status,
    pub raw: Option<String>,
    pub stage: Option<&'static str>,
}

/// Decides where the task stands.
pub fn decide(source: &mut Source<'_, '_>, progress: Option<f64>, has_video: bool) -> State {
    let raw = source.word(Field::State, "rawStatus");
    let outer = raw.as_deref().and_then(|word| source.shape().status(word));
    let inner = inner_word(source);
    let words = [inner.as_ref().map_or("", |(word, ..)| word), raw.as_deref().unwrap_or_default()];
    let shape = source.shape();
    let running = source.flag(Field::Running);

    let mut status = outer.unwrap_or_default();
    let mut why = None;
    if !status.is_done() {
        if let Some((_, inner, value)) = &inner {
            let evident = weigh(*inner, has_video, running == Some(true));
            if further(evident) > further(status) {
                status = evident;
                why = Some((*value, "a status deeper inside says more than the outer one"));
            }
        }
        if status == Status::Queued && progress.is_some_and(|progress| progress > 0.0) {
            status = Status::Processing;
        }
    }

    let mut stage = words.iter().find_map(|word| shape.stage(word));
    if status == Status::Processing && words.iter().any(|word| shape.is_generated(word)) {
        if source.flag(Field::Upscales) == Some(true) || running == Some(true) {
            stage = Some("upscaling");
        } else if has_video && running == Some(false) {
            status = Status::Completed;
        }
    }
    if let Some((value, note)) = why {
        source.note("status", value, Some(note));
    }
    State { status, raw, stage: stage.filter(|_| status == Status::Processing) }
}

/// The reported progress, 0 to 1.
pub fn progress(source: &mut Source<'_, '_>) -> Option<f64> {
    let mut progress = None;
    let mut from = None;
    source.each(&mut |field, value| {
        if let (Field::Progress(unit), None) = (field, progress) {
            progress = fraction(value, unit);
            from = Some(value);
        }
    });
    if progress.is_some() {
        source.note("progress", from?, None);
    }
    progress
}

fn fraction(value: Value<'_>, unit: Unit) -> Option<f64> {
    let word = value.word()?;
    let word = word.trim_ascii();
    let (text, unit) = match word.strip_suffix('%') {
        Some(percent) => (percent, Unit::Percent),
        None => (word, unit),
    };
    let number = number::parse(text)?;
    let fraction = if unit == Unit::Percent { number / 100.0 } else { number };
    (0.0..=1.0).contains(&fraction).then_some(fraction)
}

/// The first known status word deeper inside.
fn inner_word<'t>(source: &Source<'t, '_>) -> Option<(String, Status, Value<'t>)> {
    let shape = source.shape();
    let (word, from) = source.word_that(Field::InnerState, &|word| shape.status(word).is_some())?;
    let status = shape.status(&word)?;
    Some((word, status, from))
}

/// What an inner word proves: that it began, at least; that it ended, only with nothing left to do.
fn weigh(inner: Status, has_video: bool, running: bool) -> Status {
    let unproved = match inner {
        Status::Completed => running || !has_video,
        ended if ended.is_done() => running,
        _ => false,
    };
    if unproved { Status::Processing } else { inner }
}

/// How much a status says.
fn further(status: Status) -> u8 {
    match status {
        Status::Unknown => 0,
        Status::Queued => 1,
        Status::Processing => 2,
        _ => 3,
    }
}
