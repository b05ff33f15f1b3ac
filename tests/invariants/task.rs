//! What holds for every body: of the task that is read from it, and of the explanation.
#![allow(dead_code, reason = "each program uses a part of it")]

use video_task_query::error::Result;
use video_task_query::task::{Reason, Rendition, Status, Task};
use video_task_query::{Asked, explain_task, parse_task};

const ORIGIN: &str = "https://api.example.com";

/// Reads any bytes as a body, without a question and as the answer to one.
pub fn hold(body: &[u8]) {
    for asked in [Asked::default(), Asked { id: Some("sora-2:task_1"), origin: Some(ORIGIN) }] {
        let result = parse_task(&body.into(), asked);
        if let Ok(task) = &result {
            keeps_its_promises(task);
            assert!(asked.id.is_none_or(|id| id == task.id), "id {}", task.id);
        }
        is_told(&result);
        is_explained(body, asked);
    }
}

/// The explanation is of the same task, and names every field that has a value once.
pub fn is_explained(body: &[u8], asked: Asked<'_>) {
    let told = match (parse_task(&body.into(), asked), explain_task(&body.into(), asked)) {
        (Ok(task), Ok(told)) if told.task == task => told,
        (Err(read), Err(told)) => return assert_eq!(read, told),
        (read, told) => panic!("{read:?}\nbut {told:?}"),
    };
    assert_eq!(told.shape, told.task.shape);
    let names: Vec<_> = told.fields.iter().map(|row| row.field.as_str()).collect();
    for (place, name) in names.iter().enumerate() {
        assert!(!names[..place].contains(name), "{name} twice");
    }
    names_what_is_there(&told.task, &names);
}

fn names_what_is_there(task: &Task, names: &[&str]) {
    let is_of = |row: &str, name| {
        row.strip_prefix(name).is_some_and(|rest: &str| rest.is_empty() || rest.starts_with(['.', '[']))
    };
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
        ("warnings", !task.warnings.is_empty()),
        ("createdAt", task.created_at.is_some()),
        ("completedAt", task.completed_at.is_some()),
        ("updatedAt", task.updated_at.is_some()),
    ] {
        assert_eq!(names.iter().any(|row| is_of(row, name)), is_there, "{name}");
    }
}

/// What `index.d.ts` says of every task.
pub fn keeps_its_promises(task: &Task) {
    let status = task.status;
    assert_eq!(
        task.is_done,
        matches!(status, Status::Completed | Status::Failed | Status::Cancelled | Status::Expired)
    );
    let has_failed = matches!(status, Status::Failed | Status::Cancelled | Status::Expired);
    assert_eq!(task.error.is_some(), has_failed, "error {:?}", task.error);
    if let Some(error) = &task.error {
        assert!(!error.message.trim().is_empty());
        assert_eq!(status == Status::Cancelled, error.reason == Reason::Cancelled);
    }
    assert!(task.stage.is_none() || status == Status::Processing, "stage {:?} of {status:?}", task.stage);

    assert!(task.progress.is_none_or(|progress| (0.0..=1.0).contains(&progress)), "progress {:?}", task.progress);
    assert!(status != Status::Completed || task.progress == Some(1.0));
    assert!(!has_failed || task.progress.is_none());
    for number in [task.queue_position, task.estimated_wait_ms, task.width, task.height, task.duration_seconds] {
        assert!(number.is_none_or(|number| number.is_finite() && number >= 0.0), "{number:?} in {task:?}");
    }
    let expiries = task.videos.iter().map(|video| video.expires_at);
    for instant in [task.created_at, task.completed_at, task.updated_at].into_iter().chain(expiries).flatten() {
        // What JavaScript's Date can hold.
        assert!(instant > 0.0 && instant <= 8.64e15 && instant.fract() == 0.0, "{instant}");
    }
    assert!(task.is_done || task.completed_at.is_none());

    has_good_urls(task);
    let codes = task.warnings.iter().map(|warning| warning.code);
    for code in codes.clone() {
        assert!(["recovered_error", "unsafe_url", "no_output", "id_mismatch"].contains(&code), "{code}");
    }
    let has_output = task.video_url.is_some() || task.content_path.is_some();
    assert_eq!(codes.clone().any(|code| code == "no_output"), status == Status::Completed && !has_output);
    assert!(status == Status::Completed || codes.clone().all(|code| code != "recovered_error"));
    for word in
        [&task.response_id, &task.model, &task.raw_status, &task.prompt, &task.enhanced_prompt].into_iter().flatten()
    {
        assert!(!word.is_empty(), "an empty text is none: {task:?}");
    }
}

fn has_good_urls(task: &Task) {
    assert_eq!(task.video_url.as_ref(), task.videos.first().map(|video| &video.url));
    let kinds: Vec<Rendition> = task.videos.iter().map(|video| video.kind).collect();
    assert!(kinds.is_sorted(), "{kinds:?}");
    for (place, video) in task.videos.iter().enumerate() {
        assert!(is_web(&video.url) || begins(&video.url, "data:video/"), "{:?}", video.url);
        assert!(task.videos[..place].iter().all(|other| other.url != video.url), "{:?} twice", video.url);
        for side in [video.width, video.height].into_iter().flatten() {
            assert!(side.is_finite() && side >= 0.0, "{side}");
        }
    }
    for url in [&task.thumbnail_url, &task.preview_url].into_iter().flatten() {
        assert!(is_web(url), "{url:?}");
    }
    if let Some(path) = &task.content_path {
        assert!(path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'), "{path}");
    }
}

fn is_web(url: &str) -> bool {
    let clean = url.bytes().all(|byte| byte > b' ' && byte != 0x7F && byte != b'\\');
    clean && (begins(url, "https://") || begins(url, "http://"))
}

fn begins(url: &str, scheme: &str) -> bool {
    url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// An error has words for people, and a `not_found` alone says what is missing.
pub fn is_told(result: &Result<Task>) {
    if let Err(error) = result {
        assert!(error.message.ends_with(['.', '?']) || error.message.contains(" It says: "), "{}", error.message);
        assert!(error.missing.is_none() || error.code.name() == "not_found");
    }
}
