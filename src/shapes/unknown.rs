//! A body that has an id and a status word, and is no shape that this version knows: nothing is guessed.

use super::table::{Field::*, Mark::*, Shape};

pub const SHAPE: Shape = Shape {
    name: "unknown",
    marks: &[
        &[Scalar("id"), Scalar("status")],
        &[Scalar("task_id"), Scalar("status")],
        &[Scalar("id"), Scalar("state")],
        &[Scalar("task_id"), Scalar("task_status")],
        &[Scalar("status"), Lacks("error"), Lacks("message"), Lacks("msg"), Lacks("detail")],
        &[Scalar("id"), Lacks("error"), Lacks("message"), Lacks("msg"), Lacks("code")],
    ],
    fields: &[
        (Id, "id"),
        (Id, "task_id"),
        (State, "status"),
        (State, "state"),
        (State, "task_status"),
        (Model, "model"),
        (Prompt, "prompt"),
    ],
    ..Shape::BLANK
};
