//! Error answers: what the service says, wherever its envelope holds it, and what that amounts to.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};
use video_task_query::envelope::ErrorAnswer;
use video_task_query::error::{ErrorCode::*, Missing, QueryError};
use video_task_query::json::Tree;
use video_task_query::{Answer, Asked, read_answer};

const NOW: f64 = 1_445_412_480_000.0;

/// The error that an HTTP answer is.
#[track_caller]
fn answered(status: u16, headers: &[(&str, &str)], body: &str) -> QueryError {
    let header = |wanted: &str| headers.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned());
    let answer =
        Answer { status, header: &header, body: &body.as_bytes().into(), now: NOW, secrets: &[], is_keyless: false };
    *read_answer(&answer, Asked { id: Some("sora-2:task_1"), origin: None }).unwrap_err()
}

#[track_caller]
fn said(status: u16, message: &str) -> QueryError {
    answered(status, &[], &json!({ "error": { "message": message } }).to_string())
}

fn message_in(body: &Value) -> Option<String> {
    answered(400, &[], &body.to_string()).service_message
}

fn code_in(body: &Value) -> Option<String> {
    answered(400, &[], &body.to_string()).service_code
}

#[test]
fn of_all_the_places_for_words_the_most_telling_one_counts() {
    let mut body = json!({
        "error": { "message": "error.message" },
        "message": "message",
        "msg": "msg",
        "err": "err",
        "error_msg": "error_msg",
        "detail": "detail",
        "errors": [{ "message": "errors" }, { "message": "not the first" }],
        "base_resp": { "status_msg": "base_resp.status_msg" },
        "output": { "message": "output.message" },
        "Response": { "Error": { "Message": "Response.Error.Message" } },
    });
    let said = |body: &Value| message_in(body).unwrap();
    assert_eq!(said(&body), "error.message");
    body["error"] = json!("error");
    assert_eq!(said(&body), "error");
    body["error"] = json!({ "message": "" });
    assert_eq!(said(&body), "message");
    for place in ["message", "msg", "err", "error_msg"] {
        assert_eq!(said(&body), place);
        body[place] = json!(" ");
    }
    assert_eq!(said(&body), "detail");
    body["detail"] = json!([{ "msg": "detail[].msg", "loc": ["query", "id"] }, { "msg": "not the first" }]);
    assert_eq!(said(&body), "detail[].msg");
    body["detail"] = Value::Null;
    for (place, words) in [
        ("errors", "errors"),
        ("base_resp", "base_resp.status_msg"),
        ("output", "output.message"),
        ("Response", "Response.Error.Message"),
    ] {
        assert_eq!(said(&body), words);
        body[place] = Value::Null;
    }
    assert_eq!(message_in(&body), None);
}

#[test]
fn of_the_words_those_that_are_only_the_phrase_of_a_status_count_last() {
    for (body, expected) in [
        (json!({ "error": "Not Found", "message": "Task not found" }), "Task not found"),
        (json!({ "error": { "message": "bad request" }, "msg": "No." }), "No."),
        (json!({ "error": "Unauthorized", "message": "Forbidden" }), "Unauthorized"),
        (json!({ "error": "Unauthorized: No.", "message": "No." }), "Unauthorized: No."),
        (json!({ "message": r#"x {"error":"Not Found","message":"Task not found"}"# }), "Task not found"),
    ] {
        assert_eq!(message_in(&body).as_deref(), Some(expected), "{body}");
    }
}

#[test]
fn words_may_be_a_number_and_are_never_an_object_or_a_flag() {
    assert_eq!(message_in(&json!({ "message": 1033 })).as_deref(), Some("1033"));
    assert_eq!(message_in(&json!({ "message": true, "msg": "no" })).as_deref(), Some("no"));
    assert_eq!(message_in(&json!({ "error": { "reason": "no" } })), None);
    assert_eq!(message_in(&json!([{ "message": "no" }])).as_deref(), Some("no"));
    assert_eq!(message_in(&json!([{ "message": "no" }, { "message": "no" }])), None);
    assert_eq!(message_in(&json!("no")), None);
}

#[test]
fn of_all_the_places_for_a_code_the_first_one_filled_counts() {
    let mut body = json!({
        "error": { "code": "error.code", "type": "error.type" },
        "code": "code",
        "base_resp": { "status_code": 1004 },
    });
    assert_eq!(code_in(&body).as_deref(), Some("error.code"));
    body["error"]["code"] = json!("");
    assert_eq!(code_in(&body).as_deref(), Some("error.type"));
    body["error"] = Value::Null;
    assert_eq!(code_in(&body).as_deref(), Some("code"));
    body["code"] = Value::Null;
    assert_eq!(code_in(&body).as_deref(), Some("1004"));
    assert_eq!(code_in(&json!({ "output": { "code": "InvalidTask" } })).as_deref(), Some("InvalidTask"));
    assert_eq!(code_in(&json!({ "Response": { "Error": { "Code": "AuthFailure" } } })).as_deref(), Some("AuthFailure"));
    assert_eq!(code_in(&json!({ "code": 0, "message": "no" })), None);
}

#[test]
fn an_envelope_inside_a_message_is_opened() {
    let inner = r#"litellm.NotFoundError: OpenAIException - {"error":{"message":"Video not found","code":"video_not_found"}}. Retried: 2"#;
    let error = answered(500, &[], &json!({ "error": { "message": inner, "code": "500" } }).to_string());
    assert_eq!(error.service_message.as_deref(), Some("Video not found"));
    assert_eq!(error.service_code.as_deref(), Some("video_not_found"));
    assert_eq!((error.code, error.missing), (NotFound, Some(Missing::Task)));
}

#[test]
fn an_envelope_without_a_code_leaves_the_outer_code() {
    let error =
        answered(400, &[], &json!({ "error": { "message": r#"x {"message":"inner"}"#, "code": "outer" } }).to_string());
    assert_eq!((error.service_code.as_deref(), error.service_message.as_deref()), (Some("outer"), Some("inner")));
}

#[test]
fn a_message_with_braces_that_are_no_envelope_stays_whole() {
    for message in ["{", "}", "}{", "use {id} in the path", r#"{"seed": 1}"#, r#"[{"message":"a"},{"message":"b"}]"#] {
        assert_eq!(said(400, message).service_message.as_deref(), Some(message));
    }
}

#[test]
fn the_id_of_the_request_is_in_a_header_in_the_words_or_in_the_body() {
    let body = r#"{"error":{"message":"no (request id: 2025-words)"},"request_id":"body"}"#;
    let all = [("request-id", "third"), ("x-oneapi-request-id", "second"), ("x-request-id", "first")];
    let id = |headers: &[(&str, &str)], body: &str| answered(500, headers, body).request_id;
    assert_eq!(id(&all, body).as_deref(), Some("first"));
    assert_eq!(id(&all[..2], body).as_deref(), Some("second"));
    assert_eq!(id(&all[..1], body).as_deref(), Some("third"));
    assert_eq!(id(&[("x-request-id", "")], body).as_deref(), Some("2025-words"));
    assert_eq!(id(&[], body).as_deref(), Some("2025-words"));
    for (body, expected) in [
        (r#"{"message":"no","request_id":"a"}"#, Some("a")),
        (r#"{"message":"no","requestId":7}"#, Some("7")),
        (r#"{"message":"no","RequestId":"c"}"#, Some("c")),
        (r#"{"error":{"message":"no","request_id":"d"}}"#, Some("d")),
        (r#"{"Response":{"Error":{"Message":"no"},"RequestId":"e"}}"#, Some("e")),
        (r#"{"message":"no (request id: )"}"#, None),
        (r#"{"message":"no (request id: f, trace g)"}"#, Some("f")),
        (r#"{"message":"不行（request id: i）"}"#, Some("i")),
        (r#"{"message":"不行（request id: j，稍后"}"#, Some("j")),
        (r#"{"error":"Bad Request","message":"no","msg":"no (request id: k)"}"#, Some("k")),
        (r#"{"message":"x {\"error\":{\"message\":\"no\"}} (request id: l)"}"#, Some("l")),
        (r#"{"message":"x {\"error\":{\"message\":\"no (request id: m)\"}} (request id: n)"}"#, Some("m")),
        ("no (request id: h)", Some("h")),
        ("", None),
    ] {
        assert_eq!(id(&[], body).as_deref(), expected, "{body}");
    }
}

#[test]
fn what_the_service_wants_to_be_left_alone_for_is_passed_on() {
    assert_eq!(answered(429, &[("retry-after", "7")], "").retry_after_ms, Some(7000.0));
    assert_eq!(answered(503, &[("retry-after", "Wed, 21 Oct 2015 07:28:30 GMT")], "{}").retry_after_ms, Some(30_000.0));
    assert_eq!(answered(429, &[("retry-after", "soon")], "").retry_after_ms, None);
    assert_eq!(answered(429, &[("openai-poll-after-ms", "2500")], "").retry_after_ms, Some(2500.0));
    let both = [("openai-poll-after-ms", "2500"), ("retry-after", "7")];
    assert_eq!(answered(500, &both, "").retry_after_ms, Some(7000.0));
    assert_eq!(answered(200, &[("retry-after", "7")], "").retry_after_ms, Some(7000.0));
}

#[test]
fn a_text_that_is_no_json_is_the_services_words() {
    let error = answered(503, &[], "  upstream connect error\n");
    assert_eq!(error.service_message.as_deref(), Some("upstream connect error"));
    assert_eq!(answered(404, &[], "404 page not found").missing, Some(Missing::Route));
    for nothing in ["", " \n", "<html><title>502 Bad Gateway</title></html>", "{\"error\":", "[1"] {
        assert_eq!(answered(502, &[], nothing).service_message, None, "{nothing:?}");
    }
}

#[test]
fn a_secret_shows_nowhere_even_where_words_are_shortened() {
    let secrets = ["sk-secret-0123456789".to_owned()];
    for message in [
        "Incorrect API key provided: sk-secret-0123456789.".to_owned(),
        format!("{}sk-secret-0123456789", "x".repeat(290)),
        r#"{"message":"sk-secret-0123456789"}"#.to_owned(),
    ] {
        let body = json!({ "error": { "message": message, "code": "key sk-secret-0123456789" } }).to_string();
        let tree = Tree::parse(body.as_bytes()).unwrap();
        let error =
            ErrorAnswer { status: Some(401), tree: Some(&tree), text: "", secrets: &secrets, is_keyless: false }
                .error();
        let shown = format!("{error:?}");
        assert!(!shown.contains("sk-sec"), "{shown}");
        assert_eq!(error.service_code.as_deref(), Some("key [key]"));
    }
    let body = r#"{"message":"x {\"message\":\"no\"} (request id: sk-secret-0123456789)"}"#;
    let tree = Tree::parse(body.as_bytes()).unwrap();
    let error =
        ErrorAnswer { status: Some(401), tree: Some(&tree), text: "", secrets: &secrets, is_keyless: false }.error();
    assert_eq!(error.request_id.as_deref(), Some("[key]"));
}

#[test]
fn hiding_a_secret_replaces_it_in_every_word_of_an_error() {
    let mut error =
        answered(401, &[("x-request-id", "r-sk1-sk1")], r#"{"error":{"message":"sk1 is wrong: sk1","code":"sk1"}}"#);
    error.redact("sk1");
    assert_eq!(error.service_message.as_deref(), Some("[key] is wrong: [key]"));
    assert_eq!(error.service_code.as_deref(), Some("[key]"));
    assert_eq!(error.request_id.as_deref(), Some("r-[key]-[key]"));
    assert_eq!(error.message, "The service does not accept the API key (HTTP 401). It says: [key] is wrong: [key]");
    let before = error.clone();
    error.redact("");
    error.redact("another");
    assert_eq!(error, before);
}
