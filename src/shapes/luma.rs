//! Luma, `/dream-machine/v1/generations/{id}`, and its web form, which relays serve at `/luma/generations/{id}`.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "luma",
    provider: "luma",
    marks: &[
        &[Word("state"), Has("assets")],
        &[Word("state"), Has("failure_reason")],
        &[Word("state"), Has("generation_type")],
    ],
    words: &[(Queued, "queued"), (Processing, "dreaming"), (Completed, "completed"), (Failed, "failed")],
    fields: &[
        (Id, "id"),
        (State, "state"),
        (Model, "model request.model"),
        (WaitSeconds, "estimate_wait_seconds"),
        (Video(Source), "assets.video video_raw.url video.download_url"),
        (Video(Watermarked), "video.url"),
        (VideoWidth, "video.width"),
        (VideoHeight, "video.height"),
        (Thumbnail, "assets.image thumbnail.url video.thumbnail"),
        (Duration, "request.duration"),
        (Prompt, "request.prompt prompt"),
        (ErrorText, "failure_reason"),
        (CreatedAt, "created_at"),
    ],
    ..Shape::BLANK
};

/// The web form, which stands inside the answers of relays, too: those come first.
pub const WEB: Shape = Shape {
    marks: &[
        &[Scalar("id"), Word("state"), Has("estimate_wait_seconds")],
        &[Scalar("id"), Word("state"), Has("video_raw")],
        &[Scalar("id"), Word("state"), Has("video.download_url")],
    ],
    words: &[
        (Queued, "queued pending"),
        (Processing, "dreaming processing"),
        (Completed, "completed"),
        (Failed, "failed"),
    ],
    ..SHAPE
};
