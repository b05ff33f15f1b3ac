//! xAI, `/v1/videos/{request_id}`: an answer without a status, or with HTTP 202 and nothing at all, is still going.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "xai",
    provider: "grok",
    marks: &[
        // With another service's words around it, it is a relay's answer that holds xAI's video.
        &[Has("video.respect_moderation"), Word("status"), Lacks("object")],
        &[Has("video.respect_moderation"), Lacks("status")],
        &[Word("status"), Holds("model grok-imagine")],
        &[Is("status done"), Has("video")],
        &[Holds("model grok-imagine"), Has("video"), Lacks("status")],
        &[
            Scalar("request_id"),
            // In other bodies it is the id of the request, beside a task or what went wrong.
            Empty("error errors message msg err error_msg"),
            Lacks(
                "status state output code success detail base_resp data task result response id task_id video_url \
                 url object outputs results videos images status_url",
            ),
        ],
    ],
    host: "x.ai",
    host_marks: &[&[Word("status")], &[Lacks("error errors code message detail status")]],
    words: &[(Processing, "pending -"), (Completed, "done"), (Failed, "failed"), (Expired, "expired")],
    fields: &[
        (Id, "request_id id"),
        (State, "status"),
        (Model, "model"),
        (Progress(Percent), "progress"),
        (Video(Source), "video.url"),
        (Duration, "video.duration"),
        (Moderated(false), "video.respect_moderation"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message error"),
    ],
    ..Shape::BLANK
};

/// What it says of a request that failed, where nothing of the request stands beside it.
pub const BARE: Shape = Shape { marks: &[&[Is("status failed"), Is("error.code invalid_argument")]], ..SHAPE };

/// What it says of a moderated video, under HTTP 400.
pub const REFUSAL: Shape = Shape {
    name: "xai",
    provider: "grok",
    marks: &[
        &[Holds("error rejected by content moderation")],
        &[Holds("error.message rejected by content moderation")],
    ],
    words: &[(Failed, "-")],
    fields: &[(ErrorCode, "error.code code"), (ErrorText, "error.message error")],
    ..Shape::BLANK
};
