//! The delay that a reported progress allows.
//!
//! The numbers were found by the simulation in `benches/polling`. What they reach and what they miss, by family and
//! length, stands in `benches/README.md`.

use super::Cursor;

/// Where an end is expected that is well known.
const SHORTEST_MS: f64 = 2_000.0;
/// Where an end is expected that is not.
const NEAR_MS: f64 = 2_800.0;
/// That is within this share of the whole time.
const NEAR: f64 = 0.11;
/// Past the expected end: the progress has stopped, and the end may come at any time.
const CLOSE_MS: f64 = 5_700.0;
/// A slope may be a service's invention, or change: however far the end seems, a look is due after so long.
const DOUBTFUL_MS: f64 = 14_000.0;
/// The same where the slope was seen to hold, and before half is done.
const LONGEST_MS: f64 = 23_000.0;
/// An end that is known so well is aimed at, and a little past it.
const SURE_MS: f64 = 1_500.0;
const MARGIN_MS: f64 = 300.0;
/// Known less well, but well enough to be trusted.
const FAIRLY_SURE_MS: f64 = 6_000.0;
/// Of a doubtful time this share is slept.
const FAR: f64 = 0.48;
/// Steps as coarse as this say by themselves when there is something to see.
const COARSE: f64 = 0.08;
/// A step is seen late, and so the slope is a little too flat.
const SEEN_LATE: f64 = 0.93;
/// The last step may end sooner.
const LAST: f64 = 0.58;

/// Until the next look; nothing where no slope is known.
pub fn delay(cursor: &Cursor, now: f64) -> Option<f64> {
    let rate = cursor.rate()?;
    let since = now - cursor.progress_at;
    let step = cursor.grain.min(1.0 - cursor.progress);
    let is_last = cursor.progress + cursor.grain >= 1.0;
    let left = (1.0 - cursor.progress - step / 2.0) / rate - since;
    // How far off the end may be: by a step of the progress, and by what that makes of the slope.
    let doubt = step / 2.0 / rate * (1.0 + (1.0 - cursor.progress) / (cursor.progress - cursor.basis));
    // Before the progress moves there is nothing to see.
    let still = step / rate * if is_last { LAST } else { 1.0 } - since;
    let ends_in = if is_last && cursor.grain > COARSE { step / rate * SEEN_LATE - since } else { left };
    let longest = if cursor.is_trusted() || cursor.progress < 0.5 { LONGEST_MS } else { DOUBTFUL_MS };
    Some(if cursor.is_trusted() {
        trusted(left, doubt, still).max(SHORTEST_MS).min(longest)
    } else if still <= 0.0 && ends_in.abs() * rate < NEAR {
        NEAR_MS
    } else if still <= 0.0 && left <= 0.0 {
        CLOSE_MS
    } else {
        far(left, doubt, still).max(NEAR_MS).min(longest)
    })
}

fn trusted(left: f64, doubt: f64, still: f64) -> f64 {
    if left <= 0.0 && still <= 0.0 {
        // Past the end ever less often.
        (-left / 2.0).max(doubt / 2.0).min(CLOSE_MS)
    } else if doubt < SURE_MS {
        left + MARGIN_MS
    } else if doubt < FAIRLY_SURE_MS {
        left - doubt / 2.0
    } else {
        far(left, doubt, still).max(NEAR_MS)
    }
}

fn far(left: f64, doubt: f64, still: f64) -> f64 {
    (left - doubt).max(left * FAR).max(still)
}
