//! A body as a tree over its text.
//!
//! | why not a library's tree | what this one does |
//! |---|---|
//! | ids and seeds beyond 2^53 lose digits in an `f64` | numbers stay the text that the service wrote |
//! | `1e400` or a lone surrogate fails the whole body, where `JSON.parse` reads it | only the value concerned is odd |
//! | nesting is limited, or recursion overflows the stack | a flat list of nodes, made in one pass without recursion |
//! | every string is copied | only strings with escapes are; the rest is shared |
//!
//! The grammar is RFC 8259 as `JSON.parse` reads it: duplicate keys are kept (the last one wins on look-up) and a
//! byte-order mark is skipped.

mod body;
mod key_filter;
pub mod number;
mod scan;
mod text;
mod value;

use std::rc::Rc;

use crate::words::joined;
pub use body::Body;
pub use key_filter::KeyFilter;
use scan::Scanned;
pub use value::Value;

/// A whole body: its text, and one node for each key and value in the order of the text.
#[derive(Debug)]
pub struct Tree {
    body: Rc<String>,
    found: Scanned,
    /// The node of [`Tree::said`].
    said: u32,
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

impl Tree {
    /// Reads a body.
    ///
    /// # Errors
    /// [`NotJson`] with the offset of the first byte that no JSON text can have there.
    pub fn of(body: &Body) -> Result<Self, NotJson> {
        let in_bytes = |trouble: NotJson| NotJson { offset: body.bytes_before(trouble.offset), ..trouble };
        let found = scan::scan(&body.text).map_err(in_bytes)?;
        let said = match found.nodes.as_slice() {
            [list, only, ..] if list.kind == Kind::Array && only.next == list.next => 1,
            _ => 0,
        };
        Ok(Self { body: Rc::clone(&body.text), found, said })
    }

    /// Reads a body, of which it makes a copy.
    ///
    /// # Errors
    /// As [`Tree::of`].
    pub fn parse(bytes: &[u8]) -> Result<Self, NotJson> {
        Self::of(&bytes.into())
    }

    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value::new(self, 0)
    }

    /// The value that a service has to say: the outermost one, or the only one in a list.
    #[must_use]
    pub fn said(&self) -> Value<'_> {
        Value::new(self, self.said)
    }

    /// The same body with one string value replaced by the JSON text that it holds.
    ///
    /// `None` where the string is no JSON object or array. Services put whole bodies into a string
    /// (`"detail": "{\"status\":…}"`); opened in place, the paths of everything else stay as they are.
    #[must_use]
    pub fn opened(&self, string: Value<'_>) -> Option<Self> {
        let text = string.text()?;
        if !matches!(text.trim_ascii_start().as_bytes().first(), Some(b'{' | b'[')) {
            return None;
        }
        scan::scan(text).ok()?;
        let (start, end) = string.quoted_span()?;
        let parts = [self.body.get(..start)?, text, self.body.get(end..)?];
        Self::of(&joined(&parts).into()).ok()
    }

    fn node(&self, index: u32) -> Option<&Node> {
        self.found.nodes.get(index as usize)
    }

    fn text(&self, node: &Node) -> &str {
        match node.kind {
            Kind::Escaped(_) => self.whole(node),
            _ => self.body.get(node.start as usize..node.end as usize).unwrap_or_default(),
        }
    }

    /// What holds the text of a node.
    fn whole(&self, node: &Node) -> &Rc<String> {
        match node.kind {
            Kind::Escaped(place) => self.found.decoded.get(place as usize).unwrap_or(&self.body),
            _ => &self.body,
        }
    }
}
