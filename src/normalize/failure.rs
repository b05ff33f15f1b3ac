//! Words about failures: the reason of a task that failed, a warning on one that did not.

use super::source::Source;
use crate::envelope::{is_unsuccessful, opened};
use crate::json::{Value, number};
use crate::link::Link;
use crate::reason::{NO_FAILURE, reason};
use crate::shapes::{Field, Recognised};
use crate::task::{Failure, Reason, Status, Warning};
use crate::words::{contains, is_one_of, split};

/// The words about failures in a body.
pub struct Failures<'t> {
    /// Texts, no text twice, and where they stand.
    texts: Vec<(&'t str, Value<'t>)>,
    /// A filter refused the outcome.
    pub is_moderated: bool,
}

impl<'t> Failures<'t> {
    /// Collects them.
    pub fn of(source: &Source<'t, '_>, has_output: bool) -> Self {
        let verdicts = texts(source, Field::Verdict);
        let mut failures = Self { texts: texts(source, Field::ErrorText), is_moderated: false };
        for (field, value) in source.rows() {
            let Field::Moderated(flag) = *field else { continue };
            // A refusal is told by a flag that is set, or by how many were; it stays so where another try went well.
            let told = value.flag().or_else(|| value.number().map(|count| count > 0.0));
            failures.is_moderated |= told == Some(flag) && !(flag && has_output);
        }
        // A verdict beside a video is about another one that was asked for with it.
        failures.is_moderated |= !verdicts.is_empty() && !has_output;
        failures.texts.extend(verdicts);
        failures
    }

    /// Whether the service says anything about a failure, be it a code alone.
    pub fn is_empty(&self, source: &Source<'_, '_>) -> bool {
        self.texts.is_empty() && !self.is_moderated && code_of(source).is_none()
    }

    /// Whether what it says ends the task, whatever the status word is.
    pub fn is_fatal(&self, source: &Source<'_, '_>) -> bool {
        source.shape().fatal.iter().any(|field| match field {
            Field::ErrorCode => code_of(source).is_some(),
            _ => !self.texts.is_empty(),
        })
    }

    /// Warns of what a task got over that completed; of one that goes on, not yet.
    pub fn warn(self, status: Status, source: &mut Source<'_, '_>, warnings: &mut Vec<Warning>) {
        for (message, value) in self.texts {
            source.ignore(value, "an error that did not end the task");
            // So many digits are the id of a file, which relays of MiniMax put there.
            let is_file = message.len() >= 10 && message.bytes().all(|byte| byte.is_ascii_digit());
            if status == Status::Completed && !is_file {
                source.warning(Some(value), RECOVERED);
                warnings.push(Warning { code: RECOVERED, message: message.to_owned() });
            }
        }
    }

    /// Why a task ended without a video; `word` is the service's for its status.
    pub fn into_failure(
        mut self,
        status: Status,
        word: Option<&str>,
        found: &Recognised<'_>,
        source: &mut Source<'_, '_>,
    ) -> Failure {
        let code = code_of(source).map(|(code, from)| {
            source.note("error.code", from, None);
            code
        });
        let told = || texts(source, Field::FailureText).first().copied();
        let first = self.texts.first().copied();
        let said = first.or_else(told).or_else(|| elsewhere(found)).or_else(|| instead_of_url(source));
        let (reason, unsaid) = match status {
            Status::Cancelled => (Reason::Cancelled, "The task was cancelled."),
            Status::Expired => (Reason::Expired, "The task has expired."),
            _ if self.is_moderated => (Reason::Moderation, UNSAID),
            _ => (self.why(code, said.map(|(message, _)| message), word, source), UNSAID),
        };
        // Looking for the reason may have brought other words to the front.
        let message = self.texts.first().copied().or(said);
        let inner = message.and_then(|(message, _)| passed_on(message));
        if let Some((_, from)) = message {
            let why = inner.as_ref().map(|_| "of the answer that is written there");
            source.note("error.message", from, why);
            if code.is_none() && inner.as_ref().is_some_and(|(code, _)| code.is_some()) {
                source.note("error.code", from, why);
            }
        }
        source.derived("error.reason", "follows from the status, the code and the words");
        if message.is_none() {
            source.derived("error.message", "our words: the service gave none");
        }
        for (_, value) in self.texts.iter().skip(1) {
            source.ignore(*value, "more words about the same failure");
        }
        let (inner_code, inner) = inner.unzip();
        let message = inner.unwrap_or_else(|| message.map_or(unsaid, |(message, _)| message).to_owned());
        Failure { code: code.map(str::to_owned).or(inner_code.flatten()), message, reason }
    }

    /// The reason that the code or the words tell, the first ones before the others and the status word last. Words of
    /// a filter come to the front of others that say nothing clear.
    fn why(
        &mut self,
        code: Option<&str>,
        message: Option<&str>,
        word: Option<&str>,
        source: &Source<'_, '_>,
    ) -> Reason {
        let by_code = code.and_then(|code| source.shape().reason(code));
        let mut why = by_code.unwrap_or_else(|| reason(code, message));
        // That nothing was made says what came of it, not why.
        let is_vague = |why| matches!(why, Reason::Unknown | Reason::NoOutput);
        if !is_vague(why) {
            return why;
        }
        for at in 1..self.texts.len().min(MOST_TEXTS) {
            let told = reason(None, self.texts.get(at).map(|(text, _)| *text));
            if told == Reason::Moderation {
                self.texts.swap(0, at);
                return told;
            }
            if is_vague(why) && told != Reason::Unknown {
                why = told;
            }
        }
        if !is_vague(why) {
            return why;
        }
        let told = reason(word, None);
        if told == Reason::Unknown { why } else { told }
    }
}

const RECOVERED: &str = "recovered_error";

/// So many texts are searched: every phrase is looked for in each.
const MOST_TEXTS: usize = 20;

const UNSAID: &str = "The service gave no reason.";

/// The code of a failure, and where it stands.
fn code_of<'t>(source: &Source<'t, '_>) -> Option<(&'t str, Value<'t>)> {
    source.word_that(Field::ErrorCode, &|code| !is_one_of(NO_FAILURE, code))
}

/// Where relays put words about a failure of which the shape's own table tells nothing.
const ELSEWHERE: &str = "error.message error fail_reason failure_reason error_message errorMessage message Message \
    messege msg err error_msg err_msg failed_reason detail errors[].message error.msg error.raw_message \
    error.description error.detail reason failReason failMsg failureMessage output.error result.error";

/// Such words in one place.
fn words_in(place: Value<'_>) -> Option<(&str, Value<'_>)> {
    split(ELSEWHERE, b' ').filter_map(|path| place.at(path)).find_map(|value| Some((said(value)?, value)))
}

/// Such words: of the task, of the answers inside it, or of an envelope that speaks of trouble.
fn elsewhere<'t>(found: &Recognised<'t>) -> Option<(&'t str, Value<'t>)> {
    let code = found.body.at("code").and_then(Value::word);
    let envelope =
        (is_unsuccessful(found.body) || code.is_some_and(|code| !is_one_of(NO_FAILURE, code))).then_some(found.body);
    let words_of = |answer: &Recognised<'t>| words_in(answer.task).or_else(|| words_in(answer.inner_body()?));
    words_of(found).or_else(|| found.answers_inside().iter().find_map(words_of)).or_else(|| words_in(envelope?))
}

/// Code and words of a whole answer of the service behind, which relays pass on as one text.
fn passed_on(message: &str) -> Option<(Option<String>, String)> {
    let (code, words) = opened(message).filter(|_| message.trim_ascii().starts_with('{'))?;
    let says_nothing = is_one_of(NO_FAILURE, &words) || number::parse(&words).is_some();
    (!says_nothing).then(|| (code.filter(|code| !is_one_of(NO_FAILURE, code)), words))
}

/// A sentence where the URL of the video would stand.
fn instead_of_url<'t>(source: &Source<'t, '_>) -> Option<(&'t str, Value<'t>)> {
    let mut urls = source.rows().iter().filter(|(field, _)| matches!(field, Field::Video(_)));
    let (message, value) = urls.find_map(|(_, value)| Some((said(*value)?, *value)))?;
    // Schemes are of ASCII letters, and no URL has a space.
    (!message.is_ascii() || contains(message, " ")).then_some((message, value))
}

/// What a value says of a failure. A URL says nothing: new-api writes one where a reason would stand.
fn said(value: Value<'_>) -> Option<&str> {
    let text = value.text().filter(|text| !text.trim_ascii().is_empty() && !is_one_of(NO_FAILURE, text))?;
    Link::to_video(text, None).is_none().then_some(text)
}

/// Texts of some fields.
fn texts<'t>(source: &Source<'t, '_>, wanted: Field) -> Vec<(&'t str, Value<'t>)> {
    let mut texts: Vec<(&str, Value<'t>)> = Vec::new();
    for (_, value) in source.rows().iter().filter(|(field, _)| *field == wanted) {
        let Some(text) = said(*value) else { continue };
        if texts.iter().all(|(known, _)| *known != text) {
            texts.push((text, *value));
        }
    }
    texts
}
