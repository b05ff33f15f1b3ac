//! Base64, both alphabets, with or without padding: the few bytes of an id or a token, for which a crate of its own
//! would weigh ten times as much.

/// The bytes that a text stands for; nothing for a text that is no base64.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut bits, mut count) = (0_u32, 0_u32);
    for digit in text.trim_ascii_end().bytes().filter(|digit| *digit != b'=') {
        bits = bits << 6 | value(digit)?;
        count = count.saturating_add(6);
        if let Some(left) = count.checked_sub(8) {
            count = left;
            bytes.push(u8::try_from(bits >> left & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u32> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit = match digit {
        b'-' => b'+',
        b'_' => b'/',
        other => other,
    };
    DIGITS.iter().position(|known| *known == digit).and_then(|value| u32::try_from(value).ok())
}
