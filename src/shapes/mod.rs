//! The wire shapes: one file each, mostly a table of paths and words.
//!
//! A new shape is one new file, one line in [`SHAPES`], and fixtures. The truth rules that all shapes share are in
//! [`crate::normalize`].

mod openai;
mod table;
mod unified;
mod unknown;

use crate::json::Value;

pub use table::{Field, Mark, Shape, Unit};

/// Every shape, in the order in which they are tried: the one that asks for the most first.
pub const SHAPES: &[&Shape] = &[&openai::SHAPE, &unified::SHAPE, &unknown::SHAPE];

/// A body, and the shape that it was recognised as.
#[derive(Clone, Copy, Debug)]
pub struct Recognised<'t> {
    /// Its table.
    pub shape: &'static Shape,
    /// The row of marks that it has.
    pub marks: &'static [Mark],
    /// The whole body.
    pub body: Value<'t>,
    /// The task in it.
    pub task: Value<'t>,
}

/// Recognises a body: the first shape, at the first place, that has all the marks of a row.
#[must_use]
pub fn recognise(body: Value<'_>) -> Option<Recognised<'_>> {
    SHAPES.iter().find_map(|shape| {
        let places = shape.roots.iter().filter_map(|root| body.at(root));
        places.into_iter().find_map(|task| {
            let has_all = |marks: &&&'static [Mark]| marks.iter().all(|mark| mark.is_on(task, shape));
            let marks = shape.marks.iter().find(has_all)?;
            Some(Recognised { shape, marks, body, task })
        })
    })
}
