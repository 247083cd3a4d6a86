//! What lists in JSON Lines have in common: places.

use serde_json::{Value, json};
use twicetold::corpus::{Document, LineIndex, Position, Span};

/// Tells where spans stand, which are asked for in the order of the text.
pub(crate) struct Places<'a> {
    text: &'a str,
    index: LineIndex<'a>,
    byte: usize,
    points: usize,
}

impl<'a> Places<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self { text: &document.text, index: LineIndex::new(document), byte: 0, points: 0 }
    }

    /// The code points of the text before a byte of it.
    pub(crate) fn code_points(&mut self, to: u32) -> usize {
        self.points += self.text[self.byte..to as usize].chars().count();
        self.byte = to as usize;
        self.points
    }

    /// The place in the file.
    pub(crate) fn in_file(&self, span: Span) -> Value {
        let position = |at: Position| json!({ "byte": at.byte, "line": at.line, "column": at.column });
        let (start, end) = self.index.positions(span);
        json!({ "start": position(start), "end": position(end) })
    }
}
