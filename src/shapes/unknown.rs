//! A body that has an id or a status word, and is no shape that this version knows: nothing is guessed.

use super::table::{Field::*, Mark::*, Shape};
use super::unified::REFUSED;
use crate::task::Status::*;

/// Words and numbers that errors have where tasks have their status.
const NO_STATUS: &str = "status error fail failed failure 400 401 402 403 404 429 500 502 503 504";

pub const SHAPE: Shape = Shape {
    name: "unknown",
    marks: &[
        &[Scalar("id status")],
        &[Scalar("task_id status")],
        &[Scalar("id state")],
        &[Scalar("task_id task_status")],
        &[Scalar("task_id state")],
        &[Scalar("taskId state")],
        &[Scalar("taskId status")],
        &[Scalar("status"), Lacks("message messege msg detail"), Empty("error"), IsNot(NO_STATUS), Unless(REFUSED)],
        &[Scalar("id"), Lacks("error message msg code"), Empty("errors")],
    ],
    fields: &[(Id, "id task_id taskId"), (State, "status state task_status"), (Model, "model"), (Prompt, "prompt")],
    ..Shape::BLANK
};

/// What HTTP 202 says by itself, where nothing speaks of an end or of trouble: accepted, and not done yet.
pub const ACCEPTED: Shape = Shape {
    marks: &[&[Empty("error errors err error_msg code status state detail data base_resp Response")]],
    roots: "^",
    words: &[(Processing, "-")],
    ..Shape::BLANK
};
