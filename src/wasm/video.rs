//! The request for a video's bytes.

use gloo_net::http::{Headers, RequestBuilder};
use wasm_bindgen::prelude::*;
use web_sys::{Request, RequestRedirect, Url};

use super::cancel_scope::CancelScope;
use super::convert;
use super::options::QueryOptions;
use super::query_failure::QueryFailure;
use crate::error::QueryError;

/// Builds it, with the key where it may go along.
pub async fn request(options: &QueryOptions, text: &str) -> Result<JsValue, JsValue> {
    match build(options, text).await {
        Ok(request) => Ok(request.into()),
        Err(failure) => {
            let (error, cause) = failure.error("The apiKey function gave no key within timeoutMs.")?;
            Err(convert::error(&error, 0, cause, &options.secrets.all()))
        }
    }
}

async fn build(options: &QueryOptions, text: &str) -> Result<Request, QueryFailure> {
    let unusable = || QueryError::argument("A video's URL must begin with https://, http:// or data:video/.");
    let url = options.base.video_url(text).ok_or_else(unusable)?;
    let is_own = Url::new(&url).map_err(|_| unusable())?.origin() == options.base.origin();
    let request = RequestBuilder::new(&url).abort_signal(options.signal.as_ref());
    let request = if is_own {
        // fetch drops the key where a redirection leads to another origin, but not the caller's own headers.
        let redirect = if options.has_own_headers { RequestRedirect::Error } else { RequestRedirect::Follow };
        request.headers(Headers::from_raw(headers(options).await?)).redirect(redirect)
    } else {
        request
    };
    Ok(request.build().map_err(|_| unusable())?.into())
}

async fn headers(options: &QueryOptions) -> Result<web_sys::Headers, QueryFailure> {
    let scope = CancelScope::new(options.signal.as_ref(), options.timeout_ms).map_err(QueryFailure::no_scope)?;
    let key = options.key.get(&scope).await?;
    Ok(options.headers_with(key.as_deref())?)
}
