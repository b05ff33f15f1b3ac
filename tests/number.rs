//! Numbers from their text, against the standard library.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::arithmetic_side_effects, clippy::panic, clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use video_task_query::json::number::parse;

/// The bits, so that `-0` is not `0`.
#[track_caller]
fn assert_as_std(text: &str) {
    let expected: f64 = text.parse().unwrap();
    assert_eq!(parse(text).map(f64::to_bits), Some(expected.to_bits()), "{text}: {:?}, not {expected:?}", parse(text));
}

#[test]
fn reads_the_numbers_that_services_were_seen_to_write() {
    for text in [
        "0.9302178175176704",
        "1759763631.222531",
        "1759763651.908743",
        "1759763426875",
        "1770350328994",
        "0.98",
        "0.1",
        "0.3333333333333333",
        "0.30000000000000004",
        "5.041666666666667",
        "29.97002997002997",
        "45",
        "100",
        "352",
    ] {
        assert_as_std(text);
    }
}

#[test]
fn reads_every_form_of_a_number() {
    for (text, number) in [
        ("0", 0.0_f64),
        ("-1", -1.0),
        ("0.5", 0.5),
        ("-0.5", -0.5),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        ("1E3", 1000.0),
        ("1e+3", 1000.0),
        ("1.5e-3", 0.0015),
        ("-2.5E+2", -250.0),
        ("1e0", 1.0),
        ("1000000000000000000000", 1e21),
        ("123456789012345678901234567890", 123_456_789_012_345_680_000_000_000_000.0),
        ("0.000000000000000000001", 1e-21),
        ("1e22", 1e22),
        ("1e-400", 0.0),
        // Between two numbers, and at either end of all.
        ("9007199254740993", 9_007_199_254_740_992.0),
        ("9007199254740993.00000000000000000000000000000001", 9_007_199_254_740_994.0),
        ("123456789012345678e5", 12_345_678_901_234_567_800_000.0),
        ("1.7976931348623157e308", f64::MAX),
        ("2.2250738585072014e-308", f64::MIN_POSITIVE),
        ("5e-324", 5e-324),
        ("2.4703282292062328e-324", 5e-324),
        ("2.4703282292062327e-324", 0.0),
    ] {
        assert_eq!(parse(text).map(f64::to_bits), Some(number.to_bits()), "{text}");
    }
}

#[test]
fn zero_keeps_its_sign() {
    assert_eq!(parse("0").map(f64::is_sign_negative), Some(false));
    assert_eq!(parse("-0").map(f64::is_sign_negative), Some(true));
    assert_eq!(parse("-0.0e5").map(f64::to_bits), Some((-0.0_f64).to_bits()));
}

#[test]
fn refuses_what_is_no_decimal_number() {
    for text in [
        "",
        " ",
        "-",
        "+",
        ".",
        "e",
        "+1",
        ".5",
        "-.5",
        "1.",
        "-1.",
        "1.e3",
        "1e",
        "1e+",
        "1e-",
        "e5",
        "--1",
        "-+1",
        "1-",
        "1 2",
        " 1",
        "1 ",
        "1\n",
        "- 1",
        "1. 5",
        "1 e3",
        "1e 3",
        "1..5",
        "1.2.3",
        "1e5e5",
        "1e1.5",
        "0x10",
        "0b1",
        "1_000",
        "1,000",
        "1,5",
        "45%",
        "5s",
        "NaN",
        "nan",
        "Infinity",
        "-Infinity",
        "inf",
        "infinity",
        "١٢",
        "１",
        "½",
        "1\0",
    ] {
        assert_eq!(parse(text), None, "{text:?}");
    }
}

/// All digits of the number that is as far from the one as from its neighbour.
fn middle(low: f64, high: f64) -> String {
    let (low, half) = (format!("{low:.1100}"), format!("{:.1100}", (high - low) / 2.0));
    let half = format!("{half:0>width$}", width = low.len());
    let mut carry = 0;
    let digits = low.bytes().zip(half.bytes()).rev().map(|(one, other)| {
        if one == b'.' {
            return '.';
        }
        let sum = carry + (one - b'0') + (other - b'0');
        carry = sum / 10;
        char::from(b'0' + sum % 10)
    });
    // The half is much smaller: nothing is carried beyond the first digit but where that was a nine.
    let sum: String = digits.collect::<String>().chars().rev().collect();
    if carry > 0 { format!("{carry}{sum}") } else { sum }
}

#[test]
fn is_never_infinite() {
    for text in ["1e309", "-1e309", "1e400", "9e999999999", "1e99999999999999999999", "1e2147483647", "1e-2147483648"] {
        assert!(parse(text).is_none_or(f64::is_finite), "{text}");
    }
    assert_eq!(parse("1e400"), None);
    for text in ["5e-99999999999", "0e99999999999", "0e-99999999999"] {
        assert_eq!(parse(text), Some(0.0), "{text}");
    }
    assert_eq!(parse(&"9".repeat(400)), None);
}

#[test]
fn leading_and_trailing_zeros_change_nothing() {
    for (text, number) in [("0.10", 0.1), ("0.1000000000000000000000", 0.1), ("45.000", 45.0), ("1e0003", 1000.0)] {
        assert_eq!(parse(text), Some(number), "{text}");
    }
    assert_eq!(parse(&format!("0.{}", "0".repeat(5000))), Some(0.0));
    assert_eq!(parse(&format!("0.5{}", "0".repeat(5000))), Some(0.5));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4096) })]

    #[test]
    fn whole_numbers_up_to_2_to_the_53_are_exact(number in -(1_i64 << 53)..=1 << 53) {
        assert_as_std(&number.to_string());
        assert_as_std(&format!("{number}.0"));
    }

    #[test]
    fn up_to_17_digits_with_up_to_22_decimals_are_read_to_the_bit(digits in 0..100_000_000_000_000_000_u64, decimals in 0..=22_usize) {
        assert_as_std(&format!("{digits}e-{decimals}"));
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - decimals);
        assert_as_std(&if decimals == 0 { padded } else { format!("-{whole}.{fraction}") });
    }

    #[test]
    fn the_shortest_text_of_a_number_from_a_millionth_to_10_to_the_16_gives_it_back(mantissa in 1.0..10.0, exponent in -6..16) {
        let number: f64 = mantissa * 10_f64.powi(exponent);
        for text in [format!("{number}"), format!("-{number}"), serde_json::to_string(&number).unwrap()] {
            assert_as_std(&text);
        }
    }

    #[test]
    fn a_number_of_any_size_is_read_to_the_bit(number in any::<f64>().prop_filter("JSON has no others", |number| number.is_finite())) {
        for text in [format!("{number:e}"), format!("{number}"), format!("{number:.25e}")] {
            assert_as_std(&text);
        }
    }

    #[test]
    fn any_digits_with_any_exponent_are_read_to_the_bit(digits in "[0-9]{1,40}", exponent in -360..290) {
        let text = format!("{digits}e{exponent}");
        if text.parse::<f64>().unwrap().is_finite() {
            assert_as_std(&text);
        }
    }

    #[test]
    fn any_text_is_a_number_exactly_where_the_grammar_says_so(text in "-{0,2}[0-9]{0,3}(\\.[0-9]{0,3})?([eE][+-]?[0-9]{0,2})?|\\PC{0,6}") {
        let (sign, rest) = text.split_at(usize::from(text.starts_with('-')));
        let (mantissa, exponent) = rest.split_once(['e', 'E']).unwrap_or((rest, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = digits(whole) && digits(fraction) && digits(exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
        prop_assert_eq!(parse(&text).is_some(), fits, "{}{}", sign, rest);
    }
}

proptest! {
    // Numbers of a thousand digits.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(128) })]

    #[test]
    fn a_number_in_the_middle_of_two_is_the_even_one_unless_a_digit_follows(bits in 1_u64 << 53..0x7FEF << 48, tail in "0{0,900}1?") {
        let (low, high) = (f64::from_bits(bits), f64::from_bits(bits + 1));
        let middle = middle(low, high);
        let even = if bits % 2 == 0 { low } else { high };
        prop_assert_eq!(parse(&middle).map(f64::to_bits), Some(even.to_bits()), "{}", middle);
        assert_as_std(&format!("{middle}{tail}"));
    }
}
