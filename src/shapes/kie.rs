//! kie, `/api/v1/veo/record-info?taskId=`: the status is a number, instants are UTC+8.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "kie",
    provider: "veo",
    // The second is a callback's body.
    marks: &[&[Scalar("successFlag")], &[Scalar("taskId"), Scalar("info.resultUrls[]")]],
    roots: "data data.data",
    words: &[(Processing, "0 -"), (Completed, "1 4"), (Failed, "2 3")],
    zone_hours: 8,
    fields: &[
        (Id, "taskId"),
        (State, "successFlag"),
        (Video(Source), "response.resultUrls[] info.resultUrls[] response.resultVideoUrl"),
        (ErrorCode, "errorCode"),
        (ErrorText, "errorMessage"),
        (CreatedAt, "createTime"),
        (CompletedAt, "completeTime"),
    ],
    ..Shape::BLANK
};

/// What an answer to a query has, and a callback has not.
const RECORD: &str = "data.successFlag data.response data.createTime data.paramJson";
/// Where others tell how a task stands.
const STATES: &str = "data.status data.state data.task_status data.taskStatus data.job_status data.successFlag \
    data.progress data.failMsg";

/// Callbacks that have no status but the code around them: of a failed task, and of Runway's.
pub const CALLBACK: Shape = Shape {
    name: "kie",
    provider: "unknown",
    marks: &[
        &[Is("code 400 422 500 501"), Scalar("msg data.taskId"), Has("data.fallbackFlag"), Lacks(RECORD)],
        &[Is("code 400 422 500 501"), Scalar("msg data.task_id"), Has("data.video_id data.video_url"), Lacks(STATES)],
        &[Is("code 400 501"), Scalar("msg taskId"), Has("data"), Empty("data")],
        &[Is("code 200"), Scalar("taskId"), Holds("data.result_video_url ://"), Lacks(STATES)],
        &[Is("code 200"), Scalar("data.task_id"), Holds("data.result_video_url ://"), Lacks(STATES)],
        &[Is("code 200"), Scalar("data.taskId"), Has("data.promptJson"), Scalar("data.resultUrls[]"), Lacks(STATES)],
        &[
            Is("code 200"),
            Scalar("data.task_id data.video_id"),
            Holds("data.video_url ://"),
            Has("data.image_url"),
            Lacks(STATES),
        ],
    ],
    roots: "^",
    words: &[(Completed, "200"), (Failed, "400 422 500 501")],
    fields: &[
        (Id, "data.taskId data.task_id taskId"),
        (State, "code"),
        (Video(Source), "data.video_url data.result_video_url data.resultUrls[]"),
        (Thumbnail, "data.image_url data.result_image_url"),
        (ErrorCode, "code"),
    ],
    ..Shape::BLANK
};
