//! What each block is for, and why.
//!
//! First what the format declares, then the furniture table, then the layout of plain text.

use super::furniture::Pattern;
use super::{Draft, Furniture};
use crate::corpus::{Block, BlockKind, Document, ends_sentence, is_running_text};

/// Blocks behind a list of other posts are furniture only where none is longer than this, in words.
const LONGEST_TEASER: usize = 40;
/// The longest headline, in words.
const LONGEST_HEADLINE: usize = 25;
/// The longest subheading, in words.
const LONGEST_SUBHEADING: usize = 14;
/// A block of which seven tenths are links leads to another page.
const LINKED: usize = 7;
const LINKED_PARTS: usize = 10;
/// Texts of fewer blocks have no layout to be judged by.
const FEWEST_FOR_LAYOUT: usize = 3;

pub(super) fn classify(document: &Document, drafts: &[Draft], furniture: &Furniture) -> Vec<Block> {
    let layout = Layout {
        text: &document.text,
        drafts,
        has_layout: document.record.is_none() && drafts.len() >= FEWEST_FOR_LAYOUT,
        last_long: drafts.iter().rposition(|draft| is_running_text(draft.span.of(&document.text))),
    };
    let mut blocks: Vec<Option<Block>> = vec![None; drafts.len()];
    for index in 0..drafts.len() {
        if blocks[index].is_none() {
            layout.judge(index, furniture, &mut blocks);
        }
    }
    let mut blocks: Vec<Block> = blocks.into_iter().flatten().collect();
    layout.mark_headline(&mut blocks);
    blocks
}

struct Layout<'a> {
    text: &'a str,
    drafts: &'a [Draft],
    has_layout: bool,
    /// The last block that is running text and no teaser.
    last_long: Option<usize>,
}

impl Layout<'_> {
    fn text(&self, index: usize) -> &str {
        self.drafts[index].span.of(self.text)
    }

    fn words(&self, index: usize) -> usize {
        words(self.text(index))
    }

    fn block(&self, index: usize, kind: BlockKind, reason: impl Into<String>) -> Option<Block> {
        Some(Block { span: self.drafts[index].span, kind, reason: reason.into() })
    }

    /// Settles the block and those right behind it that the same pattern speaks for.
    fn judge(&self, index: usize, furniture: &Furniture, blocks: &mut [Option<Block>]) {
        let declared = self.drafts[index].declared.as_ref().map(|(kind, _)| *kind);
        // What a format marks as code is never page furniture by its wording.
        let is_open = !matches!(declared, Some(BlockKind::Code | BlockKind::Furniture));
        let is_heading = declared == Some(BlockKind::Heading);
        let fits = |pattern: &Pattern| {
            (self.has_layout || !pattern.is_layout) && (pattern.is_for_headings || !is_heading)
        };
        let matching = || furniture.matching(self.text(index), self.words(index), fits);
        let Some(pattern) = is_open.then(matching).flatten() else {
            blocks[index] = match declared {
                Some(kind) => self.undecided(index, kind),
                None => self.by_layout(index),
            };
            return;
        };
        blocks[index] = self.block(index, pattern.kind, pattern.reason.as_str());
        for (next, kind) in (index + 1..self.drafts.len()).zip(&pattern.then) {
            if self.words(next) > LONGEST_TEASER {
                break;
            }
            blocks[next] = self.block(next, *kind, format!("behind a {}", pattern.reason));
        }
        let rest = index + 1..self.drafts.len();
        let is_last = self.last_long.is_none_or(|long| long <= index);
        let is_late = || index * 2 >= self.drafts.len();
        if self.has_layout && (pattern.rest && is_last || pattern.is_end && is_late()) {
            for next in rest {
                blocks[next] = self.block(next, pattern.kind, format!("in a {}", pattern.reason));
            }
        }
    }

    /// A block with a declared kind that no pattern speaks against.
    fn undecided(&self, index: usize, kind: BlockKind) -> Option<Block> {
        let is_bullet = |index: Option<usize>| {
            index
                .and_then(|index| self.drafts.get(index))
                .is_some_and(|draft| matches!(draft.declared, Some((BlockKind::ListItem, _))))
        };
        let is_lone = !is_bullet(index.checked_sub(1)) && !is_bullet(Some(index + 1));
        if kind == BlockKind::ListItem && self.has_layout && is_lone && !ends_sentence(self.text(index)) {
            return self.block(index, BlockKind::Furniture, "a lone bullet: a link to another story");
        }
        let draft = &self.drafts[index];
        let is_text = !matches!(kind, BlockKind::Heading | BlockKind::Code | BlockKind::Furniture);
        if is_text && draft.linked as usize * LINKED_PARTS >= draft.span.len() * LINKED {
            return self.block(index, BlockKind::Furniture, "nearly all of it is a link");
        }
        let reason = draft.declared.as_ref().map_or("", |(_, reason)| reason);
        self.block(index, kind, reason)
    }

    fn by_layout(&self, index: usize) -> Option<Block> {
        let text = self.text(index);
        let is_subheading = self.has_layout
            && !ends_sentence(text)
            && self.words(index) <= LONGEST_SUBHEADING
            && is_title_case(text);
        if is_subheading {
            return self.block(index, BlockKind::Heading, "short, in title case, without a full stop");
        }
        self.block(index, BlockKind::Paragraph, "running text")
    }

    /// The first block that is no furniture is the headline, where it does not end like a sentence.
    fn mark_headline(&self, blocks: &mut [Block]) {
        let first = blocks.iter_mut().find(|block| block.kind != BlockKind::Furniture);
        let Some(first) = first.filter(|block| self.has_layout && block.kind == BlockKind::Paragraph) else {
            return;
        };
        let text = first.span.of(self.text);
        if !ends_sentence(text) && text.split_whitespace().count() <= LONGEST_HEADLINE {
            first.kind = BlockKind::Heading;
            "first, without a full stop".clone_into(&mut first.reason);
        }
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether most words of four letters and more start with a capital.
fn is_title_case(text: &str) -> bool {
    let long: Vec<&str> = text.split_whitespace().filter(|word| word.chars().count() >= 4).collect();
    let capitals = long
        .iter()
        .filter(|word| word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase()))
        .count();
    !long.is_empty() && capitals * 5 >= long.len() * 4
}
