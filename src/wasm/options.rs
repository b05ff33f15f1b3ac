//! Options as callers write them.
//!
//! An own reader, because what is wrong must be named: a misspelled option that is silently dropped sends requests
//! without a key or waits for ever.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Headers, Url};

use super::env;
use super::key::Key;
use super::member::text;
use super::options_object::OptionsObject;
use super::secrets::Secrets;
use crate::endpoint::{Base, DEFAULT_BASE_URL, Endpoint, check_id};
use crate::error::{QueryError, Result};
use crate::normalize::Asked;
use crate::words::{joined, split_at_mark};

const QUERY: &str = "apiKey, baseUrl, endpoint, headers, signal, timeoutMs, maxRetries, maxBodyBytes, fetch";
const PARSE: &str = "id, baseUrl";

const TIMEOUT_MS: f64 = 30_000.0;
const MAX_RETRIES: f64 = 2.0;
const MAX_BODY_BYTES: f64 = 32.0 * 1024.0 * 1024.0;

/// `QueryOptions` of the package's types.
pub struct QueryOptions {
    pub key: Key,
    pub base: Base,
    pub endpoint: Endpoint,
    pub headers: Headers,
    /// The caller's headers may be secret too.
    pub has_own_headers: bool,
    /// What no error may show, the keys of later requests included.
    pub secrets: Secrets,
    /// The caller's own authorisation goes before the key.
    pub has_own_authorization: bool,
    pub signal: Option<AbortSignal>,
    pub timeout_ms: f64,
    pub max_retries: u32,
    pub max_body_bytes: f64,
    pub fetch: Option<Function>,
}

/// The options of `parseTask`.
pub struct ParseOptions {
    pub id: Option<String>,
    pub base: Option<Base>,
}

impl QueryOptions {
    /// Reads the options; `also`, such as `, a, b`, are those that JavaScript has read. What is a `signal` has
    /// been seen to there, and `headers` has become a list of pairs.
    ///
    /// # Errors
    /// `invalid_argument`, naming the option.
    pub fn read(options: &JsValue, also: &str) -> Result<Self> {
        let options = OptionsObject::new(options, &joined(&[QUERY, also]))?;
        let own_headers = own_headers(options.get("headers"))?;
        let headers = headers(&own_headers)?;
        let read = Self {
            key: Key::read(&options)?,
            base: base(options.text("baseUrl")?.or_else(|| env::variable("VIDEO_TASK_BASE_URL")))?,
            endpoint: options.text("endpoint")?.map_or(Ok(Endpoint::Auto), |text| Endpoint::new(&text))?,
            has_own_authorization: headers.has("authorization").unwrap_or(false),
            has_own_headers: !own_headers.is_empty(),
            secrets: Secrets::of(&own_headers),
            headers,
            signal: options.get("signal").map(JsCast::unchecked_into),
            timeout_ms: options.number("timeoutMs", TIMEOUT_MS, "a number of milliseconds above 0", &|ms| ms > 0.0)?,
            max_retries: count(options.number("maxRetries", MAX_RETRIES, "a whole number, 0 or more", &|count| {
                count >= 0.0 && count % 1.0 == 0.0 || count == f64::INFINITY
            })?),
            max_body_bytes: options
                .number("maxBodyBytes", MAX_BODY_BYTES, "a number of bytes above 0", &|n| n > 0.0)?,
            fetch: options.function("fetch")?,
        };
        if let Key::Fixed(key) = &read.key {
            read.secrets.add(key);
        }
        if (!matches!(read.key, Key::None) || read.secrets.has_own_key) && read.base.is_open_to_others() {
            return Err(QueryError::argument(&joined(&[
                "baseUrl ",
                read.base.origin(),
                " is plain http: others on the way could read the API key. Use https.",
            ])));
        }
        Ok(read)
    }
}

impl QueryOptions {
    /// The headers of one question, which is asked in JSON.
    ///
    /// # Errors
    /// As [`QueryOptions::headers_with`].
    pub fn headers_of_json_with(&self, key: Option<&str>) -> Result<Headers> {
        let headers = self.headers_with(key)?;
        for name in ["accept", "content-type"] {
            if !headers.has(name).unwrap_or(false) {
                headers.set(name, "application/json").map_err(no_headers)?;
            }
        }
        Ok(headers)
    }

    /// The headers of one request, with a key that was checked: it holds nothing that a header cannot carry, and from
    /// now on it is a secret.
    ///
    /// # Errors
    /// `invalid_argument` where there are no usable headers.
    pub fn headers_with(&self, key: Option<&str>) -> Result<Headers> {
        self.secrets.add(key.unwrap_or_default());
        let headers = Headers::new_with_headers(&self.headers).map_err(no_headers)?;
        if let Some(key) = key.filter(|_| !self.has_own_authorization) {
            headers.set("authorization", &joined(&["Bearer ", key])).map_err(no_headers)?;
        }
        Ok(headers)
    }
}

impl ParseOptions {
    /// Reads the options.
    ///
    /// # Errors
    /// `invalid_argument`, naming the option, or for an id that could not be asked for.
    pub fn read(options: &JsValue) -> Result<Self> {
        let options = OptionsObject::new(options, PARSE)?;
        let (id, base) = (options.text("id")?, options.text("baseUrl")?.map(|text| base(Some(text))).transpose()?);
        id.as_deref().map_or(Ok(()), check_id)?;
        Ok(Self { id, base })
    }

    /// What they say of the question.
    pub fn asked(&self) -> Asked<'_> {
        Asked { id: self.id.as_deref(), origin: self.base.as_ref().map(Base::origin) }
    }
}

fn base(text: Option<String>) -> Result<Base> {
    let text = text.unwrap_or_else(|| DEFAULT_BASE_URL.to_owned());
    let url = match text.strip_prefix('/').and_then(|_| env::location()) {
        Some(page) => Url::new_with_base(&text, &page),
        None => Url::new(&text),
    };
    match url {
        Ok(url) => Base::new(&url.href()),
        Err(_) => Err(QueryError::argument(
            "baseUrl is not a URL: it must begin with https:// or http://, or in a page with '/'.",
        )),
    }
}

/// The caller's own headers, names and values.
fn own_headers(own: Option<JsValue>) -> Result<Vec<(String, String)>> {
    let Some(own) = own else { return Ok(Vec::new()) };
    let unfit = || QueryError::argument("headers must be an object of names and values.");
    let pairs: Array = own.dyn_into().map_err(|_| unfit())?;
    let mut headers = Vec::new();
    for pair in pairs.iter() {
        let pair: Array = pair.dyn_into().map_err(|_| unfit())?;
        let (name, value) = (pair.get(0), pair.get(1));
        if value.is_undefined() {
            continue;
        }
        match (text(&name), text(&value)) {
            (Some(name), Some(value)) => headers.push((name, value)),
            (name, _) => {
                let name = name.unwrap_or_default();
                return Err(unfit_header(&name, " must have a string as its value."));
            }
        }
    }
    Ok(headers)
}

fn headers(own: &[(String, String)]) -> Result<Headers> {
    let headers = Headers::new().map_err(no_headers)?;
    for (name, value) in own {
        // Headers take most control characters, and fetch would tell of them as of a lost connection. At the ends both
        // take white space, but no form feed.
        let is_fit = !value.bytes().any(|byte| byte == b'\x0c')
            && value.trim_ascii().bytes().all(|byte| byte == b'\t' || !byte.is_ascii_control());
        // The reason is left out: it would quote the value, which may be a secret.
        if !is_fit || headers.set(name, value).is_err() {
            return Err(unfit_header(name, " has a name or a value that HTTP cannot carry."));
        }
    }
    Ok(headers)
}

fn unfit_header(name: &str, why: &str) -> Box<QueryError> {
    // What comes behind a space may be a key that was put into the wrong place.
    let (shown, hidden) = split_at_mark(name, b' ');
    QueryError::argument(&joined(&["The header '", shown, if hidden.is_empty() { "'" } else { "…'" }, why]))
}

fn no_headers(_: JsValue) -> Box<QueryError> {
    QueryError::argument("This JavaScript has no usable Headers.")
}

/// A number as a count: for numbers that have been checked, and for messages. `Infinity` becomes the largest.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked before, and `as` saturates")]
pub fn count(count: f64) -> u32 {
    count as u32
}

#[cfg(test)]
mod tests;
