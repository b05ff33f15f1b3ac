#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

use js_sys::{JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

use super::{error, explanation, task};
use crate::error::{ErrorCode, Missing, QueryError};
use crate::explain::Explanation;
use crate::task::{Failure, Reason, Rendition, Status, Task, Video, Warning};
use crate::trail::{Ignored, Origin};
use crate::wasm::member::member;
use crate::wasm::pieces::Pieces;

// As an ES module, as which the package is loaded too: CommonJS could not load the modules of `pkg` beside it. One such
// line counts for all tests of the crate.
wasm_bindgen_test_configure!(run_in_node_experimental);

/// A value as JSON prints it, in the order of its keys.
fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

fn bytes(text: &str) -> Pieces {
    (&Uint8Array::from(text.as_bytes())).into()
}

fn full() -> Task {
    let text = |text: &str| Some(text.to_owned());
    Task {
        id: "sora-2:task_9007199254740993".to_owned(),
        response_id: text("9007199254740993"),
        provider: "sora",
        model: text("sora-2"),
        shape: "unified",
        status: Status::Processing,
        raw_status: text("video_upsampling"),
        stage: Some("upscaling"),
        is_done: false,
        progress: Some(0.930_217_817_517_670_4),
        queue_position: Some(0.0),
        estimated_wait_ms: Some(1500.0),
        video_url: Some("https://example.com/up.mp4".into()),
        videos: vec![
            Video {
                url: "https://example.com/up.mp4".into(),
                kind: Rendition::Upscaled,
                width: Some(1280.0),
                height: Some(720.0),
                expires_at: Some(1_759_763_631_222.0),
                needs_auth: true,
            },
            Video {
                url: "https://example.com/wm.mp4".into(),
                kind: Rendition::Watermarked,
                width: None,
                height: None,
                expires_at: None,
                needs_auth: false,
            },
        ],
        thumbnail_url: Some("https://example.com/t.webp".into()),
        preview_url: Some("https://example.com/p.gif".into()),
        content_path: text("/v1/videos/a/content"),
        width: Some(352.0),
        height: Some(640.0),
        duration_seconds: Some(5.041_666_666_666_667),
        prompt: text("ä 动画 🎬 \u{FFFD}\0"),
        enhanced_prompt: text("</script>"),
        error: None,
        warnings: vec![
            Warning { code: "recovered_error", message: "first".to_owned() },
            Warning { code: "no_output", message: "second".to_owned() },
        ],
        created_at: Some(1_759_763_426_875.0),
        completed_at: Some(1_759_763_426_876.0),
        updated_at: Some(1_759_763_426_877.0),
    }
}

#[wasm_bindgen_test]
fn a_task_crosses_with_every_value_under_its_name_in_the_order_of_the_types() {
    assert_eq!(
        json(&task(&full(), &bytes("{}"))),
        concat!(
            r#"{"id":"sora-2:task_9007199254740993","responseId":"9007199254740993","provider":"sora","model":"sora-2","#,
            r#""shape":"unified","status":"processing","rawStatus":"video_upsampling","stage":"upscaling","isDone":false,"#,
            r#""progress":0.9302178175176704,"queuePosition":0,"estimatedWaitMs":1500,"#,
            r#""videoUrl":"https://example.com/up.mp4","videos":["#,
            r#"{"url":"https://example.com/up.mp4","kind":"upscaled","width":1280,"height":720,"#,
            r#""expiresAt":1759763631222,"needsAuth":true},"#,
            r#"{"url":"https://example.com/wm.mp4","kind":"watermarked","width":null,"height":null,"#,
            r#""expiresAt":null,"needsAuth":false}],"#,
            r#""thumbnailUrl":"https://example.com/t.webp","previewUrl":"https://example.com/p.gif","#,
            r#""contentPath":"/v1/videos/a/content","width":352,"height":640,"durationSeconds":5.041666666666667,"#,
            "\"prompt\":\"ä 动画 🎬 \u{FFFD}\\u0000\",\"enhancedPrompt\":\"</script>\",\"error\":null,",
            r#""warnings":[{"code":"recovered_error","message":"first"},{"code":"no_output","message":"second"}],"#,
            r#""createdAt":1759763426875,"completedAt":1759763426876,"updatedAt":1759763426877}"#,
        )
    );
}

#[wasm_bindgen_test]
fn what_a_service_did_not_tell_is_null_and_never_undefined() {
    let crossed =
        task(&Task { id: "a".to_owned(), provider: "unknown", shape: "unknown", ..Task::default() }, &bytes("{}"));
    let entries = Object::entries(crossed.unchecked_ref());
    assert_eq!(entries.length(), 27);
    for entry in entries.iter() {
        let (name, value) = (Reflect::get_u32(&entry, 0).unwrap(), Reflect::get_u32(&entry, 1).unwrap());
        assert!(!value.is_undefined(), "{name:?}");
    }
    assert_eq!(json(&member(&crossed, "videos")), "[]");
    assert_eq!(json(&member(&crossed, "warnings")), "[]");
    for name in ["responseId", "model", "rawStatus", "stage", "progress", "videoUrl", "error", "createdAt", "updatedAt"]
    {
        assert!(member(&crossed, name).is_null(), "{name}");
    }
}

#[wasm_bindgen_test]
fn a_failure_crosses_with_its_code_its_words_and_its_reason() {
    let failure = |code: Option<&str>| Failure {
        code: code.map(str::to_owned),
        message: "违规".to_owned(),
        reason: Reason::Moderation,
    };
    let crossed = |code| {
        let failed = Task { status: Status::Failed, is_done: true, error: Some(failure(code)), ..full() };
        task(&failed, &bytes("{}"))
    };
    assert_eq!(
        json(&member(&crossed(Some("1026")), "error")),
        r#"{"code":"1026","message":"违规","reason":"moderation"}"#
    );
    assert_eq!(json(&member(&crossed(None), "error")), r#"{"code":null,"message":"违规","reason":"moderation"}"#);
    assert_eq!(member(&crossed(None), "isDone"), JsValue::TRUE);
}

#[wasm_bindgen_test]
fn raw_is_the_body_as_json_parse_reads_it_once_and_out_of_the_way() {
    let crossed =
        task(&full(), &bytes("\u{FEFF}{\"id\": 1, \"__proto__\": {\"polluted\": true}, \"list\": [1, 1e400]}"));
    assert!(!crossed.unchecked_ref::<Object>().property_is_enumerable(&"raw".into()));
    let raw = member(&crossed, "raw");
    assert_eq!(json(&raw), r#"{"id":1,"__proto__":{"polluted":true},"list":[1,null]}"#);
    assert!(Object::is(&raw, &member(&crossed, "raw")));
    assert!(member(&Object::new(), "polluted").is_undefined());
    assert!(member(&raw, "polluted").is_undefined());
}

#[wasm_bindgen_test]
fn the_raw_body_of_an_empty_answer_is_null() {
    assert!(member(&task(&full(), &bytes(" \n")), "raw").is_null());
}

#[wasm_bindgen_test]
fn an_error_is_an_error_with_every_field() {
    let refused = QueryError {
        code: ErrorCode::NotFound,
        message: "The service knows no such task.".to_owned(),
        status: Some(400),
        service_code: Some("task_not_exist".to_owned()),
        service_message: Some("任务不存在".to_owned()),
        request_id: Some("r1".to_owned()),
        retryable: true,
        retry_after_ms: Some(1500.0),
        missing: Some(Missing::Task),
    };
    let thrown = error(&refused, 3, None, &[]);
    assert!(thrown.is_instance_of::<js_sys::Error>());
    let error: &js_sys::Error = thrown.unchecked_ref();
    assert_eq!(
        (String::from(error.name()), String::from(error.message())),
        ("TaskQueryError".to_owned(), refused.message)
    );
    assert_eq!(
        json(&thrown),
        concat!(
            r#"{"name":"TaskQueryError","message":"The service knows no such task.","code":"not_found","status":400,"serviceCode":"task_not_exist","serviceMessage":"任务不存在","#,
            r#""requestId":"r1","retryable":true,"retryAfterMs":1500,"missing":"task","attempts":3,"task":null}"#
        )
    );
    assert!(!Object::has_own(thrown.unchecked_ref::<Object>(), &"cause".into()));
}

#[wasm_bindgen_test]
fn what_an_error_does_not_know_is_null() {
    assert_eq!(
        json(&error(&QueryError::argument("The id is empty."), 0, None, &[])),
        concat!(
            r#"{"name":"TaskQueryError","message":"The id is empty.","code":"invalid_argument","status":null,"serviceCode":null,"serviceMessage":null,"#,
            r#""requestId":null,"retryable":false,"retryAfterMs":null,"missing":null,"attempts":0,"task":null}"#
        )
    );
}

#[wasm_bindgen_test]
fn an_error_carries_the_very_cause_that_was_thrown() {
    let network = QueryError::new(ErrorCode::Network, "No answer.");
    let cause: JsValue = js_sys::TypeError::new("fetch failed").into();
    assert!(Object::is(&member(&error(&network, 1, Some(cause.clone()), &[]), "cause"), &cause));
    let text = JsValue::from_str("refused");
    assert_eq!(member(&error(&network, 1, Some(text.clone()), &[]), "cause"), text);
}

#[wasm_bindgen_test]
fn an_explanation_crosses_with_its_rows() {
    let told = Explanation {
        shape: "unified",
        task: full(),
        fields: vec![
            Origin { field: "id".to_owned(), path: String::new(), note: Some("asked".to_owned()) },
            Origin { field: "videos[0].url".to_owned(), path: "detail.url".to_owned(), note: None },
        ],
        ignored: vec![Ignored { path: "data[1].x".to_owned(), why: "the same URL again" }],
    };
    let crossed = explanation(&told, &bytes("{}"));
    assert_eq!(json(&member(&member(&crossed, "task"), "id")), r#""sora-2:task_9007199254740993""#);
    assert_eq!(
        [json(&member(&crossed, "shape")), json(&member(&crossed, "fields")), json(&member(&crossed, "ignored"))],
        [
            r#""unified""#,
            r#"[{"field":"id","path":"","note":"asked"},{"field":"videos[0].url","path":"detail.url","note":null}]"#,
            r#"[{"path":"data[1].x","why":"the same URL again"}]"#,
        ]
    );
}
