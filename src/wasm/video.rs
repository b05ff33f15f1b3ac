//! The request for a video's bytes.

use gloo_net::http::{Headers, RequestBuilder};
use wasm_bindgen::prelude::*;
use web_sys::{Request, RequestRedirect, Url};

use super::convert;
use super::cut::Cut;
use super::options::QueryOptions;
use super::trouble::Trouble;
use crate::error::QueryError;

/// Builds it, with the key where it may go along.
pub async fn request(options: &QueryOptions, text: &str) -> Result<JsValue, JsValue> {
    match build(options, text).await {
        Ok(request) => Ok(request.into()),
        Err(trouble) => {
            let (error, cause) = trouble.error("The apiKey function gave no key within timeoutMs.")?;
            Err(convert::error(&error, 0, cause, &options.secrets.all()))
        }
    }
}

async fn build(options: &QueryOptions, text: &str) -> Result<Request, Trouble> {
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

async fn headers(options: &QueryOptions) -> Result<web_sys::Headers, Trouble> {
    let cut = Cut::new(options.signal.as_ref(), options.timeout_ms).map_err(Trouble::no_cut)?;
    let key = options.key.get(&cut).await?;
    let headers = options.headers_with(key.as_deref())?;
    for name in ["accept", "content-type"] {
        // Those of a question in JSON. To take off what is not there is no error.
        let _ = headers.delete(name);
    }
    Ok(headers)
}
