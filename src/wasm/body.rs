//! Reading a body while counting it.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Response;

use super::cut::Cut;
use super::member::member;
use super::options::count;
use super::trouble::Trouble;
use crate::error::QueryError;
use crate::words::{digits, joined, whole as whole_number};

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

/// Reads a body to its end, or to `most` bytes, past which it is given up.
pub async fn read(response: &Response, most: f64, cut: &Cut) -> Result<Uint8Array, Trouble> {
    let status = response.status();
    let reader = reader_of(response);
    if reader.is_undefined() {
        return undivided(response, most, cut).await;
    }
    let mut gathered = Gathered::default();
    loop {
        let step = cut.race(&next(&reader)).await;
        // Engines may have forgotten by now which signal this body belongs to, and would let it run on.
        let step = cut
            .told(step)
            .inspect_err(|_| let_go(&reader))?
            .map_err(|thrown| cut_off(status, gathered.length, thrown))?;
        if member(&step, "done").is_truthy() {
            return Ok(gathered.whole());
        }
        let chunk = bytes(&member(&step, "value"), status).inspect_err(|_| let_go(&reader))?;
        if f64::from(gathered.length.saturating_add(chunk.length())) > most {
            let_go(&reader);
            return Err(too_large(status, most));
        }
        gathered.add(chunk, &|| announced(response, most));
    }
}

async fn undivided(response: &Response, most: f64, cut: &Cut) -> Result<Uint8Array, Trouble> {
    let status = response.status();
    let body = cut.race(&whole(response)).await;
    let body = bytes(&cut.told(body)?.map_err(|thrown| cut_off(status, 0, thrown))?, status)?;
    if f64::from(body.length()) > most { Err(too_large(status, most)) } else { Ok(body) }
}

fn bytes(chunk: &JsValue, status: u16) -> Result<Uint8Array, Trouble> {
    chunk.clone().dyn_into().map_err(|_| {
        let message = "The body's stream gave something that is no bytes: check your own fetch.";
        QueryError::response(Some(status), message).into()
    })
}

/// What has come of a body. In one piece, since a service may send each byte by itself, and as many pieces of their own
/// would be too much for the memory.
#[derive(Default)]
struct Gathered {
    /// With room for more behind the bytes that came.
    bytes: Uint8Array,
    length: u32,
}

impl Gathered {
    /// `announced` bytes are said to come in all.
    fn add(&mut self, chunk: Uint8Array, announced: &dyn Fn() -> u32) {
        let length = self.length.saturating_add(chunk.length());
        if self.length == 0 {
            self.bytes = chunk;
        } else {
            if length > self.bytes.length() {
                let announced = announced();
                let room = if announced < length { length.saturating_mul(2) } else { announced };
                let roomy = Uint8Array::new_with_length(room);
                roomy.set(&self.whole(), 0);
                self.bytes = roomy;
            }
            self.bytes.set(&chunk, self.length);
        }
        self.length = length;
    }

    /// The bytes alone: with more behind them, or as a piece of the connection's buffer, they would keep all of that for as
    /// long as the task is kept.
    fn whole(&self) -> Uint8Array {
        let is_alone = self.bytes.length() == self.length && self.bytes.buffer().byte_length() == self.length;
        if is_alone { self.bytes.clone() } else { self.bytes.slice(0, self.length) }
    }
}

/// How many bytes a service says that a body has. It may lie, and of a compressed one it says how many are sent.
fn announced(response: &Response, most: f64) -> u32 {
    let told = response.headers().get("content-length").ok().flatten();
    let told = told.and_then(|digits| u32::try_from(whole_number(&digits)?).ok());
    told.filter(|length| f64::from(*length) <= most).unwrap_or_default()
}

fn too_large(status: u16, most: f64) -> Trouble {
    let message = joined(&["The answer is larger than maxBodyBytes, ", &digits(count(most) as usize), " bytes."]);
    QueryError::response(Some(status), &message).into()
}

fn cut_off(status: u16, length: u32, thrown: JsValue) -> Trouble {
    let length = digits(length as usize);
    let message = joined(&["The answer was cut off after ", &length, " bytes: the connection broke."]);
    let mut error = QueryError::response(Some(status), &message);
    error.retryable = true;
    Trouble::Failed(error, Some(thrown))
}
