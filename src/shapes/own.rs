//! This package's own `Task` as JSON: what a caller stored, or what a service of the caller's own hands on.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "video-task-query",
    marks: &[&[Word("status"), Has("rawStatus responseId videoUrl isDone")]],
    words: &[
        (Queued, "queued"),
        (Processing, "processing"),
        (Completed, "completed"),
        (Failed, "failed"),
        (Cancelled, "cancelled"),
        (Expired, "expired"),
        (Unknown, "unknown"),
    ],
    fields: &[
        (Id, "id responseId"),
        (State, "status"),
        (Model, "model"),
        (Progress(Fraction), "progress"),
        (QueuePosition, "queuePosition"),
        (Video(Source), "videoUrl contentPath"),
        (ExpiresAt, "videos[].expiresAt"),
        (Thumbnail, "thumbnailUrl"),
        (Preview, "previewUrl"),
        (Width, "width"),
        (Height, "height"),
        (Duration, "durationSeconds"),
        (Prompt, "prompt"),
        (EnhancedPrompt, "enhancedPrompt"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message"),
        (CreatedAt, "createdAt"),
        (CompletedAt, "completedAt"),
        (UpdatedAt, "updatedAt"),
    ],
    ..Shape::BLANK
};
