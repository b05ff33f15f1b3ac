//! Instants as services write them, to whole Unix epoch milliseconds.
//!
//! | written | read as |
//! |---|---|
//! | a number or its text below 100,000,000,000 | seconds (until the year 5138) |
//! | a number or its text from there on | milliseconds (since 1973) |
//! | `2025-10-06T15:10:26.875729Z`, `… +08:00` | ISO 8601 with its zone |
//! | `2025-09-25 11:07:28.590` | the shape's zone |
//! | 0, negative, empty, anything else | unset |
//!
//! The magnitude decides because relays write one and the same field in either unit.
#![allow(clippy::arithmetic_side_effects, reason = "sums and products of numbers of two and four digits")]

use crate::json::Value;
use crate::words::split_once;

/// Below it a number is one of seconds.
pub const SECONDS_BELOW: f64 = 1e11;
/// The end of the year 9999: what lies after it is no instant but a number of another kind.
const LATEST_MS: f64 = 253_402_300_799_999.0;

/// Reads an instant; `zone_hours` is the offset from UTC of texts that carry none.
#[must_use]
pub fn instant(value: Value<'_>, zone_hours: i32) -> Option<f64> {
    let ms = match value.number() {
        // Not a product: that of far years would be rounded to below the millisecond that is written.
        Some(number) if number < SECONDS_BELOW => value.number_shifted(3)?,
        Some(number) => number,
        None => iso(value.text()?, zone_hours)?,
    };
    calendar(ms)
}

/// A whole instant, unless it is beyond the calendar.
#[must_use]
pub fn calendar(ms: f64) -> Option<f64> {
    (1.0..=LATEST_MS).contains(&ms).then(|| ms.floor())
}

/// `2025-10-06T15:10:26.875729Z` and its relatives, to milliseconds.
#[must_use]
pub fn iso(text: &str, zone_hours: i32) -> Option<f64> {
    let mut rest = text.trim_ascii().as_bytes();
    let year = number(&mut rest, 4, 9999)?;
    take(&mut rest, b"-/")?;
    let month = number(&mut rest, 2, 12)?;
    take(&mut rest, b"-/")?;
    let day = number(&mut rest, 2, 31)?;
    let clock_ms = if rest.is_empty() {
        0
    } else {
        take(&mut rest, b"Tt ")?;
        clock(&mut rest)?
    };
    let zone_minutes = zone(rest.trim_ascii_start(), zone_hours * 60)?;
    Some(milliseconds(days_since_1970(year, month, day)?, clock_ms, zone_minutes))
}

/// `20251001T062941Z`, as signatures write it, to milliseconds.
#[must_use]
pub fn compact(text: &str) -> Option<f64> {
    let mut rest = text.as_bytes();
    let (year, month, day) = (number(&mut rest, 4, 9999)?, number(&mut rest, 2, 12)?, number(&mut rest, 2, 31)?);
    take(&mut rest, b"T")?;
    let (hour, minute, second) = (number(&mut rest, 2, 23)?, number(&mut rest, 2, 59)?, number(&mut rest, 2, 60)?);
    Some(milliseconds(days_since_1970(year, month, day)?, ((hour * 60 + minute) * 60 + second) * 1000, 0))
}

/// `Wed, 21 Oct 2015 07:28:00 GMT`, the one form of HTTP dates that senders may still write, to milliseconds.
#[must_use]
pub fn http_date(text: &str) -> Option<f64> {
    const MONTHS: &[u8] = b"JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut rest = split_once(text, ", ")?.1.as_bytes();
    let day = number(&mut rest, 2, 31)?;
    take(&mut rest, b" ")?;
    let (name, after) = rest.split_at_checked(3)?;
    let month = MONTHS.chunks(3).zip(1..).find(|(known, _)| *known == name)?.1;
    rest = after;
    take(&mut rest, b" ")?;
    let year = number(&mut rest, 4, 9999)?;
    take(&mut rest, b" ")?;
    Some(milliseconds(days_since_1970(year, month, day)?, clock(&mut rest)?, 0))
}

fn milliseconds(days: i32, clock_ms: i32, zone_minutes: i32) -> f64 {
    f64::from(days) * 86_400_000.0 + f64::from(clock_ms) - f64::from(zone_minutes) * 60_000.0
}

/// `15:10:26.875729` as milliseconds.
fn clock(rest: &mut &[u8]) -> Option<i32> {
    let hour = number(rest, 2, 23)?;
    take(rest, b":")?;
    let minute = number(rest, 2, 59)?;
    let (mut second, mut ms) = (0, 0);
    if take(rest, b":").is_some() {
        // 60 is a leap second.
        second = number(rest, 2, 60)?;
        if take(rest, b".,").is_some() {
            let mut unit = 100;
            while let Some(digit) = number(rest, 1, 9) {
                ms += digit * unit;
                unit /= 10;
            }
        }
    }
    Some(((hour * 60 + minute) * 60 + second) * 1000 + ms)
}

/// Minutes east of UTC.
fn zone(text: &[u8], default: i32) -> Option<i32> {
    // Go writes both: `+0000 UTC`.
    let text = text.strip_suffix(b" UTC").unwrap_or(text);
    match text {
        b"" => return Some(default),
        b"Z" | b"z" | b"UTC" | b"GMT" => return Some(0),
        _ => {}
    }
    let mut rest = text;
    let sign = if take(&mut rest, b"+-")? == b'+' { 1 } else { -1 };
    let hours = number(&mut rest, 2, 23)?;
    take(&mut rest, b":");
    let minutes = if rest.is_empty() { 0 } else { number(&mut rest, 2, 59)? };
    rest.is_empty().then_some(sign * (hours * 60 + minutes))
}

/// Days from 1970-01-01 in the Gregorian calendar; nothing for a day that there is not.
fn days_since_1970(year: i32, month: i32, day: i32) -> Option<i32> {
    const BEFORE: [i32; 13] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
    const FROM_YEAR_1_TO_1970: i32 = 719_162;
    let index = usize::try_from(month - 1).ok()?;
    let (before, after) = (*BEFORE.get(index)?, *BEFORE.get(index + 1)?);
    let leap = i32::from(year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let length = after - before + if month == 2 { leap } else { 0 };
    if !(1..=length).contains(&day) {
        return None;
    }
    let years = year - 1;
    let leap_days = years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let leap_day = if month > 2 { leap } else { 0 };
    Some(years * 365 + leap_days + before + leap_day + day - 1 - FROM_YEAR_1_TO_1970)
}

fn take(rest: &mut &[u8], any_of: &[u8]) -> Option<u8> {
    let (first, after) = rest.split_first()?;
    any_of.contains(first).then(|| {
        *rest = after;
        *first
    })
}

/// A number of exactly so many digits, at most `most`.
fn number(rest: &mut &[u8], digits: usize, most: i32) -> Option<i32> {
    let (digits, after) = rest.split_at_checked(digits)?;
    let mut number = 0;
    for digit in digits {
        number = number * 10 + i32::from(digit.is_ascii_digit().then(|| digit - b'0')?);
    }
    *rest = after;
    (number <= most).then_some(number)
}
