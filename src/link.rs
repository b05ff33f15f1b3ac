//! Which texts count as URLs.
//!
//! | text | becomes |
//! |---|---|
//! | `http://…`, `https://…` with a host | itself |
//! | several of these, with commas in between (videos only) | the first |
//! | `data:video/…` (videos only) | itself |
//! | `gs://bucket/object` | `https://storage.googleapis.com/bucket/object`, needs authorisation |
//! | `/path` | resolved against the service's origin, where that is known |
//! | sentences, `javascript:`, `//host`, anything with control characters | nothing |
//!
//! White space, control characters and backslashes are refused because browsers drop or turn them while they parse:
//! `/\t/host` and `/\host` would lead to another host.

use std::borrow::Cow;

use crate::words::{before, contains, joined, split_once};

/// A text that may be shown or fetched as a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link<'t> {
    /// An absolute URL.
    Absolute {
        /// The URL.
        url: Cow<'t, str>,
        /// It answers only with the service's key.
        needs_auth: bool,
    },
    /// A path on a service whose origin is not known here.
    Path(String),
}

impl<'t> Link<'t> {
    /// Reads a text as the URL of a video; `origin` is the service's, such as `https://api.example.com`.
    #[must_use]
    pub fn to_video(text: &'t str, origin: Option<&str>) -> Option<Self> {
        let text = text.trim_ascii();
        if has_prefix(text, "data:video/") && is_clean(text) {
            return Some(Self::Absolute { url: text.into(), needs_auth: false });
        }
        match text.strip_prefix("gs://") {
            Some(object) => (is_clean(object) && contains(object, "/")).then(|| Self::Absolute {
                url: joined(&["https://storage.googleapis.com/", object]).into(),
                needs_auth: true,
            }),
            // The first, where several stand in one text.
            None => Self::to_web(split_once(text, ",http").map_or(text, |(first, _)| first), origin),
        }
    }

    /// Reads a text as the URL of anything else, such as a thumbnail.
    #[must_use]
    pub fn to_web(text: &'t str, origin: Option<&str>) -> Option<Self> {
        let text = text.trim_ascii();
        if !is_clean(text) {
            return None;
        }
        if text.starts_with('/') {
            return match origin {
                _ if text.starts_with("//") => None,
                Some(origin) => Some(Self::absolute(joined(&[origin, text]).into())),
                None => Some(Self::Path(text.to_owned())),
            };
        }
        let scheme = ["https://", "http://"].into_iter().find(|scheme| has_prefix(text, scheme))?;
        let host = text.as_bytes().get(scheme.len())?;
        // Letters beyond ASCII are international domain names; an opening bracket begins an IPv6 address.
        (host.is_ascii_alphanumeric() || *host == b'[' || !host.is_ascii()).then(|| Self::absolute(text.into()))
    }

    fn absolute(url: Cow<'t, str>) -> Self {
        Self::Absolute { needs_auth: is_content_route(&url), url }
    }
}

/// `…/v1/videos/{id}/content` and Google's file downloads serve bytes to the key's owner only.
fn is_content_route(url: &str) -> bool {
    let path = before(url, b"?#");
    (contains(path, "/v1/videos/") && path.ends_with("/content"))
        || has_prefix(url, "https://generativelanguage.googleapis.com/")
}

fn is_clean(text: &str) -> bool {
    text.bytes().all(|byte| byte > b' ' && byte != b'\\' && byte != 0x7F)
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
