//! Texts of JSON files, with the way back to their bytes.

use super::Error;
use super::prose::Strand;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What is wrong in a file, with its place.
pub(super) fn broken(error: &serde_json::Error, message: &str) -> Error {
    Error::broken(format!("line {}, column {}", error.line(), error.column()), message)
}

/// The members of an object as they stand in the file.
pub(super) type Object<'a> = BTreeMap<String, &'a RawValue>;

/// A text of the file `source`, which `raw` is a part of; a value that is no text gives none.
pub(super) fn strand(source: &str, raw: &RawValue) -> Option<Strand> {
    let literal = raw.get().trim();
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    // `raw` borrows from `source`, so the distance between them is its place.
    let start = (inner.as_ptr() as usize).checked_sub(source.as_ptr() as usize)?;
    source.get(start..start + inner.len())?;
    let mut strand = Strand::default();
    let mut at = 0;
    while at < inner.len() {
        let plain = memchr::memchr(b'\\', &inner.as_bytes()[at..]).unwrap_or(inner.len() - at);
        strand.push(&inner[at..at + plain], start + at..start + at + plain);
        at += plain;
        if at < inner.len() {
            let length = escape_length(&inner[at..]);
            let literal = format!("\"{}\"", &inner[at..at + length]);
            let decoded: String =
                serde_json::from_str(&literal).unwrap_or_else(|_| char::REPLACEMENT_CHARACTER.into());
            strand.push_unit(&decoded, start + at..start + at + length);
            at += length;
        }
    }
    Some(strand)
}

/// The bytes of an escape; two halves of one character count as one.
fn escape_length(text: &str) -> usize {
    let unit = |text: &str| text.get(2..6).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let length = match text.as_bytes().get(1) {
        Some(b'u') => match (unit(text), text.get(6..)) {
            (Some(0xd800..=0xdbff), Some(rest)) if rest.starts_with("\\u") => 12,
            _ => 6,
        },
        _ => 2,
    };
    let length = length.min(text.len());
    (length..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len())
}

/// A text, a number, or what an object or the first of a list is called.
pub(super) fn plain(raw: &RawValue) -> Option<String> {
    fn text(value: &serde_json::Value) -> Option<String> {
        match value {
            serde_json::Value::String(text) => Some(text.clone()),
            serde_json::Value::Number(number) => Some(number.to_string()),
            serde_json::Value::Array(items) => items.first().and_then(text),
            serde_json::Value::Object(object) => object.get("name").or(object.get("value")).and_then(text),
            _ => None,
        }
    }
    let value: serde_json::Value = serde_json::from_str(raw.get()).ok()?;
    text(&value).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Object, strand};

    #[test]
    fn escapes_lead_back_to_their_bytes() {
        let source = r#"{ "a": "x\n\u00e9\ud83d\ude00 \ud83d y" }"#;
        let object: Object<'_> = serde_json::from_str(source).expect("it is JSON");
        let strand = strand(source, object["a"]).expect("it is a text");
        assert_eq!(strand.text, "x\né😀 \u{fffd} y");
        let at = strand.text.find('y').expect("it stands there") as u32;
        assert_eq!(&source[strand.map.start(at) as usize..strand.map.end(at + 1) as usize], "y");
        let (from, to) = (strand.map.start(2), strand.map.end(8));
        assert_eq!(&source[from as usize..to as usize], r"\u00e9\ud83d\ude00");
    }
}
