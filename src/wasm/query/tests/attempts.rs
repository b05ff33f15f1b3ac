//! One request, and the ones after it.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{Service, members};
use crate::wasm::member::text_member;

#[wasm_bindgen_test]
async fn a_request_is_spelled_out_for_an_own_fetch() {
    let service = Service::new("[() => task('completed')]", "{ apiKey: 'sk-1', headers: [['x-own', 'a']] }");
    let task = service.ask().await.unwrap();
    assert_eq!(members(&task, &["id", "status", "isDone"]), r#""sora-2:task_1" "completed" true"#);
    assert_eq!(service.calls("call.url"), r#"["https://relay.example/v1/video/query?id=sora-2:task_1"]"#);
    assert_eq!(
        service
            .calls("[call.method, call.redirect, call.cache, call.signal.aborted, call.signal instanceof AbortSignal]"),
        r#"[["GET","manual","no-store",false,true]]"#
    );
    assert_eq!(
        service.calls("call.headers"),
        r#"[{"accept":"application/json","authorization":"Bearer sk-1","content-type":"application/json","x-own":"a"}]"#
    );
}

#[wasm_bindgen_test]
async fn trouble_that_passes_is_asked_through() {
    let service = Service::new("[() => refusal(500, 'no'), () => refusal(429, 'no'), () => task('processing')]", "{}");
    assert_eq!(members(&service.ask().await.unwrap(), &["status"]), r#""processing""#);
    assert_eq!(service.calls("1"), "[1,1,1]");
}

#[wasm_bindgen_test]
async fn after_the_last_retry_the_error_says_how_often_was_asked() {
    let service = Service::new("[() => refusal(503, 'busy')]", "{ maxRetries: 3 }");
    let error = service.refuse().await;
    assert_eq!(
        members(&error, &["name", "code", "status", "serviceMessage", "retryable", "retryAfterMs", "attempts"]),
        r#""TaskQueryError" "server" 503 "busy" true 1 4"#
    );
    assert_eq!(service.calls("1"), "[1,1,1,1]");
}

#[wasm_bindgen_test]
async fn what_does_not_pass_is_asked_once() {
    for (status, code) in [(400, "bad_request"), (402, "insufficient_quota"), (403, "permission"), (501, "server")] {
        let service = Service::new(&format!("[() => refusal({status}, 'no')]"), "{}");
        assert_eq!(members(&service.refuse().await, &["code", "attempts"]), format!("\"{code}\" 1"));
    }
}

#[wasm_bindgen_test]
async fn a_lost_connection_is_told_with_what_was_thrown_whatever_it_is() {
    for (thrown, why) in [
        ("new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } })", "ECONNREFUSED"),
        ("new TypeError('fetch failed')", "fetch failed"),
        ("'a text'", "a text"),
        ("undefined", "fetch gave no reason"),
        ("Object.create(null)", "fetch gave no reason"),
    ] {
        for reject in ["throw thrown", "return Promise.reject(thrown)"] {
            let service =
                Service::new(&format!("[() => {{ const thrown = {thrown}; {reject} }}]"), "{ maxRetries: 0 }");
            let error = service.refuse().await;
            assert_eq!(members(&error, &["code", "retryable", "status"]), r#""network" true null"#);
            assert_eq!(
                text_member(&error, "message").unwrap(),
                format!("No answer from https://relay.example ({why}).")
            );
        }
    }
}

#[wasm_bindgen_test]
async fn what_is_no_response_is_the_callers_mistake() {
    for answer in [
        "undefined",
        "'text'",
        "{}",
        "{ status: 200 }",
        "{ status: 200, headers: {} }",
        "{ status: 200, headers: new Headers() }",
    ] {
        let service = Service::new(&format!("[() => ({answer})]"), "{}");
        assert_eq!(
            members(&service.refuse().await, &["code", "message"]),
            r#""invalid_argument" "fetch must resolve to a Response: what it gave lacks status, headers or body.""#
        );
    }
}

#[wasm_bindgen_test]
async fn an_abort_rejects_with_the_callers_own_reason() {
    for answer in [
        // While the service is awaited, while its body is, and in the pause before a retry.
        "() => { setTimeout(abort, 5); return new Promise(() => {}) }",
        "() => { setTimeout(abort, 5); return new Response(new ReadableStream({ pull: () => new Promise(() => {}) })) }",
        "() => { setTimeout(abort, 5); return refusal(503, 'no', { 'retry-after-ms': '60000' }) }",
    ] {
        let controller = web_sys::AbortController::new().unwrap();
        js_sys::Reflect::set(&js_sys::global(), &"controller".into(), &controller).unwrap();
        let service = Service::new(
            &format!("((abort) => [{answer}])(() => controller.abort('mine'))"),
            "{ signal: globalThis.controller.signal }",
        );
        assert_eq!(service.refuse().await, "mine");
        assert_eq!(service.calls("1"), "[1]");
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_has_aborted_asks_nothing() {
    let service = Service::new("[() => task('queued')]", "{ signal: AbortSignal.abort('early') }");
    assert_eq!(service.refuse().await, "early");
    assert_eq!(service.calls("1"), "[]");
}

#[wasm_bindgen_test]
async fn time_runs_out_over_request_and_body_and_stops_both() {
    for answer in
        ["() => new Promise(() => {})", "() => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }))"]
    {
        let service = Service::new(&format!("[{answer}]"), "{ timeoutMs: 20 }");
        let error = service.refuse().await;
        assert_eq!(
            members(&error, &["code", "message", "retryable", "attempts"]),
            r#""timeout" "No whole answer within timeoutMs, 20 ms." true 1"#
        );
        assert_eq!(service.calls("call.signal.aborted"), "[true]");
    }
}
