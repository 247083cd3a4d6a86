//! What codes are called, for reports that come from a file and may hold codes of a later version.

use crate::findings::Code;

/// What is known of a code by its text.
fn known(code: &str) -> Option<Code> {
    code.strip_prefix("TT").and_then(|number| number.parse().ok()).and_then(Code::of_number)
}

/// Its name in kebab-case; of a code that is not known, itself.
pub(super) fn name(code: &str) -> &str {
    known(code).map_or(code, |code| code.name)
}

/// Its heading.
pub(super) fn title(code: &str) -> &str {
    known(code).map_or(code, |code| code.title)
}
