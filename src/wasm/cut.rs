//! What ends a piece of waiting from outside: the caller's signal, or a time that runs out.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal};

/// Timers take 32 bits: a longer time would make them fire at once.
const LONGEST_TIMER_MS: f64 = 2_147_483_647.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout, catch)]
    fn set_timeout(handler: &Function, ms: f64) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
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
pub struct Cut {
    state: Rc<RefCell<Option<Ended>>>,
    controller: AbortController,
    /// Resolves when the cut comes. It never rejects: nobody might be listening.
    coming: Promise,
    timer: Option<JsValue>,
    signal: Option<AbortSignal>,
    /// What was awaited came whole.
    is_done: Cell<bool>,
    // Held because JavaScript may call them until they are taken off.
    on_abort: Closure<dyn FnMut()>,
    on_time: Closure<dyn FnMut()>,
}

impl Cut {
    /// A cut that comes when `signal` aborts or, if `ms` is finite, when that time is over.
    ///
    /// # Errors
    /// What the surroundings throw when they have no timers or no `AbortController`.
    pub fn new(signal: Option<&AbortSignal>, ms: f64) -> Result<Self, JsValue> {
        let state = Rc::new(RefCell::new(None));
        let controller = AbortController::new()?;
        let mut resolve = None;
        let coming = Promise::new(&mut |done, _| resolve = Some(done));

        let on_abort = closure(&state, &controller, resolve.clone(), signal.cloned());
        let on_time = closure(&state, &controller, resolve, None);
        let mut cut = Self {
            state,
            controller,
            coming,
            timer: None,
            signal: signal.cloned(),
            is_done: Cell::default(),
            on_abort,
            on_time,
        };
        if let Some(signal) = signal {
            if signal.aborted() {
                function(&cut.on_abort).call0(&JsValue::UNDEFINED)?;
                return Ok(cut);
            }
            signal.add_event_listener_with_callback("abort", function(&cut.on_abort))?;
        }
        if ms.is_finite() {
            cut.timer = Some(set_timeout(function(&cut.on_time), ms.min(LONGEST_TIMER_MS))?);
        }
        Ok(cut)
    }

    /// The signal for what is awaited, which stops it too.
    pub fn signal(&self) -> AbortSignal {
        self.controller.signal()
    }

    /// Why it ended, if it did.
    pub fn ended(&self) -> Option<Ended> {
        self.state.borrow().clone()
    }

    /// A promise's outcome or the cut, whichever is first: to be awaited, then told by [`Cut::told`].
    pub fn race(&self, value: &JsValue) -> JsFuture {
        JsFuture::from(Promise::race(&Array::of2(&self.coming, value)))
    }

    /// What a race brought, unless the cut has come.
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

    /// The cut itself, to be awaited.
    pub fn coming(&self) -> JsFuture {
        JsFuture::from(self.coming.clone())
    }
}

impl Drop for Cut {
    fn drop(&mut self) {
        if !self.is_done.get() {
            // What was given up half-way lets go of its connection.
            self.controller.abort();
        }
        if let Some(timer) = &self.timer {
            clear_timeout(timer);
        }
        if let Some(signal) = &self.signal {
            // A listener that is not there is no error.
            let _ = signal.remove_event_listener_with_callback("abort", function(&self.on_abort));
        }
    }
}

fn closure(
    state: &Rc<RefCell<Option<Ended>>>,
    controller: &AbortController,
    resolve: Option<Function>,
    signal: Option<AbortSignal>,
) -> Closure<dyn FnMut()> {
    let (state, controller) = (Rc::clone(state), controller.clone());
    Closure::new(move || {
        if state.borrow().is_some() {
            return;
        }
        *state.borrow_mut() = Some(signal.as_ref().map_or(Ended::TimedOut, |signal| Ended::Aborted(reason(signal))));
        if let Some(resolve) = &resolve {
            // Resolving a promise runs nothing of the caller's, so nothing can throw.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
        controller.abort();
    })
}

fn reason(signal: &AbortSignal) -> JsValue {
    let reason = signal.reason();
    if !reason.is_undefined() {
        return reason;
    }
    // Browsers from before signals had reasons.
    let error = js_sys::Error::new("This operation was aborted");
    error.set_name("AbortError");
    error.into()
}

fn function(closure: &Closure<dyn FnMut()>) -> &Function {
    closure.as_ref().unchecked_ref()
}

#[cfg(test)]
mod tests;
