//! The wire shapes: one file each, mostly a table of paths and words.
//!
//! A new shape is one new file, its `mod` line and its row of [`SHAPES`] here, and fixtures. The truth rules that all
//! shapes share are in [`crate::normalize`].

mod azure;
mod dashscope;
mod fal;
mod google;
mod hedra;
mod higgsfield;
mod huawei;
mod jimeng;
mod kie;
mod kie_jobs;
mod kling;
mod leonardo;
mod luma;
mod minimax;
mod minimax_v2;
mod needed;
mod new_api;
mod new_api_simple;
mod novita;
mod openai;
mod openai_event;
mod openrouter;
mod own;
mod pixverse;
mod pollo;
mod replicate;
mod runninghub;
mod runway;
mod seedance;
mod siliconflow;
mod suno;
mod table;
mod tencent;
mod tencent_vod;
mod together;
mod ucloud;
mod unified;
mod unknown;
mod vidu;
mod xai;
mod zhipu;

use crate::json::{KeyFilter, Value};
use crate::task::Status;
use crate::words::{is_one_of, split};

use needed::{count, needed};
pub use table::{Field, Mark, Shape, Unit};

/// Every shape, in the order in which they are tried: the one that asks for the most first.
pub const SHAPES: &[&Shape] = &[
    &own::SHAPE,
    // A relay's row before the answer that stands in it.
    &suno::SHAPE,
    &new_api::SHAPE,
    &new_api_simple::SHAPE,
    &jimeng::SHAPE,
    &runninghub::SHAPE,
    &kie::SHAPE,
    &kie::CALLBACK,
    &kie_jobs::SHAPE,
    &tencent_vod::SHAPE,
    &tencent::SHAPE,
    &pixverse::SHAPE,
    &novita::SHAPE,
    &minimax::SHAPE,
    &ucloud::SHAPE,
    &dashscope::SHAPE,
    &zhipu::GEEKAI,
    &kling::SHAPE,
    &zhipu::SHAPE,
    &pollo::SHAPE,
    &vidu::SHAPE,
    &leonardo::SHAPE,
    &luma::SHAPE,
    &hedra::SHAPE,
    &replicate::SHAPE,
    &runway::SHAPE,
    &huawei::SHAPE,
    &siliconflow::SHAPE,
    &seedance::SHAPE,
    &minimax_v2::SHAPE,
    &openrouter::SHAPE,
    &together::SHAPE,
    &higgsfield::SHAPE,
    &google::SHAPE,
    &fal::SHAPE,
    &xai::SHAPE,
    &azure::SHAPE,
    &openai_event::SHAPE,
    &openai::SHAPE,
    &unified::SHAPE,
    &unified::ENDED,
    &luma::WEB,
    &unified::RENAMED,
    &unknown::SHAPE,
];

/// The shape that most relays have, at times with marks of another one.
pub const RELAYS: &Shape = &unified::SHAPE;

/// For each row of marks, in the order of [`SHAPES`]: the keys without which no body has it.
static NEEDED: [KeyFilter; count(SHAPES)] = needed(SHAPES);

/// The HTTP statuses under which services tell of a task that their filters refused, or that goes on, as they tell of
/// errors, and how they do.
const TOLD_AS_ERRORS: &[(u16, &Shape)] = &[
    (400, &jimeng::SHAPE),
    (400, &xai::REFUSAL),
    (200, &xai::REFUSAL),
    (200, &xai::BARE),
    (200, &unified::REFUSAL),
    (422, &fal::REFUSAL),
    (400, &fal::UNDER_WAY),
];

/// So many answers inside one are read.
const MOST_RELAYS: usize = 4;

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

impl<'t> Recognised<'t> {
    /// Where a relay passes on the answer of the service behind.
    #[must_use]
    pub fn inner_body(&self) -> Option<Value<'t>> {
        self.task.at(self.shape.inner?)
    }

    fn inner(&self) -> Option<Self> {
        recognise(self.inner_body()?, None)
    }

    /// The answers inside it, each behind the one that it stands in: relays ask relays.
    #[must_use]
    pub fn answers_inside(&self) -> Vec<Self> {
        let mut answers = Vec::new();
        let mut outer = *self;
        while answers.len() < MOST_RELAYS
            && let Some(inner) = outer.inner()
        {
            answers.push(inner);
            outer = inner;
        }
        answers
    }

    /// Whether the body says that there is no such task.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        self.has_word(&|word| is_one_of(self.shape.missing, word))
    }

    /// Whether its own status word says that it failed.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.has_word(&|word| self.shape.status(word) == Some(Status::Failed))
    }

    fn has_word(&self, fits: &dyn Fn(&str) -> bool) -> bool {
        let states = self.shape.fields.iter().filter(|(field, _)| *field == Field::State);
        let mut words = states.flat_map(|(_, paths)| split(paths, b' ')).filter_map(|path| self.task.at(path)?.word());
        words.any(fits)
    }
}

/// Recognises a body: the first shape, at the first place, that has all the marks of a row.
///
/// `host` is the service's, where it is known. It helps a shape of that very service to be recognised by less, and
/// never decides alone.
#[must_use]
pub fn recognise<'t>(body: Value<'t>, host: Option<&str>) -> Option<Recognised<'t>> {
    let at_home = SHAPES.iter().filter(|shape| host.is_some_and(|host| shape.is_of(host)));
    let usual = places(body, Shape::BLANK.roots);
    let mut hinted = at_home.filter_map(|shape| marked(shape, shape.host_marks, &[], body, &usual));
    let mut needed = NEEDED.as_slice();
    hinted.next().or_else(|| {
        SHAPES.iter().find_map(|shape| {
            let (own, others) = needed.split_at_checked(shape.marks.len())?;
            needed = others;
            marked(shape, shape.marks, own, body, &usual)
        })
    })
}

/// Recognises what a service says of a task as others tell of errors, under this HTTP status: see `TOLD_AS_ERRORS`.
#[must_use]
pub fn recognise_told_as_error(body: Value<'_>, status: u16) -> Option<Recognised<'_>> {
    let usual = places(body, Shape::BLANK.roots);
    let mut known = TOLD_AS_ERRORS.iter().filter(|(under, _)| *under == status);
    known.find_map(|(_, shape)| marked(shape, shape.marks, &[], body, &usual))
}

/// Recognises what HTTP 202 says by itself.
#[must_use]
pub fn accepted(body: Value<'_>) -> Option<Recognised<'_>> {
    marked(&unknown::ACCEPTED, unknown::ACCEPTED.marks, &[], body, &[])
}

/// The first place that has all the marks of a row; `needed` are the keys without which no body has it, and `usual`
/// the places of shapes that name none of their own.
fn marked<'t>(
    shape: &'static Shape,
    rows: &'static [&'static [Mark]],
    needed: &[KeyFilter],
    body: Value<'t>,
    usual: &[Value<'t>],
) -> Option<Recognised<'t>> {
    let may_have = |row: usize| needed.get(row).is_none_or(|keys| body.keys().may_hold(*keys));
    if !(0..rows.len()).any(may_have) {
        return None;
    }
    let own = if shape.roots == Shape::BLANK.roots { None } else { Some(places(body, shape.roots)) };
    own.as_deref().unwrap_or(usual).iter().find_map(|task| {
        let mut likely = rows.iter().enumerate().filter(|(row, _)| may_have(*row));
        let (_, marks) = likely.find(|(_, marks)| marks.iter().rev().all(|mark| mark.is_on(*task, body, shape)))?;
        Some(Recognised { shape, marks, body, task: *task })
    })
}

/// The objects that stand at these places.
fn places<'t>(body: Value<'t>, roots: &str) -> Vec<Value<'t>> {
    let roots = split(roots, b' ').map(|root| root.strip_prefix('^').unwrap_or(root));
    roots.filter_map(|root| body.at(root)).filter(|task| task.is_object()).collect()
}
