//! Nouns with the words before them, for slots of any kind.

use crate::clause::{Cue, Cues};
use crate::value::{Token, TokenKind};
use std::ops::Range;

/// The most words of a noun with what stands before it.
const MOST_WORDS: usize = 4;

/// Words that stand before nouns and are no part of what they name.
const DETERMINERS: [&str; 14] =
    ["the", "a", "an", "this", "that", "these", "those", "its", "their", "his", "her", "our", "all", "both"];
/// Words that end a noun, besides those that open clauses.
const ENDS: [&str; 60] = [
    "of", "to", "for", "with", "from", "by", "about", "on", "at", "in", "against", "under", "near", "and",
    "or", "between", "into", "over", "during", "until", "through", "across", "is", "are", "was", "were",
    "be", "been", "being", "has", "have", "had", "will", "would", "could", "should", "may", "might", "can",
    "must", "do", "does", "did", "not", "n't", "he", "she", "it", "they", "we", "i", "you", "him", "them",
    "there", "also", "only", "still", "just", "now",
];

/// Whether a word stands before nouns and names nothing itself: "the", "its".
pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

/// The runs of tokens from a place on that can be a noun with the words before it, the longest first.
pub(super) fn nouns(tokens: &[Token<'_>], at: usize, end: usize, cues: &Cues) -> Vec<Range<usize>> {
    let article = usize::from(tokens[at].kind == TokenKind::Word && is_determiner(&tokens[at].norm));
    let is_part = |at: usize| {
        let token = &tokens[at];
        token.kind == TokenKind::Word
            && !is_determiner(&token.norm)
            && !ENDS.contains(&&*token.norm)
            && !cues.is(token, Cue::Subordinators)
            && (!cues.is_report(tokens, at) || token.norm == "report")
    };
    let first = at + article;
    let n_words = (first..end).take(MOST_WORDS).take_while(|at| is_part(*at)).count();
    // "based" in "California-based".
    let is_cut = tokens[at].is_glued && at > 0 && tokens[at - 1].kind == TokenKind::Word;
    let ends_well = |length: &usize| {
        let last = first + length - 1;
        let counts_next =
            tokens.get(last + 1).is_some_and(|next| next.kind == TokenKind::Number && last + 1 < end);
        !is_cut && !counts_next && !is_verb_like(&tokens[last].norm)
    };
    (1..=n_words).rev().filter(ends_well).map(|length| at..first + length).collect()
}

/// Whether a word can hardly be the head of a noun: "unanimously decided", "fully".
fn is_verb_like(word: &str) -> bool {
    // People are named by what befell them.
    const NOUNS: [&str; 10] = [
        "wounded",
        "injured",
        "accused",
        "deceased",
        "convicted",
        "unemployed",
        "assembly",
        "family",
        "supply",
        "monopoly",
    ];
    let ends = word.ends_with("ly") || word.ends_with("ed") && !word.ends_with("eed");
    word.len() > 4 && ends && !NOUNS.contains(&word)
}

/// What a noun is known by: its words without the determiner, the last in the singular.
pub(super) fn normal(tokens: &[Token<'_>]) -> String {
    let mut words: Vec<String> = tokens
        .iter()
        .filter(|token| token.kind != TokenKind::Mark && !is_determiner(&token.norm))
        .map(|token| token.norm.to_string())
        .collect();
    if let Some(last) = words.last_mut() {
        *last = singular(last);
    }
    words.join(" ")
}

fn singular(word: &str) -> String {
    let cut = |n: usize| word[..word.len() - n].to_owned();
    match word {
        _ if word.len() < 4 || !word.is_ascii() => word.to_owned(),
        _ if word.ends_with("ies") => format!("{}y", cut(3)),
        _ if ["sses", "xes", "ches", "shes", "zes"].iter().any(|end| word.ends_with(end)) => cut(2),
        _ if word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) => cut(1),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{normal, nouns};
    use crate::clause::Cues;
    use crate::value::tokens;

    #[test]
    fn nouns_end_before_small_words() {
        let check = |text: &str, expected: &str| {
            let tokens = tokens(text, 0);
            let runs = nouns(&tokens, 0, tokens.len(), &Cues::new());
            assert_eq!(
                runs.first().map(|run| normal(&tokens[run.clone()])).unwrap_or_default(),
                expected,
                "{text}"
            );
        };
        check("the Soviet forces in the town", "soviet force");
        check("a vote of the council", "vote");
        check("of the council", "");
        check("their parties", "party");
    }
}
