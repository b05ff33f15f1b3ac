//! Tree and shape to [`Task`]: the truth rules, once, for all shapes.
//!
//! | rule | where |
//! |---|---|
//! | the status map belongs to the shape; nested evidence beats the outer word; generated is not upscaled | [`state`] |
//! | only URLs count as URLs; the best one first, no URL twice | [`renditions`] |
//! | error text on a task that did not fail is a warning | [`failure`] |
//! | the id asked for is the id; its prefix is the model | here |
//! | progress ends at 1 or not at all; a task that goes on was not completed at any instant | here |

mod failure;
mod renditions;
mod source;
mod state;

use crate::endpoint;
use crate::instant::instant;
use crate::json::number;
use crate::model;
use crate::shapes::{Field, Recognised};
use crate::task::{Status, Task, Warning};
use crate::trail::Trail;
use crate::words::{around, joined, replaced};
use source::Source;

/// What is known of the question.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The id that was asked for.
    pub id: Option<&'a str>,
    /// Scheme, host and port of the service, against which its site-relative URLs are resolved.
    pub origin: Option<&'a str>,
}

/// Reads a recognised body.
#[must_use]
pub fn normalize(found: &Recognised<'_>, asked: Asked<'_>, trail: &mut Trail) -> Task {
    let mut source = Source::new(found, trail);
    let mut task = Task { shape: found.shape.name, ..Task::default() };
    identify(&mut task, &mut source, asked);
    let renditions = renditions::collect(&mut source, asked.origin);
    let reported = state::progress(&mut source);
    let state = state::decide(&mut source, reported, !renditions.videos.is_empty());
    task.status = state.status;
    task.raw_status = state.raw;
    task.stage = state.stage;
    task.is_done = state.status.is_done();
    task.progress = match state.status {
        Status::Completed => Some(1.0),
        status if status.is_without_video() => None,
        _ => reported,
    };
    let recovered = failure::tell(&mut task, &mut source);
    task.warnings.extend(recovered);
    describe(&mut task, &mut source, found.shape.zone_hours);
    renditions.fill(&mut task);
    fill_content_path(&mut task, found.shape.content_path);
    if task.status == Status::Completed && task.video_url.is_none() && task.content_path.is_none() {
        task.warnings.push(Warning {
            code: "no_output",
            message: "The task is completed, but the answer holds no video URL.".into(),
        });
    }
    task
}

fn identify(task: &mut Task, source: &mut Source<'_, '_>, asked: Asked<'_>) {
    task.response_id = source.word(Field::Id, "responseId");
    let answered = task.response_id.as_deref();
    task.id = asked.id.or(answered).unwrap_or_default().to_owned();
    let named = source.word_that(Field::Model, &|model| !model::is_internal(model));
    task.model = match (model::of_id(&task.id), named) {
        (Some(model), _) => Some(model.to_owned()),
        (None, Some((model, value))) => {
            source.note("model", value, None);
            Some(model)
        }
        (None, None) => None,
    };
    let family = task.model.as_deref().and_then(model::family);
    task.provider = family.unwrap_or(source.shape().provider);
    if let (Some(asked), Some(answered)) = (asked.id, answered) {
        let without_prefix = around(asked, ":").map(|(_, rest)| rest);
        if asked != answered && without_prefix != Some(answered) {
            task.warnings.push(Warning {
                code: "id_mismatch",
                message: joined(&["Asked for ", asked, ", answered about ", answered, "."]),
            });
        }
    }
}

/// The facts that no rule has a say in.
fn describe(task: &mut Task, source: &mut Source<'_, '_>, zone_hours: i32) {
    task.queue_position = source.number(Field::QueuePosition, "queuePosition");
    task.estimated_wait_ms =
        source.number(Field::WaitSeconds, "estimatedWaitMs").map(|seconds| (seconds * 1000.0).floor());
    (task.width, task.height) = size(source);
    task.duration_seconds = source.number(Field::Duration, "durationSeconds");
    task.prompt = source.word(Field::Prompt, "prompt");
    task.enhanced_prompt = source.word(Field::EnhancedPrompt, "enhancedPrompt");
    let mut at = |field, name| source.read(field, name, &|value| instant(value, zone_hours));
    task.created_at = at(Field::CreatedAt, "createdAt");
    task.updated_at = at(Field::UpdatedAt, "updatedAt");
    if task.is_done {
        task.completed_at = at(Field::CompletedAt, "completedAt");
    }
}

/// Width and height, from fields of their own or from a size such as `1280x720`.
fn size(source: &mut Source<'_, '_>) -> (Option<f64>, Option<f64>) {
    let width = source.number(Field::Width, "width");
    let height = source.number(Field::Height, "height");
    if width.is_some() && height.is_some() {
        return (width, height);
    }
    let mut sides = None;
    let found = source.find(Field::Size, &mut |value| {
        sides = value.text().and_then(|text| {
            let (width, height) = around(&text, "x").or_else(|| around(&text, "*"))?;
            Some((number::parse(width)?, number::parse(height)?))
        });
        sides.is_some()
    });
    let (Some(from), Some((width, height))) = (found, sides) else { return (width, height) };
    source.note("width", from, None);
    source.note("height", from, None);
    (Some(width), Some(height))
}

fn fill_content_path(task: &mut Task, template: Option<&str>) {
    if task.status == Status::Completed && task.videos.is_empty() && task.content_path.is_none() && !task.id.is_empty()
    {
        task.content_path = template.map(|path| replaced(path, "{id}", &endpoint::encoded(&task.id)));
    }
}
