//! When to ask once more after an attempt that failed.

use crate::error::{ErrorCode, QueryError};
use crate::instant::http_date;
use crate::json::number;

const FIRST_MS: f64 = 500.0;
const LONGEST_MS: f64 = 8_000.0;
/// Whatever a service says: one in trouble is not asked again at once.
const SHORTEST_MS: f64 = 250.0;
/// A service that wants to be left alone for longer than this is not waited for inside one query: the caller gets the
/// error, and `retryAfterMs` with it.
const LONGEST_ASKED_MS: f64 = 60_000.0;

/// Whether asking again may help under this HTTP status.
#[must_use]
pub fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..=599) && status != 501
}

/// The pause before the next attempt; nothing when there should be none.
///
/// `tries` counts the first try and each retry so far, but neither another route nor the request with a renewed key.
/// `is_broken` says that the connection broke if anything did, `random` is from 0 to 1.
#[must_use]
pub fn pause_ms(error: &QueryError, is_broken: bool, tries: u32, max_retries: u32, random: f64) -> Option<f64> {
    // A whole answer that is no JSON is the service's last word for now.
    let may_help = error.retryable && (is_broken || error.code != ErrorCode::InvalidResponse);
    if !may_help || tries > max_retries {
        return None;
    }
    if let Some(asked) = error.retry_after_ms {
        return (asked <= LONGEST_ASKED_MS).then_some(asked.max(SHORTEST_MS));
    }
    Some(backoff_ms(FIRST_MS, LONGEST_MS, f64::from(tries), random).floor())
}

/// A pause that doubles with each try in a row that failed, up to the longest. `random` is from 0 to 1.
pub(crate) fn backoff_ms(first: f64, longest: f64, tries: f64, random: f64) -> f64 {
    let (mut pause, mut left) = (first, tries);
    while left > 1.0 && pause < longest {
        pause *= 2.0;
        left -= 1.0;
    }
    // Half of it fixed, half of it random: those that failed together do not come back together.
    pause.min(longest) * (0.5 + random / 2.0)
}

/// Whether the service wants to be left alone. That holds for all who ask it, so a wait sees to it rather than one
/// query of it.
#[must_use]
pub fn is_for_all(error: &QueryError) -> bool {
    error.code == ErrorCode::RateLimited || error.retry_after_ms.is_some()
}

/// What `retry-after-ms`, `retry-after` (seconds or a date) or `openai-poll-after-ms` asks for; never below zero.
#[must_use]
pub fn after_ms(header: &dyn Fn(&str) -> Option<String>, now: f64) -> Option<f64> {
    let asked = || number_ms(header, "retry-after-ms", 1.0).or_else(|| number_ms(header, "retry-after", 1000.0));
    asked().or_else(|| date_ms(header, now)).or_else(|| poll_after_ms(header))
}

/// When an answer that is no error wants the next one to be asked for.
#[must_use]
pub fn hint_ms(header: &dyn Fn(&str) -> Option<String>, now: f64) -> Option<f64> {
    poll_after_ms(header).or_else(|| after_ms(header, now))
}

fn poll_after_ms(header: &dyn Fn(&str) -> Option<String>) -> Option<f64> {
    number_ms(header, "openai-poll-after-ms", 1.0)
}

/// A header that is a number of a unit, which is so many milliseconds.
fn number_ms(header: &dyn Fn(&str) -> Option<String>, name: &str, unit: f64) -> Option<f64> {
    let number = number::parse(header(name)?.trim_ascii())?;
    Some((number * unit).max(0.0).floor()).filter(|ms| ms.is_finite())
}

/// What a `retry-after` that is a date asks for.
fn date_ms(header: &dyn Fn(&str) -> Option<String>, now: f64) -> Option<f64> {
    // A date of the service's is one by the service's clock, which may be an hour off.
    let date = |name: &str| http_date(header(name)?.trim_ascii());
    Some((date("retry-after")? - date("date").unwrap_or(now)).max(0.0).floor())
}
