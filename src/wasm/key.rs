//! The API key: where it comes from, and what of it can be sent.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::cancel_scope::CancelScope;
use super::env;
use super::member::text;
use super::options_object::OptionsObject;
use super::query_failure::QueryFailure;
use crate::error::{QueryError, Result};

/// Where the API key comes from.
pub enum Key {
    /// No key is sent.
    None,
    /// Always the same.
    Fixed(String),
    /// Asked for before each request.
    Callback(Function),
}

impl Key {
    /// Reads the option, or else the environment.
    ///
    /// # Errors
    /// `invalid_argument` for what is no key.
    pub fn read(options: &OptionsObject) -> Result<Self> {
        Ok(match options.get("apiKey") {
            None => env::variable("VIDEO_TASK_API_KEY").map_or(Ok(Self::None), |key| fixed(&key))?,
            Some(value) => match value.dyn_ref::<Function>() {
                Some(function) => Self::Callback(function.clone()),
                None => fixed(&options.text("apiKey")?.unwrap_or_default())?,
            },
        })
    }

    /// The key for one request.
    pub async fn get(&self, scope: &CancelScope) -> std::result::Result<Option<String>, QueryFailure> {
        let key = match self {
            Self::None => return Ok(None),
            Self::Fixed(key) => key.clone(),
            Self::Callback(function) => asked(function, scope).await?,
        };
        Ok(Some(key).filter(|key| !key.is_empty()))
    }
}

fn fixed(key: &str) -> Result<Key> {
    let key = checked(key)?;
    Ok(if key.is_empty() { Key::None } else { Key::Fixed(key) })
}

async fn asked(function: &Function, scope: &CancelScope) -> std::result::Result<String, QueryFailure> {
    let failed = |thrown| {
        let error = QueryError::argument("The apiKey function failed: see `cause`.");
        QueryFailure::Failed(error, Some(thrown))
    };
    let promise = function.call0(&JsValue::UNDEFINED).map_err(failed)?;
    let key = scope.race(&promise).await;
    let key = scope.told(key)?.map_err(failed)?;
    match text(&key) {
        Some(key) => Ok(checked(&key)?),
        None if key.is_undefined() || key.is_null() => Ok(String::new()),
        None => Err(QueryError::argument("The apiKey function must give a string, or a promise of one.").into()),
    }
}

/// A key as it can be sent: without the white space that fetch would drop, and without a `Bearer` pasted with it.
///
/// # Errors
/// `invalid_argument` for characters that no header carries; fetch's own message would quote the key.
pub fn checked(key: &str) -> Result<String> {
    let key = key.trim_ascii();
    let key = match key.strip_prefix("Bearer") {
        Some(rest) if rest.is_empty() || rest.starts_with(' ') => rest.trim_ascii_start(),
        _ => key,
    };
    if key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(key.to_owned());
    }
    Err(QueryError::argument(
        "apiKey holds a character that no key has, such as a space, a line break or a letter outside ASCII: copy it again.",
    ))
}
