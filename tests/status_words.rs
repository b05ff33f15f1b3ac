//! What services and relays mean by their status words, written down apart from the tables.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

mod bodies;

use bodies::FIXTURES;
use video_task_query::shapes::{SHAPES, Shape};
use video_task_query::task::Status::{self, Cancelled, Completed, Expired, Failed, Processing, Queued};
use video_task_query::words::{is_one_of, same};

const MEANINGS: &[(&str, Status, &str)] = &[
    ("unified", Queued, "pending not_start not_started submitted queued waiting staged unknown"),
    (
        "unified",
        Processing,
        "processing rendering generating in_progress image_downloading video_generating video_generation_running \
         video_generation_completed video_upsampling upsampling",
    ),
    ("unified", Completed, "completed success succeeded video_upsampling_completed"),
    ("unified", Failed, "failed failure error video_generation_failed video_upsampling_failed"),
    ("unified", Cancelled, "cancelled canceled"),
    ("unified", Expired, "expired"),
    ("openai", Queued, "queued pending not_start submitted"),
    ("openai", Processing, "in_progress processing"),
    ("openai", Completed, "completed success"),
    ("openai", Failed, "failed failure"),
    ("openai", Cancelled, "cancelled canceled"),
    ("openai", Expired, "expired"),
    ("new-api", Queued, "NOT_START SUBMITTED QUEUED UNKNOWN"),
    ("new-api", Processing, "IN_PROGRESS"),
    ("new-api", Completed, "SUCCESS"),
    ("new-api", Failed, "FAILURE"),
    ("suno", Queued, "NOT_START SUBMITTED QUEUED UNKNOWN"),
    ("suno", Processing, "IN_PROGRESS"),
    ("suno", Completed, "SUCCESS"),
    ("suno", Failed, "FAILURE FAIL"),
    ("new-api-simple", Queued, "queued"),
    ("new-api-simple", Processing, "processing in_progress"),
    ("new-api-simple", Completed, "succeeded"),
    ("new-api-simple", Failed, "failed"),
    ("openrouter", Queued, "pending"),
    ("openrouter", Processing, "in_progress"),
    ("openrouter", Completed, "completed"),
    ("openrouter", Failed, "failed"),
    ("openrouter", Cancelled, "cancelled"),
    ("openrouter", Expired, "expired"),
    ("together", Queued, "queued"),
    ("together", Processing, "in_progress"),
    ("together", Completed, "completed"),
    ("together", Failed, "failed"),
    ("together", Cancelled, "cancelled"),
    ("xai", Processing, "pending"),
    ("xai", Completed, "done"),
    ("xai", Failed, "failed"),
    ("xai", Expired, "expired"),
    ("kling", Queued, "submitted"),
    ("kling", Processing, "processing"),
    ("kling", Completed, "succeed"),
    ("kling", Failed, "failed"),
    ("runway", Queued, "PENDING THROTTLED"),
    ("runway", Processing, "RUNNING"),
    ("runway", Completed, "SUCCEEDED"),
    ("runway", Failed, "FAILED"),
    ("runway", Cancelled, "CANCELLED"),
    ("luma", Queued, "queued"),
    ("luma", Processing, "dreaming processing"),
    ("luma", Completed, "completed"),
    ("luma", Failed, "failed"),
    ("fal", Queued, "IN_QUEUE"),
    ("fal", Processing, "IN_PROGRESS"),
    ("replicate", Queued, "starting"),
    ("replicate", Processing, "processing"),
    ("replicate", Completed, "succeeded"),
    ("replicate", Failed, "failed"),
    ("replicate", Cancelled, "canceled aborted"),
    ("google", Processing, "false"),
    ("minimax", Queued, "Preparing Queueing"),
    ("minimax", Processing, "Processing"),
    ("minimax", Completed, "Success"),
    ("minimax", Failed, "Fail"),
    ("minimax-v2", Queued, "queued"),
    ("minimax-v2", Processing, "running"),
    ("minimax-v2", Completed, "succeeded"),
    ("minimax-v2", Failed, "failed"),
    ("minimax-v2", Cancelled, "cancelled"),
    ("minimax-v2", Expired, "expired"),
    ("vidu", Queued, "created queueing"),
    ("vidu", Processing, "processing"),
    ("vidu", Completed, "success"),
    ("vidu", Failed, "failed"),
    ("seedance", Queued, "queued"),
    ("seedance", Processing, "running"),
    ("seedance", Completed, "succeeded"),
    ("seedance", Failed, "failed"),
    ("seedance", Cancelled, "cancelled"),
    ("seedance", Expired, "expired"),
    ("jimeng", Queued, "in_queue"),
    ("jimeng", Processing, "generating"),
    ("jimeng", Completed, "done"),
    ("jimeng", Expired, "not_found expired"),
    ("dashscope", Queued, "PENDING"),
    ("dashscope", Processing, "RUNNING"),
    ("dashscope", Completed, "SUCCEEDED"),
    ("dashscope", Failed, "FAILED"),
    ("dashscope", Cancelled, "CANCELED"),
    ("huawei", Queued, "queued"),
    ("huawei", Processing, "running"),
    ("huawei", Completed, "succeeded"),
    ("huawei", Failed, "failed"),
    ("kie", Processing, "0"),
    ("kie", Completed, "1"),
    ("kie", Failed, "2 3 422 500"),
    ("kie-jobs", Queued, "queueing"),
    ("runninghub", Completed, "ok 成功"),
    ("pixverse", Processing, "9 10"),
    ("zhipu", Failed, "failed"),
    ("azure", Processing, "processing"),
    ("video-task-query", Queued, "queued"),
    ("video-task-query", Cancelled, "cancelled"),
    ("video-task-query", Expired, "expired"),
    ("tencent", Queued, "WAIT"),
    ("tencent", Processing, "RUN"),
    ("tencent", Completed, "DONE"),
    ("tencent", Failed, "FAIL"),
];

fn shape(name: &str) -> &'static Shape {
    SHAPES.iter().find(|shape| shape.name == name).unwrap()
}

/// What the first table of a shape says that knows the word.
fn meaning(name: &str, word: &str) -> Option<Status> {
    SHAPES.iter().filter(|shape| shape.name == name).find_map(|shape| shape.status(word))
}

/// The ways in which one word is written.
fn spellings(word: &str) -> [String; 5] {
    let [upper, lower] = [word.to_uppercase(), word.to_lowercase()];
    [word.to_owned(), upper, lower, word.replace('_', "-"), word.replace('_', " ")]
}

#[test]
fn each_word_means_what_its_service_says_however_it_is_written() {
    for (name, status, words) in MEANINGS {
        for spelling in words.split(' ').flat_map(spellings) {
            assert_eq!(meaning(name, &spelling), Some(*status), "{spelling} at {name}");
        }
    }
}

#[test]
fn words_that_only_say_that_a_task_ended_or_is_missing_are_no_outcome() {
    assert_eq!((shape("fal").ended.split(' ').next(), shape("fal").status("COMPLETED")), (Some("COMPLETED"), None));
    assert_eq!((shape("google").ended, shape("google").status("true")), ("true", None));
    assert_eq!((shape("dashscope").missing, shape("dashscope").status("UNKNOWN")), ("UNKNOWN", None));
}

#[test]
fn each_word_of_a_table_is_told_here_or_by_a_fixture() {
    let tasks: Vec<_> = FIXTURES.iter().filter_map(|fixture| fixture.read(&fixture.body).ok()).collect();
    let is_told = |name: &str, status: Status, word: &str| {
        let mut here = MEANINGS.iter().filter(|(shape, meaning, _)| *shape == name && *meaning == status);
        here.any(|(_, _, words)| is_one_of(words, word))
            || tasks
                .iter()
                .any(|task| task.shape == name && task.raw_status.as_deref().is_some_and(|raw| same(raw, word)))
    };
    let mut untold = Vec::new();
    for shape in SHAPES {
        for (status, words) in shape.words {
            let words = words.split(' ').filter(|word| *word != "-" && !is_told(shape.name, *status, word));
            untold.extend(words.map(|word| format!("{word} at {} is {}", shape.name, status.name())));
        }
    }
    assert!(untold.is_empty(), "write down what these mean, in MEANINGS or in a fixture: {untold:#?}");
}
