//! What was read of a document can be kept from run to run: reading claims is most of the time of a run.

use super::Tools;
use crate::checks::Slip;
use crate::corpus::{Block, BlockKind, Document, Span};
use crate::extract::Reading;
use crate::rules::RuleSet;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Names a document and all that decides what is read of it, but for the build of the program.
pub type Key = [u8; 32];

/// What was read of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Notes {
    /// Its claims, and what else rules look at.
    pub reading: Reading,
    /// What cannot be right by itself.
    pub slips: Vec<Slip>,
}

/// Remembers from run to run what was read of documents, for one build of the program.
pub trait Memory: Sync {
    /// What was kept under a key.
    fn recall(&self, key: &Key) -> Option<Notes>;
    /// Keeps it.
    fn keep(&self, key: Key, notes: &Notes);
}

/// The key of a document: SHA-256 of its text, what is known about it, its blocks, and what it is read with.
pub(super) fn key(document: &Document, blocks: &[Block], tools: &Tools<'_>) -> Key {
    let mut hash = Sha256::new();
    let mut add = |part: &[u8]| {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    };
    add(&tools.extractor.stamp());
    add(format!("{:?}", document.metadata).as_bytes());
    add(document.text.as_bytes());
    for block in blocks {
        let Span { start, end } = block.span;
        let kind = kind(block.kind);
        add(&[&start.to_le_bytes()[..], &end.to_le_bytes(), &[kind]].concat());
    }
    hash.finalize().into()
}

/// The kind of a block as a byte.
fn kind(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Heading => 0,
        BlockKind::Paragraph => 1,
        BlockKind::Quote => 2,
        BlockKind::ListItem => 3,
        BlockKind::Caption => 4,
        BlockKind::Table => 5,
        BlockKind::Code => 6,
        BlockKind::Furniture => 7,
    }
}

impl Notes {
    /// Whether all places lie in the document and all rules in the set. What was kept in a file is not trusted.
    pub(super) fn fit(&self, document: &Document, blocks: &[Block], rules: &RuleSet) -> bool {
        let text = &document.text;
        let is_there = |span: Span| text.get(span.start as usize..span.end as usize).is_some();
        let Reading { claims, unread, .. } = &self.reading;
        claims.iter().all(|claim| {
            let slots = rules.rules.get(claim.rule).map(|rule| rule.slots.len());
            slots == Some(claim.slots.len())
                && claim.block < blocks.len()
                && is_there(claim.span)
                && is_there(claim.value_span)
                && claim.within.is_none_or(|id| id.0 < rules.entities.len())
        }) && unread.iter().all(|unread| unread.rule < rules.rules.len() && is_there(unread.span))
            && self
                .slips
                .iter()
                .flat_map(|slip| &slip.places)
                .all(|(span, marks)| is_there(*span) && marks.iter().all(|mark| is_there(*mark)))
    }
}
