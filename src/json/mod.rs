//! A body as a borrowed tree.
//!
//! | why not a library's tree | what this one does |
//! |---|---|
//! | ids and seeds beyond 2^53 lose digits in an `f64` | numbers stay the text that the service wrote |
//! | `1e400` or a lone surrogate fails the whole body, where `JSON.parse` reads it | only the value concerned is odd |
//! | nesting is limited, or recursion overflows the stack | a flat list of nodes, made in one pass without recursion |
//! | every string is copied | only strings with escapes are |
//!
//! The grammar is RFC 8259 as `JSON.parse` reads it: duplicate keys are kept (the last one wins on look-up) and a
//! byte-order mark is skipped.

pub mod number;
mod scan;
mod text;
mod value;

use std::borrow::Cow;

use crate::words::joined;
pub use value::Value;

/// A whole body: its text, and one node for each key and value in the order of the text.
#[derive(Debug)]
pub struct Tree<'b> {
    body: Cow<'b, str>,
    /// The strings that had escapes, decoded.
    decoded: Vec<String>,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    kind: Kind,
    /// The value's text in the body, for strings without the quotation marks.
    start: u32,
    end: u32,
    /// The node after this one and everything in it.
    next: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, kept as text.
    Number,
    /// A string as it stands in the body.
    Plain,
    /// A string that had escapes: the place of its text among those that were decoded.
    Escaped(u32),
    /// An array.
    Array,
    /// An object: its members are pairs of a key node and a value node.
    Object,
}

/// Where a body stops being JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// Bytes before the trouble.
    pub offset: usize,
    /// The body ends in the middle of a value: it was cut off rather than garbled.
    pub cut_off: bool,
}

impl NotJson {
    /// The same trouble, counted in the bytes as they came instead of in the text that was made of them.
    fn in_bytes(self, bytes: &[u8]) -> Self {
        let (mut read, mut made) = (0_usize, 0_usize);
        while let Some(rest) = bytes.get(read..).filter(|rest| !rest.is_empty()) {
            let (text, length) = chunk(rest);
            if made.saturating_add(text.len()) >= self.offset {
                break;
            }
            made = made.saturating_add(text.len()).saturating_add(char::REPLACEMENT_CHARACTER.len_utf8());
            read = read.saturating_add(length);
        }
        Self { offset: self.offset.saturating_sub(made).saturating_add(read), ..self }
    }
}

impl<'b> Tree<'b> {
    /// Reads a body. What is no UTF-8 in it is replaced as `TextDecoder` does.
    ///
    /// # Errors
    /// [`NotJson`] with the offset of the first byte that no JSON text can have there.
    pub fn parse(bytes: &'b [u8]) -> Result<Self, NotJson> {
        Self::of_text(decoded(bytes)).map_err(|trouble| trouble.in_bytes(bytes))
    }

    fn of_text(body: Cow<'b, str>) -> Result<Self, NotJson> {
        let (nodes, decoded) = scan::scan(&body)?;
        Ok(Self { body, decoded, nodes })
    }

    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }

    /// The same body with one string value replaced by the JSON text that it holds.
    ///
    /// `None` where the string is no JSON object or array. Services put whole bodies into a string
    /// (`"detail": "{\"status\":…}"`); opened in place, the paths of everything else stay as they are.
    #[must_use]
    pub fn opened(&self, string: Value<'_>) -> Option<Tree<'static>> {
        let text = string.text()?;
        if !matches!(text.trim_ascii_start().as_bytes().first(), Some(b'{' | b'[')) {
            return None;
        }
        Tree::parse(text.as_bytes()).ok()?;
        let (start, end) = string.quoted_span()?;
        let parts = [self.body.get(..start)?, text, self.body.get(end..)?];
        Tree::of_text(joined(&parts).into()).ok()
    }

    fn node(&self, index: u32) -> Option<&Node> {
        self.nodes.get(index as usize)
    }

    fn text(&self, node: &Node) -> &str {
        match node.kind {
            Kind::Escaped(place) => self.decoded.get(place as usize).map(String::as_str),
            _ => self.body.get(node.start as usize..node.end as usize),
        }
        .unwrap_or_default()
    }
}

/// The text of a body, of which the standard library's reading is twice as large.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let (text, length) = chunk(bytes);
    if length == text.len() {
        return Cow::Borrowed(text);
    }
    let (mut whole, mut rest) = (String::with_capacity(bytes.len()), bytes);
    while !rest.is_empty() {
        let (text, length) = chunk(rest);
        whole.push_str(text);
        if length > text.len() {
            whole.push(char::REPLACEMENT_CHARACTER);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    Cow::Owned(whole)
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
