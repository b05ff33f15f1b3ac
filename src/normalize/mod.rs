//! Tree and shape to [`Task`]: the truth rules, once, for all shapes.
//!
//! | rule | where |
//! |---|---|
//! | the status map belongs to the shape; nested evidence beats the outer word; generated is not upscaled | `state` |
//! | only URLs count as URLs; the best one first, no URL twice | `renditions` |
//! | error text on a task that did not fail is a warning | `failure` |
//! | the id asked for is the id; its prefix is the model | here |
//! | progress ends at 1 or not at all; a task that goes on was not completed at any instant | here |

mod failure;
mod renditions;
mod source;
mod state;

use crate::endpoint;
use crate::explain::recognition;
use crate::instant::instant;
use crate::json::number;
use crate::litellm::{self, LiteLlmId};
use crate::model;
use crate::shapes::{Field, Recognised};
use crate::task::{Failure, Status, Task, Warning};
use crate::trail::Trail;
use crate::words::{after_last, before, contains, joined, replaced, split_once};
use failure::Failures;
use renditions::Renditions;
use source::{Source, rows_of};
use state::{Evidence, State};

const NO_OUTPUT: &str = "no_output";

/// What is known of the question.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The id that was asked for.
    pub id: Option<&'a str>,
    /// Scheme, host and port of the service, against which its site-relative URLs are resolved.
    pub origin: Option<&'a str>,
}

impl<'a> Asked<'a> {
    /// The service's host, without scheme and port.
    #[must_use]
    pub fn host(&self) -> Option<&'a str> {
        Some(before(split_once(self.origin?, "://")?.1, b":/"))
    }
}

/// Reads a recognised body.
#[must_use]
pub fn normalize(found: &Recognised<'_>, asked: Asked<'_>, trail: &mut Trail) -> Task {
    let shape = found.shape;
    let rows = rows_of(found);
    let source = &mut Source::new(shape, &rows, trail);
    if source.is_explained() {
        source.derived("shape", &recognition(found));
    }
    let mut warnings = Vec::new();
    let Identity { id, response_id, model, provider } = identify(asked.id, source, &mut warnings);

    let mut renditions = renditions::collect(found, source, asked.origin);
    warnings.append(&mut renditions.warnings);
    let Judgement { state, progress, error } = judge(found, source, &renditions, &mut warnings);
    let status = state.status;
    let is_done = status.is_done();
    let mut content_path = renditions.path(status, source);
    let video_url = renditions.videos.first().map(|video| video.url.clone());
    if status == Status::Completed && video_url.is_none() && content_path.is_none() {
        content_path = content_path_of(id, source);
        if content_path.is_none() {
            let message = "The task is completed, but the answer holds no video URL.".to_owned();
            source.warning(None, NO_OUTPUT);
            warnings.push(Warning { code: NO_OUTPUT, message });
        }
    }
    let (width, height) = size(source);

    Task {
        provider,
        id: id.to_owned(),
        response_id: response_id.map(str::to_owned),
        model,
        shape: shape.name,
        status,
        raw_status: state.raw.map(str::to_owned),
        stage: state.stage,
        is_done,
        progress,
        queue_position: source.number(Field::QueuePosition, "queuePosition"),
        estimated_wait_ms: source.read(Field::WaitSeconds, "estimatedWaitMs", &|value| {
            let ms = (value.number()? * 1000.0).floor();
            (ms >= 0.0 && ms.is_finite()).then_some(ms)
        }),
        video_url,
        videos: renditions.videos,
        thumbnail_url: renditions.thumbnail,
        preview_url: renditions.preview,
        content_path,
        width,
        height,
        duration_seconds: source.seconds(Field::Duration, "durationSeconds"),
        prompt: source.word(Field::Prompt, "prompt").map(str::to_owned),
        enhanced_prompt: source.word(Field::EnhancedPrompt, "enhancedPrompt").map(str::to_owned),
        error,
        warnings,
        created_at: source.instant(Field::CreatedAt, "createdAt"),
        completed_at: if is_done { source.instant(Field::CompletedAt, "completedAt") } else { unfinished(source) },
        updated_at: source.instant(Field::UpdatedAt, "updatedAt"),
    }
}

/// How a task stands, and what became of it.
struct Judgement<'t> {
    state: State<'t>,
    progress: Option<f64>,
    error: Option<Failure>,
}

fn judge<'t>(
    found: &Recognised<'t>,
    source: &mut Source<'t, '_>,
    renditions: &Renditions<'t>,
    warnings: &mut Vec<Warning>,
) -> Judgement<'t> {
    let has_video = !renditions.videos.is_empty();
    let reported = state::progress(source);
    let failures = Failures::of(source, renditions.has_output());
    let evidence = Evidence { progress: reported.map(|(progress, _)| progress), has_video, failures: &failures };
    let state = state::decide(source, evidence);
    let progress = state::settled(state.status, reported, source);
    source.derived("isDone", "follows from the status");
    let error = if state.status.has_ended_without_video() {
        Some(failures.into_failure(state.status, state.raw, found, source))
    } else {
        failures.warn(state.status, source, warnings);
        None
    };
    Judgement { state, progress, error }
}

/// Which task a body is about, and what makes it.
struct Identity<'t> {
    id: &'t str,
    response_id: Option<&'t str>,
    model: Option<String>,
    provider: &'static str,
}

fn identify<'t>(asked: Option<&'t str>, source: &mut Source<'t, '_>, warnings: &mut Vec<Warning>) -> Identity<'t> {
    let response_id = source.word(Field::Id, "responseId");
    let id = asked.or(response_id).unwrap_or_default();
    if asked.is_some() {
        source.derived("id", "the id that was asked for");
    } else {
        source.word(Field::Id, "id");
    }
    let litellm = litellm::read(id);
    if let Some(warning) = mismatch(asked, response_id, litellm.as_ref()) {
        let answered = source.word_that(Field::Id, &|_| true);
        source.warning(answered.map(|(_, from)| from), warning.code);
        warnings.push(warning);
    }
    let model = model_of(id, litellm.as_ref(), source);
    let maker = litellm.as_ref().and_then(|id| id.provider.as_deref());
    let family = model.as_deref().and_then(model::family).or_else(|| model::family(maker?));
    source.derived("provider", if family.is_some() { "the family of the model" } else { "the family of the shape" });
    Identity { id, response_id, model, provider: family.unwrap_or(source.shape().provider) }
}

/// No instant of completion, whatever the body says: the task goes on.
fn unfinished(source: &mut Source<'_, '_>) -> Option<f64> {
    let zone = source.shape().zone_hours;
    if let Some(value) = source.find(Field::CompletedAt, &mut |value| instant(value, zone).is_some()) {
        source.ignore(value, "an end of a task that has not ended");
    }
    None
}

/// The model that the id names, else the one in the body, else the one in an id of LiteLLM's.
fn model_of(id: &str, litellm: Option<&LiteLlmId>, source: &mut Source<'_, '_>) -> Option<String> {
    if let Some(model) = model::of_id(id) {
        source.derived("model", "the prefix of the id");
        return Some(model.to_owned());
    }
    let Some((model, from)) = source.word_that(Field::Model, &|model| !model::is_internal(model)) else {
        let model = litellm?.model.clone()?;
        source.derived("model", "written into the id by LiteLLM");
        return Some(model);
    };
    source.note("model", from, None);
    Some(model.to_owned())
}

/// A warning where the body speaks of another id than the one asked for, a dropped `model:` aside.
fn mismatch(asked: Option<&str>, answered: Option<&str>, litellm: Option<&LiteLlmId>) -> Option<Warning> {
    let (asked, answered) = (asked?, answered?);
    let without_model = |id| split_once(id, ":").map_or(id, |(_, rest)| rest);
    let behind = litellm.and_then(|id| id.video.as_deref());
    // LiteLLM writes its answers' ids anew, and not with the same fields.
    let answered_behind = litellm::read(answered).and_then(|id| id.video);
    let is_same_behind = behind.is_some() && (behind == Some(answered) || behind == answered_behind.as_deref());
    let is_same = without_model(asked) == answered || asked == without_model(answered);
    // Google's answers name the whole path of an operation.
    let is_same = is_same || after_last(answered, b'/') == after_last(asked, b'/').or(Some(asked));
    if asked == answered || is_same || is_same_behind {
        return None;
    }
    let message = joined(&["Asked for ", asked, ", answered about ", answered, "."]);
    Some(Warning { code: "id_mismatch", message })
}

/// Width and height, from fields of their own or from a size such as `1280x720`.
fn size(source: &mut Source<'_, '_>) -> (Option<f64>, Option<f64>) {
    let width = source.extent(Field::Width, "width");
    let height = source.extent(Field::Height, "height");
    if width.is_some() && height.is_some() {
        return (width, height);
    }
    let mut sides = None;
    let found = source.find(Field::Size, &mut |value| {
        sides = value.text().and_then(|text| {
            let (width, height) = ["x", "X", "*", "×"].iter().find_map(|by| split_once(text, by))?;
            let side = |text: &str| number::parse(text.trim_ascii()).filter(|side| *side > 0.0);
            Some((side(width)?, side(height)?))
        });
        sides.is_some()
    });
    let (Some(from), Some((width, height))) = (found, sides) else { return (width, height) };
    source.note("width", from, None);
    source.note("height", from, None);
    (Some(width), Some(height))
}

/// The path that serves the bytes, where the shape has one and the body what stands in it.
fn content_path_of(id: &str, source: &mut Source<'_, '_>) -> Option<String> {
    let template = source.shape().content_path?;
    let file = source.word_that(Field::File, &|_| true).map_or("", |(file, _)| file);
    let (name, value) = if contains(template, "{file}") { ("{file}", file) } else { ("{id}", id) };
    if value.is_empty() {
        return None;
    }
    source.derived("contentPath", "the path of this shape that serves the bytes");
    Some(replaced(template, name, &endpoint::encoded(value)))
}
