//! UCloud's ModelVerse, `/v1/tasks/status?task_id=`: DashScope's form, and DashScope's words while a task goes on.
//! `usage.duration` is how long the task ran.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "ucloud",
    marks: &[&[Scalar("task_id submit_time"), Is("task_status success failure")]],
    host: "modelverse.cn",
    host_marks: &[&[Scalar("task_id"), Word("task_status")]],
    roots: "output data.output",
    // Of DashScope, where a relay writes other words; its own are numbers.
    zone_hours: 8,
    words: &[(Queued, "Pending"), (Processing, "Running"), (Completed, "Success"), (Failed, "Failure")],
    fields: &[
        (Id, "task_id"),
        (State, "task_status"),
        (Video(Source), "urls[] video_url results.video_url"),
        (ErrorText, "error_message"),
        (CreatedAt, "submit_time"),
        (CompletedAt, "finish_time"),
    ],
    ..Shape::BLANK
};
