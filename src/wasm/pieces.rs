//! The bytes of a body, as they come and as they are kept.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

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

    /// Whether there are no bytes.
    pub fn is_empty(&self) -> bool {
        self.0.length() == 0
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

/// From so many bytes on a chunk stays a piece of its own.
const LARGE: u32 = 16 * 1024;

/// What has come of a body. Small chunks are put together, since a service may send each byte by itself, and as many
/// pieces of their own would be too much for the memory.
#[derive(Default)]
pub struct Gathered {
    pieces: Pieces,
    /// The small chunks that came last, with room for more behind them.
    small: Uint8Array,
    filled: u32,
    length: u32,
}

impl Gathered {
    /// How many bytes have come.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Adds what came next.
    pub fn add(&mut self, chunk: Uint8Array) {
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

    /// What came last, alone: with more behind it, or as a part of the connection's buffer, it would keep all of that
    /// for as long as the task is kept.
    fn alone(&self) -> Uint8Array {
        let is_alone = self.small.length() == self.filled && self.small.buffer().byte_length() == self.filled;
        if is_alone { self.small.clone() } else { self.small.slice(0, self.filled) }
    }

    /// All of it.
    pub fn into_pieces(mut self) -> Pieces {
        self.close();
        self.pieces
    }
}
