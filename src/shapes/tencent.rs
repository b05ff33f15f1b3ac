//! Tencent Cloud's Hunyuan video and the jobs of its media processing, `Response.Status`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "tencent",
    provider: "hunyuan",
    marks: &[&[Scalar("Status"), Has("ResultVideoUrl")], &[Scalar("Status RequestId"), Lacks("Error TaskType")]],
    // A callback has no envelope.
    roots: "Response data.Response ^",
    words: &[(Queued, "WAIT"), (Processing, "RUN"), (Completed, "DONE"), (Failed, "FAIL")],
    fields: &[
        (Id, "JobId"),
        (State, "Status"),
        (Video(Source), "ResultVideoUrl VideoUrls[]"),
        (Size, "Resolution"),
        (Duration, "Duration"),
        (ErrorCode, "ErrorCode"),
        (ErrorText, "ErrorMessage"),
    ],
    ..Shape::BLANK
};
