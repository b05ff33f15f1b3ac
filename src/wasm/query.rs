//! One query: the attempts, the pauses between them, the routes, the key.

use std::cell::{Cell, RefCell};

use js_sys::{Date, Function, Math, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::convert;
use super::cut::{Cut, Ended};
use super::env;
use super::member::text;
use super::options::{Key, QueryOptions, checked_key, count, is_secret};
use super::send::{Ask, Reply, Trouble, send};
use crate::answer::{Answer, read_answer};
use crate::endpoint::{self, Endpoint};
use crate::error::{ErrorCode, Missing, QueryError};
use crate::normalize::Asked;
use crate::retry;
use crate::words::{digits, joined, mentions};

/// Which route each origin turned out to have.
#[derive(Default)]
pub struct Routes(Vec<(String, Endpoint)>);

impl Routes {
    /// The routes to try at an origin, the one that worked before first.
    fn order(&self, origin: &str, endpoint: &Endpoint) -> Vec<Endpoint> {
        let mut routes = endpoint.routes();
        let known = self.0.iter().find(|(known, _)| known == origin);
        if let Some(at) = known.and_then(|(_, known)| routes.iter().position(|route| route == known)) {
            let known = routes.remove(at);
            routes.insert(0, known);
        }
        routes
    }

    fn remember(&mut self, origin: &str, route: &Endpoint) {
        self.0.retain(|(known, _)| known != origin);
        self.0.push((origin.to_owned(), route.clone()));
    }
}

/// What is asked for.
pub struct Question<'a> {
    pub id: &'a JsValue,
    pub options: &'a QueryOptions,
    /// Ends it.
    pub signal: Option<&'a AbortSignal>,
    /// It is one of many: the next one comes by itself.
    pub is_poll: bool,
    /// The answer before: one with the same bytes is not read again.
    pub last: Option<&'a Uint8Array>,
}

/// Asks how a task stands, as often as the options allow.
pub async fn query(routes: &RefCell<Routes>, question: Question<'_>) -> Result<JsValue, JsValue> {
    let Question { id, options, signal, is_poll, last } = question;
    let secrets = options.own_secrets();
    let mut query = Query { options, signal, is_poll, last, attempts: 0, retries: 0, secrets, has_renewed_key: false };
    match query.run(routes, id).await {
        Ok(answer) => Ok(answer),
        Err(Trouble::Ended(Ended::Aborted(reason))) => Err(reason),
        Err(Trouble::Ended(Ended::TimedOut)) => {
            let ms = digits(count(query.options.timeout_ms) as usize);
            let message = joined(&["No whole answer within timeoutMs, ", &ms, " ms."]);
            Err(query.thrown(QueryError::new(ErrorCode::Timeout, &message), None))
        }
        Err(Trouble::Failed(error, cause)) => Err(query.thrown(error, cause)),
    }
}

struct Query<'a> {
    options: &'a QueryOptions,
    signal: Option<&'a AbortSignal>,
    is_poll: bool,
    last: Option<&'a Uint8Array>,
    /// Requests made.
    attempts: u32,
    /// Those of them that repeated one that failed.
    retries: u32,
    /// Every key that was used: none of them may show in an error.
    secrets: Vec<String>,
    has_renewed_key: bool,
}

impl Query<'_> {
    async fn run(&mut self, routes: &RefCell<Routes>, id: &JsValue) -> Result<JsValue, Trouble> {
        let Some(id) = text(id) else {
            return Err(QueryError::argument("The id must be a string of whole characters, digits and all.").into());
        };
        endpoint::check_id(&id)?;
        let origin = self.options.base.origin().to_owned();
        let order = routes.borrow().order(&origin, &self.options.endpoint);
        let mut last = None;
        for route in &order {
            let url = route.url(&self.options.base, &id)?;
            let result = self.ask_route(&url, &id).await;
            let missing = match &result {
                Ok(_) => None,
                Err(Trouble::Failed(error, _)) if error.missing.is_some() => error.missing,
                Err(_) => return result,
            };
            if missing != Some(Missing::Route) {
                if self.options.endpoint == Endpoint::Auto {
                    routes.borrow_mut().remember(&origin, route);
                }
                return result;
            }
            last = Some(result);
        }
        match last {
            Some(Err(Trouble::Failed(mut error, cause))) if order.len() > 1 => {
                error.message = joined(&[
                    "The service has none of the routes /v1/video/query, /v1/videos/… and /v1/video/generations/…: check \
                     baseUrl (",
                    self.options.base.href(),
                    "), or pass your own endpoint.",
                ]);
                Err(Trouble::Failed(error, cause))
            }
            Some(result) => result,
            None => Err(QueryError::argument("There is no route to ask.").into()),
        }
    }

    /// Asks one route until it answers, or until asking again has no point.
    async fn ask_route(&mut self, url: &str, id: &str) -> Result<JsValue, Trouble> {
        loop {
            let trouble = match self.attempt(url, id).await {
                Ok(found) => return Ok(found),
                Err(trouble) => trouble,
            };
            let Trouble::Failed(error, cause) = &trouble else { return Err(trouble) };
            if error.status == Some(401) && matches!(self.options.key, Key::Asked(_)) && !self.has_renewed_key {
                self.has_renewed_key = true;
                continue;
            }
            if self.is_poll && retry::is_for_all(error) {
                return Err(trouble);
            }
            let tries = self.retries.saturating_add(1);
            let Some(pause) = retry::pause_ms(
                error,
                error.retryable && cause.is_some(),
                tries,
                self.options.max_retries,
                Math::random(),
            ) else {
                return Err(trouble);
            };
            self.retries = tries;
            let cut = self.cut(pause)?;
            // It never rejects; what it brings is told by the cut.
            let _ = cut.coming().await;
            if let Some(aborted @ Ended::Aborted(_)) = cut.ended() {
                return Err(aborted.into());
            }
        }
    }

    /// One request, from the key to the last byte, within `timeoutMs`.
    async fn attempt(&mut self, url: &str, id: &str) -> Result<JsValue, Trouble> {
        let cut = self.cut(self.options.timeout_ms)?;
        if let Some(ended) = cut.ended() {
            return Err(ended.into());
        }
        let key = self.key(&cut).await?;
        let headers = self.options.headers_with(key.as_deref())?;
        let is_secret = key.is_some() || self.options.has_own_headers;
        let ask = Ask {
            url,
            headers: &headers,
            is_secret,
            fetch: self.options.fetch.as_ref(),
            max_body_bytes: self.options.max_body_bytes,
            requests: Cell::default(),
        };
        let reply = send(&ask, &cut).await;
        self.attempts = self.attempts.saturating_add(ask.requests.get());
        let reply = reply?;
        cut.done();
        // An endpoint of the caller's own may hold a key, and a page's own server may add one.
        let is_keyless = !is_secret && !mentions(url, "key=|token=|secret=") && env::location().is_none();
        Ok(self.read(&reply, id, is_keyless)?)
    }

    fn read(&self, reply: &Reply, id: &str, is_keyless: bool) -> Result<JsValue, Box<QueryError>> {
        let header = |name: &str| reply.headers.get(name).ok().flatten();
        let now = Date::now();
        let hint = retry::hint_ms(&header, now);
        if let Some(last) =
            self.last.filter(|last| (200..300).contains(&reply.status) && convert::is_same(last, &reply.body))
        {
            return Ok(convert::unchanged(last, hint, self.attempts));
        }
        let asked = Asked { id: Some(id), origin: Some(self.options.base.origin()) };
        let answer = Answer {
            status: reply.status,
            header: &header,
            body: &reply.body.to_vec().into(),
            now,
            secrets: &self.secrets,
            is_keyless,
        };
        Ok(convert::answer(&read_answer(&answer, asked)?, &reply.body, hint, self.attempts))
    }

    async fn key(&mut self, cut: &Cut) -> Result<Option<String>, Trouble> {
        let key = key(self.options, cut).await?;
        if let Some(key) = key.as_ref().filter(|key| is_secret(key) && !self.secrets.contains(key)) {
            self.secrets.push(key.clone());
        }
        Ok(key)
    }

    fn cut(&self, ms: f64) -> Result<Cut, Trouble> {
        Cut::new(self.signal, ms).map_err(no_cut)
    }

    /// The error as callers get it: without any key in its words or in its cause.
    fn thrown(&self, mut error: Box<QueryError>, cause: Option<JsValue>) -> JsValue {
        for secret in &self.secrets {
            error.hide(secret);
        }
        convert::error(&error, self.attempts, cause, &self.secrets)
    }
}

/// The surroundings have no timers, or nothing to abort with.
pub fn no_cut(thrown: JsValue) -> Trouble {
    let error = QueryError::argument("This JavaScript has no usable AbortController or setTimeout.");
    Trouble::Failed(error, Some(thrown))
}

/// The key for one request.
pub async fn key(options: &QueryOptions, cut: &Cut) -> Result<Option<String>, Trouble> {
    let key = match &options.key {
        Key::None => return Ok(None),
        Key::Fixed(key) => key.clone(),
        Key::Asked(function) => asked_key(function, cut).await?,
    };
    Ok(Some(key).filter(|key| !key.is_empty()))
}

async fn asked_key(function: &Function, cut: &Cut) -> Result<String, Trouble> {
    let failed = |thrown| {
        let error = QueryError::argument("The apiKey function failed, so nothing was asked: see `cause`.");
        Trouble::Failed(error, Some(thrown))
    };
    let promise = function.call0(&JsValue::UNDEFINED).map_err(failed)?;
    let key = cut.race(&promise).await;
    let key = cut.told(key)?.map_err(failed)?;
    match text(&key) {
        Some(key) => Ok(checked_key(&key)?),
        None if key.is_undefined() || key.is_null() => Ok(String::new()),
        None => Err(QueryError::argument("The apiKey function must give a string, or a promise of one.").into()),
    }
}

#[cfg(test)]
mod tests;
