//! Stretches of a text that are written as names: capitals in a row, with the small words inside them.

use super::words::{NameWords, Sort};
use crate::value::{Token, TokenKind, is_calendar_word};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::hash::BuildHasher;
use std::ops::Range;

/// A stretch that is written as one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The name, and the titles before it.
    pub(super) tokens: Range<usize>,
    /// The name alone.
    pub(super) name: Range<usize>,
    /// Whether its first word may have its capital from the start of a sentence.
    pub(super) is_doubtful: bool,
}

/// What a text shows of how its words are written.
#[derive(Debug, Default)]
pub(super) struct Habits {
    /// Hashes of words that stand without a capital somewhere.
    lower: FxHashSet<u64>,
    /// Hashes of words that have a capital inside a sentence.
    upper: FxHashSet<u64>,
}

fn word_hash(word: &str) -> u64 {
    FxBuildHasher.hash_one(word)
}

impl Habits {
    /// Whether a word stands without a capital somewhere.
    pub(super) fn is_lower(&self, word: &str) -> bool {
        self.lower.contains(&word_hash(word))
    }

    /// Learns from a block's tokens.
    pub(super) fn learn(&mut self, tokens: &[Token<'_>]) {
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word) {
            let set = match token.is_capitalized() {
                false => &mut self.lower,
                true if !starts_sentence(tokens, at) && !is_shouted(tokens, at) => &mut self.upper,
                true => continue,
            };
            set.insert(word_hash(&token.norm));
        }
    }
}

/// Reads the runs of a text.
pub(super) struct RunReader<'a> {
    pub(super) tokens: &'a [Token<'a>],
    pub(super) habits: &'a Habits,
    pub(super) words: &'static NameWords,
    /// How many tokens an adjective of origin takes at a place: "North Korean".
    pub(super) origin: &'a dyn Fn(usize) -> usize,
}

impl RunReader<'_> {
    /// The runs in order, none overlapping another. Linear in the text.
    pub(super) fn runs(&self) -> Vec<Run> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match self.stretch(at) {
                0 => at += 1,
                length => {
                    self.split(at..at + length, &mut out);
                    at += length;
                }
            }
        }
        out
    }

    fn is(&self, at: usize, sort: Sort) -> bool {
        self.words.is(&self.tokens[at].norm, sort)
    }

    /// Whether a word has its capital from being a name, or part of one.
    fn is_name_word(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        if token.kind != TokenKind::Word
            || !token.is_capitalized()
            || is_calendar_word(&token.norm)
            || token.is("i")
        {
            return false;
        }
        if is_shouted(self.tokens, at) {
            return false;
        }
        if !starts_sentence(self.tokens, at) {
            return !(self.is(at, Sort::Opener) && at > 0 && self.tokens[at - 1].is("\""));
        }
        if self.is(at, Sort::Opener) && !self.is(at, Sort::Title) {
            return false;
        }
        self.is(at, Sort::Given)
            || self.is(at, Sort::Title)
            || self.habits.upper.contains(&word_hash(&token.norm))
            || !self.habits.lower.contains(&word_hash(&token.norm))
    }

    /// How many tokens from a place on are one stretch of capitals.
    fn stretch(&self, start: usize) -> usize {
        if !self.is_name_word(start) {
            return 0;
        }
        let mut end = start + 1;
        loop {
            let more = self.joint(start, end);
            if more == 0 {
                return end - start;
            }
            end += more;
        }
    }

    /// How many tokens go on with a name that stands before `end`: a word, or a small one with it.
    fn joint(&self, start: usize, end: usize) -> usize {
        let Some(next) = self.tokens.get(end) else { return 0 };
        if self.is_name_word(end) && !starts_sentence(self.tokens, end) {
            return 1;
        }
        let last = &self.tokens[end - 1];
        let is_short =
            last.text.chars().count() == 1 || last.text.chars().count() <= 4 && self.is(end - 1, Sort::Title);
        if next.is(".") && next.is_glued && is_short && self.is_name_word(end + 1) {
            return 2;
        }
        if next.is("&") && self.is_name_word(end + 1) {
            return 2;
        }
        let small = (end..end + 3)
            .take_while(|&at| {
                self.tokens.get(at).is_some_and(|token| self.words.is(&token.norm, Sort::Particle))
            })
            .count();
        if small > 0 && !self.is(end - 1, Sort::Opener) && self.is_name_word(end + small) {
            return small + 1;
        }
        let heads = (start..end).any(|at| self.is(at, Sort::OrganisationStart));
        if heads && (next.is("of") || next.is("for")) {
            let article = usize::from(self.tokens.get(end + 1).is_some_and(|token| token.is("the")));
            if self.is_name_word(end + 1 + article) {
                return 2 + article;
            }
        }
        0
    }

    /// Cuts a stretch at its titles and takes adjectives of origin from its front.
    fn split(&self, stretch: Range<usize>, out: &mut Vec<Run>) {
        let last = stretch.end - 1;
        let is_whole =
            [Sort::OrganisationEnd, Sort::PlaceEnd, Sort::EventEnd].iter().any(|sort| self.is(last, *sort))
                && !self.is(last, Sort::Title);
        let first = stretch.start;
        let mut start = stretch.start;
        // "In Harlow Anna Berg …": the town, and whom the sentence is about.
        let is_behind_in =
            stretch.start > 0 && ["in", "near", "at"].contains(&&*self.tokens[stretch.start - 1].norm);
        let given = stretch.clone().skip(1).find(|&at| self.is(at, Sort::Given) && at < last);
        if let Some(at) = given.filter(|_| is_behind_in && !is_whole && !self.is(start, Sort::Given)) {
            self.push(start..at, stretch.start, out);
            start = at;
        } else if !is_whole {
            for at in stretch.clone() {
                if self.is(at, Sort::Title) || at == first && self.is(at, Sort::Occupation) {
                    self.push(start..at, stretch.start, out);
                    start = at + 1;
                }
            }
        }
        self.push(start..stretch.end, stretch.start, out);
    }

    fn push(&self, mut name: Range<usize>, first: usize, out: &mut Vec<Run>) {
        while name.start < name.end && self.tokens[name.start].kind == TokenKind::Mark {
            name.start += 1;
        }
        while name.start < name.end && self.tokens[name.end - 1].kind == TokenKind::Mark {
            name.end -= 1;
        }
        if name.is_empty() {
            return;
        }
        let origin = (self.origin)(name.start);
        let behind = name.start + origin;
        if origin > 0 && behind >= name.end {
            return;
        }
        let is_named_by_it = [Sort::OrganisationEnd, Sort::PlaceEnd, Sort::EventEnd]
            .iter()
            .any(|sort| self.is(name.end - 1, *sort));
        if origin > 0 && !is_named_by_it {
            name.start = behind;
        }
        let is_doubtful = name.start == first
            && starts_sentence(self.tokens, first)
            && !self.habits.upper.contains(&word_hash(&self.tokens[first].norm))
            && !self.is(first, Sort::Given)
            && !self.owns(name.end);
        out.push(Run { tokens: self.title_start(name.start)..name.end, name, is_doubtful });
    }

    /// Whether a possessive stands there: "Metrovia's staff". Few nouns stand before it without an article.
    fn owns(&self, behind: usize) -> bool {
        let is_common = |at: usize| {
            let word = &self.tokens[at].norm;
            is_calendar_word(word) || self.words.is_any(word) || self.habits.is_lower(word)
        };
        self.tokens.get(behind).is_some_and(|token| token.is("'s")) && !is_common(behind - 1)
    }

    /// Where the titles before a name start: "Mayor", "police chief".
    fn title_start(&self, start: usize) -> usize {
        let mut from = start;
        loop {
            // "Mr. Lee": the full stop of an abbreviation stands between.
            let stop =
                usize::from(from > 1 && self.tokens[from - 1].is(".") && self.tokens[from - 1].is_glued);
            match from.checked_sub(1 + stop).filter(|&at| self.is(at, Sort::Title)) {
                Some(at) => from = at,
                None => return from,
            }
        }
    }
}

/// Whether a word stands where a sentence can start.
pub(super) fn starts_sentence(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    before.is_none_or(|before| {
        before.kind == TokenKind::Mark
            && [".", "!", "?", ":", "\"", "…", "•", "*", ";"].contains(&&*before.norm)
    })
}

/// Whether a word stands among words that are all in capitals.
fn is_shouted(tokens: &[Token<'_>], at: usize) -> bool {
    let is_loud = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at)).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.text.chars().count() > 3
                && !token.text.chars().any(char::is_lowercase)
        })
    };
    is_loud(Some(at)) && (is_loud(at.checked_sub(1)) || is_loud(Some(at + 1)))
}
