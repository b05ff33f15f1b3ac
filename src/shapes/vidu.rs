//! Vidu, `/ent/v2/tasks/{id}/creations`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Reason::Upstream, Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "vidu",
    provider: "vidu",
    marks: &[
        &[Word("state"), Has("creations")],
        &[Word("state"), Has("err_code")],
        // At Qianfan.
        &[Word("status"), Has("err_code creations")],
        &[Word("state"), Scalar("task_id"), Has("movement_amplitude")],
        &[Is("state created queueing"), Scalar("task_id")],
    ],
    words: &[(Queued, "created queueing"), (Processing, "processing"), (Completed, "success"), (Failed, "failed")],
    fields: &[
        (Id, "id task_id"),
        (State, "state status"),
        (Model, "model"),
        (Video(Source), "creations[].url"),
        (Video(Watermarked), "creations[].watermarked_url"),
        (Thumbnail, "creations[].cover_url"),
        (Duration, "duration"),
        (Prompt, "prompt"),
        (ErrorCode, "err_code"),
        (ErrorText, "err_msg"),
        (CreatedAt, "created_at"),
    ],
    // Its quota is that of tasks at a time, https://platform.vidu.com/docs/error-code.
    reasons: &[(Upstream, "QuotaExceeded")],
    ..Shape::BLANK
};
