//! Where to ask: base URL, route and id to one URL.
#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use video_task_query::endpoint::{Base, DEFAULT_BASE_URL, Endpoint, check_id, encoded};
use video_task_query::error::{ErrorCode, QueryError};

#[track_caller]
fn url(endpoint: &str, base: &str, id: &str) -> String {
    Endpoint::new(endpoint).unwrap().url(&Base::new(base).unwrap(), id).unwrap()
}

#[track_caller]
fn assert_argument<T: std::fmt::Debug>(result: Result<T, Box<QueryError>>, message: &str) {
    let error = result.unwrap_err();
    assert_eq!(*error, *QueryError::argument(message));
    assert_eq!((error.code, error.retryable, error.status), (ErrorCode::InvalidArgument, false, None));
}

#[test]
fn a_base_keeps_scheme_host_port_and_path_without_slashes_at_the_end() {
    for (href, origin, asked) in [
        ("https://api.example.com", "https://api.example.com", "https://api.example.com/x"),
        ("https://api.example.com/", "https://api.example.com", "https://api.example.com/x"),
        ("https://api.example.com///", "https://api.example.com", "https://api.example.com/x"),
        ("http://127.0.0.1:8787/a/b/", "http://127.0.0.1:8787", "http://127.0.0.1:8787/a/b/x"),
        ("http://[::1]:8787/a", "http://[::1]:8787", "http://[::1]:8787/a/x"),
        ("https://xn--r8jz45g.jp/%E4/", "https://xn--r8jz45g.jp", "https://xn--r8jz45g.jp/%E4/x"),
    ] {
        assert_eq!(Base::new(href).unwrap().origin(), origin, "{href}");
        assert_eq!(url("/{id}", href, "x"), asked, "{href}");
    }
    assert_eq!(Base::new(DEFAULT_BASE_URL).unwrap().origin(), "https://api.quickrouter.ai");
}

#[test]
fn a_base_that_is_no_http_address_is_refused() {
    for href in [
        "",
        "api.example.com",
        "ftp://example.com",
        "file:///x",
        "javascript:alert(1)",
        "https:/x",
        "//example.com",
        " https://x",
        "ws://x",
    ] {
        assert_argument(Base::new(href), "baseUrl must begin with https:// or http://.");
    }
    for href in ["https://", "https:///x", "http://?x", "http://#x"] {
        assert_argument(Base::new(href), "baseUrl names no host.");
    }
}

#[test]
fn a_base_with_a_password_a_query_or_a_fragment_is_refused() {
    for href in ["https://user@example.com", "https://user:secret@example.com/", "https://:@example.com"] {
        assert_argument(Base::new(href), "baseUrl must not hold a user or a password: pass the key as apiKey.");
    }
    for href in
        ["https://example.com?x=1", "https://example.com/a?", "https://example.com/#a", "https://example.com/a#?"]
    {
        assert_argument(
            Base::new(href),
            "baseUrl must end before '?' and '#': pass a query as part of your own endpoint.",
        );
    }
    // In a path it is a character like any other.
    assert_eq!(Base::new("https://example.com/@a").unwrap().origin(), "https://example.com");
}

#[test]
fn https_and_this_very_machine_are_closed_to_others() {
    for href in [
        "https://example.com",
        "https://10.0.0.1",
        "http://localhost",
        "http://localhost:8787/v1",
        "http://relay.localhost",
        "http://127.0.0.1",
        "http://127.0.0.1:8787",
        "http://127.1.2.3/x",
        "http://[::1]",
        "http://[::1]:8787/x",
    ] {
        assert!(!Base::new(href).unwrap().is_open_to_others(), "{href}");
    }
}

#[test]
fn plain_http_to_any_other_machine_is_open_to_others() {
    for href in [
        "http://example.com",
        "http://10.0.0.1",
        "http://192.168.1.1:8787",
        "http://0.0.0.0",
        "http://128.0.0.1",
        "http://[::2]",
        "http://[::]",
        "http://[2001:db8::1]:80",
        "http://localhost.example.com",
        "http://notlocalhost",
        "http://127.0.0.1.example.com",
        "http://127.example.com",
        "http://example.com/localhost",
        "http://example.com/127.0.0.1",
    ] {
        assert!(Base::new(href).unwrap().is_open_to_others(), "{href}");
    }
}

#[test]
fn endpoints_have_names() {
    for (name, endpoint) in [
        ("auto", Endpoint::Auto),
        ("unified", Endpoint::Unified),
        ("openai", Endpoint::OpenAi),
        ("generations", Endpoint::Generations),
        ("/v1/videos/video_id?id={id}", Endpoint::Own("/v1/videos/video_id?id={id}".to_owned())),
        ("/{id}", Endpoint::Own("/{id}".to_owned())),
    ] {
        assert_eq!(Endpoint::new(name).unwrap(), endpoint, "{name}");
    }
}

#[test]
fn an_endpoint_that_is_neither_a_name_nor_a_path_with_the_id_is_refused() {
    const START: &str = "does not begin with one '/'";
    const ID: &str = "does not contain {id}";
    const CHARACTER: &str = r"holds a character that no path has, such as '#', '\' or a line break";
    const ESCAPE: &str = "holds a '%' that begins no escape";
    const DOTS: &str = "holds '.' or '..', which lead elsewhere";
    for (text, why) in [
        ("", START),
        ("Unified", START),
        ("OpenAI", START),
        ("videos", START),
        ("{id}", START),
        ("v1/videos/{id}", START),
        ("//evil.example/{id}", START),
        ("\\{id}", START),
        ("https://example.com/{id}", START),
        ("/v1/videos", ID),
        ("/v1/videos/{ID}", ID),
        ("/v1/videos/{ id }", ID),
        ("/\\evil.example/{id}", CHARACTER),
        ("/v1/#{id}", CHARACTER),
        // Parsers of URLs drop tabs and line ends, and could make `..` of what the id completes.
        ("/v1/\t{id}", CHARACTER),
        // They drop what is no letter at the end, too.
        ("/v1/{id}/..\u{1}", CHARACTER),
        ("/v1/{id}/.. ", CHARACTER),
        ("/v1/{id}\0", CHARACTER),
        ("/v1/\n{id}", CHARACTER),
        ("/v1/\r{id}", CHARACTER),
        // The id would complete an escape.
        ("/%{id}", ESCAPE),
        ("/%2{id}", ESCAPE),
        ("/v1/{id}%2", ESCAPE),
        ("/%zz/{id}", ESCAPE),
        ("/v1/../{id}", DOTS),
        ("/v1/%2e/{id}", DOTS),
    ] {
        let message = format!(
            "endpoint must be 'auto', 'unified', 'openai', 'generations' or a path such as \
             '/v1/videos/video_id?id={{id}}': '{text}' {why}."
        );
        assert_argument(Endpoint::new(text), &message);
    }
}

#[test]
fn auto_tries_the_known_routes_in_order_and_the_others_are_themselves() {
    assert_eq!(Endpoint::Auto.routes(), [Endpoint::Unified, Endpoint::OpenAi, Endpoint::Generations]);
    for endpoint in [Endpoint::Unified, Endpoint::OpenAi, Endpoint::Generations, Endpoint::Own("/{id}".to_owned())] {
        assert_eq!(endpoint.routes(), [endpoint]);
    }
}

#[test]
fn each_route_has_its_url() {
    const BASE: &str = "https://api.example.com";
    const ID: &str = "sora-2:task_01k74ynm13exf9ha36zz7820hv";
    for (endpoint, path) in [
        ("auto", "/v1/video/query?id=sora-2:task_01k74ynm13exf9ha36zz7820hv"),
        ("unified", "/v1/video/query?id=sora-2:task_01k74ynm13exf9ha36zz7820hv"),
        ("openai", "/v1/videos/sora-2:task_01k74ynm13exf9ha36zz7820hv"),
        ("generations", "/v1/video/generations/sora-2:task_01k74ynm13exf9ha36zz7820hv"),
        ("/v1/videos/video_id?id={id}", "/v1/videos/video_id?id=sora-2:task_01k74ynm13exf9ha36zz7820hv"),
        (
            "/tasks/{id}/creations?id={id}",
            "/tasks/sora-2:task_01k74ynm13exf9ha36zz7820hv/creations?id=sora-2:task_01k74ynm13exf9ha36zz7820hv",
        ),
    ] {
        assert_eq!(url(endpoint, BASE, ID), format!("{BASE}{path}"), "{endpoint}");
    }
}

#[test]
fn an_id_arrives_as_it_is_in_a_path_and_in_a_query() {
    for (id, sent) in [
        ("veo3.1-fast:1770350082-trii1OXZc3", "veo3.1-fast:1770350082-trii1OXZc3"),
        ("AZaz09-._~:", "AZaz09-._~:"),
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("../../admin", "..%2F..%2Fadmin"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("a&key=1", "a%26key%3D1"),
        ("a?b#c", "a%3Fb%23c"),
        ("100%", "100%25"),
        ("%2e%2e", "%252e%252e"),
        ("任务", "%E4%BB%BB%E5%8A%A1"),
        ("🎬", "%F0%9F%8E%AC"),
        ("a\tb\r\nc\0d", "a%09b%0D%0Ac%00d"),
        ("{id}", "%7Bid%7D"),
        ("<\"'>|^`@!$*(),;=[]", "%3C%22%27%3E%7C%5E%60%40%21%24%2A%28%29%2C%3B%3D%5B%5D"),
    ] {
        assert_eq!(encoded(id), sent);
        assert_eq!(url("openai", "https://x.example", id), format!("https://x.example/v1/videos/{sent}"));
        assert_eq!(url("unified", "https://x.example", id), format!("https://x.example/v1/video/query?id={sent}"));
    }
}

#[test]
fn an_id_of_dots_is_refused_in_a_path_and_taken_in_a_query() {
    let base = Base::new("https://x.example").unwrap();
    for id in [".", ".."] {
        for endpoint in [Endpoint::OpenAi, Endpoint::Generations, Endpoint::Own("/a/{id}/b?x".to_owned())] {
            let message = format!(
                "The id '{id}' cannot be part of a path: '.' and '..' would lead elsewhere. Use an endpoint with the id in the \
                 query."
            );
            assert_argument(endpoint.url(&base, id), &message);
        }
        assert_eq!(url("unified", "https://x.example", id), format!("https://x.example/v1/video/query?id={id}"));
        assert_eq!(url("/a?id=/{id}/", "https://x.example", id), format!("https://x.example/a?id=/{id}/"));
    }
    assert_eq!(url("openai", "https://x.example", "..."), "https://x.example/v1/videos/...");
    assert_eq!(url("/a.{id}", "https://x.example", "b"), "https://x.example/a.b");
}

#[test]
fn dots_that_the_id_completes_are_refused_too() {
    let base = Base::new("https://x.example").unwrap();
    let endpoint = Endpoint::new("/a/.{id}/b").unwrap();
    assert!(endpoint.url(&base, ".").is_err());
    assert!(endpoint.url(&base, "x").is_ok());
}

#[test]
fn dots_that_are_written_as_escapes_are_dots() {
    let base = Base::new("https://api.example.com").unwrap();
    for endpoint in ["/a/%2e{id}", "/a/{id}%2E", "/a/%2e/{id}", "/a/.%2e/x?id={id}"] {
        let asked = Endpoint::new(endpoint).and_then(|endpoint| endpoint.url(&base, "."));
        assert_eq!(asked.unwrap_err().code, ErrorCode::InvalidArgument, "{endpoint}");
    }
    // Dots of the template's own are not the id's doing.
    assert!(Endpoint::new("/../{id}").unwrap_err().message.starts_with("endpoint must be"));
    assert_eq!(url("/a/%2e{id}", "https://api.example.com", ".."), "https://api.example.com/a/%2e..");
    assert_eq!(url("/a/%2d{id}", "https://api.example.com", "."), "https://api.example.com/a/%2d.");
}

#[test]
fn a_base_that_ends_in_v1_shares_it_with_the_known_routes() {
    for base in ["https://x.example/v1", "https://x.example/v1/"] {
        assert_eq!(url("openai", base, "a"), "https://x.example/v1/videos/a");
        assert_eq!(url("unified", base, "a"), "https://x.example/v1/video/query?id=a");
        assert_eq!(url("generations", base, "a"), "https://x.example/v1/video/generations/a");
    }
    assert_eq!(url("openai", "https://x.example/api/v1", "a"), "https://x.example/api/v1/videos/a");
    assert_eq!(url("openai", "https://x.example/v1/v1", "a"), "https://x.example/v1/v1/videos/a");
}

#[test]
fn a_base_shares_its_end_with_the_path_of_a_video() {
    for (base, path, expected) in [
        ("https://openrouter.ai/api/v1", "/api/v1/videos/a/content", "https://openrouter.ai/api/v1/videos/a/content"),
        ("https://openrouter.ai/api", "/api/v1/videos/a/content", "https://openrouter.ai/api/v1/videos/a/content"),
        ("https://x.example/openai", "/openai/v1/video/a", "https://x.example/openai/v1/video/a"),
        ("https://x.example/proxy/openai", "/openai/v1/video/a", "https://x.example/proxy/openai/v1/video/a"),
        ("https://x.example/v1", "/v1/files/a", "https://x.example/v1/files/a"),
        ("https://x.example/proxy", "/v1/files/a", "https://x.example/proxy/v1/files/a"),
        ("https://x.example/api/v1", "/api/v10/files/a", "https://x.example/api/v1/api/v10/files/a"),
        ("https://x.example/a/b", "/a/files/b", "https://x.example/a/b/a/files/b"),
        ("https://x.example", "/v1/files/a", "https://x.example/v1/files/a"),
    ] {
        assert_eq!(Base::new(base).unwrap().video_url(path).as_deref(), Some(expected), "{base} {path}");
    }
}

#[test]
fn nothing_else_is_shared_with_a_base() {
    for (base, asked) in [
        ("https://x.example/api", "https://x.example/api/v1/videos/a"),
        ("https://x.example/av1", "https://x.example/av1/v1/videos/a"),
        ("https://x.example/V1", "https://x.example/V1/v1/videos/a"),
        ("https://x.example/v1beta", "https://x.example/v1beta/v1/videos/a"),
        ("https://x.example/v1/openai", "https://x.example/v1/openai/v1/videos/a"),
    ] {
        assert_eq!(url("openai", base, "a"), asked);
    }
    // One's own endpoint is taken as it is written.
    assert_eq!(url("/v1/videos/{id}", "https://x.example/v1", "a"), "https://x.example/v1/v1/videos/a");
}

#[test]
fn a_host_called_v1_is_no_path() {
    assert_eq!(url("openai", "http://v1", "a"), "http://v1/v1/videos/a");
    assert_eq!(url("openai", "http://v1/v1", "a"), "http://v1/v1/videos/a");
}

#[test]
fn ids_that_cannot_be_ids_are_refused() {
    for id in ["", " ", "\t\n"] {
        assert_argument(check_id(id), "The id is empty: pass the id that the service gave when the task was made.");
    }
    for id in [" a", "a ", "a\n", "\ta"] {
        assert_argument(check_id(id), &format!("The id '{id}' begins or ends with white space: trim it."));
    }
    for id in ["a", "0", "..", "a b", "任务", "9007199254740993"] {
        assert_eq!(check_id(id), Ok(()), "{id}");
    }
}
