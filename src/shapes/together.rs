//! Together, `/v2/videos/{id}`: OpenAI's fields, and the video in `outputs`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "together",
    marks: &[&[Word("status"), Has("outputs"), Lacks("video_url outputs[]")]],
    words: &[
        (Queued, "queued"),
        (Processing, "in_progress"),
        (Completed, "completed"),
        (Failed, "failed"),
        (Cancelled, "cancelled"),
    ],
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Model, "model"),
        (Video(Source), "outputs.video_url"),
        (Size, "size"),
        (Duration, "seconds"),
        (Prompt, "prompt"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message"),
        (CreatedAt, "created_at"),
        (CompletedAt, "completed_at"),
    ],
    ..Shape::BLANK
};
