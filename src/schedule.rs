//! When to ask next: one schedule for waiting, watching and `nextPoll`.
//!
//! | first that applies | delay |
//! |---|---|
//! | the caller's fixed interval | that, or later where the service's hint says so |
//! | a missed poll | doubling, or what the service asks for where that is longer |
//! | the service's hint: retry-after, openai-poll-after-ms | that, within bounds |
//! | queued | rarely, about a third of what the service says is left |
//! | reported progress | by its slope: rarely far from the end, closely around it |
//!
//! | the longest of these else | delay |
//! |---|---|
//! | durations that were seen of the same model | not before the earliest of them |
//! | a progress of 0, or work of more than ten minutes | ever more rarely, up to 15 s |
//! | the service's estimate of what is left | a third of it, up to 15 s |
//! | in any case | ten seconds at first, then about five |
//!
//! Pure: time and randomness come in. All times are milliseconds. Never `clamp`: what it says of bounds that cross
//! would bring the printing of numbers into the WebAssembly, 10 KB after gzip.

#![allow(clippy::manual_clamp, reason = "see above")]

mod cursor;
mod progress;

use crate::error::ErrorCode;
use crate::retry::backoff_ms;
use crate::task::Status;
pub use cursor::Cursor;

/// Never faster than this unless the caller wants it.
const SHORTEST_MS: f64 = 1_000.0;
/// Without a sign of how far the task is: a little under the usual five seconds, by what the opening saves in requests.
const STEADY_MS: f64 = 4_890.0;
/// Hardly any video is there sooner.
const OPENING_MS: f64 = 10_000.0;
/// What is worked on for longer than ten minutes is asked for in steps of that share of the time.
const PATIENCE: f64 = 0.0075;
/// A service that tells of progress and tells 0: such a share of the time that this has been so.
const NOTHING_YET: f64 = 0.45;
const LONGEST_STEADY_MS: f64 = 15_000.0;
/// The longer a queue, the rarer the looks.
const QUEUE_PATIENCE: f64 = 0.25;
const FIRST_MISSED_MS: f64 = 2_000.0;
const LONGEST_MISSED_MS: f64 = 30_000.0;
/// Services that ask for more are asked sooner all the same: a task that ended should not stay unseen for an hour.
const LONGEST_HINT_MS: f64 = 600_000.0;
/// A task that the service does not know yet: relays answer before their databases do.
const GRACE_MS: f64 = 30_000.0;
/// The last look falls this long before the deadline, so that its answer can still arrive.
const LAST_LOOK_MS: f64 = 2_000.0;

/// What one poll brought.
#[derive(Clone, Copy, Debug)]
pub enum Outcome {
    /// A task.
    Seen(Seen),
    /// No task.
    Failed(PollError),
}

/// What the schedule needs of a task.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Where it stands.
    pub status: Status,
    /// 0 to 1.
    pub progress: Option<f64>,
    /// What the service estimates is left.
    pub estimated_wait_ms: Option<f64>,
    /// When the service wants to be asked again.
    pub hint_ms: Option<f64>,
    /// When the task was made, by the service's clock.
    pub created_at: Option<f64>,
}

/// What the schedule needs of an error.
#[derive(Clone, Copy, Debug)]
pub struct PollError {
    /// What kind.
    pub code: ErrorCode,
    /// Asking again may help.
    pub retryable: bool,
    /// When the service wants to be asked again.
    pub retry_after_ms: Option<f64>,
}

impl PollError {
    /// Whether this poll was only missed: it says nothing about the task, and the next one may be answered.
    #[must_use]
    pub fn is_missed(self, waited_ms: f64) -> bool {
        match self.code {
            ErrorCode::NotFound => waited_ms < GRACE_MS,
            ErrorCode::Network
            | ErrorCode::Timeout
            | ErrorCode::RateLimited
            | ErrorCode::InvalidResponse
            | ErrorCode::Server => true,
            _ => self.retryable,
        }
    }
}

/// How to wait.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Unix epoch milliseconds.
    pub now: f64,
    /// 0 to 1.
    pub random: f64,
    /// Fixed interval instead of the adaptive one.
    pub interval_ms: Option<f64>,
    /// From the start on; may be infinite.
    pub deadline_ms: f64,
    /// Polls in a row that may go unanswered before there is no asking on.
    pub max_missed: f64,
    /// How long nearly all tasks of this model took at least.
    pub early_ms: Option<f64>,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// There is no asking on: the task ended, the error is final, or the time is over.
    pub done: bool,
    /// The time is over, and nothing else.
    pub is_overdue: bool,
    /// Until the next poll, whole.
    pub delay_ms: f64,
    /// For the next step.
    pub cursor: Cursor,
}

/// One step of waiting: from what is known and what the last poll brought to the next delay.
#[must_use]
pub fn next(cursor: Option<Cursor>, outcome: Outcome, options: &Options) -> Step {
    let mut cursor = cursor.unwrap_or_else(|| Cursor::start(options.now));
    let now = options.now;
    let waited = now - cursor.started_at;
    cursor.polls += 1.0;
    let (is_over, delay) = match outcome {
        Outcome::Seen(seen) => {
            cursor.note(&seen, now);
            cursor.missed = 0.0;
            (seen.status.is_done(), answered(&cursor, &seen, now, options))
        }
        Outcome::Failed(error) => {
            cursor.missed += 1.0;
            let is_final = !error.is_missed(waited) || cursor.missed >= options.max_missed;
            (is_final, missed(&cursor, error, options))
        }
    };
    cursor.asked_at = now;
    let left = options.deadline_ms - waited;
    let is_overdue = !is_over && left <= 0.0;
    let done = is_over || is_overdue;
    Step { done, is_overdue, delay_ms: if done { 0.0 } else { before_deadline(delay, left) }, cursor }
}

/// A delay that leaves room for a last look before the deadline.
fn before_deadline(delay: f64, left: f64) -> f64 {
    let last = if left > 2.0 * LAST_LOOK_MS { left - LAST_LOOK_MS } else { left };
    delay.min(last).max(1.0).ceil()
}

fn missed(cursor: &Cursor, error: PollError, options: &Options) -> f64 {
    let delay = backoff_ms(FIRST_MISSED_MS, LONGEST_MISSED_MS, cursor.missed, options.random);
    let asked = error.retry_after_ms.map_or(0.0, bounded);
    match options.interval_ms {
        Some(interval) => interval.max(asked),
        None => delay.max(SHORTEST_MS).max(later(asked, options)),
    }
}

/// Later, never sooner, than the service wants.
fn later(asked: f64, options: &Options) -> f64 {
    asked * (1.0 + options.random / 20.0)
}

fn answered(cursor: &Cursor, seen: &Seen, now: f64, options: &Options) -> f64 {
    if let Some(interval) = options.interval_ms {
        return interval.max(seen.hint_ms.map_or(0.0, bounded));
    }
    let jitter = 0.95 + options.random / 10.0;
    if let Some(hint) = seen.hint_ms {
        return later(bounded(hint).max(SHORTEST_MS), options);
    }
    let steady = steady(cursor, now, options.early_ms);
    let delay = if seen.status == Status::Queued {
        queued(seen, now - cursor.started_at)
    } else {
        progress::delay(cursor, now).unwrap_or_else(|| estimated(seen, steady))
    };
    (delay * jitter).max(SHORTEST_MS)
}

fn bounded(asked: f64) -> f64 {
    if asked.is_nan() { 0.0 } else { asked.max(0.0).min(LONGEST_HINT_MS) }
}

/// Without any sign of how far the task is.
fn steady(cursor: &Cursor, now: f64, early_ms: Option<f64>) -> f64 {
    let worked = now - cursor.began_at;
    let steady = (worked * PATIENCE).max(STEADY_MS).min(LONGEST_STEADY_MS);
    let first = early_ms.unwrap_or(OPENING_MS);
    // At nothing yet, and so hardly near its end.
    let steady =
        if cursor.progress == 0.0 { (worked * NOTHING_YET).min(LONGEST_STEADY_MS).max(steady) } else { steady };
    // Some fail early, whatever is typical.
    steady.max((first - worked).min(LONGEST_STEADY_MS))
}

fn queued(seen: &Seen, waited: f64) -> f64 {
    let delay = seen.estimated_wait_ms.map_or(waited * QUEUE_PATIENCE, |left| left / 3.0);
    delay.max(OPENING_MS).min(LONGEST_STEADY_MS)
}

/// What the service estimates is left is worth less than its progress: most count a queue only.
fn estimated(seen: &Seen, steady: f64) -> f64 {
    seen.estimated_wait_ms.map_or(steady, |left| (left / 3.0).min(LONGEST_STEADY_MS).max(steady))
}
