//! An HTTP answer, or a body alone, to a [`Task`] or a [`QueryError`].

use crate::envelope::{self, Refusal};
use crate::error::{QueryError, Result};
use crate::json::{NotJson, Tree};
use crate::normalize::{Asked, normalize};
use crate::retry;
use crate::shapes::recognise;
use crate::task::Task;
use crate::trail::Trail;

/// What came back.
#[derive(Clone, Copy)]
pub struct Answer<'a> {
    /// HTTP status.
    pub status: u16,
    /// Looks up a header by its lower-case name.
    pub header: &'a dyn Fn(&str) -> Option<String>,
    /// The whole body.
    pub body: &'a [u8],
    /// When it came, Unix epoch milliseconds.
    pub now: f64,
}

/// The headers in which services send the id of a request.
const REQUEST_IDS: &[&str] = &["x-request-id", "x-oneapi-request-id", "request-id"];

/// Members that are whole bodies, which some services send as a string.
const TEXTS: &[&str] = &["detail", "data", "data.data", "data.detail"];

/// Reads an HTTP answer.
///
/// # Errors
/// [`QueryError`] for everything that is no task, with the service's words and hints.
pub fn read_answer(answer: &Answer<'_>, asked: Asked<'_>) -> Result<Task> {
    let result = if (200..300).contains(&answer.status) {
        read(answer.body, Some(answer.status), asked, &mut Trail::default())
    } else {
        let tree = Tree::parse(answer.body).ok();
        Err(refusal(answer.body, Some(answer.status), tree.as_ref()))
    };
    result.map_err(|mut error| {
        let id = REQUEST_IDS.iter().find_map(|name| (answer.header)(name).filter(|id| !id.is_empty()));
        error.request_id = id.or(error.request_id);
        error.retry_after_ms = retry::after_ms(answer.header, answer.now);
        error
    })
}

/// Reads a body alone: a webhook's, a stored one.
///
/// # Errors
/// [`QueryError`] for everything that is no task.
pub fn parse_task(body: &[u8], asked: Asked<'_>) -> Result<Task> {
    read(body, None, asked, &mut Trail::default())
}

fn read(body: &[u8], status: Option<u16>, asked: Asked<'_>, trail: &mut Trail) -> Result<Task> {
    // HTTP 202 with nothing in it says "still going" at services that are known to do so.
    let body = if status == Some(202) && body.trim_ascii().is_empty() && asked.host().is_some() { b"{}" } else { body };
    let tree = match Tree::parse(body) {
        Ok(tree) => open_texts(tree),
        Err(trouble) => return Err(no_json(body, status, trouble)),
    };
    match recognise(tree.root(), asked.host()) {
        Some(found) if found.is_missing() => Err(Refusal { status, tree: Some(&tree), text: "" }.missing_task()),
        Some(found) => Ok(normalize(&found, asked, trail)),
        None if envelope::has_words(tree.root()) => Err(refusal(body, status, Some(&tree))),
        None if body == b"{}" && status == Some(202) => Err(no_json(b"", status, NotJson { offset: 0, cut_off: true })),
        None => Err(QueryError::response(
            status,
            "The answer is JSON, but there is no task in it: neither an id nor a status.",
        )),
    }
}

fn open_texts(mut tree: Tree<'_>) -> Tree<'_> {
    for path in TEXTS {
        if let Some(opened) = tree.root().at(path).and_then(|text| tree.opened(text)) {
            tree = opened;
        }
    }
    tree
}

fn refusal(body: &[u8], status: Option<u16>, tree: Option<&Tree<'_>>) -> Box<QueryError> {
    let text = if tree.is_some() { "".into() } else { String::from_utf8_lossy(body) };
    Refusal { status, tree, text: &text }.error()
}

fn no_json(body: &[u8], status: Option<u16>, trouble: NotJson) -> Box<QueryError> {
    let start = body.trim_ascii_start();
    let message = if start.is_empty() {
        "The service answered with an empty body."
    } else if start.starts_with(b"<") {
        "The service answered with a web page instead of JSON: is baseUrl right, and does a proxy or a login stand \
         before it?"
    } else if trouble.cut_off {
        "The answer was cut off: its JSON ends in the middle of a value."
    } else {
        &format!("The answer is not JSON: byte {} cannot stand there.", trouble.offset)
    };
    let mut error = QueryError::response(status, message);
    // What was cut off or is still to come may be whole the next time; a page will be the same page.
    error.retryable = start.is_empty() || trouble.cut_off;
    error.service_message = std::str::from_utf8(body).ok().and_then(envelope::plain_words).map(str::to_owned);
    error
}
