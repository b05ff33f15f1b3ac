//! What a service's words about a failure amount to.
//!
//! Only clear words decide: a wrong reason sends people to change a prompt that was fine, or to pay a bill that is
//! paid. The first row that fits counts.

use crate::task::Reason;
use crate::words::{mentions, replaced};

const REASONS: &[(Reason, &str)] = &[
    (
        Reason::Moderation,
        "moderation|safety|content policy|content policies|policy violation|policyviolation|our policies|usage polic|\
         nsfw|sensitive|violat|unsafe|prohibited|inappropriate|inspection|违规|敏感|审核",
    ),
    (
        Reason::Quota,
        "quota|insufficient balance|insufficient credit|insufficient fund|creditinsufficient|enough balance|\
         enough credit|balance is|out of credit|arrearage|额度|余额|欠费",
    ),
    (Reason::Timeout, "timeout|timed out|time out|超时"),
    (Reason::Upstream, "upstream|internal|server error|unavailable|overloaded|bad gateway|上游|服务异常"),
    (Reason::InvalidInput, "invalid|unsupported|not supported|bad request|参数"),
];

/// The reason that a code and a message tell.
#[must_use]
pub fn reason(code: Option<&str>, message: Option<&str>) -> Reason {
    let code = code.map(|code| replaced(code, "_", " "));
    let says = |words: &str| [code.as_deref(), message].into_iter().flatten().any(|text| mentions(text, words));
    REASONS.iter().find(|(_, words)| says(words)).map_or(Reason::Unknown, |(reason, _)| *reason)
}
