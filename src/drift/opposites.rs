//! Words that cannot both be true of one thing (`rules/english/opposites.toml`), one in place of the other.

use super::changes::{Change, ChangeKind, Pair, Place};
use super::passage::Passage;
use crate::clause::Cue;
use crate::rules::Inflector;
use crate::value::{TokenKind, is_number_word};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../rules/english/opposites.toml");

/// The most words of a place that an opposite is looked for in.
const MOST_WORDS: usize = 4;

/// A word of one text and its opposite in place of it.
pub(super) fn change(pair: &Pair<'_, '_>, place: &Place) -> Option<Change> {
    let table = Opposites::builtin();
    let (a, b) = (words(pair, pair.a, &place.a)?, words(pair, pair.b, &place.b)?);
    let norm = |passage: &Passage<'_>, at: usize| passage.tokens[at].norm.to_string();
    let stands_in_both = |at: &usize| b.iter().any(|other| norm(pair.b, *other) == norm(pair.a, *at));
    // Units of figures are compared with them; "Leeds lost to Hull" is "Hull won against Leeds".
    let has_number = |passage: &Passage<'_>, range: &Range<usize>| {
        passage.tokens[range.clone()]
            .iter()
            .any(|token| token.kind == TokenKind::Number || is_number_word(token.text))
    };
    if a.iter().any(stands_in_both)
        || has_number(pair.a, &place.a)
        || has_number(pair.b, &place.b)
        || pair.has_names_moved(place)
    {
        return None;
    }
    let (one, two) = a.iter().find_map(|&one| {
        b.iter()
            .find(|&&two| table.are_opposite(&norm(pair.a, one), &norm(pair.b, two)))
            .map(|&two| (one, two))
    })?;
    Some(pair.change(ChangeKind::Direction, &(one..one + 1), &(two..two + 1)))
}

/// The words of a place without names; `None` where there are too many, or one of them says no.
fn words(pair: &Pair<'_, '_>, passage: &Passage<'_>, range: &Range<usize>) -> Option<Vec<usize>> {
    let is_word = |at: &usize| passage.tokens[*at].kind == TokenKind::Word && !passage.is_name(*at);
    let words: Vec<usize> = range.clone().filter(is_word).collect();
    let is_denied = words.iter().any(|&at| pair.cues.is(&passage.tokens[at], Cue::Negators));
    (!words.is_empty() && words.len() <= MOST_WORDS && !is_denied).then_some(words)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    opposite: Vec<Sides>,
    series: Vec<Series>,
    prefixes: Prefixes,
    names: Vec<Series>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    one: Vec<String>,
    other: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prefixes {
    turning: Vec<String>,
    unrelated: FxHashSet<String>,
}

/// Prefixed words shorter than this behind the prefix are seldom the opposite of what is left.
const LEAST_STEM: usize = 5;

/// The table, by word.
pub(super) struct Opposites {
    /// The entries a word stands in, and its side or its place in a series.
    by_word: FxHashMap<String, Vec<(usize, usize)>>,
    prefixes: Prefixes,
    /// Names that are one name.
    names: Vec<Vec<String>>,
}

impl Opposites {
    /// The built-in table; read once.
    pub(super) fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Opposites> = LazyLock::new(Opposites::new);
        &BUILTIN
    }

    fn new() -> Self {
        let table: Table = toml::from_str(TABLE).expect("the built-in table is read by a test");
        let inflector = Inflector::new();
        let mut by_word: FxHashMap<String, Vec<(usize, usize)>> = FxHashMap::default();
        let mut add = |word: &str, entry: usize, side: usize| {
            for form in inflector.forms(word) {
                let places = by_word.entry(form).or_default();
                if !places.contains(&(entry, side)) {
                    places.push((entry, side));
                }
            }
        };
        for (entry, sides) in table.opposite.iter().enumerate() {
            sides.one.iter().for_each(|word| add(word, entry, 0));
            sides.other.iter().for_each(|word| add(word, entry, 1));
        }
        for (entry, series) in (table.opposite.len()..).zip(&table.series) {
            for (place, same) in series.words.iter().enumerate() {
                same.split(' ').for_each(|word| add(word, entry, place));
            }
        }
        let names = table.names.into_iter().map(|names| names.words).collect();
        Self { by_word, prefixes: table.prefixes, names }
    }

    /// Whether two names, in lower case, are forms of one: "liz" and "elizabeth".
    pub(super) fn are_aliases(&self, one: &str, other: &str) -> bool {
        let has = |names: &[String], name: &str| names.iter().any(|known| known == name);
        self.names.iter().any(|names| has(names, one) && has(names, other))
    }

    /// Whether two words, in lower case, cannot both be true of one thing.
    pub(super) fn are_opposite(&self, one: &str, other: &str) -> bool {
        let (Some(a), Some(b)) = (self.by_word.get(one), self.by_word.get(other)) else {
            return self.is_turned(one, other) || self.is_turned(other, one);
        };
        // Words on one side of any entry can mean the same: "close" and "end".
        let is_same = a.iter().any(|place| b.contains(place));
        let is_apart = a.iter().any(|(entry, side)| b.iter().any(|(at, other)| at == entry && other != side));
        !is_same && is_apart || self.is_turned(one, other) || self.is_turned(other, one)
    }

    /// Whether a word is another with a prefix that turns it round.
    fn is_turned(&self, plain: &str, turned: &str) -> bool {
        let is_prefix = |prefix: &String| turned.strip_prefix(prefix.as_str()) == Some(plain);
        plain.len() >= LEAST_STEM
            && turned.len() > plain.len()
            && !self.prefixes.unrelated.contains(plain)
            && self.prefixes.turning.iter().any(is_prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::Opposites;

    #[test]
    fn opposites_in_all_forms() {
        let table = Opposites::builtin();
        for (one, other) in [
            ("rose", "fell"),
            ("rising", "dropped"),
            ("before", "after"),
            ("boys", "girls"),
            ("northern", "southern"),
            ("efficient", "inefficient"),
            ("unprofessional", "professional"),
            ("won", "lost"),
        ] {
            assert!(table.are_opposite(one, other) && table.are_opposite(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("rose", "grew"),
            ("form", "inform"),
            ("valuable", "invaluable"),
            ("reduce", "cut"),
            ("big", "large"),
            ("close", "end"),
            ("harbour", "pier"),
            ("cover", "discover"),
        ] {
            assert!(!table.are_opposite(one, other), "{one} {other}");
        }
    }
}
