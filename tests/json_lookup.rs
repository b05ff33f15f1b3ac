//! Looking things up in a tree, and opening JSON text in its strings.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use video_task_query::json::{KeyFilter, Kind, Tree, Value};

#[track_caller]
fn tree(text: &str) -> Tree {
    Tree::parse(text.as_bytes()).unwrap_or_else(|trouble| panic!("{text}: {trouble:?}"))
}

/// All that stands at a path.
fn each(text: &str, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    tree(text).root().each(path, &mut |value| found.push(value.word().unwrap_or("(no word)").to_owned()));
    found
}

#[test]
fn of_an_object_the_first_200_000_members_count() {
    let members: Vec<_> = (0..200_001).map(|at| format!("\"k{at}\":{at}")).collect();
    let tree = tree(&format!("{{{}}}", members.join(",")));
    let word = |key| tree.root().get(key).and_then(Value::word);
    assert_eq!(word("k199999"), Some("199999"));
    assert_eq!(word("k200000"), None);
}

#[test]
fn looks_values_up_by_path() {
    let body = r#"{"id": 1, "detail": {"url": "u", "list": [{"url": "a"}, {}, {"url": "c"}, 4]}, "words": ["x", "y"]}"#;
    assert_eq!(each(body, "id"), ["1"]);
    assert_eq!(each(body, "detail.url"), ["u"]);
    assert_eq!(each(body, "detail.list[].url"), ["a", "c"]);
    assert_eq!(each(body, "words[]"), ["x", "y"]);
    assert_eq!(each(body, "detail"), ["(no word)"]);
    for missing in ["nope", "id.nope", "detail.nope", "detail[]", "words.x", "words[].x", "detail.list.url"] {
        assert_eq!(each(body, missing), [""; 0], "{missing}");
    }
}

#[test]
fn the_empty_path_is_the_value_itself() {
    let tree = tree(r#"{"a": 1}"#);
    assert_eq!(tree.root().at(""), Some(tree.root()));
    assert_eq!(each("5", ""), ["5"]);
}

#[test]
fn paths_go_through_an_outermost_array_and_through_arrays_in_arrays_of_objects() {
    let body = r#"[{"rows": [{"v": 1}, {"v": 2}]}, {"rows": []}, {"rows": [{"v": 3}]}]"#;
    assert_eq!(each(body, "[].rows[].v"), ["1", "2", "3"]);
    assert_eq!(tree(body).root().at("[].rows[].v").unwrap().word(), Some("1"));
}

#[test]
fn a_lookup_of_one_value_passes_nulls_over_and_a_lookup_of_each_does_not() {
    let body = r#"{"list": [{"url": null}, {"url": "b"}], "none": null}"#;
    assert_eq!(tree(body).root().at("list[].url").unwrap().text(), Some("b"));
    assert!(tree(body).root().at("none").is_none());
    assert_eq!(each(body, "list[].url"), ["(no word)", "b"]);
    assert_eq!(each(body, "none"), ["(no word)"]);
}

#[test]
fn a_value_knows_its_path() {
    let tree = tree(r#"{"a": [1, {"b\u0063": [[], [2]]}], "videos": [{"url": "x"}, {"url": "y"}]}"#);
    let root = tree.root();
    assert_eq!(root.path(), "");
    assert_eq!(root.at("a").unwrap().path(), "a");
    assert_eq!(root.at("a[].bc").unwrap().path(), "a[1].bc");
    let inner = root.at("a[].bc[]").unwrap();
    assert_eq!(inner.path(), "a[1].bc[0]");
    let mut urls = Vec::new();
    root.each("videos[].url", &mut |value| urls.push(value.path()));
    assert_eq!(urls, ["videos[0].url", "videos[1].url"]);
}

#[test]
fn of_duplicate_keys_the_path_is_the_one_that_a_lookup_finds() {
    let tree = tree(r#"{"a": {"b": 1}, "a": {"b": 2}}"#);
    let found = tree.root().at("a.b").unwrap();
    assert_eq!((found.word(), found.path()), (Some("2"), "a.b".to_owned()));
}

#[test]
fn opens_json_text_in_a_string_in_place() {
    let body = "\u{FEFF}{\"ä\": \"é\", \"detail\": \"{\\\"status\\\": \\\"\\u0066ailed\\\", \\\"n\\\": [1]}\", \"after\": [true]}";
    let closed = tree(body);
    assert_eq!(closed.root().at("detail.status"), None);
    let opened = closed.opened(closed.root().at("detail").unwrap()).unwrap();
    let root = opened.root();
    assert_eq!(root.at("detail.status").unwrap().text(), Some("failed"));
    assert_eq!(root.at("detail.status").unwrap().path(), "detail.status");
    assert_eq!(root.at("detail.n[]").unwrap().word(), Some("1"));
    assert_eq!(root.at("ä").unwrap().text(), Some("é"));
    assert_eq!(root.at("after[]").unwrap().flag(), Some(true));
}

#[test]
fn opens_text_without_escapes_text_in_arrays_and_a_body_that_is_one_string() {
    let numbers = tree(r#"{"rows": ["no", " [1, 2]"]}"#);
    let second = numbers.root().at("rows").unwrap().elements().nth(1).unwrap();
    let opened = numbers.opened(second).unwrap();
    let words: Vec<_> = opened.root().at("rows").unwrap().elements().map(Value::kind).collect();
    assert_eq!(words, [Kind::Plain, Kind::Array]);

    let whole = tree(r#""{\"id\": 7}""#);
    assert_eq!(whole.opened(whole.root()).unwrap().root().at("id").unwrap().word(), Some("7"));
}

#[test]
fn what_was_opened_can_be_opened_again() {
    let inner = r#"{"status": "ok"}"#;
    let middle = format!("{{\"data\": {}}}", serde_json::to_string(inner).unwrap());
    let outer = format!("{{\"data\": {}}}", serde_json::to_string(&middle).unwrap());
    let first = tree(&outer);
    let second = first.opened(first.root().at("data").unwrap()).unwrap();
    let third = second.opened(second.root().at("data.data").unwrap()).unwrap();
    assert_eq!(third.root().at("data.data.status").unwrap().text(), Some("ok"));
}

#[test]
fn a_string_that_is_no_whole_object_or_array_is_not_opened() {
    for text in ["", "7", "null", "true", "\\\"x\\\"", "{", "[1", "{} x", "[1] [2]", "{'a': 1}", "a {}", "\\u00a0{}"] {
        let body = format!("{{\"detail\": \"{text}\"}}");
        let tree = tree(&body);
        assert!(tree.opened(tree.root().at("detail").unwrap()).is_none(), "{body}");
    }
    let tree = tree(r#"{"object": {}, "list": [], "number": 1}"#);
    for key in ["object", "list", "number"] {
        assert!(tree.opened(tree.root().at(key).unwrap()).is_none(), "{key}");
    }
}

#[test]
fn tells_which_keys_it_may_have_at_any_depth() {
    let keys = tree(r#"{"id": 1, "list": [{"u\u0072l": "name"}]}"#).root().keys();
    assert_eq!(keys, KeyFilter::of(b"id").union(KeyFilter::of(b"list")).union(KeyFilter::of(b"url")));
    assert!(keys.may_hold(KeyFilter::NONE) && keys.may_hold(KeyFilter::of(b"list").union(KeyFilter::of(b"url"))));
    assert!(!keys.may_hold(KeyFilter::of(b"list").union(KeyFilter::of(b"name"))));
    assert_eq!(tree("[1]").root().keys(), KeyFilter::NONE);
}
