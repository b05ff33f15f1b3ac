//! Pollo, `/generation/{taskId}/status`: all but the id stands in a list of generations.

use super::table::{Field::*, Mark::*, Shape};
use crate::task::{Rendition::*, Status::*};

pub const SHAPE: Shape = Shape {
    name: "pollo",
    marks: &[
        &[Scalar("taskId generations[].status"), Is("generations[].mediaType video"), Empty("status")],
        &[Scalar("taskId generations[].status"), Empty("generations[].mediaType"), Empty("status")],
    ],
    words: &[(Queued, "waiting"), (Processing, "processing"), (Completed, "succeed"), (Failed, "failed")],
    fields: &[
        (Id, "taskId"),
        (EachState, "generations[].status"),
        (Video(Source), "generations[].url"),
        (ErrorText, "generations[].failMsg"),
        (CreatedAt, "generations[].createdDate"),
        (UpdatedAt, "generations[].updatedDate"),
    ],
    ..Shape::BLANK
};
