//! Feeds: RSS 0.9 to 2.0, RDF, Atom and JSON Feed. One entry, one document.
//!
//! An entry keeps its place in the file, also where its HTML is escaped or stands in CDATA; the libraries
//! that read feeds into models (`feed-rs`) give no places.

use super::Error;
use super::entries::{Entries, Entry};
use super::json::{self, Object};
use super::prose::Strand;
use super::reader::{Extracted, File, Reader};
use super::xml::{Element, Event, Events, push_text};
use serde_json::value::RawValue;

/// `.rss`, `.atom`, `.rdf`, and XML or JSON files that say so.
pub(super) struct Feed;

impl Reader for Feed {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let mut entries = Entries::default();
        let is_json = decoded.text.trim_start().starts_with('{');
        let end = if is_json {
            json_feed(&decoded.text, &mut entries)
        } else {
            xml_feed(&decoded.text, &mut entries)
        };
        entries.finish(&file.path, decoded, end, "a feed without entries")
    }
}

/// Fields of an entry or a feed, by the names of their elements.
const FIELDS: [(&str, &str); 12] = [
    ("pubdate", "published"),
    ("date", "published"),
    ("published", "published"),
    ("issued", "published"),
    ("updated", "modified"),
    ("modified", "modified"),
    ("creator", "author"),
    ("author", "author"),
    ("name", "author"),
    ("language", "lang"),
    ("link", "url"),
    ("source", "source"),
];

/// Elements whose text is the article, the best first, and whether it is always markup.
const BODIES: [(&str, bool); 4] =
    [("encoded", true), ("content", false), ("description", false), ("summary", false)];

fn xml_feed(source: &str, entries: &mut Entries) -> Result<(), Error> {
    let mut events = Events::new(source);
    let mut entry: Option<Entry> = None;
    // The element whose text is collected, its text so far, and whether it says that this is markup.
    let mut open: Option<(String, Strand, bool)> = None;
    // Elements that hold a whole of their own: an image has a title, a source feed another.
    let mut inside: Vec<String> = Vec::new();
    while let Some(event) = events.next()? {
        match event {
            Event::Start(element) => {
                let is_entry = matches!(element.name.as_str(), "item" | "entry");
                if is_entry && entry.is_none() {
                    entry = Some(Entry::default());
                } else if matches!(element.name.as_str(), "image" | "textinput" | "source")
                    && element.attribute("url").is_none()
                {
                    inside.push(element.name.clone());
                } else if element.name == "content" && element.attribute("type").as_deref() == Some("xhtml") {
                    let from = element.range.end;
                    let to = end_of(&mut events, "content", from)?;
                    if let Some(entry) = &mut entry {
                        entry.body = Strand::verbatim(source, from..to);
                        entry.is_markup = true;
                    }
                } else if inside.is_empty() {
                    link(&element, &mut entry, entries);
                    let is_markup =
                        matches!(element.attribute("type").as_deref(), Some("html" | "text/html"));
                    open = Some((element.name, Strand::default(), is_markup));
                }
            }
            Event::Text(range) => {
                if let Some((_, strand, _)) = &mut open {
                    push_text(strand, source, &range);
                }
            }
            Event::CData(range) => {
                if let Some((_, strand, _)) = &mut open {
                    strand.push(&source[range.clone()], range);
                }
            }
            Event::End { name, .. } => {
                if inside.last() == Some(&name) {
                    inside.pop();
                } else if matches!(name.as_str(), "item" | "entry") {
                    entries.found.extend(entry.take());
                    (open, inside) = (None, Vec::new());
                } else if let Some((_, strand, is_markup)) = open.take_if(|(open, ..)| *open == name) {
                    take(&name, strand, is_markup, &mut entry, entries);
                }
            }
            Event::Entities => entries.notes.push("its own entities are not read".to_owned()),
        }
    }
    match entry.is_some() {
        true => Err(super::xml::broken(source, source.len(), "the file ends inside an entry")),
        false => Ok(()),
    }
}

/// Passes over all up to the end tag that belongs to a start tag, and says where it starts.
fn end_of(events: &mut Events<'_>, name: &str, from: usize) -> Result<usize, Error> {
    let mut depth = 1;
    let mut at = from;
    while let Some(event) = events.next()? {
        match event {
            Event::Start(element) if element.name == name => depth += 1,
            Event::End { name: ended, range } => {
                at = range.start;
                depth -= usize::from(ended == name);
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
    }
    Ok(at)
}

/// The address of an Atom entry stands in an attribute.
fn link(element: &Element<'_>, entry: &mut Option<Entry>, entries: &mut Entries) {
    let is_own = matches!(element.attribute("rel").as_deref(), None | Some("alternate"));
    if element.name == "link"
        && is_own
        && let (Some(href), Some(entry)) = (element.attribute("href"), entry)
    {
        entries.set(&mut entry.metadata, "url", &href);
    }
}

/// Takes the text of an element into the entry, or of the feed into what its entries have in common.
fn take(name: &str, strand: Strand, is_markup: bool, entry: &mut Option<Entry>, entries: &mut Entries) {
    let field = FIELDS.iter().find(|(element, _)| *element == name).map(|(_, field)| *field);
    let Some(entry) = entry else {
        let mut common = std::mem::take(&mut entries.common);
        match (name, field) {
            ("title", _) if common.source.is_none() => {
                common.source = Some(strand.line()).filter(|title| !title.is_empty())
            }
            (_, Some("lang")) => entries.set(&mut common, "lang", &strand.text),
            _ => {}
        }
        entries.common = common;
        return;
    };
    if let Some(rank) = BODIES.iter().position(|(element, _)| *element == name) {
        let is_markup = is_markup || BODIES[rank].1;
        if rank < 2 {
            entry.body = strand;
            entry.is_markup = is_markup;
        } else {
            entry.summary = strand;
            entry.is_markup |= is_markup && entry.body.text.is_empty();
        }
        return;
    }
    match (name, field) {
        ("title", _) => entry.headline = strand,
        ("guid" | "id", _) => entry.id = Some(strand.line()),
        (_, Some(field)) => entries.set(&mut entry.metadata, field, &strand.line()),
        _ => {}
    }
}

/// Keys of a JSON Feed's items and the fields they are.
const JSON_FIELDS: [(&str, &str); 5] = [
    ("url", "url"),
    ("date_published", "published"),
    ("date_modified", "modified"),
    ("language", "lang"),
    ("authors", "author"),
];

fn json_feed(source: &str, entries: &mut Entries) -> Result<(), Error> {
    let broken = |error| json::broken(&error, "not the JSON of a feed");
    let feed: Object<'_> = serde_json::from_str(source).map_err(broken)?;
    entries.common.source = feed.get("title").and_then(|title| json::plain(title));
    entries.common.lang = feed.get("language").and_then(|lang| json::plain(lang));
    let items: Vec<&RawValue> = feed
        .get("items")
        .map_or(Ok(Vec::new()), |items| serde_json::from_str(items.get()))
        .map_err(broken)?;
    for (number, item) in (1..).zip(items) {
        let Ok(item) = serde_json::from_str::<Object<'_>>(item.get()) else {
            entries.notes.push(format!("item {number}: not an object"));
            continue;
        };
        let strand = |key: &str| item.get(key).and_then(|raw| json::strand(source, raw));
        let markup = strand("content_html");
        let mut entry = Entry {
            id: item.get("id").and_then(|id| json::plain(id)),
            headline: strand("title").unwrap_or_default(),
            is_markup: markup.is_some(),
            body: markup.or_else(|| strand("content_text")).unwrap_or_default(),
            summary: strand("summary").unwrap_or_default(),
            ..Entry::default()
        };
        for (key, field) in JSON_FIELDS {
            if let Some(value) = item.get(key).and_then(|value| json::plain(value)) {
                entries.set(&mut entry.metadata, field, &value);
            }
        }
        entries.found.push(entry);
    }
    Ok(())
}
