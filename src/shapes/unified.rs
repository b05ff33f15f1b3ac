//! The unified query of the relays, `/v1/video/query?id=`: one envelope over Sora, Veo, Grok and others, whose own
//! words stand in `detail`.
//!
//! It is also the form of relays that have no table of their own. Its places of videos are searched for completed tasks
//! of every shape ([`super::RELAYS`]): a path that is added here counts everywhere.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

/// What an error's envelope has.
const ERROR_MEMBERS: &str = "error message messege msg err error_msg errors detail base_resp";
/// Those of it that stand beside no task that goes on.
const SURE_ERROR_MEMBERS: &str = "error err error_msg errors base_resp";
/// What an envelope says of itself.
const SAID: &str = "code message messege msg";

/// Words for success, which envelopes use of themselves as well.
const IS_SUCCESS: &str = "status success succeeded completed";
/// What makes an outcome a task of its own.
const OWN: &str = "data[].id data[].task_id data[].taskId data[].status data[].state data[].task_status \
    data[].taskStatus data[].job_status data[].successFlag data[].progress result.state result.task_status \
    result.taskStatus result.task.status result.progress result.percent result.phase result.status_text";

/// Where a task inside tells how it stands: the status outside may be that of the envelope.
const INSIDE: &str = "data.status data.state data.task_status data.successFlag data.done data.data data.task.status \
    task.status result.status output.status output.task_status";
/// Where the details are a task of their own.
const INSIDE_DETAIL: &str = "detail.state detail.task_status detail.task";
/// More such places, where an end stands outside and no usual id.
const DEEPER: &str = "data.taskStatus data.job_status data[].status tasks[].status job.status value.status";

/// Where it stands otherwise, beside a word for success that may be the envelope's.
const BESIDE: &str = "state task_status taskStatus job_status video_status response.status task.state videos[].status \
    jobs[].status data[].status data[].state data.taskStatus data.job_status data.progress result.state tasks[].status \
    job.status";
/// Words of an envelope as much as of a task with an id.
const ENVELOPES: &str = "status success succeeded";
/// Codes of an answer that refuses the asking, whatever status stands beside them.
pub const REFUSED: &str = "code 401 402 403 404 429 unauthorized invalid_api_key authentication_error \
    insufficient_quota rate_limit_exceeded";

pub const SHAPE: Shape = Shape {
    name: "unified",
    roots: "^ data task output result data.data data.task",
    inner: Some("detail"),
    // Of pending bodies only id and status are sure: no other field may be required.
    marks: &[
        &[Scalar("status"), Has("status_update_time")],
        &[Scalar("status"), Has("enhanced_prompt")],
        &[Scalar("status"), Has("detail.pending_info")],
        &[Scalar("status"), Has("detail.draft_info")],
        &[Scalar("status"), Has("detail.req")],
        &[Word("status"), Scalar("video_url")],
        &[Word("status"), Scalar("task_id output.video_url")],
        &[Word("status"), Scalar("id"), IsNot(ENVELOPES), Lacks(INSIDE)],
        &[Word("status"), Scalar("task_id"), IsNot(ENVELOPES), Lacks(INSIDE)],
        &[Word("status"), Scalar("id"), Fine(BESIDE), Lacks(INSIDE)],
        &[Word("status"), Scalar("task_id"), Fine(BESIDE), Lacks(INSIDE)],
        &[Is(IS_SUCCESS), Is("data.progress 100 100% 1"), Lacks(INSIDE)],
        &[Word("status"), Scalar("job_id"), IsNot("status success error unknown"), Empty(ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is("status completed succeeded running"), Scalar("job_id"), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Word("status"), Scalar("taskId"), IsNot("status error"), Empty("data"), Lacks(INSIDE)],
        // PiAPI's: a number of the service behind it stands inside.
        &[
            Scalar("status task_id task_type"),
            IsNot(
                "output.status pending queued processing in_progress running completed success succeeded failed \
                 failure error cancelled canceled",
            ),
            Lacks("data task result"),
        ],
        // Without an id, the status may be an envelope's own, or an error's.
        &[Word("status"), Has("detail.status")],
        &[
            Word("status"),
            Has("detail.error_message"),
            IsNot("status error fail timeout timed_out unknown"),
            Empty(SURE_ERROR_MEMBERS),
            Fine(SAID),
            Lacks(INSIDE),
        ],
        &[
            Is(IS_SUCCESS),
            Holds("detail.url ://"),
            Empty(SURE_ERROR_MEMBERS),
            Fine(SAID),
            Lacks(INSIDE),
            Lacks(INSIDE_DETAIL),
        ],
        &[
            Is(IS_SUCCESS),
            Holds("detail.video_url ://"),
            Empty(SURE_ERROR_MEMBERS),
            Fine(SAID),
            Lacks(INSIDE),
            Lacks(INSIDE_DETAIL),
        ],
        &[
            Word("status"),
            IsNot(
                "status fail timeout timed_out running started rendering is_process assigned success succeed succeeded \
                 completed",
            ),
            Lacks(ERROR_MEMBERS),
            Unless(REFUSED),
            Lacks("data task result"),
            Lacks(INSIDE),
        ],
        &[
            Is(IS_SUCCESS),
            Lacks(ERROR_MEMBERS),
            Unless(REFUSED),
            Lacks("data task result"),
            Lacks(INSIDE),
            Lacks(DEEPER),
            Fine(BESIDE),
        ],
        &[
            Is("status succeeded completed failed failure cancelled canceled expired"),
            Lacks("message messege msg detail"),
            Unless(REFUSED),
            Empty(SURE_ERROR_MEMBERS),
            Lacks("data task result"),
            Lacks(INSIDE),
            Lacks(DEEPER),
        ],
        &[Word("status"), Scalar("url"), Empty(ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is("status completed succeeded"), Scalar("url"), Empty(SURE_ERROR_MEMBERS), Lacks("code"), Lacks(INSIDE)],
        &[Word("status"), Has("video_url"), Empty("message msg detail"), Lacks(INSIDE), IsNot("status error")],
        &[
            Word("status"),
            // No end, and so no envelope's own word either.
            IsNot(
                "status success succeeded succeed completed failed failure fail error nsfw timeout timed_out expired \
                 cancelled canceled unknown running started rendering is_process in_queue waiting assigned created \
                 staged not_started",
            ),
            Empty(SURE_ERROR_MEMBERS),
            Lacks(INSIDE),
        ],
        &[Word("status"), IsNot("status error success succeeded succeed completed unknown"), InEnvelope, Lacks(INSIDE)],
        // A video says of which kind the word for success is.
        &[Is(IS_SUCCESS), Holds("data[].url .mp4"), Empty(SURE_ERROR_MEMBERS), Lacks(OWN)],
        &[Is(IS_SUCCESS), Holds("data[].video_url ://"), Empty(SURE_ERROR_MEMBERS), Lacks(OWN)],
        &[Is(IS_SUCCESS), Holds("data.video_url ://"), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE), Fine(BESIDE)],
        &[Is(IS_SUCCESS), Holds("result.video_url ://"), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE), Lacks(OWN)],
        &[Is(IS_SUCCESS), Holds("result.url .mp4"), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE), Lacks(OWN)],
        // Ideogram's.
        &[Word("status"), Scalar("generation_id"), Is("data[].object_type video"), Empty(SURE_ERROR_MEMBERS)],
        &[Is(IS_SUCCESS), Holds("remixed_from_video_id ://"), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
    ],
    words: &[
        (Queued, "pending not_start not_started submitted queued in_queue waiting assigned created staged unknown"),
        (
            Processing,
            "processing is_process started rendering generating in_progress running image_downloading video_generating \
             video_generation_running video_generation_completed video_upsampling upsampling",
        ),
        (Completed, "completed success succeeded succeed video_upsampling_completed"),
        (Failed, "failed failure fail error nsfw timeout timed_out video_generation_failed video_upsampling_failed"),
        (Cancelled, "cancelled canceled cancel"),
        (Expired, "expired"),
    ],
    generated: "video_generation_completed",
    stages: &[
        ("downloading_images", "image_downloading"),
        ("generating", "generating video_generating video_generation_running"),
        ("upscaling", "video_upsampling upsampling"),
    ],
    fields: &[
        (Id, "id task_id job_id taskId submit_id"),
        (State, "status state task_status"),
        (InnerState, "detail.pending_info.status detail.status"),
        (InnerReason, "detail.pending_info.failure_reason"),
        (Running, "detail.running"),
        (Upscales, "detail.req.enable_upsample"),
        (Model, "model detail.req.model detail.model detail.input.model"),
        (Progress(Fraction), "detail.pending_info.progress_pct detail.progress_pct progress_pct progressRatio"),
        (Progress(Percent), "progress detail.progress"),
        (QueuePosition, "detail.pending_info.progress_pos_in_queue"),
        (
            WaitSeconds,
            "detail.pending_info.estimated_queue_wait_time detail.pending_info.estimated_time_left \
             estimated_queue_wait_time estimated_time_left detail.estimated_time_left",
        ),
        // A URL that stands in several rows is of the first row's rendition: the rows that say which come first.
        (Video(Upscaled), "upsample_video_url detail.upsample_video_url"),
        // PiAPI's, without the watermark that the usual places have then.
        (Video(Source), "output.video_raw.url output.video_url_no_watermark"),
        (Video(Source), "detail.draft_info.encodings.source.path"),
        (Video(Medium), "detail.draft_info.encodings.md.path"),
        (Video(Watermarked), "detail.draft_info.encodings.source_wm.path"),
        (
            Video(Source),
            "detail.draft_info.downloadable_url video_url detail.video_url detail.url detail.draft_info.url \
             output.url output.video_url url video.url data.video_url data.url detail.video.url \
             result_url result.video_url result.url detail.pending_info.generations[].url \
             output.works[].video.resource_without_watermark",
        ),
        (Video(Watermarked), "output.works[].video.resource"),
        (
            Output,
            "output output[] outputs[] video_urls[] video_url[] videos[].url result.videos[].url result.videos[].url[] \
             output_url output.video output.video.url outputs[].url results[].url result.urls[] remixed_from_video_id",
        ),
        (
            OutputOnceCompleted,
            "content.video_url task_result.videos[].url data.videos[].url videoUrl video \
             video[] outputUrl resultUrl results[] generated[] output.result output.urls[] output.video_urls[] \
             output.videos[].url output.file_url output.master result.video.url artifacts[].url outcome.video_url \
             download_url download download.url downloads[].url video_output result_urls[] generations[].url \
             data[].url data[].video_url",
        ),
        (
            Thumbnail,
            "thumbnail_url detail.thumbnail_url output.thumbnail_url detail.draft_info.encodings.thumbnail.path",
        ),
        (Preview, "gif_url detail.gif_url detail.draft_info.encodings.gif.path"),
        (Width, "width detail.draft_info.width detail.pending_info.width"),
        (Height, "height detail.draft_info.height detail.pending_info.height"),
        (Duration, "duration seconds"),
        (
            Prompt,
            "prompt detail.prompt detail.input.prompt detail.req.prompt detail.pending_info.prompt \
             detail.draft_info.prompt",
        ),
        (EnhancedPrompt, "enhanced_prompt detail.enhanced_prompt"),
        (ErrorCode, "error.code error.type"),
        (
            ErrorText,
            "error.message error detail.pending_info.failure_reason detail.error_message \
             detail.video_generation_error detail.error.message detail.error detail.failure_reason detail.fail_reason \
             detail.draft_info.reason_str fail_reason failure_reason",
        ),
        (
            Verdict,
            "detail.pending_info.moderation_result.code raiMediaFilteredReasons[] data.raiMediaFilteredReasons[] \
             detail.raiMediaFilteredReasons[]",
        ),
        (Moderated(true), "detail.pending_info.moderation_result.is_output_rejection"),
        (Moderated(false), "video.respect_moderation detail.video.respect_moderation"),
        (CreatedAt, "created_at created detail.created_at detail.pending_info.created_at detail.draft_info.created_at"),
        (ExpiresAt, "result.videos[].expires_at"),
        (CompletedAt, "completed_at detail.completed_at"),
        (UpdatedAt, "status_update_time detail.status_update_time updated_at"),
    ],
    ..Shape::BLANK
};

/// A failure without any id: as well an error of the service's, unless only a filter has such words.
pub const REFUSAL: Shape =
    Shape { marks: &[&[Is("status failed"), Refusal("error error.message error.code")]], ..SHAPE };

/// Words that services also put beside errors.
const OVER: &str = "status complete done finished ready";

/// Such words are an end where a video stands beside them, and a refusal is one where nothing else speaks.
pub const ENDED: Shape = Shape {
    marks: &[
        &[Is(OVER), Holds("video_url ://"), Fine(SAID), Lacks(INSIDE)],
        &[Is(OVER), Holds("result_url ://"), Fine(SAID), Lacks(INSIDE)],
        &[Is(OVER), Holds("download_url ://"), Fine(SAID), Lacks(INSIDE)],
        &[Is(OVER), Holds("video_output ://"), Fine(SAID), Lacks(INSIDE)],
        &[Is(OVER), Holds("download .mp4"), Fine(SAID), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is(OVER), Holds("download.url .mp4"), Fine(SAID), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is(OVER), Holds("downloads[].url .mp4"), Fine(SAID), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is(OVER), Holds("output ://"), Holds("output .mp4"), Fine(SAID), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is(OVER), Holds("output.video_url ://"), Fine(SAID), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is(OVER), Holds("result.video_url ://"), Fine(SAID), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is(OVER), Holds("output.master .mp4"), Fine(SAID), Empty(SURE_ERROR_MEMBERS), Lacks(INSIDE)],
        &[Is(OVER), Scalar("id"), Holds("url .mp4"), Fine(SAID), Lacks(INSIDE)],
        &[Is(OVER), Scalar("task_id"), Holds("url .mp4"), Fine(SAID), Lacks(INSIDE)],
        &[Is("status rejected"), Scalar("id"), Fine(SAID), Lacks(INSIDE)],
    ],
    words: &[(Failed, "rejected")],
    ended: "complete done finished ready",
    ..SHAPE
};

/// The status under another name, as AceDataCloud has it.
pub const RENAMED: Shape = Shape {
    marks: &[
        &[Word("state"), Scalar("task_id video_url"), Lacks(INSIDE)],
        &[Word("task_status"), Scalar("task_id video_url"), Lacks(INSIDE)],
        &[Is("state failed"), Scalar("task_id"), Lacks(INSIDE)],
    ],
    ..SHAPE
};
