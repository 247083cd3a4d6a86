//! Bytes, lines and columns of a place in a file.

use super::{Document, Span};
use std::cell::Cell;

/// A place in the file on disk: bytes from 0, lines and columns from 1, columns in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Byte offset from 0.
    pub byte: u64,
    /// Line from 1; in a format that has no lines, such as DOCX, the paragraph.
    pub line: usize,
    /// Column from 1, in code points.
    pub column: usize,
    /// Column from 1, in bytes of the decoded line (UTF-8).
    pub byte_column: usize,
}

/// Tells lines and columns of a document. The lines of a file are looked for once, and places that are asked for in
/// their order cost one reading of the text, however long a line is.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    document: &'a Document,
    /// The place that was told last: where its line starts, where it stands, and its column from 0.
    last: Cell<(usize, usize, usize)>,
}

impl<'a> LineIndex<'a> {
    /// The index of a document.
    pub fn new(document: &'a Document) -> Self {
        Self { document, last: Cell::default() }
    }

    /// The half-open stretch of the file that `span` was read from.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let prose = &self.document.prose;
        let (start, end) = (prose.start(span.start) as usize, prose.end(span.end) as usize);
        let encoding = &self.document.origin.encoding;
        (
            self.position(span.start, start, encoding.start(start as u32)),
            self.position(span.end, end, encoding.end(end as u32)),
        )
    }

    /// The number of the line, from 1, on which `offset` of the text stands.
    pub fn line(&self, offset: u32) -> usize {
        let Some(paragraphs) = &self.document.paragraphs else {
            return self.line_of_source(self.document.prose.start(offset) as usize);
        };
        paragraphs.partition_point(|&start| start <= offset).max(1)
    }

    /// The text of a line (from 1) without its line end.
    pub fn text(&self, line: usize) -> &'a str {
        let slice = |text: &'a str, start: usize, end: Option<usize>| {
            text[start..end.unwrap_or(text.len())].trim_end_matches(['\n', '\r'])
        };
        match &self.document.paragraphs {
            Some(starts) => {
                // Empty paragraphs at the end start behind the text.
                let length = self.document.text.len();
                let start = |line: usize| starts.get(line).map(|&start| length.min(start as usize));
                slice(&self.document.text, start(line - 1).unwrap_or(0), start(line))
            }
            None => slice(self.document.source(), self.lines()[line - 1], self.lines().get(line).copied()),
        }
    }

    fn lines(&self) -> &'a [usize] {
        self.document.origin.lines(self.document.source())
    }

    fn line_of_source(&self, at: usize) -> usize {
        self.lines().partition_point(|&start| start <= at)
    }

    /// The place of `offset` in the text, which stands at `at` in the decoded file.
    fn position(&self, offset: u32, at: usize, byte: u64) -> Position {
        let (line, text, start, at) = match &self.document.paragraphs {
            Some(starts) => {
                let line = self.line(offset);
                // Text before the first paragraph counts as part of it.
                let start = starts.get(line - 1).map_or(0, |&start| start.min(offset));
                (line, self.document.text.as_str(), start as usize, offset as usize)
            }
            None => {
                let line = self.line_of_source(at);
                (line, self.document.source(), self.lines()[line - 1], at)
            }
        };
        let (last_start, last_at, last_column) = self.last.get();
        let goes_on = last_start == start && (start..=at).contains(&last_at);
        let (from, columns) = if goes_on { (last_at, last_column) } else { (start, 0) };
        let column = columns + text[from..at].chars().count();
        self.last.set((start, at, column));
        Position { byte, line, column: column + 1, byte_column: at - start + 1 }
    }
}
