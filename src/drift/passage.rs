//! A block of a near copy, taken apart for the comparison.

use crate::corpus::{Dateline, Document, Span};
use crate::names::{Context, Mention, Mentions, NameWords, Roster, Sort, Speech};
use crate::rules::Entity;
use crate::value::{Found, Reader, Reading, Token, TokenKind, Value, tokens};
use rustc_hash::FxBuildHasher;
use std::hash::BuildHasher;
use std::ops::Range;

/// The words, values and names of a stretch of a document.
pub(super) struct Passage<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) values: Vec<Found<Value>>,
    /// The tokens that are compared: words and figures, and the marks that make figures something else.
    pub(super) words: Vec<usize>,
    /// Their hashes.
    pub(super) hashes: Vec<u64>,
    /// The day of writing.
    pub(super) published: Option<Dateline>,
    names: Vec<Mention>,
    roster: &'a Roster<'a>,
}

impl<'a> Passage<'a> {
    /// Takes a stretch apart. Linear in it.
    pub(super) fn new(
        document: &'a Document,
        span: Span,
        roster: &'a Roster<'a>,
        speech: &Speech<'_>,
    ) -> Self {
        let tokens = tokens(span.of(&document.text), span.start as usize);
        let reading = Reading { dateline: document.metadata.published, order: speech.order };
        let reader = Reader::new(document.metadata.lang.as_deref(), reading);
        let values = reader.values(&tokens, &mut None);
        let mentions = Mentions { directory: speech.directory, roster, cues: speech.cues };
        let names = mentions.of(&tokens, &mut Context::default());
        let is_compared = |at: &usize| {
            let is_mark =
                tokens[*at].kind == TokenKind::Mark && !["%", "$", "€", "£"].contains(&&*tokens[*at].norm);
            // "<NOR>" is the code of a share.
            let is_code = *at > 0 && tokens[at - 1].is("<") && tokens[*at].is_glued;
            !is_mark && !is_code
        };
        let words: Vec<usize> = (0..tokens.len()).filter(is_compared).collect();
        let hashes = words.iter().map(|&at| FxBuildHasher.hash_one(&*tokens[at].norm)).collect();
        Self { tokens, values, words, hashes, published: document.metadata.published, names, roster }
    }

    /// The tokens of a run of compared words.
    pub(super) fn range(&self, words: &Range<usize>) -> Range<usize> {
        match words.is_empty() {
            true => 0..0,
            false => self.words[words.start]..self.words[words.end - 1] + 1,
        }
    }

    /// Where some tokens stand in the document.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.tokens[range.start].span.join(self.tokens[range.end - 1].span)
    }

    /// The values that touch some tokens.
    pub(super) fn values_at(&self, range: &Range<usize>) -> &[Found<Value>] {
        let first = self.values.partition_point(|value| value.tokens.end <= range.start);
        let end = self.values.partition_point(|value| value.tokens.start < range.end);
        &self.values[first..end.max(first)]
    }

    /// Whether a capital there may come from the start of a sentence.
    fn opens_sentence(&self, at: usize) -> bool {
        at == 0 || self.tokens[at - 1].kind == TokenKind::Mark && self.tokens[at - 1].norm != ","
    }

    /// The names that touch some tokens.
    fn names_at(&self, range: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let touches = |name: &&Mention| name.tokens.start < range.end && range.start < name.tokens.end;
        self.names.iter().filter(|name| name.is_name).filter(touches)
    }

    /// Whether a word is part of a name.
    pub(super) fn is_name(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.is_capitalized()
            && token.kind == TokenKind::Word
            && (!self.opens_sentence(at) || self.names_at(&(at..at + 1)).next().is_some())
    }

    /// Whether a sixth of its words are figures: what has capitals there are headings.
    pub(super) fn is_table(&self) -> bool {
        let figures = self.words.iter().filter(|&&at| self.tokens[at].kind == TokenKind::Number).count();
        6 * figures >= self.words.len()
    }

    /// The first name.
    pub(super) fn subject(&self) -> Option<Range<usize>> {
        self.names.iter().find(|name| name.is_name).map(|name| name.tokens.clone())
    }

    /// The words of a name by which it is told from others.
    pub(super) fn telling(&self, range: &Range<usize>) -> Vec<&str> {
        const LEAST: usize = 4;
        let words = NameWords::builtin();
        let norms = self.norms(range).into_iter();
        norms
            .filter(|word| {
                word.len() >= LEAST && !words.is(word, Sort::Title) && !words.is(word, Sort::LegalEnd)
            })
            .collect()
    }

    /// Those who are named there: whose names end there, two at a time left aside.
    pub(super) fn entities(&self, range: &Range<usize>) -> Vec<&Entity> {
        let ends = |name: &&Mention| name.entities.len() == 1 && range.contains(&(name.tokens.end - 1));
        self.names_at(range).filter(ends).map(|name| self.roster.entity(name.entities[0])).collect()
    }

    /// Whether one entity lies in another.
    pub(super) fn lies_in(&self, one: &Entity, other: &Entity) -> bool {
        one.within.is_some_and(|within| self.roster.entity(within).id == other.id)
    }

    /// The whole text of a name, in lower case, of which these tokens are a part.
    pub(super) fn norms(&self, range: &Range<usize>) -> Vec<&str> {
        let words = self.tokens[range.clone()].iter().filter(|token| token.kind != TokenKind::Mark);
        words.map(|token| &*token.norm).collect()
    }

    /// How many amounts are in it.
    pub(super) fn figures(&self) -> usize {
        self.values.iter().filter(|found| found.value.amount().is_some()).count()
    }

    /// Whether these words stand anywhere in it, one behind the other.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.runs(words).next().is_some()
    }

    /// The places among the compared words where these stand, one behind the other.
    pub(super) fn runs(&self, words: &[&str]) -> impl Iterator<Item = usize> {
        let is_run = move |start: &usize| {
            words.iter().enumerate().all(|(offset, word)| {
                self.words.get(start + offset).is_some_and(|&at| self.tokens[at].norm == *word)
            })
        };
        (0..self.words.len()).filter(is_run)
    }
}
