//! What is known about documents from outside: a file of path globs and fields.
//!
//! TOML, a table for each glob, or JSON Lines as a content system exports them:
//!
//! ```toml
//! ["001_*.txt"]
//! published = 2024-06-19
//! source = "Fox News"
//! ```
//!
//! ```json
//! {"path": "001_*.txt", "published": "2024-06-19", "source": "Fox News"}
//! ```

use super::Error;
use crate::corpus::{Document, Fault, Metadata, PathGlobs, nearest, shown_path};
use std::path::Path;

/// Globs and what they say of the documents they match; later entries win.
#[derive(Clone, Debug, Default)]
pub struct MetadataTable {
    entries: Vec<(PathGlobs, Metadata)>,
}

impl MetadataTable {
    /// Reads a metadata file; `.jsonl` and `.ndjson` are JSON Lines, everything else TOML.
    ///
    /// # Errors
    ///
    /// A file that cannot be opened, a key or a date that is none, with the place.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let name = shown_path(path);
        let text = std::fs::read_to_string(path)
            .map_err(|error| Error::Metadata(Fault::unreadable(path, &error)))?;
        let is_lines = path.extension().is_some_and(|e| e == "jsonl" || e == "ndjson");
        if is_lines { Self::from_json_lines(&name, &text) } else { Self::from_toml(&name, &text) }
            .map_err(Error::Metadata)
    }

    fn from_toml(path: &str, text: &str) -> Result<Self, Fault> {
        let table: toml::Table =
            toml::from_str(text).map_err(|error| Fault::from_toml(path, text, &error))?;
        let mut out = Self::default();
        for (glob, fields) in &table {
            let place = |needle: &str| {
                let header = text.find(glob.as_str()).unwrap_or(0);
                header + text[header..].find(needle).unwrap_or(0)
            };
            let fields = fields.as_table().ok_or_else(|| {
                Fault::at(path, text, place(glob), format!("`{glob}` is not a table"))
                    .with_help("write [\"GLOB\"] and the fields below it")
            })?;
            let fields = fields.iter().map(|(key, value)| (key.as_str(), toml_text(key, value)));
            out.add(glob, fields).map_err(|(key, message, help)| Fault {
                help,
                ..Fault::at(path, text, place(&key), message)
            })?;
        }
        Ok(out)
    }

    fn from_json_lines(path: &str, text: &str) -> Result<Self, Fault> {
        let mut out = Self::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let (at, line) = (start, line.trim());
            start = text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
            if line.is_empty() {
                continue;
            }
            let fault = |message: String| Fault::at(path, text, at, message);
            let object: serde_json::Map<String, serde_json::Value> =
                serde_json::from_str(line).map_err(|error| fault(error.to_string()))?;
            let glob = object
                .get("path")
                .and_then(|path| path.as_str())
                .ok_or_else(|| fault("a line without `path`".to_owned()))?;
            let fields = object
                .iter()
                .filter(|(key, _)| *key != "path")
                .map(|(key, value)| (key.as_str(), Metadata::text_of(key, value)));
            out.add(glob, fields).map_err(|(_, message, help)| Fault { help, ..fault(message) })?;
        }
        Ok(out)
    }

    /// Adds an entry; an error names the key, what is wrong and the way out.
    fn add<'a>(
        &mut self,
        glob: &str,
        fields: impl Iterator<Item = (&'a str, Option<String>)>,
    ) -> Result<(), (String, String, Option<String>)> {
        let globs = PathGlobs::new([glob])
            .map_err(|(_, message)| (glob.to_owned(), format!("`{glob}` is no glob: {message}"), None))?;
        let mut metadata = Metadata::default();
        for (key, value) in fields {
            let value = value.ok_or_else(|| (key.to_owned(), format!("`{key}` is not a text"), None))?;
            let is_known = metadata.set(key, &value).map_err(|message| (key.to_owned(), message, None))?;
            if !is_known {
                let help =
                    nearest(key, Metadata::KEYS.into_iter()).map(|name| format!("did you mean `{name}`?"));
                return Err((key.to_owned(), format!("unknown key `{key}`"), help));
            }
        }
        self.entries.push((globs, metadata));
        Ok(())
    }

    /// Puts what the table knows over what the document says of itself.
    pub(super) fn apply(&self, document: &mut Document) {
        let mut known = Metadata::default();
        let matches = |globs: &PathGlobs| globs.covers(&document.path) || globs.is_match(document.id());
        for (_, metadata) in self.entries.iter().rev().filter(|(globs, _)| matches(globs)) {
            known.fill_from(metadata);
        }
        known.fill_from(&document.metadata);
        document.metadata = known;
    }
}

/// Dates need no quotation marks in TOML.
fn toml_text(key: &str, value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::Datetime(date) => Some(date.to_string()),
        other => Metadata::text_of(key, &serde_json::to_value(other).ok()?),
    }
}

#[cfg(test)]
mod tests {
    use super::MetadataTable;
    use crate::corpus::Document;

    #[test]
    fn toml_and_json_lines_say_the_same() {
        let toml = "[\"a_*.txt\"]\npublished = 2024-06-19\nsource = \"Gazette\"\n";
        let json = "{\"path\":\"a_*.txt\",\"published\":\"2024-06-19\",\"source\":\"Gazette\"}\n";
        for table in [MetadataTable::from_toml("m", toml), MetadataTable::from_json_lines("m", json)] {
            let mut document = Document::plain("news/a_1.txt", "");
            table.expect("both files are right").apply(&mut document);
            assert_eq!(document.metadata.source.as_deref(), Some("Gazette"));
            assert_eq!(
                document.metadata.published.map(|date| date.to_string()).as_deref(),
                Some("2024-06-19")
            );
        }
    }

    #[test]
    fn an_unknown_key_has_a_place_and_a_suggestion() {
        let fault =
            MetadataTable::from_toml("m.toml", "[\"a\"]\npublishd = 2024\n").expect_err("the key is wrong");
        assert_eq!(fault.to_string(), "m.toml:2:1: unknown key `publishd`\nhelp: did you mean `published`?");
    }
}
