//! Jimeng at Volcengine, `{code, message, data: {status, video_url}}`. A code other than 10000 is the failure itself,
//! but for the codes that only refuse to answer now.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Reason::Moderation, Rendition::*, Status::*};

/// Codes of other envelopes with the same words inside, and those that ask for patience.
const OTHER_CODES: &str = "code 0 200 success ok 50429 50430";
/// Codes of its filters. https://www.volcengine.com/docs/85621/1544716
const REFUSALS: &str = "code 50411 50412 50413 50511 50512 50516 50518 50519";

pub const SHAPE: Shape = Shape {
    name: "jimeng",
    provider: "jimeng",
    marks: &[
        &[Word("data.status"), Is("code 10000")],
        &[Word("data.status"), Has("data.video_url"), IsNot(OTHER_CODES)],
        &[Word("data.status"), Has("time_elapsed"), IsNot(OTHER_CODES)],
        &[Scalar("code"), Has("data time_elapsed"), Lacks("data.status"), IsNot("code 10000 50429 50430")],
        &[Is(REFUSALS), Scalar("message"), Lacks("data.status")],
        &[Is(REFUSALS), Has("data"), Empty("data")],
    ],
    roots: "^ data",
    fatal: &[ErrorCode],
    words: &[
        (Queued, "in_queue"),
        (Processing, "generating"),
        (Completed, "done"),
        (Failed, "-"),
        (Expired, "not_found expired"),
    ],
    // https://www.volcengine.com/docs/85621/1544716
    reasons: &[(Moderation, "50411 50412 50413 50511 50512 50516 50518 50519")],
    fields: &[
        (Id, "data.task_id"),
        (State, "data.status"),
        (Video(Source), "data.video_url"),
        (ErrorCode, "code"),
        (ErrorText, "message"),
    ],
    ..Shape::BLANK
};
