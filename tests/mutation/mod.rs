//! Bodies that are nearly what a service writes.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};
use video_task_query::json::{Kind, Tree};
use video_task_query::shapes::SHAPES;

use super::bodies::FIXTURES;

/// Begins a string that is printed as it is, without quotation marks: what `serde_json::Value` cannot hold.
const RAW: char = '\u{E000}';

/// What services do write, somewhere, and what nobody should.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "0.5",
    "45",
    "100",
    "101",
    "-0",
    "1e400",
    "-1e400",
    "1e308",
    "1e-400",
    "9007199254740993",
    "12345678901234567890123",
    "1759763631",
    "1759763631.222531",
    "1759763631222",
    "253402300800000",
    "1e18",
    r#""""#,
    r#"" ""#,
    r#""0""#,
    r#""45%""#,
    r#""100%""#,
    r#""-5%""#,
    r#""1e308%""#,
    r#""1280x720""#,
    r#""-1x-1""#,
    r#""1e308x1e308""#,
    r#""1e308""#,
    r#""2025-10-06T15:10:26Z""#,
    r#""2025-09-25 11:07:28.590""#,
    r#""2025-1-6""#,
    r#""0000-00-00 00:00:00""#,
    r#""0000-01-01T00:00:00Z""#,
    r#""1970-01-01""#,
    r#""9999-12-31T23:59:59-23:59""#,
    r#""Content policy violation""#,
    r#""违规""#,
    r#""not found""#,
    r#""\ud83c""#,
    r#""\udfac\u0000""#,
    r#""__proto__""#,
    r#""javascript:alert(1)""#,
    r#""//evil.example/v.mp4""#,
    r#""/\\evil.example""#,
    r#""https://example.com/v.mp4""#,
    r#""HTTPS://example.com/other.mp4""#,
    r#"" https://example.com/v.mp4 ""#,
    r#""https://""#,
    r#""http://a.example/v""#,
    r#""data:video/mp4;base64,AAAA""#,
    r#""data:text/html,x""#,
    r#""gs://bucket/o.mp4""#,
    r#""/v1/videos/x/content""#,
    r#""https://s.example/v?X-Amz-Date=20251001T062941Z&X-Amz-Expires=3600""#,
    r#""https://s.example/v?Expires=1e308""#,
    r#""https://s.example/v?X-Amz-Date=2025100100062941&X-Amz-Expires=-1""#,
    r#""https://s.example/v?token=a.e30.c""#,
    r#""https://s.example/v?X-Goog-Date=20251001T062941Z&X-Goog-Expires=99999999999""#,
    r#""progress: 45%|####""#,
    "{}",
    "[]",
    "[[]]",
    r#"["https://example.com/v.mp4"]"#,
    r#"{"__proto__": {"status": "failed"}}"#,
    r#"{"message": "no", "code": 7}"#,
    r#""{\"status\":\"failed\",\"id\":\"x\"}""#,
    r#""[1""#,
    r#"{"a": 1, "a": 2}"#,
];

/// Every status word of every shape.
static WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| SHAPES.iter().flat_map(|shape| shape.words).flat_map(|(_, words)| words.split(' ')).collect());

/// Every key of every fixture, and some that JavaScript would trip over.
static KEYS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut keys: Vec<String> =
        ["__proto__", "constructor", "toString", "length", "", "a.b", "[]"].map(str::to_owned).into();
    for fixture in FIXTURES.iter() {
        keys.extend(whole(&fixture.body).iter().flat_map(places).filter_map(|place| key(&place)));
    }
    keys.sort();
    keys.dedup();
    keys
});

/// One change to a body.
#[derive(Clone, Debug)]
enum Change {
    Drop,
    Rename(String),
    Put(Value),
    /// Another value of the body takes the place.
    Copy(Index),
    Swap(Index),
    /// A member that no service writes, or writes elsewhere.
    Add(String, Value),
    /// The value moves one or more levels down.
    Nest(Vec<String>),
    /// The value becomes a string that holds its JSON.
    Quote,
}

/// A fixture's place among all, and a body that is nearly its own.
pub fn mutated() -> impl Strategy<Value = (usize, String)> {
    let changes = vec((any::<Index>(), change()), 1..9);
    (0..FIXTURES.len(), changes).prop_filter_map("its body is no JSON", |(at, changes)| {
        let mut body = whole(&FIXTURES[at].body)?;
        for (place, change) in changes {
            let places = places(&body);
            let (place, any) = (place.get(&places).clone(), |other: Index| other.get(&places).clone());
            match change {
                Change::Copy(other) => put(&mut body, &place, |_, from| from, &any(other)),
                Change::Swap(other) => swap(&mut body, &place, &any(other)),
                change => apply(&mut body, &place, change),
            }
        }
        let mut text = String::new();
        print(&body, &mut text);
        Some((at, text))
    })
}

fn change() -> impl Strategy<Value = Change> {
    let key = || select(KEYS.as_slice());
    prop_oneof![
        2 => Just(Change::Drop),
        2 => key().prop_map(Change::Rename),
        6 => value().prop_map(Change::Put),
        2 => any::<Index>().prop_map(Change::Copy),
        2 => any::<Index>().prop_map(Change::Swap),
        4 => (key(), value()).prop_map(|(key, value)| Change::Add(key, value)),
        1 => vec(key(), 1..4).prop_map(Change::Nest),
        1 => Just(Change::Nest(vec!["data".to_owned(); 150])),
        1 => Just(Change::Quote),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => select(VALUES).prop_map(|text| json!(format!("{RAW}{text}"))),
        2 => select(WORDS.as_slice()).prop_map(Value::from),
        1 => any::<f64>().prop_map(|number| json!(number)),
        1 => any::<String>().prop_map(|text| json!(text.trim_start_matches(RAW))),
    ]
}

fn apply(body: &mut Value, place: &str, change: Change) {
    if let Some(value) = body.pointer_mut(place) {
        match change {
            Change::Put(new) => return *value = new,
            Change::Add(key, new) => return drop(value.as_object_mut().map(|members| members.insert(key, new))),
            Change::Nest(keys) => return keys.into_iter().for_each(|key| *value = json!({ key: value.take() })),
            Change::Quote => {
                let mut text = String::new();
                print(value, &mut text);
                return *value = json!(text);
            }
            _ => {}
        }
    }
    let Some((parent, Some(key))) = place.rsplit_once('/').map(|(parent, _)| (parent, key(place))) else { return };
    let Some(members) = body.pointer_mut(parent).and_then(Value::as_object_mut) else { return };
    if let (Some(value), Change::Rename(new)) = (members.remove(&key), change) {
        members.insert(new, value);
    }
}

fn put(body: &mut Value, place: &str, choose: fn(Value, Value) -> Value, other: &str) {
    let from = body.pointer(other).cloned().unwrap_or_default();
    if let Some(value) = body.pointer_mut(place) {
        *value = choose(value.take(), from);
    }
}

fn swap(body: &mut Value, one: &str, other: &str) {
    // One within the other cannot take its place.
    if one.starts_with(other) || other.starts_with(one) {
        return;
    }
    let kept = body.pointer(one).cloned();
    put(body, one, |_, from| from, other);
    if let (Some(value), Some(kept)) = (body.pointer_mut(other), kept) {
        *value = kept;
    }
}

/// The JSON pointers to every value of a body.
fn places(body: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), body)];
    while let Some((place, value)) = open.pop() {
        match value {
            Value::Array(values) => {
                open.extend(values.iter().enumerate().map(|(at, value)| (format!("{place}/{at}"), value)));
            }
            Value::Object(members) => open.extend(
                members
                    .iter()
                    .map(|(key, value)| (format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")), value)),
            ),
            _ => {}
        }
        found.push(place);
    }
    found
}

/// The last key of a JSON pointer.
fn key(place: &str) -> Option<String> {
    place.rsplit_once('/').map(|(_, key)| key.replace("~1", "/").replace("~0", "~"))
}

/// A whole body; its numbers keep their digits.
fn whole(body: &[u8]) -> Option<Value> {
    fn of(value: video_task_query::json::Value<'_>) -> Value {
        match value.kind() {
            Kind::Null => Value::Null,
            Kind::Bool(flag) => json!(flag),
            Kind::Number => json!(format!("{RAW}{}", value.word().unwrap())),
            Kind::Plain | Kind::Escaped(_) => json!(value.text().unwrap()),
            Kind::Array => value.elements().map(of).collect(),
            Kind::Object => value.members().map(|(key, value)| (key.text().unwrap().to_owned(), of(value))).collect(),
        }
    }
    Tree::parse(body).ok().map(|tree| of(tree.root()))
}

fn print(value: &Value, into: &mut String) {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    match value {
        Value::String(text) => into.push_str(&text.strip_prefix(RAW).map_or_else(|| quoted(text), str::to_owned)),
        Value::Array(values) => {
            into.push('[');
            for (at, value) in values.iter().enumerate() {
                into.push_str(if at == 0 { "" } else { "," });
                print(value, into);
            }
            into.push(']');
        }
        Value::Object(members) => print_members(members, into),
        other => into.push_str(&other.to_string()),
    }
}

fn print_members(members: &Map<String, Value>, into: &mut String) {
    into.push('{');
    for (at, (key, value)) in members.iter().enumerate() {
        into.push_str(if at == 0 { "" } else { "," });
        into.push_str(&serde_json::to_string(key).unwrap());
        into.push(':');
        print(value, into);
    }
    into.push('}');
}
