//! JSON Lines: one record, one document.

use super::Error;
use super::reader::{Extracted, File, Reader};
use crate::corpus::{Document, Metadata, Skipped};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};
use std::io::BufRead;

/// `.jsonl` and `.ndjson`, read line by line; `id` and `text`, and the fields of the metadata.
pub(super) struct JsonLines;

impl Reader for JsonLines {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let mut extracted = Extracted::default();
        let mut lines = file.lines()?;
        let mut seen = FxHashMap::default();
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if lines.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let bytes =
                if number == 1 { line.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&line) } else { &line };
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let mut note = |reason: String| {
                extracted.skipped.push(Skipped::new(&file.path, format!("line {number}: {reason}")));
            };
            match record(&file.path, number, bytes, &mut note) {
                Ok(document) => match seen.insert(document.path.clone(), number) {
                    Some(first) => note(format!("the id `{}` was used on line {first}", document.id())),
                    None => extracted.documents.push(document),
                },
                Err(reason) => note(reason),
            }
        }
        Ok(extracted)
    }
}

pub(super) fn not_an_object(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line").next().unwrap_or(&text);
    format!("not a JSON object ({text} at column {})", error.column())
}

/// The document of a line. A field that cannot be read is noted, and the record is read without it.
fn record(path: &str, number: usize, line: &[u8], note: &mut impl FnMut(String)) -> Result<Document, String> {
    let mut object: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| not_an_object(&error))?;
    let id = match object.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        None | Some(Value::Null) => format!("L{number}"),
        Some(_) => return Err("`id` is neither a text nor a number".to_owned()),
    };
    let Some(Value::String(text)) = object.remove("text") else { return Err("no `text`".to_owned()) };
    if text.len() as u64 > super::MAX_DOCUMENT {
        return Err(format!("`text` is longer than {} bytes", super::MAX_DOCUMENT));
    }
    let mut metadata = Metadata::default();
    for key in Metadata::KEYS {
        let value = object.get(key).and_then(|value| Metadata::text_of(key, value));
        let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
        if let Err(message) = metadata.set(key, &value) {
            note(format!("`{key}` is passed over: {message}"));
        }
    }
    Ok(Document { metadata, record: Some(id.clone()), ..Document::plain(format!("{path}#{id}"), text) })
}

#[cfg(test)]
mod tests {
    use super::{File, JsonLines, Reader};

    #[test]
    fn a_bad_line_is_named_and_the_rest_is_read() {
        let lines = "\u{feff}{\"id\":\"a\",\"text\":\"x\",\"published\":\"2024\"}\n\n{\"id\":1,\"text\":\"y\"}\n{oops\n{\"id\":\"a\",\"text\":\"z\"}\n{\"id\":\"b\"}\n{\"text\":\"last\",\"published\":\"19 June\"}";
        let read =
            JsonLines.read(&File::of_bytes("f.jsonl", lines.as_bytes())).expect("the file can be read");
        let paths: Vec<&str> = read.documents.iter().map(|document| document.path.as_str()).collect();
        assert_eq!(paths, ["f.jsonl#a", "f.jsonl#1", "f.jsonl#L7"]);
        let reasons: Vec<&str> = read.skipped.iter().map(|skipped| skipped.reason.as_str()).collect();
        assert_eq!(
            reasons,
            [
                "line 4: not a JSON object (key must be a string at column 2)",
                "line 5: the id `a` was used on line 1",
                "line 6: no `text`",
                "line 7: `published` is passed over: `19 June` is not a date such as 2024-06-19, 2024-06 or 2024"
            ]
        );
    }
}
