//! Where a task stands: the outer word, and the evidence that beats it.

use super::failure::Failures;
use super::source::Source;
use crate::failure::reason;
use crate::json::{Value, number};
use crate::shapes::{Field, Unit};
use crate::task::{Reason, Status};
use crate::words::is_one_of;

/// Status, the service's word for it, and the step inside.
pub struct State<'t> {
    pub status: Status,
    pub raw: Option<&'t str>,
    pub stage: Option<&'static str>,
}

/// What else of a body bears on where the task stands.
#[derive(Clone, Copy)]
pub struct Evidence<'e, 't> {
    /// The reported progress.
    pub progress: Option<f64>,
    /// There is a usable URL of a video.
    pub has_video: bool,
    /// What the body says of a failure.
    pub failures: &'e Failures<'t>,
}

/// Decides where the task stands.
pub fn decide<'t>(source: &mut Source<'t, '_>, evidence: Evidence<'_, '_>) -> State<'t> {
    let Evidence { progress, has_video, failures } = evidence;
    let shape = source.shape();
    let token = source.find(Field::State, &mut |value| !value.token().is_empty());
    let raw = token.and_then(Value::word);
    let word = token.map_or("", Value::token);
    match token {
        Some(from) => source.note("status", from, None),
        None => source.derived("status", "follows from what the body holds, without a word for it"),
    }
    if let Some(from) = token.filter(|_| raw.is_some()) {
        source.note("rawStatus", from, None);
    }
    let outer = if is_one_of(shape.ended, word) {
        Some(ended(has_video, failures.is_empty(source)))
    } else {
        shape.status(word)
    };
    let inner = inner_word(source);
    let words = [inner.map(|(word, _, from)| (word, from)), token.map(|from| (word, from))];
    let words = || words.iter().flatten();
    let running = source.flag(Field::Running);

    let mut status = outer.unwrap_or_default();
    if !status.is_done() {
        if let Some((_, inner, from)) = inner {
            let evident = weigh(inner, has_video, running, source);
            if rank(evident) > rank(status) {
                status = evident;
                source.note("status", from, Some("a status deeper inside says more than the outer one"));
            }
        }
        if status == Status::Queued && progress.is_some_and(|progress| progress > 0.0) {
            status = Status::Processing;
        }
    }

    let mut stage = words().find_map(|(word, from)| Some((shape.stage(word)?, *from)));
    if status == Status::Processing
        && let Some((_, from)) = words().find(|(word, _)| is_one_of(shape.generated, word))
    {
        if source.flag(Field::Upscales) == Some(true) || running == Some(true) {
            stage = Some(("upscaling", *from));
        } else if has_video && (running == Some(false) || source.flag(Field::Upscales) == Some(false)) {
            status = Status::Completed;
        }
    }
    if word.is_empty() && has_video && status == Status::Processing {
        status = Status::Completed;
    }
    if failures.is_refused && (status == Status::Completed || word.is_empty()) {
        status = Status::Failed;
        source.derived("status", "failed, because a filter refused the outcome");
    }
    if !has_video && !status.is_without_video() && failures.is_fatal(source) {
        status = Status::Failed;
        source.derived("status", "failed, because the service says what went wrong");
    }
    let stage = stage.filter(|_| status == Status::Processing);
    if let Some((_, from)) = stage {
        source.note("stage", from, None);
    }
    State { status, raw, stage: stage.map(|(stage, _)| stage) }
}

/// How a task ended of which the service says only that it did.
fn ended(has_video: bool, is_fine: bool) -> Status {
    if is_fine || has_video { Status::Completed } else { Status::Failed }
}

/// The reported progress, 0 to 1.
pub fn progress<'t>(source: &Source<'t, '_>) -> Option<(f64, Value<'t>)> {
    source.rows().iter().find_map(|(field, value)| match field {
        Field::Progress(unit) => Some((fraction(*value, *unit)?, *value)),
        _ => None,
    })
}

/// The progress of a task that stands there: all of it when completed, none when it ended otherwise.
pub fn settled(status: Status, reported: Option<(f64, Value<'_>)>, source: &mut Source<'_, '_>) -> Option<f64> {
    if status == Status::Completed {
        source.derived("progress", "all of it, because the task is completed");
        return Some(1.0);
    }
    let (progress, from) = reported?;
    if status.is_done() {
        source.ignore(from, "a progress of a task that ended without a video");
        return None;
    }
    source.note("progress", from, None);
    Some(progress)
}

fn fraction(value: Value<'_>, unit: Unit) -> Option<f64> {
    let word = value.word()?;
    let word = word.trim_ascii();
    let (text, unit) = match (unit, word.strip_suffix('%')) {
        (Unit::LastPercent, _) => (last_percent(word)?, Unit::Percent),
        (_, Some(percent)) => (percent.trim_ascii_end(), Unit::Percent),
        (_, None) => (word, unit),
    };
    let fraction = number::parse_shifted(text, if unit == Unit::Percent { -2 } else { 0 })?;
    (0.0..=1.0).contains(&fraction).then_some(fraction)
}

/// The digits before the last `%` of a text that has some before it.
fn last_percent(text: &str) -> Option<&str> {
    let mut before = text;
    loop {
        before = before.get(..before.bytes().rposition(|byte| byte == b'%')?)?;
        let start = before.bytes().rposition(|byte| !byte.is_ascii_digit() && byte != b'.');
        let digits = before.get(start.map_or(0, |at| at.saturating_add(1))..)?;
        if number::parse(digits).is_some() {
            return Some(digits);
        }
    }
}

/// The first known status word deeper inside.
fn inner_word<'t>(source: &Source<'t, '_>) -> Option<(&'t str, Status, Value<'t>)> {
    let shape = source.shape();
    let (word, from) = source.word_that(Field::InnerState, &|word| shape.status(word).is_some())?;
    let status = shape.status(word)?;
    Some((word, status, from))
}

/// What an inner word proves: that it began, at least. That it ended, only with a video to show for it, or, where it failed,
/// with nothing going on any more or for a reason that stays: relays try again.
fn weigh(inner: Status, has_video: bool, running: Option<bool>, source: &Source<'_, '_>) -> Status {
    let is_proved = match inner {
        Status::Completed => has_video && running != Some(true),
        ended if ended.is_done() => running.map_or_else(|| is_final(source), |running| !running),
        _ => true,
    };
    if is_proved { inner } else { Status::Processing }
}

/// Whether the reason inside is one that another try would meet as well.
fn is_final(source: &Source<'_, '_>) -> bool {
    let stays = |why: &str| matches!(reason(None, Some(why)), Reason::Moderation | Reason::InvalidInput);
    source.word_that(Field::InnerReason, &stays).is_some()
}

/// How much a status says.
fn rank(status: Status) -> u8 {
    match status {
        Status::Unknown => 0,
        Status::Queued => 1,
        Status::Processing => 2,
        _ => 3,
    }
}
