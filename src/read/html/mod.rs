//! HTML: the article of a page, with the way back to every character.
//!
//! Tokens become a flat list of elements and blocks ([`page`]); what elements, names and running text say
//! decides which blocks are the article ([`zones`]). No tree is built and nothing recurses, so that nesting
//! costs nothing; nothing is fetched and no script is run.

mod facts;
mod names;
mod page;
mod tags;
mod tokens;
mod zones;

pub(super) use tokens::unescape;

use super::Error;
use super::prose::Prose;
use super::reader::{Extracted, File, Reader};
use crate::corpus::{BlockKind, Document, Metadata, Origin};
use facts::PageFacts;
use std::sync::Arc;
use zones::Scope;

/// `.html`, `.htm`, `.xhtml`.
pub(super) struct Html;

impl Reader for Html {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let (prose, metadata) = article(&decoded.text);
        let origin = Arc::new(Origin::new(decoded.text, decoded.encoding));
        let document = Document { metadata, ..prose.into_document(file.path.clone(), origin) };
        Ok(Extracted::of(document))
    }
}

/// The article of a page and what the page says of it. Linear.
pub(super) fn article(source: &str) -> (Prose, Metadata) {
    let mut facts = PageFacts::default();
    let mut page = page::page(source, |token| facts.listen(token, source));
    zones::judge(&mut page, Scope::Page(facts.title()));
    let headline = page.prose.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let headline = headline.map(|block| block.span.of(&page.prose.text).to_owned());
    (page.prose, facts.metadata(headline.as_deref()))
}

/// The text of a piece of markup that is all article, such as the body of a feed's entry. Linear.
pub(super) fn fragment(source: &str) -> Prose {
    let mut page = page::page(source, |_| {});
    zones::judge(&mut page, Scope::Body);
    page.prose
}
