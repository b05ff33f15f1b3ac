//! new-api's short answer about a task: `{task_id, status, url, format, error, metadata}`, bare or in `{code, data}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "new-api-simple",
    marks: &[
        &[Scalar("task_id"), Word("status"), Has("format")],
        &[Scalar("task_id"), Word("status"), Has("url metadata"), Lacks("object video_url")],
        &[Word("status"), Has("url format error metadata")],
    ],
    words: &[
        (Queued, "queued"),
        (Processing, "processing in_progress"),
        (Completed, "succeeded completed"),
        (Failed, "failed"),
    ],
    fields: &[
        (Id, "task_id"),
        (State, "status"),
        (Video(Source), "url"),
        (Width, "metadata.width"),
        (Height, "metadata.height"),
        (Duration, "metadata.duration"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message error"),
    ],
    ..Shape::BLANK
};
