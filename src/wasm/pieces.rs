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
        let pieces = Array::new();
        if whole.length() > 0 {
            pieces.push(whole);
        }
        Self(pieces)
    }
}
