//! What is compared: a block with its fingerprint, and how two of them can relate.

use crate::fingerprint::{Print, word_hashes};

/// A block that takes part in the comparison.
#[derive(Clone, Copy, Debug)]
pub struct Unit<'a> {
    /// Which document, by its place in the corpus.
    pub document: usize,
    /// The block's place among the compared blocks of its document.
    pub position: usize,
    /// Its words, as they stand.
    pub text: &'a str,
    /// What it is known by.
    pub print: Print,
    /// Documents of one series (equal numbers) are not compared with each other.
    pub series: Option<usize>,
    /// Sorts originals before copies: earlier documents first.
    pub seniority: usize,
}

impl Unit<'_> {
    /// Whether two units may be copies of each other.
    pub fn is_comparable(&self, other: &Self) -> bool {
        self.document == other.document || self.series.is_none() || self.series != other.series
    }

    /// The hashes of its words. Linear in the text: they are not stored.
    pub fn words(&self) -> Vec<u64> {
        word_hashes(self.text)
    }

    /// The order in which the first is the original.
    pub fn rank(&self) -> (usize, usize) {
        (self.seniority, self.position)
    }
}

/// How much of one block stands in another; from the closest to the loosest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same words in the same order.
    Exact,
    /// Most shingles are shared.
    Near,
    /// Most shingles of the smaller block are shared.
    Contained,
    /// A long run of words is shared.
    Passage,
}

impl Relation {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Contained => "contained",
            Self::Passage => "passage",
        }
    }
}
