//! PixVerse, `/openapi/v2/video/result/{id}`: numbers for words.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Reason::Moderation, Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "pixverse",
    provider: "pixverse",
    marks: &[&[Scalar("id"), Word("status")]],
    roots: "Resp",
    words: &[(Processing, "5 9 10"), (Completed, "1"), (Failed, "7 8")],
    reasons: &[(Moderation, "7")],
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Video(Source), "url"),
        (Width, "outputWidth"),
        (Height, "outputHeight"),
        (Prompt, "prompt"),
        (ErrorCode, "status"),
        (CreatedAt, "create_time"),
        (UpdatedAt, "modify_time"),
    ],
    ..Shape::BLANK
};
