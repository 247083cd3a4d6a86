//! Bytes, lines and columns of a place in a file.

use super::{Document, Span};

/// A place in the file on disk: bytes from 0, lines and columns from 1, columns in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Byte offset from 0.
    pub byte: u64,
    /// Line from 1.
    pub line: usize,
    /// Column from 1, in code points.
    pub column: usize,
}

/// Where the lines of a document's source start; made only for documents that are reported on.
#[derive(Debug)]
pub struct LineIndex<'a> {
    document: &'a Document,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Scans the source once for line ends (`\n`, `\r\n` and a lone `\r`).
    pub fn new(document: &'a Document) -> Self {
        let bytes = document.source().as_bytes();
        let ends = bytes
            .iter()
            .enumerate()
            .filter(|&(at, &byte)| byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')));
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { document, starts }
    }

    /// The half-open stretch of the file that `span` was read from.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let prose = &self.document.prose;
        let (start, end) = (prose.start(span.start) as usize, prose.end(span.end) as usize);
        let encoding = &self.document.encoding;
        (self.position(start, encoding.start(start as u32)), self.position(end, encoding.end(end as u32)))
    }

    /// The number of the line, from 1, on which `offset` of the text stands.
    pub fn line(&self, offset: u32) -> usize {
        let at = self.document.prose.start(offset) as usize;
        self.starts.partition_point(|&start| start <= at)
    }

    /// The text of a line (from 1) without its line end.
    pub fn text(&self, line: usize) -> &'a str {
        let source = self.document.source();
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(source.len());
        source[start..end].trim_end_matches(['\n', '\r'])
    }

    fn position(&self, at: usize, byte: u64) -> Position {
        let line = self.starts.partition_point(|&start| start <= at);
        let column = self.document.source()[self.starts[line - 1]..at].chars().count() + 1;
        Position { byte, line, column }
    }
}
