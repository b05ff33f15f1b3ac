//! What holds for every body, however near to a service's own or far from it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

mod bodies;
#[path = "invariants/task.rs"]
mod invariants;
mod mutation;

use bodies::FIXTURES;
use invariants::{is_explained, is_told, keeps_its_promises};
use mutation::mutated;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use video_task_query::task::Status;
use video_task_query::{Asked, explain_task, parse_task};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, max_shrink_iters: 4096, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_body_that_is_nearly_a_services_own_keeps_the_promises_of_a_task((at, body) in mutated()) {
        let fixture = &FIXTURES[at];
        let result = fixture.read(body.as_bytes());
        if let Ok(task) = &result {
            keeps_its_promises(task);
            prop_assert!(fixture.id.is_none() || fixture.id.as_deref() == Some(&task.id), "id {}", task.id);
        }
        is_told(&result);
        prop_assert_eq!(result, fixture.read(body.as_bytes()), "the same body gives the same answer");
    }

    #[test]
    fn an_explanation_is_of_the_same_task_and_names_every_field_once((at, body) in mutated()) {
        is_explained(body.as_bytes(), FIXTURES[at].asked());
    }

    #[test]
    fn a_body_with_bytes_changed_keeps_the_promises_of_a_task(
        at in any::<Index>(), changes in vec((any::<Index>(), any::<u8>(), 0..4), 1..6)
    ) {
        let fixture = at.get(&FIXTURES);
        let mut body = fixture.body.clone();
        for (at, byte, change) in changes.into_iter().filter(|_| !fixture.body.is_empty()) {
            let at = at.index(body.len() + 1).min(body.len().saturating_sub(1));
            match change {
                0 if !body.is_empty() => body[at] = byte,
                1 if !body.is_empty() => drop(body.remove(at)),
                2 => body.truncate(at + 1),
                _ => body.insert(at, byte),
            }
        }
        let result = fixture.read(&body);
        result.iter().for_each(keeps_its_promises);
        is_told(&result);
        prop_assert_eq!(result, fixture.read(&body));
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_bytes_are_a_task_or_an_error(body in vec(any::<u8>(), 0..64), id in any::<Option<String>>()) {
        let result = parse_task(&body.into(), Asked { id: id.as_deref(), origin: Some("https://api.example.com") });
        result.iter().for_each(keeps_its_promises);
        is_told(&result);
    }
}

#[test]
fn every_fixture_keeps_the_promises_of_a_task() {
    let mut tasks = 0;
    for fixture in FIXTURES.iter() {
        let result = fixture.read(&fixture.body);
        result.iter().for_each(keeps_its_promises);
        is_told(&result);
        tasks += usize::from(result.is_ok());
    }
    assert!(tasks > 150, "only {tasks} tasks");
}

#[test]
fn a_hundred_thousand_brackets_in_a_task_are_harmless() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let body = format!(r#"{{"id": "x", "status": "completed", "detail": {deep}, "video_url": {deep}}}"#);
    let task = parse_task(&body.as_bytes().into(), Asked::default()).unwrap();
    assert_eq!((task.status, task.video_url), (Status::Completed, None));
    let quoted = serde_json::to_string(&body).unwrap();
    let task = parse_task(&format!(r#"{{"data": {quoted}}}"#).into(), Asked::default()).unwrap();
    assert_eq!((task.id.as_str(), task.status), ("x", Status::Completed));
}

#[test]
fn a_size_is_two_numbers_with_a_sign_between_that_multiplies() {
    let size = |size: &str| {
        let body = format!(r#"{{"object": "video", "id": "a", "status": "queued", "size": "{size}"}}"#);
        let task = parse_task(&body.as_bytes().into(), Asked::default()).unwrap();
        (task.width, task.height)
    };
    for whole in ["1280x720", "1280X720", "1280*720", "1280×720", "1280 x 720"] {
        assert_eq!(size(whole), (Some(1280.0), Some(720.0)), "{whole}");
    }
    for none in ["-1x-1", "-1x720", "1280x-720", "x", "1e400x1"] {
        assert_eq!(size(none), (None, None), "{none}");
    }
}

#[test]
fn an_estimate_beyond_all_numbers_is_no_estimate() {
    let wait = |seconds: &str| {
        let body = format!(
            r#"{{"id": "a", "status": "queued", "detail": {{"pending_info": {{"estimated_queue_wait_time": {seconds}}}}}}}"#
        );
        let told = explain_task(&body.as_bytes().into(), Asked::default()).unwrap();
        let is_explained = told.fields.iter().any(|row| row.field == "estimatedWaitMs");
        assert_eq!(is_explained, told.task.estimated_wait_ms.is_some(), "{seconds}");
        told.task.estimated_wait_ms
    };
    assert_eq!(wait("1.5"), Some(1500.0));
    for none in ["1e308", "1e400", "-1"] {
        assert_eq!(wait(none), None, "{none}");
    }
}

#[test]
fn what_is_shown_of_a_url_that_is_refused_ends_with_a_whole_word() {
    const KEY: &str = "sk-AbCdEf0123456789-secret";
    let message = |url: &str| {
        let body = format!(r#"{{"id": "a", "status": "completed", "video_url": "{url}"}}"#);
        parse_task(&body.as_bytes().into(), Asked::default()).unwrap().warnings[0].message.clone()
    };
    let start = "video_url holds no URL that can be used: ";
    assert_eq!(message(&format!("javascript:{KEY}")), format!("{start}javascript:{KEY}"));
    for before in 60..80 {
        let filler = "x".repeat(before - "javascript: ".len());
        assert_eq!(message(&format!("javascript:{filler}{KEY}")), format!("{start}javascript…"), "{before}");
        assert_eq!(message(&format!("javascript:{filler} {KEY}")), format!("{start}javascript:{filler}…"), "{before}");
    }
}

#[test]
fn nothing_is_told_of_an_end_that_is_none() {
    for (end, is_told) in [(r#""""#, false), ("0", false), ("null", false), ("1759763621", true)] {
        let body = format!(r#"{{"object": "video", "id": "a", "status": "in_progress", "completed_at": {end}}}"#);
        let told = explain_task(&body.as_bytes().into(), Asked::default()).unwrap();
        assert_eq!(told.task.completed_at, None, "{end}");
        assert_eq!(told.ignored.iter().any(|row| row.path == "completed_at"), is_told, "{end}");
    }
}

#[test]
fn an_expiry_is_a_whole_instant_of_the_calendar() {
    const DATE: &str = "X-Amz-Date=20251001T062941Z";
    let expiry = |query: &str| {
        let body = format!(r#"{{"id": "a", "status": "completed", "video_url": "https://example.com/v.mp4?{query}"}}"#);
        parse_task(&body.as_bytes().into(), Asked::default()).unwrap().videos[0].expires_at
    };
    assert_eq!(expiry(&format!("{DATE}&X-Amz-Expires=3600")), Some(1_759_303_781_000.0));
    assert_eq!(expiry(&format!("{DATE}&X-Amz-Expires=0.0005")), Some(1_759_300_181_000.0));
    assert_eq!(expiry("Expires=1759303781"), Some(1_759_303_781_000.0));
    for none in ["Expires=1e308".to_owned(), "Expires=9e300".to_owned(), format!("{DATE}&X-Amz-Expires=1e308")] {
        assert_eq!(expiry(&none), None, "{none}");
    }
}

#[test]
fn a_content_path_that_is_not_there_is_not_explained() {
    let told =
        explain_task(&r#"{"object": "video", "status": "completed"}"#.to_owned().into(), Asked::default()).unwrap();
    assert_eq!(told.task.content_path, None);
    assert!(told.fields.iter().all(|row| row.field != "contentPath"));
}
