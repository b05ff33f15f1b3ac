//! Comparing and cutting texts.
//!
//! The standard library's searches bring 10 KB of code into the WebAssembly, most of it for texts that are long or not
//! ASCII. What is searched here is short, and so is this.

/// Equal but for case, `-`, `_` and spaces: `IN_PROGRESS`, `in-progress` and `In Progress` are one word.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (letters(one), letters(other));
    loop {
        let (left, right) = (one.next(), other.next());
        if left != right {
            return false;
        }
        if left.is_none() {
            return true;
        }
    }
}

fn letters(word: &str) -> impl Iterator<Item = u8> {
    word.bytes().filter(|letter| !matches!(letter, b'-' | b'_' | b' ')).map(|letter| letter.to_ascii_lowercase())
}

/// Whether a word is one of a list with spaces between, compared as [`same`] does. In a list `-` stands for no word.
#[must_use]
pub fn is_one_of(list: &str, word: &str) -> bool {
    parts(list, b' ').any(|known| same(known, word))
}

/// Whether a text holds one of several phrases with `|` between, without regard to the case of ASCII letters.
#[must_use]
pub fn mentions(text: &str, phrases: &str) -> bool {
    parts(phrases, b'|').any(|phrase| find(text, phrase, u8::eq_ignore_ascii_case).is_some())
}

/// The parts of a text between marks. One that is empty does not count at the end.
#[must_use]
pub fn parts(text: &str, mark: u8) -> Parts<'_> {
    Parts { rest: text, mark }
}

/// See [`parts`].
#[derive(Clone, Debug)]
pub struct Parts<'t> {
    rest: &'t str,
    mark: u8,
}

impl<'t> Iterator for Parts<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let part = before(self.rest, &[self.mark]);
        self.rest = self.rest.get(part.len().saturating_add(1)..).unwrap_or_default();
        Some(part)
    }
}

/// Whether a text holds a phrase.
#[must_use]
pub fn holds(text: &str, phrase: &str) -> bool {
    find(text, phrase, u8::eq).is_some()
}

/// What stands before and after the first occurrence of a mark.
#[must_use]
pub fn around<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text, mark, u8::eq)?;
    Some((text.get(..at)?, text.get(at.saturating_add(mark.len())..)?))
}

/// What stands before the first of several ASCII marks, or the whole text.
#[must_use]
#[allow(clippy::manual_contains, reason = "`contains` brings a search for long lists along")]
pub fn before<'t>(text: &'t str, marks: &[u8]) -> &'t str {
    let end = text.bytes().position(|byte| marks.contains(&byte));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// A text with every occurrence of a mark replaced. An empty mark occurs nowhere.
#[must_use]
pub fn replaced(text: &str, mark: &str, by: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((start, end)) = around(rest, mark).filter(|_| !mark.is_empty()) {
        result.push_str(start);
        result.push_str(by);
        rest = end;
    }
    result.push_str(rest);
    result
}

/// Texts one after the other.
#[must_use]
pub fn joined(texts: &[&str]) -> String {
    let mut result = String::new();
    for text in texts {
        result.push_str(text);
    }
    result
}

fn find(text: &str, phrase: &str, alike: fn(&u8, &u8) -> bool) -> Option<usize> {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    let first = *phrase.first()?;
    text.windows(phrase.len()).position(|here| {
        // Nearly every window is done with after its first byte.
        here.first().is_some_and(|byte| byte.eq_ignore_ascii_case(&first))
            && here.iter().zip(phrase).all(|(one, other)| alike(one, other))
    })
}
