//! Bodies as trees: RFC 8259 as `JSON.parse` reads it.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "tests")]

use video_task_query::json::{Kind, NotJson, Tree, Value};

#[track_caller]
fn tree(text: &str) -> Tree {
    Tree::parse(text.as_bytes()).unwrap_or_else(|trouble| panic!("{text}: {trouble:?}"))
}

/// The text of a body that is one string.
#[track_caller]
fn string(body: &[u8]) -> String {
    Tree::parse(body).unwrap().root().text().unwrap().to_owned()
}

#[test]
fn tells_every_kind_of_value_apart() {
    let kinds = |text: &str| tree(text).root().elements().map(Value::kind).collect::<Vec<_>>();
    assert_eq!(
        kinds(r#"[null, true, false, 1, "plain", "esc\u0061ped", "\n", [], {}]"#),
        [
            Kind::Null,
            Kind::Bool(true),
            Kind::Bool(false),
            Kind::Number,
            Kind::Plain,
            Kind::Escaped(0),
            Kind::Escaped(1),
            Kind::Array,
            Kind::Object,
        ]
    );
}

#[test]
fn each_kind_gives_only_what_it_is() {
    let tree = tree(r#"[null, true, 7, "7", "text", [7], {"a": 7}]"#);
    let of = |read: fn(Value<'_>) -> String| tree.root().elements().map(read).collect::<Vec<_>>();
    let none = "None";
    assert_eq!(of(|value| value.is_null().to_string()), ["true", "false", "false", "false", "false", "false", "false"]);
    assert_eq!(
        of(|value| value.is_object().to_string()),
        ["false", "false", "false", "false", "false", "false", "true"]
    );
    assert_eq!(
        of(|value| format!("{:?}", value.text())),
        [none, none, none, r#"Some("7")"#, r#"Some("text")"#, none, none]
    );
    assert_eq!(
        of(|value| format!("{:?}", value.word())),
        [none, none, r#"Some("7")"#, r#"Some("7")"#, r#"Some("text")"#, none, none]
    );
    assert_eq!(of(|value| format!("{:?}", value.number())), [none, none, "Some(7.0)", "Some(7.0)", none, none, none]);
    assert_eq!(of(|value| format!("{:?}", value.flag())), [none, "Some(true)", none, none, none, none, none]);
    assert_eq!(of(|value| value.elements().count().to_string()), ["0", "0", "0", "0", "0", "1", "0"]);
    assert_eq!(of(|value| value.members().count().to_string()), ["0", "0", "0", "0", "0", "0", "1"]);
    assert_eq!(of(|value| value.get("a").is_some().to_string())[6], "true");
}

#[test]
fn a_scalar_alone_is_a_whole_body() {
    assert_eq!(tree("null").root().kind(), Kind::Null);
    assert_eq!(tree(" true ").root().flag(), Some(true));
    assert_eq!(tree("-1.5e3").root().number(), Some(-1500.0));
    assert_eq!(tree("\"\"").root().text(), Some(""));
}

#[test]
fn members_and_elements_keep_the_order_of_the_text() {
    let tree = tree(r#"{"z": [3, [4], 1], "a": {"y": 1}, "m": 2}"#);
    let keys: Vec<_> = tree.root().members().map(|(key, _)| key.text().unwrap()).collect();
    assert_eq!(keys, ["z", "a", "m"]);
    let kinds: Vec<_> = tree.root().get("z").unwrap().elements().map(Value::kind).collect();
    assert_eq!(kinds, [Kind::Number, Kind::Array, Kind::Number]);
}

#[test]
fn of_duplicate_keys_the_last_one_wins() {
    let tree = tree(r#"{"status": "queued", "id": 1, "status": "completed", "st\u0061tus": "failed"}"#);
    assert_eq!(tree.root().get("status").unwrap().text(), Some("failed"));
    assert_eq!(tree.root().members().count(), 4);
}

#[test]
fn a_last_duplicate_that_is_null_hides_the_ones_before() {
    let tree = tree(r#"{"url": "https://example.com", "url": null}"#);
    assert!(tree.root().get("url").unwrap().is_null());
    assert!(tree.root().at("url").is_none());
}

#[test]
fn prototype_keys_are_keys_like_any_other() {
    let tree = tree(r#"{"__proto__": {"status": "failed"}, "constructor": 1}"#);
    assert_eq!(tree.root().at("__proto__.status").unwrap().text(), Some("failed"));
    assert!(tree.root().get("status").is_none());
    assert!(tree.root().get("toString").is_none());
    assert_eq!(tree.root().get("constructor").unwrap().word(), Some("1"));
}

#[test]
fn decodes_every_escape() {
    assert_eq!(string(br#""\"\\\/\b\f\n\r\t""#), "\"\\/\u{8}\u{c}\n\r\t");
    assert_eq!(string(br#""\u0000\u0041\u00e4\u00E4\u4e2d\uFFFF""#), "\0A\u{e4}\u{e4}\u{4e2d}\u{ffff}");
    assert_eq!(string(r#""ä中🎬 \u00e4 ä中🎬""#.as_bytes()), "ä中🎬 ä ä中🎬");
    assert_eq!(string(br#""\\u0041\\\u0041""#), r"\u0041\A");
}

#[test]
fn a_pair_of_surrogates_is_one_character() {
    assert_eq!(string(br#""\ud83c\udfac""#), "🎬");
    assert_eq!(string(br#""\uD800\uDC00\uDBFF\uDFFF""#), "\u{10000}\u{10FFFF}");
}

#[test]
fn a_lone_surrogate_becomes_the_replacement_character_and_nothing_else_is_lost() {
    for (body, text) in [
        (r#""a\ud83cb""#, "a\u{FFFD}b"),
        (r#""a\udfacb""#, "a\u{FFFD}b"),
        (r#""\udfac\ud83c""#, "\u{FFFD}\u{FFFD}"),
        (r#""\udfac\udfac""#, "\u{FFFD}\u{FFFD}"),
        (r#""\ud83c\u0041""#, "\u{FFFD}A"),
        (r#""\ud83c\n""#, "\u{FFFD}\n"),
        (r#""\ud83c\\udfac""#, "\u{FFFD}\\udfac"),
        (r#""\ud83c\ud83c\udfac""#, "\u{FFFD}🎬"),
        (r#""\ud83c""#, "\u{FFFD}"),
    ] {
        assert_eq!(string(body.as_bytes()), text, "{body}");
    }
}

#[test]
fn bytes_that_are_no_utf_8_become_what_text_decoder_makes_of_them() {
    for (body, text) in [
        (b"\"a\xFFb\"".as_slice(), "a\u{FFFD}b"),
        (b"\"\x80\"", "\u{FFFD}"),
        // Two bytes of a character of three are one replacement.
        (b"\"\xE4\xB8\"", "\u{FFFD}"),
        (b"\"\xF0\x9F\x8E!\"", "\u{FFFD}!"),
        // Overlong forms and encoded surrogates are wrong byte by byte.
        (b"\"\xC0\x80\"", "\u{FFFD}\u{FFFD}"),
        (b"\"\xED\xA0\x80\"", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ] {
        assert_eq!(string(body), text, "{body:?}");
    }
    let outside = Tree::parse(b"{\xFF}").unwrap_err();
    assert_eq!(outside, NotJson { offset: 1, cut_off: false });
}

#[test]
fn numbers_keep_their_digits() {
    let texts = [
        "0",
        "-0",
        "9007199254740993",
        "12345678901234567890123",
        "0.9302178175176704",
        "1.50",
        "1e400",
        "-1E-400",
        "1E+2",
    ];
    for text in texts {
        assert_eq!(tree(text).root().word(), Some(text));
        assert_eq!(tree(&format!("[{text}]")).root().at("[]").unwrap().word(), Some(text));
    }
}

#[test]
fn a_number_beyond_the_largest_is_there_but_has_no_value() {
    let tree = tree(r#"{"progress": 1e400, "seed": 12345678901234567890, "text": "1e400"}"#);
    let root = tree.root();
    assert_eq!(root.get("progress").unwrap().kind(), Kind::Number);
    assert_eq!(root.get("progress").unwrap().number(), None);
    assert_eq!(root.get("text").unwrap().number(), None);
    assert_eq!(root.get("seed").unwrap().number(), Some(12_345_678_901_234_567_890.0));
}

#[test]
fn a_text_that_is_a_number_has_its_value_with_white_space_around_it() {
    for (text, number) in [
        ("\" 45\\n\"", Some(45.0)),
        ("\"-0.5\"", Some(-0.5)),
        ("\"1e3\"", Some(1000.0)),
        ("\"\"", None),
        ("\"45%\"", None),
        ("\"0x10\"", None),
        ("\"1 2\"", None),
        ("\"NaN\"", None),
        ("\"Infinity\"", None),
    ] {
        assert_eq!(tree(text).root().number(), number, "{text}");
    }
}
