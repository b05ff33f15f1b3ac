//! The border to JavaScript: options in, requests out, tasks and errors back as real JavaScript values.
//!
//! It decides nothing that the core can decide, and it never panics: a panic would leave promises pending for ever.

mod body;
mod convert;
mod cut;
mod env;
mod member;
mod options;
mod query;
mod send;

use std::cell::RefCell;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::answer;
use options::{ParseOptions, QueryOptions};
use query::Routes;

/// One client: what it has learned about services outlives the single query.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    routes: RefCell<Routes>,
}

#[wasm_bindgen]
impl Session {
    /// A client that has learned nothing yet.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks once how a task stands.
    ///
    /// # Errors
    /// A `TaskQueryError`, or the signal's own reason after an abort.
    #[wasm_bindgen(js_name = queryTask)]
    pub async fn query_task(&self, id: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
        let options = QueryOptions::read(&options).map_err(|error| convert::error(&error, 0, None, &[]))?;
        query::query(&self.routes, &id, options).await
    }
}

/// Reads a body that the caller already has.
///
/// # Errors
/// A `TaskQueryError`.
#[wasm_bindgen(js_name = parseTask)]
pub fn parse_task(body: &Uint8Array, options: &JsValue) -> Result<JsValue, JsValue> {
    let task = ParseOptions::read(options).and_then(|options| answer::parse_task(&body.to_vec(), options.asked()));
    task.map(|task| convert::task(&task, body)).map_err(|error| convert::error(&error, 0, None, &[]))
}

/// Reads a body that the caller already has, and tells why each field is what it is.
///
/// # Errors
/// A `TaskQueryError`.
#[wasm_bindgen(js_name = explainTask)]
pub fn explain_task(body: &Uint8Array, options: &JsValue) -> Result<JsValue, JsValue> {
    let told = ParseOptions::read(options).and_then(|options| answer::explain_task(&body.to_vec(), options.asked()));
    told.map(|told| convert::explanation(&told, body)).map_err(|error| convert::error(&error, 0, None, &[]))
}

/// A third of the size of the standard one, which would be a tenth of all that a browser loads.
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
