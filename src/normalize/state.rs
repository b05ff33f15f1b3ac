//! Where a task stands: the outer word, and the evidence that beats it.

use super::failure::Failures;
use super::source::Source;
use crate::json::{Value, number};
use crate::reason::reason;
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

/// A status word deeper inside, what it means, and where it stands.
type Inner<'t> = (&'t str, Status, Value<'t>);

/// Decides where the task stands.
pub fn decide<'t>(source: &mut Source<'t, '_>, evidence: Evidence<'_, '_>) -> State<'t> {
    let Evidence { has_video, failures, .. } = evidence;
    let shape = source.shape();
    let token = source.find(Field::State, &mut |value| !value.token().is_empty()).or_else(|| of_several(source));
    let raw = note_word(token, source);
    let word = token.map_or("", Value::token);
    let outer = if is_one_of(shape.ended, word) {
        Some(ended(has_video, failures.is_empty(source)))
    } else {
        shape.status(word)
    };
    let inner = inner_word(source);
    let status = advanced(outer.unwrap_or_default(), inner, evidence, source);
    let words = [inner.map(|(word, _, from)| (word, from)), token.map(|from| (word, from))];
    let (status, stage) = generated(status, &words, has_video, source);
    let status = corrected(status, word, evidence, source);
    let stage = stage.filter(|_| status == Status::Processing);
    if let Some((_, from)) = stage {
        source.note("stage", from, None);
    }
    State { status, raw, stage: stage.map(|(stage, _)| stage) }
}

/// Of the words of several outcomes one that goes on or that nobody knows, or else one that is there: the others do not
/// end the task then.
fn of_several<'t>(source: &Source<'t, '_>) -> Option<Value<'t>> {
    let shape = source.shape();
    let each = |fits: &dyn Fn(Status) -> bool| {
        source.find(Field::EachState, &mut |value| {
            !value.token().is_empty() && fits(shape.status(value.token()).unwrap_or_default())
        })
    };
    let there = || each(&|status| status == Status::Completed);
    each(&|status| !status.is_done()).or_else(there).or_else(|| each(&|_| true))
}

/// The service's word as it wrote it, noted with what it tells.
fn note_word<'t>(token: Option<Value<'t>>, source: &mut Source<'t, '_>) -> Option<&'t str> {
    let Some(from) = token else {
        source.derived("status", "follows from what the body holds, without a word for it");
        return None;
    };
    source.note("status", from, None);
    let raw = from.word()?;
    source.note("rawStatus", from, None);
    Some(raw)
}

/// How far a task is that has not ended: a word deeper inside or a progress may know more than the outer word.
fn advanced<'t>(
    mut status: Status,
    inner: Option<Inner<'t>>,
    evidence: Evidence<'_, '_>,
    source: &mut Source<'t, '_>,
) -> Status {
    if status.is_done() {
        return status;
    }
    if let Some((_, inner, from)) = inner {
        let evident = weigh(inner, evidence.has_video, source);
        if rank(evident) > rank(status) {
            status = evident;
            source.note("status", from, Some("a status deeper inside says more than the outer one"));
        }
    }
    let has_begun = evidence.progress.is_some_and(|progress| progress > 0.0);
    if status == Status::Queued && has_begun { Status::Processing } else { status }
}

/// The step inside `processing`; and of a task that is generated whether that is the end, or upscaling comes after it.
fn generated<'t>(
    status: Status,
    words: &[Option<(&str, Value<'t>)>],
    has_video: bool,
    source: &Source<'t, '_>,
) -> (Status, Option<(&'static str, Value<'t>)>) {
    let shape = source.shape();
    let mut words = words.iter().flatten();
    let stage = words.clone().find_map(|(word, from)| Some((shape.stage(word)?, *from)));
    if status != Status::Processing {
        return (status, stage);
    }
    let Some((_, from)) = words.find(|(word, _)| is_one_of(shape.generated, word)) else { return (status, stage) };
    let (running, upscales) = (source.flag(Field::Running), source.flag(Field::Upscales));
    if upscales == Some(true) || running == Some(true) {
        return (status, Some(("upscaling", *from)));
    }
    let is_over = has_video && (running == Some(false) || upscales == Some(false));
    (if is_over { Status::Completed } else { status }, stage)
}

/// What the rest of the body proves against the words.
fn corrected(mut status: Status, word: &str, evidence: Evidence<'_, '_>, source: &mut Source<'_, '_>) -> Status {
    let Evidence { has_video, failures, .. } = evidence;
    if word.is_empty() && has_video && status == Status::Processing {
        status = Status::Completed;
    }
    if failures.is_moderated && (status == Status::Completed || word.is_empty()) {
        status = Status::Failed;
        source.derived("status", "failed, because a filter refused the outcome");
    }
    if !has_video && !status.has_ended_without_video() && failures.is_fatal(source) {
        status = Status::Failed;
        source.derived("status", "failed, because the service says what went wrong");
    }
    status
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
fn inner_word<'t>(source: &Source<'t, '_>) -> Option<Inner<'t>> {
    let shape = source.shape();
    let (word, from) = source.word_that(Field::InnerState, &|word| shape.status(word).is_some())?;
    let status = shape.status(word)?;
    Some((word, status, from))
}

/// What an inner word proves: that it began, at least. That it ended, only with a video to show for it, or, where it
/// failed, with nothing going on any more or for a reason that stays: relays try again.
fn weigh(inner: Status, has_video: bool, source: &Source<'_, '_>) -> Status {
    let running = source.flag(Field::Running);
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
