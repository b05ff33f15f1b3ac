//! The schedule and the pace as JavaScript uses them. Numbers cross as rows, in which NaN says that there is none.

use wasm_bindgen::prelude::*;

use super::Session;
use crate::error::ErrorCode;
use crate::schedule::{self, Cursor, Options, Outcome, PollError, Seen, Step};
use crate::task::Status;

#[wasm_bindgen]
impl Session {
    /// The step after a task: whether it is the last one, the delay, and the next cursor.
    ///
    /// `seen` is progress, estimatedWaitMs, hintMs, createdAt; `settings` are those of [`options`]. Of each `model`
    /// it is learned how long its tasks take; of none where that is empty.
    #[must_use]
    #[wasm_bindgen(js_name = afterTask)]
    pub fn after_task(
        &self,
        cursor: Option<Vec<f64>>,
        status: &str,
        seen: &[f64],
        settings: &[f64],
        model: &str,
    ) -> Vec<f64> {
        let [progress, estimated_wait_ms, hint_ms, created_at] = row(seen).map(told);
        let status = Status::named(status).unwrap_or_default();
        let seen = Seen { status, progress, estimated_wait_ms, hint_ms, created_at };
        let mut options = options(settings);
        options.early_ms = self.learned.borrow().early_ms(model);
        let step = next(cursor, Outcome::Seen(seen), &options);
        if let Some(duration) = step.cursor.duration_ms(&seen).filter(|_| !model.is_empty()) {
            self.learned.borrow_mut().add(model, duration);
        }
        numbers(step)
    }
}

/// The step after an error.
#[must_use]
#[wasm_bindgen(js_name = afterError)]
pub fn after_error(cursor: Option<Vec<f64>>, code: &str, trouble: &[f64], settings: &[f64]) -> Vec<f64> {
    let [retryable, retry_after_ms] = row(trouble);
    let error = PollError {
        code: ErrorCode::named(code).unwrap_or(ErrorCode::InvalidArgument),
        retryable: retryable > 0.0,
        retry_after_ms: told(retry_after_ms),
    };
    numbers(next(cursor, Outcome::Failed(error), &options(settings)))
}

/// The cursor of a wait that begins now.
#[must_use]
#[wasm_bindgen(js_name = firstCursor)]
pub fn first_cursor(now: f64) -> Vec<f64> {
    Cursor::start(now).numbers().to_vec()
}

/// How fast one origin may be asked.
#[wasm_bindgen]
pub struct Pace(crate::pace::Pace);

#[wasm_bindgen]
impl Pace {
    /// A pace of at most so many requests per second.
    #[must_use]
    #[wasm_bindgen(constructor)]
    pub fn new(per_second: Option<f64>) -> Self {
        Self(crate::pace::Pace::new(per_second))
    }

    /// How long until a request may start. 0 when it may at once, and then it counts as started.
    pub fn wait(&mut self, now: f64) -> f64 {
        self.0.wait(now)
    }

    /// Takes over how the service answered whoever was let in, and after how many requests.
    pub fn answered(&mut self, now: f64, requests: f64, was_limited: bool, retry_after_ms: Option<f64>) {
        self.0.answered(now, requests, was_limited, retry_after_ms);
    }
}

fn next(cursor: Option<Vec<f64>>, outcome: Outcome, options: &Options) -> Step {
    schedule::next(cursor.and_then(|cursor| Cursor::from_numbers(&cursor, options.now)), outcome, options)
}

/// From now, random, intervalMs, deadlineMs and maxMissedPolls.
fn options(settings: &[f64]) -> Options {
    let [now, random, interval_ms, deadline_ms, max_missed] = row(settings);
    Options { now, random, interval_ms: told(interval_ms), deadline_ms, max_missed, early_ms: None }
}

/// As many numbers as are wanted; NaN for those that are not there.
fn row<const N: usize>(numbers: &[f64]) -> [f64; N] {
    std::array::from_fn(|at| numbers.get(at).copied().unwrap_or(f64::NAN))
}

fn told(number: f64) -> Option<f64> {
    Some(number).filter(|number| !number.is_nan())
}

/// Done is 1, or 2 where it is for the time alone.
fn numbers(Step { done, is_overdue, delay_ms, cursor }: Step) -> Vec<f64> {
    [f64::from(u8::from(done)) + f64::from(u8::from(is_overdue)), delay_ms]
        .into_iter()
        .chain(cursor.numbers())
        .collect()
}
