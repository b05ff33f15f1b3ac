#![allow(clippy::panic, clippy::unwrap_used, reason = "tests")]

use js_sys::{Array, eval};
use wasm_bindgen::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::{Key, ParseOptions, QueryOptions, text};
use crate::endpoint::Endpoint;
use crate::error::{ErrorCode, QueryError};

const KNOWN: &str = "apiKey, baseUrl, endpoint, headers, signal, timeoutMs, maxRetries, maxBodyBytes, fetch";

/// What stands behind an expression of JavaScript.
fn js(expression: &str) -> JsValue {
    eval(&format!("({expression})")).unwrap()
}

/// Reads options where the environment says nothing.
fn read(options: &str) -> Result<QueryOptions, Box<QueryError>> {
    js("[delete process.env.VIDEO_TASK_API_KEY, delete process.env.VIDEO_TASK_BASE_URL]");
    QueryOptions::read(&js(options), "")
}

#[track_caller]
fn accepted(options: &str) -> QueryOptions {
    read(options).unwrap_or_else(|error| panic!("{options}: {}", error.message))
}

#[track_caller]
fn assert_refused(options: &str, message: &str) {
    let Err(error) = read(options) else { panic!("{options} was accepted") };
    assert_eq!((error.code, error.message.as_str()), (ErrorCode::InvalidArgument, message), "{options}");
}

/// All headers, as `name: value`, sorted by name as `Headers` does.
/// Those of a question without a key.
fn headers(options: &QueryOptions) -> Vec<String> {
    let pairs = Array::from(&options.headers_of_json_with(None).unwrap().entries());
    pairs.iter().map(|pair| Array::from(&pair).join(": ").into()).collect()
}

fn fixed(options: &QueryOptions) -> Option<&str> {
    match &options.key {
        Key::Fixed(key) => Some(key),
        _ => None,
    }
}

#[wasm_bindgen_test]
fn what_is_not_said_has_its_default() {
    for options in
        ["undefined", "null", "{}", "{ apiKey: undefined, timeoutMs: null, headers: undefined, fetch: null }"]
    {
        let read = accepted(options);
        assert!(matches!(read.key, Key::None));
        assert_eq!(read.base.origin(), "https://api.quickrouter.ai");
        assert_eq!(read.endpoint, Endpoint::Auto);
        assert_eq!(headers(&read), ["accept: application/json", "content-type: application/json"]);
        assert_eq!((read.has_own_headers, read.has_own_authorization), (false, false));
        assert!(read.signal.is_none() && read.fetch.is_none());
        assert_eq!(
            [read.timeout_ms, read.max_body_bytes].map(f64::to_bits),
            [30_000_f64, 33_554_432.0].map(f64::to_bits)
        );
        assert_eq!(read.max_retries, 2);
        assert_eq!(read.secrets.all(), [""; 0]);
    }
}

#[wasm_bindgen_test]
fn the_environment_is_asked_for_key_and_address_alone() {
    let read = |options: &str| {
        js(
            "[process.env.VIDEO_TASK_API_KEY = ' sk-env ', process.env.VIDEO_TASK_BASE_URL = 'https://env.example/v1/']",
        );
        let read = QueryOptions::read(&js(options), "").unwrap();
        js("[delete process.env.VIDEO_TASK_API_KEY, delete process.env.VIDEO_TASK_BASE_URL]");
        (fixed(&read).map(str::to_owned), read.base.origin().to_owned())
    };
    assert_eq!(read("undefined"), (Some("sk-env".to_owned()), "https://env.example".to_owned()));
    assert_eq!(read("{ apiKey: 'sk-own' }"), (Some("sk-own".to_owned()), "https://env.example".to_owned()));
    assert_eq!(read("{ apiKey: '', baseUrl: 'https://own.example' }"), (None, "https://own.example".to_owned()));
}

#[wasm_bindgen_test]
fn options_that_are_no_object_are_refused() {
    for options in ["'sk-1'", "7", "true", "() => {}", "Symbol('x')", "1n"] {
        assert_refused(options, "The options must be an object, such as { apiKey: '…' }.");
    }
}

#[wasm_bindgen_test]
fn an_unknown_option_is_refused_by_its_name() {
    assert_refused("{ speed: 1 }", &format!("Unknown option 'speed'. Known are: {KNOWN}."));
    assert_refused("{ apikey: 'a' }", &format!("Unknown option 'apikey'. Did you mean 'apiKey'? Known are: {KNOWN}."));
    assert_refused(
        "{ base_url: 'a' }",
        &format!("Unknown option 'base_url'. Did you mean 'baseUrl'? Known are: {KNOWN}."),
    );
    assert_refused(
        "{ 'Timeout-MS': undefined }",
        &format!("Unknown option 'Timeout-MS'. Did you mean 'timeoutMs'? Known are: {KNOWN}."),
    );
    assert_refused("['a']", &format!("Unknown option '0'. Known are: {KNOWN}."));
    assert_refused("JSON.parse('{\"__proto__\": 1}')", &format!("Unknown option '__proto__'. Known are: {KNOWN}."));
}

#[wasm_bindgen_test]
fn a_value_of_the_wrong_kind_is_refused_by_its_name() {
    assert_refused("{ apiKey: 7 }", "apiKey must be a string.");
    assert_refused("{ apiKey: '\\ud83c' }", "apiKey must be a string without lone surrogates.");
    assert_refused("{ baseUrl: new URL('https://example.com') }", "baseUrl must be a string.");
    assert_refused("{ endpoint: {} }", "endpoint must be a string.");
    assert_refused("{ fetch: 'fetch' }", "fetch must be a function.");
    for headers in ["'x-a: 1'", "7", "{ 'x-a': '1' }", "['x-a']"] {
        assert_refused(&format!("{{ headers: {headers} }}"), "headers must be an object of names and values.");
    }
}

#[wasm_bindgen_test]
fn numbers_have_their_bounds() {
    for (name, what, wrong) in [
        ("timeoutMs", "a number of milliseconds above 0", ["0", "-1", "NaN", "'30000'", "30n"]),
        ("maxRetries", "a whole number, 0 or more", ["-1", "1.5", "NaN", "'2'", "-Infinity"]),
        ("maxBodyBytes", "a number of bytes above 0", ["0", "-1", "NaN", "'1'", "true"]),
    ] {
        for value in wrong {
            assert_refused(&format!("{{ {name}: {value} }}"), &format!("{name} must be {what}."));
        }
    }
    let read = accepted("{ timeoutMs: Infinity, maxRetries: Infinity, maxBodyBytes: Infinity }");
    assert_eq!(
        (read.timeout_ms.is_infinite(), read.max_retries, read.max_body_bytes.is_infinite()),
        (true, u32::MAX, true)
    );
    let read = accepted("{ timeoutMs: 0.5, maxRetries: 0, maxBodyBytes: 1 }");
    assert_eq!(
        (read.timeout_ms.to_bits(), read.max_retries, read.max_body_bytes.to_bits()),
        (0.5_f64.to_bits(), 0, 1_f64.to_bits())
    );
}

#[wasm_bindgen_test]
fn a_key_is_sent_without_what_was_pasted_around_it() {
    for key in ["sk-1", " sk-1\\n", "Bearer sk-1", "  Bearer   sk-1 "] {
        assert_eq!(fixed(&accepted(&format!("{{ apiKey: '{key}' }}"))), Some("sk-1"), "{key}");
    }
    for key in ["", "  "] {
        assert!(matches!(accepted(&format!("{{ apiKey: '{key}' }}")).key, Key::None), "{key:?}");
    }
    assert!(matches!(accepted("{ apiKey: async () => 'sk-1' }").key, Key::Callback(_)));
}

#[wasm_bindgen_test]
fn a_bearer_with_nothing_behind_it_is_no_key() {
    for key in ["Bearer", "Bearer ", " Bearer\\n"] {
        assert!(matches!(accepted(&format!("{{ apiKey: '{key}' }}")).key, Key::None), "{key:?}");
    }
}

#[wasm_bindgen_test]
fn a_key_that_no_header_carries_is_refused_without_quoting_it() {
    const MESSAGE: &str = "apiKey holds a character that no key has, such as a space, a line break or a letter outside ASCII: copy \
                           it again.";
    for key in ["sk secret", "sk\\nsecret", "sk\\u0000secret", "sk-sécret", "…sk-secret", "sk-\\u200bsecret"] {
        assert_refused(&format!("{{ apiKey: '{key}' }}"), MESSAGE);
    }
}

#[wasm_bindgen_test]
fn own_headers_go_on_top_of_the_usual_ones() {
    let read = accepted("{ headers: [['X-Forwarded-Host', 'a'], ['Accept', 'text/plain'], ['skipped', undefined]] }");
    assert_eq!(headers(&read), ["accept: text/plain", "content-type: application/json", "x-forwarded-host: a"]);
    assert_eq!((read.has_own_headers, read.has_own_authorization), (true, false));
}

#[wasm_bindgen_test]
fn own_headers_that_carry_secrets_are_known() {
    let read = accepted(
        "{ headers: [['Authorization', 'Key sk-own-key-1'], ['x-api-key', 'second-key-2'], ['cookie', 'cookie=3'], \
         ['x-other', 'shown-to-all']] }",
    );
    assert!(read.has_own_authorization);
    let mut secrets = read.secrets.all();
    secrets.sort();
    // Each also as it stands in a URL.
    assert_eq!(
        secrets,
        ["Key sk-own-key-1", "Key%20sk-own-key-1", "cookie%3D3", "cookie=3", "second-key-2", "sk-own-key-1"]
    );
}

#[wasm_bindgen_test]
fn a_header_that_http_cannot_carry_is_refused_without_quoting_its_value() {
    for value in
        ["se\\ncret", "se\\u0001cret", "\\u001fsecret", "secret\\u007f", "secret\\f", "\\u000bsecret", "\\u4e2d"]
    {
        assert_refused(
            &format!("{{ headers: [['x-a', '{value}']] }}"),
            "The header 'x-a' has a name or a value that HTTP cannot carry.",
        );
    }
    assert_refused("{ headers: [['x a', 'secret']] }", "The header 'x…' has a name or a value that HTTP cannot carry.");
    assert_eq!(headers(&accepted("{ headers: [['x-a', ' a\\tb\\n']] }"))[2], "x-a: a\tb");
    assert_refused("{ headers: [['x-a', 7]] }", "The header 'x-a' must have a string as its value.");
    assert_refused("{ headers: [['x-a', null]] }", "The header 'x-a' must have a string as its value.");
}

#[wasm_bindgen_test]
fn an_address_is_read_as_the_url_standard_does() {
    for (address, origin) in [
        ("https://API.Example.com:443/v1/", "https://api.example.com"),
        ("https://例え.jp", "https://xn--r8jz45g.jp"),
        ("http://127.1:8787", "http://127.0.0.1:8787"),
        (" https://example.com ", "https://example.com"),
    ] {
        assert_eq!(accepted(&format!("{{ baseUrl: '{address}' }}")).base.origin(), origin, "{address}");
    }
    for address in ["example.com", "/api", "", "https://"] {
        let message = "baseUrl is not a URL: it must begin with https:// or http://, or in a page with '/'.";
        assert_refused(&format!("{{ baseUrl: '{address}' }}"), message);
    }
    assert_refused("{ baseUrl: 'ftp://example.com' }", "baseUrl must begin with https:// or http://.");
}

#[wasm_bindgen_test]
fn a_key_is_not_sent_where_others_could_read_it() {
    let message = "baseUrl http://example.com is plain http: others on the way could read the API key. Use https.";
    for secret in ["apiKey: 'sk-1'", "apiKey: () => 'sk-1'", "headers: [['authorization', 'Bearer sk-1']]"] {
        assert_refused(&format!("{{ baseUrl: 'http://example.com/v1', {secret} }}"), message);
        accepted(&format!("{{ baseUrl: 'http://localhost:8787/v1', {secret} }}"));
    }
    accepted("{ baseUrl: 'http://example.com/v1' }");
}

#[wasm_bindgen_test]
fn parsing_has_options_of_its_own() {
    let read = ParseOptions::read(&js("{ id: 'sora-2:1', baseUrl: 'https://example.com/v1' }")).unwrap();
    assert_eq!((read.asked().id, read.asked().origin), (Some("sora-2:1"), Some("https://example.com")));
    let read = ParseOptions::read(&JsValue::UNDEFINED).unwrap();
    assert_eq!((read.asked().id, read.asked().origin), (None, None));
    let Err(error) = ParseOptions::read(&js("{ apiKey: 'sk-1' }")) else { panic!("accepted") };
    assert_eq!(error.message, "Unknown option 'apiKey'. Known are: id, baseUrl.");
}

#[wasm_bindgen_test]
fn a_text_with_half_a_character_is_none() {
    assert_eq!(text(&"ä🎬".into()).as_deref(), Some("ä🎬"));
    for value in ["'\\ud83c'", "7", "null", "undefined", "new String('a')", "['a']"] {
        assert_eq!(text(&js(value)), None, "{value}");
    }
}
