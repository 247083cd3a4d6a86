//! From a document to its blocks, and from a block to its sentences.
//!
//! Takes a [`Document`], gives [`Block`]s with kinds and the reason for each. Knows layout and
//! the wording of pages, nothing of fingerprints or claims, and opens no file.

mod classify;
mod furniture;
mod plain;
mod sentences;

pub use furniture::Furniture;
pub use sentences::sentences;

use crate::corpus::{Block, BlockKind, Document, Span};

/// The blocks of a document, sorted and apart from each other. Linear in the text.
pub fn segment(document: &Document, furniture: &Furniture) -> Vec<Block> {
    let drafts = match &document.outline {
        Some(outline) => {
            outline.iter().map(|block| Draft { span: block.span, declared: Some(block.kind) }).collect()
        }
        None => plain::paragraphs(&document.text),
    };
    classify::classify(document, &drafts, furniture)
}

/// A block whose kind is not settled.
#[derive(Clone, Copy, Debug)]
struct Draft {
    span: Span,
    /// What the format, or a bullet, says it is.
    declared: Option<BlockKind>,
}
