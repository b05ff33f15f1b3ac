//! Error answers to [`QueryError`]: what the service says, wherever its envelope holds it, and what that amounts to.

mod phrases;
mod sentence;
mod status;

use crate::error::{ErrorCode, Missing, QueryError};
use crate::json::{Tree, Value};
use crate::reason::{BALANCE, EMPTY_BALANCE, NO_FAILURE, REFUNDED};
use crate::redact::HIDDEN;
use crate::retry::is_passing;
use crate::words::{contains_any, is_one_of, replaced, same, split, split_once, start};
use phrases::*;

/// Where services put their words, the most telling place first.
const MESSAGES: &str = "error.message error message msg err error_msg detail detail[].msg errors[].message \
    errors[] base_resp.status_msg output.message Response.Error.Message ResponseMetadata.Error.Message messege ErrMsg";

const CODES: &str = "error.code error.type code base_resp.status_code output.code Response.Error.Code \
    ResponseMetadata.Error.Code ErrCode";

const REQUEST_ID_PATHS: &str = "request_id requestId RequestId error.request_id Response.RequestId \
    ResponseMetadata.RequestId";

/// What a service wants to say stands at the beginning; further on it may quote what it was sent.
const MOST_LETTERS: usize = 1000;

/// A text that goes on for longer is none that somebody reads.
const MOST_KEPT: usize = 10_000;

/// An error answer, as far as the core looks at it.
#[derive(Clone, Copy, Debug)]
pub struct ErrorAnswer<'a> {
    /// HTTP status; none where a body was read alone.
    pub status: Option<u16>,
    /// The body, where it is JSON.
    pub tree: Option<&'a Tree>,
    /// The body, where it is not.
    pub text: &'a str,
    /// What must not show.
    pub secrets: &'a [String],
    /// No key went along with the question.
    pub is_keyless: bool,
}

impl ErrorAnswer<'_> {
    /// What the service said.
    #[must_use]
    pub fn error(self) -> Box<QueryError> {
        let (code, message) = self.words();
        let is_page = self.text.trim_ascii_start().starts_with('<');
        let (kind, missing) = self.classify(code.as_deref(), is_page);
        let retryable = match kind {
            ErrorCode::RateLimited => true,
            ErrorCode::InsufficientQuota | ErrorCode::Authentication | ErrorCode::NotFound => false,
            _ => is_passing(self.meant_status(code.as_deref())),
        };
        let request_id = message
            .as_deref()
            .and_then(request_id_in)
            // Behind an envelope that was opened.
            .or_else(|| words_at(self.tree?.said(), MESSAGES).find_map(request_id_in).map(|id| self.hidden(id)))
            .or_else(|| first(self.tree?.said(), REQUEST_ID_PATHS).map(str::to_owned));
        let mut error = QueryError::new(kind, &self.sentence(kind, missing, message.as_deref(), is_page));
        error.status = self.status;
        error.service_code = code;
        error.service_message = message;
        error.request_id = request_id;
        error.retryable = retryable;
        error.missing = missing;
        error
    }

    /// That there is no such task, which a service said in a body of another kind.
    #[must_use]
    pub fn missing_task(self) -> Box<QueryError> {
        let mut error = self.error();
        let missing = Some(Missing::Task);
        let said = error.service_message.as_deref();
        error.message = self.sentence(ErrorCode::NotFound, missing, said, false);
        error.code = ErrorCode::NotFound;
        error.missing = missing;
        error.retryable = false;
        error
    }

    /// The service's own code and words, without any secret.
    ///
    /// Secrets are taken out before anything is shortened: the first half of a key is a secret too.
    #[must_use]
    pub fn words(self) -> (Option<String>, Option<String>) {
        let (code, message) = self.said();
        let message = message.map(|message| start(&self.hidden(message), MOST_KEPT).to_owned());
        (code.map(|code| self.hidden(code)), message)
    }

    fn hidden(self, text: String) -> String {
        self.secrets.iter().fold(text, |text, secret| replaced(&text, secret, HIDDEN))
    }

    fn said(self) -> (Option<String>, Option<String>) {
        let Some(tree) = self.tree else {
            return (None, plain_words(self.text).map(str::to_owned));
        };
        let code = words_at(tree.said(), CODES).find(|code| *code != "0").map(str::to_owned);
        let message = telling(tree.said());
        match message.and_then(opened) {
            Some((inner_code, inner_message)) => (inner_code.or(code), Some(inner_message)),
            None => (code, message.map(str::to_owned)),
        }
    }

    /// The beginnings of all codes and messages, a line each, and whether a message only says `Not Found`.
    ///
    /// That one is no line: it would be said of the task.
    fn all_said(self) -> (String, bool) {
        let (mut all, mut is_bare) = (String::new(), false);
        let mut add = |text: &str| {
            let is_phrase = split(BARE, b'|').any(|bare| text.trim_ascii().eq_ignore_ascii_case(bare));
            all.push_str(if is_phrase { "" } else { start(text, MOST_LETTERS) });
            all.push('\n');
            is_phrase
        };
        let Some(tree) = self.tree else {
            is_bare = plain_words(self.text).is_some_and(add);
            return (all, is_bare);
        };
        for code in words_at(tree.said(), CODES) {
            add(code);
        }
        for message in words_at(tree.said(), MESSAGES) {
            let (code, inner) = opened(message).unwrap_or_default();
            add(&code.unwrap_or_default());
            is_bare |= add(if inner.is_empty() { message } else { &inner });
        }
        (all, is_bare)
    }

    /// The service's words decide before its status: quota is refused under 400, 401, 403, 429 and 500.
    fn classify(self, code: Option<&str>, is_page: bool) -> (ErrorCode, Option<Missing>) {
        let (all, is_bare) = self.all_said();
        let said = replaced(&replaced(&all, "_", " "), "-", " ");
        let says = |phrases: &str| contains_any(&said, phrases);
        let lines = || split(&said, b'\n');
        let begins = |words: &str| {
            lines().any(|line| line.get(..words.len()).is_some_and(|start| start.eq_ignore_ascii_case(words)))
        };
        let status = self.meant_status(code);
        if status == 402 || says(EMPTY_BALANCE) || says(QUOTA) {
            return (ErrorCode::InsufficientQuota, None);
        }
        if says(QUOTA_EXCEEDED) || (says(BALANCE) && !says(REFUNDED)) {
            let is_rate = says(WINDOW) || self.is_exhausted();
            return (if is_rate { ErrorCode::RateLimited } else { ErrorCode::InsufficientQuota }, None);
        }
        if status == 429 || (says(RATE) && !says(OTHER_RATES)) {
            return (ErrorCode::RateLimited, None);
        }
        if says(NO_TASK) || (status < 500 && says(NO_JOB)) || (status < 300 && begins(VIDEO_OF_ID) && says(GONE)) {
            return (ErrorCode::NotFound, Some(Missing::Task));
        }
        // Above 500 a proxy speaks, of the key to a service behind it or of none at all: "invalid token at position 3".
        if status <= 500 && says(KEY_NAMES) && says(INVALID_KEY) {
            return (ErrorCode::Authentication, None);
        }
        if matches!(status, 404 | 405) {
            let missing = if is_page || status == 405 || says(NO_ROUTE) {
                Some(Missing::Route)
            } else if contains_any(&all, GONE) && !says(MODEL) {
                Some(Missing::Task)
            } else {
                is_bare.then_some(Missing::Route)
            };
            return (ErrorCode::NotFound, missing);
        }
        let kind = match status {
            401 => ErrorCode::Authentication,
            403 => ErrorCode::Permission,
            500.. => ErrorCode::Server,
            _ if says(KEY) || lines().any(|line| is_one_of(NO_KEY, line.strip_suffix('.').unwrap_or(line))) => {
                ErrorCode::Authentication
            }
            410 => ErrorCode::NotFound,
            400.. => ErrorCode::BadRequest,
            _ => ErrorCode::InvalidResponse,
        };
        (kind, None)
    }

    /// Google's status for limits of requests, whose words are those of an account that is empty elsewhere.
    fn is_exhausted(self) -> bool {
        let status = self.tree.and_then(|tree| tree.said().at("error.status")?.text());
        status.is_some_and(|status| same(status, "RESOURCE_EXHAUSTED"))
    }
}

/// Whether an envelope says of itself that something went wrong.
#[must_use]
pub fn is_unsuccessful(body: Value<'_>) -> bool {
    body.at("success").and_then(Value::flag) == Some(false)
}

/// Whether a body that is no task says why.
#[must_use]
pub fn has_words(body: Value<'_>) -> bool {
    first(body, MESSAGES).is_some()
}

/// Whether a body that is no task is an error: it says why, or has a code that is one.
#[must_use]
pub fn is_error_answer(body: Value<'_>) -> bool {
    has_words(body) || words_at(body, CODES).any(|code| !is_one_of(NO_FAILURE, code))
}

/// The words of a body that is neither a page nor JSON, be it broken.
#[must_use]
pub fn plain_words(body: &str) -> Option<&str> {
    let words = body.trim_ascii();
    let is_other = words.is_empty() || words.starts_with(['<', '{', '[']);
    (!is_other).then_some(words)
}

/// The first text or number at one of several paths that is not empty.
fn first<'t>(body: Value<'t>, paths: &'t str) -> Option<&'t str> {
    words_at(body, paths).next()
}

/// The first text or number at each of several paths, unless it is empty.
fn words_at<'t>(body: Value<'t>, paths: &'t str) -> impl Iterator<Item = &'t str> {
    split(paths, b' ').filter_map(move |path| body.at(path)?.word().filter(|word| !word.trim_ascii().is_empty()))
}

/// The first of the messages, or of those that say more than HTTP's own phrase.
fn telling(body: Value<'_>) -> Option<&str> {
    words_at(body, MESSAGES).find(|message| !is_one_of(PHRASES, message)).or_else(|| first(body, MESSAGES))
}

/// Code and words of an envelope inside a message: `litellm.APIError: … {"error":{"message":…}}`.
#[must_use]
pub fn opened(message: &str) -> Option<(Option<String>, String)> {
    let start = message.bytes().position(|byte| byte == b'{')?;
    let end = message.bytes().rposition(|byte| byte == b'}')?;
    let tree = Tree::parse(message.get(start..=end)?.as_bytes()).ok()?;
    let inner = telling(tree.said())?.to_owned();
    Some((first(tree.said(), CODES).map(str::to_owned), inner))
}

/// `(request id: 2025…)`, as new-api puts it behind its words; in Chinese sentences the brackets are wide, at
/// Volcengine there are none.
fn request_id_in(message: &str) -> Option<String> {
    let rest = split_once(message, "request id: ").or_else(|| split_once(message, "Request id: "))?.1;
    let end = rest.bytes().position(|byte| !byte.is_ascii() || matches!(byte, b')' | b',' | b' ' | b'"'));
    let id = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    (!id.is_empty()).then(|| id.to_owned())
}
