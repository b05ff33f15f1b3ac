//! Asking with options that were read once.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::options::QueryOptions;
use super::query::{Question, Routes, query};
use super::video;

/// Options that were read once, for one request or for all of a wait.
#[wasm_bindgen]
pub struct Asker {
    pub(super) routes: Rc<RefCell<Routes>>,
    pub(super) options: QueryOptions,
}

#[wasm_bindgen]
impl Asker {
    /// Scheme, host and port of the service.
    #[must_use]
    pub fn origin(&self) -> String {
        self.options.base.origin().to_owned()
    }

    /// Asks how a task stands, until `signal` ends it, or else the options' own. Without a task where the answer has the
    /// bytes of `last`.
    ///
    /// # Errors
    /// A `TaskQueryError`, or the signal's own reason after an abort.
    #[wasm_bindgen(js_name = queryTask)]
    pub async fn query_task(
        &self,
        id: JsValue,
        signal: Option<AbortSignal>,
        last: Option<Uint8Array>,
    ) -> Result<JsValue, JsValue> {
        let signal = signal.as_ref().or(self.options.signal.as_ref());
        let question = Question { id: &id, options: &self.options, signal, last: last.as_ref() };
        query(&self.routes, question).await
    }

    /// The request for the bytes at a URL, or at a path on the service. The key goes along to the service's own origin only.
    ///
    /// # Errors
    /// A `TaskQueryError`, or the signal's own reason after an abort.
    #[wasm_bindgen(js_name = videoRequest)]
    pub async fn video_request(&self, url: String) -> Result<JsValue, JsValue> {
        video::request(&self.options, &url).await
    }
}
