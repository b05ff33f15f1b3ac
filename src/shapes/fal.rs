//! fal, the queue's status and the result: `COMPLETED` only says that it ended, and a result has no status at all.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "fal",
    marks: &[
        &[Word("status"), Has("response_url")],
        &[Word("status"), Has("queue_position")],
        &[Has("video.url"), Lacks("status"), Lacks("state"), Lacks("video.respect_moderation")],
        &[Has("data.video.url"), Lacks("status"), Lacks("code")],
        &[Has("response.video.url"), Lacks("id")],
    ],
    roots: &[""],
    words: &[(Queued, &["IN_QUEUE"]), (Processing, &["IN_PROGRESS"])],
    ended: &["COMPLETED", ""],
    fields: &[
        (Id, "request_id"),
        (Id, "requestId"),
        (State, "status"),
        (QueuePosition, "queue_position"),
        (Video(Source), "video.url"),
        (Video(Source), "data.video.url"),
        (Video(Source), "response.video.url"),
        (Width, "video.width"),
        (Height, "video.height"),
        (VideoWidth, "video.width"),
        (VideoHeight, "video.height"),
        (Duration, "video.duration"),
        (Prompt, "prompt"),
        (ErrorText, "error"),
        (ErrorText, "error.message"),
        (ErrorText, "detail"),
        (ErrorText, "detail[].msg"),
    ],
    ..Shape::BLANK
};
