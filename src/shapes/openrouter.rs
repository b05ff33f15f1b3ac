//! OpenRouter, `/api/v1/videos/{id}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "openrouter",
    marks: &[
        &[Word("status"), Has("unsigned_urls")],
        &[Word("status"), Has("polling_url"), Lacks("object video_url")],
        &[Word("status"), Has("generation_id"), Lacks("object video_url"), Empty("video.url output data[].url")],
    ],
    words: &[
        (Queued, "pending"),
        (Processing, "in_progress"),
        (Completed, "completed"),
        (Failed, "failed"),
        (Cancelled, "cancelled"),
        (Expired, "expired"),
    ],
    content_path: Some("/api/v1/videos/{id}/content"),
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Model, "model"),
        (Video(Source), "unsigned_urls[]"),
        (ErrorCode, "error.code"),
        (ErrorText, "error error.message"),
    ],
    ..Shape::BLANK
};
