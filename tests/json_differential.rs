//! Bodies as trees, against serde_json.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

use proptest::collection::{hash_map, vec};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::{Number, Value as Json};
use video_task_query::json::{Kind, Tree, Value};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn what_serde_json_prints_is_read_as_it_was(json in json()) {
        let (line, pretty) = (serde_json::to_string(&json).unwrap(), serde_json::to_string_pretty(&json).unwrap());
        for text in [line, pretty] {
            prop_assert_eq!(&same(Tree::parse(text.as_bytes()).unwrap().root()), &json, "{}", text);
        }
    }

    #[test]
    fn any_bytes_are_accepted_if_and_only_if_serde_json_accepts_them(bytes in vec(any::<u8>(), 0..24)) {
        prop_assert_eq!(accepts(&bytes), serde_accepts(&bytes));
    }

    #[test]
    fn any_text_of_the_grammars_letters_is_accepted_if_and_only_if_serde_json_accepts_it(
        text in r#"([\[\]{},:" 01eE.+\-\\u]|"a"|-?0|1e5|true|false|null|\\ud83c|\[\]|"":)*"#
    ) {
        prop_assert_eq!(accepts(text.as_bytes()), serde_accepts(text.as_bytes()), "{}", text);
    }

    #[test]
    fn a_body_with_a_byte_changed_is_accepted_if_and_only_if_serde_json_accepts_it(
        json in json(), at in any::<prop::sample::Index>(), byte in any::<u8>(), change in 0..3
    ) {
        let mut bytes = serde_json::to_vec(&json).unwrap();
        let at = at.index(bytes.len());
        match change {
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => drop(bytes.remove(at)),
        }
        prop_assert_eq!(accepts(&bytes), serde_accepts(&bytes), "{}", String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn the_start_of_an_object_or_array_is_cut_off_and_never_garbled(json in container(json()), at in any::<prop::sample::Index>()) {
        let text = serde_json::to_string_pretty(&json).unwrap();
        let start = &text[..text.floor_char_boundary(at.index(text.len()))];
        let trouble = Tree::parse(start.as_bytes()).unwrap_err();
        prop_assert_eq!((trouble.offset, trouble.cut_off), (start.len(), true), "{}", start);
    }

    #[test]
    fn every_value_is_found_again_by_looking_its_path_up(json in json()) {
        let text = json.to_string();
        let tree = Tree::parse(text.as_bytes()).unwrap();
        let mut values = vec![(tree.root(), String::new())];
        while let Some((value, path)) = values.pop() {
            prop_assert_eq!(value.path(), path.clone());
            values.extend(value.elements().enumerate().map(|(at, value)| (value, format!("{path}[{at}]"))));
            values.extend(value.members().map(|(key, value)| {
                let dot = if path.is_empty() { "" } else { "." };
                (value, format!("{path}{dot}{}", key.text().unwrap()))
            }));
        }
    }
}

fn json() -> impl Strategy<Value = Json> {
    let number = prop_oneof![
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_filter_map("JSON has no NaN", |number| Number::from_f64(number).map(Json::Number)),
    ];
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        number,
        any::<String>().prop_map(Json::from),
        r#"[\\"/\n\r\t\x00-\x1f🎬ä]*"#.prop_map(Json::from),
    ];
    leaf.prop_recursive(6, 48, 6, |inner| {
        let key = prop_oneof![any::<String>(), "[a-z_]{0,9}"];
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Json::from),
            hash_map(key, inner, 0..6).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn container(json: impl Strategy<Value = Json>) -> impl Strategy<Value = Json> {
    json.prop_map(|json| if json.is_array() || json.is_object() { json } else { Json::from(vec![json]) })
}

/// The same value as serde_json has it.
fn same(value: Value<'_>) -> Json {
    match value.kind() {
        Kind::Null => Json::Null,
        Kind::Bool(flag) => Json::from(flag),
        Kind::Number => number(value.word().unwrap()),
        Kind::Plain | Kind::Escaped(_) => Json::from(value.text().unwrap()),
        Kind::Array => value.elements().map(same).collect(),
        Kind::Object => value.members().map(|(key, value)| (key.text().unwrap().to_owned(), same(value))).collect(),
    }
}

/// A number by the standard library: serde_json's own reading may be off in the last place.
fn number(text: &str) -> Json {
    let whole = text.parse::<i64>().map(Json::from).or_else(|_| text.parse::<u64>().map(Json::from));
    // `-0` is a number of its own only as `-0.0`, which is how serde_json prints it.
    whole.unwrap_or_else(|_| Json::Number(Number::from_f64(text.parse().unwrap()).unwrap()))
}

fn accepts(bytes: &[u8]) -> bool {
    Tree::parse(bytes).is_ok()
}

/// The grammar alone, as serde_json has it. As `JSON.parse` behind a `TextDecoder`, a value that nobody reads may hold
/// lone surrogates, numbers out of range, bytes that are no UTF-8, and any depth; one difference is left, the
/// byte-order mark.
fn serde_accepts(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}
