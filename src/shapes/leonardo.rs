//! Leonardo, `/api/rest/v1/generations/{id}`. Pictures come in the same body.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "leonardo",
    marks: &[&[Scalar("status"), Has("generated_images")]],
    roots: "generations_by_pk data.generations_by_pk",
    words: &[(Queued, "PENDING"), (Completed, "COMPLETE"), (Failed, "FAILED")],
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Video(Source), "generated_images[].motionMP4URL"),
        (Thumbnail, "generated_images[].url"),
        (Prompt, "prompt"),
        (CreatedAt, "createdAt"),
    ],
    ..Shape::BLANK
};
