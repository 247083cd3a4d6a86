//! XML as events with their places, for the readers of feeds, NewsML and DOCX.
//!
//! Nothing outside the file is opened and no entity of its own is expanded, whatever a document type
//! declares (`quick-xml` knows neither).

use super::Error;
use super::html::unescape;
use super::prose::Strand;
use crate::corpus::Fault;
use quick_xml::Reader;
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event as Raw};
use std::ops::Range;

/// What stands in a file.
#[derive(Debug)]
pub(super) enum Event<'a> {
    Start(Element<'a>),
    End {
        name: String,
        range: Range<usize>,
    },
    /// Text, with character references where they stand.
    Text(Range<usize>),
    /// Text without character references.
    CData(Range<usize>),
    /// A document type that declares entities.
    Entities,
}

/// A start tag.
#[derive(Debug)]
pub(super) struct Element<'a> {
    /// The name in lower case, without its prefix but for those of [`known_name`].
    pub(super) name: String,
    tag: BytesStart<'a>,
    pub(super) range: Range<usize>,
}

impl Element<'_> {
    /// The value of an attribute, by its name with or without a prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let attributes: Attributes<'_> = self.tag.html_attributes();
        let found = attributes.flatten().find(|attribute| {
            let key: &str = attribute.key.as_ref();
            key == name || key.rsplit(':').next() == Some(name)
        })?;
        let value: &str = &found.value;
        Some(unescape(value).map(|(text, _)| text).collect())
    }
}

/// The events of a file, in order. An empty element starts and ends.
pub(super) struct Events<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
}

impl<'a> Events<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Self { source, reader }
    }

    /// The next event.
    ///
    /// # Errors
    ///
    /// Markup that is not closed, with its place.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Error> {
        loop {
            let start = self.reader.buffer_position() as usize;
            let event = self.reader.read_event().map_err(|error| {
                let at = self.reader.error_position() as usize;
                broken(self.source, at, &error.to_string())
            })?;
            let range = start..self.reader.buffer_position() as usize;
            return Ok(Some(match event {
                Raw::Start(tag) => {
                    let name = known_name(tag.name().as_ref());
                    Event::Start(Element { name, tag, range })
                }
                Raw::End(tag) => Event::End { name: known_name(tag.name().as_ref()), range },
                Raw::Text(_) | Raw::GeneralRef(_) => Event::Text(range),
                Raw::CData(_) => {
                    // `<![CDATA[` and `]]>`
                    let end = range.end.saturating_sub(3).max(range.start + 9);
                    Event::CData(range.start + 9..end.min(range.end))
                }
                Raw::DocType(text) if text.contains("<!ENTITY") => Event::Entities,
                Raw::Eof => return Ok(None),
                _ => continue,
            }));
        }
    }
}

/// The local name in lower case. Vocabularies that name other things like a feed does (the title of a film,
/// the summary of a podcast) keep their prefix.
fn known_name(name: &str) -> String {
    let lower = name.to_lowercase();
    match lower.rsplit_once(':') {
        Some(("media" | "itunes" | "googleplay", _)) => lower,
        Some((_, local)) => local.to_owned(),
        None => lower,
    }
}

/// What is wrong at a byte of a file.
pub(super) fn broken(source: &str, at: usize, message: &str) -> Error {
    let (line, column) = Fault::at("", source, at, "").place.unwrap_or((1, 1));
    Error::broken(format!("line {line}, column {column}"), message)
}

/// Takes a text with character references into a strand.
pub(super) fn push_text(strand: &mut Strand, source: &str, range: &Range<usize>) {
    for (text, there) in unescape(&source[range.clone()]) {
        strand.push(&text, range.start + there.start..range.start + there.end);
    }
}
