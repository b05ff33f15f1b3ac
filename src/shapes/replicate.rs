//! Replicate, `/v1/predictions/{id}`. The progress stands in the logs.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "replicate",
    marks: &[&[Word("status"), Has("urls.get"), Lacks("object video_url")], &[Word("status"), Has("version logs")]],
    words: &[
        (Queued, "starting"),
        (Processing, "processing"),
        (Completed, "succeeded"),
        (Failed, "failed"),
        (Cancelled, "canceled aborted"),
    ],
    roots: "^ data data.data",
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Model, "model"),
        (Progress(LastPercent), "logs"),
        (Video(Source), "output output[] output.video"),
        (Prompt, "input.prompt"),
        (ErrorCode, "code"),
        (ErrorText, "error"),
        (CreatedAt, "created_at"),
        (CompletedAt, "completed_at"),
    ],
    ..Shape::BLANK
};
