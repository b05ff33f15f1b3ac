//! Looking fields up by a shape's table, with the trail kept on the way.

use crate::instant::instant;
use crate::json::{Value, number};
use crate::reason::reason;
use crate::shapes::{Field, RELAYS, Recognised, Shape};
use crate::task::Reason;
use crate::trail::Trail;
use crate::words::split;

/// The values that a shape's table finds in a body, and the trail of their reading.
pub struct Source<'t, 'r> {
    shape: &'static Shape,
    rows: &'r [(Field, Value<'t>)],
    trail: &'r mut Trail,
}

impl<'t, 'r> Source<'t, 'r> {
    pub fn new(shape: &'static Shape, rows: &'r [(Field, Value<'t>)], trail: &'r mut Trail) -> Self {
        Self { shape, rows, trail }
    }

    pub fn shape(&self) -> &'static Shape {
        self.shape
    }

    /// Every row that has a value other than null, in the order of the table.
    pub fn rows(&self) -> &'r [(Field, Value<'t>)] {
        self.rows
    }

    /// The first value of a field that is accepted.
    pub fn find(&self, wanted: Field, accept: &mut dyn FnMut(Value<'t>) -> bool) -> Option<Value<'t>> {
        let fits = |row: &&(Field, Value<'t>)| row.0 == wanted && accept(row.1);
        self.rows.iter().find(fits).map(|row| row.1)
    }

    /// The first value of a field that `read` can read as a number.
    pub fn read(&mut self, field: Field, name: &'static str, read: &dyn Fn(Value<'t>) -> Option<f64>) -> Option<f64> {
        let mut number = None;
        let found = self.find(field, &mut |value| {
            number = read(value);
            number.is_some()
        })?;
        self.note(name, found, None);
        number
    }

    /// The first instant of a field.
    pub fn instant(&mut self, field: Field, name: &'static str) -> Option<f64> {
        let zone = self.shape.zone_hours;
        self.read(field, name, &|value| instant(value, zone))
    }

    /// The first number of a field that is not below zero.
    pub fn number(&mut self, field: Field, name: &'static str) -> Option<f64> {
        self.read(field, name, &|value| value.number().filter(|number| *number >= 0.0))
    }

    /// The first number of a field that is above zero: a size that is not known yet is none.
    pub fn extent(&mut self, field: Field, name: &'static str) -> Option<f64> {
        self.read(field, name, &|value| value.number().filter(|number| *number > 0.0))
    }

    /// The first length of time of a field, in seconds, with or without an `s`.
    pub fn seconds(&mut self, field: Field, name: &'static str) -> Option<f64> {
        self.read(field, name, &|value| {
            let text = value.word()?.trim_ascii();
            number::parse(text.strip_suffix('s').unwrap_or(text)).filter(|seconds| *seconds > 0.0)
        })
    }

    /// The first text or number of a field that is not empty.
    pub fn word(&mut self, field: Field, name: &'static str) -> Option<&'t str> {
        let (word, found) = self.word_that(field, &|_| true)?;
        self.note(name, found, None);
        Some(word)
    }

    /// The first text or number of a field that is not empty and fits, and where it stands.
    pub fn word_that(&self, field: Field, fits: &dyn Fn(&str) -> bool) -> Option<(&'t str, Value<'t>)> {
        let found = self.find(field, &mut |value| value.word().is_some_and(|word| !word.is_empty() && fits(word)))?;
        Some((found.word()?, found))
    }

    /// The first `true` or `false` of a field.
    pub fn flag(&self, field: Field) -> Option<bool> {
        self.find(field, &mut |value| value.flag().is_some())?.flag()
    }

    /// Whether the notes are kept: words for them alone need not be made otherwise.
    pub fn is_explained(&self) -> bool {
        self.trail.is_kept()
    }

    /// Notes where a field came from.
    pub fn note(&mut self, field: &str, from: Value<'_>, why: Option<&str>) {
        self.trail.field(field, from, why);
    }

    /// Notes that a field follows from something else.
    pub fn derived(&mut self, field: &str, why: &str) {
        self.trail.derived(field, why);
    }

    /// Notes a warning, in the order of the task's.
    pub fn warning(&mut self, from: Option<Value<'_>>, code: &str) {
        self.trail.warning(from, code);
    }

    /// Notes what is not used.
    pub fn ignore(&mut self, value: Value<'_>, why: &'static str) {
        self.trail.ignore(value, why);
    }
}

/// Far more than any task has renditions.
const MOST_ROWS: usize = 200;

/// Every row of a shape's table that has a value other than null, and behind them those of the answers inside.
pub fn rows_of<'t>(found: &Recognised<'t>) -> Vec<(Field, Value<'t>)> {
    let mut rows = Vec::new();
    collect(found, &mut rows, |_| true);
    for inner in found.answers_inside() {
        let mut of_inner = Vec::new();
        collect(&inner, &mut of_inner, Field::is_about_the_video);
        // A relay's own table names some of them, too.
        of_inner.retain(|row| !rows.contains(row));
        rows.append(&mut of_inner);
        if inner.has_failed() && !rows.iter().any(says_why) {
            collect(&inner, &mut rows, |field| matches!(field, Field::ErrorCode | Field::ErrorText));
        }
    }
    rows
}

/// What stands where relays put their videos, whatever the shape, and so in the answers inside.
pub fn rows_of_relays<'t>(found: &Recognised<'t>) -> Vec<(Field, Value<'t>)> {
    let mut rows = Vec::new();
    let wanted = |field| matches!(field, Field::Video(_) | Field::Output | Field::OutputOnceCompleted);
    collect(&Recognised { shape: RELAYS, ..*found }, &mut rows, wanted);
    for inner in found.answers_inside() {
        collect(&Recognised { shape: RELAYS, ..inner }, &mut rows, wanted);
    }
    rows
}

/// Whether a row says clearly why a task failed.
fn says_why((field, value): &(Field, Value<'_>)) -> bool {
    *field == Field::ErrorText && reason(None, value.text()) != Reason::Unknown
}

fn collect<'t>(found: &Recognised<'t>, rows: &mut Vec<(Field, Value<'t>)>, wanted: fn(Field) -> bool) {
    for (field, paths) in found.shape.fields.iter().filter(|(field, _)| wanted(*field)) {
        for path in split(paths, b' ') {
            let (start, path) = match path.strip_prefix('^') {
                Some(path) => (found.body, path),
                None => (found.task, path),
            };
            // Each URL is compared with each: a list without end must not take time without end.
            let most = rows.len().saturating_add(MOST_ROWS);
            start.each(path, &mut |value| {
                if !value.is_null() && rows.len() < most {
                    rows.push((*field, value));
                }
            });
        }
    }
}
