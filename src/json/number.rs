//! Numbers from their text.
//!
//! The standard library's parser brings 14 KB of code and tables into the WebAssembly; what fields of a task are made
//! of needs a tenth of it.

use crate::words::{around, whole};

/// Reads a decimal number, such as `45`, `-0.5` or `1.5e3`; nothing else may stand around it. Never infinite.
///
/// The result is the one of `JSON.parse`, to the bit, for numbers as machines write them: up to 17 significant digits, of
/// which up to 22 are decimals. Beyond that it may be off by a few units in the last place.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match around(text, "e").or_else(|| around(text, "E")) {
        Some((mantissa, exponent)) => (mantissa, signed(exponent)?),
        None => (text, 0),
    };
    let (digits, shift) = significant(mantissa)?;
    let size = scaled(digits, exponent.saturating_add(shift));
    size.is_finite().then_some(if negative { -size } else { size })
}

fn signed(exponent: &str) -> Option<i32> {
    match exponent.strip_prefix('-') {
        Some(digits) => Some(whole(digits)?.saturating_neg()),
        None => whole(exponent.strip_prefix('+').unwrap_or(exponent)),
    }
}

/// The first 19 significant digits as a whole number, and the power of ten that is missing.
fn significant(mantissa: &str) -> Option<(u64, i32)> {
    const FULL: u64 = 1_000_000_000_000_000_000;
    let (mut digits, mut shift) = (0_u64, 0_i32);
    let (mut seen, mut decimals) = (false, false);
    for byte in mantissa.bytes() {
        match byte {
            b'0'..=b'9' => {
                seen = true;
                let dropped = digits >= FULL;
                if !dropped {
                    digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte & 0x0F));
                }
                shift = shift.saturating_add(i32::from(dropped)).saturating_sub(i32::from(decimals));
            }
            b'.' if seen && !decimals => decimals = true,
            _ => return None,
        }
    }
    (seen && !mantissa.ends_with('.')).then_some((digits, shift))
}

#[allow(clippy::cast_precision_loss, reason = "the two halves are exact")]
fn scaled(digits: u64, exponent: i32) -> f64 {
    // Powers of ten up to this one are exact.
    const EXACT: i32 = 22;
    let (low, high) = (digits & 0x7FF, digits & !0x7FF);
    let (low, high) = (low as f64, high as f64);
    let power = 10f64.powi(exponent.saturating_abs());
    if exponent >= 0 {
        return (high + low) * power;
    }
    if exponent < -EXACT {
        return (high + low) / power;
    }
    // The quotient of the upper half, and what its rounding and the lower half leave over, which sets the last bit right.
    let quotient = high / power;
    let (product, error) = exact_product(quotient, power);
    quotient + ((high - product) - error + low) / power
}

/// `one * other` as the sum of two numbers, after T. J. Dekker, "A floating-point technique for extending the available
/// precision", 1971.
fn exact_product(one: f64, other: f64) -> (f64, f64) {
    let (one_high, one_low) = halves(one);
    let (other_high, other_low) = halves(other);
    let product = one * other;
    let rest = ((one_high * other_high - product) + one_high * other_low + one_low * other_high) + one_low * other_low;
    (product, rest)
}

fn halves(number: f64) -> (f64, f64) {
    const SPLIT: f64 = 134_217_729.0;
    let shifted = SPLIT * number;
    let high = shifted - (shifted - number);
    (high, number - high)
}
