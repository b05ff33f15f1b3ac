//! The README's table of services and words, made from the shape tables.
//!
//! `UPDATE_README=1 cargo test --test services` writes it anew.
#![cfg(not(target_arch = "wasm32"))]

use std::error::Error;
use std::fmt::Write;
use std::fs;

use video_task_query::shapes::{Field, SHAPES, Shape, Unit};
use video_task_query::words::same;

const START: &str = "<!-- services:start -->\n";
const END: &str = "<!-- services:end -->";

#[test]
fn the_readme_shows_the_shapes_as_they_are() -> Result<(), Box<dyn Error>> {
    let path = "README.md";
    let readme = fs::read_to_string(path)?;
    let (before, rest) = readme.split_once(START).ok_or("README.md has no services:start")?;
    let (shown, after) = rest.split_once(END).ok_or("README.md has no services:end")?;
    let table = table()?;
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, [before, START, &table, END, after].concat())?;
        return Ok(());
    }
    let advice = "the README differs: if you meant the change, run `UPDATE_README=1 cargo test --test services`";
    for (shown, row) in shown.lines().zip(table.lines()) {
        assert_eq!(shown, row, "{advice}");
    }
    assert!(shown == table, "{advice}");
    Ok(())
}

fn table() -> Result<String, std::fmt::Error> {
    let mut table = String::from("| shape | words | progress | video at |\n|---|---|---|---|\n");
    let names = SHAPES.iter().map(|shape| shape.name).filter(|name| *name != "unknown");
    for name in distinct(names, |one, other| one == other) {
        // A shape may have another table, for bodies of its that say less.
        let tables: Vec<&Shape> = SHAPES.iter().copied().filter(|shape| shape.name == name).collect();
        let (words, progress, videos) = (words(&tables), progress(&tables), videos(&tables));
        writeln!(table, "| {name} | {words} | {progress} | {videos} |")?;
    }
    Ok(table)
}

fn words(tables: &[&Shape]) -> String {
    let statuses = tables.iter().flat_map(|table| table.words).map(|(status, words)| (status.name(), *words));
    let ends =
        tables.iter().flat_map(|table| [("ended: the rest says how", table.ended), ("not found", table.missing)]);
    let rows: Vec<(&str, &str)> = statuses.chain(ends).filter(|(_, words)| !words.is_empty()).collect();
    let meanings = distinct(rows.iter().map(|(meaning, _)| *meaning), |one, other| one == other);
    let groups = meanings.iter().map(|meaning| {
        let words = rows.iter().filter(|(of, _)| of == meaning).flat_map(|(_, words)| words.split(' '));
        group(&distinct(words, |one, other| same(one, other)), meaning)
    });
    groups.collect::<Vec<_>>().join(" · ")
}

fn group(words: &[&str], meaning: &str) -> String {
    let words: Vec<String> =
        words.iter().map(|word| if *word == "-" { "no word".to_owned() } else { format!("`{word}`") }).collect();
    format!("{} → {meaning}", words.join(" "))
}

fn progress(tables: &[&Shape]) -> String {
    let unit = |field: Field| match field {
        Field::Progress(Unit::Percent) => Some("0 to 100"),
        Field::Progress(Unit::Fraction) => Some("0 to 1"),
        Field::Progress(Unit::LastPercent) => Some("last NN%"),
        _ => None,
    };
    let fields = tables.iter().flat_map(|table| table.fields);
    let rows = fields.filter_map(|(field, paths)| Some((unit(*field)?, paths)));
    let rows = rows.flat_map(|(unit, paths)| paths.split(' ').map(move |path| format!("`{path}` {unit}")));
    or_dash(rows.collect())
}

fn videos(tables: &[&Shape]) -> String {
    let is_video = |field: &Field| {
        matches!(field, Field::Video(_) | Field::Output | Field::OutputOnceCompleted | Field::VideoBytes)
    };
    let rows = tables.iter().flat_map(|table| table.fields).filter(|(field, _)| is_video(field));
    let mut paths: Vec<String> = rows.flat_map(|(_, paths)| paths.split(' ')).map(|path| format!("`{path}`")).collect();
    paths.extend(tables.iter().filter_map(|table| Some(format!("what stands in `{}`", table.inner?))));
    paths.extend(tables.iter().filter_map(|table| Some(format!("served at `{}`", table.content_path?))));
    or_dash(paths)
}

fn or_dash(parts: Vec<String>) -> String {
    if parts.is_empty() { "-".to_owned() } else { distinct(parts, |one, other| one == other).join(", ") }
}

/// The first of those that are the same, in their order.
fn distinct<T>(items: impl IntoIterator<Item = T>, is_same: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut known: Vec<T> = Vec::new();
    for item in items {
        if !known.iter().any(|other| is_same(other, &item)) {
            known.push(item);
        }
    }
    known
}
