//! Metadata at the head of a Markdown file, in YAML or TOML.

use crate::corpus::Metadata;
use std::collections::BTreeMap;

/// Names that front matter uses in the wild for the fields of [`Metadata`].
const ALIASES: [(&str, &str); 12] = [
    ("date", "published"),
    ("pubdate", "published"),
    ("publishdate", "published"),
    ("publish_date", "published"),
    ("lastmod", "modified"),
    ("updated", "modified"),
    ("last_modified_at", "modified"),
    ("permalink", "url"),
    ("publisher", "source"),
    ("canonical", "url"),
    ("language", "lang"),
    ("headline", "title"),
];

/// Reads YAML front matter; keys that are not known belong to others and are passed over.
///
/// # Errors
///
/// What is not YAML, as a message for people.
pub(super) fn yaml(text: &str) -> Result<(Metadata, Vec<String>), String> {
    let fields: BTreeMap<String, serde_json::Value> = serde_saphyr::from_str(text)
        .map_err(|error| error.to_string().lines().next().unwrap_or("not YAML").to_owned())?;
    Ok(collect(
        fields.iter().map(|(key, value)| (key.as_str(), Metadata::text_of(&key.to_lowercase(), value))),
    ))
}

/// Reads TOML front matter.
///
/// # Errors
///
/// What is not TOML, as a message for people.
pub(super) fn toml(text: &str) -> Result<(Metadata, Vec<String>), String> {
    let fields: toml::Table = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    Ok(collect(fields.iter().map(|(key, value)| {
        let text = match value {
            toml::Value::Datetime(date) => Some(date.to_string()),
            other => {
                let value = serde_json::to_value(other).unwrap_or_default();
                Metadata::text_of(&key.to_lowercase(), &value)
            }
        };
        (key.as_str(), text)
    })))
}

/// The fields, and messages about those that cannot be read.
fn collect<'a>(fields: impl Iterator<Item = (&'a str, Option<String>)>) -> (Metadata, Vec<String>) {
    let mut metadata = Metadata::default();
    let mut faults = Vec::new();
    for (key, value) in fields {
        let lower = key.to_lowercase();
        let name = ALIASES.iter().find(|(alias, _)| *alias == lower).map_or(lower.as_str(), |(_, name)| name);
        if let Some(Err(message)) = value.map(|value| metadata.set(name, &value)) {
            faults.push(format!("`{key}`: {message}"));
        }
    }
    (metadata, faults)
}
