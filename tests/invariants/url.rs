//! What holds for every base URL, endpoint, id and link, by a URL parser of others.

use percent_encoding::percent_decode_str;
use url::Url;
use video_task_query::endpoint::{Base, Endpoint, check_id};
use video_task_query::link::Link;

/// Base URL, endpoint and the rest, which is the id and a link, each on a line.
pub fn hold(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(3, '\n');
    let (base, endpoint, id) =
        (lines.next().unwrap_or_default(), lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    // The border passes what the platform's URL parser serialised.
    let Some((href, base)) = Url::parse(base).ok().and_then(|url| Some((url.clone(), Base::new(url.as_str()).ok()?)))
    else {
        return;
    };
    assert_eq!(base.origin(), href.origin().ascii_serialization());
    leads_to_the_service(&base, id);
    let Ok(endpoint) = Endpoint::new(endpoint) else { return };
    if check_id(id).is_ok() {
        for route in endpoint.routes() {
            asks_for_the_id(&base, &route, id);
        }
    }
}

/// The id arrives whole, at the service, and where the endpoint has its place.
fn asks_for_the_id(base: &Base, route: &Endpoint, id: &str) {
    let Ok(text) = route.url(base, id) else {
        assert!(id.contains('.') || route.url(base, "x").is_err(), "'{id}' was refused");
        return;
    };
    let asked = Url::parse(&text).unwrap_or_else(|trouble| panic!("{text}: {trouble}"));
    assert_eq!(asked.origin().ascii_serialization(), base.origin(), "{text}");
    assert_eq!(asked.fragment(), None, "{text}");
    assert!(percent_decode_str(asked.as_str()).decode_utf8_lossy().contains(id), "{text} lost '{id}'");
    let plain = Url::parse(&route.url(base, "x").unwrap()).unwrap();
    let segments = |url: &Url| url.path().matches('/').count();
    assert_eq!(segments(&asked), segments(&plain), "{text} leads elsewhere than {plain}");
    let parameters = |url: &Url| url.query_pairs().count();
    assert_eq!(parameters(&asked), parameters(&plain), "{text} asks for more than {plain}");
}

/// A path stays on the service, and nothing but a web address or a video becomes a link.
fn leads_to_the_service(base: &Base, text: &str) {
    let is_path = text.trim_ascii().starts_with('/');
    for link in [Link::to_video(text, Some(base.origin())), Link::to_web(text, Some(base.origin()))] {
        let Some(Link::Absolute { url, .. }) = link else {
            assert_eq!(link, None, "with an origin there is no bare path");
            continue;
        };
        // What cannot be parsed cannot be fetched either.
        let Ok(parsed) = Url::parse(&url) else { continue };
        assert!(matches!(parsed.scheme(), "http" | "https") || url[..11].eq_ignore_ascii_case("data:video/"), "{url}");
        assert!(!is_path || parsed.origin().ascii_serialization() == base.origin(), "{url}");
    }
    if let Some(url) = base.video_url(text) {
        let parsed = Url::parse(&url);
        let is_here = |url: Url| url.origin().ascii_serialization() == base.origin();
        assert!(!is_path || parsed.is_ok_and(is_here), "{url}");
    }
}
