//! Every body in `tests/fixtures` against the Task or error that was written beside it by hand, a test each.
//!
//! The same files run again through the built package in `tests/node/fixtures.test.js`.

#![allow(clippy::indexing_slicing, reason = "serde_json gives null for what is not there")]
#![allow(clippy::unwrap_used, reason = "tests")]
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

#[allow(dead_code, reason = "here each fixture is a test, with all that is expected of it")]
mod bodies;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bodies::{body_of, listed};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Map, Value, json};
use video_task_query::endpoint::Base;
use video_task_query::json::Tree;
use video_task_query::{Answer, Asked, explain_task, read_answer};

/// The instant of every answer here: fixtures with dates in `retry-after` count from it.
const NOW: f64 = 1_763_596_800_000.0;

fn main() {
    let root = Path::new("tests/fixtures");
    let mut trials = Vec::new();
    for shape in listed(root) {
        for expectation in listed(&shape) {
            let Some(stem) = expectation.to_str().and_then(|path| path.strip_suffix(".expect.json")) else { continue };
            let name = stem.strip_prefix(&format!("{}/", root.display())).unwrap_or(stem).to_owned();
            trials.push(Trial::test(name, move || check(&expectation).map_err(Failed::from)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(expectation: &Path) -> Result<(), String> {
    let expected: Value = serde_json::from_slice(&read(expectation)?).map_err(|error| error.to_string())?;
    let body = body_of(expectation).ok_or("the body belongs beside its expectation")?;
    let body = read(&body)?;
    let (asked, http) = (&expected["ask"], &expected["http"]);
    let base = asked["baseUrl"].as_str().map(Base::new).transpose().map_err(|error| error.message)?;
    let answer = Answer {
        status: http["status"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(200),
        header: &|name| http["headers"][name].as_str().map(str::to_owned),
        body: &body.as_slice().into(),
        now: NOW,
        secrets: &[],
        is_keyless: false,
    };
    let asked = Asked { id: asked["id"].as_str(), origin: base.as_ref().map(Base::origin) };
    let result = match read_answer(&answer, asked) {
        Ok(task) => json!({ "task": task }),
        Err(error) => json!({ "error": error }),
    };
    let kind = if expected["task"].is_null() { "error" } else { "task" };
    if result[kind].is_null() {
        return Err(format!("expected the {kind} {:#}, got {result:#}", expected[kind]));
    }
    let wanted = members(&expected[kind]);
    let mut got = members(&result[kind]);
    if kind == "error" {
        // The sentence for people has tests of its own.
        got.remove("message");
    }
    let names: BTreeSet<_> = wanted.keys().chain(got.keys()).collect();
    let differing: Vec<String> = names
        .into_iter()
        .filter(|name| wanted.get(*name).map(comparable) != got.get(*name).map(comparable))
        .map(|name| format!("{name}: expected {:?}, got {:?}", wanted.get(name), got.get(name)))
        .collect();
    if !differing.is_empty() {
        return Err(differing.join("\n"));
    }
    let stands_alone = answer.status == 200 && kind == "task";
    if stands_alone { check_explanation(&body, asked, &wanted, &expected["ignored"]) } else { Ok(()) }
}

/// Words that tell no step inside `processing`.
const SETTLED: [&str; 3] = ["pending", "queued", "processing"];

/// Every field that has a value is explained by a path that holds it, and what is expected to be ignored is.
fn check_explanation(body: &[u8], asked: Asked<'_>, task: &Map<String, Value>, ignored: &Value) -> Result<(), String> {
    let told = explain_task(&body.into(), asked).map_err(|error| error.message)?;
    for name in task.keys().filter(|name| has_value(&task[*name])) {
        if !told.fields.iter().any(|row| row.field == *name || row.field.starts_with(&format!("{name}["))) {
            let part_of_error = name == "error" && told.fields.iter().any(|row| row.field == "error.reason");
            if !part_of_error {
                return Err(format!("{name} is not explained"));
            }
        }
    }
    for (index, warning) in told.task.warnings.iter().enumerate() {
        let name = format!("warnings[{index}]");
        if !told.fields.iter().any(|row| row.field == name && row.note.as_deref() == Some(warning.code)) {
            return Err(format!("{name} is not explained"));
        }
    }
    let tree = Tree::parse(body).map_err(|error| format!("{error:?}"))?;
    for row in told.fields.iter().filter(|row| !row.path.is_empty()) {
        let Some(value) = standing_at(tree.root(), &row.path) else {
            // Inside a string that holds JSON, which only the library opens.
            continue;
        };
        let text = task.get(&row.field).and_then(Value::as_str);
        let holds_it = match (text, row.field.as_str()) {
            // Words of a shape's own.
            (Some(_), "status") | (None, _) => !value.is_null(),
            (Some(_), "stage") => value.word().is_some_and(|word| !SETTLED.contains(&word)),
            (Some(text), _) => {
                value.word().is_some_and(|word| text.ends_with(word.trim()) || word.starts_with("gs://"))
            }
        };
        let holds_bytes = row.note.as_deref() == Some("the best of the videos") && value.text().is_some();
        if !holds_it && !holds_bytes {
            return Err(format!("{}: {} holds {:?}, not {text:?}", row.field, row.path, value.word()));
        }
    }
    let missing = ignored.as_array().into_iter().flatten().filter_map(Value::as_str);
    match missing.into_iter().find(|path| !told.ignored.iter().any(|row| row.path == *path)) {
        Some(path) => Err(format!("{path} is not among the ignored: {:?}", told.ignored)),
        None => Ok(()),
    }
}

fn has_value(value: &Value) -> bool {
    !value.is_null() && *value != json!("") && *value != json!([])
}

/// The value at a path with positions, such as `videos[1].url`.
fn standing_at<'t>(root: video_task_query::json::Value<'t>, path: &str) -> Option<video_task_query::json::Value<'t>> {
    let mut here = root;
    for step in path.split('.') {
        let mut parts = step.split('[');
        let key = parts.next()?;
        here = if key.is_empty() { here } else { here.get(key)? };
        for position in parts {
            here = here.elements().nth(position.strip_suffix(']')?.parse().ok()?)?;
        }
    }
    Some(here)
}

fn members(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

/// JSON knows one kind of number: 1 and 1.0 are the same.
fn comparable(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(values) => values.iter().map(comparable).collect(),
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), comparable(value))).collect(),
        other => other.clone(),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}
