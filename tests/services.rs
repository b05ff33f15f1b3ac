//! The README's table of services and words, made from the shape tables.
//!
//! `UPDATE_README=1 cargo test --test services` writes it anew.
#![cfg(not(target_arch = "wasm32"))]

use std::error::Error;
use std::fmt::Write;
use std::fs;

use video_task_query::shapes::{Field, SHAPES, Shape, Unit};

const START: &str = "<!-- services:start -->\n";
const END: &str = "<!-- services:end -->";

#[test]
fn the_readme_shows_the_shapes_as_they_are() -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = fs::read_to_string(path)?;
    let (before, rest) = readme.split_once(START).ok_or("README.md has no services:start")?;
    let (shown, after) = rest.split_once(END).ok_or("README.md has no services:end")?;
    let table = table()?;
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(path, [before, START, &table, END, after].concat())?;
        return Ok(());
    }
    assert_eq!(shown, table, "run `UPDATE_README=1 cargo test --test services`");
    Ok(())
}

fn table() -> Result<String, std::fmt::Error> {
    let mut table = String::from("| shape | words | progress | video at |\n|---|---|---|---|\n");
    let known: Vec<_> = SHAPES.iter().filter(|shape| shape.name != "unknown").collect();
    // A shape has a second table for words that say less.
    for tables in known.chunk_by(|one, next| one.name == next.name) {
        let Some(shape) = tables.first() else { continue };
        let (words, progress, videos) = (words(tables), progress(shape), videos(shape));
        writeln!(table, "| {} | {words} | {progress} | {videos} |", shape.name)?;
    }
    Ok(table)
}

fn words(tables: &[&&Shape]) -> String {
    let words = tables.iter().flat_map(|table| table.words);
    let mut groups: Vec<String> = words.map(|(status, words)| group(words, status.name())).collect();
    for table in tables {
        for (words, meaning) in [(table.ended, "ended: the rest says how"), (table.missing, "not found")] {
            if !words.is_empty() {
                groups.push(group(words, meaning));
            }
        }
    }
    groups.join(" · ")
}

fn group(words: &str, meaning: &str) -> String {
    let words: Vec<String> =
        words.split(' ').map(|word| if word == "-" { "no word".to_owned() } else { format!("`{word}`") }).collect();
    format!("{} → {meaning}", words.join(" "))
}

fn progress(shape: &Shape) -> String {
    let unit = |field: Field| match field {
        Field::Progress(Unit::Percent) => Some("0 to 100"),
        Field::Progress(Unit::Fraction) => Some("0 to 1"),
        Field::Progress(Unit::LastPercent) => Some("last NN%"),
        _ => None,
    };
    let rows = shape.fields.iter().filter_map(|(field, paths)| Some((unit(*field)?, paths)));
    let rows = rows.flat_map(|(unit, paths)| paths.split(' ').map(move |path| format!("`{path}` {unit}")));
    or_dash(&rows.collect::<Vec<_>>())
}

fn videos(shape: &Shape) -> String {
    let is_video = |field: &Field| {
        matches!(field, Field::Video(_) | Field::Output | Field::OutputOnceCompleted | Field::VideoBytes)
    };
    let rows = shape.fields.iter().filter(|(field, _)| is_video(field));
    let mut paths: Vec<String> = rows.flat_map(|(_, paths)| paths.split(' ')).map(|path| format!("`{path}`")).collect();
    paths.extend(shape.inner.map(|path| format!("what stands in `{path}`")));
    paths.extend(shape.content_path.map(|path| format!("served at `{path}`")));
    or_dash(&paths)
}

fn or_dash(parts: &[String]) -> String {
    if parts.is_empty() { "-".to_owned() } else { parts.join(", ") }
}
