//! fal, the queue's status and the result: `COMPLETED` only says that it ended, and a result has no status at all.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "fal",
    marks: &[
        &[Word("status"), Has("response_url")],
        &[Word("status"), Has("queue_position")],
        &[Has("video.url"), Lacks("status state video.respect_moderation")],
        &[Has("data.video.url"), Lacks("status code")],
        &[Has("response.video.url"), Lacks("id")],
    ],
    roots: "^",
    words: &[(Queued, "IN_QUEUE"), (Processing, "IN_PROGRESS")],
    ended: "COMPLETED -",
    fields: &[
        (Id, "request_id requestId"),
        (State, "status"),
        (QueuePosition, "queue_position"),
        (Video(Source), "video.url data.video.url response.video.url"),
        (Width, "video.width"),
        (Height, "video.height"),
        (VideoWidth, "video.width"),
        (VideoHeight, "video.height"),
        (Duration, "video.duration"),
        (Prompt, "prompt"),
        (ErrorText, "error error.message detail detail[].msg"),
    ],
    ..Shape::BLANK
};
