//! How a clause is meant: yes or no, how sure, when, and who says so.
//!
//! Takes the tokens of a sentence and the place of a statement in it, gives its [`Attitude`]. Knows the words of a
//! language (`rules/english/cues.toml`), nothing of what is stated.

mod attitude;
mod cues;

pub use attitude::{Attitude, Statement, UNNAMED, attitude, noun_phrase_before};
pub use cues::{Cue, Cues};

use crate::value::Token;

/// Whether each token stands inside double quotation marks, which open and close in turn; a paragraph that ends open is
/// a quotation to its end.
pub fn quoted(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut is_open = false;
    tokens
        .iter()
        .map(|token| {
            match token.text {
                "“" | "„" | "«" => is_open = true,
                "”" | "»" => is_open = false,
                "\"" => is_open = !is_open,
                _ => {}
            }
            is_open
        })
        .collect()
}
