#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

mod attempts;
mod bodies;
mod keys;
mod routes;

use std::cell::RefCell;

use js_sys::{JSON, Object, eval};
use wasm_bindgen::prelude::*;

use super::{Question, Routes, query};
use crate::wasm::member::member;
use crate::wasm::options::QueryOptions;

const ID: &str = "sora-2:task_1";

/// A service that gives one prepared answer after the other, the last one for ever, and remembers what it was asked.
struct Service {
    options: Object,
    routes: RefCell<Routes>,
}

fn question<'a>(id: &'a JsValue, options: &'a QueryOptions) -> Question<'a> {
    Question { id, options, signal: options.signal.as_ref(), is_poll: false, last: None }
}

impl Service {
    /// `answers` is JavaScript: a list of functions from URL and init to a response.
    fn new(answers: &str, options: &str) -> Self {
        let options = eval(&format!(
            "(() => {{
                const task = (status, more) =>
                    new Response(JSON.stringify({{ id: '{ID}', status, status_update_time: 1759763631222, ...more }}));
                const refusal = (status, message, headers = {{}}) =>
                    new Response(JSON.stringify({{ error: {{ message }} }}), {{ status, headers: {{ 'retry-after-ms': '1', ...headers }} }});
                const answers = {answers};
                const calls = [];
                const fetch = async (url, init) => {{
                    calls.push({{ url, ...init, headers: {{ ...init.headers }}, signal: init.signal }});
                    return answers[Math.min(calls.length, answers.length) - 1](url, init);
                }};
                const options = {{ fetch, baseUrl: 'https://relay.example', endpoint: 'unified', ...{options} }};
                Object.defineProperty(options, 'calls', {{ value: calls }});
                return options;
            }})()"
        ));
        Self { options: options.unwrap().unchecked_into(), routes: RefCell::default() }
    }

    async fn ask(&self) -> Result<JsValue, JsValue> {
        let options = QueryOptions::read(&self.options, "").unwrap_or_else(|error| panic!("{}", error.message));
        let answer = query(&self.routes, question(&ID.into(), &options)).await?;
        Ok(member(&answer, "task"))
    }

    async fn refuse(&self) -> JsValue {
        self.ask().await.unwrap_err()
    }

    /// One thing about each request that was made, as JSON.
    fn calls(&self, what: &str) -> String {
        let read = eval(&format!("(calls) => calls.map((call) => {what})")).unwrap();
        json(&read.unchecked_into::<js_sys::Function>().call1(&JsValue::NULL, &member(&self.options, "calls")).unwrap())
    }
}

fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

/// Some members of a value, as JSON.
fn members(value: &JsValue, names: &[&str]) -> String {
    names.iter().map(|name| json(&member(value, name))).collect::<Vec<_>>().join(" ")
}
