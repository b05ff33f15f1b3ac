//! A body as text. The standard library's reading of texts that are not UTF-8 is twice as large.

use std::rc::Rc;

/// A body as it came, and as text: what is no UTF-8 in it is replaced as `TextDecoder` does.
#[derive(Clone, Debug)]
pub struct Body {
    /// Shared with what holds large parts of it.
    pub(super) text: Rc<String>,
    /// The bytes, where they are not those of the text.
    bytes: Option<Vec<u8>>,
}

impl Body {
    /// Its text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether all of it is text.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.bytes.is_none()
    }

    /// How many bytes as they came stand before a place in the text.
    pub(super) fn bytes_before(&self, offset: usize) -> usize {
        let bytes = self.bytes.as_deref().unwrap_or_default();
        let (mut read, mut made) = (0_usize, 0_usize);
        while let Some(rest) = bytes.get(read..).filter(|rest| !rest.is_empty()) {
            let (text, length) = chunk(rest);
            if made.saturating_add(text.len()) >= offset {
                break;
            }
            made = made.saturating_add(text.len()).saturating_add(char::REPLACEMENT_CHARACTER.len_utf8());
            read = read.saturating_add(length);
        }
        offset.saturating_sub(made).saturating_add(read)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(odd) => {
                let bytes = odd.into_bytes();
                Self { text: Rc::new(replaced(&bytes)), bytes: Some(bytes) }
            }
        }
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self { text: Rc::new(text), bytes: None }
    }
}

impl From<&[u8]> for Body {
    fn from(bytes: &[u8]) -> Self {
        bytes.to_vec().into()
    }
}

fn replaced(bytes: &[u8]) -> String {
    let (mut whole, mut rest) = (String::with_capacity(bytes.len()), bytes);
    while !rest.is_empty() {
        let (text, length) = chunk(rest);
        whole.push_str(text);
        if length > text.len() {
            whole.push(char::REPLACEMENT_CHARACTER);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    whole
}

/// The text that bytes begin with, and the length of it and of what is no character behind it.
fn chunk(bytes: &[u8]) -> (&str, usize) {
    match str::from_utf8(bytes) {
        Ok(text) => (text, bytes.len()),
        Err(error) => {
            let valid = error.valid_up_to();
            let text = bytes.get(..valid).and_then(|bytes| str::from_utf8(bytes).ok());
            (text.unwrap_or_default(), error.error_len().map_or(bytes.len(), |length| valid.saturating_add(length)))
        }
    }
}
