//! How fast one origin is asked, against servers with limits of their own and a clock that is played.

#![allow(missing_docs, clippy::arithmetic_side_effects, clippy::cast_precision_loss, clippy::float_cmp)]

use std::collections::BinaryHeap;
use std::ops::Range;

use video_task_query::pace::Pace;

#[test]
fn without_a_limit_nothing_waits_and_with_one_requests_are_spaced() {
    let mut free = Pace::new(None);
    assert_eq!([free.wait(0.0), free.wait(0.0), free.wait(0.0)], [0.0, 0.0, 0.0]);
    let mut bound = Pace::new(Some(4.0));
    // Less the 20 ms by which a timer may come late; and never two at once, not at the start either.
    assert_eq!([bound.wait(1_000.0), bound.wait(1_000.0)], [0.0, 230.0]);
    assert_eq!([bound.wait(1_230.0), bound.wait(1_230.0)], [0.0, 250.0]);
    assert_eq!([bound.wait(9_000.0), bound.wait(9_000.0)], [0.0, 230.0]);
}

#[test]
fn requests_beside_the_one_that_was_let_in_count_too() {
    let mut bound = Pace::new(Some(4.0));
    assert_eq!(bound.wait(1_000.0), 0.0);
    bound.answered(1_000.0, 3.0, false, None);
    assert_eq!(bound.wait(1_000.0), 730.0);
    let mut free = Pace::new(None);
    free.answered(1_000.0, 3.0, false, None);
    assert_eq!(free.wait(1_000.0), 0.0);
    // It was given up before its first request.
    let mut bound = Pace::new(Some(4.0));
    assert_eq!(bound.wait(1_000.0), 0.0);
    bound.answered(1_000.0, 0.0, false, None);
    assert_eq!(bound.wait(1_000.0), 230.0);
}

#[test]
fn a_429_pauses_all_for_as_long_as_the_service_asks() {
    let mut pace = Pace::new(None);
    assert_eq!(pace.wait(0.0), 0.0);
    pace.answered(10.0, 1.0, true, Some(3_000.0));
    assert!(pace.wait(10.0) >= 3_000.0);
    assert_eq!(pace.wait(4_000.0), 0.0);
}

#[test]
fn what_was_given_up_says_nothing_of_what_the_service_bears() {
    let (mut idle, mut busy) = (Pace::new(None), Pace::new(None));
    for _ in 0..30 {
        idle.answered(500.0, 0.0, false, None);
        busy.answered(500.0, 1.0, false, None);
    }
    idle.answered(900.0, 1.0, true, None);
    busy.answered(900.0, 1.0, true, None);
    // 0.85 of one request a second, and of the thirty that got through.
    assert_eq!([idle.wait(900.0), busy.wait(900.0)], [1_177.0, 40.0]);
}

#[test]
fn a_bound_of_the_callers_is_never_passed() {
    let mut pace = Pace::new(Some(10.0));
    pace.answered(0.0, 1.0, true, None);
    let started = (0..60_000).filter(|ms| pace.wait(1_000_000.0 + f64::from(*ms)) == 0.0).count();
    assert!((560..=602).contains(&started), "{started}");
}

/// How a server counts.
enum Limit {
    Bucket { burst: f64 },
    Window,
}

/// Requests let through and refused in a span of time, from a client with always more to ask, six at once.
fn asked(mut pace: Pace, limit: &Limit, per_second: f64, span: Range<u32>) -> (f64, f64) {
    let mut under_way = BinaryHeap::new();
    let (mut tokens, mut filled_at, mut window, mut used) = (per_second, 0.0, -1.0, 0.0);
    let (mut passed, mut limited) = (0.0, 0.0);
    for ms in span {
        let now = f64::from(ms);
        while under_way.peek().is_some_and(|(std::cmp::Reverse(due), _)| *due <= ms) {
            let Some((_, was_limited)) = under_way.pop() else { break };
            pace.answered(now, 1.0, was_limited, None);
        }
        while under_way.len() < 6 && pace.wait(now) == 0.0 {
            let is_over = match limit {
                Limit::Bucket { burst } => {
                    tokens = f64::min(tokens + (now - filled_at) / 1_000.0 * per_second, *burst);
                    filled_at = now;
                    tokens < 1.0
                }
                Limit::Window => {
                    if (now / 1_000.0).floor() > window {
                        (window, used) = ((now / 1_000.0).floor(), 0.0);
                    }
                    used >= per_second
                }
            };
            if is_over {
                limited += 1.0;
            } else {
                (tokens, used, passed) = (tokens - 1.0, used + 1.0, passed + 1.0);
            }
            under_way.push((std::cmp::Reverse(ms + 5 + ms % 7), is_over));
        }
    }
    (passed, limited)
}

#[test]
fn a_server_of_fifty_a_second_is_used_well_and_hardly_ever_overrun() {
    for limit in [Limit::Bucket { burst: 1.0 }, Limit::Bucket { burst: 50.0 }, Limit::Window] {
        let (passed, limited) = asked(Pace::new(None), &limit, 50.0, 0..600_000);
        let share = limited / (passed + limited);
        assert!(share < 0.01, "{share} of the answers were 429");
        assert!(passed > 0.8 * 50.0 * 600.0, "only {passed} got through");
    }
}

#[test]
fn a_pace_far_above_what_gets_through_is_left_at_once() {
    // Begun just before the turn of a second, twice as much gets through at first as the server bears.
    for begin in [0, 300, 600, 940, 980] {
        // The other one is allowed ten times what the server bears.
        for pace in [Pace::new(None), Pace::new(Some(400.0))] {
            let (passed, limited) = asked(pace, &Limit::Window, 40.0, begin..begin + 15_000);
            let share = limited / (passed + limited);
            assert!(share < 0.12, "{limited} of {} answers were 429", passed + limited);
            assert!(passed > 0.9 * 40.0 * 15.0, "only {passed} got through");
        }
    }
}
