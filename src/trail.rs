//! What the reading of a body remembers of itself: where each field came from, and what was passed over.
//!
//! It is written by the same run that makes the [`Task`](crate::Task), so that an explanation cannot differ from it.

use crate::json::Value;
use crate::words::{digits, joined};

/// A trail, kept only where somebody asked for it.
#[derive(Debug, Default)]
pub struct Trail {
    kept: bool,
    /// How many warnings were noted.
    warned: usize,
    /// Fields that have a value. Of several rows for one field the last one counts.
    pub fields: Vec<Origin>,
    /// What holds a value that was not used.
    pub ignored: Vec<Ignored>,
}

/// Where a field came from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Origin {
    /// The name of the field in JavaScript.
    pub field: String,
    /// The path in the body; empty for what follows from something else.
    pub path: String,
    /// The rule, where there is one to tell.
    pub note: Option<String>,
}

/// What was not used.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Ignored {
    /// The path in the body.
    pub path: String,
    /// The rule.
    pub why: &'static str,
}

impl Trail {
    /// A trail that is kept.
    #[must_use]
    pub fn kept() -> Self {
        Self { kept: true, ..Self::default() }
    }

    /// Whether anybody will read it.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        self.kept
    }

    /// A field has its value from here.
    pub fn field(&mut self, field: &str, from: Value<'_>, note: Option<&str>) {
        if self.kept {
            self.add(field, from.path(), note);
        }
    }

    /// A field has a value that stands nowhere in the body.
    pub fn derived(&mut self, field: &str, note: &str) {
        if self.kept {
            self.add(field, String::new(), Some(note));
        }
    }

    /// A warning is given, in the order of the task's. It is about what stands here, if anywhere.
    pub fn warning(&mut self, from: Option<Value<'_>>, code: &str) {
        if self.kept {
            let name = joined(&["warnings[", &digits(self.warned), "]"]);
            self.add(&name, from.map(Value::path).unwrap_or_default(), Some(code));
            self.warned = self.warned.saturating_add(1);
        }
    }

    /// A value is not used.
    pub fn ignore(&mut self, value: Value<'_>, why: &'static str) {
        if self.kept {
            self.ignored.push(Ignored { path: value.path(), why });
        }
    }

    fn add(&mut self, field: &str, path: String, note: Option<&str>) {
        self.fields.push(Origin { field: field.to_owned(), path, note: note.map(str::to_owned) });
    }
}
