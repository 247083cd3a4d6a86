//! What is told of: one text and its copies.

use super::runs::Stretch;
use super::unit::Relation;

/// One text and its copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopySet {
    /// What kind of finding it is.
    pub kind: CopyKind,
    /// How the loosest of the copies relates to the original.
    pub relation: Relation,
    /// Whether original and copies stand in one document.
    pub is_inside: bool,
    /// Where the text stands first.
    pub original: Stretch,
    /// Where it stands again, in order. Of a boilerplate only the first few.
    pub copies: Vec<Stretch>,
    /// How many blocks of the copies stand in the original, at least.
    pub blocks: usize,
    /// How many articles have the text.
    pub articles: usize,
}

/// What a text that stands twice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CopyKind {
    /// A copy.
    Copy,
    /// Somebody's words that two articles quote.
    SharedQuote,
    /// A text that many articles carry which are not one story.
    Boilerplate,
}
