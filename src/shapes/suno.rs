//! Suno behind new-api, `/suno/fetch/{id}`: a row of new-api's table with a list of clips.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::Rendition::*;

pub const SHAPE: Shape = Shape {
    name: "suno",
    provider: "suno",
    marks: &[
        &[Scalar("task_id"), Word("status"), Is("platform suno")],
        &[Scalar("task_id"), Word("status"), Is("action MUSIC")],
        &[Scalar("task_id"), Word("status"), Has("data[].audio_url")],
    ],
    words: super::new_api::SHAPE.words,
    fields: &[
        (Id, "task_id"),
        (State, "status"),
        (Progress(Percent), "progress"),
        (Video(Source), "data[].video_url"),
        (Thumbnail, "data[].image_url"),
        (ErrorText, "fail_reason"),
        (CreatedAt, "submit_time created_at"),
        (CompletedAt, "finish_time"),
        (UpdatedAt, "updated_at"),
    ],
    ..Shape::BLANK
};
