//! OpenAI's videos, `/v1/videos/{id}`, also at Azure, LiteLLM and relays, which add a URL of their own.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "openai",
    marks: &[
        &[Is("object video"), Lacks("status_update_time")],
        &[Word("status"), Scalar("id model created_at"), Lacks("detail status_update_time outputs[]")],
        &[Word("status"), Scalar("id"), Has("seconds size"), Lacks("detail status_update_time")],
    ],
    words: &[
        // The words behind OpenAI's own are those of relays that took over its form.
        (Queued, "queued pending not_start submitted"),
        (Processing, "in_progress processing"),
        (Completed, "completed success succeeded"),
        (Failed, "failed failure"),
        (Cancelled, "cancelled canceled"),
        (Expired, "expired"),
    ],
    content_path: Some("/v1/videos/{id}/content"),
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Model, "model"),
        (Progress(Percent), "progress"),
        (Video(Upscaled), "upsample_video_url"),
        (Video(Source), "video_url metadata.url url video.url result_url metadata.video_url output.video_url"),
        (
            OutputOnceCompleted,
            "content.video_url task_result.videos[].url data.videos[].url data.video_url result.video_url videoUrl \
             output.videos[].url",
        ),
        (Thumbnail, "thumbnail_url"),
        (Size, "size"),
        (Duration, "seconds duration"),
        (Prompt, "prompt"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message error"),
        (Moderated(false), "video.respect_moderation"),
        (Verdict, "raiMediaFilteredReasons[] data.raiMediaFilteredReasons[]"),
        (ExpiresAt, "expires_at"),
        (CreatedAt, "created_at"),
        (CompletedAt, "completed_at"),
        (UpdatedAt, "updated_at"),
    ],
    ..Shape::BLANK
};
