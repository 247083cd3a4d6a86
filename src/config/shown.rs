//! The settled configuration as a file of its own, each line with where it is written.

use super::layers::{Layer, Layers};
use super::written::{ConflictsSection, CorpusSection, DuplicatesSection, Written};
use crate::copies::CopyOptions;
use crate::corpus::shown_path;
use std::fmt::Write;
use toml::Spanned;

/// The furthest column that the remarks behind lines move to.
const WIDEST: usize = 60;

impl Layers {
    /// All that holds, as TOML that means the same if it is read in the same folder; behind each line stands where it is
    /// written.
    pub fn shown(&self) -> String {
        // By way of text, as dates are written only there.
        let text = toml::to_string(&self.merged()).unwrap_or_default();
        let table: toml::Table = text.parse().unwrap_or_default();
        let mut lines: Vec<(String, String)> = Vec::new();
        for (section, value) in &table {
            match value {
                toml::Value::Table(keys) => {
                    lines.push(Default::default());
                    lines.push((format!("[{section}]"), String::new()));
                    for (key, value) in keys {
                        let written = |layer: &&Layer| {
                            layer.table.get(section).is_some_and(|table| table.get(key).is_some())
                        };
                        lines.push((line(key, value), self.origin(written, value.is_array())));
                    }
                }
                toml::Value::Array(entries) => {
                    let origins = self.0.iter().flat_map(|layer| {
                        let count =
                            layer.table.get(section).and_then(toml::Value::as_array).map_or(0, Vec::len);
                        std::iter::repeat_n(layer.name.as_str(), count)
                    });
                    for (entry, origin) in entries.iter().zip(origins) {
                        lines.push(Default::default());
                        lines.push((format!("[[{section}]]"), origin.to_owned()));
                        let keys = entry.as_table().into_iter().flatten();
                        lines.extend(keys.map(|(key, value)| (line(key, value), String::new())));
                    }
                }
                _ => lines.push((line(section, value), String::new())),
            }
        }
        let widths = lines.iter().map(|(text, _)| text.chars().count()).filter(|width| *width <= WIDEST);
        let width = widths.max().unwrap_or(0);
        let mut out = String::new();
        if let Some(layer) = self.0.iter().rev().find(|layer| layer.is_file()) {
            _ = writeln!(out, "# globs start from {}", layer.base.absolute("").display());
        }
        for (text, origin) in lines.iter().skip_while(|(text, _)| text.is_empty()) {
            let text = if origin.is_empty() { text.clone() } else { format!("{text:width$}  # {origin}") };
            _ = writeln!(out, "{text}");
        }
        out
    }

    /// Where a value comes from: the last that says it, all of them where they add up.
    fn origin(&self, says: impl Fn(&&Layer) -> bool, adds_up: bool) -> String {
        let mut names: Vec<&str> = self.0.iter().filter(says).map(|layer| layer.name.as_str()).collect();
        names.dedup();
        match (names.last(), adds_up) {
            (None, _) => "default".to_owned(),
            (Some(_), true) => names.join(", "),
            (Some(last), false) => (*last).to_owned(),
        }
    }

    /// A path that may be read from anywhere.
    fn absolute(&self, path: &str) -> String {
        shown_path(&self.1.absolute(path))
    }

    /// Everything in one, with the defaults.
    fn merged(&self) -> Written {
        let text = |get: &dyn Fn(&Written) -> Option<Spanned<String>>| self.last(get);
        let defaults = CopyOptions::default();
        Written {
            extend: None,
            required_version: None,
            corpus: CorpusSection {
                exclude: self.all(|written| &written.corpus.exclude).cloned().collect(),
                metadata: self
                    .last(|written| written.corpus.metadata.clone())
                    .map(|path| self.absolute(&path)),
                furniture: self
                    .all(|written| &written.corpus.furniture)
                    .map(|path| self.absolute(path))
                    .collect(),
                input_format: text(&|written| written.corpus.input_format.clone())
                    .or_else(|| Some(Spanned::new(0..0, "auto".to_owned()))),
                encoding: text(&|written| written.corpus.encoding.clone()),
            },
            duplicates: DuplicatesSection {
                jaccard: self.last(|written| written.duplicates.jaccard).or(Some(defaults.jaccard)),
                containment: self
                    .last(|written| written.duplicates.containment)
                    .or(Some(defaults.containment)),
                min_words: self.last(|written| written.duplicates.min_words).or(Some(defaults.min_words)),
                cross_only: self.last(|written| written.duplicates.cross_only).or(Some(false)),
            },
            conflicts: ConflictsSection {
                rule_files: self
                    .all(|written| &written.conflicts.rule_files)
                    .map(|path| self.absolute(path))
                    .collect(),
                disable: self.all(|written| &written.conflicts.disable).cloned().collect(),
                date_order: Some(self.last(|written| written.conflicts.date_order).unwrap_or_default()),
                one_story: self.last(|written| written.conflicts.one_story).or(Some(false)),
            },
            rules: self.0.iter().flat_map(|layer| layer.written.rules.clone()).collect(),
            overrides: self.all(|written| &written.overrides).cloned().collect(),
            allow: self.all(|written| &written.allow).cloned().collect(),
        }
    }
}

/// A key and its value; keys that are no bare ones are quoted.
fn line(key: &str, value: &toml::Value) -> String {
    let is_bare =
        !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let key = if is_bare { key.to_owned() } else { toml::Value::from(key).to_string() };
    format!("{key} = {value}")
}
