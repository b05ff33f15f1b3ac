//! The API key: asked for, renewed, hidden.

use wasm_bindgen_test::wasm_bindgen_test;

use super::{Service, json, members};
use crate::wasm::member::{member, text_member};

#[wasm_bindgen_test]
async fn without_a_secret_redirections_are_followed() {
    let service = Service::new("[() => task('queued')]", "{ apiKey: '' }");
    service.ask().await.unwrap();
    assert_eq!(service.calls("[call.redirect, call.headers.authorization ?? null]"), r#"[["follow",null]]"#);
}

#[wasm_bindgen_test]
async fn a_key_that_was_refused_is_asked_for_once_more() {
    let service = Service::new(
        "[() => refusal(401, 'expired'), () => task('queued')]",
        "{ maxRetries: 0, apiKey: ((keys) => async () => keys.shift())(['sk-old', 'sk-new']) }",
    );
    service.ask().await.unwrap();
    assert_eq!(service.calls("call.headers.authorization"), r#"["Bearer sk-old","Bearer sk-new"]"#);
}

#[wasm_bindgen_test]
async fn a_key_is_renewed_once_and_a_fixed_key_never() {
    let renewing = Service::new("[() => refusal(401, 'no')]", "{ apiKey: () => 'sk-1' }");
    assert_eq!(members(&renewing.refuse().await, &["code", "attempts"]), r#""authentication" 2"#);
    let fixed = Service::new("[() => refusal(401, 'no')]", "{ apiKey: 'sk-1' }");
    assert_eq!(members(&fixed.refuse().await, &["code", "attempts"]), r#""authentication" 1"#);
}

#[wasm_bindgen_test]
async fn a_key_function_that_fails_asks_nothing() {
    let service = Service::new("[() => task('queued')]", "{ apiKey: () => { throw new Error('locked') } }");
    let error = service.refuse().await;
    assert_eq!(
        members(&error, &["code", "message", "attempts"]),
        r#""invalid_argument" "The apiKey function failed: see `cause`." 0"#
    );
    assert_eq!(members(&member(&error, "cause"), &["message"]), r#""locked""#);
    assert_eq!(service.calls("1"), "[]");
}

#[wasm_bindgen_test]
async fn a_key_that_the_service_quotes_shows_nowhere() {
    let service = Service::new(
        "[() => refusal(401, 'Incorrect API key provided: sk-secret-1', { 'x-request-id': 'r-sk-secret-1' })]",
        "{ apiKey: 'sk-secret-1' }",
    );
    let error = service.refuse().await;
    assert_eq!(members(&error, &["serviceMessage", "requestId"]), r#""Incorrect API key provided: [key]" "r-[key]""#);
    for shown in [text_member(&error, "message"), text_member(&error, "stack"), Some(json(&error))] {
        assert!(!shown.unwrap().contains("secret"));
    }
}

#[wasm_bindgen_test]
async fn a_key_in_what_fetch_threw_shows_nowhere() {
    let service = Service::new(
        "[() => { throw new TypeError('cannot send sk-secret-1') }]",
        "{ apiKey: 'sk-secret-1', maxRetries: 0 }",
    );
    let error = service.refuse().await;
    assert_eq!(members(&error, &["code"]), r#""network""#);
    let cause = member(&error, "cause");
    for shown in [
        text_member(&error, "message"),
        text_member(&error, "stack"),
        text_member(&cause, "message"),
        text_member(&cause, "stack"),
    ] {
        assert!(!shown.unwrap_or_default().contains("secret"));
    }
}
