//! Where a text stops being JSON, and whether it was cut off or garbled.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests"
)]

use video_task_query::json::{NotJson, Tree};

#[track_caller]
fn tree(text: &str) -> Tree {
    Tree::parse(text.as_bytes()).unwrap_or_else(|trouble| panic!("{text}: {trouble:?}"))
}

#[track_caller]
fn assert_refused(body: &str, offset: usize, cut_off: bool) {
    let got = Tree::parse(body.as_bytes()).err();
    assert_eq!(got, Some(NotJson { offset, cut_off }), "{body:?}");
}

#[test]
fn malformed_text_is_refused_where_it_stops_being_json() {
    for (body, offset) in [
        ("x", 0),
        ("<html>", 0),
        ("{'a': 1}", 1),
        ("{a: 1}", 1),
        ("{1: 1}", 1),
        ("{,}", 1),
        ("{\"a\" 1}", 5),
        ("{\"a\"; 1}", 4),
        ("{\"a\":}", 5),
        ("{\"a\": 1,}", 8),
        ("{\"a\": 1 \"b\": 2}", 8),
        ("{\"a\": 1]", 7),
        ("[1, 2}", 5),
        ("[,1]", 1),
        ("[1,]", 3),
        ("[1,,2]", 3),
        ("[1 2]", 3),
        ("[1}", 2),
        ("]", 0),
        ("{}}", 2),
        ("{} {}", 3),
        ("1 2", 2),
        ("01", 1),
        ("-01", 2),
        ("-x", 1),
        ("+1", 0),
        (".5", 0),
        ("1.x", 2),
        ("[1.]", 3),
        ("1e+x", 3),
        ("1ex", 2),
        ("0x10", 1),
        ("NaN", 0),
        ("Infinity", 0),
        ("-Infinity", 1),
        ("undefined", 0),
        ("True", 0),
        ("trux", 3),
        ("nulll", 4),
        ("falze", 3),
        (r#""\x41""#, 2),
        (r#""\u12g4""#, 5),
        (r#""\u+123""#, 3),
        ("\"a\nb\"", 2),
        ("\"a\tb\"", 2),
        ("\"\0\"", 1),
        ("// comment\n1", 0),
        ("[1 /* two */]", 3),
    ] {
        assert_refused(body, offset, false);
    }
}

#[test]
fn a_body_that_ends_in_the_middle_was_cut_off() {
    for body in [
        "",
        " ",
        "{",
        "{ ",
        "{\"",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\": ",
        "{\"a\": 1",
        "{\"a\": 1,",
        "[",
        "[1",
        "[1,",
        "[[]",
        "\"a",
        "\"\\",
        "\"\\u",
        "\"\\u00",
        "\"\\u00e4",
        "-",
        "1.",
        "1e",
        "1e+",
        "t",
        "tru",
        "fals",
        "nul",
    ] {
        assert_refused(body, body.len(), true);
    }
}

#[test]
fn every_start_of_an_object_was_cut_off() {
    let body =
        r#"{"id": "sora-2:t\u00e4sk", "progress": -4.5e1, "ok": [true, false, null, {}], "url": "https://例え.jp"}"#;
    tree(body);
    for (end, _) in body.char_indices() {
        assert_refused(&body[..end], end, true);
    }
}

#[test]
fn one_byte_order_mark_is_skipped() {
    assert_eq!(tree("\u{FEFF} {\"id\": 1}").root().at("id").unwrap().word(), Some("1"));
    assert_refused("\u{FEFF}\u{FEFF}{}", 3, false);
    assert_refused("{}\u{FEFF}", 2, false);
    assert_refused("\u{FEFF}", 3, true);
}

#[test]
fn only_the_four_kinds_of_white_space_count() {
    let tree = tree("\t\r\n {\n\t\"a\"\r: [ 1 ,\t2\n] , \"b\" :{ }\r}\n\n");
    assert_eq!(tree.root().members().count(), 2);
    assert_eq!(tree.root().at("a").unwrap().elements().count(), 2);
    for other in ["\u{b}", "\u{c}", "\u{a0}", "\u{2028}", "\u{3000}", "\u{85}", "\0"] {
        assert_refused(&format!("{other}1"), 0, false);
        assert_refused(&format!("[1{other}]"), 2, false);
    }
}

#[test]
fn a_hundred_thousand_brackets_are_read() {
    const DEEP: usize = 100_000;
    let body = format!("{}7{}", "[".repeat(DEEP), "]".repeat(DEEP));
    let tree = tree(&body);
    let mut value = tree.root();
    for _ in 0..DEEP {
        value = value.elements().next().unwrap();
    }
    assert_eq!(value.word(), Some("7"));
    assert_eq!(value.path(), "[0]".repeat(DEEP));
    assert_refused(&"[".repeat(DEEP), DEEP, true);
    assert_refused(&"{\"a\":".repeat(DEEP), 5 * DEEP, true);
    assert_refused(&format!("{}}}", "[".repeat(DEEP)), DEEP, false);
}
