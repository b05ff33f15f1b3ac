//! What the surroundings offer: environment variables, the address of the page.

use wasm_bindgen::prelude::*;

use super::member::{member, text_member};

#[wasm_bindgen]
extern "C" {
    // js-sys looks in four places, for engines older than those that are served.
    #[wasm_bindgen(thread_local_v2, js_name = globalThis)]
    static GLOBAL: JsValue;
}

/// An environment variable, where there is a `process.env` that may be read.
pub fn variable(name: &str) -> Option<String> {
    text_member(&member(&global("process"), "env"), name)
}

/// The address of the page or worker, where there is one.
pub fn location() -> Option<String> {
    text_member(&global("location"), "href")
}

fn global(name: &str) -> JsValue {
    GLOBAL.with(|global| member(global, name))
}
