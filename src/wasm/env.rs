//! What the surroundings offer: environment variables, the address of the page.

use js_sys::global;

use super::member::{member, text_member};

/// An environment variable, where there is a `process.env` that may be read.
pub fn variable(name: &str) -> Option<String> {
    text_member(&member(&member(&global(), "process"), "env"), name)
}

/// The address of the page or worker, where there is one.
pub fn location() -> Option<String> {
    text_member(&member(&global(), "location"), "href")
}
