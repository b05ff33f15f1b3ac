//! An HTTP answer, or a body alone, to a [`Task`] or a [`QueryError`].

use crate::envelope::{self, ErrorAnswer};
use crate::error::{ErrorCode, QueryError, Result};
use crate::explain::{Explanation, explanation};
use crate::json::{Body, NotJson, Tree};
use crate::normalize::{Asked, normalize};
use crate::retry;
use crate::shapes::{accepted, recognise, recognise_told_as_error};
use crate::task::{Reason, Task};
use crate::trail::Trail;
use crate::words::{digits, joined, split};

/// What came back.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// Looks up a header by its lower-case name.
    pub header: &'a dyn Fn(&str) -> Option<String>,
    /// The whole body.
    pub body: &'a Body,
    /// When it came, Unix epoch milliseconds.
    pub now: f64,
    /// What must not show in any error: services quote the key that they refuse.
    pub secrets: &'a [String],
    /// No key went along with the question.
    pub is_keyless: bool,
}

/// The headers in which services send the id of a request.
const REQUEST_ID_HEADERS: &str = "x-request-id x-oneapi-request-id request-id";

/// Where services send a whole body as a string: as the body itself, which is the empty path in front, in envelopes, and
/// at kie.
const TEXTS: &str = " detail result output video_url result_urls data data.data data.detail data.result data.output \
    data.response.resultUrls resultJson data.resultJson data.data.resultJson data.data.data.resultJson data.param";

/// Reads an HTTP answer.
///
/// # Errors
/// [`QueryError`] for everything that is no task, with the service's words and hints.
pub fn read_answer(answer: &Answer<'_>, asked: Asked<'_>) -> Result<Task> {
    let reading = Reading {
        body: answer.body,
        status: Some(answer.status),
        secrets: answer.secrets,
        is_keyless: answer.is_keyless,
    };
    let result = if (200..300).contains(&answer.status) {
        reading.task(asked, &mut Trail::default())
    } else {
        reading.under_error_status(asked)
    };
    let redact = |mut task: Task| {
        answer.secrets.iter().for_each(|secret| task.redact(secret));
        task
    };
    result.map(redact).map_err(|mut error| {
        let id = split(REQUEST_ID_HEADERS, b' ').find_map(|name| (answer.header)(name).filter(|id| !id.is_empty()));
        error.request_id = id.or(error.request_id);
        error.retry_after_ms = retry::after_ms(answer.header, answer.now);
        error
    })
}

/// Reads a body alone: a webhook's, a stored one.
///
/// # Errors
/// [`QueryError`] for everything that is no task.
pub fn parse_task(body: &Body, asked: Asked<'_>) -> Result<Task> {
    Reading::alone(body).task(asked, &mut Trail::default())
}

/// Reads a body alone, and tells why each field is what it is.
///
/// # Errors
/// [`QueryError`] for everything that is no task.
pub fn explain_task(body: &Body, asked: Asked<'_>) -> Result<Explanation> {
    let mut trail = Trail::kept();
    let task = Reading::alone(body).task(asked, &mut trail)?;
    Ok(explanation(task, trail))
}

/// One body, and what is known of its answer.
#[derive(Clone, Copy)]
struct Reading<'a> {
    body: &'a Body,
    status: Option<u16>,
    secrets: &'a [String],
    is_keyless: bool,
}

impl<'a> Reading<'a> {
    fn alone(body: &'a Body) -> Self {
        Self { body, status: None, secrets: &[], is_keyless: false }
    }

    /// What an answer with the status of an error says: of the task, where its service tells of refused outcomes so.
    fn under_error_status(self, asked: Asked<'_>) -> Result<Task> {
        let tree = Tree::of(self.body).ok();
        let answered = tree.as_ref().zip(self.status);
        let task = answered.and_then(|(tree, status)| told_as_error(tree, status, asked, &mut Trail::default()));
        task.ok_or_else(|| self.error_answer(tree.as_ref()).error())
    }

    fn task(self, asked: Asked<'_>, trail: &mut Trail) -> Result<Task> {
        // HTTP 202 says "still going", with a body or without.
        let is_accepted = self.status == Some(202);
        let is_blank = is_accepted && matches!(self.body.text().trim_ascii(), "" | "null");
        let tree = if is_blank { Tree::parse(b"{}") } else { Tree::of(self.body) };
        let tree = open_texts(tree.map_err(|trouble| self.no_json(trouble))?);
        let body = tree.said();
        let is_trouble = envelope::is_unsuccessful(body) && envelope::has_words(body);
        // What the body is, apart from any task.
        let error = || self.error_answer(Some(&tree)).error();
        let is_plain_error = || error().code != ErrorCode::InvalidResponse;
        // Trouble is that of a task which has ended, unless the words are clear about something else.
        let is_about = |task: &Task| {
            let has_end =
                if task.status.has_ended_without_video() { !is_plain_error() } else { task.video_url.is_some() };
            task.is_done && task.response_id.is_some() && has_end
        };
        let found = recognise(body, asked.host());
        // As under 200: the body decides, be it another status or none. Limits, keys and accounts are the asking's,
        // though a filter be named beside them.
        if found.is_none()
            && !is_about_asking(&error())
            && let Some(task) = told_as_error(&tree, 200, asked, trail)
        {
            return Ok(task);
        }
        match found.or_else(|| accepted(body).filter(|_| is_accepted && !is_plain_error())) {
            Some(found) if found.is_missing() => Err(self.error_answer(Some(&tree)).missing_task()),
            Some(found) => {
                let task = normalize(&found, asked, trail);
                // So is an end inside an envelope that speaks of them, where no id says whose end it is.
                let is_of_envelope = found.task != body
                    && task.status.has_ended_without_video()
                    && task.response_id.is_none()
                    && is_about_asking(&error());
                if is_of_envelope || (is_trouble && !is_about(&task)) { Err(error()) } else { Ok(task) }
            }
            None if envelope::is_error_answer(body) => Err(error()),
            None => Err(QueryError::response(
                self.status,
                "The answer is JSON, but there is no task in it: an id, a status or both are missing.",
            )),
        }
    }

    fn error_answer<'t>(self, tree: Option<&'t Tree>) -> ErrorAnswer<'t>
    where
        'a: 't,
    {
        let text = if tree.is_none() && self.body.is_text() { self.body.text() } else { "" };
        ErrorAnswer { status: self.status, tree, text, secrets: self.secrets, is_keyless: self.is_keyless }
    }

    fn no_json(self, trouble: NotJson) -> Box<QueryError> {
        let start = self.body.text().trim_ascii_start();
        let message = if start.is_empty() {
            "The service answered with an empty body."
        } else if start.starts_with('<') {
            "The service answered with a web page instead of JSON: check baseUrl, and whether a proxy or a login \
             stands in between."
        } else if trouble.cut_off {
            "The answer was cut off: its JSON ends in the middle of a value."
        } else {
            &joined(&["The answer is not JSON: byte ", &digits(trouble.offset), " cannot stand there."])
        };
        let mut error = QueryError::response(self.status, message);
        // What was cut off or is still to come may be whole the next time; a page will be the same page.
        error.retryable = start.is_empty() || trouble.cut_off;
        error.service_message = self.error_answer(None).words().1;
        error
    }
}

/// Whether an error clearly speaks of a question and who asked it, not of a task's end.
const fn is_about_asking(error: &QueryError) -> bool {
    use ErrorCode::{Authentication, InsufficientQuota, NotFound, RateLimited};
    matches!(error.code, Authentication | InsufficientQuota | NotFound | RateLimited)
}

/// The task that a filter refused or that goes on, where its service tells so under this status.
fn told_as_error(tree: &Tree, status: u16, asked: Asked<'_>, trail: &mut Trail) -> Option<Task> {
    let task = normalize(&recognise_told_as_error(tree.said(), status)?, asked, trail);
    let is_moderated = task.error.as_ref().is_some_and(|error| error.reason == Reason::Moderation);
    // Without a word of its own: beside one, the status says that something is wrong with the question.
    let goes_on = !task.is_done && task.raw_status.is_none();
    (is_moderated || goes_on).then_some(task)
}

/// Puts the bodies that a service sent as strings in the place of the strings.
fn open_texts(mut tree: Tree) -> Tree {
    for path in split(TEXTS, b' ') {
        if let Some(opened) = tree.said().at(path).and_then(|text| tree.opened(text)) {
            tree = opened;
        }
    }
    tree
}
