//! MiniMax, `/v2/query/video_generation/{id}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "minimax-v2",
    provider: "minimax",
    marks: &[
        &[Scalar("id"), Word("status"), Has("task_type")],
        &[Scalar("id"), Word("status"), Has("modality")],
        &[Scalar("id"), Word("status"), Scalar("content.url")],
        &[Scalar("id"), Is("status running"), Lacks("progress progressRatio")],
    ],
    roots: "task data.task",
    words: &[
        (Queued, "queued"),
        (Processing, "running"),
        (Completed, "succeeded"),
        (Failed, "failed"),
        (Cancelled, "cancelled"),
        (Expired, "expired"),
    ],
    reasons: super::minimax::SHAPE.reasons,
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Model, "model"),
        (Video(Source), "content.url"),
        (Duration, "duration"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message"),
        (CreatedAt, "created_at"),
        (UpdatedAt, "updated_at"),
    ],
    ..Shape::BLANK
};
