//! What holds for every HTTP answer: what is no task becomes an error that says why, and never shows a key.

use video_task_query::error::{ErrorCode, QueryError};
use video_task_query::task::Reason;
use video_task_query::{Answer, Asked, read_answer};

/// Short, so that a fuzzer comes upon it.
pub const SECRET: &str = "sk-7";

/// Two bytes of status, then the body.
pub fn hold(data: &[u8]) {
    let Some((status, body)) = data.split_first_chunk() else { return };
    let status = 100 + u16::from_be_bytes(*status) % 500;
    let secrets = [SECRET.to_owned()];
    let header = |name: &str| (name == "x-request-id" || name == "retry-after").then(|| "7".to_owned());
    let answer = Answer { status, header: &header, body: &body.into(), now: 0.0, secrets: &secrets, is_keyless: false };
    let result = read_answer(&answer, Asked::default());
    assert_eq!(result, read_answer(&answer, Asked::default()), "the same answer gives the same error");
    match result {
        Ok(task) => {
            let is_error_answer = matches!(status, 400 | 422)
                && task.error.as_ref().is_some_and(|error| error.reason == Reason::Moderation);
            let goes_on = status == 400 && !task.is_done;
            assert!((200..300).contains(&status) || is_error_answer || goes_on, "HTTP {status} is no task");
            super::task::keeps_its_promises(&task);
        }
        Err(error) => {
            assert_eq!((error.status, error.request_id.as_deref()), (Some(status), Some("7")));
            assert_eq!(error.retry_after_ms, Some(7_000.0));
            is_consistent(&error, status);
            hides_the_key(&error);
        }
    }
}

fn is_consistent(error: &QueryError, status: u16) {
    use ErrorCode::*;
    assert!(error.missing.is_none() || error.code == NotFound, "{error:?}");
    assert!(!matches!(error.code, InvalidArgument | Network | Timeout), "{error:?}");
    assert!(error.code != RateLimited || error.retryable);
    assert!(!matches!(error.code, InsufficientQuota | Authentication | NotFound) || !error.retryable, "{error:?}");
    // What a status says by itself is not overruled by words that are not there.
    if error.service_message.is_none() && error.service_code.is_none() {
        match status {
            401 => assert_eq!(error.code, Authentication),
            402 => assert_eq!(error.code, InsufficientQuota),
            403 => assert_eq!(error.code, Permission),
            404 | 405 | 410 => assert_eq!(error.code, NotFound),
            429 => assert_eq!(error.code, RateLimited),
            406..=499 => assert_eq!(error.code, BadRequest),
            500.. => assert_eq!(error.code, Server),
            _ => {}
        }
    }
    // A sentence of ours, and at most three hundred characters of the service's.
    assert!(!error.message.is_empty() && error.message.chars().count() <= 600, "{}", error.message);
    assert!(error.message.ends_with(['.', '?']) || error.message.contains(" It says: "), "{}", error.message);
}

fn hides_the_key(error: &QueryError) {
    for text in
        [&error.service_code, &error.service_message, &error.request_id].into_iter().flatten().chain([&error.message])
    {
        assert!(!text.contains(SECRET), "{text}");
    }
}
