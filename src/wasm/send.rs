//! One request and its whole answer, under one scope.

use std::cell::Cell;

use gloo_net::http::RequestBuilder;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Headers, Request, RequestCache, RequestRedirect, Response, Url};

use super::body;
use super::cancel_scope::CancelScope;
use super::member::{has_method, member, text_member};
use super::options::count;
use super::pieces::Pieces;
use super::query_failure::QueryFailure;
use crate::error::{ErrorCode, QueryError};
use crate::words::joined;

const MOST_REDIRECTS: usize = 5;
/// Next.js keeps what it fetched; the state of a task must be fresh.
const CACHE: RequestCache = RequestCache::NoStore;

#[wasm_bindgen]
extern "C" {
    // With one `Request`, which gloo-net builds. Its own `send` traps when fetch rejects with something that is no Error, and hides what it rejects with.
    #[wasm_bindgen(js_name = fetch, catch)]
    fn global_fetch(request: &Request) -> Result<JsValue, JsValue>;
}

#[cfg_attr(not(test), wasm_bindgen(raw_module = "../request.js"))]
#[cfg_attr(test, wasm_bindgen(module = "/pkg/request.js"))]
extern "C" {
    #[wasm_bindgen(js_name = initOf, catch)]
    fn init_of(
        headers: &Headers,
        signal: &AbortSignal,
        redirect: RequestRedirect,
        cache: RequestCache,
    ) -> Result<JsValue, JsValue>;
}

/// What to ask.
pub struct Ask<'a> {
    pub url: &'a str,
    pub headers: &'a Headers,
    /// The headers hold something that no other origin may see.
    pub is_secret: bool,
    pub fetch: Option<&'a Function>,
    pub max_body_bytes: f64,
    /// Requests made, those that redirections lead to included.
    pub requests: Cell<u32>,
}

impl Ask<'_> {
    /// Browsers do not show where a redirection leads, and older ones take the key along to another origin. So nothing
    /// secret follows one unseen.
    fn redirect(&self) -> RequestRedirect {
        if self.is_secret { RequestRedirect::Manual } else { RequestRedirect::Follow }
    }
}

/// What came back.
pub struct Reply {
    pub status: u16,
    pub headers: Headers,
    pub body: Pieces,
}

/// Sends the request and reads the answer to its end.
pub async fn send(ask: &Ask<'_>, scope: &CancelScope) -> Result<Reply, QueryFailure> {
    let (mut url, mut status) = (ask.url.to_owned(), None);
    for _ in 0..=MOST_REDIRECTS {
        ask.requests.set(ask.requests.get().saturating_add(1));
        let head = respond(&url, ask, scope).await?;
        if let Some(next) = redirection(&head, &url).inspect_err(|_| body::discard(&head.response))? {
            body::discard(&head.response);
            (url, status) = (next, Some(head.status));
            continue;
        }
        let body = match body::read(&head.response, head.status, ask.max_body_bytes, scope).await {
            // Of a refusal the status says enough.
            Err(QueryFailure::Failed(..)) if head.status >= 400 => Pieces::default(),
            body => body?,
        };
        return Ok(Reply { status: head.status, headers: head.headers, body });
    }
    Err(QueryError::response(status, "The service redirects in a circle: check baseUrl.").into())
}

/// An answer of which the body is still to come. An own fetch's may throw wherever it is looked into: so what is needed
/// of it is taken out once, with care.
struct Head {
    response: Response,
    status: u16,
    headers: Headers,
}

async fn respond(url: &str, ask: &Ask<'_>, scope: &CancelScope) -> Result<Head, QueryFailure> {
    // Kept until the answer comes: once a request is collected, Node no longer hears its signal.
    let mut kept = None;
    let answered = match ask.fetch {
        None => request(url, ask, scope).and_then(|request| global_fetch(kept.insert(request))),
        Some(fetch) => init_of(ask.headers, &scope.signal(), ask.redirect(), CACHE)
            .and_then(|init| fetch.call2(&JsValue::UNDEFINED, &url.into(), &init)),
    };
    let promise = answered.map_err(|thrown| unreachable_service(url, thrown))?;
    let response = scope.race(&promise).await;
    // A fetch that does not heed its signal may still answer.
    let response = scope
        .told(response)
        .inspect_err(|_| body::discard(&promise))?
        .map_err(|thrown| unreachable_service(url, thrown))?;
    let (status, headers) = (member(&response, "status").as_f64(), member(&response, "headers"));
    let has_body = has_method(&response, "arrayBuffer") || has_method(&member(&response, "body"), "getReader");
    if text_member(&response, "type").as_deref() == Some("error") {
        return Err(unreachable_service(url, JsValue::UNDEFINED));
    }
    match status.filter(|_| has_method(&headers, "get") && has_body) {
        Some(status) => Ok(Head {
            response: response.unchecked_into(),
            status: count(status).try_into().unwrap_or(u16::MAX),
            headers: headers.unchecked_into(),
        }),
        None => {
            Err(QueryError::argument("fetch must resolve to a Response: what it gave lacks status, headers or body.")
                .into())
        }
    }
}

/// The request for the global fetch.
fn request(url: &str, ask: &Ask<'_>, scope: &CancelScope) -> Result<Request, JsValue> {
    let headers = gloo_net::http::Headers::from_raw(ask.headers.clone());
    RequestBuilder::new(url)
        .headers(headers)
        .redirect(ask.redirect())
        .cache(CACHE)
        .abort_signal(Some(&scope.signal()))
        .build()
        .map(Request::from)
        .map_err(|error| match error {
            gloo_net::Error::JsError(error) => js_sys::Error::new(&error.message).into(),
            gloo_net::Error::GlooError(words) => words.into(),
        })
}

/// Where the answer leads instead of answering; nothing for an answer.
fn redirection(head: &Head, url: &str) -> Result<Option<String>, QueryFailure> {
    let status = head.status;
    let is_hidden = status == 0;
    if !is_hidden && !matches!(status, 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let location = head.headers.get("location").ok().flatten();
    let next = location.and_then(|location| Url::new_with_base(&location, url).ok());
    let to = next.as_ref().map(Url::origin);
    match next {
        Some(next) if to.is_some() && to == Url::new(url).ok().map(|here| here.origin()) => Ok(Some(next.href())),
        _ => {
            let to = to.as_deref().filter(|to| *to != "null");
            let message = match to.or(is_hidden.then_some("an address that cannot be seen here")) {
                Some(to) => joined(&[
                    "The service redirects to ",
                    to,
                    ". The key was not sent there. If you trust that address, set baseUrl to it.",
                ]),
                None => "The service redirects, but not to an address that can be asked: check baseUrl.".to_owned(),
            };
            Err(QueryError::response((!is_hidden).then_some(status), &message).into())
        }
    }
}

/// No answer: what fetch threw, with the words of its cause, where Node hides what happened.
fn unreachable_service(url: &str, thrown: JsValue) -> QueryFailure {
    let origin = Url::new(url).map(|url| url.origin()).unwrap_or_default();
    let cause = member(&thrown, "cause");
    let why = text_member(&cause, "code")
        .or_else(|| text_member(&cause, "message"))
        .or_else(|| text_member(&thrown, "message"))
        .or_else(|| thrown.as_string())
        .unwrap_or_else(|| "fetch gave no reason".to_owned());
    let in_page = super::env::location().is_some();
    let hint = if in_page {
        " A browser says no more; often the service's CORS rules do not allow pages to ask with a key."
    } else {
        ""
    };
    let message = joined(&["No answer from ", &origin, " (", &why, ").", hint]);
    QueryFailure::Failed(QueryError::new(ErrorCode::Network, &message), Some(thrown))
}
