//! From paths to a corpus: files and folders are walked, decoded and opened by format.
//!
//! Takes inputs, gives a [`Corpus`]; what cannot be read is listed in it with the reason.
//! Knows what bytes are, never what the text means.

mod decode;
mod error;
mod front_matter;
mod jsonl;
mod markdown;
mod metadata_table;
mod plain;
mod reader;
mod records;
mod walk;

pub use error::Error;
pub use metadata_table::MetadataTable;
pub use records::{Chunks, Lines, Record};

use crate::corpus::{Corpus, Skipped};
use reader::{Extracted, File, Reader};
use std::path::PathBuf;

/// Formats in the order in which their extensions are looked up; the first also takes files without a known one.
const READERS: [&dyn Reader; 3] = [&plain::Plain, &markdown::Markdown, &jsonl::JsonLines];

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
    /// Globs of files and folders to leave out when a folder is walked; a named file is always read.
    pub exclude: Vec<String>,
    /// What is known about the documents from outside.
    pub metadata: MetadataTable,
}

/// Reads every input, one after the other.
///
/// # Errors
///
/// Only what makes the request itself meaningless: an exclude pattern that is no glob. Files that
/// cannot be read are in [`Corpus::skipped`].
pub fn read(inputs: &[Input], options: &ReadOptions) -> Result<Corpus, Error> {
    let mut all = Extracted::default();
    let mut files = walk::files(inputs, &options.exclude, &mut all.skipped)?;
    files.extend(inputs.iter().filter_map(|input| match input {
        Input::Bytes { name, bytes } => Some(File::of_bytes(name, bytes)),
        Input::Path(_) => None,
    }));
    for file in files {
        let (path, was_named) = (file.path.clone(), file.was_named);
        let mut extracted =
            extract(file).unwrap_or_else(|error| Extracted::skipped(&path, error.to_string()));
        extracted.skipped.iter_mut().for_each(|skipped| skipped.was_named &= was_named);
        all.documents.append(&mut extracted.documents);
        all.skipped.append(&mut extracted.skipped);
    }
    for document in &mut all.documents {
        options.metadata.apply(document);
    }
    Ok(Corpus::sorted(all.documents, all.skipped))
}

fn extract(file: File<'_>) -> Result<Extracted, Error> {
    let extension = file.extension();
    let known = READERS.iter().find(|reader| reader.extensions().contains(&extension.as_str()));
    let reader = known.unwrap_or(&READERS[0]);
    reader.read(file)
}

/// Whether files of this extension (lower case, without the dot) are read when a folder is walked.
fn is_known_extension(extension: &str) -> bool {
    READERS.iter().any(|reader| reader.extensions().contains(&extension))
}

impl Extracted {
    fn skipped(path: &str, reason: String) -> Self {
        let skipped = Skipped { path: path.to_owned(), reason, was_named: true, is_other_kind: false };
        Self { documents: Vec::new(), skipped: vec![skipped] }
    }
}
