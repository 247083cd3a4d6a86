//! From a document to its blocks, and from a block to its sentences.
//!
//! Takes a [`Document`], gives [`Block`]s with kinds and the reason for each. Knows layout and
//! the wording of pages, nothing of fingerprints or claims, and opens no file.

mod classify;
mod furniture;
mod phrase;
mod plain;
mod sentences;

pub use furniture::Furniture;
pub use sentences::sentences;

use crate::corpus::{Block, BlockKind, Document, Outlined, Span, is_running_text, words};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHasher};
use std::borrow::Cow;
use std::hash::{Hash, Hasher};

/// The blocks of a document, sorted and apart from each other. Linear in the text.
pub fn segment(document: &Document, furniture: &Furniture) -> Vec<Block> {
    let drafts = match &document.outline {
        Some(outline) => {
            let declared = |block: &Outlined| Some((block.kind, block.reason.clone()));
            let draft = |block: &Outlined| Draft {
                span: block.span,
                declared: declared(block),
                linked: block.linked,
            };
            outline.iter().map(draft).collect()
        }
        None => plain::paragraphs(&document.text),
    };
    classify::classify(document, &drafts, furniture)
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

/// Labels and teasers that stand in at least so many documents belong to their pages.
const MANY: usize = 5;

/// The blocks of all documents, in parallel. Short blocks that recur in many of them are furniture.
pub fn segment_all(documents: &[Document], furniture: &Furniture) -> Vec<Vec<Block>> {
    let mut all: Vec<Vec<Block>> =
        documents.par_iter().with_max_len(16).map(|document| segment(document, furniture)).collect();
    if documents.len() >= MANY {
        mark_recurring(documents, &mut all);
    }
    all
}

/// Linear in the short blocks.
fn mark_recurring(documents: &[Document], all: &mut [Vec<Block>]) {
    // A headline may recur with its story, and running text is told as boilerplate.
    let is_label = |block: &Block, text: &str| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Caption)
            && !is_running_text(text)
    };
    let key = |text: &str| {
        let mut hasher = FxHasher::default();
        words(text, 0).iter().for_each(|word| word.folded.hash(&mut hasher));
        hasher.finish()
    };
    let keys = |(document, blocks): (&Document, &Vec<Block>)| -> Vec<Option<u64>> {
        // Records have no page around them.
        if document.record.is_some() {
            return vec![None; blocks.len()];
        }
        let key = |block: &Block| {
            let text = block.span.of(&document.text);
            is_label(block, text).then(|| key(text))
        };
        blocks.iter().map(key).collect()
    };
    let keys: Vec<Vec<Option<u64>>> = documents.par_iter().zip(&*all).map(keys).collect();
    let mut counts: FxHashMap<u64, usize> = FxHashMap::default();
    for keys in &keys {
        let mut own: Vec<u64> = keys.iter().flatten().copied().collect();
        own.sort_unstable();
        own.dedup();
        own.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    for (blocks, keys) in all.iter_mut().zip(keys) {
        for (block, key) in blocks.iter_mut().zip(keys) {
            if let Some(n) = key.and_then(|key| counts.get(&key)).filter(|n| **n >= MANY) {
                block.kind = BlockKind::Furniture;
                block.reason = format!("stands in {n} documents");
            }
        }
    }
}
