//! Which words of an error answer decide what it amounts to, and which do not.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::json;
use video_task_query::error::{ErrorCode::*, Missing, QueryError};
use video_task_query::{Answer, Asked, read_answer};

/// The error that an HTTP answer is.
#[track_caller]
fn answered(status: u16, body: &str) -> QueryError {
    let answer =
        Answer { status, header: &|_| None, body: &body.as_bytes().into(), now: 0.0, secrets: &[], is_keyless: false };
    *read_answer(&answer, Asked::default()).unwrap_err()
}

#[track_caller]
fn said(status: u16, message: &str) -> QueryError {
    answered(status, &json!({ "error": { "message": message } }).to_string())
}

#[test]
fn a_prompt_that_is_quoted_far_behind_the_error_decides_nothing() {
    let story = "a long story. ".repeat(80);
    let quoted = |words: &str| format!("Internal error while handling the prompt: {story}{words}");
    assert_eq!(said(500, &quoted("he had insufficient funds")).code, Server);
    assert_eq!(said(400, &quoted("rate limit exceeded")).code, BadRequest);
}

#[test]
fn words_about_money_are_quota_under_any_status() {
    for message in [
        "Insufficient_quota",
        "You exceeded your current quota, please check your plan",
        "user quota is not enough",
        "Insufficient balance",
        "Insufficient credits",
        "Account has not enough balance to run this",
        "not enough credits",
        "make sure that the key has enough balance",
        "Account balance not enough",
        "Insufficient account balance",
        "balance is insufficient",
        "insufficient funds",
        "You have run out of credits",
        "out of credits",
        "You do not have enough credits",
        "Your credit balance is too low to access the API",
        "Your account has an overdue balance",
        "Quota exhausted",
        "Quota exceeded",
        "You have exceeded your quota",
        "Arrearage",
        "用户额度不足，剩余额度：＄0.000000",
        "账户余额不足",
        "账户已欠费",
    ] {
        for status in [400, 401, 402, 403, 404, 429, 500, 503] {
            let error = said(status, message);
            assert_eq!(
                (error.code, error.missing, error.retryable),
                (InsufficientQuota, None, false),
                "{status} {message}"
            );
        }
    }
    assert_eq!(answered(403, r#"{"error":{"code":"insufficient_user_quota","message":"no"}}"#).code, InsufficientQuota);
}

#[test]
fn words_about_a_quota_of_requests_are_a_limit_and_no_money() {
    for message in [
        "Quota exceeded for quota metric 'Generate Content API requests per minute' and limit '10'",
        "Quota exceeded: 60 requests per minute",
        "Rate limit quota exceeded",
        "You exceeded your current quota. Please retry in 38.9s.",
        "Concurrency quota exceeded",
    ] {
        for status in [403, 429] {
            let error = said(status, message);
            assert_eq!((error.code, error.missing, error.retryable), (RateLimited, None, true), "{status} {message}");
        }
    }
    assert_eq!(said(429, "Resource has been exhausted (e.g. check quota).").code, RateLimited);
    for (status, code) in [("RESOURCE_EXHAUSTED", RateLimited), ("FAILED_PRECONDITION", InsufficientQuota)] {
        let body = json!({ "error": {
            "code": 429, "message": "You exceeded your current quota, please check your plan.", "status": status,
        } });
        assert_eq!(answered(429, &body.to_string()).code, code, "{status}");
    }
    // Where money is named as well, it is money.
    assert_eq!(said(429, "Quota exceeded per minute: insufficient balance").code, InsufficientQuota);
}

#[test]
fn words_about_too_many_requests_are_a_limit_under_any_status() {
    for message in [
        "Rate limit reached for requests",
        "rate_limit_exceeded",
        "Too Many Requests",
        "当前分组上游负载已饱和，请稍后再试",
        "您已达到总请求数限制：1分钟内最多请求3次",
        "请求频率过高",
    ] {
        for status in [400, 401, 403, 404, 429, 500, 501] {
            let error = said(status, message);
            assert_eq!((error.code, error.missing, error.retryable), (RateLimited, None, true), "{status} {message}");
        }
    }
}

#[test]
fn words_about_the_task_are_a_missing_task_under_any_status() {
    for message in [
        "task_not_exist",
        "Task not found",
        "The task does not exist",
        "No such task: 1",
        "video_not_found",
        "Video not found",
        "任务不存在",
        "任务未找到",
    ] {
        for status in [400, 401, 404, 410, 422, 500] {
            let error = said(status, message);
            assert_eq!((error.code, error.missing), (NotFound, Some(Missing::Task)), "{status} {message}");
        }
    }
    let by_code = answered(400, r#"{"code":"task_not_exist","message":"?","data":null}"#);
    assert_eq!((by_code.code, by_code.missing), (NotFound, Some(Missing::Task)));
}

#[test]
fn words_about_the_path_are_a_missing_route_under_404_alone() {
    for message in [
        "Invalid URL (GET /v1/video/query)",
        "404 page not found",
        "Cannot GET /v1/video/query",
        "Route not found",
        "no Route matched with those values",
        "No static resource v1/video/query.",
        "Unknown endpoint",
        "Unknown request URL: GET /v1/x.",
        "Cannot GET:/v1/x",
        "Route GET:/v1/x not found",
        "The requested API endpoint does not exist",
        "Path not found: /v1/video/query",
        "The requested URL was not found on the server.",
        "Unrecognized request URL (GET: /v1/x)",
        "The page could not be found",
        "接口不存在",
        "请求的路径不存在",
        "404 Not Found",
        "404: Not Found",
        "Not Found",
        "NOT FOUND",
    ] {
        let error = said(404, message);
        assert_eq!((error.code, error.missing), (NotFound, Some(Missing::Route)), "{message}");
        assert_eq!(said(400, message).code, BadRequest, "{message}");
    }
}

#[test]
fn a_thing_that_is_not_found_under_404_is_the_task() {
    for message in [
        "The requested resource could not be found",
        "The requested resource was not found",
        "Video with id 'video_68f88d' not found",
        "Generation not found",
        "no such id",
        "该视频不存在",
    ] {
        assert_eq!(said(404, message).missing, Some(Missing::Task), "{message}");
        assert_eq!(said(400, message).missing, None, "{message}");
    }
}

#[test]
fn words_about_the_key_are_authentication() {
    for message in [
        "无效的令牌 (request id: 20251006)",
        "该令牌状态不可用",
        "Invalid API key provided",
        "invalid_api_key",
        "Incorrect API key provided: sk-***",
        "Invalid token",
        "Unauthorized",
    ] {
        for status in [400, 401] {
            assert_eq!(said(status, message).code, Authentication, "{status} {message}");
        }
    }
    assert_eq!(answered(200, r#"{"success":false,"message":"无权进行此操作，未登录"}"#).code, Authentication);
}

#[test]
fn words_about_the_key_to_a_service_behind_it_are_trouble_of_the_server() {
    for message in [
        "upstream returned status 401 Unauthorized",
        "failed to refresh access token of upstream channel",
        "获取上游令牌失败",
        "Invalid API key provided",
    ] {
        let error = said(500, message);
        assert_eq!((error.code, error.retryable), (Server, true), "{message}");
    }
}

#[test]
fn a_key_that_is_none_is_authentication_under_any_status_and_other_words_about_it_are_not() {
    for message in [
        "无效的令牌 (request id: 20251006)",
        "令牌无效",
        "该令牌已过期",
        "该令牌状态不可用",
        "令牌不存在",
        "无权进行此操作，access token 无效",
        "API Key 无效",
    ] {
        for status in [200, 400, 401, 403, 404, 500] {
            let error = said(status, message);
            assert_eq!(
                (error.code, error.missing, error.retryable),
                (Authentication, None, false),
                "{status} {message}"
            );
        }
    }
    for message in ["该令牌无权访问模型 sora-2", "Invalid API key provided", "Invalid token", "Unauthorized"] {
        assert_eq!(said(403, message).code, Permission, "{message}");
    }
    assert_eq!(said(400, "参数无效").code, BadRequest);
    assert_eq!(said(404, "视频已过期").code, NotFound);
}

/// What NestJS, Hapi and Fastify send: HTTP's own phrase in `error`, the words in `message`.
#[test]
fn the_phrase_of_a_status_does_not_hide_the_words_beside_it() {
    for (status, phrase, message, code, missing, retryable) in [
        (404, "Not Found", "Task not found", NotFound, Some(Missing::Task), false),
        (404, "Not Found", "Video not found", NotFound, Some(Missing::Task), false),
        (404, "Not Found", "任务不存在", NotFound, Some(Missing::Task), false),
        (404, "Not Found", "Generation 7 does not exist", NotFound, Some(Missing::Task), false),
        (404, "Not Found", "Cannot GET /v1/x", NotFound, Some(Missing::Route), false),
        (404, "Not Found", "Route GET:/v1/x not found", NotFound, Some(Missing::Route), false),
        (404, "Not Found", "Nothing here", NotFound, Some(Missing::Route), false),
        (404, "Not Found", "令牌无效", Authentication, None, false),
        (400, "Bad Request", "task_not_exist", NotFound, Some(Missing::Task), false),
        (400, "Bad Request", "无效的令牌", Authentication, None, false),
        (400, "Bad Request", "id is too long", BadRequest, None, false),
        (403, "Forbidden", "insufficient balance", InsufficientQuota, None, false),
        (403, "Forbidden", "No.", Permission, None, false),
        (429, "Too Many Requests", "余额不足", InsufficientQuota, None, false),
        (429, "Too Many Requests", "Slow down", RateLimited, None, true),
        (500, "Internal Server Error", "当前分组上游负载已饱和", RateLimited, None, true),
        (503, "Service Unavailable", "No.", Server, None, true),
    ] {
        let error = answered(status, &json!({ "statusCode": status, "message": message, "error": phrase }).to_string());
        let got = (error.code, error.missing, error.retryable);
        assert_eq!(got, (code, missing, retryable), "{status} {message}");
        assert_eq!(error.service_message.as_deref(), Some(message));
    }
    for message in ["Not Found", "No message available", ""] {
        let error = answered(404, &json!({ "error": "Not Found", "message": message }).to_string());
        assert_eq!((error.missing, error.service_message.as_deref()), (Some(Missing::Route), Some("Not Found")));
    }
}

#[test]
fn words_count_wherever_the_envelope_holds_them() {
    for body in [
        r#"{"error":{"message":"It failed.","type":"insufficient_quota","code":"x"}}"#,
        r#"{"error":"It failed.","msg":"余额不足"}"#,
        r#"{"message":"It failed.","detail":"{\"error\":{\"message\":\"insufficient balance\"}}"}"#,
    ] {
        let error = answered(400, body);
        assert_eq!(error.code, InsufficientQuota, "{body}");
        assert_eq!(error.service_message.as_deref(), Some("It failed."));
    }
    assert_eq!(answered(404, r#"{"msg":"404 Not Found"}"#).missing, Some(Missing::Route));
    assert_eq!(answered(404, r#"{"message":"Not Found","code":"not_found"}"#).missing, Some(Missing::Route));
    assert_eq!(answered(404, r#"{"error":"not_found"}"#).missing, None);
}

#[test]
fn money_goes_before_limits_and_limits_before_the_rest() {
    assert_eq!(said(429, "Rate limit: insufficient balance").code, InsufficientQuota);
    assert_eq!(said(401, "Unauthorized: too many requests").code, RateLimited);
    assert_eq!(said(401, "Invalid token: task not found").code, NotFound);
}

#[test]
fn words_far_behind_the_beginning_decide_nothing() {
    let error = said(400, &format!("{} insufficient balance", "x".repeat(2000)));
    assert_eq!(error.code, BadRequest);
}
