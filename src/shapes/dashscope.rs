//! DashScope (Alibaba Cloud Model Studio), `/api/v1/tasks/{id}`. Instants are UTC+8; `UNKNOWN` is no such task.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "dashscope",
    provider: "wan",
    marks: &[&[Scalar("task_id"), Word("task_status")]],
    roots: "output data.output",
    words: &[
        (Queued, "PENDING"),
        (Processing, "RUNNING"),
        (Completed, "SUCCEEDED"),
        (Failed, "FAILED"),
        (Cancelled, "CANCELED"),
    ],
    missing: "UNKNOWN",
    zone_hours: 8,
    fields: &[
        (Id, "task_id"),
        (State, "task_status"),
        (Video(Source), "video_url results.video_url"),
        (Duration, "^usage.output_video_duration ^usage.video_duration ^usage.duration"),
        (Size, "^usage.size ^usage.video_ratio"),
        (Prompt, "orig_prompt"),
        (EnhancedPrompt, "actual_prompt"),
        (ErrorCode, "code ^code"),
        (ErrorText, "message ^message"),
        (CreatedAt, "submit_time"),
        (CompletedAt, "end_time"),
    ],
    ..Shape::BLANK
};
