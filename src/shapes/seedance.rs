//! Seedance at Volcengine and BytePlus, `/api/v3/contents/generations/tasks/{id}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "seedance",
    provider: "seedance",
    marks: &[
        &[Word("status"), Has("content.video_url")],
        &[Word("status"), Scalar("id"), Has("service_tier"), Lacks("video_url")],
        &[Word("status"), Holds("id cgt-")],
    ],
    words: &[
        (Queued, "queued"),
        (Processing, "running"),
        (Completed, "succeeded"),
        (Failed, "failed"),
        (Cancelled, "cancelled"),
        (Expired, "expired"),
    ],
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Model, "model"),
        (Video(Source), "content.video_url"),
        (Thumbnail, "content.last_frame_url"),
        (Duration, "duration"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message"),
        (CreatedAt, "created_at"),
        (UpdatedAt, "updated_at"),
    ],
    ..Shape::BLANK
};
