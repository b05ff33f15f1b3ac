//! SiliconFlow, `/v1/video/status`: an answer without an id.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "siliconflow",
    marks: &[&[Word("status"), Has("reason results"), Lacks("id task_id object video_url url")]],
    words: &[(Queued, "InQueue"), (Processing, "InProgress"), (Completed, "Succeed"), (Failed, "Failed")],
    fields: &[
        (State, "status"),
        (QueuePosition, "position"),
        (Video(Source), "results.videos[].url"),
        (ErrorText, "reason"),
    ],
    ..Shape::BLANK
};
