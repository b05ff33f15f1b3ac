//! kie, `/api/v1/veo/record-info?taskId=`: the status is a number, instants are UTC+8.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "kie",
    provider: "veo",
    // The second is a callback's body.
    marks: &[&[Scalar("successFlag")], &[Scalar("taskId"), Scalar("info.resultUrls[]")]],
    roots: "data data.data",
    words: &[(Processing, "0 -"), (Completed, "1"), (Failed, "2 3")],
    zone_hours: 8,
    fields: &[
        (Id, "taskId"),
        (State, "successFlag"),
        (Video(Source), "response.resultUrls[] info.resultUrls[]"),
        (ErrorCode, "errorCode"),
        (ErrorText, "errorMessage"),
        (CreatedAt, "createTime"),
        (CompletedAt, "completeTime"),
    ],
    ..Shape::BLANK
};
