//! The words by which a sentence says how its statement is meant (`rules/english/cues.toml`).

use crate::value::{Token, TokenKind};
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
        self.is(&tokens[at], Cue::Reports) && !is_noun() && !ends_noun_phrase(tokens, at)
    }

    /// Whether the word can be a sign of this.
    pub fn is(&self, token: &Token<'_>, cue: Cue) -> bool {
        self.by_word.get(&*token.norm).is_some_and(|bits| bits & bit(cue) != 0)
    }
}

/// Whether a word that is a noun as well ends what "a" or "according to" begins: "a three-year note", "according to press
/// reports". After "a" a verb has an ending.
fn ends_noun_phrase(tokens: &[Token<'_>], at: usize) -> bool {
    const NOUNS: [&str; 5] = ["claim", "report", "state", "note", "estimate"];
    const LONGEST: usize = 7;
    let noun = tokens[at].norm.strip_suffix('s').unwrap_or(&tokens[at].norm);
    let before = || {
        let near = tokens[at.saturating_sub(LONGEST)..at].iter().rev();
        near.take_while(|token| token.kind != TokenKind::Mark || token.is("-") || token.is("'s"))
    };
    let is_one = noun == &*tokens[at].norm;
    NOUNS.contains(&noun)
        && before().any(|token| {
            token.is("according") || is_one && ["a", "an", "another", "one"].contains(&&*token.norm)
        })
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

    #[test]
    fn a_noun_is_no_verb_of_saying() {
        let cues = Cues::new();
        let is_report = |text: &str, word: &str| {
            let tokens = tokens(text, 0);
            let at = tokens.iter().position(|token| token.is(word)).expect("it stands there");
            cues.is_report(&tokens, at)
        };
        assert!(is_report("The officers note that it rained.", "note"));
        assert!(is_report("A spokesman, who was there, and the others report losses.", "report"));
        assert!(!is_report("It is paid with a six million dollar three-year note and shares.", "note"));
        assert!(!is_report("It published a long report in May.", "report"));
        assert!(!is_report("the state", "state"));
        assert!(!is_report("According to the company's annual report it grew.", "report"));
        assert!(!is_report("According to press reports it grew.", "reports"));
        assert!(is_report("A spokesman reports losses.", "reports"));
    }
}
