//! The text of a string: escapes resolved, invalid UTF-8 and lone surrogates replaced as `TextDecoder` does.

use std::borrow::Cow;

/// Decodes the inside of a string that has at least one backslash. The scan has checked its grammar.
pub(super) fn unescaped(inside: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
        let (before, escape) = rest.split_at(at);
        bytes.extend_from_slice(before);
        let (character, length) = one(escape);
        bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        rest = escape.get(length..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest);
    lossy(&bytes).into_owned()
}

/// UTF-8 with U+FFFD in the place of what is none.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The character that an escape stands for, and how many bytes it takes.
fn one(escape: &[u8]) -> (char, usize) {
    let character = match escape.get(1) {
        Some(b'u') => return unicode(escape),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(&byte) => char::from(byte),
        None => char::REPLACEMENT_CHARACTER,
    };
    (character, 2)
}

fn unicode(escape: &[u8]) -> (char, usize) {
    let high = unit(escape);
    if let Some(character) = char::from_u32(high) {
        return (character, 6);
    }
    // A surrogate: a pair makes a character, a lone one does not.
    let pair = escape.get(6..12).filter(|low| low.starts_with(b"\\u")).map(unit).and_then(|low| {
        let pair = [u16::try_from(high).ok()?, u16::try_from(low).ok()?];
        char::decode_utf16(pair).next()?.ok()
    });
    match pair {
        Some(character) => (character, 12),
        None => (char::REPLACEMENT_CHARACTER, 6),
    }
}

fn unit(escape: &[u8]) -> u32 {
    let digits = escape.get(2..6).unwrap_or_default();
    digits.iter().fold(0, |unit, digit| (unit << 4) | char::from(*digit).to_digit(16).unwrap_or(0))
}
