//! What is told to the user.

use super::Code;
use crate::corpus::{Span, words};
use crate::rules::Severity;
use crate::value::Value;
use sha2::{Digest, Sha256};

/// One thing worth telling.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What kind of thing.
    pub code: Code,
    /// The rule that found it; for copies the name of the code.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// What is so, in one line.
    pub message: Message,
    /// The places, the original or the first side first.
    pub members: Vec<Member>,
    /// Why.
    pub evidence: Evidence,
    /// The same for the same texts, wherever they stand: 32 hexadecimal digits.
    pub fingerprint: String,
    /// What silences it.
    pub suppressed: Option<Suppressed>,
}

/// What silences a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// `comment`.
    pub by: &'static str,
    /// Why, as somebody wrote.
    pub reason: String,
}

/// A line of text that names places of members, which only the report can number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message(pub Vec<Piece>);

/// A part of a [`Message`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they are.
    Text(String),
    /// The lines of a member ("line 4", "lines 7–10"), and its file where members stand in several.
    Place(usize),
    /// "stands" or "stand", by the number of lines of a member.
    Stands(usize),
}

/// A place that a finding speaks of.
#[derive(Clone, Debug)]
pub struct Member {
    /// The document, by its place in the corpus.
    pub document: usize,
    /// The words that are meant.
    pub span: Span,
    /// The part it plays.
    pub role: Role,
    /// Words to point at, sorted.
    pub marks: Vec<Mark>,
    /// How it was read, where it is a claim.
    pub reading: Option<Reading>,
}

/// The part a member plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The first of its kind.
    Original,
    /// A copy of the original.
    Copy,
    /// A statement.
    Claim,
    /// What is known; stands in a fact file.
    Fact,
}

/// Words to point at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The words.
    pub span: Span,
    /// Why.
    pub kind: MarkKind,
}

/// Why words are pointed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// They stand in the other text too.
    Same,
    /// They stand in this text only.
    Changed,
    /// They stand in another place of the other text.
    Moved,
    /// The value of a claim.
    Value,
}

/// How a claim was read.
#[derive(Clone, Debug)]
pub struct Reading {
    /// What it says.
    pub value: Value,
    /// Who says so, where it is not the article.
    pub speaker: Option<String>,
    /// Whether it is hedged.
    pub is_hedged: bool,
    /// Whether the block was copied from another member's article.
    pub is_copy: bool,
    /// The side it is on, from 0.
    pub side: usize,
}

/// Why a finding is one.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// Of a copy.
    Copy(CopyEvidence),
    /// Of a copy that differs in facts.
    Drift(Vec<super::ChangeEvidence>),
    /// Of an article that cannot be right by itself: the name of the check.
    Slip(&'static str),
    /// Of a conflict.
    Conflict {
        /// What is asked.
        subject: String,
        /// The answers.
        sides: Vec<SideEvidence>,
        /// Whether somebody who is reported is on a side.
        is_disputed: bool,
        /// How the order of things rules it out, step by step.
        steps: Vec<String>,
    },
}

/// Why a copy is one.
#[derive(Clone, Debug)]
pub struct CopyEvidence {
    /// How the texts relate.
    pub relation: &'static str,
    /// How many blocks were copied.
    pub blocks: usize,
    /// How many words the original has.
    pub words: usize,
    /// How many words are the same in the copy that shares least.
    pub shared_words: usize,
    /// Shingles in both, and in either, in the copy that shares least.
    pub overlap: usize,
    /// See `overlap`.
    pub union: usize,
    /// How many articles have the text.
    pub articles: usize,
    /// The published fingerprint of the text, where all copies have the same words.
    pub sha256: Option<String>,
    /// For each copy the steps from the original in which it differs.
    pub alignments: Vec<Vec<Step>>,
}

/// One difference between an original and a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// `deleted`, `inserted`, `replaced` or `moved`.
    pub kind: &'static str,
    /// Bytes of the quote of the original, half-open.
    pub original: (usize, usize),
    /// Bytes of the quote of the copy, half-open.
    pub copy: (usize, usize),
}

/// One answer.
#[derive(Clone, Debug)]
pub struct SideEvidence {
    /// What it is.
    pub value: String,
    /// How many members give it.
    pub members: usize,
    /// How many of them are no copies of another.
    pub sources: usize,
}

impl From<&str> for Piece {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Piece {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Names a finding by its code, its rule and the words of its members, in any order.
pub fn fingerprint<'a>(code: Code, rule: &str, quotes: impl Iterator<Item = &'a str>) -> String {
    let normal = |quote: &str| {
        words(quote, 0).iter().map(|word| word.folded.to_string()).collect::<Vec<_>>().join(" ")
    };
    let mut quotes: Vec<String> = quotes.map(normal).collect();
    quotes.sort_unstable();
    let mut hasher = Sha256::new();
    hasher.update(format!("{code}\n{rule}\n{}", quotes.join("\n")));
    hasher.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
