//! Where to ask: base URL, route and id to one URL.

use crate::error::{QueryError, Result};
use crate::link::Link;
use crate::words::{before, contains, joined, replaced, split, split_once, unescaped};

/// The service that is asked where nothing else is said.
pub const DEFAULT_BASE_URL: &str = "https://api.quickrouter.ai";

const UNIFIED: &str = "/v1/video/query?id={id}";
const OPENAI: &str = "/v1/videos/{id}";
const GENERATIONS: &str = "/v1/video/generations/{id}";

/// An id as one segment of a path or one value of a query.
///
/// What stays as it is: RFC 3986's unreserved characters, and the colon after the model's name, which the relays'
/// documents write as it is.
#[must_use]
pub fn encoded(id: &str) -> String {
    const DIGITS: &[u8] = b"0123456789ABCDEF";
    let mut text = String::new();
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b':') {
            text.push(char::from(byte));
        } else {
            text.push('%');
            for half in [byte >> 4, byte & 0x0F] {
                text.extend(DIGITS.get(usize::from(half)).map(|digit| char::from(*digit)));
            }
        }
    }
    text
}

/// The service's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// Without a slash at the end.
    href: String,
    origin_length: usize,
}

impl Base {
    /// Reads an absolute URL as the URL standard serialises it.
    ///
    /// # Errors
    /// `invalid_argument` for what is no http(s) address or holds a user, a query or a fragment.
    pub fn new(href: &str) -> Result<Self> {
        let refused = |why: &str| Err(QueryError::argument(&joined(&["baseUrl ", why])));
        let Some((scheme, rest)) = split_once(href, "://").filter(|(scheme, _)| matches!(*scheme, "http" | "https"))
        else {
            return refused("must begin with https:// or http://.");
        };
        let authority = before(rest, b"/?#");
        if authority.is_empty() {
            return refused("names no host.");
        }
        if contains(authority, "@") {
            return refused("must not hold a user or a password: pass the key as apiKey.");
        }
        if before(rest, b"?#") != rest {
            return refused("must end before '?' and '#': pass a query as part of your own endpoint.");
        }
        Ok(Self {
            href: without_slashes(href).to_owned(),
            origin_length: scheme.len().saturating_add("://".len()).saturating_add(authority.len()),
        })
    }

    /// All of it, without a slash at the end.
    #[must_use]
    pub fn href(&self) -> &str {
        &self.href
    }

    /// Scheme, host and port.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.href.get(..self.origin_length).unwrap_or(&self.href)
    }

    /// The URL of a video's bytes, from one in a task or from a path on the service.
    #[must_use]
    pub fn video_url(&self, text: &str) -> Option<String> {
        match Link::to_video(text, Some(self.before_route(text)))? {
            Link::Absolute { url, .. } => Some(url.into_owned()),
            Link::Path(_) => None,
        }
    }

    /// What stands before a route of the service's: a base URL that ends in `/v1` or `/api/v1`, as other packages want
    /// it, and a route that begins with that share it.
    fn before_route(&self, route: &str) -> &str {
        let mut ends = (self.origin_length..self.href.len()).filter_map(|at| Some((at, self.href.get(at..)?)));
        let shared = ends.find(|(_, end)| route.strip_prefix(*end).is_some_and(|rest| rest.starts_with('/')));
        shared.and_then(|(at, _)| self.href.get(..at)).unwrap_or(&self.href)
    }

    /// Whether others on the way could read what is sent: plain http to anything but this very machine.
    #[must_use]
    pub fn is_open_to_others(&self) -> bool {
        let Some(authority) = self.origin().strip_prefix("http://") else {
            return false;
        };
        let host = match authority.strip_prefix('[') {
            Some(v6) => before(v6, b"]"),
            None => before(authority, b":"),
        };
        // As the URL standard serialises them, four numbers are all that consists of digits and dots.
        let is_v4 = host.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit());
        let is_loopback =
            host == "localhost" || host.ends_with(".localhost") || host == "::1" || (is_v4 && host.starts_with("127."));
        !is_loopback
    }
}

/// Which route of a service answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// The first of the known routes that the service has.
    Auto,
    /// `/v1/video/query?id={id}`
    Unified,
    /// `/v1/videos/{id}`
    OpenAi,
    /// `/v1/video/generations/{id}`
    Generations,
    /// A path of the caller's own.
    Own(String),
}

impl Endpoint {
    /// Reads the option of that name.
    ///
    /// # Errors
    /// `invalid_argument` for what is neither a known name nor a path with `{id}`.
    pub fn new(text: &str) -> Result<Self> {
        Ok(match text {
            "auto" => Self::Auto,
            "unified" => Self::Unified,
            "openai" => Self::OpenAi,
            "generations" => Self::Generations,
            own => match trouble_of(own) {
                None => Self::Own(own.to_owned()),
                Some(trouble) => {
                    return Err(QueryError::argument(&joined(&[
                        "endpoint must be 'auto', 'unified', 'openai', 'generations' or a path such as \
                     '/v1/videos/video_id?id={id}': '",
                        text,
                        "' ",
                        trouble,
                        ".",
                    ])));
                }
            },
        })
    }

    /// The routes to try, in order.
    #[must_use]
    pub fn routes(&self) -> Vec<Self> {
        match self {
            Self::Auto => vec![Self::Unified, Self::OpenAi, Self::Generations],
            one => vec![one.clone()],
        }
    }

    fn template(&self) -> &str {
        match self {
            Self::Auto | Self::Unified => UNIFIED,
            Self::OpenAi => OPENAI,
            Self::Generations => GENERATIONS,
            Self::Own(template) => template,
        }
    }

    /// The URL to ask.
    ///
    /// # Errors
    /// `invalid_argument` for an id that would not arrive as it is.
    pub fn url(&self, base: &Base, id: &str) -> Result<String> {
        let path = replaced(self.template(), "{id}", &encoded(id));
        if has_dots(&path) {
            return Err(QueryError::argument(&joined(&[
                "The id '",
                id,
                "' cannot be part of a path: '.' and '..' would lead elsewhere. Use an endpoint with the id in the query.",
            ])));
        }
        let start = if matches!(self, Self::Own(_)) { &base.href } else { base.before_route(&path) };
        Ok(joined(&[start, &path]))
    }
}

/// Why a path of the caller's own cannot be one, if it cannot.
fn trouble_of(template: &str) -> Option<&'static str> {
    let is_fit = |byte: u8| byte >= b' ' && byte != b'\\' && byte != b'#';
    if !template.starts_with('/') || template.starts_with("//") {
        return Some("does not begin with one '/'");
    }
    if !contains(template, "{id}") {
        return Some("does not contain {id}");
    }
    if !template.bytes().all(is_fit) || template.ends_with(' ') {
        return Some("holds a character that no path has, such as '#', '\\' or a line break");
    }
    if !has_whole_escapes(template) {
        return Some("holds a '%' that begins no escape");
    }
    has_dots(template).then_some("holds '.' or '..', which lead elsewhere")
}

/// Refuses what cannot be an id.
///
/// # Errors
/// `invalid_argument` for an empty id and one with white space around it.
pub fn check_id(id: &str) -> Result<()> {
    if id.trim_ascii().is_empty() {
        return Err(QueryError::argument("The id is empty: pass the id that the service gave when the task was made."));
    }
    let is_space = |end: Option<char>| end.is_some_and(|end| end.is_whitespace() || end == '\u{FEFF}');
    if is_space(id.chars().next()) || is_space(id.chars().next_back()) {
        return Err(QueryError::argument(&joined(&["The id '", id, "' begins or ends with white space: trim it."])));
    }
    Ok(())
}

/// Whether each `%` begins an escape: the id must not complete one.
fn has_whole_escapes(text: &str) -> bool {
    let mut after = split(text, b'%').skip(1);
    let is_hex = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_hexdigit);
    !text.ends_with('%') && after.all(|rest| is_hex(rest.as_bytes().first()) && is_hex(rest.as_bytes().get(1)))
}

/// Whether a segment of a path is one of dots.
fn has_dots(path: &str) -> bool {
    split(before(path, b"?"), b'/').any(is_dots)
}

/// `.` and `..`, also where a dot is written as an escape: parsers of URLs take them for steps.
fn is_dots(segment: &str) -> bool {
    matches!(unescaped(segment, ["%2E", "%2e"], ".").as_str(), "." | "..")
}

fn without_slashes(mut href: &str) -> &str {
    while let Some(shorter) = href.strip_suffix('/') {
        href = shorter;
    }
    href
}
