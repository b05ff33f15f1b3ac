//! One object of options, by name.

use js_sys::{Function, Object};
use wasm_bindgen::prelude::*;

use super::member::{member, text};
use crate::error::{QueryError, Result};
use crate::words::{joined, same, split};

/// An object of options whose names are all known.
pub struct OptionsObject(Option<Object>);

impl OptionsObject {
    /// Takes the caller's object; `known` are the names that it may have.
    pub fn new(options: &JsValue, known: &str) -> Result<Self> {
        if options.is_undefined() || options.is_null() {
            return Ok(Self(None));
        }
        // By what it is, since one of another realm or without a prototype is no instance of `Object`.
        if !options.is_object() {
            return Err(QueryError::argument("The options must be an object, such as { apiKey: '…' }."));
        }
        let object: &Object = options.unchecked_ref();
        for name in Object::keys(object).iter().filter_map(|name| name.as_string()) {
            let meant = split(known, b',').map(str::trim_ascii).find(|known| same(known, &name));
            if meant != Some(&name) {
                let hint = meant.map(|meant| joined(&[" Did you mean '", meant, "'?"])).unwrap_or_default();
                return Err(QueryError::argument(&joined(&[
                    "Unknown option '",
                    &name,
                    "'.",
                    &hint,
                    " Known are: ",
                    known,
                    ".",
                ])));
            }
        }
        Ok(Self(Some(object.clone())))
    }

    /// The value of an option; nothing for undefined and null.
    pub fn get(&self, name: &str) -> Option<JsValue> {
        let value = member(self.0.as_ref()?, name);
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    pub fn text(&self, name: &str) -> Result<Option<String>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match text(&value) {
            Some(text) => Ok(Some(text)),
            None if value.is_string() => Err(unfit(name, "a string without lone surrogates")),
            None => Err(unfit(name, "a string")),
        }
    }

    pub fn number(&self, name: &str, default: f64, what: &str, fits: &dyn Fn(f64) -> bool) -> Result<f64> {
        let Some(value) = self.get(name) else { return Ok(default) };
        match value.as_f64().filter(|number| fits(*number)) {
            Some(number) => Ok(number),
            None => Err(unfit(name, what)),
        }
    }

    pub fn function(&self, name: &str) -> Result<Option<Function>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        match value.dyn_into() {
            Ok(function) => Ok(Some(function)),
            Err(_) => Err(unfit(name, "a function")),
        }
    }
}

fn unfit(name: &str, what: &str) -> Box<QueryError> {
    QueryError::argument(&joined(&[name, " must be ", what, "."]))
}
