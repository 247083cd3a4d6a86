//! What checks look at, and what they say.

use crate::corpus::{Document, Span};
use crate::extract::{Claim, Paragraph};
use crate::rules::RuleSet;
use crate::value::{Found, Token, Value};
use std::ops::Range;

/// One way for an article to be wrong by itself.
#[derive(Debug)]
pub struct Check {
    /// The code of its findings: 300 to 399.
    pub code: u16,
    /// Its name, as the code's.
    pub name: &'static str,
    /// What it compares.
    pub reads: &'static str,
    /// What it does not catch.
    pub misses: &'static str,
    /// A sentence it flags.
    pub wrong: &'static str,
    /// One that it does not.
    pub right: &'static str,
    /// Looks through an article.
    pub(super) run: fn(&Sheet<'_>) -> Vec<Slip>,
}

/// An article taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its paragraphs.
    pub paragraphs: &'a [Paragraph<'a>],
    /// What rules read of it.
    pub claims: &'a [Claim],
    /// These rules.
    pub rules: &'a RuleSet,
}

/// Words that cannot all be right.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Slip {
    /// The code of the check.
    pub code: u16,
    /// What is wrong, in one line.
    pub message: String,
    /// The sentences, each with the words to point at.
    pub places: Vec<(Span, Vec<Span>)>,
}

/// A sentence of an article.
#[derive(Clone, Copy)]
pub(super) struct Line<'s> {
    pub(super) paragraph: &'s Paragraph<'s>,
    pub(super) range: &'s Range<usize>,
    pub(super) span: Span,
}

impl<'a> Sheet<'a> {
    /// All sentences.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'a>> {
        let paragraphs: &'a [Paragraph<'a>] = self.paragraphs;
        paragraphs.iter().flat_map(|paragraph| {
            paragraph.sentences.iter().map(move |(range, span)| Line { paragraph, range, span: *span })
        })
    }
}

impl<'s> Line<'s> {
    pub(super) fn tokens(&self) -> &'s [Token<'s>] {
        &self.paragraph.tokens
    }

    /// The values that lie wholly inside it.
    pub(super) fn values(&self) -> &'s [Found<Value>] {
        self.paragraph.values_in(self.range)
    }

    /// The token there, where it is in the sentence.
    pub(super) fn token(&self, at: usize) -> Option<&'s Token<'s>> {
        self.range.contains(&at).then(|| &self.paragraph.tokens[at])
    }

    /// Whether one of these words or marks stands there.
    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        self.token(at).is_some_and(|token| words.contains(&&*token.norm))
    }

    /// Whether one of these words stands anywhere in it.
    pub(super) fn has(&self, words: &[&str]) -> bool {
        self.range.clone().any(|at| self.is(at, words))
    }

    /// The place behind some marks.
    pub(super) fn behind(&self, at: usize, marks: &[&str]) -> usize {
        if self.is(at, marks) { at + 1 } else { at }
    }

    /// What is wrong with it, with the tokens to point at.
    pub(super) fn slip(&self, code: u16, message: String, tokens: Range<usize>) -> Slip {
        self.slip_at(code, message, std::slice::from_ref(&tokens))
    }

    /// The same with several runs of tokens.
    pub(super) fn slip_at(&self, code: u16, message: String, tokens: &[Range<usize>]) -> Slip {
        let marks = tokens.iter().map(|range| self.paragraph.span(range)).collect();
        Slip { code, message, places: vec![(self.span, marks)] }
    }

    /// The words there, in one line.
    pub(super) fn text(&self, range: &Range<usize>) -> String {
        let (first, last) = (&self.paragraph.tokens[range.start], &self.paragraph.tokens[range.end - 1]);
        let mut out = String::new();
        for token in &self.paragraph.tokens[range.clone()] {
            if !token.is_glued && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(token.text);
        }
        if first.span.start > last.span.start { String::new() } else { out }
    }
}

/// The month of a word, from 1; abbreviations too.
pub(super) fn month(token: &Token<'_>) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if !token.is_capitalized() {
        return None;
    }
    let norm = token.norm.as_ref();
    let is_named = |name: &&str| {
        norm == *name
            || norm.len() >= 3 && norm != "mar" && norm != "may" && name.starts_with(norm) && norm.len() <= 4
    };
    MONTHS.iter().position(is_named).and_then(|at| i8::try_from(at + 1).ok())
}

/// The name of a month.
pub(super) fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES[usize::try_from(month - 1).unwrap_or(0).min(11)]
}

/// A year in figures.
pub(super) fn year(token: &Token<'_>) -> Option<i16> {
    let year = token.whole().filter(|year| (1000..2200).contains(year) && token.text.len() == 4)?;
    i16::try_from(year).ok()
}
