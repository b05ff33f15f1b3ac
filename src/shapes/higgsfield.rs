//! Higgsfield's job sets, `/v1/job-sets/{id}`. A set of pictures has results of another type.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "higgsfield",
    marks: &[
        &[Scalar("id"), Word("jobs[].status"), Is("jobs[].results.raw.type video"), Empty("status")],
        &[
            Scalar("id jobs[].id"),
            Word("jobs[].status"),
            Has("jobs[].results"),
            Empty("jobs[].results"),
            Empty("status"),
        ],
        &[Scalar("id jobs[].id"), Word("jobs[].status"), Has("input_params"), Empty("jobs[].results"), Empty("status")],
    ],
    words: &[
        (Queued, "queued"),
        (Processing, "in_progress"),
        (Completed, "completed"),
        (Failed, "failed nsfw"),
        (Cancelled, "canceled"),
    ],
    fields: &[
        (Id, "id"),
        (EachState, "jobs[].status"),
        (Video(Source), "jobs[].results.raw.url"),
        (Video(Medium), "jobs[].results.min.url"),
        (Prompt, "input_params.prompt"),
        (CreatedAt, "created_at"),
    ],
    ..Shape::BLANK
};
