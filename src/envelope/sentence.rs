//! What people are told of an error answer.

use super::ErrorAnswer;
use crate::error::{ErrorCode, Missing};
use crate::words::{digits, joined, start};

impl ErrorAnswer<'_> {
    /// One sentence on what happened, the service's words, and what to do.
    pub(super) fn sentence(
        self,
        kind: ErrorCode,
        missing: Option<Missing>,
        said: Option<&str>,
        is_page: bool,
    ) -> String {
        let what = match (kind, missing) {
            (ErrorCode::Authentication, _) if self.is_keyless && self.status == Some(401) => {
                "No API key was sent, and the service wants one: set VIDEO_TASK_API_KEY, or pass apiKey"
            }
            (ErrorCode::Authentication, _) => "The service does not accept the API key",
            (ErrorCode::Permission, _) => "The API key is not allowed to ask for this",
            (ErrorCode::InsufficientQuota, _) => "The account behind the API key does not have enough balance",
            (ErrorCode::RateLimited, _) => "The service was asked too often",
            (ErrorCode::NotFound, Some(Missing::Route)) => {
                "The service has no such route: check baseUrl, or try another endpoint"
            }
            (ErrorCode::NotFound, None) if said.is_none() && self.status == Some(404) => {
                "The service does not know this task, or has no such route: check the id, the key, baseUrl and endpoint"
            }
            (ErrorCode::NotFound, _) => {
                "The service does not know this task: check the id, and that it was made at this service with this key"
            }
            (ErrorCode::BadRequest, _) => "The service refused the request",
            (ErrorCode::Server, _) if self.status == Some(501) => "The service does not support this request",
            (ErrorCode::Server, _) => "The service is in trouble: ask again later",
            _ => "The service answered, but not with a task",
        };
        let status = self.status.map(|status| joined(&[" (HTTP ", &digits(status.into()), ")"])).unwrap_or_default();
        let (end, said) = match said {
            Some(said) => (". It says: ", said),
            None if is_page => (". It sent a web page, which a proxy or a login may have put there.", ""),
            None => (".", ""),
        };
        let shown = start(said, 300);
        joined(&[what, &status, end, shown, if shown == said { "" } else { "…" }])
    }
}
