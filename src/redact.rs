//! Taking secrets out of what is told.

use crate::words::replaced;

/// What stands in the place of a secret.
pub const HIDDEN: &str = "[key]";

/// Replaces every occurrence of a secret in some texts.
pub fn redact<'t>(texts: impl Iterator<Item = &'t mut String>, secret: &str) {
    for text in texts {
        *text = replaced(text, secret, HIDDEN);
    }
}
