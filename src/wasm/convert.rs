//! Tasks and errors as JavaScript values.
//!
//! Their values cross as rows of texts and numbers, and JavaScript puts them into objects of one layout (`pkg/task.js`,
//! `pkg/errors.js`): that is quicker than setting members one by one, and needs no names in the WebAssembly.

use js_sys::Array;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use super::pieces::Pieces;
use crate::error::{Missing, QueryError};
use crate::explain::Explanation;
use crate::task::Task;

// In the package these modules stand beside the generated folder. The tests have no such place and take copies.
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../task.js"))]
#[cfg_attr(test, wasm_bindgen(module = "/pkg/task.js"))]
extern "C" {
    #[wasm_bindgen(js_name = taskOf)]
    fn task_of(rows: JsValue, body: &Array) -> JsValue;
    #[wasm_bindgen(js_name = answerOf)]
    fn answer_of(task: &JsValue, body: &Array, hint_ms: Option<f64>, attempts: u32) -> JsValue;
    #[wasm_bindgen(js_name = hasSameBytes)]
    fn has_same_bytes(body: &Array, other: &Array) -> bool;
    #[wasm_bindgen(js_name = explanationOf)]
    fn explanation_of(task: JsValue, fields: JsValue, ignored: JsValue) -> JsValue;
}

#[cfg_attr(not(test), wasm_bindgen(raw_module = "../errors.js"))]
#[cfg_attr(test, wasm_bindgen(module = "/pkg/errors.js"))]
extern "C" {
    #[wasm_bindgen(js_name = errorOf)]
    fn error_of(rows: JsValue, attempts: u32, cause: JsValue, secrets: Vec<String>) -> JsValue;
}

/// Why a task is what it is, beside the task.
pub fn explanation(explanation: &Explanation, body: &Pieces) -> JsValue {
    let fields = explanation.fields.iter();
    let fields = fields.map(|row| Row(vec![Some(&row.field), Some(&row.path), row.note.as_deref()], Vec::new()));
    let ignored = explanation.ignored.iter().map(|row| Row(vec![Some(&row.path), Some(row.why)], Vec::new()));
    let (fields, ignored): (Vec<_>, Vec<_>) = (fields.collect(), ignored.collect());
    explanation_of(task(&explanation.task, body), crossing(&fields), crossing(&ignored))
}

/// The texts and the numbers of one thing; flags are 0 and 1.
#[derive(Serialize)]
struct Row<'a>(Vec<Option<&'a str>>, Vec<Option<f64>>);

/// A task with its raw body.
pub fn task(task: &Task, body: &Pieces) -> JsValue {
    let failure = task.error.as_ref();
    let mut rows = vec![Row(
        vec![
            Some(&task.id),
            task.response_id.as_deref(),
            Some(task.provider),
            task.model.as_deref(),
            Some(task.shape),
            Some(task.status.name()),
            task.raw_status.as_deref(),
            task.stage,
            task.thumbnail_url.as_deref(),
            task.preview_url.as_deref(),
            task.content_path.as_deref(),
            task.prompt.as_deref(),
            task.enhanced_prompt.as_deref(),
            failure.and_then(|error| error.code.as_deref()),
            failure.map(|error| error.message.as_str()),
            failure.map(|error| error.reason.name()),
        ],
        vec![
            flag(task.is_done),
            task.progress,
            task.queue_position,
            task.estimated_wait_ms,
            task.width,
            task.height,
            task.duration_seconds,
            task.created_at,
            task.completed_at,
            task.updated_at,
        ],
    )];
    // A video has numbers and a warning has none: by that JavaScript tells the rows behind the task's apart.
    for video in &task.videos {
        let numbers = vec![video.width, video.height, video.expires_at, flag(video.needs_auth)];
        rows.push(Row(vec![Some(&video.url), Some(video.kind.name())], numbers));
    }
    for warning in &task.warnings {
        rows.push(Row(vec![Some(warning.code), Some(&warning.message)], Vec::new()));
    }
    task_of(crossing(&rows), body.as_js())
}

/// A task, or null where it is the one before, with the body to compare the next one with and what else was told.
pub fn answer(task: &JsValue, body: &Pieces, hint_ms: Option<f64>, attempts: u32) -> JsValue {
    answer_of(task, body.as_js(), hint_ms, attempts)
}

/// Whether two bodies have the same bytes.
pub fn is_same(body: &Pieces, other: &Pieces) -> bool {
    has_same_bytes(body.as_js(), other.as_js())
}

/// An error as the class that callers can tell from others; its cause without any secret.
pub fn error(error: &QueryError, attempts: u32, cause: Option<JsValue>, secrets: &[String]) -> JsValue {
    let texts = vec![
        Some(error.code.name()),
        Some(&error.message),
        error.service_code.as_deref(),
        error.service_message.as_deref(),
        error.request_id.as_deref(),
        error.missing.map(Missing::name),
    ];
    let numbers = vec![error.status.map(f64::from), flag(error.retryable), error.retry_after_ms];
    error_of(crossing(&[Row(texts, numbers)]), attempts, cause.unwrap_or_default(), secrets.to_vec())
}

#[allow(clippy::unnecessary_wraps, reason = "a cell of a row of numbers")]
fn flag(flag: bool) -> Option<f64> {
    Some(f64::from(u8::from(flag)))
}

/// Arrays with null where there is nothing.
fn crossing(rows: &[Row<'_>]) -> JsValue {
    // Strings, numbers and arrays of them cannot fail.
    rows.serialize(&Serializer::json_compatible()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
