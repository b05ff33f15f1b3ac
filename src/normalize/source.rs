//! Looking fields up by a shape's table, with the trail kept on the way.

use crate::json::Value;
use crate::shapes::{Field, Recognised, Shape};
use crate::trail::Trail;

/// A recognised body and the trail of its reading.
pub struct Source<'t, 'r> {
    found: &'r Recognised<'t>,
    trail: &'r mut Trail,
}

impl<'t, 'r> Source<'t, 'r> {
    pub fn new(found: &'r Recognised<'t>, trail: &'r mut Trail) -> Self {
        Self { found, trail }
    }

    pub fn shape(&self) -> &'static Shape {
        self.found.shape
    }

    /// Calls `visit` with every row of the table that has a value other than null, in the order of the table.
    pub fn each(&self, visit: &mut dyn FnMut(Field, Value<'t>)) {
        for (field, path) in self.found.shape.fields {
            let (start, path) = match path.strip_prefix('^') {
                Some(path) => (self.found.body, path),
                None => (self.found.task, *path),
            };
            start.each(path, &mut |value| {
                if !value.is_null() {
                    visit(*field, value);
                }
            });
        }
    }

    /// The first value of a field that is accepted.
    pub fn find(&self, wanted: Field, accept: &mut dyn FnMut(Value<'t>) -> bool) -> Option<Value<'t>> {
        let mut found = None;
        self.each(&mut |field, value| {
            if field == wanted && found.is_none() && accept(value) {
                found = Some(value);
            }
        });
        found
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
    pub fn word(&mut self, field: Field, name: &'static str) -> Option<String> {
        let (word, found) = self.word_that(field, &|_| true)?;
        self.note(name, found, None);
        Some(word)
    }

    /// The first text or number of a field that is not empty and fits, and where it stands.
    pub fn word_that(&self, field: Field, fits: &dyn Fn(&str) -> bool) -> Option<(String, Value<'t>)> {
        let found = self.find(field, &mut |value| value.word().is_some_and(|word| !word.is_empty() && fits(&word)))?;
        Some((found.word()?.into_owned(), found))
    }

    /// The first `true` or `false` of a field.
    pub fn flag(&self, field: Field) -> Option<bool> {
        self.find(field, &mut |value| value.flag().is_some())?.flag()
    }

    /// Notes where a field came from.
    pub fn note(&mut self, field: &'static str, from: Value<'_>, why: Option<&'static str>) {
        self.trail.field(field, from, why);
    }

    /// Notes what is not used.
    pub fn ignore(&mut self, value: Value<'_>, why: &'static str) {
        self.trail.ignore(value, why);
    }
}
