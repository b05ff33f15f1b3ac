//! The order of keys says nothing, nor do escapes in them: a body whose keys are written otherwise is the same body.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::arithmetic_side_effects, clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]

mod bodies;

use std::fmt::Write;

use bodies::FIXTURES;
use video_task_query::json::{Kind, Tree, Value};

#[test]
fn every_fixture_with_its_keys_sorted_shuffled_or_escaped_is_the_same_task_or_error() {
    let mut checked = 0;
    for fixture in FIXTURES.iter() {
        let Ok(tree) = Tree::parse(&fixture.body) else { continue };
        let expected = fixture.read(&fixture.body);
        for order in [Order::Backwards, Order::Sorted, Order::Escaped].into_iter().chain((1..=6).map(Order::Shuffled)) {
            let mut body = String::new();
            print(tree.root(), &mut Sorter(order), &mut body);
            assert_eq!(fixture.read(body.as_bytes()), expected, "{}, {order:?}: {body}", fixture.name);
            checked += 1;
        }
    }
    assert!(checked > 1000, "only {checked} bodies");
}

#[test]
fn keys_are_really_written_otherwise() {
    let tree = Tree::parse(br#"{"b": {"y": "\n", "x": 1.50}, "a": [true, null], "b": {"y": 2, "x": 3}}"#).unwrap();
    let printed = |order| {
        let mut body = String::new();
        print(tree.root(), &mut Sorter(order), &mut body);
        body
    };
    assert_eq!(printed(Order::Sorted), r#"{"a":[true,null],"b":{"x":3,"y":2}}"#);
    assert_eq!(printed(Order::Backwards), r#"{"b":{"x":3,"y":2},"a":[true,null]}"#);
    assert_eq!(printed(Order::Escaped), r#"{"\u0061":[true,null],"\u0062":{"\u0079":2,"\u0078":3}}"#);
}

#[derive(Clone, Copy, Debug)]
enum Order {
    Backwards,
    Sorted,
    /// The same, each letter an escape.
    Escaped,
    /// The seed, not 0.
    Shuffled(u64),
}

struct Sorter(Order);

impl Sorter {
    fn written(&self, key: &str) -> String {
        match self.0 {
            Order::Escaped => {
                let letters: Vec<String> = key.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
                format!("\"{}\"", letters.concat())
            }
            _ => serde_json::to_string(key).unwrap(),
        }
    }

    fn sort<T>(&mut self, members: &mut [(&str, T)]) {
        match &mut self.0 {
            Order::Backwards => members.reverse(),
            Order::Escaped => {}
            Order::Sorted => members.sort_by_key(|(key, _)| *key),
            Order::Shuffled(seed) => {
                for last in (1..members.len()).rev() {
                    *seed ^= *seed << 13;
                    *seed ^= *seed >> 7;
                    *seed ^= *seed << 17;
                    members.swap(last, usize::try_from(*seed % (last as u64 + 1)).unwrap());
                }
            }
        }
    }
}

/// Prints a value with its keys in another order. Of duplicate keys only the last is kept: the one that counts.
fn print(value: Value<'_>, sorter: &mut Sorter, into: &mut String) {
    match value.kind() {
        Kind::Null => into.push_str("null"),
        Kind::Bool(flag) => write!(into, "{flag}").unwrap(),
        Kind::Number => into.push_str(value.word().unwrap()),
        Kind::Plain | Kind::Escaped(_) => into.push_str(&serde_json::to_string(value.text().unwrap()).unwrap()),
        Kind::Array => {
            into.push('[');
            for (place, element) in value.elements().enumerate() {
                into.push_str(if place == 0 { "" } else { "," });
                print(element, sorter, into);
            }
            into.push(']');
        }
        Kind::Object => {
            let mut members: Vec<(&str, Value<'_>)> = Vec::new();
            for (key, value) in value.members() {
                let key = key.text().unwrap();
                members.retain(|(known, _)| *known != key);
                members.push((key, value));
            }
            sorter.sort(&mut members);
            into.push('{');
            for (place, (key, value)) in members.into_iter().enumerate() {
                into.push_str(if place == 0 { "" } else { "," });
                write!(into, "{}:", sorter.written(key)).unwrap();
                print(value, sorter, into);
            }
            into.push('}');
        }
    }
}
