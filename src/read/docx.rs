//! Word documents: paragraphs with their styles. Inserted text counts, deleted text and comments do not.
//!
//! The text and the notes are parts of a zip archive; each is a document of its own, named
//! `FILE!word/document.xml`, whose places are paragraphs and bytes of the unpacked part.

use super::Error;
use super::decode::decode;
use super::html::unescape;
use super::prose::Prose;
use super::reader::{Extracted, File, Reader};
use super::xml::{Element, Event, Events};
use crate::corpus::{BlockKind, Document, Metadata, OffsetMap, Origin, Skipped, is_running_text};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::io::{Cursor, Read};
use std::ops::Range;
use std::sync::Arc;
use zip::ZipArchive;

/// `.docx`
pub(super) struct Docx;

/// The parts that hold text.
const TEXTS: [&str; 3] = ["word/document.xml", "word/footnotes.xml", "word/endnotes.xml"];
/// Parts of a larger archive are not even listed: a Word document has some dozens.
const MOST_PARTS: usize = 10_000;
/// The longest part that is unpacked, in bytes.
const LONGEST_PART: u64 = 256 << 20;
/// A longer part must not unpack to more than so many times its packed size: text packs ten to thirty times.
const UNSUSPICIOUS: u64 = 8 << 20;
const MOST_PACKED: u64 = 200;

impl Reader for Docx {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let bytes = file.bytes()?;
        let mut archive = open(&bytes)?;
        let mut extracted = Extracted::default();
        let styles = known(&mut archive, "word/styles.xml", styles, file, &mut extracted);
        let metadata = known(&mut archive, "docProps/core.xml", core_properties, file, &mut extracted);
        for name in TEXTS {
            let xml = match part(&mut archive, name) {
                Ok(Some(xml)) => xml,
                Ok(None) => continue,
                // Without its text it is no document; without its notes it is.
                Err(error) if name == TEXTS[0] => return Err(error),
                Err(error) => {
                    extracted.skipped.push(Skipped::new(&file.path, error.to_string()));
                    continue;
                }
            };
            let Text { prose, paragraphs, fault, .. } = Text::of(&xml, &styles);
            let place = format!("{}!{name}", file.path);
            if let Some(error) = fault {
                extracted.skipped.push(Skipped::new(&place, format!("read up to {error}")));
            }
            if prose.blocks.is_empty() && name != TEXTS[0] {
                continue;
            }
            let origin = Arc::new(Origin::new(xml, OffsetMap::identity()));
            let paragraphs = Some(paragraphs);
            let metadata = metadata.clone();
            extracted.documents.push(Document { metadata, paragraphs, ..prose.into_document(place, origin) });
        }
        if extracted.documents.is_empty() {
            return Err(Error::broken(TEXTS[0], "the archive has no such part; is it a Word document?"));
        }
        Ok(extracted)
    }
}

/// What a part says about the text; one that cannot be read is noted, and the text is read without it.
fn known<T: Default>(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    read: fn(&str) -> Result<T, Error>,
    file: &File<'_>,
    extracted: &mut Extracted,
) -> T {
    let found = part(archive, name).and_then(|xml| xml.map_or_else(|| Ok(T::default()), |xml| read(&xml)));
    found.unwrap_or_else(|error| {
        extracted.skipped.push(Skipped::new(&file.path, format!("{name} is passed over: {error}")));
        T::default()
    })
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Error> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Error::broken(
            "the file",
            "an old or encrypted Word document; save it as .docx without a password",
        ));
    }
    if memchr::memmem::rfind(bytes, b"PK\x05\x06").is_none() {
        return Err(Error::broken("the file", "not a whole zip archive: its end is missing"));
    }
    // What an archive says of the number of its parts may lie; each has a record of its own.
    if memchr::memmem::find_iter(bytes, b"PK\x01\x02").nth(MOST_PARTS).is_some() {
        return Err(Error::broken("the file", "a zip archive of more parts than a Word document has"));
    }
    ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| Error::broken("the file", format!("not a zip archive that can be read ({error})")))
}

/// Unpacks a part as text, within limits; `None` where there is no such part.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Error> {
    let fault = |error: &dyn std::fmt::Display| Error::broken(name, format!("cannot be unpacked ({error})"));
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(fault(&error)),
    };
    // Sizes in the archive may lie: what comes out is counted.
    let limit = LONGEST_PART.min((file.compressed_size().saturating_mul(MOST_PACKED)).max(UNSUSPICIOUS));
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| fault(&error))?;
    if bytes.len() as u64 > limit {
        return Err(Error::broken(
            name,
            format!("unpacks to more than {limit} bytes, which is no text but a zip bomb"),
        ));
    }
    let decoded = decode(Cow::Owned(bytes), None)?;
    if decoded.text.contains("<!DOCTYPE") {
        return Err(Error::broken(name, "has a document type, which Word never writes"));
    }
    Ok(Some(decoded.text))
}

/// What is known about the document.
fn core_properties(xml: &str) -> Result<Metadata, Error> {
    const FIELDS: [(&str, &str); 5] = [
        ("title", "title"),
        ("creator", "author"),
        ("created", "published"),
        ("modified", "modified"),
        ("language", "lang"),
    ];
    let mut metadata = Metadata::default();
    let mut events = Events::new(xml);
    let mut field = None;
    while let Some(event) = events.next()? {
        match event {
            Event::Start(element) => {
                field = FIELDS.iter().find(|(name, _)| *name == element.name).map(|(_, field)| *field)
            }
            Event::Text(range) => {
                let text: String = unescape(&xml[range]).map(|(text, _)| text).collect();
                // A date that is none is passed over: nobody typed it.
                if let (Some(field), false) = (field.take(), text.trim().is_empty()) {
                    _ = metadata.set(field, text.trim());
                }
            }
            _ => field = None,
        }
    }
    Ok(metadata)
}

/// The kind and the name of each paragraph style, by its id.
type Styles = FxHashMap<String, (BlockKind, String)>;

/// Reads the paragraph styles by their names: names are the same in all languages, ids are not.
fn styles(xml: &str) -> Result<Styles, Error> {
    let mut styles = Styles::default();
    let mut events = Events::new(xml);
    let mut id = None;
    while let Some(event) = events.next()? {
        let Event::Start(element) = event else { continue };
        match element.name.as_str() {
            "style" => id = element.attribute("styleId"),
            "name" => {
                let name = element.attribute("val").unwrap_or_default();
                if let (Some(id), Some(kind)) = (id.take(), kind_of_style(&name)) {
                    styles.insert(id, (kind, name));
                }
            }
            _ => {}
        }
    }
    Ok(styles)
}

fn kind_of_style(name: &str) -> Option<BlockKind> {
    /// Starts of the names that Word gives its own styles.
    const KINDS: [(&str, BlockKind); 13] = [
        ("heading", BlockKind::Heading),
        ("title", BlockKind::Heading),
        ("subtitle", BlockKind::Heading),
        ("quote", BlockKind::Quote),
        ("intense quote", BlockKind::Quote),
        ("block text", BlockKind::Quote),
        ("caption", BlockKind::Caption),
        ("list", BlockKind::ListItem),
        ("html preformatted", BlockKind::Code),
        ("plain text code", BlockKind::Code),
        ("toc ", BlockKind::Furniture),
        ("header", BlockKind::Furniture),
        ("footer", BlockKind::Furniture),
    ];
    let name = name.to_lowercase();
    KINDS.iter().find(|(start, _)| name.starts_with(start)).map(|(_, kind)| *kind)
}

/// The text of a part.
struct Text<'a> {
    xml: &'a str,
    styles: &'a Styles,
    prose: Prose,
    /// Where each paragraph starts in the text.
    paragraphs: Vec<u32>,
    /// Paragraphs that have no text yet.
    pending: usize,
    kind: (BlockKind, Cow<'static, str>),
    cells: usize,
    /// What stops the reading, where the part is broken.
    fault: Option<Error>,
}

/// Elements whose text is not in the document: deleted, moved away, a field's instructions, a second rendering.
const UNREAD: [&str; 7] = ["del", "movefrom", "instrtext", "deltext", "delinstrtext", "fallback", "rt"];

impl<'a> Text<'a> {
    fn of(xml: &'a str, styles: &'a Styles) -> Self {
        let kind = (BlockKind::Paragraph, Cow::Borrowed("paragraph"));
        let mut text = Self {
            xml,
            styles,
            prose: Prose::default(),
            paragraphs: Vec::new(),
            pending: 0,
            kind,
            cells: 0,
            fault: None,
        };
        text.fault = text.read().err();
        text.close();
        let end = text.prose.text.len() as u32 + 1;
        text.paragraphs.extend(std::iter::repeat_n(end, text.pending));
        text
    }

    fn read(&mut self) -> Result<(), Error> {
        let mut events = Events::new(self.xml);
        let (mut unread, mut is_text, mut is_hidden) = (0_usize, false, false);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(element) => {
                    unread += usize::from(UNREAD.contains(&element.name.as_str()));
                    match element.name.as_str() {
                        "p" => self.start_paragraph(),
                        "r" => is_hidden = false,
                        "vanish" => {
                            is_hidden =
                                element.attribute("val").is_none_or(|val| val != "0" && val != "false")
                        }
                        "t" => is_text = unread == 0 && !is_hidden,
                        "tab" | "br" | "cr" | "ptab" if unread == 0 => self.blank(&element.range),
                        "nobreakhyphen" if unread == 0 => self.push("-", element.range),
                        "tc" => self.cells += 1,
                        _ => self.style(&element),
                    }
                }
                Event::Text(range) if is_text => {
                    for (text, there) in unescape(&self.xml[range.clone()]) {
                        self.push(&text, range.start + there.start..range.start + there.end);
                    }
                }
                Event::CData(range) if is_text => self.push(&self.xml[range.clone()], range),
                Event::End { name, .. } => {
                    unread = unread.saturating_sub(usize::from(UNREAD.contains(&name.as_str())));
                    match name.as_str() {
                        "p" => self.close(),
                        "t" => is_text = false,
                        "tc" => self.cells = self.cells.saturating_sub(1),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn start_paragraph(&mut self) {
        self.close();
        self.pending += 1;
        self.kind = match self.cells {
            0 => (BlockKind::Paragraph, "paragraph".into()),
            _ => (BlockKind::Table, "table cell".into()),
        };
    }

    fn style(&mut self, element: &Element<'_>) {
        match element.name.as_str() {
            "pstyle" => {
                let style = element.attribute("val").and_then(|id| self.styles.get(&id));
                if let Some((kind, name)) = style {
                    self.kind = (*kind, format!("style {name}").into());
                }
            }
            "numpr" if self.kind.0 == BlockKind::Paragraph => {
                self.kind = (BlockKind::ListItem, "numbered".into())
            }
            _ => {}
        }
    }

    fn blank(&mut self, there: &Range<usize>) {
        if self.prose.is_open() {
            self.prose.push(" ", there.start..there.start);
        }
    }

    fn push(&mut self, text: &str, there: Range<usize>) {
        if !self.prose.is_open() {
            let (kind, reason) = self.kind.clone();
            self.prose.open(kind, reason, there.start);
            let start = self.prose.text.len() as u32;
            self.paragraphs.extend(std::iter::repeat_n(start, std::mem::take(&mut self.pending)));
        }
        self.prose.push(text, there);
    }

    fn close(&mut self) {
        if self.prose.close()
            && let Some(block) = self.prose.blocks.last_mut()
        {
            let is_text = is_running_text(block.span.of(&self.prose.text));
            // Texts are laid out with tables too.
            if block.kind == BlockKind::Table && is_text {
                block.kind = BlockKind::Paragraph;
            }
        }
    }
}
