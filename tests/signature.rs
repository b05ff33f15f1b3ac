//! When signed URLs stop working: a row for each row of the table in `src/signature.rs`.

#![cfg(not(target_arch = "wasm32"))]

use video_task_query::signature::expires_at;

/// 2025-10-06T15:00:00Z.
const START: f64 = 1_759_762_800_000.0;
const HOUR: f64 = 3_600_000.0;

#[test]
fn every_signature_tells_its_end() {
    // {"exp":1759766400}
    let token = "_jwt=eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3NTk3NjY0MDB9.c2ln";
    for query in [
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20251006T150000Z&X-Amz-Expires=3600&X-Amz-Signature=a",
        "x-amz-expires=3600&x-amz-date=20251006T150000Z",
        "X-Goog-Date=20251006T150000Z&X-Goog-Expires=3600",
        "X-Tos-Date=20251006T150000Z&X-Tos-Expires=3600",
        "x-oss-date=20251006T150000Z&x-oss-expires=3600&x-oss-signature=a",
        "Expires=1759766400&OSSAccessKeyId=a&Signature=b",
        "sv=2024&se=2025-10-06T16:00:00Z&sr=b",
        "se=2025-10-06T16%3A00%3A00Z",
        "se=2025-10-06T16%3a00%3a00Z",
        "q-sign-time=1759762800;1759766400&q-ak=a",
        "q-sign-time=1759762800%3B1759766400",
        "q-sign-time=1759762800%3b1759766400",
        "x-expires=1759766400&x-signature=a",
        "auth_key=1759766400-0-0-5d41402abc4b2a76b9719d911017c592",
        "e=1759766400&token=ak:sign",
        token,
    ] {
        assert_eq!(expires_at(&format!("https://cdn.example/v.mp4?{query}")), Some(START + HOUR), "{query}");
    }
}

#[test]
fn what_is_no_signature_tells_nothing() {
    for url in [
        "https://cdn.example/v.mp4",
        "https://cdn.example/v.mp4?X-Amz-Expires=3600",
        "https://cdn.example/v.mp4?X-Amz-Date=20251006T150000Z",
        "https://cdn.example/v.mp4?expires=never",
        "https://cdn.example/v.mp4?expires=3600",
        "https://cdn.example/v.mp4?auth_key=abc",
        "https://cdn.example/v.mp4?q-sign-time=1759766400",
        "https://cdn.example/v.mp4#expires=1759766400",
        "https://cdn.example/v.mp4?t=a.eyJleHAiOjE3NTk3NjY0MDB9.c",
        "https://cdn.example/v.mp4?t=eyJh.not-base64.c",
    ] {
        assert_eq!(expires_at(url), None, "{url}");
    }
}
