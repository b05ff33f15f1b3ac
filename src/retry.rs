//! When to ask once more after an attempt that failed.

use crate::error::{ErrorCode, QueryError};
use crate::instant::http_date;
use crate::json::number;

const FIRST_MS: f64 = 500.0;
const LONGEST_MS: f64 = 8_000.0;
/// A service that wants to be left alone for longer than this is not waited for inside one query: the caller gets the
/// error, and `retryAfterMs` with it.
const LONGEST_ASKED_MS: f64 = 60_000.0;

/// The pause before the next attempt; nothing when there should be none.
///
/// `attempts` counts the requests made so far, `is_broken` says that the connection broke, `random` is from 0 to 1.
#[must_use]
pub fn pause_ms(error: &QueryError, is_broken: bool, attempts: u32, max_retries: u32, random: f64) -> Option<f64> {
    // A whole answer that is no JSON is the service's last word for now, and a timeout the caller's.
    let is_passing = error.retryable && !matches!(error.code, ErrorCode::Timeout | ErrorCode::InvalidResponse);
    if !(is_passing || is_broken) || attempts > max_retries {
        return None;
    }
    if let Some(asked) = error.retry_after_ms {
        return (asked <= LONGEST_ASKED_MS).then_some(asked);
    }
    let doublings = i32::try_from(attempts.saturating_sub(1)).unwrap_or(i32::MAX);
    let grown = (FIRST_MS * 2f64.powi(doublings)).min(LONGEST_MS);
    // Half of it fixed, half of it random: callers that failed together do not come back together.
    Some((grown * (0.5 + random / 2.0)).floor())
}

/// What `retry-after-ms` or `retry-after` (seconds or a date) asks for; never below zero.
#[must_use]
pub fn after_ms(header: &dyn Fn(&str) -> Option<String>, now: f64) -> Option<f64> {
    let number = |text: String| number::parse(text.trim_ascii());
    if let Some(ms) = header("retry-after-ms").and_then(number) {
        return Some(ms.max(0.0).floor());
    }
    let text = header("retry-after")?;
    if let Some(seconds) = number(text.clone()) {
        return Some((seconds * 1000.0).max(0.0).floor()).filter(|ms| ms.is_finite());
    }
    // A date of the service's is one by the service's clock, which may be an hour off.
    let date = |text: &str| http_date(text.trim_ascii());
    let by_its_clock = header("date").and_then(|text| date(&text)).unwrap_or(now);
    Some((date(&text)? - by_its_clock).max(0.0).floor())
}

/// When an answer that is no error wants the next one to be asked for.
#[must_use]
pub fn hint_ms(header: &dyn Fn(&str) -> Option<String>, now: f64) -> Option<f64> {
    let poll_after = header("openai-poll-after-ms").and_then(|text| number::parse(text.trim_ascii()));
    poll_after.map(|ms| ms.max(0.0).floor()).or_else(|| after_ms(header, now))
}
