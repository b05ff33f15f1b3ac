//! Numbers from their text.
//!
//! The standard library's parser brings 14 KB of code and tables into the WebAssembly. This one is slower for numbers
//! of many digits, and a twentieth of the size.

use crate::words::{split_once, whole};

/// The middle between two neighbouring numbers has 767 digits at most: of those behind these it counts only whether one
/// is not zero.
const MOST_DIGITS: usize = 800;

/// Reads a decimal number, such as `45`, `-0.5` or `1.5e3`; nothing else may stand around it. Never infinite.
///
/// The result is the one of `JSON.parse`, to the bit.
#[must_use]
pub fn parse(text: &str) -> Option<f64> {
    parse_shifted(text, 0)
}

/// Reads a decimal number times a power of ten, as exactly as if it had been written so.
#[must_use]
pub fn parse_shifted(text: &str, power: i32) -> Option<f64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match split_once(text, "e").or_else(|| split_once(text, "E")) {
        Some((mantissa, exponent)) => (mantissa, signed(exponent)?),
        None => (text, 0),
    };
    let (digits, shift) = significant(mantissa)?;
    let size = scaled(&digits, exponent.saturating_add(shift).saturating_add(power));
    size.is_finite().then_some(if negative { -size } else { size })
}

/// An exponent; one that is too large to be counted is as large as can be.
fn signed(exponent: &str) -> Option<i32> {
    let digits = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = whole(digits).unwrap_or(i32::MAX);
    Some(if exponent.starts_with('-') { size.saturating_neg() } else { size })
}

/// The digits without zeros in front, and the power of ten that is missing.
fn significant(mantissa: &str) -> Option<(Vec<u8>, i32)> {
    let mut digits = Vec::new();
    let (mut shift, mut seen, mut decimals) = (0_i32, false, false);
    for byte in mantissa.bytes() {
        match byte {
            b'0'..=b'9' => {
                let digit = byte & 0x0F;
                seen = true;
                let dropped = digits.len() >= MOST_DIGITS;
                if dropped && digit > 0 {
                    // That something follows decides between two that are equally near.
                    if let Some(last) = digits.last_mut() {
                        *last |= 1;
                    }
                } else if !dropped && (digit > 0 || !digits.is_empty()) {
                    digits.push(digit);
                }
                shift = shift.saturating_add(i32::from(dropped)).saturating_sub(i32::from(decimals));
            }
            b'.' if seen && !decimals => decimals = true,
            _ => return None,
        }
    }
    (seen && !mantissa.ends_with('.')).then_some((digits, shift))
}

/// The number that is nearest, of two equally near ones the even one.
#[allow(clippy::cast_precision_loss, reason = "what is cast has 53 bits")]
fn scaled(digits: &[u8], exponent: i32) -> f64 {
    // Powers of ten up to this one are exact, and so are whole numbers of that many digits.
    const EXACT: i32 = 22;
    const EXACT_DIGITS: usize = 15;
    let whole = || digits.iter().fold(0_u64, |whole, digit| whole.wrapping_mul(10).wrapping_add(u64::from(*digit)));
    if digits.len() <= EXACT_DIGITS && exponent.saturating_abs() <= EXACT {
        let (whole, power) = (whole() as f64, 10f64.powi(exponent.saturating_abs()));
        return if exponent < 0 { whole / power } else { whole * power };
    }
    let magnitude = exponent.saturating_add(i32::try_from(digits.len()).unwrap_or(i32::MAX));
    if digits.is_empty() || magnitude < -330 {
        return 0.0;
    }
    if magnitude > 310 {
        return f64::INFINITY;
    }
    let mut over = Large::default();
    for digit in digits {
        over.times_plus(10, u32::from(*digit));
    }
    let mut under = Large(vec![1]);
    let grown = if exponent < 0 { &mut under } else { &mut over };
    for _ in 0..exponent.unsigned_abs() {
        grown.times_plus(10, 0);
    }
    quotient(over, under)
}

/// One whole number by another, neither of them zero, bit by bit as it is done on paper.
#[allow(clippy::cast_precision_loss, reason = "what is cast has 53 bits")]
fn quotient(mut over: Large, mut under: Large) -> f64 {
    const LOWEST: i32 = -1074;
    let mut power = over.bits().saturating_sub(under.bits());
    if power > 0 {
        under.shift(power.unsigned_abs());
    } else {
        over.shift(power.unsigned_abs());
    }
    if over < under {
        over.shift(1);
        power = power.saturating_sub(1);
    }
    if power < LOWEST.saturating_sub(1) {
        return 0.0;
    }
    // From here on `under <= over < 2 * under`: the first bit is a one. Numbers near zero have fewer bits.
    let lowest = power.saturating_sub(52).max(LOWEST);
    let mut bits = 0_u64;
    for _ in 0..=power.saturating_sub(lowest) {
        bits <<= 1;
        if over >= under {
            over.minus(&under);
            bits |= 1;
        }
        over.shift(1);
    }
    if over > under || (over == under && bits & 1 == 1) {
        bits = bits.wrapping_add(1);
    }
    // In two steps: the power alone may be below the smallest number there is.
    let half = lowest.div_euclid(2);
    bits as f64 * 2f64.powi(half) * 2f64.powi(lowest.saturating_sub(half))
}

/// A whole number of any size, in pieces of 32 bits, the lowest one first and the highest one not zero.
#[derive(Default, PartialEq, Eq)]
struct Large(Vec<u32>);

impl Large {
    #[allow(clippy::cast_possible_truncation, reason = "the upper half is carried on")]
    fn times_plus(&mut self, factor: u32, plus: u32) {
        let mut carry = u64::from(plus);
        for piece in &mut self.0 {
            carry = u64::from(*piece).wrapping_mul(u64::from(factor)).wrapping_add(carry);
            *piece = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn shift(&mut self, by: u32) {
        for _ in 0..by / 31 {
            self.times_plus(1 << 31, 0);
        }
        self.times_plus(1 << (by % 31), 0);
    }

    /// Less than it is.
    fn minus(&mut self, other: &Self) {
        let mut borrow = false;
        for (at, piece) in self.0.iter_mut().enumerate() {
            let (rest, first) = piece.overflowing_sub(other.0.get(at).copied().unwrap_or(0));
            let (rest, second) = rest.overflowing_sub(u32::from(borrow));
            (*piece, borrow) = (rest, first || second);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn bits(&self) -> i32 {
        let high = self.0.last().map_or(0, |piece| piece.leading_zeros());
        i32::try_from(self.0.len()).unwrap_or(0).saturating_mul(32).saturating_sub(high.cast_signed())
    }
}

impl PartialOrd for Large {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev())))
    }
}
