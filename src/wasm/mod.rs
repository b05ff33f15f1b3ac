//! The border to JavaScript: options in, requests out, tasks and errors back as real JavaScript values.
//!
//! | what | modules |
//! |---|---|
//! | what JavaScript calls | [`Session`], `asker`, `schedule`, `run` |
//! | what callers pass | `options`, with `options_object`, `key`, `env` |
//! | a query, its requests, their answers | `query`, `send`, `body`, with `pieces` |
//! | driving it, and ending it early | `run`, `cancel_scope` |
//! | what comes of it | `convert`, `query_failure`, with `secrets` |
//! | values that may be anything | `member` |
//!
//! It decides nothing that the core can decide, and it never panics: a panic would leave promises pending for ever.

mod asker;
mod body;
mod cancel_scope;
mod convert;
mod env;
mod key;
mod member;
mod options;
mod options_object;
mod pieces;
mod query;
mod query_failure;
mod run;
mod schedule;
mod secrets;
mod send;
mod video;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::answer;
use crate::json::Body;
use crate::learned::Learned;
use crate::normalize::Asked;
pub use asker::Asker;
use options::{ParseOptions, QueryOptions};
use query::Routes;
use secrets::Secrets;

/// One client: what it has learned about services outlives the single query.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    routes: Rc<RefCell<Routes>>,
    learned: RefCell<Learned>,
}

#[wasm_bindgen]
impl Session {
    /// A client that has learned nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What asks with these options, once or many times; `also`, such as `, a, b`, are those that JavaScript has
    /// read.
    ///
    /// # Errors
    /// A `TaskQueryError` for options that are wrong.
    pub fn asker(&self, options: &JsValue, also: &str) -> Result<Asker, JsValue> {
        Ok(Asker { routes: Rc::clone(&self.routes), options: Rc::new(read(options, also)?) })
    }
}

fn read(options: &JsValue, also: &str) -> Result<QueryOptions, JsValue> {
    QueryOptions::read(options, also).map_err(|mut error| {
        // It may stand in an option where it does not belong.
        let secrets = Secrets::default();
        let keys = [member::text_member(options, "apiKey"), env::variable("VIDEO_TASK_API_KEY")];
        for key in keys.into_iter().flatten().filter_map(|key| key::checked(&key).ok()) {
            secrets.add(&key);
        }
        for secret in secrets.all() {
            error.redact(&secret);
        }
        convert::error(&error, 0, None, &[])
    })
}

/// Reads a body that the caller already has.
///
/// # Errors
/// A `TaskQueryError`.
#[wasm_bindgen(js_name = parseTask)]
pub fn parse_task(body: &Uint8Array, options: &JsValue) -> Result<JsValue, JsValue> {
    alone(body, options, answer::parse_task).map(|task| convert::task(&task, &body.into()))
}

/// Reads a body that the caller already has, and tells why each field is what it is.
///
/// # Errors
/// A `TaskQueryError`.
#[wasm_bindgen(js_name = explainTask)]
pub fn explain_task(body: &Uint8Array, options: &JsValue) -> Result<JsValue, JsValue> {
    alone(body, options, answer::explain_task).map(|told| convert::explanation(&told, &body.into()))
}

fn alone<T>(
    body: &Uint8Array,
    options: &JsValue,
    read: fn(&Body, Asked<'_>) -> crate::error::Result<T>,
) -> Result<T, JsValue> {
    let told = ParseOptions::read(options).and_then(|options| read(&body.to_vec().into(), options.asked()));
    told.map_err(|error| convert::error(&error, 0, None, &[]))
}

/// A third of the size of the standard one, which would be a tenth of all that a browser loads.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
