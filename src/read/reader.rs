//! What a format has to do.

use super::Error;
use super::decode::{Decoded, decode};
use crate::corpus::{Document, Skipped, shown_path};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::fs;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// A format: how a file becomes documents.
pub(super) trait Reader: Sync {
    /// Reads one file.
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error>;
}

/// What came out of one file.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    /// Its articles.
    pub(super) documents: Vec<Document>,
    /// What was left out.
    pub(super) skipped: Vec<Skipped>,
}

impl Extracted {
    /// One article.
    pub(super) fn of(document: Document) -> Self {
        Self { documents: vec![document], skipped: Vec::new() }
    }
}

/// A file before it is opened.
#[derive(Debug)]
pub(super) struct File<'a> {
    /// As given, `/`-separated.
    pub(super) path: String,
    /// Whether the user named this very path.
    pub(super) was_named: bool,
    content: Content<'a>,
    /// What its bytes are to be read as, where somebody said so.
    encoding: Option<&'static Encoding>,
}

#[derive(Debug)]
enum Content<'a> {
    Path(PathBuf),
    Bytes(&'a [u8]),
}

impl<'a> File<'a> {
    pub(super) fn of_path(path: &Path, was_named: bool) -> Self {
        Self { path: shown_path(path), was_named, content: Content::Path(path.to_owned()), encoding: None }
    }

    pub(super) fn of_bytes(name: &str, bytes: &'a [u8]) -> Self {
        Self { path: name.to_owned(), was_named: true, content: Content::Bytes(bytes), encoding: None }
    }

    pub(super) fn with_encoding(self, encoding: Option<&'static Encoding>) -> Self {
        Self { encoding, ..self }
    }

    /// The extension in lower case without the dot; empty where there is none.
    pub(super) fn extension(&self) -> String {
        Path::new(&self.path).extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default()
    }

    /// The whole content as text.
    pub(super) fn decoded(&self) -> Result<Decoded, Error> {
        decode(self.bytes()?, self.encoding)
    }

    /// The first bytes.
    pub(super) fn head(&self, length: u64) -> Result<Vec<u8>, Error> {
        let mut head = Vec::new();
        self.lines()?.take(length).read_to_end(&mut head)?;
        Ok(head)
    }

    /// The content line by line, without loading it whole.
    pub(super) fn lines(&self) -> Result<Box<dyn BufRead + '_>, Error> {
        Ok(match &self.content {
            Content::Path(path) => Box::new(io::BufReader::with_capacity(1 << 16, fs::File::open(path)?)),
            Content::Bytes(bytes) => Box::new(io::Cursor::new(*bytes)),
        })
    }

    /// The content as it is.
    pub(super) fn bytes(&self) -> Result<Cow<'_, [u8]>, Error> {
        let size = match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Path(path) => fs::metadata(path)?.len(),
        };
        if size > super::MAX_DOCUMENT {
            return Err(Error::TooLarge { size, limit: super::MAX_DOCUMENT });
        }
        let path = match &self.content {
            Content::Bytes(bytes) => return Ok(Cow::Borrowed(bytes)),
            Content::Path(path) => path,
        };
        Ok(Cow::Owned(fs::read(path)?))
    }
}
