//! Clean text under construction: what the readers of marked-up formats have in common.

use crate::corpus::{BlockKind, Document, OffsetMap, Origin, Outlined, Span, words};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Text without markup, the way back to its source, and the blocks it is made of.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) text: String,
    pub(super) offsets: OffsetMap,
    pub(super) blocks: Vec<Outlined>,
    open: Option<Outlined>,
}

impl Prose {
    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What the open block has so far.
    pub(super) fn open_text(&self) -> &str {
        self.open.as_ref().map_or("", |open| &self.text[open.span.start as usize..])
    }

    /// Starts a block for what stands at `there` in the source, unless one is open.
    pub(super) fn open(&mut self, kind: BlockKind, reason: impl Into<Cow<'static, str>>, there: usize) {
        if self.open.is_some() {
            return;
        }
        if !self.text.is_empty() {
            self.offsets.push(self.text.len(), there, 2, 0);
            self.text.push_str("\n\n");
        }
        let span = Span::new(self.text.len(), self.text.len());
        self.open = Some(Outlined { span, kind, reason: reason.into(), linked: 0 });
    }

    /// A text that is one block.
    pub(super) fn of_block(text: &str, kind: BlockKind, reason: &'static str) -> Self {
        let mut prose = Self::default();
        prose.open(kind, reason, 0);
        prose.push(text, 0..text.len());
        prose.close();
        prose
    }

    /// Adds text that stands at `there` in the source.
    pub(super) fn push(&mut self, piece: &str, there: Range<usize>) {
        push(&mut self.text, &mut self.offsets, piece, there);
    }

    /// Says that so many of the last bytes are a link.
    pub(super) fn mark_linked(&mut self, bytes: usize) {
        if let Some(open) = &mut self.open {
            open.linked += bytes as u32;
        }
    }

    /// Ends the open block; says whether it holds anything.
    pub(super) fn close(&mut self) -> bool {
        let Some(mut block) = self.open.take() else { return false };
        let start = block.span.start as usize;
        let text = &self.text[start..];
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return false;
        }
        let from = start + text.len() - text.trim_start().len();
        block.span = Span::new(from, from + trimmed.len());
        self.blocks.push(block);
        true
    }

    /// Adds another text, which was made of a strand.
    pub(super) fn append(&mut self, other: Self, strand: &OffsetMap) {
        let offsets = other.offsets.then(strand, other.text.len());
        if !self.text.is_empty() && !other.text.is_empty() {
            self.offsets.push(self.text.len(), offsets.start(0) as usize, 2, 0);
            self.text.push_str("\n\n");
        }
        let base = self.text.len();
        self.offsets.append(&offsets, base);
        self.text.push_str(&other.text);
        self.blocks.extend(other.blocks.into_iter().map(|block| {
            let range = block.span.range();
            Outlined { span: Span::new(base + range.start, base + range.end), ..block }
        }));
    }

    /// Whether the first block says the same as a headline.
    pub(super) fn starts_with(&self, headline: &str) -> bool {
        let normal =
            |text: &str| words(text, 0).iter().map(|word| word.folded.to_string()).collect::<Vec<_>>();
        self.blocks.first().is_some_and(|block| normal(block.span.of(&self.text)) == normal(headline))
    }

    /// The document of a file of one article, without what is known about it.
    pub(super) fn into_document(self, path: String, origin: Arc<Origin>) -> Document {
        Document {
            path,
            text: self.text,
            prose: self.offsets,
            outline: Some(self.blocks),
            origin,
            ..Document::default()
        }
    }
}

/// A text taken out of a file, with the way back: what the markup of an article is read from where the file
/// holds it escaped.
#[derive(Debug, Default)]
pub(super) struct Strand {
    pub(super) text: String,
    pub(super) map: OffsetMap,
}

impl Strand {
    /// A stretch of the file as it stands.
    pub(super) fn verbatim(source: &str, range: Range<usize>) -> Self {
        let mut strand = Self::default();
        strand.push(&source[range.clone()], range);
        strand
    }

    /// Adds a piece that stands at `there` in the file.
    pub(super) fn push(&mut self, piece: &str, there: Range<usize>) {
        push(&mut self.text, &mut self.map, piece, there);
    }

    /// Adds a piece that is one unit, whatever its length: an escape.
    pub(super) fn push_unit(&mut self, piece: &str, there: Range<usize>) {
        self.map.push(self.text.len(), there.start, piece.len(), there.len());
        self.text.push_str(piece);
    }

    /// On one line, without the blanks around it.
    pub(super) fn line(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Adds a piece that stands at `there` to a text: verbatim where both have one length, else as one unit.
fn push(text: &mut String, map: &mut OffsetMap, piece: &str, there: Range<usize>) {
    if piece.is_empty() {
        return;
    }
    let is_verbatim = piece.len() == there.len();
    let (here, length) = if is_verbatim { (1, 1) } else { (piece.len(), there.len()) };
    map.push(text.len(), there.start, here, length);
    text.push_str(piece);
}
