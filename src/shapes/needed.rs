//! What must be in a body that has a row of marks. Most rows of most shapes are done with by this alone.
//!
//! All of it is worked out by the compiler.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "the compiler refuses what overflows or lies outside, and its constants know no iterators"
)]

use super::table::{Mark, Shape};
use crate::json::KeyFilter;

/// How many rows of marks shapes have.
pub const fn count(shapes: &[&Shape]) -> usize {
    let (mut rows, mut at) = (0, 0);
    while at < shapes.len() {
        rows += shapes[at].marks.len();
        at += 1;
    }
    rows
}

/// The keys without which no body has a row, for each row of each shape in order.
pub const fn needed<const ROWS: usize>(shapes: &[&Shape]) -> [KeyFilter; ROWS] {
    let mut needed = [KeyFilter::NONE; ROWS];
    let (mut row, mut at) = (0, 0);
    while at < shapes.len() {
        let (marks, mut of_shape) = (shapes[at].marks, 0);
        while of_shape < marks.len() {
            needed[row] = by_row(marks[of_shape]);
            row += 1;
            of_shape += 1;
        }
        at += 1;
    }
    needed
}

const fn by_row(marks: &[Mark]) -> KeyFilter {
    let (mut names, mut at) = (KeyFilter::NONE, 0);
    while at < marks.len() {
        names = names.union(match marks[at] {
            Mark::Has(paths) | Mark::Scalar(paths) | Mark::Word(paths) => on_paths(paths, false),
            Mark::Is(rule) | Mark::IsNot(rule) | Mark::Holds(rule) => on_paths(rule, true),
            Mark::Lacks(_) | Mark::Empty(_) | Mark::Fine(_) | Mark::Unless(_) | Mark::InEnvelope | Mark::Refusal(_) => {
                KeyFilter::NONE
            }
        });
        at += 1;
    }
    names
}

/// The keys on the way of paths with spaces between, or of the first one alone.
const fn on_paths(paths: &str, is_first_alone: bool) -> KeyFilter {
    let (bytes, mut names, mut start, mut end) = (paths.as_bytes(), KeyFilter::NONE, 0, 0);
    while end <= bytes.len() {
        let is_end = end == bytes.len();
        if is_end || matches!(bytes[end], b' ' | b'.' | b'[') {
            if end > start {
                names = names.union(KeyFilter::of(bytes.split_at(end).0.split_at(start).1));
            }
            if !is_end && bytes[end] == b' ' && is_first_alone {
                return names;
            }
            // Behind `[` comes `]`.
            start = if !is_end && bytes[end] == b'[' { end + 2 } else { end + 1 };
        }
        end += 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shapes::Mark::*;

    #[test]
    fn takes_each_name_on_the_way_of_what_must_be_there() {
        let all =
            |names: &[&str]| names.iter().fold(KeyFilter::NONE, |all, name| all.union(KeyFilter::of(name.as_bytes())));
        assert_eq!(by_row(&[Has("id urls[]"), Word("data.status")]), all(&["id", "urls", "data", "status"]));
        assert_eq!(by_row(&[Scalar("list[].deep.url []. name")]), all(&["list", "deep", "url", "name"]));
        assert_eq!(
            by_row(&[Is("state.name done ok"), IsNot("code 0 200"), Holds("id task_")]),
            all(&["state", "name", "code", "id"])
        );
        assert_eq!(by_row(&[Lacks("error"), Empty("detail"), InEnvelope]), KeyFilter::NONE);
    }
}
