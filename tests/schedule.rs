//! When to ask next: the rules by exact values, and what holds for any sequence of outcomes.

#![allow(missing_docs, clippy::unwrap_used, clippy::arithmetic_side_effects, clippy::float_cmp)]
#![allow(clippy::indexing_slicing, clippy::panic)]

#[path = "invariants/schedule.rs"]
mod invariants;

use invariants::{ends_by_the_deadline, is_bounded};
use proptest::prelude::*;
use video_task_query::error::ErrorCode;
use video_task_query::schedule::{Cursor, Options, Outcome, PollError, Seen, Step, next};
use video_task_query::task::Status;

const NOW: f64 = 1_790_000_000_000.0;

/// No jitter: it is 0.95 to 1.05, and 0.5 is the middle.
fn at(ms: f64) -> Options {
    Options {
        now: NOW + ms,
        random: 0.5,
        interval_ms: None,
        deadline_ms: f64::INFINITY,
        max_missed: 5.0,
        early_ms: None,
    }
}

fn working(progress: Option<f64>) -> Outcome {
    Outcome::Seen(Seen { status: Status::Processing, progress, ..Seen::default() })
}

fn trouble(code: ErrorCode, retryable: bool) -> PollError {
    PollError { code, retryable, retry_after_ms: None }
}

fn failed(code: ErrorCode, retryable: bool) -> Outcome {
    Outcome::Failed(trouble(code, retryable))
}

fn play(steps: &[(f64, Outcome)]) -> Step {
    let mut cursor = Some(Cursor::start(NOW));
    let mut last = None;
    for (ms, outcome) in steps {
        let step = next(cursor, *outcome, &at(*ms));
        cursor = Some(step.cursor);
        last = Some(step);
    }
    last.unwrap()
}

#[test]
fn a_task_that_ended_ends_the_wait_and_an_unknown_word_does_not() {
    for status in [Status::Completed, Status::Failed, Status::Cancelled, Status::Expired] {
        let step = next(None, Outcome::Seen(Seen { status, ..Seen::default() }), &at(0.0));
        assert_eq!((step.done, step.delay_ms), (true, 0.0), "{status:?}");
    }
    for status in [Status::Queued, Status::Processing, Status::Unknown] {
        assert!(!next(None, Outcome::Seen(Seen { status, ..Seen::default() }), &at(0.0)).done, "{status:?}");
    }
}

#[test]
fn a_task_without_progress_is_asked_for_after_ten_seconds_and_then_steadily() {
    assert_eq!(play(&[(0.0, working(None))]).delay_ms, 10_000.0);
    assert_eq!(play(&[(0.0, working(None)), (10_000.0, working(None))]).delay_ms, 4_890.0);
    // A task that takes long is asked for more rarely: by three quarters of a percent of the time.
    assert_eq!(play(&[(0.0, working(None)), (800_000.0, working(None))]).delay_ms, 6_000.0);
    assert_eq!(play(&[(0.0, working(None)), (9_000_000.0, working(None))]).delay_ms, 15_000.0);
}

#[test]
fn a_queue_is_asked_about_ever_more_rarely() {
    let queued = Outcome::Seen(Seen { status: Status::Queued, ..Seen::default() });
    assert_eq!(play(&[(0.0, queued)]).delay_ms, 10_000.0);
    assert_eq!(play(&[(0.0, queued), (48_000.0, queued)]).delay_ms, 12_000.0);
    assert_eq!(play(&[(0.0, queued), (480_000.0, queued)]).delay_ms, 15_000.0);
    let told = Outcome::Seen(Seen { status: Status::Queued, estimated_wait_ms: Some(36_000.0), ..Seen::default() });
    assert_eq!(play(&[(0.0, told)]).delay_ms, 12_000.0);
}

#[test]
fn the_services_own_wish_goes_first_and_is_never_undercut() {
    let hinted =
        |hint_ms| Outcome::Seen(Seen { status: Status::Processing, hint_ms: Some(hint_ms), ..Seen::default() });
    // Two and a half percent of jitter on top.
    assert_eq!(play(&[(0.0, hinted(20_000.0))]).delay_ms, 20_500.0);
    assert_eq!(play(&[(0.0, hinted(0.0))]).delay_ms, 1_025.0);
    assert_eq!(play(&[(0.0, hinted(1e12))]).delay_ms, 615_000.0);
    assert_eq!(play(&[(0.0, hinted(-5.0))]).delay_ms, 1_025.0);
}

#[test]
fn a_fixed_interval_is_kept_even_below_a_second_and_gives_way_to_retry_after() {
    let mut options = at(0.0);
    options.interval_ms = Some(250.0);
    assert_eq!(next(None, working(Some(0.1)), &options).delay_ms, 250.0);
    assert_eq!(next(None, failed(ErrorCode::Server, true), &options).delay_ms, 250.0);
    let limited = PollError { retry_after_ms: Some(7_000.0), ..trouble(ErrorCode::RateLimited, true) };
    assert_eq!(next(None, Outcome::Failed(limited), &options).delay_ms, 7_000.0);
}

#[test]
fn those_whom_an_error_tells_to_come_later_do_not_all_come_at_once() {
    let limited = PollError { retry_after_ms: Some(20_000.0), ..trouble(ErrorCode::Server, true) };
    let delay = |random| next(None, Outcome::Failed(limited), &Options { random, ..at(0.0) }).delay_ms;
    assert_eq!([delay(0.0), delay(0.5), delay(1.0)], [20_000.0, 20_500.0, 21_000.0]);
}

#[test]
fn a_slope_that_holds_leads_straight_to_the_end() {
    // 1 % a second: after 40 s it is known to within a second, and 60 s are left; a look is due after 23.
    let fair = [(0.0, working(Some(0.0))), (21_000.0, working(Some(0.21))), (41_000.0, working(Some(0.41)))];
    assert_eq!(play(&fair).delay_ms, 23_000.0);
    // At 83 % the end is 16.5 s away by the middle of the step, and 0.3 s more are given.
    let late = [fair[1], fair[2], (83_000.0, working(Some(0.83)))];
    let late: Vec<_> = [fair[0]].into_iter().chain(late).collect();
    // Whole milliseconds, rounded up.
    assert!((16_800.0..=16_801.0).contains(&play(&late).delay_ms));
}

#[test]
fn a_progress_that_stops_is_neither_chased_nor_forgotten() {
    let stuck = [
        (0.0, working(Some(0.0))),
        (31_000.0, working(Some(0.31))),
        (90_000.0, working(Some(0.9))),
        (200_000.0, working(Some(0.9))),
    ];
    assert_eq!(play(&stuck).delay_ms, 5_700.0);
}

#[test]
fn what_is_typical_of_a_model_spares_the_early_looks_but_not_all() {
    let mut options = at(0.0);
    options.early_ms = Some(60_000.0);
    assert_eq!(next(None, working(None), &options).delay_ms, 15_000.0);
}

#[test]
fn missed_polls_come_ever_later_and_the_fifth_in_a_row_ends_it() {
    let missed = failed(ErrorCode::Server, true);
    let delays: Vec<_> = (1..=4).map(|count| play(&vec![(0.0, missed); count])).collect();
    assert!(delays.iter().all(|step| !step.done));
    assert_eq!(delays.iter().map(|step| step.delay_ms).collect::<Vec<_>>(), [1_500.0, 3_000.0, 6_000.0, 12_000.0]);
    assert!(play(&vec![(0.0, missed); 5]).done);
    let mut recovered = vec![(0.0, missed); 4];
    recovered.extend([(0.0, working(None)), (0.0, missed)]);
    assert_eq!(play(&recovered).cursor.missed, 1.0);
}

#[test]
fn only_what_may_pass_counts_as_missed() {
    use ErrorCode::*;
    for (code, retryable) in [(Network, true), (Timeout, true), (RateLimited, true), (Server, true), (BadRequest, true)]
    {
        assert!(!next(None, failed(code, retryable), &at(0.0)).done, "{code:?}");
    }
    // A page or a cut-off body may be whole the next time.
    assert!(!next(None, failed(InvalidResponse, false), &at(0.0)).done);
    // A 501, too, may be a proxy's.
    assert!(!next(None, failed(Server, false), &at(0.0)).done);
    for code in [Authentication, Permission, InsufficientQuota, BadRequest, InvalidArgument] {
        assert!(next(None, failed(code, false), &at(0.0)).done, "{code:?}");
    }
}

#[test]
fn what_is_not_found_has_thirty_seconds_to_appear() {
    let missing = Outcome::Failed(trouble(ErrorCode::NotFound, false));
    let cursor = Some(Cursor::start(NOW));
    assert!(!next(cursor, missing, &at(0.0)).done);
    assert!(!next(cursor, missing, &at(29_999.0)).done);
    assert!(next(cursor, missing, &at(30_000.0)).done);
}

#[test]
fn the_last_look_falls_before_the_deadline_and_none_after_it() {
    let mut options = at(0.0);
    options.deadline_ms = 10_000.0;
    let step = next(Some(Cursor::start(NOW)), working(None), &options);
    assert_eq!((step.done, step.delay_ms), (false, 8_000.0));
    options.now = NOW + 8_000.0;
    assert_eq!(next(Some(step.cursor), working(None), &options).delay_ms, 2_000.0);
    options.now = NOW + 10_000.0;
    assert!(next(Some(step.cursor), working(None), &options).done);
}

#[test]
fn a_task_that_was_made_long_ago_has_its_slope_at_the_first_look() {
    let seen =
        Seen { status: Status::Processing, progress: Some(0.83), created_at: Some(NOW - 83_000.0), ..Seen::default() };
    // 16.5 s are left by the middle of the step; until the slope was seen to hold, at most 14 of them are slept.
    assert_eq!(next(None, Outcome::Seen(seen), &at(0.0)).delay_ms, 14_000.0);
}

fn duration(steps: &[(f64, Outcome)]) -> Option<f64> {
    let Some((_, Outcome::Seen(last))) = steps.last() else { return None };
    play(steps).cursor.duration_ms(last)
}

#[test]
fn a_task_that_had_ended_before_the_first_look_has_no_duration_whatever_was_missed_before() {
    let ended = Outcome::Seen(Seen { status: Status::Completed, progress: Some(1.0), ..Seen::default() });
    let missed = failed(ErrorCode::Server, true);
    assert_eq!(duration(&[(0.0, ended)]), None);
    assert_eq!(duration(&[(0.0, missed), (1_500.0, ended)]), None);
    assert_eq!(duration(&[(0.0, missed), (1_500.0, missed), (4_000.0, ended)]), None);
    assert_eq!(duration(&[(0.0, missed), (1_500.0, working(None)), (40_000.0, ended)]), Some(38_500.0));
}

#[test]
fn the_first_look_is_the_first_that_was_answered() {
    let first = play(&[(0.0, working(Some(0.6)))]);
    let after_a_miss = play(&[(-1_500.0, failed(ErrorCode::Server, true)), (0.0, working(Some(0.6)))]);
    let slope = |step: &Step| (step.cursor.basis, step.cursor.began_at);
    assert_eq!(slope(&after_a_miss), slope(&first));
    assert_eq!(slope(&first), (0.6, NOW));
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let number = prop_oneof![Just(None), (0.0..1.0).prop_map(Some), any::<f64>().prop_map(Some)];
    let wait = prop_oneof![Just(None), (0.0..1e6).prop_map(Some), any::<f64>().prop_map(Some)];
    let status = prop_oneof![Just(Status::Queued), Just(Status::Processing), Just(Status::Unknown)];
    let seen = (status, number.clone(), wait.clone(), wait.clone(), number).prop_map(
        |(status, progress, estimated_wait_ms, hint_ms, created_at)| {
            Outcome::Seen(Seen { status, progress, estimated_wait_ms, hint_ms, created_at })
        },
    );
    let failed = wait.prop_map(|retry_after_ms| {
        Outcome::Failed(PollError { code: ErrorCode::Server, retryable: true, retry_after_ms })
    });
    prop_oneof![4 => seen, 1 => failed]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_outcomes_give_bounded_delays_and_an_end_by_the_deadline(
        outcomes in prop::collection::vec(outcomes(), 1..60),
        random in 0.0..1.0,
        deadline_ms in 1.0..1e8,
    ) {
        let options =
            Options { now: NOW, random, interval_ms: None, deadline_ms, max_missed: f64::INFINITY, early_ms: None };
        ends_by_the_deadline(&outcomes, options);
    }

    #[test]
    fn a_cursor_of_nonsense_is_harmless(numbers in prop::collection::vec(any::<f64>(), 11), outcome in outcomes()) {
        if let Some(cursor) = Cursor::from_numbers(&numbers, NOW) {
            let step = next(Some(cursor), outcome, &at(0.0));
            if !step.done {
                is_bounded(&step);
            }
            prop_assert!(step.cursor.numbers().iter().all(|number| number.is_finite()));
        }
    }
}

#[test]
fn a_cursor_has_a_name_for_each_of_its_numbers() {
    assert_eq!(Cursor::NAMES.split(' ').count(), Cursor::start(NOW).numbers().len());
    assert!(Cursor::NAMES.starts_with("startedAt polls missed "));
    // JavaScript gives them these names.
    assert!(include_str!("../pkg/watch/next-poll.js").contains(&format!("'{}'", Cursor::NAMES)));
    assert_eq!(Cursor::from_numbers(&[NOW, 1.0], NOW), None);
}
