//! Google's long-running operations, Gemini and Vertex: `done` says that it ended, the rest says how.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "google",
    provider: "veo",
    marks: &[
        &[Scalar("name"), Has("done")],
        &[Holds("name operations/")],
        &[Has("done response.generateVideoResponse")],
    ],
    roots: "^ data data.data",
    fatal: &[ErrorCode, ErrorText],
    words: &[(Processing, "false -")],
    ended: "true",
    fields: &[
        (Id, "name"),
        (State, "done"),
        (Progress(Percent), "metadata.progressPercent"),
        (
            Video(Source),
            "response.generateVideoResponse.generatedSamples[].video.uri response.generatedSamples[].video.uri \
             response.generatedVideos[].video.uri response.generated_videos[].video.uri response.videos[].gcsUri",
        ),
        (
            VideoBytes,
            "response.videos[].bytesBase64Encoded response.generateVideoResponse.generatedSamples[].video.encodedVideo",
        ),
        (VideoType, "response.videos[].mimeType response.generateVideoResponse.generatedSamples[].video.encoding"),
        (ErrorCode, "error.code"),
        (ErrorText, "error.message error"),
        (Verdict, "response.raiMediaFilteredReasons[] response.generateVideoResponse.raiMediaFilteredReasons[]"),
        (Moderated(true), "response.raiMediaFilteredCount response.generateVideoResponse.raiMediaFilteredCount"),
        (CreatedAt, "metadata.createTime"),
        (UpdatedAt, "metadata.updateTime"),
    ],
    ..Shape::BLANK
};
