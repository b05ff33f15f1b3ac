//! Comparing and cutting texts.
//!
//! The standard library's searches bring 10 KB of code into the WebAssembly, most of it for texts that are long or not
//! ASCII. What is searched here is short, and so is this.

/// Bytes of a word that may be one of a list.
const LONGEST_WORD: usize = 200;

/// Equal but for case, `-`, `_` and spaces: `IN_PROGRESS`, `in-progress` and `In Progress` are one word.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        let (left, right) = (letter(&mut one), letter(&mut other));
        if left != right {
            return false;
        }
        if left.is_none() {
            return true;
        }
    }
}

/// Takes the next letter that counts, in lower case.
fn letter(rest: &mut &[u8]) -> Option<u8> {
    while let Some((letter, after)) = rest.split_first() {
        *rest = after;
        if !matches!(letter, b'-' | b'_' | b' ') {
            return Some(letter.to_ascii_lowercase());
        }
    }
    None
}

/// Whether a word is one of a list with spaces between, compared as [`same`] does. In a list `-` stands for no word.
#[must_use]
pub fn is_one_of(list: &str, word: &str) -> bool {
    word.len() <= LONGEST_WORD && split(list, b' ').any(|known| same(known, word))
}

/// Whether a text holds one of several phrases with `|` between, without regard to the case of ASCII letters.
#[must_use]
pub fn contains_any(text: &str, phrases: &str) -> bool {
    split(phrases, b'|').any(|phrase| find(text, phrase, false).is_some())
}

/// What stands before and after the first of an ASCII mark; the whole text and nothing where there is none.
#[must_use]
pub fn split_at_mark(text: &str, mark: u8) -> (&str, &str) {
    let mut end = 0_usize;
    for byte in text.as_bytes() {
        if *byte == mark {
            break;
        }
        end = end.saturating_add(1);
    }
    (text.get(..end).unwrap_or_default(), text.get(end.saturating_add(1)..).unwrap_or_default())
}

/// The parts of a text between marks. One that is empty does not count at the end.
#[must_use]
pub fn split(text: &str, mark: u8) -> Split<'_> {
    Split { rest: text, mark }
}

/// See [`split`].
#[derive(Clone, Debug)]
pub struct Split<'t> {
    rest: &'t str,
    mark: u8,
}

impl<'t> Iterator for Split<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        if self.rest.is_empty() {
            return None;
        }
        let (part, rest) = split_at_mark(self.rest, self.mark);
        self.rest = rest;
        Some(part)
    }
}

/// Whether a text holds a phrase.
#[must_use]
pub fn contains(text: &str, phrase: &str) -> bool {
    find(text, phrase, true).is_some()
}

/// What stands before and after the first occurrence of a mark.
#[must_use]
pub fn split_once<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = find(text, mark, true)?;
    Some((text.get(..at)?, text.get(at.saturating_add(mark.len())..)?))
}

/// What stands after the last of an ASCII mark.
#[must_use]
pub fn after_last(text: &str, mark: u8) -> Option<&str> {
    let at = text.bytes().rposition(|byte| byte == mark)?;
    text.get(at.saturating_add(1)..)
}

/// What stands before the first of several ASCII marks, or the whole text.
#[must_use]
#[allow(clippy::manual_contains, reason = "`contains` brings a search for long lists along")]
pub fn before<'t>(text: &'t str, marks: &[u8]) -> &'t str {
    let end = text.bytes().position(|byte| marks.iter().any(|mark| *mark == byte));
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// A text with every occurrence of a mark replaced. An empty mark occurs nowhere.
#[must_use]
pub fn replaced(text: &str, mark: &str, by: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((start, end)) = split_once(rest, mark).filter(|_| !mark.is_empty()) {
        result.push_str(start);
        result.push_str(by);
        rest = end;
    }
    result.push_str(rest);
    result
}

/// A text with the escapes of one character taken back.
#[must_use]
pub fn unescaped(text: &str, [upper, lower]: [&str; 2], character: &str) -> String {
    replaced(&replaced(text, upper, character), lower, character)
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

/// The first so many characters of a text, or all of it.
#[must_use]
pub fn start(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// A whole number in digits.
#[must_use]
pub fn digits(number: usize) -> String {
    let mut text = String::new();
    push_digits(&mut text, number);
    text
}

fn push_digits(text: &mut String, number: usize) {
    if number >= 10 {
        push_digits(text, number / 10);
    }
    text.extend(u8::try_from(number % 10).map(|digit| char::from(b'0' | digit)));
}

/// The whole number that digits say, where they say nothing else and it is not too large.
#[must_use]
pub fn whole(digits: &str) -> Option<i32> {
    let mut number = 0_i32;
    for digit in digits.bytes() {
        let digit = digit.is_ascii_digit().then_some(i32::from(digit & 0x0F))?;
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    (!digits.is_empty()).then_some(number)
}

fn find(text: &str, phrase: &str, is_exact: bool) -> Option<usize> {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    let first = phrase.first()?;
    let mut at = 0_usize;
    for byte in text {
        // Nearly every place is done with after its first byte, of which this bit is the case of a letter.
        if (byte ^ first) & !0x20 == 0 {
            let here = text.get(at..at.saturating_add(phrase.len()))?;
            if here == phrase || (!is_exact && here.eq_ignore_ascii_case(phrase)) {
                return Some(at);
            }
        }
        at = at.saturating_add(1);
    }
    None
}
