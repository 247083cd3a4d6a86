//! The blocks a document is made of.

use super::Span;

/// What a block of text is for.
///
/// Headings, captions and list items take part in duplicates, never in claims;
/// furniture takes part in neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A headline or a subheading.
    Heading,
    /// Running text: the only kind that claims are read from.
    Paragraph,
    /// A block quotation.
    Quote,
    /// One item of a list.
    ListItem,
    /// Words that stand under a picture, a film or a table.
    Caption,
    /// A table.
    Table,
    /// Program text.
    Code,
    /// What the page says of itself: share bars, sign-up lines, related posts, bylines.
    Furniture,
}

impl BlockKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Paragraph => "paragraph",
            Self::Quote => "quote",
            Self::ListItem => "list item",
            Self::Caption => "caption",
            Self::Table => "table",
            Self::Code => "code",
            Self::Furniture => "furniture",
        }
    }

    /// Whether the block takes part in the search for copies.
    pub fn is_compared(self) -> bool {
        !matches!(self, Self::Furniture | Self::Code)
    }

    /// Whether claims are read from the block.
    pub fn states_facts(self) -> bool {
        matches!(self, Self::Paragraph)
    }
}

/// A stretch of a document with a kind and the reason for that kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands; blocks of a document are sorted and do not overlap.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// Why it was taken for that, in words for people.
    pub reason: String,
}
