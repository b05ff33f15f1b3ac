//! PixVerse, `/openapi/v2/video/result/{id}`: numbers for words.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Reason::Moderation, Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "pixverse",
    provider: "pixverse",
    marks: &[&[Is("ErrCode 0"), Scalar("Resp.id Resp.status")]],
    words: &[(Processing, "5 9 10"), (Completed, "1"), (Failed, "7 8")],
    reasons: &[(Moderation, "7")],
    fields: &[
        (Id, "Resp.id"),
        (State, "Resp.status"),
        (Video(Source), "Resp.url"),
        (Width, "Resp.outputWidth"),
        (Height, "Resp.outputHeight"),
        (Prompt, "Resp.prompt"),
        (ErrorCode, "Resp.status"),
        (CreatedAt, "Resp.create_time"),
        (UpdatedAt, "Resp.modify_time"),
    ],
    ..Shape::BLANK
};
