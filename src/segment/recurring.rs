//! What stands in many documents belongs to their pages.

use crate::corpus::{Block, BlockKind, Document, is_running_text, words};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Labels and teasers that stand in at least so many documents belong to their pages.
const MANY: usize = 5;

/// Takes short blocks that stand in many documents for furniture. Linear in the short blocks.
pub(super) fn mark(documents: &[Document], all: &mut [Vec<Block>]) {
    if documents.len() < MANY {
        return;
    }
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
