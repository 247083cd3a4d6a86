//! The words by which a sentence says how its statement is meant (`rules/english/cues.toml`).

use crate::value::Token;
use rustc_hash::FxHashMap;
use serde::Deserialize;

const TABLE: &str = include_str!("../../rules/english/cues.toml");

/// What a word can be a sign of; each is described in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the table says what each is")]
pub enum Cue {
    Negators,
    Denials,
    Failures,
    Harmless,
    Statements,
    Pointers,
    Reports,
    Hedges,
    Hypotheticals,
    Futures,
    Subordinators,
    ClauseStarts,
    Titles,
    PairsOfPersons,
    PairsOfCountries,
    Falsehoods,
    Truths,
    Copulas,
    Openers,
    Claiming,
    Partisans,
    Onsets,
    Others,
}

/// The table, by word.
#[derive(Clone, Debug)]
pub struct Cues {
    by_word: FxHashMap<String, u32>,
}

impl Default for Cues {
    fn default() -> Self {
        Self::new()
    }
}

impl Cues {
    /// Reads the built-in table.
    pub fn new() -> Self {
        let table: std::collections::BTreeMap<Cue, Vec<String>> =
            toml::from_str(TABLE).expect("the built-in table is read by a test");
        let mut by_word: FxHashMap<String, u32> = FxHashMap::default();
        for (cue, words) in table {
            for word in words {
                *by_word.entry(word).or_default() |= bit(cue);
            }
        }
        Self { by_word }
    }

    /// Whether a token is a verb of saying, and not a noun that is spelled like one: "head of state".
    pub fn is_report(&self, tokens: &[Token<'_>], at: usize) -> bool {
        const BEFORE_NOUNS: [&str; 14] = [
            "of", "the", "a", "an", "this", "that", "these", "any", "each", "no", "such", "its", "their",
            "his",
        ];
        let is_noun = || at > 0 && BEFORE_NOUNS.contains(&&*tokens[at - 1].norm);
        self.is(&tokens[at], Cue::Reports) && !is_noun()
    }

    /// Whether the word can be a sign of this.
    pub fn is(&self, token: &Token<'_>, cue: Cue) -> bool {
        self.by_word.get(&*token.norm).is_some_and(|bits| bits & bit(cue) != 0)
    }
}

fn bit(cue: Cue) -> u32 {
    1 << cue as u32
}

#[cfg(test)]
mod tests {
    use super::{Cue, Cues};
    use crate::value::tokens;

    #[test]
    fn the_table_is_read() {
        let cues = Cues::new();
        let is = |word: &str, cue| cues.is(&tokens(word, 0)[0], cue);
        assert!(is("denied", Cue::Denials) && is("never", Cue::Negators) && is("Chairman", Cue::Titles));
        assert!(!is("denied", Cue::Reports));
    }
}
