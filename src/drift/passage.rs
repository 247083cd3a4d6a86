//! A block of a near copy, taken apart for the comparison.

use crate::corpus::{Dateline, Document, Span};
use crate::names::{Context, Mention, Mentions, NameWords, Roster, Sort, Speech};
use crate::rules::Entity;
use crate::value::{
    Found, Reader, Reading, Token, TokenKind, Value, is_calendar_word, is_number_word, tokens,
};
use rustc_hash::FxBuildHasher;
use std::cell::OnceCell;
use std::hash::BuildHasher;
use std::ops::Range;

/// The tokens of a sentence and its values.
type Sentence = (Range<usize>, OnceCell<Vec<Found<Value>>>);

/// The words, values and names of a stretch of a document.
pub(super) struct Passage<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    /// The tokens that are compared: words and figures, and the marks that make figures something else.
    pub(super) words: Vec<usize>,
    /// Their hashes.
    pub(super) hashes: Vec<u64>,
    /// Whether it is in English, as far as known.
    pub(super) is_english: bool,
    /// The day of writing.
    pub(super) published: Option<Dateline>,
    /// Its sentences with their values, which are read when they are asked for: few differ in figures.
    sentences: Vec<Sentence>,
    names: OnceCell<Vec<Mention>>,
    reader: Reader,
    mentions: Mentions<'a, 'a>,
}

impl<'a> Passage<'a> {
    /// Takes a stretch apart. Linear in it.
    pub(super) fn new(
        document: &'a Document,
        span: Span,
        roster: &'a Roster<'a>,
        speech: &Speech<'a>,
    ) -> Self {
        let tokens = tokens(span.of(&document.text), span.start as usize);
        let reading = Reading { dateline: document.metadata.published, order: speech.order };
        let reader = Reader::new(document.metadata.lang.as_deref(), reading);
        let mentions = Mentions { directory: speech.directory, roster, cues: speech.cues };
        let is_compared = |at: &usize| {
            let is_mark =
                tokens[*at].kind == TokenKind::Mark && !["%", "$", "€", "£"].contains(&&*tokens[*at].norm);
            // "<NOR>" is the code of a share.
            let is_code = *at > 0 && tokens[at - 1].is("<") && tokens[*at].is_glued;
            !is_mark && !is_code
        };
        let words: Vec<usize> = (0..tokens.len()).filter(is_compared).collect();
        let hashes = words.iter().map(|&at| FxBuildHasher.hash_one(&*tokens[at].norm)).collect();
        let sentences = sentences(&tokens).into_iter().map(|range| (range, OnceCell::new())).collect();
        Self {
            tokens,
            words,
            hashes,
            is_english: document.metadata.is_language("en"),
            published: document.metadata.published,
            sentences,
            names: OnceCell::new(),
            reader,
            mentions,
        }
    }

    /// The values of a sentence, by tokens of the passage.
    fn values_of<'s>(&self, (range, values): &'s Sentence) -> &'s [Found<Value>] {
        values.get_or_init(|| {
            let mut found = self.reader.values(&self.tokens[range.clone()], &mut None);
            for value in &mut found {
                value.tokens = value.tokens.start + range.start..value.tokens.end + range.start;
            }
            found
        })
    }

    /// Its values, in order.
    pub(super) fn values(&self) -> impl Iterator<Item = &Found<Value>> {
        self.sentences.iter().flat_map(|sentence| self.values_of(sentence))
    }

    /// Its names, in order.
    fn names(&self) -> &[Mention] {
        self.names.get_or_init(|| self.mentions.of(&self.tokens, &mut Context::default()))
    }

    /// Whether one of the words there can be part of a value.
    pub(super) fn has_figure(&self, range: &Range<usize>) -> bool {
        const WORDS: [&str; 40] = [
            "yesterday",
            "today",
            "tomorrow",
            "tonight",
            "last",
            "next",
            "this",
            "ago",
            "later",
            "earlier",
            "dozen",
            "dozens",
            "half",
            "quarter",
            "hundreds",
            "thousands",
            "millions",
            "billions",
            "couple",
            "several",
            "twice",
            "double",
            "percent",
            "pct",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "least",
            "most",
            "more",
            "less",
            "about",
            "around",
            "nearly",
            "almost",
            "week",
            "month",
            "year",
        ];
        self.tokens[range.clone()].iter().any(|token| {
            token.kind == TokenKind::Number
                || ["%", "$", "€", "£"].contains(&&*token.norm)
                || token.text.bytes().any(|byte| byte.is_ascii_digit())
                || is_number_word(token.text)
                || is_calendar_word(&token.norm)
                || WORDS.contains(&token.norm.trim_end_matches('s'))
                || WORDS.contains(&&*token.norm)
        })
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

    /// The values of the sentence of some tokens that touch them.
    pub(super) fn values_at(&self, range: &Range<usize>) -> &[Found<Value>] {
        let sentence = self.sentences.partition_point(|(sentence, _)| sentence.end <= range.start);
        let Some(sentence) = self.sentences.get(sentence) else { return &[] };
        let values = self.values_of(sentence);
        let first = values.partition_point(|value| value.tokens.end <= range.start);
        let end = values.partition_point(|value| value.tokens.start < range.end);
        &values[first..end.max(first)]
    }

    /// Whether a capital there may come from the start of a sentence.
    fn opens_sentence(&self, at: usize) -> bool {
        at == 0 || self.tokens[at - 1].kind == TokenKind::Mark && self.tokens[at - 1].norm != ","
    }

    /// The names that touch some tokens.
    fn names_at(&self, range: &Range<usize>) -> impl Iterator<Item = &Mention> {
        let touches = |name: &&Mention| name.tokens.start < range.end && range.start < name.tokens.end;
        self.names().iter().filter(|name| name.is_name).filter(touches)
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
        self.names().iter().find(|name| name.is_name).map(|name| name.tokens.clone())
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
        self.names_at(range).filter(ends).map(|name| self.mentions.roster.entity(name.entities[0])).collect()
    }

    /// Whether one entity lies in another.
    pub(super) fn lies_in(&self, one: &Entity, other: &Entity) -> bool {
        one.within.is_some_and(|within| self.mentions.roster.entity(within).id == other.id)
    }

    /// The whole text of a name, in lower case, of which these tokens are a part.
    pub(super) fn norms(&self, range: &Range<usize>) -> Vec<&str> {
        let words = self.tokens[range.clone()].iter().filter(|token| token.kind != TokenKind::Mark);
        words.map(|token| &*token.norm).collect()
    }

    /// How many amounts are in it.
    pub(super) fn figures(&self) -> usize {
        self.values().filter(|found| found.value.amount().is_some()).count()
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

/// The sentences of a text, as near as marks tell.
fn sentences(tokens: &[Token<'_>]) -> Vec<Range<usize>> {
    let ends = |at: &usize| {
        let next = tokens.get(at + 1);
        [".", "!", "?"].contains(&&*tokens[*at].norm)
            && next.is_none_or(|next| !next.is_glued && next.is_capitalized())
    };
    let mut start = 0;
    let mut out: Vec<Range<usize>> =
        (0..tokens.len()).filter(ends).map(|at| std::mem::replace(&mut start, at + 1)..at + 1).collect();
    if start < tokens.len() {
        out.push(start..tokens.len());
    }
    out
}
