//! From a document to its blocks, and from a block to its sentences.
//!
//! Takes a [`Document`], gives [`Block`]s with kinds and the reason for each. Knows layout and
//! the wording of pages, nothing of fingerprints or claims, and opens no file.

mod classify;
mod furniture;
mod phrase;
mod plain;
mod recurring;
mod sentences;

pub use furniture::Furniture;
pub use sentences::sentences;

/// The reason of furniture that is a dateline: the one piece that tells something of the story.
pub const DATELINE: &str = "dateline";

use crate::corpus::{Block, BlockKind, Document, Outlined, Span};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::borrow::Cow;

/// The blocks of a document, sorted and apart from each other. Linear in the text.
pub fn segment(document: &Document, furniture: &Furniture) -> Vec<Block> {
    let drafts = match &document.outline {
        Some(outline) => outline.iter().flat_map(|block| drafts(block, &document.text)).collect(),
        None => plain::paragraphs(&document.text),
    };
    classify::classify(document, &drafts, furniture)
}

/// The blocks of a declared one: a paragraph of several lines is plain text within a format, such as the body
/// of a record of news.
fn drafts(block: &Outlined, text: &str) -> Vec<Draft> {
    let declared = (block.kind, block.reason.clone());
    let text = block.span.of(text);
    if block.kind != BlockKind::Paragraph || !text.contains('\n') {
        return vec![Draft { span: block.span, declared: Some(declared), linked: block.linked }];
    }
    let mut drafts = plain::paragraphs(text);
    for draft in &mut drafts {
        let range = draft.span.range();
        let base = block.span.start as usize;
        draft.span = Span::new(base + range.start, base + range.end);
        draft.declared.get_or_insert_with(|| declared.clone());
    }
    drafts
}

/// A block whose kind is not settled.
#[derive(Clone, Debug)]
struct Draft {
    span: Span,
    /// What the format, or a bullet, says it is, and by what.
    declared: Option<(BlockKind, Cow<'static, str>)>,
    /// How many bytes of it are links.
    linked: u32,
}

/// The blocks of all documents, in parallel. Short blocks that recur in many of them are furniture.
pub fn segment_all(documents: &[Document], furniture: &Furniture) -> Vec<Vec<Block>> {
    let mut all: Vec<Vec<Block>> =
        documents.par_iter().with_max_len(16).map(|document| segment(document, furniture)).collect();
    recurring::mark(documents, &mut all);
    all
}
