//! Ids of LiteLLM: `video_` and base64 of `litellm:custom_llm_provider:openai;model_id:sora-2;video_id:video_abc`.

use crate::base64;
use crate::words::{split, split_once};

/// Bytes; theirs have some hundred.
const LONGEST: usize = 4096;

/// What an id tells.
#[derive(Debug, PartialEq, Eq)]
pub struct LiteLlmId {
    /// The model that was asked for.
    pub model: Option<String>,
    /// Whose model it is, in LiteLLM's words.
    pub provider: Option<String>,
    /// The id of the service behind.
    pub video: Option<String>,
}

/// Reads an id; nothing for an id of anybody else's.
#[must_use]
pub fn read(id: &str) -> Option<LiteLlmId> {
    if id.len() > LONGEST {
        return None;
    }
    let text = String::from_utf8(base64::decode(id.strip_prefix("video_")?)?).ok()?;
    let fields = text.strip_prefix("litellm:")?;
    let field = |name: &str| {
        let found = split(fields, b';').filter_map(|field| split_once(field, ":")).find(|(key, _)| *key == name);
        found.map(|(_, value)| value.to_owned()).filter(|value| !value.is_empty())
    };
    Some(LiteLlmId { model: field("model_id"), provider: field("custom_llm_provider"), video: field("video_id") })
}
