//! Looking things up in a tree.

use std::borrow::Cow;

use super::{KeyFilter, Kind, Node, Tree, number};
use crate::part::Part;
use crate::words::{digits, joined, split_at_mark};

/// Far more than any service writes into an object. A compressed answer of some KB could hold so many that looking them
/// up again and again takes half a minute.
const MOST_MEMBERS: u32 = 200_000;

/// One value of a tree. Copies are cheap; looking up what is not there gives nothing, never an error.
#[derive(Clone, Copy, Debug)]
pub struct Value<'t> {
    tree: &'t Tree,
    index: u32,
}

impl<'t> Value<'t> {
    pub(super) fn new(tree: &'t Tree, index: u32) -> Self {
        Self { tree, index }
    }

    /// What kind of value this is.
    #[must_use]
    pub fn kind(self) -> Kind {
        self.node().map_or(Kind::Null, |node| node.kind)
    }

    /// `null`, or nothing at all.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.kind() == Kind::Null
    }

    /// `null`, a text or an array with nothing in it, or an object of which no member says anything.
    #[must_use]
    pub fn is_blank(self) -> bool {
        let says_nothing = |value: Self| value.is_null() || value.text() == Some("");
        match self.kind() {
            Kind::Array => self.elements().next().is_none(),
            Kind::Object => self.members().all(|(_, value)| says_nothing(value)),
            _ => says_nothing(self),
        }
    }

    /// An object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    /// The text of a string.
    #[must_use]
    pub fn text(self) -> Option<&'t str> {
        let node = self.node()?;
        matches!(node.kind, Kind::Plain | Kind::Escaped(_)).then(|| self.tree.text(node))
    }

    /// What was made of its text, without a copy where it is a part of it.
    #[must_use]
    pub fn part(self, made: Cow<'_, str>) -> Part {
        match (made, self.node()) {
            (Cow::Borrowed(part), Some(node)) => Part::of(self.tree.whole(node), part),
            (made, _) => made.into_owned().into(),
        }
    }

    /// The text of a string, or the digits of a number as the service wrote them.
    #[must_use]
    pub fn word(self) -> Option<&'t str> {
        let node = self.node()?;
        matches!(node.kind, Kind::Plain | Kind::Escaped(_) | Kind::Number).then(|| self.tree.text(node))
    }

    /// The text of a string, a number or a flag; empty for anything else.
    #[must_use]
    pub fn token(self) -> &'t str {
        match self.kind() {
            Kind::Bool(true) => "true",
            Kind::Bool(false) => "false",
            _ => self.word().unwrap_or_default(),
        }
    }

    /// A number, or a string that is one. Never infinite.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        number::parse(self.word()?.trim_ascii())
    }

    /// What [`Value::number`] gives, times a power of ten, rounded once.
    #[must_use]
    pub fn number_shifted(self, power: i32) -> Option<f64> {
        number::parse_shifted(self.word()?.trim_ascii(), power)
    }

    /// `true` or `false`.
    #[must_use]
    pub fn flag(self) -> Option<bool> {
        match self.kind() {
            Kind::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// The value of a key. Of several with the same key the last one, as in `JSON.parse`.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Value<'t>> {
        let object = self.node().filter(|node| matches!(node.kind, Kind::Object))?;
        let (mut at, mut found, mut left) = (self.index.saturating_add(1), None, MOST_MEMBERS);
        // The hottest loop of a reading: most names are told apart by their length alone.
        while at < object.next && left > 0 {
            left = left.saturating_sub(1);
            let name = self.tree.node(at)?;
            at = at.saturating_add(1);
            let length = name.end.saturating_sub(name.start) as usize;
            let may_be = length == key.len() || !matches!(name.kind, Kind::Plain);
            if may_be && self.tree.text(name) == key {
                found = Some(Value::new(self.tree, at));
            }
            at = self.tree.node(at)?.next.max(at.saturating_add(1));
        }
        found
    }

    /// The keys in all objects of the tree that it is of.
    #[must_use]
    pub fn keys(self) -> KeyFilter {
        self.tree.found.keys
    }

    /// The keys and values of an object in the order of the text; nothing for other values.
    pub fn members(self) -> impl Iterator<Item = (Value<'t>, Value<'t>)> {
        let mut children = self.children(Kind::Object);
        std::iter::from_fn(move || Some((children.next()?, children.next()?)))
    }

    /// The values of an array; nothing for other values.
    pub fn elements(self) -> impl Iterator<Item = Value<'t>> {
        self.children(Kind::Array)
    }

    /// Calls `visit` with each value at a path, in the order of the text.
    ///
    /// A path is a list of keys with dots between; `[]` after a key goes through the array under it. The empty path
    /// is the value itself.
    pub fn each(self, path: &str, visit: &mut dyn FnMut(Value<'t>)) {
        let (mut here, mut rest) = (self, path);
        while !rest.is_empty() {
            let (step, after) = split_at_mark(rest, b'.');
            rest = after;
            let key = step.strip_suffix("[]");
            let next = if key == Some("") { Some(here) } else { here.get(key.unwrap_or(step)) };
            let Some(next) = next else { return };
            if key.is_some() {
                return next.elements().for_each(|element| element.each(rest, visit));
            }
            here = next;
        }
        visit(here);
    }

    /// The first value at a path that is there and not null.
    #[must_use]
    pub fn at(self, path: &str) -> Option<Value<'t>> {
        let mut found = None;
        self.each(path, &mut |value| {
            if !value.is_null() {
                found = found.or(Some(value));
            }
        });
        found
    }

    /// Where this value stands in the body, written as a path with the positions in arrays: `videos[1].url`.
    #[must_use]
    pub fn path(self) -> String {
        let mut path = String::new();
        let mut here = self.tree.root();
        while here.index != self.index {
            let holds = |child: &Value<'t>| child.index <= self.index && self.index < child.next();
            if here.is_object() {
                let Some((key, value)) = here.members().find(|(_, value)| holds(value)) else {
                    break;
                };
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(key.text().unwrap_or_default());
                here = value;
            } else {
                let Some((position, value)) = here.elements().enumerate().find(|(_, value)| holds(value)) else {
                    break;
                };
                path.push_str(&joined(&["[", &digits(position), "]"]));
                here = value;
            }
        }
        path
    }

    /// Where a string begins and ends in the body, its quotation marks included.
    pub(super) fn quoted_span(self) -> Option<(usize, usize)> {
        let node = self.node()?;
        Some(((node.start as usize).checked_sub(1)?, (node.end as usize).checked_add(1)?))
    }

    fn children(self, kind: Kind) -> impl Iterator<Item = Value<'t>> {
        let end = if self.kind() == kind { self.next() } else { 0 };
        let mut next = self.index.saturating_add(1);
        std::iter::from_fn(move || {
            let child = (next < end).then(|| Value::new(self.tree, next))?;
            next = child.next();
            Some(child)
        })
    }

    fn next(self) -> u32 {
        // A node always ends after itself, so that going on to the next one always ends.
        let after = self.index.saturating_add(1);
        self.node().map_or(u32::MAX, |node| node.next.max(after))
    }

    fn node(self) -> Option<&'t Node> {
        self.tree.node(self.index)
    }
}

/// The same place in the same tree.
impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index && std::ptr::eq(self.tree, other.tree)
    }
}
