//! What holds for every body, however near to a service's own or far from it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

mod bodies;
mod mutation;

use bodies::FIXTURES;
use mutation::mutated;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use video_task_query::error::Result;
use video_task_query::task::{Reason, Rendition, Status, Task};
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
            keeps_its_promises(task)?;
            prop_assert!(fixture.id.is_none() || fixture.id.as_deref() == Some(&task.id), "id {}", task.id);
        }
        is_told(&result)?;
        prop_assert_eq!(result, fixture.read(body.as_bytes()), "the same body gives the same answer");
    }

    #[test]
    fn an_explanation_is_of_the_same_task_and_names_every_field_once((at, body) in mutated()) {
        let asked = FIXTURES[at].asked();
        let (read, told) = (parse_task(body.as_bytes(), asked), explain_task(body.as_bytes(), asked));
        let told = match (read, told) {
            (Ok(task), Ok(told)) if told.task == task => told,
            (Err(read), Err(told)) => {
                prop_assert_eq!(read, told);
                return Ok(());
            }
            (read, told) => return Err(TestCaseError::fail(format!("{read:?}\nbut {told:?}"))),
        };
        prop_assert_eq!(told.shape, told.task.shape);
        let names: Vec<_> = told.fields.iter().map(|row| row.field.as_str()).collect();
        for (place, name) in names.iter().enumerate() {
            prop_assert!(!names[..place].contains(name), "{name} twice");
        }
        let task = &told.task;
        let has = |name: &str| names.iter().any(|row| row.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '['])));
        for (name, is_there) in [
            ("shape", true),
            ("isDone", true),
            ("provider", true),
            ("responseId", task.response_id.is_some()),
            ("model", task.model.is_some()),
            ("status", true),
            ("rawStatus", task.raw_status.is_some()),
            ("stage", task.stage.is_some()),
            ("progress", task.progress.is_some()),
            ("queuePosition", task.queue_position.is_some()),
            ("estimatedWaitMs", task.estimated_wait_ms.is_some()),
            ("videoUrl", task.video_url.is_some()),
            ("videos", !task.videos.is_empty()),
            ("thumbnailUrl", task.thumbnail_url.is_some()),
            ("previewUrl", task.preview_url.is_some()),
            ("contentPath", task.content_path.is_some()),
            ("width", task.width.is_some()),
            ("height", task.height.is_some()),
            ("durationSeconds", task.duration_seconds.is_some()),
            ("prompt", task.prompt.is_some()),
            ("enhancedPrompt", task.enhanced_prompt.is_some()),
            ("error", task.error.is_some()),
            ("createdAt", task.created_at.is_some()),
            ("completedAt", task.completed_at.is_some()),
            ("updatedAt", task.updated_at.is_some()),
        ] {
            prop_assert_eq!(has(name), is_there, "{}", name);
        }
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
        result.iter().try_for_each(keeps_its_promises)?;
        is_told(&result)?;
        prop_assert_eq!(result, fixture.read(&body));
    }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn any_bytes_are_a_task_or_an_error(body in vec(any::<u8>(), 0..64), id in any::<Option<String>>()) {
        let result = parse_task(&body, Asked { id: id.as_deref(), origin: Some("https://api.example.com") });
        result.iter().try_for_each(keeps_its_promises)?;
        is_told(&result)?;
    }
}

#[test]
fn every_fixture_keeps_the_promises_of_a_task() {
    let mut tasks = 0;
    for fixture in FIXTURES.iter() {
        let result = fixture.read(&fixture.body);
        let kept = result.as_ref().map_or(Ok(()), keeps_its_promises).and_then(|()| is_told(&result));
        assert!(kept.is_ok(), "{}: {kept:?}", fixture.name);
        tasks += usize::from(result.is_ok());
    }
    assert!(tasks > 150, "only {tasks} tasks");
}

#[test]
fn a_hundred_thousand_brackets_in_a_task_are_harmless() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let body = format!(r#"{{"id": "x", "status": "completed", "detail": {deep}, "video_url": {deep}}}"#);
    let task = parse_task(body.as_bytes(), Asked::default()).unwrap();
    assert_eq!((task.status, task.video_url), (Status::Completed, None));
    let quoted = serde_json::to_string(&body).unwrap();
    let task = parse_task(format!(r#"{{"data": {quoted}}}"#).as_bytes(), Asked::default()).unwrap();
    assert_eq!((task.id.as_str(), task.status), ("x", Status::Completed));
}

#[test]
fn a_size_below_nothing_is_no_size() {
    let size = |size: &str| {
        let body = format!(r#"{{"object": "video", "id": "a", "status": "queued", "size": "{size}"}}"#);
        let task = parse_task(body.as_bytes(), Asked::default()).unwrap();
        (task.width, task.height)
    };
    assert_eq!(size("1280x720"), (Some(1280.0), Some(720.0)));
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
        let told = explain_task(body.as_bytes(), Asked::default()).unwrap();
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
fn an_expiry_is_a_whole_instant_of_the_calendar() {
    const DATE: &str = "X-Amz-Date=20251001T062941Z";
    let expiry = |query: &str| {
        let body = format!(r#"{{"id": "a", "status": "completed", "video_url": "https://example.com/v.mp4?{query}"}}"#);
        parse_task(body.as_bytes(), Asked::default()).unwrap().videos[0].expires_at
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
    let told = explain_task(br#"{"object": "video", "status": "completed"}"#, Asked::default()).unwrap();
    assert_eq!(told.task.content_path, None);
    assert!(told.fields.iter().all(|row| row.field != "contentPath"));
}

/// What `index.d.ts` says of every task.
fn keeps_its_promises(task: &Task) -> std::result::Result<(), TestCaseError> {
    let status = task.status;
    prop_assert_eq!(
        task.is_done,
        matches!(status, Status::Completed | Status::Failed | Status::Cancelled | Status::Expired)
    );
    let has_failed = matches!(status, Status::Failed | Status::Cancelled | Status::Expired);
    prop_assert_eq!(task.error.is_some(), has_failed, "error {:?}", task.error);
    if let Some(error) = &task.error {
        prop_assert!(!error.message.trim().is_empty());
        prop_assert_eq!(status == Status::Cancelled, error.reason == Reason::Cancelled);
    }
    prop_assert!(task.stage.is_none() || status == Status::Processing, "stage {:?} of {status:?}", task.stage);

    prop_assert!(task.progress.is_none_or(|progress| (0.0..=1.0).contains(&progress)), "progress {:?}", task.progress);
    prop_assert!(status != Status::Completed || task.progress == Some(1.0));
    prop_assert!(!has_failed || task.progress.is_none());
    for number in [task.queue_position, task.estimated_wait_ms, task.width, task.height, task.duration_seconds] {
        prop_assert!(number.is_none_or(|number| number.is_finite() && number >= 0.0), "{number:?} in {task:?}");
    }
    let expiries = task.videos.iter().map(|video| video.expires_at);
    for instant in [task.created_at, task.completed_at, task.updated_at].into_iter().chain(expiries).flatten() {
        // What JavaScript's Date can hold.
        prop_assert!(instant > 0.0 && instant <= 8.64e15 && instant.fract() == 0.0, "{instant}");
    }
    prop_assert!(task.is_done || task.completed_at.is_none());

    has_good_urls(task)?;
    let codes = task.warnings.iter().map(|warning| warning.code);
    for code in codes.clone() {
        prop_assert!(["recovered_error", "unsafe_url", "no_output", "id_mismatch"].contains(&code), "{code}");
    }
    let has_output = task.video_url.is_some() || task.content_path.is_some();
    prop_assert_eq!(codes.clone().any(|code| code == "no_output"), status == Status::Completed && !has_output);
    prop_assert!(status == Status::Completed || codes.clone().all(|code| code != "recovered_error"));
    for word in
        [&task.response_id, &task.model, &task.raw_status, &task.prompt, &task.enhanced_prompt].into_iter().flatten()
    {
        prop_assert!(!word.is_empty(), "an empty text is none: {task:?}");
    }
    Ok(())
}

fn has_good_urls(task: &Task) -> std::result::Result<(), TestCaseError> {
    prop_assert_eq!(task.video_url.as_ref(), task.videos.first().map(|video| &video.url));
    let kinds: Vec<Rendition> = task.videos.iter().map(|video| video.kind).collect();
    prop_assert!(kinds.is_sorted(), "{kinds:?}");
    for (place, video) in task.videos.iter().enumerate() {
        prop_assert!(is_web(&video.url) || begins(&video.url, "data:video/"), "{}", video.url);
        prop_assert!(task.videos[..place].iter().all(|other| other.url != video.url), "{} twice", video.url);
        for side in [video.width, video.height].into_iter().flatten() {
            prop_assert!(side.is_finite() && side >= 0.0, "{side}");
        }
    }
    for url in [&task.thumbnail_url, &task.preview_url].into_iter().flatten() {
        prop_assert!(is_web(url), "{url}");
    }
    if let Some(path) = &task.content_path {
        prop_assert!(path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'), "{path}");
    }
    Ok(())
}

fn is_web(url: &str) -> bool {
    let clean = url.bytes().all(|byte| byte > b' ' && byte != 0x7F && byte != b'\\');
    clean && (begins(url, "https://") || begins(url, "http://"))
}

fn begins(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// An error has words for people, and a `not_found` alone says what is missing.
fn is_told(result: &Result<Task>) -> std::result::Result<(), TestCaseError> {
    if let Err(error) = result {
        prop_assert!(error.message.ends_with(['.', '?']) || error.message.contains(" It says: "), "{}", error.message);
        prop_assert!(error.missing.is_none() || error.code.name() == "not_found");
    }
    Ok(())
}
