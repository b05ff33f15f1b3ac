//! Why nothing came back.

use wasm_bindgen::prelude::*;

use super::cancel_scope::Ended;
use crate::error::{ErrorCode, QueryError};

/// Why there is no answer.
pub enum QueryFailure {
    /// It was aborted, or the time ran out.
    Ended(Ended),
    /// It went wrong, with what was thrown.
    Failed(Box<QueryError>, Option<JsValue>),
}

impl QueryFailure {
    /// The surroundings have no timers, or nothing to abort with.
    pub fn no_scope(thrown: JsValue) -> Self {
        let error = QueryError::argument("This JavaScript has no usable AbortController or setTimeout.");
        Self::Failed(error, Some(thrown))
    }

    /// The error, with what was thrown; `late` are the words for a time that ran out.
    ///
    /// # Errors
    /// The reason of an abort, which is the caller's own.
    pub fn error(self, late: &str) -> Result<(Box<QueryError>, Option<JsValue>), JsValue> {
        match self {
            Self::Ended(Ended::Aborted(reason)) => Err(reason),
            Self::Ended(Ended::TimedOut) => Ok((QueryError::new(ErrorCode::Timeout, late), None)),
            Self::Failed(error, cause) => Ok((error, cause)),
        }
    }
}

impl From<Ended> for QueryFailure {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

impl From<Box<QueryError>> for QueryFailure {
    fn from(error: Box<QueryError>) -> Self {
        Self::Failed(error, None)
    }
}
