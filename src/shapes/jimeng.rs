//! Jimeng at Volcengine, `{code, message, data: {status, video_url}}`. A code other than 10000 is the failure itself, but for
//! the codes that only refuse to answer now.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Reason::Moderation, Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "jimeng",
    provider: "jimeng",
    marks: &[
        &[Word("data.status"), Has("data.video_url code")],
        &[Word("data.status"), Has("time_elapsed code")],
        &[Scalar("code"), Has("data time_elapsed"), Lacks("data.status"), IsNot("code 10000 50429 50430")],
    ],
    roots: "^",
    words: &[
        (Queued, "in_queue"),
        (Processing, "generating"),
        (Completed, "done"),
        (Failed, "-"),
        (Expired, "not_found expired"),
    ],
    // https://www.volcengine.com/docs/85621/1544716
    reasons: &[(Moderation, "50411 50412 50413 50511 50512")],
    fields: &[
        (Id, "data.task_id"),
        (State, "data.status"),
        (Video(Source), "data.video_url"),
        (ErrorCode, "code"),
        (ErrorText, "message"),
    ],
    ..Shape::BLANK
};
