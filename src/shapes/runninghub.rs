//! RunningHub, ComfyUI for hire, `/task/openapi/outputs` and `/task/openapi/status`. A task that goes on is told of as an
//! error is, under codes that differ: the words decide. `taskCostTime` is how long it ran.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "runninghub",
    marks: &[
        &[Has("code"), Word("msg"), Holds("msg APIKEY_TASK_")],
        &[Is("code 0"), Has("msg data[].fileUrl data[].nodeId")],
        // Elsewhere a success may be that of the request alone.
        &[Is("code 0"), Has("msg data.clientId"), IsNot("data.taskStatus success ok 成功")],
        &[Is("code 0"), Has("msg"), Is("data queued running failed")],
    ],
    host: "runninghub.cn runninghub.ai",
    host_marks: &[&[Is("code 0"), Scalar("data.taskStatus")], &[Is("code 0"), Scalar("data")]],
    words: &[
        (Queued, "QUEUED APIKEY_TASK_IS_QUEUED"),
        (Processing, "RUNNING APIKEY_TASK_IS_RUNNING"),
        (Completed, "SUCCESS ok 成功 -"),
        (Failed, "FAILED APIKEY_TASK_STATUS_ERROR"),
    ],
    fields: &[
        (Id, "data.taskId"),
        (State, "data.taskStatus data msg"),
        (Video(Source), "data[].fileUrl"),
        (ErrorCode, "code"),
        (ErrorText, "data.failedReason.exception_message"),
    ],
    ..Shape::BLANK
};
