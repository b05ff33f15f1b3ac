//! Work that JavaScript drives step by step, so that it sees where a step kills the instance. Left to the executor of
//! wasm-bindgen, a trap would end the process in Node, and leave promises pending for ever.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use js_sys::Array;
use wasm_bindgen::handler::schedule_reinit;
use wasm_bindgen::prelude::*;

#[cfg_attr(not(test), wasm_bindgen(raw_module = "../instance.js"))]
#[cfg_attr(test, wasm_bindgen(module = "/pkg/instance.js"))]
extern "C" {
    /// Asks for another step of the run of that number.
    fn wake(number: u32);
}

struct RunWaker(u32);

impl Wake for RunWaker {
    fn wake(self: Arc<Self>) {
        wake(self.0);
    }
}

/// Something under way.
#[wasm_bindgen]
pub struct Run {
    future: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>,
    waker: Waker,
}

impl Run {
    /// A run that asks for its next step by its number when it can go on.
    pub fn new(number: u32, future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Self {
        Self { future: Box::pin(future), waker: Arc::new(RunWaker(number)).into() }
    }
}

#[wasm_bindgen]
impl Run {
    /// Goes on as far as it can. At its end, after which there is no further step: whether it went well, and the
    /// outcome.
    pub fn step(&mut self) -> Option<Array> {
        match self.future.as_mut().poll(&mut Context::from_waker(&self.waker)) {
            Poll::Pending => None,
            Poll::Ready(outcome) => {
                let is_good = outcome.is_ok();
                Some(Array::of2(&is_good.into(), &outcome.unwrap_or_else(|reason| reason)))
            }
        }
    }
}

/// Has a dead instance replaced by a fresh one, which wasm-bindgen does at the start of the next call. That call must be
/// this one again: the glue of any other has reserved space on the stack of the old instance by then, and would give it
/// back to the new one.
#[wasm_bindgen]
pub fn renew(is_dead: bool) {
    if is_dead {
        schedule_reinit();
    }
}
