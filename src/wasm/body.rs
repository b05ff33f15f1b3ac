//! Reading a body while counting it.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Response;

use super::cancel_scope::CancelScope;
use super::member::member;
use super::options::count;
use super::pieces::Pieces;
use super::query_failure::QueryFailure;
use crate::error::QueryError;
use crate::words::{digits, joined};

#[cfg_attr(not(test), wasm_bindgen(raw_module = "../reading.js"))]
#[cfg_attr(test, wasm_bindgen(module = "/pkg/reading.js"))]
extern "C" {
    #[wasm_bindgen(js_name = readerOf)]
    fn reader_of(response: &Response) -> JsValue;
    fn next(reader: &JsValue) -> Promise;
    fn whole(response: &Response) -> Promise;
    #[wasm_bindgen(js_name = letGo)]
    fn let_go(reader: &JsValue);
    /// Gives up an answer that nobody reads, or a promise of one: its connection may be needed.
    pub fn discard(answer: &JsValue);
}

#[cfg_attr(not(test), wasm_bindgen(raw_module = "../gathered.js"))]
#[cfg_attr(test, wasm_bindgen(module = "/pkg/gathered.js"))]
extern "C" {
    /// What has come of a body.
    type Gathered;
    #[wasm_bindgen(constructor)]
    fn new() -> Gathered;
    #[wasm_bindgen(method, getter)]
    fn length(this: &Gathered) -> u32;
    #[wasm_bindgen(method)]
    fn add(this: &Gathered, chunk: &Uint8Array);
    #[wasm_bindgen(method)]
    fn pieces(this: &Gathered) -> Array;
}

/// Reads a body to its end, or to `most` bytes, past which it is given up.
pub async fn read(response: &Response, status: u16, most: f64, scope: &CancelScope) -> Result<Pieces, QueryFailure> {
    let reader = reader_of(response);
    if reader.is_undefined() {
        return undivided(response, status, most, scope).await;
    }
    let gathered = Gathered::new();
    loop {
        let step = scope.race(&next(&reader)).await;
        // Engines may have forgotten by now which signal this body belongs to, and would let it run on.
        let step = scope
            .told(step)
            .inspect_err(|_| let_go(&reader))?
            .map_err(|thrown| cut_off(status, gathered.length(), thrown))?;
        if member(&step, "done").is_truthy() {
            return Ok(Pieces::new(gathered.pieces()));
        }
        let chunk = bytes(&member(&step, "value"), status).inspect_err(|_| let_go(&reader))?;
        if f64::from(gathered.length().saturating_add(chunk.length())) > most {
            let_go(&reader);
            return Err(too_large(status, most));
        }
        gathered.add(&chunk);
    }
}

async fn undivided(response: &Response, status: u16, most: f64, scope: &CancelScope) -> Result<Pieces, QueryFailure> {
    // One that was read already may still give its bytes, where the caller saw to that.
    let was_read = member(response, "bodyUsed").is_truthy() || member(&member(response, "body"), "locked").is_truthy();
    let body = scope.race(&whole(response)).await;
    let broken = |thrown| if was_read { read_before() } else { cut_off(status, 0, thrown) };
    let body = bytes(&scope.told(body)?.map_err(broken)?, status)?;
    if f64::from(body.length()) > most { Err(too_large(status, most)) } else { Ok((&body).into()) }
}

fn bytes(chunk: &JsValue, status: u16) -> Result<Uint8Array, QueryFailure> {
    chunk.clone().dyn_into().map_err(|_| {
        let message = "The body's stream gave something other than bytes: check your own fetch.";
        QueryError::response(Some(status), message).into()
    })
}

fn too_large(status: u16, most: f64) -> QueryFailure {
    let message = joined(&["The answer is larger than maxBodyBytes, ", &digits(count(most) as usize), " bytes."]);
    QueryError::response(Some(status), &message).into()
}

fn read_before() -> QueryFailure {
    QueryError::argument("fetch gave a Response whose body was already read: it must give a new one for every call.")
        .into()
}

fn cut_off(status: u16, length: u32, thrown: JsValue) -> QueryFailure {
    let length = digits(length as usize);
    let message = joined(&["The answer was cut off after ", &length, " bytes: the connection broke."]);
    let mut error = QueryError::response(Some(status), &message);
    error.retryable = true;
    QueryFailure::Failed(error, Some(thrown))
}
