#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use js_sys::{Array, Date, Function, Promise, eval};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, AbortSignal};

use super::{CancelScope, Ended};
use crate::wasm::member::member;

/// What stands behind an expression of JavaScript.
fn js(expression: &str) -> JsValue {
    eval(&format!("({expression})")).unwrap()
}

async fn after(ms: u32) {
    JsFuture::from(js(&format!("new Promise((resolve) => setTimeout(resolve, {ms}))")).unchecked_into::<Promise>())
        .await
        .unwrap();
}

fn never() -> JsValue {
    js("new Promise(() => {})")
}

/// The timers that keep Node alive.
fn timers() -> f64 {
    js("process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length").as_f64().unwrap()
}

fn reason(ended: Option<Ended>) -> JsValue {
    match ended {
        Some(Ended::Aborted(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[wasm_bindgen_test]
async fn what_is_awaited_comes_through_while_nothing_ends_it() {
    let scope = CancelScope::new(None, 10_000.0).unwrap();
    let value = scope.race(&js("Promise.resolve(7)")).await;
    assert_eq!(scope.told(value).unwrap(), Ok(JsValue::from(7)));
    let thrown = scope.race(&js("Promise.reject('no')")).await;
    assert_eq!(scope.told(thrown).unwrap(), Err(JsValue::from("no")));
    // What is no promise is its own outcome.
    let plain = scope.race(&"plain".into()).await;
    assert_eq!(scope.told(plain).unwrap(), Ok(JsValue::from("plain")));
    assert!(scope.ended().is_none());
    assert!(!scope.signal().aborted());
}

#[wasm_bindgen_test]
async fn an_abort_ends_it_with_the_callers_own_reason_whatever_it_is() {
    for given in [js("new Error('mine')"), "text".into(), 0.into(), JsValue::NULL, js("{ code: 1 }")] {
        let controller = AbortController::new().unwrap();
        let scope = CancelScope::new(Some(&controller.signal()), f64::INFINITY).unwrap();
        let coming = scope.race(&never());
        controller.abort_with_reason(&given);
        let outcome = coming.await;
        assert!(js_sys::Object::is(&reason(scope.told(outcome).err()), &given), "{given:?}");
        assert!(scope.signal().aborted());
    }
}

#[wasm_bindgen_test]
async fn an_abort_without_a_reason_has_the_platforms_own() {
    let controller = AbortController::new().unwrap();
    let scope = CancelScope::new(Some(&controller.signal()), f64::INFINITY).unwrap();
    controller.abort();
    assert_eq!(member(&reason(scope.ended()), "name"), "AbortError");
}

#[wasm_bindgen_test]
fn an_abort_where_signals_have_no_reasons_is_an_abort_error() {
    let signal: AbortSignal = js("{ aborted: true, addEventListener() {}, removeEventListener() {} }").unchecked_into();
    let scope = CancelScope::new(Some(&signal), f64::INFINITY).unwrap();
    let thrown = reason(scope.ended());
    assert!(thrown.is_instance_of::<js_sys::Error>());
    assert_eq!(member(&thrown, "name"), "AbortError");
}

#[wasm_bindgen_test]
async fn a_signal_that_has_aborted_ends_it_at_once_and_leaves_nothing() {
    let before = timers();
    let signal: AbortSignal = js("AbortSignal.abort('early')").unchecked_into();
    let scope = CancelScope::new(Some(&signal), 10_000.0).unwrap();
    assert_eq!(reason(scope.ended()), "early");
    assert!(scope.signal().aborted());
    assert_eq!(timers().to_bits(), before.to_bits());
    let outcome = scope.race(&never()).await;
    assert_eq!(reason(scope.told(outcome).err()), "early");
    scope.end().await.unwrap();
}

#[wasm_bindgen_test]
async fn time_that_runs_out_ends_it() {
    let (scope, started) = (CancelScope::new(None, 20.0).unwrap(), Date::now());
    let outcome = scope.race(&never()).await;
    assert!(matches!(scope.told(outcome), Err(Ended::TimedOut)));
    assert!(scope.signal().aborted());
    assert!((15.0..2000.0).contains(&(Date::now() - started)));
}

#[wasm_bindgen_test]
async fn the_first_end_counts() {
    let controller = AbortController::new().unwrap();
    let scope = CancelScope::new(Some(&controller.signal()), 5.0).unwrap();
    scope.end().await.unwrap();
    controller.abort_with_reason(&"late".into());
    assert!(matches!(scope.ended(), Some(Ended::TimedOut)));

    let controller = AbortController::new().unwrap();
    let scope = CancelScope::new(Some(&controller.signal()), 5.0).unwrap();
    controller.abort_with_reason(&"early".into());
    after(20).await;
    assert_eq!(reason(scope.ended()), "early");
}

#[wasm_bindgen_test]
async fn a_time_longer_than_timers_can_count_does_not_fire_at_once() {
    let scope = CancelScope::new(None, 1e12).unwrap();
    after(20).await;
    assert!(scope.ended().is_none());
}

#[wasm_bindgen_test]
async fn dropped_it_leaves_neither_a_timer_nor_a_listener_nor_a_connection() {
    // Counts the listeners instead of keeping them.
    let signal = js(
        "{ aborted: false, listeners: 0, addEventListener() { this.listeners++ }, removeEventListener() { this.listeners-- } }",
    );
    let before = timers();
    let scope = CancelScope::new(Some(signal.unchecked_ref()), 10_000.0).unwrap();
    let inner = scope.signal();
    assert_eq!(((timers() - before).to_bits(), member(&signal, "listeners")), (1_f64.to_bits(), 1.into()));
    drop(scope);
    assert_eq!(((timers() - before).to_bits(), member(&signal, "listeners")), (0_f64.to_bits(), 0.into()));
    assert!(inner.aborted(), "what was given up half-way lets go of its connection");
}

#[wasm_bindgen_test]
async fn done_before_it_is_dropped_it_aborts_nothing() {
    let scope = CancelScope::new(None, f64::INFINITY).unwrap();
    let inner = scope.signal();
    scope.done();
    drop(scope);
    assert!(!inner.aborted());
}

#[wasm_bindgen_test]
async fn an_abort_after_it_was_dropped_reaches_nobody() {
    let controller = AbortController::new().unwrap();
    let scope = CancelScope::new(Some(&controller.signal()), 5.0).unwrap();
    let coming = scope.inner.race(&never());
    drop(scope);
    controller.abort();
    after(20).await;
    // Of two that have an outcome the first one counts.
    let first = Promise::race(&Array::of2(&coming, &"still coming".into()));
    assert_eq!(JsFuture::from(first).await, Ok("still coming".into()));
}

#[wasm_bindgen_test]
async fn it_is_never_an_unhandled_rejection() {
    let count: Function = Function::new_no_args(
        "globalThis.unhandled = 0; process.on('unhandledRejection', globalThis.count = () => globalThis.unhandled++);",
    );
    count.call0(&JsValue::UNDEFINED).unwrap();
    let controller = AbortController::new().unwrap();
    let scope = CancelScope::new(Some(&controller.signal()), f64::INFINITY).unwrap();
    drop(scope.race(&never()));
    controller.abort_with_reason(&"nobody listens".into());
    drop(scope);
    after(20).await;
    assert_eq!(js("globalThis.unhandled"), 0);
    js("process.off('unhandledRejection', globalThis.count)");
}
