//! Instants as services write them, to whole milliseconds.
#![allow(clippy::unwrap_used, reason = "tests")]

use video_task_query::instant::{http_date, instant, iso};
use video_task_query::json::Tree;

/// What a JSON value is as an instant, where texts without a zone are UTC.
fn utc(json: &str) -> Option<f64> {
    zoned(json, 0)
}

fn zoned(json: &str, zone_hours: i32) -> Option<f64> {
    instant(Tree::parse(json.as_bytes()).unwrap().root(), zone_hours)
}

#[test]
fn the_magnitude_tells_seconds_from_milliseconds() {
    for (json, ms) in [
        ("1759763631", 1_759_763_631_000.0),
        ("1759763631222", 1_759_763_631_222.0),
        ("\"1759763631\"", 1_759_763_631_000.0),
        ("\" 1759763631222 \"", 1_759_763_631_222.0),
        ("1.759763631e9", 1_759_763_631_000.0),
        ("1", 1000.0),
        ("99999999999", 99_999_999_999_000.0),
        ("100000000000", 100_000_000_000.0),
        ("253402300799", 253_402_300_799.0),
        ("253402300799999", 253_402_300_799_999.0),
    ] {
        assert_eq!(utc(json), Some(ms), "{json}");
    }
}

#[test]
fn fractions_of_seconds_are_cut_off_after_the_milliseconds() {
    for (json, ms) in [
        ("1759763631.222531", 1_759_763_631_222.0),
        ("1759763651.908743", 1_759_763_651_908.0),
        ("1759763651.9999", 1_759_763_651_999.0),
        ("1759763631.001", 1_759_763_631_001.0),
        ("1759763631.5", 1_759_763_631_500.0),
        ("1759763631222.9", 1_759_763_631_222.0),
        ("\"1759763631.222531\"", 1_759_763_631_222.0),
    ] {
        assert_eq!(utc(json), Some(ms), "{json}");
    }
}

#[test]
fn every_millisecond_of_a_second_of_today_is_read_exactly() {
    for ms in 0..1000 {
        assert_eq!(utc(&format!("1759763631.{ms:03}")), Some(1_759_763_631_000.0 + f64::from(ms)), "{ms}");
    }
}

#[test]
fn every_millisecond_of_a_second_of_far_years_is_read_exactly() {
    for second in [4_102_444_800_u64, 17_468_500_077, 34_602_839_586, 69_383_463_626, 99_999_999_999] {
        for ms in 0..1000 {
            let written = format!("{second}.{ms:03}");
            let exact: f64 = format!("{second}{ms:03}").parse().unwrap();
            assert_eq!(utc(&written), Some(exact), "{written}");
        }
    }
}

#[test]
fn what_is_no_instant_is_unset() {
    for json in [
        "0",
        "\"0\"",
        "0.0",
        "-0",
        "0.0000001",
        "-1",
        "-1759763631",
        "\"-1759763631222\"",
        "253402300800000",
        "1e18",
        "1e400",
        "\"\"",
        "\" \"",
        "\"soon\"",
        "\"0001-01-01T00:00:00Z\"",
        "\"1969-12-31T23:59:59Z\"",
        "\"1970-01-01T00:00:00Z\"",
        "null",
        "true",
        "false",
        "[1759763631]",
        "{\"seconds\":1759763631}",
    ] {
        assert_eq!(utc(json), None, "{json}");
    }
}

#[test]
fn reads_iso_8601_with_its_zone() {
    const NOON: f64 = 1_759_752_000_000.0;
    for text in [
        "2025-10-06T12:00:00Z",
        "2025-10-06t12:00:00z",
        "2025-10-06 12:00:00Z",
        "2025-10-06T12:00:00.000Z",
        "2025-10-06T12:00Z",
        "2025-10-06T12:00:00+00:00",
        "2025-10-06T12:00:00-00:00",
        "2025-10-06T20:00:00+08:00",
        "2025-10-06T20:00:00 +0800",
        "2025-10-06T20:00:00+08",
        "2025-10-06T08:30:00-03:30",
        "2025-10-07T02:00:00+14:00",
        "2025-10-06 12:00:00 UTC",
        "2025-10-06 12:00:00 GMT",
        "2025/10/06 12:00:00 +00:00",
        " 2025-10-06T12:00:00Z ",
    ] {
        assert_eq!(iso(text, 5), Some(NOON), "{text}");
        assert_eq!(zoned(&format!("\"{text}\""), 5), Some(NOON), "{text}");
    }
}

#[test]
fn a_text_without_a_zone_is_in_the_zone_of_its_shape() {
    const TEXT: &str = "2025-09-25 11:07:28.590";
    assert_eq!(iso(TEXT, 0), Some(1_758_798_448_590.0));
    assert_eq!(iso(TEXT, 8), Some(1_758_769_648_590.0));
    assert_eq!(iso(TEXT, -5), Some(1_758_816_448_590.0));
    assert_eq!(zoned("\"2025-09-25 11:07:28.590\"", 8), Some(1_758_769_648_590.0));
    // Numbers count from the epoch, wherever the service stands.
    assert_eq!(zoned("1758798448", 8), Some(1_758_798_448_000.0));
    assert_eq!(zoned("\"1758798448\"", 8), Some(1_758_798_448_000.0));
}

#[test]
fn a_day_alone_is_its_midnight() {
    assert_eq!(iso("2025-10-06", 0), Some(1_759_708_800_000.0));
    assert_eq!(iso("2025-10-06", 8), Some(1_759_680_000_000.0));
    assert_eq!(iso("1970-01-01", 0), Some(0.0));
    assert_eq!(iso("9999-12-31", 0), Some(253_402_214_400_000.0));
}

#[test]
fn fractions_of_iso_seconds_are_cut_off_after_the_milliseconds() {
    for (fraction, ms) in [
        (".8", 800.0),
        (".87", 870.0),
        (".875", 875.0),
        (".875729", 875.0),
        (",5", 500.0),
        (".", 0.0),
        (".9999999999999", 999.0),
    ] {
        assert_eq!(iso(&format!("2025-10-06T15:10:26{fraction}Z"), 0), Some(1_759_763_426_000.0 + ms), "{fraction}");
    }
}

#[test]
fn knows_leap_years() {
    for (text, ms) in [
        ("2024-02-29", Some(1_709_164_800_000.0)),
        ("2024-03-01", Some(1_709_251_200_000.0)),
        ("2024-12-31", Some(1_735_603_200_000.0)),
        ("2025-02-28", Some(1_740_700_800_000.0)),
        ("2025-03-01", Some(1_740_787_200_000.0)),
        ("2000-02-29", Some(951_782_400_000.0)),
        ("2100-03-01", Some(4_107_542_400_000.0)),
        ("2025-02-29", None),
        ("2100-02-29", None),
        ("1900-02-29", None),
        ("2024-02-30", None),
    ] {
        assert_eq!(iso(text, 0), ms, "{text}");
    }
}

#[test]
fn a_leap_second_is_the_second_after_it() {
    assert_eq!(iso("2016-12-31T23:59:60Z", 0), iso("2017-01-01T00:00:00Z", 0));
}

#[test]
fn days_and_times_that_there_are_not_are_refused() {
    for text in [
        "2025-00-10",
        "2025-13-01",
        "2025-01-00",
        "2025-01-32",
        "2025-04-31",
        "2025-06-31",
        "2025-09-31",
        "2025-11-31",
        "2025-10-06T24:00:00Z",
        "2025-10-06T12:60:00Z",
        "2025-10-06T12:00:61Z",
        "2025-10-06T12:00:00+24:00",
        "2025-10-06T12:00:00+08:60",
    ] {
        assert_eq!(iso(text, 0), None, "{text}");
    }
}

#[test]
fn what_only_resembles_iso_8601_is_refused() {
    for text in [
        "",
        "2025",
        "2025-10",
        "25-10-06",
        "2025-1-6",
        "20251006",
        "2025-10-06T",
        "2025-10-06T12",
        "2025-10-06T12:00:00X",
        "2025-10-06T12:00:00Zulu",
        "2025-10-06T12:00:00+8",
        "2025-10-06T12:00:00+08:00 CST",
        "2025-10-06 about noon",
        "+2025-10-06",
        "２０２５-10-06",
        "2025-10-0６",
        "06.10.2025",
        "2025-10-06\u{a0}12:00:00",
    ] {
        assert_eq!(iso(text, 0), None, "{text}");
    }
}

#[test]
fn reads_http_dates() {
    for (text, ms) in [
        ("Wed, 21 Oct 2015 07:28:00 GMT", 1_445_412_480_000.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thu, 29 Feb 2024 23:59:59 GMT", 1_709_251_199_000.0),
        ("Fri, 31 Dec 1999 23:59:59 GMT", 946_684_799_000.0),
        ("Wed, 06 May 2026 12:00:00 GMT", 1_778_068_800_000.0),
    ] {
        assert_eq!(http_date(text), Some(ms), "{text}");
    }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    for (month, number) in months.iter().zip(1..) {
        let http = http_date(&format!("Mon, 01 {month} 2024 00:00:00 GMT"));
        assert_eq!(http, iso(&format!("2024-{number:02}-01"), 0), "{month}");
    }
}

#[test]
fn what_is_no_http_date_is_refused() {
    for text in [
        "",
        "soon",
        "120",
        "2015-10-21T07:28:00Z",
        "Wed, 21 Oct 2015",
        "Wed, 21 okt 2015 07:28:00 GMT",
        "Wed, 1 Oct 2015 07:28:00 GMT",
        "Wed, 31 Feb 2024 07:28:00 GMT",
        "Wed, 21 Oct 2015 25:28:00 GMT",
        "Wednesday, 21-Oct-15 07:28:00 GMT",
        "Wed Oct 21 07:28:00 2015",
        "Wed, 21 anF 2015 07:28:00 GMT",
    ] {
        assert_eq!(http_date(text), None, "{text}");
    }
}
