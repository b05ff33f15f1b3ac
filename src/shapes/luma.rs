//! Luma, `/dream-machine/v1/generations/{id}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "luma",
    provider: "luma",
    marks: &[&[Word("state"), Has("assets")], &[Word("state"), Has("failure_reason")]],
    words: &[(Queued, "queued"), (Processing, "dreaming"), (Completed, "completed"), (Failed, "failed")],
    fields: &[
        (Id, "id"),
        (State, "state"),
        (Model, "model request.model"),
        (Video(Source), "assets.video"),
        (Thumbnail, "assets.image"),
        (Duration, "request.duration"),
        (Prompt, "request.prompt"),
        (ErrorText, "failure_reason"),
        (CreatedAt, "created_at"),
    ],
    ..Shape::BLANK
};
