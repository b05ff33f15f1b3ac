//! Huawei Cloud MaaS, `/v1/video/generations/{id}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "huawei",
    marks: &[
        &[Scalar("task_id"), Word("status"), Has("content.result_url")],
        &[Scalar("id"), Word("status"), Scalar("content.result_url")],
        &[Scalar("task_id"), Word("status"), Has("content usage")],
        &[Scalar("task_id model created_at updated_at"), Is("status running")],
        &[Scalar("task_id created_at updated_at"), Is("status timeout")],
    ],
    words: &[(Queued, "queued"), (Processing, "running"), (Completed, "succeeded"), (Failed, "failed timeout")],
    fields: &[
        (Id, "task_id id"),
        (State, "status"),
        (Model, "model"),
        (Video(Source), "content.result_url"),
        (Size, "usage.size"),
        (Duration, "usage.duration"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message"),
        (CreatedAt, "created_at"),
        (UpdatedAt, "updated_at"),
    ],
    ..Shape::BLANK
};
