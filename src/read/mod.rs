//! From paths to a corpus: files and folders are walked, decoded and opened by format.
//!
//! Takes inputs, gives a [`Corpus`]; what cannot be read is listed in it with the reason. Each format
//! ([`Format`]) has one reader; marked-up ones build clean prose with the way back to every byte.
//! Knows what bytes and markup are, and of the text only its language and its head lines.

mod decode;
mod docx;
mod entries;
mod error;
mod feed;
mod format;
mod front_matter;
mod heads;
mod html;
mod json;
mod jsonl;
mod language;
mod markdown;
mod metadata_table;
mod newsml;
mod ninjs;
mod plain;
mod prose;
mod reader;
mod records;
mod walk;
mod xml;

pub use error::Error;
pub use format::Format;
pub use metadata_table::MetadataTable;
pub use records::{Chunks, Lines, Record};

use crate::corpus::{Corpus, Dateline, Document, Edition, PathGlobs, Skipped};
use encoding_rs::Encoding;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use reader::{Extracted, File};
use std::path::PathBuf;

/// The longest file that is read as one document, in bytes; a file of many records may be longer.
const MAX_DOCUMENT: u64 = 1 << 30;

/// Something to read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// Bytes that are there already, such as standard input, and the name they go by.
    Bytes {
        /// The name; its extension chooses the format.
        name: String,
        /// The content.
        bytes: Vec<u8>,
    },
}

/// How inputs are read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// Files and folders to leave out when a folder is walked; a named file is always read.
    pub exclude: PathGlobs,
    /// What is known about the documents from outside.
    pub metadata: MetadataTable,
    /// The format of all files; `None` tells it by name and content.
    pub format: Option<Format>,
    /// The encoding of all files; `None` tells it by their bytes.
    pub encoding: Option<CharacterEncoding>,
    /// The day of documents that do not say theirs.
    pub published: Option<Dateline>,
}

/// A character encoding by one of its labels on the web (`utf-8`, `latin1`, `windows-1251`, `shift_jis`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharacterEncoding(&'static Encoding);

impl std::str::FromStr for CharacterEncoding {
    type Err = String;

    fn from_str(label: &str) -> Result<Self, String> {
        let known = Encoding::for_label(label.as_bytes());
        known
            .map(Self)
            .ok_or_else(|| format!("`{label}` is no encoding such as utf-8, windows-1252 or shift_jis"))
    }
}

/// A file that would be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Its path.
    pub path: String,
    /// As what.
    pub format: Format,
}

/// Reads every input, in parallel.
///
/// # Errors
///
/// Only what makes the request itself meaningless: an exclude pattern that is no glob. Files that
/// cannot be read are in [`Corpus::skipped`].
pub fn read(inputs: &[Input], options: &ReadOptions) -> Result<Corpus, Error> {
    let mut skipped = Vec::new();
    let files = files(inputs, options, &mut skipped)?;
    let read = |file: &File<'_>| {
        let mut extracted = extract(file, options).unwrap_or_else(|error| Extracted::skipped(file, &error));
        extracted.documents.iter_mut().for_each(|document| settle(document, options));
        extracted
    };
    let all: Vec<Extracted> = files.par_iter().map(read).collect();
    let mut documents = Vec::new();
    for extracted in all {
        documents.extend(extracted.documents);
        skipped.extend(extracted.skipped);
    }
    Ok(Corpus::sorted(documents, skipped))
}

/// Lists what [`read`] would read, sorted by path, and what it would skip, without reading further than
/// is needed to tell the format.
///
/// # Errors
///
/// As [`read`].
pub fn plan(inputs: &[Input], options: &ReadOptions) -> Result<(Vec<Planned>, Vec<Skipped>), Error> {
    let mut skipped = Vec::new();
    let mut planned = Vec::new();
    for file in files(inputs, options, &mut skipped)? {
        match format_of(&file, options) {
            Ok(format) => planned.push(Planned { path: file.path, format }),
            Err(error) => skipped.extend(Extracted::skipped(&file, &error).skipped),
        }
    }
    planned.sort_by(|a, b| a.path.cmp(&b.path));
    skipped.sort();
    Ok((planned, skipped))
}

fn files<'a>(
    inputs: &'a [Input],
    options: &ReadOptions,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<File<'a>>, Error> {
    let files = walk::files(inputs, &options.exclude, skipped)?;
    let bytes = inputs.iter().filter_map(|input| match input {
        Input::Bytes { name, bytes } => Some(File::of_bytes(name, bytes)),
        Input::Path(_) => None,
    });
    let encoding = options.encoding.map(|encoding| encoding.0);
    Ok(files.into_iter().chain(bytes).map(|file| file.with_encoding(encoding)).collect())
}

fn format_of(file: &File<'_>, options: &ReadOptions) -> Result<Format, Error> {
    options.format.map_or_else(|| Format::of(file), Ok)
}

fn extract(file: &File<'_>, options: &ReadOptions) -> Result<Extracted, Error> {
    let mut extracted = format_of(file, options)?.reader().read(file)?;
    extracted.skipped.iter_mut().for_each(|skipped| skipped.was_named &= file.was_named);
    Ok(extracted)
}

/// Settles what is known of a document: what the table says, then what its file says, then what its lines say.
fn settle(document: &mut Document, options: &ReadOptions) {
    options.metadata.apply(document);
    document.metadata.fill_from(&heads::facts(&document.text));
    let metadata = &mut document.metadata;
    if metadata.edition.is_none() {
        let title =
            metadata.title.as_deref().or_else(|| document.text.lines().find(|line| !line.trim().is_empty()));
        metadata.edition = title.and_then(Edition::of_headline).map(|(edition, _)| edition);
    }
    metadata.published = metadata.published.or(options.published);
    if metadata.lang.is_none() {
        document.metadata.lang = language::detect(document).map(str::to_owned);
    }
}

impl Extracted {
    fn skipped(file: &File<'_>, error: &Error) -> Self {
        let is_other_kind = matches!(error, Error::OtherKind) && !file.was_named;
        let skipped = Skipped {
            was_named: file.was_named,
            is_other_kind,
            ..Skipped::new(&file.path, error.to_string())
        };
        Self { documents: Vec::new(), skipped: vec![skipped] }
    }
}
