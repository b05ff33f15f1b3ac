//! Bodies: counted, cut off, in pieces.

use js_sys::{Array, eval};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Service, members, question};
use crate::wasm::member::{member, text_member};
use crate::wasm::options::QueryOptions;
use crate::wasm::pieces::Pieces;
use crate::wasm::query::{Question, query};

#[wasm_bindgen_test]
async fn a_body_in_pieces_is_put_together() {
    const PIECES: &str = "[() => {
        const bytes = new TextEncoder().encode(JSON.stringify({ id: 'a', status: 'queued', status_update_time: 1, prompt: '动画🎬' }));
        return new Response(new ReadableStream({
            start(stream) { for (const byte of bytes) stream.enqueue(Uint8Array.of(byte)); stream.close(); },
        }));
    }]";
    let task = Service::new(PIECES, "{}").ask().await.unwrap();
    assert_eq!(members(&task, &["prompt"]), r#""动画🎬""#);
    assert_eq!(members(&member(&task, "raw"), &["prompt"]), r#""动画🎬""#);
}

#[wasm_bindgen_test]
async fn large_chunks_stay_pieces_and_the_bytes_count_wherever_they_are_cut() {
    // Within a character, small chunks between large ones, and one that is a part of its buffer.
    const CUT: &str = "(() => {
        const bytes = new TextEncoder().encode(JSON.stringify({ id: 'a', status: 'queued', prompt: '🎬'.repeat(25_000) }));
        const stream = (sizes) => () => new Response(new ReadableStream({
            start(stream) {
                let at = 0;
                for (const size of [...sizes, Infinity]) stream.enqueue(bytes.subarray(at, at += size));
                stream.close();
            },
        }));
        return [stream([20_001, 3, 5, 30_000, 10_000, 10_000]), stream([9]), stream([50_000])];
    })()";
    let service = Service::new(CUT, "{}");
    let told = polls(&service, |task, pieces| {
        let prompts = [text_member(task, "prompt"), text_member(&member(task, "raw"), "prompt")];
        (pieces.length(), prompts.map(|prompt| prompt.unwrap_or_default() == "🎬".repeat(25_000)))
    });
    // 20,001, then 8, then 30,000, then 10,000 by themselves, since 20,000 would be too many, then 10,000, then the
    // rest.
    assert_eq!(told.await, [(6, [true, true]), (6, [false, false]), (6, [false, false])]);
}

#[wasm_bindgen_test]
async fn a_body_is_given_up_when_it_is_larger_than_allowed_while_it_streams() {
    const ENDLESS: &str = "[() => {
        globalThis.cancelled = 0;
        return new Response(new ReadableStream({
            pull(stream) { stream.enqueue(new Uint8Array(100).fill(32)); },
            cancel() { globalThis.cancelled++; return Promise.reject(new Error('too late')); },
        }));
    }]";
    let error = Service::new(ENDLESS, "{ maxBodyBytes: 1000 }").refuse().await;
    assert_eq!(
        members(&error, &["code", "status", "message", "attempts"]),
        r#""invalid_response" 200 "The answer is larger than maxBodyBytes, 1000 bytes." 1"#
    );
    assert_eq!(eval("globalThis.cancelled").unwrap(), 1);
}

#[wasm_bindgen_test]
async fn a_body_of_exactly_the_allowed_size_is_read() {
    let body = r#"{"id":"a","status":"queued","status_update_time":1}"#;
    let answer = format!("[() => new Response('{body}')]");
    Service::new(&answer, &format!("{{ maxBodyBytes: {} }}", body.len())).ask().await.unwrap();
    let error = Service::new(&answer, &format!("{{ maxBodyBytes: {} }}", body.len().strict_sub(1))).refuse().await;
    assert_eq!(members(&error, &["code"]), r#""invalid_response""#);
}

#[wasm_bindgen_test]
async fn a_body_without_a_stream_is_read_whole() {
    const PLAIN: &str = r#"[() => ({
        status: 200,
        headers: new Headers(),
        arrayBuffer: async () => new TextEncoder().encode('{"id":"a","status":"queued","status_update_time":1}').buffer,
    })]"#;
    assert_eq!(members(&Service::new(PLAIN, "{}").ask().await.unwrap(), &["status"]), r#""queued""#);
    let error = Service::new(PLAIN, "{ maxBodyBytes: 10 }").refuse().await;
    assert_eq!(members(&error, &["message"]), r#""The answer is larger than maxBodyBytes, 10 bytes.""#);
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_asked_for_again() {
    const BROKEN: &str = "[
        () => new Response(new ReadableStream({
            start(stream) { stream.enqueue(new Uint8Array(7)); },
            pull(stream) { stream.error(new Error('reset')); },
        })),
        () => refusal(400, 'asked again'),
    ]";
    let service = Service::new(BROKEN, "{}");
    assert_eq!(members(&service.refuse().await, &["serviceMessage", "attempts"]), r#""asked again" 2"#);
    let error = Service::new(BROKEN, "{ maxRetries: 0 }").refuse().await;
    assert_eq!(
        members(&error, &["code", "message", "retryable"]),
        r#""invalid_response" "The answer was cut off after 7 bytes: the connection broke." true"#
    );
    assert_eq!(members(&member(&error, "cause"), &["message"]), r#""reset""#);
}

#[wasm_bindgen_test]
async fn a_body_with_the_bytes_of_the_one_before_is_not_read_again() {
    let service = Service::new("[() => task('queued'), () => task('queued'), () => task('processing')]", "{}");
    let statuses = polls(&service, |task, _| text_member(task, "status")).await;
    assert_eq!(statuses, [Some("queued".to_owned()), None, Some("processing".to_owned())]);
}

/// What three polls tell, each of which knows the body of the one before.
async fn polls<T>(service: &Service, tell: impl Fn(&JsValue, &Array) -> T) -> Vec<T> {
    let options = QueryOptions::read(&service.options, "").ok().unwrap();
    let id = super::ID.into();
    let mut last = None;
    let mut told = Vec::new();
    for _ in 0..3 {
        let question = Question { last, ..question(&id, &options) };
        let answer = query(&service.routes, question).await.unwrap();
        let body = member(&answer, "body").unchecked_into();
        told.push(tell(&member(&answer, "task"), &body));
        last = Some(Pieces::new(body));
    }
    told
}
