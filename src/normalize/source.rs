//! Looking fields up by a shape's table, with the trail kept on the way.

use crate::json::Value;
use crate::shapes::{Field, Recognised, Shape, recognise};
use crate::trail::Trail;
use crate::words::parts;

/// The values that a shape's table finds in a body, and the trail of their reading.
pub struct Source<'t, 'r> {
    shape: &'static Shape,
    /// Every row that has a value other than null, in the order of the table.
    rows: Vec<(Field, Value<'t>)>,
    trail: &'r mut Trail,
}

impl<'t, 'r> Source<'t, 'r> {
    pub fn new(found: &Recognised<'t>, trail: &'r mut Trail) -> Self {
        let mut rows = rows_of(found);
        if let Some(inner) = found.shape.inner.and_then(|path| found.task.at(path)) {
            let fills = |(field, _): &(Field, Value<'t>)| field.is_about_the_video();
            rows.extend(recognise(inner, None).iter().flat_map(rows_of).filter(fills));
        }
        Self { shape: found.shape, rows, trail }
    }

    pub fn shape(&self) -> &'static Shape {
        self.shape
    }

    /// The rows of some fields.
    pub fn rows(&self, wanted: fn(Field) -> bool) -> Vec<(Field, Value<'t>)> {
        self.rows.iter().copied().filter(|(field, _)| wanted(*field)).collect()
    }

    /// The first value of a field that is accepted.
    pub fn find(&self, wanted: Field, accept: &mut dyn FnMut(Value<'t>) -> bool) -> Option<Value<'t>> {
        let fits = |row: &&(Field, Value<'t>)| row.0 == wanted && accept(row.1);
        self.rows.iter().find(fits).map(|row| row.1)
    }

    /// The first value of a field that `read` can read as a number.
    pub fn read(&mut self, field: Field, name: &'static str, read: &dyn Fn(Value<'t>) -> Option<f64>) -> Option<f64> {
        let found = self.find(field, &mut |value| read(value).is_some())?;
        self.note(name, found, None);
        read(found)
    }

    /// The first number of a field that is not below zero.
    pub fn number(&mut self, field: Field, name: &'static str) -> Option<f64> {
        self.read(field, name, &|value| value.number().filter(|number| *number >= 0.0))
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

    /// Notes what is not used.
    pub fn ignore(&mut self, value: Value<'_>, why: &'static str) {
        self.trail.ignore(value, why);
    }
}

/// Far more than any task has renditions.
const MOST_ROWS: usize = 1000;

/// Every row of a shape's table that has a value other than null.
fn rows_of<'t>(found: &Recognised<'t>) -> Vec<(Field, Value<'t>)> {
    let mut rows = Vec::with_capacity(found.shape.fields.len());
    let mut parents = Parents::default();
    for (field, paths) in found.shape.fields {
        for path in parts(paths, b' ') {
            let (start, path) = match path.strip_prefix('^') {
                Some(path) => (found.body, path),
                None => (found.task, path),
            };
            parents.each(start, path, &mut |value| {
                // Each URL is compared with each: a list without end must not take time without end.
                if !value.is_null() && rows.len() < MOST_ROWS {
                    rows.push((*field, value));
                }
            });
        }
    }
    rows
}

/// Objects that rows of a table have in common, looked up once.
#[derive(Default)]
struct Parents<'t>(Vec<(&'static str, Value<'t>, Option<Value<'t>>)>);

impl<'t> Parents<'t> {
    /// What [`Value::each`] does.
    fn each(&mut self, start: Value<'t>, path: &'static str, visit: &mut dyn FnMut(Value<'t>)) {
        let Some((parent, key)) = path.rsplit_once('.').filter(|(parent, _)| !parent.contains('[')) else {
            return start.each(path, visit);
        };
        let known = self.0.iter().find(|(path, from, _)| *path == parent && *from == start);
        let object = if let Some((_, _, object)) = known {
            *object
        } else {
            let object = start.at(parent);
            self.0.push((parent, start, object));
            object
        };
        if let Some(object) = object {
            object.each(key, visit);
        }
    }
}
