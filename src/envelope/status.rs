//! The HTTP status that an error answer amounts to.

use super::ErrorAnswer;
use super::phrases::TROUBLE;
use crate::words::{contains_any, whole};

impl ErrorAnswer<'_> {
    /// The HTTP status, or the one that a body under 200 says instead.
    pub(super) fn meant_status(self, code: Option<&str>) -> u16 {
        let status = self.status.unwrap_or(200);
        let Some(code) = code.filter(|_| status < 300) else { return status };
        let has = |path| self.tree.is_some_and(|tree| tree.said().at(path).is_some());
        let meant = if has("base_resp") {
            minimax_status(code)
        } else if has("Response.Error") && contains_any(code, TROUBLE) {
            Some(500)
        } else {
            whole(code).and_then(|code| u16::try_from(code).ok())
        };
        // kie's own status for maintenance.
        let meant = if meant == Some(455) && has("msg") { Some(503) } else { meant };
        meant.filter(|meant| (400..600).contains(meant)).unwrap_or(status)
    }
}

/// What codes in `base_resp` mean, <https://platform.minimax.io/docs/api-reference/errorcode>.
fn minimax_status(code: &str) -> Option<u16> {
    Some(match code {
        "1002" | "1039" | "1041" => 429,
        "1004" | "2049" => 401,
        "1008" => 402,
        "1026" | "1027" | "2013" => 400,
        "1000" | "1001" | "1013" | "1024" | "1033" => 500,
        _ => return None,
    })
}
