//! kie's other models, `/api/v1/jobs/recordInfo?taskId=`, and their callbacks: question and outcome are JSON texts.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "kie-jobs",
    marks: &[
        &[Word("state"), Scalar("taskId model"), Has("param")],
        &[Word("state"), Scalar("taskId"), Has("resultJson")],
        // Of Runway's route, `/api/v1/runway/record-detail`.
        &[Word("state"), Scalar("taskId"), Has("failMsg")],
    ],
    roots: "data data.data ^",
    words: &[
        (Queued, "waiting wait queuing queueing"),
        (Processing, "generating"),
        (Completed, "success"),
        (Failed, "fail"),
    ],
    fields: &[
        (Id, "taskId"),
        (Model, "model"),
        (State, "state"),
        (Progress(Percent), "progress"),
        (Video(Source), "resultJson.resultUrls[] resultJson.resultUrls videoInfo.videoUrl"),
        (Video(Watermarked), "resultJson.resultWaterMarkUrls[]"),
        (Thumbnail, "videoInfo.imageUrl"),
        (Prompt, "param.input.prompt generateParam.prompt"),
        (ErrorCode, "failCode"),
        (ErrorText, "failMsg"),
        (CreatedAt, "createTime"),
        (CompletedAt, "completeTime"),
        (UpdatedAt, "updateTime"),
    ],
    ..Shape::BLANK
};
