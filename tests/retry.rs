//! When to ask once more.
#![allow(clippy::unwrap_used, reason = "tests")]

use video_task_query::error::{ErrorCode, QueryError};
use video_task_query::retry::{after_ms, hint_ms, is_for_all, pause_ms};

const NOW: f64 = 1_445_412_480_000.0;

fn failure(retryable: bool, retry_after_ms: Option<f64>) -> QueryError {
    QueryError { retryable, retry_after_ms, ..*QueryError::new(ErrorCode::Server, "The service is in trouble.") }
}

/// What the headers ask for, at the instant of `Wed, 21 Oct 2015 07:28:00 GMT`.
fn asked(headers: &[(&str, &str)]) -> Option<f64> {
    let header = |wanted: &str| headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned());
    after_ms(&header, NOW)
}

#[test]
fn pauses_double_up_to_eight_seconds() {
    let pauses = |random: f64| {
        (1..=8).map(|tries| pause_ms(&failure(true, None), false, tries, 9, random).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(pauses(0.0), [250.0, 500.0, 1000.0, 2000.0, 4000.0, 4000.0, 4000.0, 4000.0]);
    assert_eq!(pauses(1.0), [500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0, 8000.0, 8000.0]);
    assert_eq!(pauses(0.5), [375.0, 750.0, 1500.0, 3000.0, 6000.0, 6000.0, 6000.0, 6000.0]);
}

#[test]
fn a_service_that_wants_to_be_left_alone_says_so_to_all() {
    assert!(is_for_all(&QueryError::new(ErrorCode::RateLimited, "Too many.")));
    assert!(is_for_all(&failure(true, Some(1000.0))));
    assert!(!is_for_all(&failure(true, None)));
}

#[test]
fn pauses_are_whole_milliseconds() {
    assert_eq!(pause_ms(&failure(true, None), false, 1, 2, 0.333_333), Some(333.0));
}

#[test]
fn there_are_as_many_retries_as_were_allowed() {
    for (tries, max_retries, again) in
        [(1, 0, false), (1, 1, true), (2, 1, false), (2, 2, true), (3, 2, false), (u32::MAX, u32::MAX, true)]
    {
        assert_eq!(
            pause_ms(&failure(true, None), false, tries, max_retries, 0.0).is_some(),
            again,
            "{tries} of {max_retries}"
        );
        assert_eq!(
            pause_ms(&failure(true, Some(1.0)), false, tries, max_retries, 0.0).is_some(),
            again,
            "{tries} of {max_retries}"
        );
    }
}

#[test]
fn any_number_of_tries_gives_a_finite_pause() {
    for tries in [0, 1, 100, 1_000_000, u32::MAX] {
        let pause = pause_ms(&failure(true, None), false, tries, u32::MAX, 1.0).unwrap();
        assert!((250.0..=8000.0).contains(&pause), "{tries}: {pause}");
    }
}

#[test]
fn what_does_not_pass_is_not_tried_again() {
    assert_eq!(pause_ms(&failure(false, None), false, 1, 9, 0.5), None);
    assert_eq!(pause_ms(&failure(false, None), true, 1, 9, 0.5), None);
    assert_eq!(pause_ms(&failure(false, Some(10.0)), false, 1, 9, 0.5), None);
}

#[test]
fn a_lost_connection_is_tried_again() {
    assert_eq!(pause_ms(&QueryError::new(ErrorCode::Network, "No answer."), false, 1, 1, 0.0), Some(250.0));
}

#[test]
fn a_whole_answer_that_is_no_task_is_not_asked_for_again_and_a_broken_one_is() {
    let mut error = QueryError::response(Some(200), "The answer was cut off: its JSON ends in the middle of a value.");
    error.retryable = true;
    assert_eq!(pause_ms(&error, false, 1, 9, 0.0), None);
    assert_eq!(pause_ms(&error, true, 1, 9, 0.0), Some(250.0));
    assert_eq!(pause_ms(&error, true, 2, 1, 0.0), None);
}

#[test]
fn the_services_own_wish_is_followed_up_to_a_minute() {
    for (wish, pause) in [
        // One in trouble is not asked again at once, whatever it says.
        (0.0, Some(250.0)),
        (249.0, Some(250.0)),
        (251.0, Some(251.0)),
        (7000.0, Some(7000.0)),
        (60_000.0, Some(60_000.0)),
        (60_001.0, None),
        (1e12, None),
    ] {
        assert_eq!(pause_ms(&failure(true, Some(wish)), false, 1, 2, 0.5), pause, "{wish}");
    }
}

#[test]
fn reads_retry_after_in_milliseconds_in_seconds_and_as_a_date() {
    for (headers, ms) in [
        ([("retry-after-ms", "1500")], Some(1500.0)),
        ([("retry-after-ms", " 12.9 ")], Some(12.0)),
        ([("retry-after-ms", "0")], Some(0.0)),
        ([("retry-after", "120")], Some(120_000.0)),
        ([("retry-after", " 2 ")], Some(2000.0)),
        ([("retry-after", "0.25")], Some(250.0)),
        ([("retry-after", "0")], Some(0.0)),
        ([("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT")], Some(30_000.0)),
        ([("retry-after", " Wed, 21 Oct 2015 07:29:00 GMT ")], Some(60_000.0)),
        ([("x-retry-after", "120")], None),
    ] {
        assert_eq!(asked(&headers), ms, "{headers:?}");
    }
    assert_eq!(asked(&[]), None);
}

#[test]
fn the_finer_header_goes_first_unless_it_says_nothing() {
    assert_eq!(asked(&[("retry-after", "2"), ("retry-after-ms", "150")]), Some(150.0));
    assert_eq!(asked(&[("retry-after", "2"), ("retry-after-ms", "soon")]), Some(2000.0));
}

#[test]
fn when_to_poll_again_is_a_wish_too_and_the_last_one_for_an_error() {
    let poll = ("openai-poll-after-ms", " 2500.9 ");
    for (headers, error, answer) in [
        (vec![poll], 2500.0, 2500.0),
        (vec![poll, ("retry-after", "soon")], 2500.0, 2500.0),
        (vec![poll, ("retry-after", "7")], 7000.0, 2500.0),
        (vec![poll, ("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT")], 30_000.0, 2500.0),
        (vec![poll, ("retry-after-ms", "150")], 150.0, 2500.0),
        (vec![("openai-poll-after-ms", "-1")], 0.0, 0.0),
    ] {
        let header =
            |wanted: &str| headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned());
        assert_eq!((after_ms(&header, NOW), hint_ms(&header, NOW)), (Some(error), Some(answer)), "{headers:?}");
    }
    assert_eq!(asked(&[("openai-poll-after-ms", "soon")]), None);
}

#[test]
fn what_lies_in_the_past_is_now() {
    for header in [
        ("retry-after-ms", "-1500"),
        ("retry-after", "-1"),
        ("retry-after", "Wed, 21 Oct 2015 07:27:59 GMT"),
        ("retry-after", "Thu, 01 Jan 1970 00:00:00 GMT"),
    ] {
        assert_eq!(asked(&[header]), Some(0.0), "{header:?}");
    }
}

#[test]
fn a_date_counts_from_the_services_own_clock() {
    for (date, ms) in [
        // An hour ahead, an hour behind, and one that says nothing.
        ("Wed, 21 Oct 2015 08:28:00 GMT", Some(30_000.0)),
        ("Wed, 21 Oct 2015 06:28:00 GMT", Some(7_230_000.0)),
        ("yesterday", Some(3_630_000.0)),
    ] {
        assert_eq!(asked(&[("date", date), ("retry-after", "Wed, 21 Oct 2015 08:28:30 GMT")]), ms, "{date}");
    }
    assert_eq!(asked(&[("date", "Wed, 21 Oct 2015 08:28:00 GMT"), ("retry-after", "30")]), Some(30_000.0));
}

#[test]
fn what_cannot_be_read_is_no_wish() {
    for header in [
        ("retry-after-ms", ""),
        ("retry-after-ms", "NaN"),
        ("retry-after-ms", "1e400"),
        ("retry-after", ""),
        ("retry-after", "soon"),
        ("retry-after", "Infinity"),
        ("retry-after", "2s"),
        ("retry-after", "2015-10-21T07:28:30Z"),
        ("retry-after", "Wednesday, 21-Oct-15 07:28:30 GMT"),
    ] {
        assert_eq!(asked(&[header]), None, "{header:?}");
    }
}
