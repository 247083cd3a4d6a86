//! ninjs 1 and 2, the JSON of the IPTC for news.

use super::Error;
use super::entries::{Entries, Entry};
use super::json::{self, Object};
use super::prose::Strand;
use super::reader::{Extracted, File, Reader};
use serde_json::value::RawValue;

/// `.ninjs`, and `.json` with the keys of ninjs: one item, or a list of them.
pub(super) struct Ninjs;

/// Keys and the fields they are; of two the first that is there counts.
const FIELDS: [(&str, &str); 11] = [
    ("versioncreated", "published"),
    ("firstcreated", "published"),
    ("contentcreated", "published"),
    ("versioncreated", "modified"),
    ("version", "version"),
    ("byline", "author"),
    ("by", "author"),
    ("language", "lang"),
    ("uri", "url"),
    ("infosources", "source"),
    ("copyrightholder", "source"),
];

impl Reader for Ninjs {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let source = decoded.text.as_str();
        let broken = |error| json::broken(&error, "not a JSON object of ninjs, nor a list of them");
        let is_list = source.trim_start().starts_with('[');
        let items: Vec<&RawValue> = if is_list {
            serde_json::from_str(source).map_err(broken)?
        } else {
            vec![serde_json::from_str(source).map_err(broken)?]
        };
        let mut entries = Entries { is_single: !is_list, ..Entries::default() };
        for (number, item) in (1..).zip(items) {
            let object = serde_json::from_str::<Object<'_>>(item.get());
            match object.map(|item| entry(source, &item, &mut entries)) {
                Ok(Some(entry)) => entries.found.push(entry),
                Ok(None) => entries.notes.push(format!("item {number}: no text")),
                Err(_) => entries.notes.push(format!("item {number}: not an object")),
            }
        }
        entries.finish(&file.path, decoded, Ok(()), "no item with a text")
    }
}

/// An item with a body.
fn entry(source: &str, item: &Object<'_>, entries: &mut Entries) -> Option<Entry> {
    let strand = |key: &str| {
        item.get(key)
            .and_then(|raw| json::strand(source, raw))
            .filter(|strand| !strand.text.trim().is_empty())
    };
    let listed = |key: &str| item.get(key).and_then(|raw| of_list(source, raw));
    let headline = strand("headline")
        .or_else(|| listed("headlines").map(|(strand, _)| strand))
        .or_else(|| strand("title"));
    let markup = strand("body_xhtml").or_else(|| strand("body_html"));
    let (body, is_markup) = match markup {
        Some(markup) => (markup, true),
        None => strand("body_text").map(|text| (text, false)).or_else(|| listed("bodies"))?,
    };
    let mut entry = Entry { headline: headline.unwrap_or_default(), body, is_markup, ..Entry::default() };
    entry.id = item.get("uri").and_then(|uri| json::plain(uri));
    for (key, field) in FIELDS {
        if let Some(value) = item.get(key).and_then(|value| json::plain(value)) {
            entries.fill(&mut entry.metadata, field, &value);
        }
    }
    Some(entry)
}

/// The best of the values that ninjs 2 lists, each with a role and a type, and whether it is markup: the main
/// headline, the body in HTML.
fn of_list(source: &str, raw: &RawValue) -> Option<(Strand, bool)> {
    let items: Vec<Object<'_>> = serde_json::from_str(raw.get()).ok()?;
    let said = |item: &Object<'_>, key: &str| {
        let key = item.keys().find(|known| known.eq_ignore_ascii_case(key))?;
        json::plain(item[key]).map(|value| value.to_lowercase())
    };
    let rank = |item: &Object<'_>| {
        let role = said(item, "role");
        let is_main = role.as_deref().is_none_or(|role| role.contains("main") || role.contains("full"));
        let is_markup = said(item, "contenttype").is_some_and(|kind| kind.contains("html"));
        (is_main, is_markup)
    };
    // Of equals the first.
    let best = items.iter().rev().max_by_key(|item| rank(item))?;
    Some((json::strand(source, best.get("value")?)?, rank(best).1))
}
