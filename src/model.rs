//! Models and the families that they belong to.

use crate::words::{contains_any, split, split_once};

/// What a model's name holds, and its family. The first row that fits counts.
const FAMILIES: &[(&str, &str)] = &[
    ("sora", "sora"),
    ("veo", "veo"),
    ("grok", "grok"),
    ("kling", "kling|可灵"),
    ("runway", "runway|gen3|gen-3|gen4|gen-4"),
    ("luma", "luma|ray-|ray2|ray3"),
    ("minimax", "minimax|hailuo|t2v-01|i2v-01|s2v-01"),
    ("vidu", "vidu"),
    ("seedance", "seedance"),
    ("jimeng", "jimeng|即梦"),
    ("hunyuan", "hunyuan"),
    ("pixverse", "pixverse"),
    ("pika", "pika"),
    ("ltx", "ltx"),
    ("cogvideo", "cogvideo"),
    ("suno", "suno|chirp"),
    ("wan", "wan2|wanx|wan-|wan/|wan_"),
];

/// The family of a model, such as `veo` for `veo3.1-fast`.
#[must_use]
pub fn family(model: &str) -> Option<&'static str> {
    FAMILIES.iter().find(|(_, marks)| contains_any(model, marks)).map(|(family, _)| *family)
}

/// The model that an id names before its first colon: `sora-2` of `sora-2:task_01k6`.
#[must_use]
pub fn of_id(id: &str) -> Option<&str> {
    split_once(id, ":").map(|(model, _)| model).filter(|model| !model.is_empty() && !is_uuid(model))
}

/// What stands before the colon may be the id itself, as at AIML API.
fn is_uuid(text: &str) -> bool {
    text.len() == 36 && split(text, b'-').map(str::len).eq([8, 4, 4, 4, 12])
}

/// Names that a service uses inside and that tell a customer nothing, such as `sy_ore`.
#[must_use]
pub fn is_internal(model: &str) -> bool {
    model.starts_with("sy_")
}
