//! Zhipu's CogVideoX, `/api/paas/v4/async-result/{id}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "zhipu",
    provider: "cogvideo",
    marks: &[&[Word("task_status"), Scalar("id request_id")], &[Word("task_status"), Has("video_result")]],
    words: &[(Processing, "PROCESSING"), (Completed, "SUCCESS"), (Failed, "FAIL")],
    fields: &[
        (Id, "id"),
        (State, "task_status"),
        (Model, "model"),
        (Video(Source), "video_result[].url"),
        (Thumbnail, "video_result[].cover_image_url"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message"),
    ],
    ..Shape::BLANK
};
