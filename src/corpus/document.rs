//! Documents and the corpus they make up.

use super::{BlockKind, Metadata, OffsetMap, Span};
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// One article: a file, or one record of a file of many.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The path as given, `/`-separated; `FILE#ID` for a record, `FILE!PART` for a part of an archive.
    pub path: String,
    /// The text as read, without markup.
    pub text: String,
    /// From `text` back to the decoded file.
    pub prose: OffsetMap,
    /// The decoded file; the articles of one file share it.
    pub origin: Arc<Origin>,
    /// Where each paragraph starts in `text`, where places are told by paragraphs and not by lines.
    pub paragraphs: Option<Vec<u32>>,
    /// What is known about it.
    pub metadata: Metadata,
    /// The blocks that the format itself declares; `None` for plain text.
    pub outline: Option<Vec<Outlined>>,
    /// The name of the record, where it is one of many in a file.
    pub record: Option<String>,
    /// Comments in the decoded file that speak to this program, sorted.
    pub remarks: Vec<Span>,
    /// Whether the file holds this article alone and its blocks are whole lines, as in plain text and Markdown.
    pub is_line_based: bool,
}

/// A decoded file.
#[derive(Debug, Default)]
pub struct Origin {
    /// Its text, where a document's text is not the whole of it.
    pub text: Option<String>,
    /// From the decoded file back to its bytes on disk.
    pub encoding: OffsetMap,
    /// Where its lines start: found when first asked for.
    lines: OnceLock<Vec<usize>>,
}

impl Origin {
    /// A file whose text holds more than the text of an article.
    pub fn new(text: String, encoding: OffsetMap) -> Self {
        Self { text: Some(text), ..Self::verbatim(encoding) }
    }

    /// A file whose text is the text of its one article.
    pub fn verbatim(encoding: OffsetMap) -> Self {
        Self { text: None, encoding, lines: OnceLock::new() }
    }

    /// The byte offsets at which the lines of `source`, the text of this file, start (`\n`, `\r\n` and a
    /// lone `\r` end one).
    pub(super) fn lines(&self, source: &str) -> &[usize] {
        self.lines.get_or_init(|| {
            let bytes = source.as_bytes();
            let is_end =
                |at: usize| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
            let ends = memchr::memchr2_iter(b'\n', b'\r', bytes).filter(|&at| is_end(at));
            std::iter::once(0).chain(ends.map(|at| at + 1)).collect()
        })
    }
}

/// A block that a format such as Markdown declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlined {
    /// Where it stands in [`Document::text`].
    pub span: Span,
    /// What the format says it is.
    pub kind: BlockKind,
    /// By what the format says so, in words for people.
    pub reason: Cow<'static, str>,
    /// How many bytes of it are links.
    pub linked: u32,
}

impl Document {
    /// A document whose text is its own source.
    pub fn plain(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), ..Self::default() }
    }

    /// The decoded file: what lines and columns count in.
    pub fn source(&self) -> &str {
        self.origin.text.as_deref().unwrap_or(&self.text)
    }

    /// The file on disk: the path, without the record (`FILE#ID`) or the part of an archive (`FILE!PART`).
    pub fn file(&self) -> &str {
        let path = self.path.as_str();
        let of_record = || path.strip_suffix(self.record.as_deref()?)?.strip_suffix('#');
        let of_part = || self.paragraphs.as_ref().and_then(|_| path.rsplit_once('!')).map(|(file, _)| file);
        of_record().or_else(of_part).unwrap_or(path)
    }

    /// The name of the record, or the path.
    pub fn id(&self) -> &str {
        self.record.as_deref().unwrap_or(&self.path)
    }
}

/// Something that was to be read and was not, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The path as given.
    pub path: String,
    /// Why, in words for people.
    pub reason: String,
    /// Whether the user asked for this very path, so that the run is in trouble without it.
    pub was_named: bool,
    /// Whether the file is merely of a kind that is not read.
    pub is_other_kind: bool,
}

impl Skipped {
    /// Something that was met on the way.
    pub fn new(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { path: path.into(), reason: reason.into(), was_named: false, is_other_kind: false }
    }
}

/// Everything that was read, in the order of the paths.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The documents, sorted by path.
    pub documents: Vec<Document>,
    /// What was left out and why, sorted by path.
    pub skipped: Vec<Skipped>,
}

impl Corpus {
    /// Puts documents and skipped paths into the one order that all output follows.
    pub fn sorted(mut documents: Vec<Document>, mut skipped: Vec<Skipped>) -> Self {
        documents.sort_by(|a, b| a.path.cmp(&b.path));
        skipped.sort();
        Self { documents, skipped }
    }
}
