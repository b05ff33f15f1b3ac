//! Novita, `/v3/async/task-result?task_id=`: the task, and beside it what it made.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "novita",
    marks: &[&[Scalar("task_id"), Word("status")]],
    roots: "task data.task",
    words: &[
        (Queued, "TASK_STATUS_QUEUED"),
        (Processing, "TASK_STATUS_PROCESSING"),
        (Completed, "TASK_STATUS_SUCCEED"),
        (Failed, "TASK_STATUS_FAILED"),
    ],
    fields: &[
        (Id, "task_id"),
        (State, "status"),
        (Progress(Percent), "progress_percent"),
        (WaitSeconds, "eta"),
        (Video(Source), "^videos[].video_url ^data.videos[].video_url"),
        (ErrorText, "reason"),
    ],
    ..Shape::BLANK
};
