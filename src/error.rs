//! Why there is no task.

use serde::Serialize;

use crate::named::named;
use crate::redact::redact;

/// The kinds of [`QueryError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// What the caller passed was wrong.
    InvalidArgument,
    /// 401, or the service's words for it.
    Authentication,
    /// 403.
    Permission,
    /// 402, or the service's words for it under any status.
    InsufficientQuota,
    /// 429, or the service's words for it.
    RateLimited,
    /// No such task, or no such route: see [`Missing`].
    NotFound,
    /// Any other 4xx.
    BadRequest,
    /// 5xx.
    Server,
    /// No answer.
    Network,
    /// The time that the caller set ran out.
    Timeout,
    /// Not JSON, cut off, too large, or no task in it.
    InvalidResponse,
}

/// What a `not_found` is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The service has no such path: another endpoint may know the task.
    Route,
    /// The path is there, the task is not.
    Task,
}

named!(ErrorCode: InvalidArgument "invalid_argument", Authentication "authentication", Permission "permission",
    InsufficientQuota "insufficient_quota", RateLimited "rate_limited", NotFound "not_found", BadRequest "bad_request",
    Server "server", Network "network", Timeout "timeout", InvalidResponse "invalid_response");
named!(Missing: Route "route", Task "task");

/// One failed attempt to learn how a task stands. It says nothing about the task itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryError {
    /// What kind of trouble.
    pub code: ErrorCode,
    /// One sentence for people: what went wrong and what to do.
    pub message: String,
    /// HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// The service's own code.
    pub service_code: Option<String>,
    /// The service's own words.
    pub service_message: Option<String>,
    /// What the service's support will ask for.
    pub request_id: Option<String>,
    /// Asking again may help.
    pub retryable: bool,
    /// When the service wants to be asked again.
    pub retry_after_ms: Option<f64>,
    /// For `not_found`: what is missing.
    pub missing: Option<Missing>,
}

/// What most of the crate gives: a value, or why there is none.
///
/// The error is boxed because it is large and rare.
pub type Result<T> = std::result::Result<T, Box<QueryError>>;

impl QueryError {
    /// An error without an answer behind it.
    #[must_use]
    #[inline(never)]
    pub fn new(code: ErrorCode, message: &str) -> Box<Self> {
        Box::new(Self {
            code,
            message: message.to_owned(),
            status: None,
            service_code: None,
            service_message: None,
            request_id: None,
            retryable: matches!(code, ErrorCode::Network | ErrorCode::Timeout),
            retry_after_ms: None,
            missing: None,
        })
    }

    /// What the caller passed was wrong.
    #[must_use]
    pub fn argument(message: &str) -> Box<Self> {
        Self::new(ErrorCode::InvalidArgument, message)
    }

    /// The answer, of this HTTP status if there was one, was no task.
    #[must_use]
    pub fn response(status: Option<u16>, message: &str) -> Box<Self> {
        let mut error = Self::new(ErrorCode::InvalidResponse, message);
        error.status = status;
        error
    }

    /// Replaces every occurrence of a secret in the error's words: services quote the key that they refuse.
    pub fn redact(&mut self, secret: &str) {
        let words = [&mut self.service_code, &mut self.service_message, &mut self.request_id];
        redact(words.into_iter().flatten().chain([&mut self.message]), secret);
    }
}
