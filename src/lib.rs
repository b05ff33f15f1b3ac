//! Reads what video generation services answer about a task, and tells one honest [`Task`].
//!
//! | layer | modules |
//! |---|---|
//! | what every answer becomes | [`task`] |
//! | a body as a tree | [`json`], with [`part`] |
//! | which service wrote it | [`shapes`] |
//! | what it says: the truth rules | [`normalize`], with [`instant`], [`link`], [`signature`], [`model`], [`litellm`], [`reason`] |
//! | what it says instead of telling of a task | [`envelope`], [`error`] |
//! | why it says so | [`trail`], [`explain`] |
//! | how to ask, and when again | [`endpoint`], [`retry`], [`schedule`], [`learned`], [`pace`] |
//! | all of it, for one answer | [`answer`] |
//! | texts, for all of them | [`words`], `base64`, `redact` |
//! | names of variants in JavaScript | `named` |
//! | the border to JavaScript | `wasm`, only there |
//!
//! Everything but the border is pure: no clock, no network, no randomness of its own.

#![cfg_attr(not(test), warn(clippy::disallowed_macros))]

pub mod answer;
mod base64;
pub mod endpoint;
pub mod envelope;
pub mod error;
pub mod explain;
pub mod instant;
pub mod json;
pub mod learned;
pub mod link;
pub mod litellm;
pub mod model;
mod named;
pub mod normalize;
pub mod pace;
pub mod part;
pub mod reason;
mod redact;
pub mod retry;
pub mod schedule;
pub mod shapes;
pub mod signature;
pub mod task;
pub mod trail;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod wasm;

pub use answer::{Answer, explain_task, parse_task, read_answer};
pub use error::QueryError;
pub use normalize::Asked;
pub use task::Task;
