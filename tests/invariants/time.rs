//! What holds for everything that services write about time.

use video_task_query::error::{ErrorCode, QueryError};
use video_task_query::instant::{compact, http_date, iso};
use video_task_query::json::Tree;
use video_task_query::retry::{after_ms, hint_ms, pause_ms};

const DAY_MS: i64 = 86_400_000;
/// The first instant of the year 1, and the last of the year 9999.
const FIRST_MS: i64 = -62_135_596_800_000;
const LAST_MS: i64 = 253_402_300_799_999;

/// Eight bytes for an instant that is written and read, then a line of text that is read as it is.
pub fn hold(data: &[u8]) {
    let Some((at, text)) = data.split_first_chunk() else { return };
    is_read_as_written(FIRST_MS + i64::try_from(u64::from_be_bytes(*at) % span()).unwrap());
    let Ok(text) = std::str::from_utf8(text) else { return };
    is_an_instant_or_none(text);
    is_a_wait_or_none(text);
}

fn span() -> u64 {
    u64::try_from(LAST_MS - FIRST_MS).unwrap() + 1
}

#[allow(clippy::cast_precision_loss, reason = "less than 2^53")]
fn is_read_as_written(ms: i64) {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (days, clock) = (ms.div_euclid(DAY_MS), ms.rem_euclid(DAY_MS));
    let (year, month, day) = date(days);
    let (hour, minute, second, rest) = (clock / 3_600_000, clock / 60_000 % 60, clock / 1000 % 60, clock % 1000);
    let (exact, whole) = (Some(ms as f64), Some((ms - rest) as f64));
    let date = format!("{year:04}-{month:02}-{day:02}");
    assert_eq!(iso(&format!("{date}T{hour:02}:{minute:02}:{second:02}.{rest:03}Z"), 5), exact);
    assert_eq!(iso(&format!("{date} {hour:02}:{minute:02}:{second:02}.{rest:03}999"), 0), exact);
    assert_eq!(iso(&format!("{date}T{hour:02}:{minute:02}:{second:02}+00:00"), 5), whole);
    assert_eq!(compact(&format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")), whole);
    let name = MONTHS[usize::try_from(month).unwrap() - 1];
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][usize::try_from(days.rem_euclid(7)).unwrap()];
    let http = format!("{weekday}, {day:02} {name} {year:04} {hour:02}:{minute:02}:{second:02} GMT");
    assert_eq!(http_date(&http), whole, "{http}");
    let asked = after_ms(&|name| (name == "retry-after").then(|| http.clone()), (ms - rest) as f64 - 5_000.0);
    assert_eq!(asked, Some(5_000.0), "{http}");
}

/// Day, month and year of a day since 1970, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013.
fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day_of_year - (153 * shifted + 2) / 5 + 1)
}

fn is_an_instant_or_none(text: &str) {
    for read in [iso(text, 0), compact(text), http_date(text)].into_iter().flatten() {
        assert!(read.fract() == 0.0 && read.abs() < 3e14, "{text}: {read}");
    }
    let (plain, quoted) = (text.to_owned(), serde_json::to_string(text).unwrap());
    for json in [plain, quoted] {
        let Ok(tree) = Tree::parse(json.as_bytes()) else { continue };
        if let Some(read) = video_task_query::instant::instant(tree.root(), 8) {
            // What JavaScript's Date can hold.
            assert!(read.fract() == 0.0 && (1.0..=8.64e15).contains(&read), "{json}: {read}");
        }
    }
}

fn is_a_wait_or_none(text: &str) {
    for name in ["retry-after", "retry-after-ms", "openai-poll-after-ms"] {
        let header = |wanted: &str| (wanted == name).then(|| text.to_owned());
        for wait in [after_ms(&header, 1.7e12), hint_ms(&header, 1.7e12)].into_iter().flatten() {
            assert!(wait.is_finite() && wait >= 0.0 && wait.fract() == 0.0, "{name}: {text}: {wait}");
        }
        let mut error = QueryError::new(ErrorCode::Server, "The service is in trouble.");
        (error.retryable, error.retry_after_ms) = (true, after_ms(&header, 1.7e12));
        for attempts in [1, 2, u32::MAX] {
            let pause = pause_ms(&error, false, attempts, u32::MAX, 1.0);
            assert!(pause.is_none_or(|ms| (0.0..=60_000.0).contains(&ms)), "{name}: {text}: {pause:?}");
            assert!(pause.is_some() || error.retry_after_ms.is_some_and(|asked| asked > 60_000.0));
        }
    }
}
