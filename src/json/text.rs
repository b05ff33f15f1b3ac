//! The text of a string that has escapes.

/// Decodes the inside of a string. The scan has checked its grammar. Lone surrogates become U+FFFD.
pub(super) fn unescaped(inside: &str) -> String {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.bytes().position(|byte| byte == b'\\') {
        let (before, escape) = (rest.get(..at).unwrap_or_default(), rest.get(at..).unwrap_or_default());
        text.push_str(before);
        let (character, length) = one(escape.as_bytes());
        text.push(character);
        rest = escape.get(length..).unwrap_or_default();
    }
    text.push_str(rest);
    text
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
    // A surrogate: a high one and a low one make a character, a lone one makes none.
    let rest = escape.get(6..).unwrap_or_default();
    if (0xD800..0xDC00).contains(&high) && rest.starts_with(b"\\u") {
        let low = unit(rest);
        if (0xDC00..0xE000).contains(&low) {
            let pair = 0x10000_u32.wrapping_add((high & 0x3FF) << 10 | (low & 0x3FF));
            return (char::from_u32(pair).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
        }
    }
    (char::REPLACEMENT_CHARACTER, 6)
}

fn unit(escape: &[u8]) -> u32 {
    let digits = escape.get(2..6).unwrap_or_default();
    digits.iter().fold(0, |unit, digit| (unit << 4) | char::from(*digit).to_digit(16).unwrap_or(0))
}
