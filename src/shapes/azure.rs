//! Azure OpenAI's first jobs of Sora, `/openai/v1/video/generations/jobs/{id}`: a finished one has generations, which
//! another path serves.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::Status::*;

pub const SHAPE: Shape = Shape {
    name: "azure",
    provider: "sora",
    marks: &[&[Word("status"), Has("generations"), Is("object video.generation.job")]],
    words: &[
        (Queued, "queued preprocessing"),
        (Processing, "running processing"),
        (Completed, "succeeded"),
        (Failed, "failed"),
        (Cancelled, "cancelled"),
    ],
    // https://learn.microsoft.com/azure/ai-foundry/openai/video-generation-quickstart
    content_path: Some("/openai/v1/video/generations/{file}/content/video?api-version=preview"),
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Model, "model"),
        (File, "generations[].id"),
        (Width, "width generations[].width"),
        (Height, "height generations[].height"),
        (Duration, "n_seconds generations[].n_seconds"),
        (Prompt, "prompt generations[].prompt"),
        (ErrorCode, "error.code"),
        (ErrorText, "failure_reason error.message"),
        (CreatedAt, "created_at"),
        (CompletedAt, "finished_at"),
    ],
    ..Shape::BLANK
};
