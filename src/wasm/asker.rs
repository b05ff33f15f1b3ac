//! Asking with options that were read once.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::options::QueryOptions;
use super::pieces::Pieces;
use super::query::{Question, Routes, query};
use super::run::Run;
use super::video;

/// Options that were read once, for one request or for all of a wait.
#[wasm_bindgen]
pub struct Asker {
    pub(super) routes: Rc<RefCell<Routes>>,
    pub(super) options: Rc<QueryOptions>,
}

#[wasm_bindgen]
impl Asker {
    /// Scheme, host and port of the service.
    #[must_use]
    pub fn origin(&self) -> String {
        self.options.base.origin().to_owned()
    }

    /// Asks how a task stands, until `signal` ends it, or else the options' own. `last` is the body of
    /// the answer before, in pieces: where this one has the same bytes, there is no task in what comes out. It ends
    /// with a `TaskQueryError`, or the signal's own reason after an abort, where it does not go well.
    #[must_use]
    #[wasm_bindgen(js_name = queryTask)]
    pub fn query_task(&self, number: u32, id: JsValue, signal: Option<AbortSignal>, last: Option<Array>) -> Run {
        let (routes, options) = (Rc::clone(&self.routes), Rc::clone(&self.options));
        Run::new(number, async move {
            // Of a wait, each poll has a signal of its own.
            let is_poll = signal.is_some();
            let signal = signal.as_ref().or(options.signal.as_ref());
            query(&routes, Question { id: &id, options: &options, signal, is_poll, last: last.map(Pieces::new) }).await
        })
    }

    /// The request for the bytes at a URL, or at a path on the service. The key goes along to the service's own origin
    /// only. It ends as a question does.
    #[must_use]
    #[wasm_bindgen(js_name = videoRequest)]
    pub fn video_request(&self, number: u32, url: String) -> Run {
        let options = Rc::clone(&self.options);
        Run::new(number, async move { video::request(&options, &url).await })
    }
}
