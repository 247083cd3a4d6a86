//! What was written anew between two texts, to the letter: what stays and what comes in make up the second text.

use crate::matching::{EditKind, align};
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// They stand in both.
    Same,
    /// They stand in the first only.
    Deleted,
    /// They stand in the second only.
    Inserted,
}

impl WordKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Deleted => "deleted",
            Self::Inserted => "inserted",
        }
    }
}

/// Some words with the marks and blanks around them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordEdit {
    /// What became of them.
    pub kind: WordKind,
    /// They themselves.
    pub text: String,
}

/// The steps from one text to another; where both change, what goes comes first. Nothing where they are the same.
///
/// O(n·d) for `n` words and `d` differences.
pub(super) fn word_edits(a: &str, b: &str) -> Vec<WordEdit> {
    if a == b {
        return Vec::new();
    }
    let (one, two) = (tokens(a), tokens(b));
    let hashes =
        |tokens: &[&str]| tokens.iter().map(|token| FxBuildHasher.hash_one(token)).collect::<Vec<u64>>();
    let alignment = align(&hashes(&one), &hashes(&two));
    let (mut gone, mut come) = (String::new(), String::new());
    let mut out = Vec::new();
    let last = alignment.edits.len().saturating_sub(1);
    for (place, edit) in alignment.edits.iter().enumerate() {
        let (from, to) = (one[edit.a.clone()].concat(), two[edit.b.clone()].concat());
        // A blank or a comma alone between two changes is no place to rest the eye on.
        let is_rest = edit.kind == EditKind::Same
            && (place == 0 || place == last || to.contains(char::is_alphanumeric));
        if is_rest {
            change(&mut gone, &mut come, &mut out);
            out.push(WordEdit { kind: WordKind::Same, text: to });
        } else {
            gone.push_str(&from);
            come.push_str(&to);
        }
    }
    change(&mut gone, &mut come, &mut out);
    out
}

/// What went and what came instead.
fn change(gone: &mut String, come: &mut String, out: &mut Vec<WordEdit>) {
    for (kind, text) in [(WordKind::Deleted, gone), (WordKind::Inserted, come)] {
        if !text.is_empty() {
            out.push(WordEdit { kind, text: std::mem::take(text) });
        }
    }
}

/// Words, figures with their marks inside ("1,200", "9:30"), runs of blanks, and every other mark by itself.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            c if c.is_alphanumeric() => word_end(rest),
            c if c.is_whitespace() => rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

fn word_end(text: &str) -> usize {
    let mut last = 'a';
    for (at, c) in text.char_indices() {
        let next = || text[at + c.len_utf8()..].chars().next();
        let is_inside = matches!(c, '.' | ',' | ':')
            && last.is_ascii_digit()
            && next().is_some_and(|c| c.is_ascii_digit());
        // A combining mark belongs to the letter before it.
        let is_mark = matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’')
            && (c >= '\u{300}' || next().is_some_and(char::is_alphabetic));
        if !c.is_alphanumeric() && !is_inside && !is_mark {
            return at;
        }
        last = c;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{WordEdit, WordKind, word_edits};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn shown(edits: &[WordEdit]) -> String {
        let one = |edit: &WordEdit| match edit.kind {
            WordKind::Same => edit.text.clone(),
            WordKind::Deleted => format!("[-{}-]", edit.text),
            WordKind::Inserted => format!("{{+{}+}}", edit.text),
        };
        edits.iter().map(one).collect()
    }

    #[test]
    fn words_are_told_whole() {
        for (a, b, expected) in [
            ("It cost 1,200 euros.", "It cost 1,300 euros.", "It cost [-1,200-]{+1,300+} euros."),
            ("He left early, tired.", "He went home.", "He [-left early, tired-]{+went home+}."),
            ("It’s late", "It’s late now", "It’s late{+ now+}"),
            ("the same", "the same", ""),
            ("", "all new", "{+all new+}"),
        ] {
            assert_eq!(shown(&word_edits(a, b)), expected);
        }
    }

    proptest! {
        #[test]
        fn both_texts_come_back(a in "([a-d]{1,3}[ ,.]){0,12}", b in "([a-d0-9é’]{1,3}[ ,.:]){0,12}") {
            let edits = word_edits(&a, &b);
            if a != b {
                let of = |kept: WordKind| edits.iter().filter(|edit| edit.kind == WordKind::Same || edit.kind == kept).map(|edit| edit.text.as_str()).collect::<String>();
                prop_assert_eq!(of(WordKind::Deleted), a);
                prop_assert_eq!(of(WordKind::Inserted), b);
            }
        }
    }
}
