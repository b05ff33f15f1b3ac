//! Looking into JavaScript values that may be anything.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

/// A member; undefined where there is none, or where looking throws.
pub fn member(of: &JsValue, name: &str) -> JsValue {
    // Asked of anything else it throws, and the glue keeps a slot of its table for each call that throws, for ever.
    if !of.is_object() && !of.is_function() {
        return JsValue::UNDEFINED;
    }
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// A member that is a text with something in it.
pub fn text_member(of: &JsValue, name: &str) -> Option<String> {
    member(of, name).as_string().filter(|text| !text.is_empty())
}

/// Whether a member can be called.
pub fn has_method(of: &JsValue, name: &str) -> bool {
    member(of, name).is_function()
}

/// A text that JavaScript and Rust understand alike.
pub fn text(value: &JsValue) -> Option<String> {
    let text = value.as_string()?;
    // What Rust cannot hold has become something else on its way.
    let back = JsValue::from(text.as_str());
    (back == *value).then_some(text)
}
