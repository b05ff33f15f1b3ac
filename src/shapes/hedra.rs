//! Hedra, `/generations/{id}/status`.

use super::table::{Field::*, Mark::*, Shape, Unit::*};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "hedra",
    marks: &[&[Scalar("id"), Word("status"), Is("type video"), Has("asset_id error_message")]],
    words: &[
        (Queued, "queued pending"),
        (Processing, "processing finalizing"),
        (Completed, "complete"),
        (Failed, "error failed"),
        (Cancelled, "canceled"),
    ],
    fields: &[
        (Id, "id"),
        (State, "status"),
        (Progress(Fraction), "progress"),
        (WaitSeconds, "eta_sec"),
        (Video(Source), "url"),
        (OutputOnceCompleted, "download_url"),
        (ErrorText, "error_message"),
    ],
    ..Shape::BLANK
};
