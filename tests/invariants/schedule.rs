//! What holds for every sequence of outcomes: the delays are bounded, and the wait ends by its deadline.
#![allow(dead_code, reason = "each program uses a part of it")]

use video_task_query::error::ErrorCode;
use video_task_query::schedule::{Cursor, Options, Outcome, PollError, Seen, Step, next};
use video_task_query::task::Status;

const NOW: f64 = 1_790_000_000_000.0;
/// A hint of ten minutes, and what is random on top.
const LONGEST_MS: f64 = 630_000.0;

/// Five bytes of options, then seven for each outcome.
pub fn hold(data: &[u8]) {
    let Some(([deadline, interval, random, most, early], rest)) = data.split_first_chunk() else { return };
    let outcomes: Vec<_> = rest.chunks_exact(7).map(outcome).collect();
    if outcomes.is_empty() {
        return;
    }
    let share = |byte: u8| f64::from(byte) / 255.0;
    let options = Options {
        now: NOW,
        random: share(*random),
        interval_ms: (!interval.is_multiple_of(2)).then(|| 1000.0 + f64::from(*interval) * 100.0),
        deadline_ms: 1.0 + f64::from(*deadline) * f64::from(*deadline) * 100.0,
        max_missed: if *most == 0 { f64::INFINITY } else { f64::from(*most) },
        early_ms: (*early > 0).then(|| f64::from(*early) * 1000.0),
    };
    ends_by_the_deadline(&outcomes, options);
}

/// Plays outcomes over and over until the wait ends.
pub fn ends_by_the_deadline(outcomes: &[Outcome], mut options: Options) {
    let mut cursor = Some(Cursor::start(NOW));
    let deadline = NOW + options.deadline_ms;
    let mut missed = 0.0;
    for outcome in outcomes.iter().cycle().take(200_000) {
        missed = if matches!(outcome, Outcome::Failed(_)) { missed + 1.0 } else { 0.0 };
        let step = next(cursor, *outcome, &options);
        if step.done {
            assert!(step.delay_ms == 0.0, "{}", step.delay_ms);
            let waited = options.now - NOW;
            assert!(
                options.now >= deadline || is_the_end(outcome, waited, missed >= options.max_missed),
                "{outcome:?}"
            );
            return;
        }
        assert!(missed < options.max_missed && options.now < deadline);
        is_bounded(&step);
        let is_near_the_end = options.now + 4_000.0 >= deadline;
        assert!(step.delay_ms >= 950.0 || is_near_the_end, "{}", step.delay_ms);
        assert!(options.now + step.delay_ms <= deadline.ceil() + 1.0, "it would oversleep: {}", step.delay_ms);
        assert_eq!(Cursor::from_numbers(&step.cursor.numbers(), options.now), Some(step.cursor));
        options.now += step.delay_ms;
        cursor = Some(step.cursor);
    }
    panic!("it never ended");
}

/// Of a step that goes on.
pub fn is_bounded(step: &Step) {
    assert!(step.delay_ms >= 1.0 && step.delay_ms <= LONGEST_MS, "{}", step.delay_ms);
    assert!(step.cursor.numbers().iter().all(|number| number.is_finite()), "{:?}", step.cursor);
}

fn is_the_end(outcome: &Outcome, waited: f64, is_given_up: bool) -> bool {
    match outcome {
        Outcome::Seen(seen) => seen.status.is_done(),
        Outcome::Failed(trouble) => is_given_up || !trouble.is_missed(waited),
    }
}

fn outcome(bytes: &[u8]) -> Outcome {
    let number = |at: usize| number(bytes[at]);
    if bytes[0] % 4 == 3 {
        let retryable = bytes[3].is_multiple_of(2);
        return Outcome::Failed(PollError { code: code(bytes[1]), retryable, retry_after_ms: number(4) });
    }
    let status = [Status::Queued, Status::Processing, Status::Unknown, Status::Completed, Status::Failed];
    // Hardly ever the end, else there would be no sequences.
    let status = status[match bytes[1] {
        255 => 3,
        254 => 4,
        other => usize::from(other % 3),
    }];
    Outcome::Seen(Seen {
        status,
        progress: if bytes[2] > 200 { number(2) } else { Some(f64::from(bytes[2]) / 100.0) },
        estimated_wait_ms: number(4),
        hint_ms: number(5),
        created_at: number(6).map(|ms| NOW - ms),
    })
}

fn code(byte: u8) -> ErrorCode {
    use ErrorCode::*;
    let codes =
        [Authentication, Permission, RateLimited, NotFound, BadRequest, Server, Network, Timeout, InvalidResponse];
    codes[usize::from(byte) % codes.len()]
}

/// What no service should write, or how long it may take.
fn number(byte: u8) -> Option<f64> {
    let odd = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, -0.0, f64::MAX, f64::MIN_POSITIVE, 1e-9];
    match byte {
        0..100 => None,
        100..108 => Some(odd[usize::from(byte - 100)]),
        _ => Some(f64::from(byte - 108).powi(3)),
    }
}
