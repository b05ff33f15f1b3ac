//! Zhipu's CogVideoX, `/api/paas/v4/async-result/{id}`, also at GeekAI, which took over its form.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "zhipu",
    provider: "cogvideo",
    marks: &[&[Word("task_status"), Scalar("id request_id")], &[Word("task_status"), Has("video_result")]],
    words: &[(Processing, "PROCESSING"), (Completed, "SUCCESS"), (Failed, "FAIL")],
    fields: &[
        (Id, "id task_id"),
        (State, "task_status"),
        (Model, "model"),
        (Progress(Percent), "progress"),
        (Video(Source), "video_result[].url"),
        (Thumbnail, "video_result[].cover_image_url"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message"),
    ],
    ..Shape::BLANK
};

/// GeekAI's, which is never inside of anything.
pub const GEEKAI: Shape = Shape {
    provider: "unknown",
    marks: &[&[Word("task_status"), Scalar("task_id model"), Empty("status data task_status_msg task_result code")]],
    roots: "^",
    words: &[(Queued, "pending"), (Processing, "running"), (Completed, "success"), (Failed, "failed")],
    ..SHAPE
};
