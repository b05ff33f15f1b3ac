//! fal, the queue's status and the result: `COMPLETED` only says that it ended, and a result has no status at all.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

/// What its answers about the queue have not, and those of others with the same words have.
const OTHERS: &str = "task_id object video_url status_update_time data task result";

pub const SHAPE: Shape = Shape {
    name: "fal",
    marks: &[
        &[Word("status"), Has("response_url"), Empty(OTHERS)],
        // Qiniu's queue: the status holds the result.
        &[Word("status"), Has("response_url result.video.url")],
        &[Word("status"), Has("queue_position"), Lacks("id"), Empty(OTHERS)],
        &[Word("status"), Scalar("request_id"), Has("error"), Lacks("id"), Empty(OTHERS), IsNot("status ok error")],
        &[Is("status completed"), Scalar("request_id detail"), Lacks("id url output videos"), Empty(OTHERS)],
        &[Is("status completed"), Scalar("request_id detail[].msg"), Lacks("id url output videos"), Empty(OTHERS)],
        &[
            Is("status completed"),
            Scalar("request_id error_type"),
            Lacks("id url output videos output_url result_url results outputs"),
            Empty(OTHERS),
        ],
        &[Scalar("video.url"), Lacks("status state video.respect_moderation")],
        &[Scalar("response.video.url"), Lacks("id")],
        // A webhook's body.
        &[Word("status"), Scalar("request_id"), Has("payload")],
    ],
    roots: "^ data data.data",
    words: &[(Queued, "IN_QUEUE"), (Processing, "IN_PROGRESS"), (Failed, "ERROR")],
    ended: "COMPLETED OK -",
    fields: &[
        (Id, "request_id requestId ^request_id ^requestId"),
        (State, "status"),
        (QueuePosition, "queue_position"),
        (Video(Source), "video.url response.video.url result.video.url payload.video.url payload.videos[].url video"),
        (Output, "outputs[]"),
        (Width, "video.width"),
        (Height, "video.height"),
        (VideoWidth, "video.width"),
        (VideoHeight, "video.height"),
        (Duration, "video.duration"),
        (Prompt, "prompt"),
        (ErrorCode, "error_type error.type detail[].type response.detail[].type payload.detail[].type"),
        (
            ErrorText,
            "payload.detail[].msg error error.message error.msg detail detail[].msg response.detail response.detail[].msg",
        ),
    ],
    ..Shape::BLANK
};

/// What the route of the result says of a refusal, under HTTP 422.
pub const REFUSAL: Shape = Shape {
    name: "fal",
    marks: &[&[Is("detail[].type content_policy_violation")]],
    words: &[(Failed, "-")],
    fields: &[(ErrorCode, "detail[].type"), (ErrorText, "detail[].msg")],
    ..Shape::BLANK
};

/// What the route of the result says before there is one, under HTTP 400.
pub const UNDER_WAY: Shape = Shape {
    name: "fal",
    marks: &[&[Is("detail request_is_still_in_progress"), Lacks("error errors code message msg success status")]],
    roots: "^",
    words: &[(Processing, "-")],
    ..Shape::BLANK
};
