//! Kling, `{code, message, data: {task_id, task_status, …}}`. `watermark_url` is a video.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "kling",
    provider: "kling",
    marks: &[&[Scalar("task_id"), Word("task_status")]],
    roots: "data.data data ^",
    words: &[(Queued, "submitted"), (Processing, "processing"), (Completed, "succeed"), (Failed, "failed")],
    fields: &[
        (Id, "task_id"),
        (State, "task_status"),
        (Video(Source), "task_result.videos[].url"),
        (Video(Watermarked), "task_result.videos[].watermark_url"),
        (Duration, "task_result.videos[].duration"),
        (ErrorCode, "^code"),
        (ErrorText, "task_status_msg ^message"),
        (CreatedAt, "created_at"),
        (UpdatedAt, "updated_at"),
    ],
    ..Shape::BLANK
};
