//! OpenAI's webhooks, <https://platform.openai.com/docs/api-reference/webhook-events/video>: the task's id, and no
//! more of it.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::Status::*;

pub const SHAPE: Shape = Shape {
    name: "openai-event",
    provider: "sora",
    marks: &[&[Is("object event"), Scalar("data.id"), Word("type"), Lacks("data.status")]],
    roots: "^",
    words: &[(Completed, "video.completed"), (Failed, "video.failed")],
    content_path: super::openai::SHAPE.content_path,
    fields: &[(Id, "data.id"), (State, "type"), (CompletedAt, "created_at")],
    ..Shape::BLANK
};
