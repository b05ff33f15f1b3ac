//! MiniMax, `/v1/query/video_generation?task_id=`: a finished task has a file, which another path serves.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{
    Reason::{Moderation, Quota},
    Rendition::*,
    Status::*,
};

pub const SHAPE: Shape = Shape {
    name: "minimax",
    provider: "minimax",
    marks: &[
        &[Has("task_id"), Word("status"), Has("base_resp")],
        &[Scalar("task_id"), Word("status"), Has("file_id"), Lacks("video_url")],
        &[Word("status"), Has("base_resp file_id")],
    ],
    words: &[
        (Queued, "Preparing Queueing"),
        (Processing, "Processing"),
        (Completed, "Success"),
        (Failed, "Fail failed"),
    ],
    // https://platform.minimax.io/docs/api-reference/errorcode
    reasons: &[(Moderation, "1026 1027"), (Quota, "1008")],
    content_path: Some("/v1/files/retrieve?file_id={file}"),
    fields: &[
        (Id, "task_id"),
        (State, "status"),
        (File, "file_id"),
        (Video(Source), "video_url file.download_url"),
        (Width, "video_width"),
        (Height, "video_height"),
        (ErrorCode, "base_resp.status_code"),
        (ErrorText, "base_resp.status_msg"),
    ],
    ..Shape::BLANK
};
