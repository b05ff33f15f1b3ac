//! A row of new-api's task table, `/v1/video/generations/{id}`: bare, or in `{code, message, data}`. The service behind
//! it stands in `data`, in whatever shape it has.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "new-api",
    marks: &[
        &[Scalar("task_id"), Word("status"), Has("fail_reason")],
        &[Scalar("task_id"), Word("status"), Has("submit_time")],
        &[Word("status"), Has("submit_time fail_reason")],
        &[Scalar("task_id"), Word("status"), Has("result_url")],
    ],
    words: &[
        (Queued, "NOT_START SUBMITTED QUEUED UNKNOWN"),
        (Processing, "IN_PROGRESS"),
        (Completed, "SUCCESS"),
        (Failed, "FAILURE FAIL"),
    ],
    inner: Some("data"),
    fields: &[
        (Id, "task_id"),
        (State, "status"),
        (Model, "properties.origin_model_name properties.upstream_model_name"),
        (Progress(Percent), "progress"),
        (Video(Source), "result_url data.output"),
        // Rows from before there was a result_url.
        (Video(Source), "fail_reason"),
        (Prompt, "properties.input"),
        (ErrorText, "fail_reason"),
        (CreatedAt, "submit_time created_at"),
        (CompletedAt, "finish_time"),
        (UpdatedAt, "updated_at"),
    ],
    ..Shape::BLANK
};
