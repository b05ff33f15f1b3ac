//! Reading a body while counting it.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Response;

use super::cut::Cut;
use super::member::member;
use super::options::count;
use super::trouble::Trouble;
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

/// The bytes of a body, in one piece or several: to put large ones together takes their memory once more.
#[derive(Clone, Default)]
pub struct Pieces(Array);

impl Pieces {
    /// Those that JavaScript has kept, none of them empty.
    pub fn new(pieces: Array) -> Self {
        Self(pieces)
    }

    pub fn as_js(&self) -> &Array {
        &self.0
    }

    /// A copy in one piece.
    pub fn to_vec(&self) -> Vec<u8> {
        let pieces = || self.0.iter().map(Uint8Array::unchecked_from_js);
        let mut whole = Vec::with_capacity(pieces().map(|piece| piece.length() as usize).sum());
        for piece in pieces() {
            whole.extend(piece.to_vec());
        }
        whole
    }
}

impl From<&Uint8Array> for Pieces {
    fn from(whole: &Uint8Array) -> Self {
        Self(if whole.length() == 0 { Array::new() } else { Array::of1(whole) })
    }
}

/// Reads a body to its end, or to `most` bytes, past which it is given up.
pub async fn read(response: &Response, most: f64, cut: &Cut) -> Result<Pieces, Trouble> {
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
            return Ok(gathered.into_pieces());
        }
        let chunk = bytes(&member(&step, "value"), status).inspect_err(|_| let_go(&reader))?;
        if f64::from(gathered.length.saturating_add(chunk.length())) > most {
            let_go(&reader);
            return Err(too_large(status, most));
        }
        gathered.add(chunk);
    }
}

async fn undivided(response: &Response, most: f64, cut: &Cut) -> Result<Pieces, Trouble> {
    let status = response.status();
    let body = cut.race(&whole(response)).await;
    let body = bytes(&cut.told(body)?.map_err(|thrown| cut_off(status, 0, thrown))?, status)?;
    if f64::from(body.length()) > most { Err(too_large(status, most)) } else { Ok((&body).into()) }
}

fn bytes(chunk: &JsValue, status: u16) -> Result<Uint8Array, Trouble> {
    chunk.clone().dyn_into().map_err(|_| {
        let message = "The body's stream gave something that is no bytes: check your own fetch.";
        QueryError::response(Some(status), message).into()
    })
}

/// From so many bytes on a chunk stays a piece of its own.
const LARGE: u32 = 16 * 1024;

/// What has come of a body. Small chunks are put together, since a service may send each byte by itself, and as many pieces
/// of their own would be too much for the memory.
#[derive(Default)]
struct Gathered {
    pieces: Pieces,
    /// The small chunks that came last, with room for more behind them.
    small: Uint8Array,
    filled: u32,
    /// Of all of it.
    length: u32,
}

impl Gathered {
    fn add(&mut self, chunk: Uint8Array) {
        let length = chunk.length();
        self.length = self.length.saturating_add(length);
        let filled = self.filled.saturating_add(length);
        if length >= LARGE || filled > LARGE {
            self.close();
        }
        if self.filled == 0 {
            (self.small, self.filled) = (chunk, length);
            return;
        }
        if filled > self.small.length() {
            let roomy = Uint8Array::new_with_length(filled.saturating_mul(2).min(LARGE));
            roomy.set(&self.alone(), 0);
            self.small = roomy;
        }
        self.small.set(&chunk, self.filled);
        self.filled = filled;
    }

    /// Makes a piece of what came last.
    fn close(&mut self) {
        if self.filled > 0 {
            self.pieces.0.push(&self.alone());
            self.filled = 0;
        }
    }

    /// What came last, alone: with more behind it, or as a part of the connection's buffer, it would keep all of that for as
    /// long as the task is kept.
    fn alone(&self) -> Uint8Array {
        let is_alone = self.small.length() == self.filled && self.small.buffer().byte_length() == self.filled;
        if is_alone { self.small.clone() } else { self.small.slice(0, self.filled) }
    }

    fn into_pieces(mut self) -> Pieces {
        self.close();
        self.pieces
    }
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
