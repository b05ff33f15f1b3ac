//! Runway, `/v1/tasks/{id}`.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "runway",
    provider: "runway",
    marks: &[&[Scalar("id"), Word("status"), Has("createdAt"), Lacks("object"), Empty("video_url error")]],
    words: &[
        (Queued, "PENDING THROTTLED"),
        (Processing, "RUNNING"),
        (Completed, "SUCCEEDED"),
        (Failed, "FAILED"),
        (Cancelled, "CANCELLED CANCELED"),
    ],
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Progress(Fraction), "progress"),
        (Video(Source), "output[]"),
        (ErrorCode, "failureCode"),
        (ErrorText, "failure"),
        (CreatedAt, "createdAt"),
        (UpdatedAt, "updatedAt"),
    ],
    ..Shape::BLANK
};
