//! NewsML-G2, the XML of the IPTC for news, with its text in XHTML or NITF.

use super::Error;
use super::entries::{Entries, Entry};
use super::prose::Strand;
use super::reader::{Extracted, File, Reader};
use super::xml::{Event, Events, broken, push_text};

/// `.newsml`, and `.xml` whose root is a news item or a message of them.
pub(super) struct NewsMl;

/// Elements and the fields they are; of two with one field the first that is met counts.
const FIELDS: [(&str, &str); 6] = [
    ("versioncreated", "published"),
    ("versioncreated", "modified"),
    ("contentcreated", "published"),
    ("by", "author"),
    ("creditline", "source"),
    ("copyrightholder", "source"),
];

impl Reader for NewsMl {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let mut entries = Entries { is_single: true, ..Entries::default() };
        let end = items(&decoded.text, &mut entries);
        entries.finish(&file.path, decoded, end, "no news item with a text")
    }
}

fn items(source: &str, entries: &mut Entries) -> Result<(), Error> {
    let mut events = Events::new(source);
    let mut entry: Option<Entry> = None;
    let mut open: Option<(String, Strand)> = None;
    // Where the markup of the text starts.
    let mut inline: Option<usize> = None;
    let (mut has_headline, mut number) = (false, 0);
    while let Some(event) = events.next()? {
        match event {
            Event::Start(element) if element.name == "newsitem" => {
                number += 1;
                has_headline = false;
                let mut started =
                    Entry { id: element.attribute("guid"), is_markup: true, ..Entry::default() };
                for (attribute, field) in [("guid", "url"), ("version", "version"), ("lang", "lang")] {
                    if let Some(value) = element.attribute(attribute) {
                        entries.set(&mut started.metadata, field, &value);
                    }
                }
                entry = Some(started);
            }
            Event::Start(element) if element.name == "inlinexml" => inline = Some(element.range.end),
            Event::Start(_) if inline.is_some() => {}
            Event::Start(element) => {
                if let (Some(entry), "language") = (&mut entry, element.name.as_str()) {
                    entry.metadata.lang = element.attribute("tag").or(entry.metadata.lang.take());
                }
                if matches!(element.name.as_str(), "provider" | "infosource") {
                    let said = element.attribute("literal");
                    if let Some(entry) = entry.as_mut().filter(|entry| entry.metadata.source.is_none()) {
                        entry.metadata.source = said;
                    }
                }
                // The name of a person or a provider stands inside the element; its text is theirs.
                if element.name != "name" || open.is_none() {
                    open = Some((element.name, Strand::default()));
                }
            }
            Event::Text(range) if inline.is_none() => {
                if let Some((_, strand)) = &mut open {
                    push_text(strand, source, &range);
                }
            }
            Event::CData(range) if inline.is_none() => {
                if let Some((_, strand)) = &mut open {
                    strand.push(&source[range.clone()], range);
                }
            }
            Event::End { name, range } if name == "inlinexml" => {
                if let (Some(start), Some(entry)) = (inline.take(), &mut entry) {
                    entry.body = Strand::verbatim(source, start..range.start.max(start));
                }
            }
            Event::End { name, .. } if name == "newsitem" => match entry.take() {
                Some(entry) if !entry.body.text.trim().is_empty() => entries.found.push(entry),
                Some(_) => entries.notes.push(format!("news item {number}: no text")),
                None => {}
            },
            Event::End { name, .. } if inline.is_none() => {
                let Some((_, strand)) = open.take_if(|(open, _)| *open == name) else { continue };
                let Some(entry) = &mut entry else { continue };
                match name.as_str() {
                    "headline" if !has_headline => (entry.headline, has_headline) = (strand, true),
                    "inlinedata" if entry.body.text.is_empty() => {
                        (entry.body, entry.is_markup) = (strand, false)
                    }
                    _ => {
                        for (_, field) in FIELDS.iter().filter(|(element, _)| *element == name) {
                            entries.fill(&mut entry.metadata, field, &strand.line());
                        }
                    }
                }
            }
            Event::Entities => entries.notes.push("its own entities are not read".to_owned()),
            _ => {}
        }
    }
    match entry.is_some() {
        true => Err(broken(source, source.len(), "the file ends inside a news item")),
        false => Ok(()),
    }
}
