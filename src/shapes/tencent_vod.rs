//! Tencent Cloud VOD, `DescribeTaskDetail`: `FINISH` only says that a task ended, its code says how.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "tencent-vod",
    marks: &[
        &[Scalar("Status"), Is("TaskType AigcVideoTask"), Has("AigcVideoTask.ErrCode")],
        &[Is("TaskType AigcVideoTask"), IsNot("Status finish")],
        // Relays leave out a code of zero.
        &[Is("TaskType AigcVideoTask"), Scalar("Status AigcVideoTask.Output.FileInfos[].FileUrl")],
    ],
    roots: "Response data.Response ^ data",
    words: &[(Queued, "WAITING"), (Processing, "PROCESSING"), (Failed, "FAIL"), (Cancelled, "ABORTED")],
    ended: "FINISH",
    fields: &[
        (Id, "AigcVideoTask.TaskId"),
        (State, "Status"),
        (Model, "AigcVideoTask.Input.ModelName"),
        (Progress(Percent), "AigcVideoTask.Progress"),
        (Video(Source), "AigcVideoTask.Output.FileInfos[].FileUrl"),
        (ExpiresAt, "AigcVideoTask.Output.FileInfos[].ExpireTime"),
        (Width, "AigcVideoTask.Output.FileInfos[].MetaData.Width"),
        (Height, "AigcVideoTask.Output.FileInfos[].MetaData.Height"),
        (Duration, "AigcVideoTask.Output.FileInfos[].MetaData.Duration"),
        (Prompt, "AigcVideoTask.Input.Prompt"),
        (ErrorCode, "AigcVideoTask.ErrCode AigcVideoTask.ErrCodeExt"),
        (FailureText, "AigcVideoTask.Message"),
        (CreatedAt, "CreateTime"),
        (CompletedAt, "FinishTime"),
    ],
    ..Shape::BLANK
};
