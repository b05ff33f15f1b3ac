//! The sentence for people that every error of an answer has, to the letter.
#![allow(clippy::unwrap_used, reason = "tests")]

use video_task_query::{Answer, Asked, QueryError, parse_task, read_answer};

#[track_caller]
fn answered(status: u16, body: &[u8]) -> QueryError {
    let answer = Answer { status, header: &|_| None, body: &body.into(), now: 0.0, secrets: &[], is_keyless: false };
    *read_answer(&answer, Asked::default()).unwrap_err()
}

#[track_caller]
fn message(status: u16, body: &str) -> String {
    answered(status, body.as_bytes()).message
}

#[test]
fn says_what_went_wrong_what_the_service_says_and_what_to_do() {
    for (status, what) in [
        (400, "The service refused the request (HTTP 400)"),
        (401, "The service does not accept the API key (HTTP 401)"),
        (402, "The account behind the API key does not have enough balance (HTTP 402)"),
        (403, "The API key is not allowed to ask for this (HTTP 403)"),
        (501, "The service does not support this request (HTTP 501)"),
        (405, "The service has no such route: check baseUrl, or try another endpoint (HTTP 405)"),
        (408, "The service refused the request (HTTP 408)"),
        (
            410,
            "The service does not know this task: check the id, and that it was made at this service with this key (HTTP 410)",
        ),
        (429, "The service was asked too often (HTTP 429)"),
        (500, "The service is in trouble: ask again later (HTTP 500)"),
        (302, "The service answered, but not with a task (HTTP 302)"),
    ] {
        assert_eq!(message(status, ""), format!("{what}."));
        assert_eq!(message(status, r#"{"error":{"message":"No."}}"#), format!("{what}. It says: No."));
        assert_eq!(message(status, "No."), format!("{what}. It says: No."));
    }
}

#[test]
fn keeps_the_first_10_000_characters_of_what_a_service_says() {
    let (most, more) = ("é".repeat(10_000), "é".repeat(10_001));
    let said = |body: &str| answered(500, body.as_bytes()).service_message.unwrap();
    for words in [&most, &more] {
        assert_eq!(said(words), most);
        assert_eq!(said(&format!(r#"{{"error":{{"message":"{words}"}}}}"#)), most);
    }
}

#[test]
fn says_that_no_key_was_sent_where_the_service_wants_one() {
    let without_key = |status| {
        let body = Vec::new().into();
        let answer = Answer { status, header: &|_| None, body: &body, now: 0.0, secrets: &[], is_keyless: true };
        read_answer(&answer, Asked::default()).unwrap_err().message
    };
    assert_eq!(
        without_key(401),
        "No API key was sent, and the service wants one: set VIDEO_TASK_API_KEY, or pass apiKey (HTTP 401)."
    );
    assert_eq!(without_key(403), "The API key is not allowed to ask for this (HTTP 403).");
}

#[test]
fn says_which_of_route_and_task_is_missing() {
    assert_eq!(
        message(404, r#"{"error":{"message":"Invalid URL (GET /v1/x)"}}"#),
        "The service has no such route: check baseUrl, or try another endpoint (HTTP 404). It says: Invalid URL (GET /v1/x)"
    );
    let unclear = message(404, "");
    assert_eq!(
        unclear,
        "The service does not know this task, or has no such route: check the id, the key, baseUrl and endpoint (HTTP 404)."
    );
    assert_eq!(
        message(400, r#"{"code":"task_not_exist","message":"task_not_exist"}"#),
        "The service does not know this task: check the id, and that it was made at this service with this key (HTTP 400). It says: task_not_exist"
    );
}

#[test]
fn says_where_a_page_may_come_from() {
    assert_eq!(
        message(502, "<html><title>502 Bad Gateway</title></html>"),
        "The service is in trouble: ask again later (HTTP 502). It sent a web page, which a proxy or a login may have put there."
    );
    assert_eq!(
        message(404, "<!doctype html>"),
        "The service has no such route: check baseUrl, or try another endpoint (HTTP 404). It sent a web page, which a proxy or \
         a login may have put there."
    );
}

#[test]
fn an_error_under_200_says_so() {
    assert_eq!(
        message(200, r#"{"success":false,"message":"No."}"#),
        "The service answered, but not with a task (HTTP 200). It says: No."
    );
    assert_eq!(message(200, r#"{"code":429,"msg":"No."}"#), "The service was asked too often (HTTP 200). It says: No.");
}

#[test]
fn a_body_alone_has_no_status_to_tell() {
    let message = |body: &str| parse_task(&body.as_bytes().into(), Asked::default()).unwrap_err().message;
    assert_eq!(message(r#"{"message":"No."}"#), "The service answered, but not with a task. It says: No.");
    assert_eq!(message(r#"{"message":"无效的令牌"}"#), "The service does not accept the API key. It says: 无效的令牌");
}

#[test]
fn long_words_are_cut_between_characters() {
    let words = |length: usize| format!("{{\"message\":\"{}\"}}", "错".repeat(length));
    let said = |length: usize| message(400, &words(length)).split_once("It says: ").unwrap().1.to_owned();
    assert_eq!(said(300), "错".repeat(300));
    assert_eq!(said(301), format!("{}…", "错".repeat(300)));
}

#[test]
fn says_what_is_wrong_with_a_body_that_holds_no_task() {
    const NO_TASK: &str = "The answer is JSON, but there is no task in it: an id, a status or both are missing.";
    const PAGE: &str = "The service answered with a web page instead of JSON: check baseUrl, and whether a proxy or a login \
                        stands in between.";
    const CUT_OFF: &str = "The answer was cut off: its JSON ends in the middle of a value.";
    for (body, expected, retryable) in [
        ("", "The service answered with an empty body.", true),
        (" \r\n", "The service answered with an empty body.", true),
        ("<!doctype html>", PAGE, false),
        (" <html>", PAGE, false),
        ("{\"id\": \"a\", \"status\": \"comp", CUT_OFF, true),
        ("{\"id\": \"a\",", CUT_OFF, true),
        ("tru", CUT_OFF, true),
        ("OK", "The answer is not JSON: byte 0 cannot stand there.", false),
        ("{\"id\": 1,}", "The answer is not JSON: byte 9 cannot stand there.", false),
        ("{} {}", "The answer is not JSON: byte 3 cannot stand there.", false),
        ("{}", NO_TASK, false),
        ("null", NO_TASK, false),
        ("[]", NO_TASK, false),
        ("\"a\"", NO_TASK, false),
        ("{\"data\": null, \"ok\": true}", NO_TASK, false),
    ] {
        let error = answered(200, body.as_bytes());
        let got = (error.message.as_str(), error.code.name(), error.retryable, error.status);
        assert_eq!(got, (expected, "invalid_response", retryable, Some(200)), "{body:?}");
        let alone = parse_task(&body.as_bytes().into(), Asked::default()).unwrap_err();
        assert_eq!((alone.message.as_str(), alone.status), (expected, None), "{body:?}");
    }
}

#[test]
fn the_byte_that_cannot_stand_there_is_counted_in_the_body_as_it_came() {
    let error = answered(200, b"[\"\xFF\" x]");
    assert_eq!(error.message, "The answer is not JSON: byte 5 cannot stand there.");
}

#[test]
fn errors_have_their_names() {
    use video_task_query::error::{ErrorCode::*, Missing};
    let names = [
        (InvalidArgument, "invalid_argument"),
        (Authentication, "authentication"),
        (Permission, "permission"),
        (InsufficientQuota, "insufficient_quota"),
        (RateLimited, "rate_limited"),
        (NotFound, "not_found"),
        (BadRequest, "bad_request"),
        (Server, "server"),
        (Network, "network"),
        (Timeout, "timeout"),
        (InvalidResponse, "invalid_response"),
    ];
    for (code, name) in names {
        assert_eq!(code.name(), name);
        let error = QueryError::new(code, "why");
        assert_eq!((error.message.as_str(), error.retryable), ("why", matches!(code, Network | Timeout)));
    }
    assert_eq!([Missing::Route.name(), Missing::Task.name()], ["route", "task"]);
}
