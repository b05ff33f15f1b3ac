//! One query: the attempts, the pauses between them, the routes, the key.

use std::cell::{Cell, RefCell};

use js_sys::{Date, Math};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

use super::cancel_scope::CancelScope;
use super::convert;
use super::env;
use super::key::Key;
use super::member::text;
use super::options::{QueryOptions, count};
use super::pieces::Pieces;
use super::query_failure::QueryFailure;
use super::send::{Ask, Reply, send};
use crate::answer::{Answer, read_answer};
use crate::endpoint::{self, Endpoint};
use crate::error::{Missing, QueryError};
use crate::normalize::Asked;
use crate::retry;
use crate::words::{contains_any, digits, joined};

/// A server may ask at a base URL for each of its customers, without end.
const MOST_ORIGINS: usize = 64;

/// Which route each origin turned out to have.
#[derive(Default)]
pub struct Routes(Vec<(String, Endpoint)>);

impl Routes {
    /// The routes to try at an origin, the one that worked before first.
    fn order(&self, origin: &str, endpoint: &Endpoint) -> Vec<Endpoint> {
        let mut routes = endpoint.routes();
        let known = self.0.iter().find(|(known, _)| known == origin);
        if let Some(at) = known.and_then(|(_, known)| routes.iter().position(|route| route == known)) {
            for at in (0..at).rev() {
                routes.swap(at, at.saturating_add(1));
            }
        }
        routes
    }

    fn remember(&mut self, origin: &str, route: Endpoint) {
        self.0.retain(|(known, _)| known != origin);
        self.0.push((origin.to_owned(), route));
        if self.0.len() > MOST_ORIGINS {
            self.0.remove(0);
        }
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
    pub last: Option<Pieces>,
}

/// Asks how a task stands, as often as the options allow.
pub async fn query(routes: &RefCell<Routes>, question: Question<'_>) -> Result<JsValue, JsValue> {
    let mut query = Query { question, attempts: 0, retries: 0, has_renewed_key: false };
    match query.run(routes).await {
        Ok(answer) => Ok(answer),
        Err(failure) => {
            let ms = digits(count(query.options().timeout_ms.ceil()) as usize);
            let (error, cause) = failure.error(&joined(&["No whole answer within timeoutMs, ", &ms, " ms."]))?;
            Err(query.thrown(error, cause))
        }
    }
}

struct Query<'a> {
    question: Question<'a>,
    /// Requests made.
    attempts: u32,
    /// Those of them that repeated one that failed.
    retries: u32,
    has_renewed_key: bool,
}

impl<'a> Query<'a> {
    fn options(&self) -> &'a QueryOptions {
        self.question.options
    }

    async fn run(&mut self, routes: &RefCell<Routes>) -> Result<JsValue, QueryFailure> {
        let options = self.options();
        let Some(id) = text(self.question.id) else {
            return Err(QueryError::argument(
                "The id must be a string, even if it looks like a number. For several ids there is watchTasks.",
            )
            .into());
        };
        endpoint::check_id(&id)?;
        let origin = options.base.origin();
        let mut order = routes.borrow().order(origin, &options.endpoint).into_iter();
        let mut route = order.next().unwrap_or(Endpoint::Auto);
        loop {
            let url = route.url(&options.base, &id)?;
            let result = self.ask_route(&url, &id).await;
            let missing = match &result {
                Ok(_) => None,
                Err(QueryFailure::Failed(error, _)) if error.missing.is_some() => error.missing,
                Err(_) => return result,
            };
            if missing != Some(Missing::Route) {
                if options.endpoint == Endpoint::Auto {
                    routes.borrow_mut().remember(origin, route);
                }
                return result;
            }
            match (order.next(), result) {
                (Some(next), _) => route = next,
                (None, Err(QueryFailure::Failed(mut error, cause))) if options.endpoint == Endpoint::Auto => {
                    error.message = joined(&[
                        "The service has none of the routes /v1/video/query, /v1/videos/… and /v1/video/generations/…: \
                         check baseUrl (",
                        options.base.href(),
                        "), or pass your own endpoint.",
                    ]);
                    return Err(QueryFailure::Failed(error, cause));
                }
                (None, result) => return result,
            }
        }
    }

    /// Asks one route until it answers, or until asking again has no point.
    async fn ask_route(&mut self, url: &str, id: &str) -> Result<JsValue, QueryFailure> {
        loop {
            let failure = match self.attempt(url, id).await {
                Ok(found) => return Ok(found),
                Err(failure) => failure,
            };
            let QueryFailure::Failed(error, cause) = &failure else { return Err(failure) };
            if error.status == Some(401) && matches!(self.options().key, Key::Callback(_)) && !self.has_renewed_key {
                self.has_renewed_key = true;
                continue;
            }
            if self.question.is_poll && retry::is_for_all(error) {
                return Err(failure);
            }
            let tries = self.retries.saturating_add(1);
            let most = self.options().max_retries;
            let Some(pause) = retry::pause_ms(error, cause.is_some(), tries, most, Math::random()) else {
                return Err(failure);
            };
            self.retries = tries;
            let scope = self.scope(pause)?;
            // It never rejects. Whether it ended by an abort is seen where the next attempt begins.
            let _ = scope.end().await;
        }
    }

    /// One request, from the key to the last byte, within `timeoutMs`.
    async fn attempt(&mut self, url: &str, id: &str) -> Result<JsValue, QueryFailure> {
        let options = self.options();
        let scope = self.scope(options.timeout_ms)?;
        if let Some(ended) = scope.ended() {
            return Err(ended.into());
        }
        let key = options.key.get(&scope).await?;
        let headers = options.headers_of_json_with(key.as_deref())?;
        let is_secret = key.is_some() || options.has_own_headers;
        let ask = Ask {
            url,
            headers: &headers,
            is_secret,
            fetch: options.fetch.as_ref(),
            max_body_bytes: options.max_body_bytes,
            requests: Cell::default(),
        };
        let reply = send(&ask, &scope).await;
        self.attempts = self.attempts.saturating_add(ask.requests.get());
        let reply = reply?;
        scope.done();
        // An endpoint of the caller's own may hold a key, and a page's own server may add one.
        let is_keyless = !is_secret && !contains_any(url, "key=|token=|secret=") && env::location().is_none();
        Ok(self.read(&reply, id, is_keyless)?)
    }

    fn read(&self, reply: &Reply, id: &str, is_keyless: bool) -> Result<JsValue, Box<QueryError>> {
        let header = |name: &str| reply.headers.get(name).ok().flatten();
        let now = Date::now();
        let hint = retry::hint_ms(&header, now);
        // Of nothing nobody knows whether it is the same.
        let is_usual = reply.status == 200 && !reply.body.is_empty();
        if let Some(last) = self.question.last.as_ref().filter(|last| is_usual && convert::is_same(last, &reply.body)) {
            return Ok(convert::answer(&JsValue::NULL, last, hint, self.attempts));
        }
        let asked = Asked { id: Some(id), origin: Some(self.options().base.origin()) };
        let answer = Answer {
            status: reply.status,
            header: &header,
            body: &reply.body.to_vec().into(),
            now,
            secrets: &self.options().secrets.all(),
            is_keyless,
        };
        let task = convert::task(&read_answer(&answer, asked)?, &reply.body);
        // Under another status the same bytes may say something else.
        let kept = if is_usual { reply.body.clone() } else { Pieces::default() };
        Ok(convert::answer(&task, &kept, hint, self.attempts))
    }

    fn scope(&self, ms: f64) -> Result<CancelScope, QueryFailure> {
        CancelScope::new(self.question.signal, ms).map_err(QueryFailure::no_scope)
    }

    /// The error as callers get it: without any key in its words or in its cause.
    fn thrown(&self, mut error: Box<QueryError>, cause: Option<JsValue>) -> JsValue {
        let secrets = self.options().secrets.all();
        for secret in &secrets {
            error.redact(secret);
        }
        convert::error(&error, self.attempts, cause, &secrets)
    }
}

#[cfg(test)]
mod tests;
