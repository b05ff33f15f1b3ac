//! What every service's answer becomes.
//!
//! The fields, their order and their names in JavaScript (camelCase) are those of the package's `index.d.ts`.
//! Instants are Unix epoch milliseconds, durations milliseconds unless the name says otherwise; `None` says that the
//! service did not tell.

use serde::Serialize;

use crate::named::named;
use crate::part::Part;
use crate::redact::redact;

/// Where a task stands.
///
/// | status | ended |
/// |---|---|
/// | `Queued`, `Processing`, `Unknown` | no |
/// | `Completed`, `Failed`, `Cancelled`, `Expired` | yes |
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Accepted, not begun.
    Queued,
    /// Begun.
    Processing,
    /// There is a video, or at least it was made and billed.
    Completed,
    /// There will be no video.
    Failed,
    /// Somebody called it off.
    Cancelled,
    /// The service forgot the task or its video.
    Expired,
    /// The service used a word that this version does not know. Never the end.
    #[default]
    Unknown,
}

impl Status {
    /// The task has ended, one way or another.
    #[must_use]
    pub fn is_done(self) -> bool {
        self == Self::Completed || self.has_ended_without_video()
    }

    /// The task has ended, and not with a video.
    #[must_use]
    pub fn has_ended_without_video(self) -> bool {
        matches!(self, Self::Failed | Self::Cancelled | Self::Expired)
    }
}

/// One honest answer about a task.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// The id to ask with: the requested one, else the one in the body.
    pub id: String,
    /// The id that the body carries, digits kept.
    pub response_id: Option<String>,
    /// Family of the model, or `unknown`.
    pub provider: &'static str,
    /// The model as the service names it.
    pub model: Option<String>,
    /// The wire shape that was recognised, or `unknown`.
    pub shape: &'static str,
    /// Where the task stands.
    pub status: Status,
    /// The service's own word, untouched.
    pub raw_status: Option<String>,
    /// The step inside `processing`.
    pub stage: Option<&'static str>,
    /// The task has ended.
    pub is_done: bool,
    /// 0 to 1.
    pub progress: Option<f64>,
    /// Tasks before this one.
    pub queue_position: Option<f64>,
    /// What the service estimates is left.
    pub estimated_wait_ms: Option<f64>,
    /// The best of `videos`.
    pub video_url: Option<Part>,
    /// Every rendition, best first, no URL twice.
    pub videos: Vec<Video>,
    /// A still.
    pub thumbnail_url: Option<Part>,
    /// A moving preview.
    pub preview_url: Option<Part>,
    /// Path on the service that serves the bytes with the API key.
    pub content_path: Option<String>,
    /// Pixels.
    pub width: Option<f64>,
    /// Pixels.
    pub height: Option<f64>,
    /// Length of the video.
    pub duration_seconds: Option<f64>,
    /// What was asked for.
    pub prompt: Option<String>,
    /// What the service made of it.
    pub enhanced_prompt: Option<String>,
    /// Why there is no video. `None` unless the status is failed, cancelled or expired.
    pub error: Option<Failure>,
    /// What a reader should know but must not mistake for failure.
    pub warnings: Vec<Warning>,
    /// When the task was made.
    pub created_at: Option<f64>,
    /// When it ended. Never filled on a task that has not.
    pub completed_at: Option<f64>,
    /// When the service last looked at it.
    pub updated_at: Option<f64>,
}

impl Task {
    /// Replaces every occurrence of a secret in what the service says: it may pass on what another one said of its key.
    pub fn redact(&mut self, secret: &str) {
        let failure = self.error.iter_mut().flat_map(|error| error.code.iter_mut().chain([&mut error.message]));
        let warnings = self.warnings.iter_mut().map(|warning| &mut warning.message);
        let words =
            [&mut self.prompt, &mut self.enhanced_prompt, &mut self.raw_status, &mut self.response_id, &mut self.model];
        let words = words.into_iter().flatten();
        redact(failure.chain(warnings).chain(words), secret);
    }
}

/// One rendition of the video.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Video {
    /// http, https or `data:video/…`, which may be as large as the body.
    pub url: Part,
    /// Which rendition.
    pub kind: Rendition,
    /// Pixels, where the service tells them of this rendition.
    pub width: Option<f64>,
    /// Pixels, where the service tells them of this rendition.
    pub height: Option<f64>,
    /// When the URL stops working.
    pub expires_at: Option<f64>,
    /// The URL answers only with the API key.
    pub needs_auth: bool,
}

/// The renditions of a video, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rendition {
    /// Raised to a higher resolution.
    Upscaled,
    /// As the model made it.
    Source,
    /// Reduced.
    Medium,
    /// With the service's mark in the picture.
    Watermarked,
}

/// Why a task ended without a video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// The service's own code.
    pub code: Option<String>,
    /// The service's own words, or ours where it gave none.
    pub message: String,
    /// What that amounts to.
    pub reason: Reason,
}

/// The kinds of [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Prompt, image or video was refused for what it shows.
    Moderation,
    /// Prompt, image or parameter was unusable.
    InvalidInput,
    /// Money or allowance ran out.
    Quota,
    /// It took too long.
    Timeout,
    /// It ended, with nothing made.
    NoOutput,
    /// The service forgot it.
    Expired,
    /// Somebody called it off.
    Cancelled,
    /// The service's own trouble.
    Upstream,
    /// The service's words do not say.
    Unknown,
}

/// What a reader should know but must not mistake for failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// `recovered_error`, `unsafe_url`, `no_output` or `id_mismatch`.
    pub code: &'static str,
    /// In words.
    pub message: String,
}

named!(Status: Queued "queued", Processing "processing", Completed "completed", Failed "failed",
    Cancelled "cancelled", Expired "expired", Unknown "unknown");
named!(Rendition: Upscaled "upscaled", Source "source", Medium "medium", Watermarked "watermarked");
named!(Reason: Moderation "moderation", InvalidInput "invalid_input", Quota "quota", Timeout "timeout",
    NoOutput "no_output", Expired "expired", Cancelled "cancelled", Upstream "upstream", Unknown "unknown");
