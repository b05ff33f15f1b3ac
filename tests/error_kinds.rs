//! What an error answer amounts to by its status and its codes. The words that go before them: `error_words.rs`.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::json;
use video_task_query::error::{ErrorCode::*, Missing, QueryError};
use video_task_query::retry::is_passing;
use video_task_query::{Answer, Asked, parse_task, read_answer};

/// The error that an HTTP answer is.
#[track_caller]
fn answered(status: u16, body: &str) -> QueryError {
    let answer =
        Answer { status, header: &|_| None, body: &body.as_bytes().into(), now: 0.0, secrets: &[], is_keyless: false };
    *read_answer(&answer, Asked::default()).unwrap_err()
}

#[test]
fn codes_of_minimax_decide_where_there_are_no_words() {
    // https://platform.minimax.io/docs/api-reference/errorcode
    for (codes, code) in [
        (&[1002, 1039, 1041][..], RateLimited),
        (&[1004, 2049], Authentication),
        (&[1008], InsufficientQuota),
        (&[1026, 1027, 2013], BadRequest),
        (&[1000, 1001, 1013, 1024, 1033], Server),
        (&[9999], InvalidResponse),
    ] {
        for number in codes {
            let body = format!(r#"{{"base_resp":{{"status_code":{number},"status_msg":""}}}}"#);
            assert_eq!(answered(200, &body).code, code, "{number}");
        }
    }
}

#[test]
fn the_status_decides_where_words_do_not() {
    for (status, code, missing, retryable) in [
        (300, InvalidResponse, None, false),
        (304, InvalidResponse, None, false),
        (400, BadRequest, None, false),
        (401, Authentication, None, false),
        (402, InsufficientQuota, None, false),
        (403, Permission, None, false),
        (404, NotFound, None, false),
        (405, NotFound, Some(Missing::Route), false),
        (408, BadRequest, None, true),
        (409, BadRequest, None, false),
        (410, NotFound, None, false),
        (413, BadRequest, None, false),
        (422, BadRequest, None, false),
        (425, BadRequest, None, true),
        (429, RateLimited, None, true),
        (499, BadRequest, None, false),
        (500, Server, None, true),
        (501, Server, None, false),
        (502, Server, None, true),
        (503, Server, None, true),
        (504, Server, None, true),
        (524, Server, None, true),
        (599, Server, None, true),
    ] {
        for body in ["", "{}", "null", r#"{"message":"No."}"#, "No."] {
            let error = answered(status, body);
            let got = (error.status, error.code, error.missing, error.retryable);
            assert_eq!(got, (Some(status), code, missing, retryable), "{status} {body:?}");
        }
    }
}

#[test]
fn asking_again_may_help_under_these_statuses_and_no_others() {
    let passing: Vec<u16> = (100..=999).filter(|status| is_passing(*status)).collect();
    let expected: Vec<u16> = [408, 425, 429].into_iter().chain(500..=599).filter(|status| *status != 501).collect();
    assert_eq!(passing, expected);
}

#[test]
fn the_code_in_a_body_under_200_is_taken_for_its_status() {
    for (body, code, retryable) in [
        (r#"{"code":401,"msg":"You do not have access permissions"}"#, Authentication, false),
        (r#"{"code":"402","msg":"No."}"#, InsufficientQuota, false),
        (r#"{"code":429,"msg":"No."}"#, RateLimited, true),
        (r#"{"code":500,"msg":"No."}"#, Server, true),
        (r#"{"code":501,"msg":"No."}"#, Server, false),
        (r#"{"code":422,"msg":"No."}"#, BadRequest, false),
        (r#"{"code":200,"msg":"No."}"#, InvalidResponse, false),
        (r#"{"code":1,"msg":"No."}"#, InvalidResponse, false),
        (r#"{"code":"401x","msg":"No."}"#, InvalidResponse, false),
        (r#"{"success":false,"message":"No."}"#, InvalidResponse, false),
    ] {
        let error = answered(200, body);
        assert_eq!((error.code, error.retryable, error.status), (code, retryable, Some(200)), "{body}");
    }
    assert_eq!(answered(400, r#"{"code":500,"msg":"No."}"#).code, BadRequest);
}

#[test]
fn a_code_without_words_is_an_error_unless_it_says_that_all_is_well() {
    for (body, code, missing, retryable, service_code) in [
        (r#"{"code":401,"data":null}"#, Authentication, None, false, "401"),
        (r#"{"code":500,"data":null}"#, Server, None, true, "500"),
        (
            r#"{"code":"task_not_exist","message":"","data":null}"#,
            NotFound,
            Some(Missing::Task),
            false,
            "task_not_exist",
        ),
        (r#"{"success":false,"code":"task_not_exist"}"#, NotFound, Some(Missing::Task), false, "task_not_exist"),
        (r#"{"base_resp":{"status_code":1002}}"#, RateLimited, None, true, "1002"),
        (r#"{"code":0,"base_resp":{"status_code":1004}}"#, Authentication, None, false, "1004"),
        (r#"{"error":{"code":"rate_limit_exceeded"}}"#, RateLimited, None, true, "rate_limit_exceeded"),
        (r#"{"error":{"code":404,"status":"NOT_FOUND"}}"#, NotFound, None, false, "404"),
        (r#"{"error":{"type":"server_error"}}"#, InvalidResponse, None, false, "server_error"),
        (r#"{"Response":{"Error":{"Code":"InternalError"}}}"#, Server, None, true, "InternalError"),
    ] {
        let error = answered(200, body);
        let got = (error.code, error.missing, error.retryable, error.service_code.as_deref());
        assert_eq!(got, (code, missing, retryable, Some(service_code)), "{body}");
        assert_eq!(error.service_message, None, "{body}");
    }
    for code in [json!(0), json!(200), json!(10000), json!("success"), json!("Success"), json!("ok"), json!("")] {
        let error = answered(200, &json!({ "code": code, "data": null }).to_string());
        assert_eq!((error.code, error.service_code), (InvalidResponse, None), "{code}");
    }
}

#[test]
fn a_code_beside_a_task_does_not_hide_the_task() {
    for body in [
        r#"{"code":401,"data":{"task_id":"t","status":"SUCCESS","fail_reason":""}}"#,
        r#"{"id":"t","status":"failed","error":{"code":"rate_limit_exceeded"}}"#,
        r#"{"success":false,"code":500,"id":"t","status":"processing"}"#,
    ] {
        assert_eq!(parse_task(&body.as_bytes().into(), Asked::default()).unwrap().id, "t", "{body}");
    }
}

#[test]
fn a_body_alone_is_refused_like_the_answer_that_it_was() {
    let error =
        *parse_task(&r#"{"code":"task_not_exist","message":"gone"}"#.as_bytes().into(), Asked::default()).unwrap_err();
    assert_eq!(
        (error.code, error.status, error.missing, error.retryable),
        (NotFound, None, Some(Missing::Task), false)
    );
    let error = *parse_task(&r#"{"error":{"message":"无效的令牌"}}"#.as_bytes().into(), Asked::default()).unwrap_err();
    assert_eq!((error.code, error.status), (Authentication, None));
}

#[test]
fn a_page_under_404_says_that_the_route_is_missing() {
    assert_eq!(answered(404, "\n<!doctype html><h1>Not Found</h1>").missing, Some(Missing::Route));
    assert_eq!(answered(502, "<html>").code, Server);
    assert_eq!(answered(403, "<html>").code, Permission);
}
