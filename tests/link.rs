//! Which texts count as URLs.
#![allow(clippy::panic, clippy::unnecessary_wraps, reason = "tests")]

use video_task_query::link::Link;

const ORIGIN: Option<&str> = Some("https://api.example.com");

fn absolute(url: &str) -> Option<Link<'_>> {
    Some(Link::Absolute { url: url.into(), needs_auth: false })
}

fn with_key(url: &str) -> Option<Link<'_>> {
    Some(Link::Absolute { url: url.into(), needs_auth: true })
}

fn path(path: &str) -> Option<Link<'_>> {
    Some(Link::Path(path.to_owned()))
}

/// Refused as a video and as a page, whether or not the service is known.
#[track_caller]
fn assert_refused(text: &str) {
    for origin in [None, ORIGIN] {
        assert_eq!(Link::to_video(text, origin), None, "{text:?} as a video");
        assert_eq!(Link::to_web(text, origin), None, "{text:?} as a page");
    }
}

#[test]
fn of_several_addresses_in_one_text_the_first_counts() {
    for text in ["https://a.example/v.mp4,https://b.example/w.mp4", "https://a.example/v.mp4,http://b,http://c"] {
        assert_eq!(Link::to_video(text, ORIGIN), absolute("https://a.example/v.mp4"), "{text}");
    }
    assert_eq!(Link::to_video("https://a.example/v,1.mp4", None), absolute("https://a.example/v,1.mp4"));
    assert_eq!(Link::to_video("data:video/mp4;base64,http", None), absolute("data:video/mp4;base64,http"));
}

#[test]
fn an_absolute_http_address_is_itself() {
    for url in [
        "https://example.com/v.mp4",
        "http://example.com/v.mp4",
        "HTTPS://EXAMPLE.COM/V.mp4",
        "hTTp://example.com",
        "https://example.com",
        "https://example.com/?sample-video-src=1#t=2",
        "https://example.com:8443/a%20b/%E4%BD%A0.mp4?X-Amz-Signature=a/b+c==&x=javascript:1",
        "https://127.0.0.1/v.mp4",
        "http://[::1]:8787/v.mp4",
        "https://[2001:db8::1]/v.mp4",
        "https://例え.jp/動画.mp4",
        "https://münchen.example/v.mp4",
        "https://xn--r8jz45g.jp/v.mp4",
        "https://1.example/v.mp4",
    ] {
        for origin in [None, ORIGIN] {
            assert_eq!(Link::to_video(url, origin), absolute(url), "{url}");
            assert_eq!(Link::to_web(url, origin), absolute(url), "{url}");
        }
    }
}

#[test]
fn white_space_around_a_url_is_dropped() {
    assert_eq!(Link::to_video(" \n\thttps://example.com/v.mp4\r\n ", None), absolute("https://example.com/v.mp4"));
    assert_eq!(Link::to_video(" /v.mp4 ", None), path("/v.mp4"));
    assert_eq!(Link::to_video(" data:video/mp4;base64,AAAA ", None), absolute("data:video/mp4;base64,AAAA"));
    assert_eq!(Link::to_web("\n/still.jpg", ORIGIN), absolute("https://api.example.com/still.jpg"));
}

#[test]
fn a_video_may_be_data_and_a_page_may_not() {
    for url in ["data:video/mp4;base64,AAAAIGZ0eXA=", "DATA:VIDEO/WEBM;base64,GkXf", "data:video/mp4,"] {
        assert_eq!(Link::to_video(url, None), absolute(url), "{url}");
        assert_eq!(Link::to_web(url, None), None, "{url}");
    }
}

#[test]
fn a_google_storage_object_is_served_over_https_to_the_key() {
    assert_eq!(
        Link::to_video("gs://bucket/folder/sample_0.mp4", None),
        with_key("https://storage.googleapis.com/bucket/folder/sample_0.mp4")
    );
    for text in ["gs://bucket", "gs://", "gs://bucket/a b.mp4", "gs://bucket\\object/x", "gs:bucket/object"] {
        assert_refused(text);
    }
    assert_eq!(Link::to_web("gs://bucket/object", None), None);
}

#[test]
fn a_path_on_the_service_is_resolved_where_the_service_is_known() {
    for text in ["/v.mp4", "/", "/a/b.mp4?token=1", "/a//b", "/../v.mp4", "/javascript:alert(1)", "/動画.mp4"] {
        assert_eq!(Link::to_video(text, None), path(text), "{text}");
        assert_eq!(Link::to_web(text, None), path(text), "{text}");
        assert_eq!(Link::to_video(text, ORIGIN), absolute(&format!("https://api.example.com{text}")), "{text}");
    }
}

#[test]
fn a_route_that_serves_bytes_to_the_key_says_so() {
    for url in [
        "https://api.openai.com/v1/videos/video_1/content",
        "https://api.example.com/v1/videos/video_1/content?variant=thumbnail",
        "https://relay.example/openai/v1/videos/video_1/content",
        "https://generativelanguage.googleapis.com/v1beta/files/abc:download?alt=media",
    ] {
        assert_eq!(Link::to_video(url, None), with_key(url), "{url}");
    }
    assert_eq!(
        Link::to_video("/v1/videos/video_1/content", ORIGIN),
        with_key("https://api.example.com/v1/videos/video_1/content")
    );
    for url in [
        "https://api.openai.com/v1/videos/video_1",
        "https://cdn.example.com/content",
        "https://cdn.example.com/v.mp4?from=/v1/videos/video_1/content",
        "https://evil.example/https://generativelanguage.googleapis.com/",
    ] {
        assert_eq!(Link::to_video(url, None), absolute(url), "{url}");
    }
}

#[test]
fn other_schemes_are_refused() {
    for text in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "javascript://example.com/%0aalert(1)",
        "javascript:https://example.com/v.mp4",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>",
        "data:text/html;video/mp4,x",
        "data:image/svg+xml,<svg/>",
        "data:,video/mp4",
        "data:videos/mp4,x",
        "file:///etc/passwd",
        "blob:https://example.com/1",
        "ftp://example.com/v.mp4",
        "ws://example.com/v",
        "about:blank",
        "mailto:a@example.com",
        "view-source:https://example.com",
        "s3://bucket/object",
        "httpss://example.com",
        "xhttps://example.com",
    ] {
        assert_refused(text);
    }
}

#[test]
fn addresses_without_a_host_are_refused() {
    for text in [
        "http://",
        "https://",
        "https:///x",
        "https://?x",
        "https://#x",
        "https://:80/x",
        "https://@example.com/",
        "https://.",
        "https://-x",
        "http:example.com",
        "https:/example.com",
        "http:",
        "https",
    ] {
        assert_refused(text);
    }
}

#[test]
fn paths_that_would_lead_to_another_host_are_refused() {
    for text in [
        "//evil.example/v.mp4",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        " //evil.example",
        "https:\\\\evil.example",
        "https://example.com\\@evil.example",
    ] {
        assert_refused(text);
    }
}

#[test]
fn white_space_and_control_characters_within_are_refused() {
    for inner in [" ", "\t", "\n", "\r", "\0", "\u{1}", "\u{b}", "\u{1f}", "\u{7f}"] {
        assert_refused(&format!("https://example.com/a{inner}b.mp4"));
        assert_refused(&format!("https://exam{inner}ple.com/"));
        assert_refused(&format!("/a{inner}b.mp4"));
        assert_refused(&format!("ht{inner}tps://example.com/"));
    }
    assert_refused("\0https://example.com/");
}

#[test]
fn sentences_and_words_are_refused() {
    for text in [
        "",
        " ",
        "Task failed: content policy violation",
        "failed",
        "v.mp4",
        "./v.mp4",
        "../v.mp4",
        "videos/v.mp4",
        "example.com/v.mp4",
        "www.example.com",
        "?id=1",
        "#t",
        "https://example.com/v.mp4 is not ready yet",
        "see https://example.com/v.mp4",
        "任务失败：https://example.com/v.mp4",
        "null",
        "undefined",
        "{\"url\":\"https://example.com\"}",
    ] {
        assert_refused(text);
    }
}
