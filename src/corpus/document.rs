//! Documents and the corpus they make up.

use super::{BlockKind, Metadata, OffsetMap, Span};

/// One article: a file, or one record of a file of many.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The path as given, `/`-separated; `FILE#ID` for a record.
    pub path: String,
    /// The text as read, without markup.
    pub text: String,
    /// The decoded file, where `text` is not the whole of it.
    pub original: Option<String>,
    /// From `text` back to the decoded file.
    pub prose: OffsetMap,
    /// From the decoded file back to its bytes on disk.
    pub encoding: OffsetMap,
    /// What is known about it.
    pub metadata: Metadata,
    /// The blocks that the format itself declares; `None` for plain text.
    pub outline: Option<Vec<Outlined>>,
    /// The name of the record, where it is one of many in a file; records are not judged by their layout.
    pub record: Option<String>,
}

/// A block that a format such as Markdown declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlined {
    /// Where it stands in [`Document::text`].
    pub span: Span,
    /// What the format says it is.
    pub kind: BlockKind,
}

impl Document {
    /// A document whose text is its own source.
    pub fn plain(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into(), ..Self::default() }
    }

    /// The decoded file: what lines and columns count in.
    pub fn source(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.text)
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
    /// Whether the file is merely of a kind that is not text.
    pub is_other_kind: bool,
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
