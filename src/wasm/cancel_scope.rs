//! What ends a piece of waiting from outside: the caller's signal, or a time that runs out.

use std::cell::Cell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

// In JavaScript, so that its timers and listeners end even where the instance has died.
#[cfg_attr(not(test), wasm_bindgen(raw_module = "../cancel-scope.js"))]
#[cfg_attr(test, wasm_bindgen(module = "/pkg/cancel-scope.js"))]
extern "C" {
    #[wasm_bindgen(js_name = CancelScope)]
    type JsCancelScope;
    #[wasm_bindgen(constructor, js_class = CancelScope, catch)]
    fn new(signal: Option<&AbortSignal>, ms: f64) -> Result<JsCancelScope, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn ended(this: &JsCancelScope) -> u32;
    #[wasm_bindgen(method, getter)]
    fn reason(this: &JsCancelScope) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn signal(this: &JsCancelScope) -> AbortSignal;
    #[wasm_bindgen(method)]
    fn race(this: &JsCancelScope, value: &JsValue) -> Promise;
    #[wasm_bindgen(method)]
    fn end(this: &JsCancelScope) -> Promise;
    #[wasm_bindgen(method)]
    fn drop(this: &JsCancelScope, is_done: bool);
}

/// Why the waiting ended.
#[derive(Clone, Debug)]
pub enum Ended {
    /// The caller's signal, with its reason.
    Aborted(JsValue),
    /// The time ran out.
    TimedOut,
}

/// Ends what is awaited through it. Dropped, it leaves neither a timer nor a listener nor a connection.
pub struct CancelScope {
    inner: JsCancelScope,
    /// What was awaited came whole.
    is_done: Cell<bool>,
}

impl CancelScope {
    /// A scope that ends when `signal` aborts or, if `ms` is finite, when that time is over.
    ///
    /// # Errors
    /// What the surroundings throw when they have no timers or no `AbortController`.
    pub fn new(signal: Option<&AbortSignal>, ms: f64) -> Result<Self, JsValue> {
        Ok(Self { inner: JsCancelScope::new(signal, ms)?, is_done: Cell::default() })
    }

    /// The signal for what is awaited, which stops it too.
    pub fn signal(&self) -> AbortSignal {
        self.inner.signal()
    }

    /// Why it ended, if it did.
    pub fn ended(&self) -> Option<Ended> {
        match self.inner.ended() {
            0 => None,
            1 => Some(Ended::Aborted(self.inner.reason())),
            _ => Some(Ended::TimedOut),
        }
    }

    /// A promise's outcome or the end of the scope, whichever is first: to be awaited, then told by [`CancelScope::told`].
    pub fn race(&self, value: &JsValue) -> JsFuture {
        JsFuture::from(self.inner.race(value))
    }

    /// What a race brought, unless the scope has ended.
    pub fn told<T>(&self, outcome: T) -> Result<T, Ended> {
        match self.ended() {
            Some(ended) => Err(ended),
            None => Ok(outcome),
        }
    }

    /// Says that all of what was awaited has come: there is nothing left to abort.
    pub fn done(&self) {
        self.is_done.set(true);
    }

    /// The end of the scope, to be awaited.
    pub fn end(&self) -> JsFuture {
        JsFuture::from(self.inner.end())
    }
}

impl Drop for CancelScope {
    fn drop(&mut self) {
        self.inner.drop(self.is_done.get());
    }
}

#[cfg(test)]
mod tests;
