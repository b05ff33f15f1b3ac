//! Why nothing came back.

use wasm_bindgen::prelude::*;

use super::cut::Ended;
use crate::error::{ErrorCode, QueryError};

/// Why there is no answer.
pub enum Trouble {
    /// The cut came first.
    Ended(Ended),
    /// It went wrong, with what was thrown.
    Failed(Box<QueryError>, Option<JsValue>),
}

impl Trouble {
    /// The surroundings have no timers, or nothing to abort with.
    pub fn no_cut(thrown: JsValue) -> Self {
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

impl From<Ended> for Trouble {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

impl From<Box<QueryError>> for Trouble {
    fn from(error: Box<QueryError>) -> Self {
        Self::Failed(error, None)
    }
}
