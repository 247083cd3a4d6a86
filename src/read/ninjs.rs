//! ninjs 1 and 2, the JSON of the IPTC for news.

use super::Error;
use super::feed::{Entries, Entry};
use super::json::{self, Object};
use super::prose::Strand;
use super::reader::{Extracted, File, Reader};
use crate::corpus::Origin;
use serde_json::value::RawValue;
use std::sync::Arc;

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
        let broken = |error: &serde_json::Error| Error::Broken {
            place: format!("line {}, column {}", error.line(), error.column()),
            message: "not a JSON object of ninjs, nor a list of them".to_owned(),
        };
        let items: Vec<&RawValue> = if source.trim_start().starts_with('[') {
            serde_json::from_str(source).map_err(|error| broken(&error))?
        } else {
            vec![serde_json::from_str(source).map_err(|error| broken(&error))?]
        };
        let mut entries = Entries { is_single: !source.trim_start().starts_with('['), ..Entries::default() };
        for (number, item) in (1..).zip(items) {
            match serde_json::from_str::<Object<'_>>(item.get())
                .map(|item| entry(source, &item, &mut entries))
            {
                Ok(Some(entry)) => entries.found.push(entry),
                Ok(None) => entries.notes.push(format!("item {number}: no text")),
                Err(_) => entries.notes.push(format!("item {number}: not an object")),
            }
        }
        if entries.found.is_empty() {
            return Err(Error::Broken {
                place: "the file".to_owned(),
                message: "no item with a text".to_owned(),
            });
        }
        let origin = Arc::new(Origin::new(decoded.text, decoded.encoding));
        Ok(entries.into_documents(&file.path, &origin))
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
        let mut found = crate::corpus::Metadata::default();
        if let Some(value) = item.get(key).and_then(|value| json::plain(value)) {
            entries.set(&mut found, field, &value);
            entry.metadata.fill_from(&found);
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
