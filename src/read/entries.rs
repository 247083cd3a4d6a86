//! The articles of a file that may hold many, with headline and body apart: feeds, ninjs, NewsML-G2.

use super::decode::Decoded;
use super::prose::{Prose, Strand};
use super::reader::Extracted;
use super::{Error, html};
use crate::corpus::{BlockKind, Document, Metadata, OffsetMap, Origin, Skipped};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Why a plain body is a paragraph, or several.
const PLAIN: &str = "plain text";

/// One article of a file of many, before it becomes a document.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub(super) id: Option<String>,
    pub(super) headline: Strand,
    pub(super) body: Strand,
    /// A shorter text, for entries without a body.
    pub(super) summary: Strand,
    pub(super) is_markup: bool,
    pub(super) metadata: Metadata,
}

/// The articles of a file.
#[derive(Debug, Default)]
pub(super) struct Entries {
    pub(super) found: Vec<Entry>,
    /// What all of them have in common.
    pub(super) common: Metadata,
    /// What could not be read.
    pub(super) notes: Vec<String>,
    /// Whether the file can hold one article only, which then needs no name of its own.
    pub(super) is_single: bool,
}

impl Entries {
    /// Makes the documents of a file, of which the reading came to an end or to a fault: what stands before a
    /// fault is read.
    ///
    /// # Errors
    ///
    /// The fault, or `nothing`, where no article was found.
    pub(super) fn finish(
        mut self,
        path: &str,
        decoded: Decoded,
        end: Result<(), Error>,
        nothing: &str,
    ) -> Result<Extracted, Error> {
        if self.found.is_empty() {
            return Err(end.err().unwrap_or_else(|| Error::broken("the file", nothing)));
        }
        self.notes.extend(end.err().map(|error| error.to_string()));
        Ok(self.into_documents(path, &Arc::new(Origin::new(decoded.text, decoded.encoding))))
    }

    /// Makes documents, named `FILE#ID`; of two with one id the first is kept.
    fn into_documents(self, path: &str, origin: &Arc<Origin>) -> Extracted {
        let mut extracted = Extracted::default();
        let mut seen = FxHashSet::default();
        let mut notes = self.notes;
        let is_single = self.is_single && self.found.len() == 1;
        for (number, entry) in (1..).zip(self.found) {
            let id =
                entry.id.clone().filter(|id| !id.trim().is_empty()).unwrap_or_else(|| number.to_string());
            if !seen.insert(id.clone()) {
                notes.push(format!("entry {number}: the id `{id}` was used before"));
                continue;
            }
            let body = if entry.body.text.trim().is_empty() { &entry.summary } else { &entry.body };
            let prose = assemble(&entry.headline, body, entry.is_markup);
            let mut metadata = entry.metadata;
            let headline = entry.headline.line();
            metadata.title = metadata.title.or_else(|| (!headline.is_empty()).then_some(headline));
            metadata.fill_from(&self.common);
            let (path, record) =
                if is_single { (path.to_owned(), None) } else { (format!("{path}#{id}"), Some(id)) };
            let document = Document { metadata, record, ..prose.into_document(path, Arc::clone(origin)) };
            extracted.documents.push(document);
        }
        extracted.skipped = notes.into_iter().map(|note| Skipped::new(path, note)).collect();
        extracted
    }

    /// Sets a field that is not set yet; a value that cannot be read is noted.
    pub(super) fn fill(&mut self, metadata: &mut Metadata, key: &str, value: &str) {
        let mut found = Metadata::default();
        self.set(&mut found, key, value);
        metadata.fill_from(&found);
    }

    /// Sets a field; a value that cannot be read is noted.
    pub(super) fn set(&mut self, metadata: &mut Metadata, key: &str, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        if let Err(message) = metadata.set(key, value) {
            self.notes.push(format!("`{key}` is passed over: {message}"));
        }
    }
}

/// The article of a headline and a body. `is_markup` says that the body is HTML; a plain one with tags in it is
/// taken for HTML too.
fn assemble(headline: &Strand, body: &Strand, is_markup: bool) -> Prose {
    let has_tags = |text: &str| text.contains("</") || text.contains("<p") || text.contains("<br");
    // Plain text is one block here; its lines are divided where those of plain files are.
    let read = |strand: &Strand, kind, reason: &'static str, is_markup| {
        if is_markup || has_tags(&strand.text) {
            html::fragment(&strand.text)
        } else {
            Prose::of_block(&strand.text, kind, reason)
        }
    };
    let mut inner = Prose::default();
    inner.append(read(body, BlockKind::Paragraph, PLAIN, is_markup), &body.map);
    if headline.text.trim().is_empty() || inner.starts_with(&headline.text) {
        return inner;
    }
    let mut title = read(headline, BlockKind::Heading, "headline", false);
    for block in &mut title.blocks {
        (block.kind, block.reason) = (BlockKind::Heading, "headline".into());
    }
    let mut prose = Prose::default();
    prose.append(title, &headline.map);
    // The map of the body leads to the file already.
    prose.append(inner, &OffsetMap::identity());
    prose
}
