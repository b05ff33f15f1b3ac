//! What no error and no task may show.

use std::cell::RefCell;

use js_sys::encode_uri_component;

use crate::words::{after_last, contains_any, is_one_of, replaced, split, split_once};

/// Shorter ones are no secrets, such as `test` for a service of one's own: taking them out would garble every text.
const SHORTEST: usize = 8;
/// Where others than secrets may stand, such as a language or a theme, secrets have at least so many.
const LONG: usize = 16;
/// Of the keys that a function gave, one after the other, the last ones: eight in all forms, or more.
const MOST_KEYS: usize = 32;

/// Parts of the names of headers that are keys wherever they are sent, and whole names.
const KEY_PARTS: &str = "authorization|api-key|apikey|api-token|auth-token|auth-key|access-token|access-key|\
    private-token|subscription-key|secret";
const KEY_NAMES: &str = "token x-token";

/// What the caller's own headers hold, and the keys that were sent.
#[derive(Default)]
pub struct Secrets {
    /// One of those headers is a key wherever it is sent.
    pub has_own_key: bool,
    own: Vec<String>,
    keys: RefCell<Vec<String>>,
}

impl Secrets {
    /// Those among headers of the caller's own.
    pub fn of(headers: &[(String, String)]) -> Self {
        let (mut own, mut has_own_key) = (Vec::new(), false);
        for (name, value) in headers {
            let value = value.trim_ascii();
            has_own_key |= contains_any(name, KEY_PARTS) || is_one_of(KEY_NAMES, name);
            let is_surely_one = contains_any(name, "auth|key|token|secret|cookie");
            if is_surely_one || contains_any(name, "passw|credential|session|client-id") {
                let shortest = if is_surely_one { SHORTEST } else { LONG };
                // Behind the name of a scheme: `Bearer …`, `Key …`, `Basic …`.
                add(&mut own, after_last(value, b' ').unwrap_or_default(), shortest);
                for cookie in split(value, b';') {
                    add(&mut own, split_once(cookie, "=").map_or("", |(_, value)| value), LONG);
                }
                add(&mut own, value, shortest);
            }
        }
        Self { has_own_key, own, keys: RefCell::default() }
    }

    /// Adds a key that is sent.
    pub fn add(&self, key: &str) {
        let mut keys = self.keys.borrow_mut();
        add(&mut keys, key, SHORTEST);
        while keys.len() > MOST_KEYS {
            keys.remove(0);
        }
    }

    /// All of them, the longest first: of one that begins with another nothing may be left over.
    pub fn all(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for secret in self.own.iter().chain(self.keys.borrow().iter()) {
            let at = all.iter().position(|known| known.len() < secret.len()).unwrap_or(all.len());
            all.insert(at, secret.clone());
        }
        all
    }
}

/// Adds a secret as it is, and as others write it into URLs and into JSON.
fn add(secrets: &mut Vec<String>, secret: &str, shortest: usize) {
    // Most polls send the key of the one before.
    if secret.len() < shortest || secrets.last().is_some_and(|newest| newest == secret) {
        return;
    }
    let in_url = String::from(encode_uri_component(secret));
    for form in [replaced(secret, "/", "\\/"), replaced(&in_url, "%2F", "/"), in_url, secret.to_owned()] {
        // One that is sent again is the newest again.
        secrets.retain(|known| *known != form);
        secrets.push(form);
    }
}

#[cfg(test)]
mod tests;
