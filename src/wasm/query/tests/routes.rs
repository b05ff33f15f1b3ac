//! Where a query goes: routes, redirections.

use js_sys::eval;
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Service, members, question};
use crate::endpoint::Endpoint;
use crate::wasm::member::text_member;
use crate::wasm::options::QueryOptions;
use crate::wasm::query::{Routes, query};

#[wasm_bindgen_test]
async fn of_the_known_routes_the_one_that_answers_is_remembered() {
    let service = Service::new(
        "[(url) => url.includes('/v1/videos/') ? task('queued') : refusal(404, 'Invalid URL (GET /v1)')]",
        "{ endpoint: 'auto' }",
    );
    service.ask().await.unwrap();
    service.ask().await.unwrap();
    assert_eq!(
        service.calls("new URL(call.url).pathname"),
        r#"["/v1/video/query","/v1/videos/sora-2:task_1","/v1/videos/sora-2:task_1"]"#
    );
}

#[wasm_bindgen_test]
async fn a_task_that_is_missing_is_not_looked_for_on_other_routes() {
    let service = Service::new("[() => refusal(404, 'Task not found')]", "{ endpoint: 'auto' }");
    assert_eq!(members(&service.refuse().await, &["code", "missing", "attempts"]), r#""not_found" "task" 1"#);
}

#[wasm_bindgen_test]
async fn a_service_with_none_of_the_routes_says_so() {
    let service = Service::new("[() => refusal(404, 'Invalid URL (GET /v1)')]", "{ endpoint: 'auto' }");
    let error = service.refuse().await;
    assert_eq!(members(&error, &["code", "missing", "attempts"]), r#""not_found" "route" 3"#);
    assert_eq!(
        text_member(&error, "message").unwrap(),
        "The service has none of the routes /v1/video/query, /v1/videos/… and /v1/video/generations/…: check baseUrl \
         (https://relay.example), or pass your own endpoint."
    );
}

#[wasm_bindgen_test]
fn the_order_of_routes_begins_with_the_one_that_worked_at_that_origin() {
    let mut routes = Routes::default();
    let order = |routes: &Routes, origin: &str| routes.order(origin, &Endpoint::Auto);
    assert_eq!(order(&routes, "https://a"), Endpoint::Auto.routes());
    routes.remember("https://a", Endpoint::OpenAi);
    routes.remember("https://a", Endpoint::Generations);
    assert_eq!(order(&routes, "https://a"), [Endpoint::Generations, Endpoint::Unified, Endpoint::OpenAi]);
    assert_eq!(order(&routes, "https://b"), Endpoint::Auto.routes());
    assert_eq!(routes.order("https://a", &Endpoint::Unified), [Endpoint::Unified]);
}

#[wasm_bindgen_test]
fn of_many_origins_the_routes_of_the_last_64_are_remembered() {
    let mut routes = Routes::default();
    let origin = |number: u32| format!("https://{number}.example");
    for number in 0..=64 {
        routes.remember(&origin(number), Endpoint::OpenAi);
    }
    let first = |number: u32| routes.order(&origin(number), &Endpoint::Auto).first().cloned();
    assert_eq!([0, 1, 64].map(first), [Endpoint::Unified, Endpoint::OpenAi, Endpoint::OpenAi].map(Some));
}

#[wasm_bindgen_test]
async fn a_redirection_is_followed_at_home_and_never_abroad() {
    let home = Service::new(
        "[() => new Response(null, { status: 302, headers: { location: '/moved?id=1' } }), () => task('queued')]",
        "{ apiKey: 'sk-1' }",
    );
    home.ask().await.unwrap();
    assert_eq!(
        home.calls("[call.url, call.headers.authorization]"),
        r#"[["https://relay.example/v1/video/query?id=sora-2:task_1","Bearer sk-1"],["https://relay.example/moved?id=1","Bearer sk-1"]]"#
    );
    for location in ["https://evil.example/", "//evil.example/", "http://relay.example/", "https://relay.example:8443/"]
    {
        let answer = format!("[() => new Response(null, {{ status: 307, headers: {{ location: '{location}' }} }})]");
        let abroad = Service::new(&answer, "{ apiKey: 'sk-1' }");
        let error = abroad.refuse().await;
        assert_eq!(members(&error, &["code", "status", "attempts"]), r#""invalid_response" 307 1"#);
        let message = text_member(&error, "message").unwrap();
        assert!(message.starts_with("The service redirects to http"), "{message}");
        assert_eq!(abroad.calls("1"), "[1]");
    }
}

#[wasm_bindgen_test]
async fn a_redirection_in_a_circle_ends() {
    let service = Service::new("[() => new Response(null, { status: 301, headers: { location: '/again' } })]", "{}");
    let error = service.refuse().await;
    assert_eq!(members(&error, &["message"]), r#""The service redirects in a circle: check baseUrl.""#);
    assert_eq!(service.calls("1"), "[1,1,1,1,1,1]");
}

#[wasm_bindgen_test]
async fn an_id_that_is_no_whole_text_asks_nothing() {
    let service = Service::new("[() => task('queued')]", "{}");
    for id in [JsValue::UNDEFINED, 7.into(), eval("'\\ud83c'").unwrap()] {
        let options = QueryOptions::read(&service.options, "").ok().unwrap();
        let error = query(&service.routes, question(&id, &options)).await.unwrap_err();
        assert_eq!(
            members(&error, &["code", "message"]),
            r#""invalid_argument" "The id must be a string, even if it looks like a number. For several ids there is watchTasks.""#
        );
    }
    assert_eq!(service.calls("1"), "[]");
}
