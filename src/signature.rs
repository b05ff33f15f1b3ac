//! When a signed URL stops working, read from the URL itself.
//!
//! | parameters | signed by | read as |
//! |---|---|---|
//! | `X-Amz-Date`, `X-Amz-Expires` | AWS Signature Version 4 | instant plus seconds |
//! | `X-Goog-Date`, `X-Goog-Expires` | Google Cloud Storage V4 | instant plus seconds |
//! | `X-Tos-Date`, `X-Tos-Expires` | Volcengine TOS | instant plus seconds |
//! | `x-oss-date`, `x-oss-expires` | Aliyun OSS V4 | instant plus seconds |
//! | `Expires` | S3 V2, `CloudFront`, Aliyun OSS V1 | epoch seconds |
//! | `e`, `token` | Qiniu | epoch seconds |
//! | `se` | a shared access signature of Azure Storage, as the videos of OpenAI have | ISO 8601 |
//! | `q-sign-time=…;` | Tencent COS | epoch seconds of the end |
//! | `x-expires`, `auth_key=…-` | Volcengine and Aliyun CDN | epoch seconds |
//! | a value that is a JSON Web Token | anyone | its `exp`, epoch seconds |

use crate::base64;
use crate::instant::{SECONDS_BELOW, calendar, compact, iso};
use crate::json::{Tree, number};
use crate::words::{before, split, split_once, unescaped};

/// Prefixes of the pair of a date and a number of seconds.
const PAIRS: &str = "x-amz- x-goog- x-tos- x-oss-";
const EPOCH_SECONDS: &str = "expires x-expires auth_key";
/// Numbers below it are no instants of this century.
pub const EARLIEST_SECONDS: f64 = 1e9;

/// The instant in Unix epoch milliseconds.
#[must_use]
pub fn expires_at(url: &str) -> Option<f64> {
    let (_, query) = split_once(before(url, b"#"), "?")?;
    let pairs: Vec<_> = split(query, b'&').filter_map(|pair| split_once(pair, "=")).collect();
    let paired = split(PAIRS, b' ').find_map(|prefix| {
        let start = compact(parameter(&pairs, prefix, "date")?)?;
        Some(start + number::parse(parameter(&pairs, prefix, "expires")?)? * 1000.0)
    });
    let seconds = || split(EPOCH_SECONDS, b' ').find_map(|name| parameter(&pairs, "", name).and_then(epoch));
    let qiniu = || parameter(&pairs, "", "token").and_then(|_| epoch(parameter(&pairs, "", "e")?));
    let span = || {
        let times = unescaped(parameter(&pairs, "", "q-sign-time")?, ["%3B", "%3b"], ";");
        epoch(split_once(&times, ";")?.1)
    };
    let shared = || iso(&unescaped(parameter(&pairs, "", "se")?, ["%3A", "%3a"], ":"), 0);
    let token = || pairs.iter().find_map(|(_, value)| token_expiry(value));
    paired.or_else(seconds).or_else(qiniu).or_else(span).or_else(shared).or_else(token).and_then(calendar)
}

/// The value of a parameter whose name is a prefix and a name, without regard to case.
fn parameter<'q>(pairs: &[(&'q str, &'q str)], prefix: &str, name: &str) -> Option<&'q str> {
    let is_it = |key: &str| {
        let parts = key.split_at_checked(prefix.len());
        parts.is_some_and(|(start, end)| start.eq_ignore_ascii_case(prefix) && end.eq_ignore_ascii_case(name))
    };
    pairs.iter().find(|(key, _)| is_it(key)).map(|(_, value)| *value)
}

fn epoch(text: &str) -> Option<f64> {
    let seconds = number::parse(before(text, b"-"))?;
    let ms = if seconds < SECONDS_BELOW { seconds * 1000.0 } else { seconds };
    (seconds >= EARLIEST_SECONDS).then_some(ms)
}

fn token_expiry(value: &str) -> Option<f64> {
    let (header, rest) = split_once(value, ".")?;
    let (payload, _) = split_once(rest, ".")?;
    if !header.starts_with("eyJ") {
        return None;
    }
    let tree = Tree::of(&base64::decode(payload)?.into()).ok()?;
    epoch(tree.root().get("exp")?.word()?)
}
