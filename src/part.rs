//! A text that shares the memory of what it is a part of: the URL of a video may hold the whole video.

use std::fmt;
use std::ops::{Deref, Range};
use std::rc::Rc;

use serde::{Serialize, Serializer};

/// A part of a shared text. It compares, reads and is written as its text alone.
#[derive(Clone)]
pub struct Part {
    whole: Rc<String>,
    range: Range<usize>,
}

impl Part {
    /// `part` without a copy where it lies within `whole`, else a copy of it.
    #[must_use]
    pub fn of(whole: &Rc<String>, part: &str) -> Self {
        let start = part.as_ptr().addr().wrapping_sub(whole.as_ptr().addr());
        let range = start..start.saturating_add(part.len());
        if whole.get(range.clone()).is_some_and(|found| std::ptr::eq(found, part)) {
            return Self { whole: Rc::clone(whole), range };
        }
        part.into()
    }
}

impl From<String> for Part {
    fn from(whole: String) -> Self {
        Self { range: 0..whole.len(), whole: Rc::new(whole) }
    }
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Deref for Part {
    type Target = str;

    fn deref(&self) -> &str {
        self.whole.get(self.range.clone()).unwrap_or_default()
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, formatter)
    }
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}
