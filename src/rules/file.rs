//! Rule files as they are written.

use super::entity::EntityKind;
use super::rule::{AsOf, DateGrain, Guards, Scope, Severity};
use super::text_or::TextOr;
use crate::corpus::Dateline;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub(super) format: u32,
    pub(super) pack: String,
    #[serde(default = "english")]
    pub(super) language: String,
    #[serde(default)]
    pub(super) entity: Vec<EntityEntry>,
    #[serde(default)]
    pub(super) rule: Vec<RuleEntry>,
}

fn english() -> String {
    "en".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntityEntry {
    pub(super) id: Spanned<String>,
    #[serde(rename = "type")]
    pub(super) kind: EntityKind,
    pub(super) names: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) short: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) roles: Vec<Spanned<String>>,
    pub(super) within: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    pub(super) id: Spanned<String>,
    pub(super) summary: String,
    pub(super) patterns: Vec<Spanned<TextOr<PatternEntry>>>,
    pub(super) key: Vec<Spanned<TextOr<KeyEntry>>>,
    pub(super) value: Option<Spanned<String>>,
    pub(super) polarity: Option<Polarity>,
    #[serde(default)]
    pub(super) as_of: AsOf,
    pub(super) fresh: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) rounding: bool,
    #[serde(default)]
    pub(super) scope: Scope,
    #[serde(default)]
    pub(super) severity: Severity,
    pub(super) message: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) deny: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) require_any: Vec<String>,
    #[serde(default)]
    pub(super) guard: Guards,
    #[serde(default)]
    pub(super) test: Vec<RuleTest>,
    #[serde(default)]
    pub(super) extract: Vec<ExtractTest>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternEntry {
    #[serde(rename = "match")]
    pub(super) text: String,
    #[serde(default)]
    pub(super) default: BTreeMap<String, String>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyEntry {
    pub(super) set: Option<Vec<String>>,
    pub(super) date: Option<String>,
    pub(super) same: Option<DateGrain>,
}

#[derive(Clone, Copy, Deserialize)]
pub(super) enum Polarity {
    #[serde(rename = "yes/no")]
    YesNo,
}

/// Articles that must be flagged, or must not.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleTest {
    /// Together they must give no finding of this rule.
    #[serde(default)]
    pub valid: Vec<TestArticle>,
    /// Together they must give one.
    #[serde(default)]
    pub invalid: Vec<TestArticle>,
    /// The kind of finding: `conflict` (default) or `disputed`.
    #[serde(default)]
    pub expect: Expectation,
}

/// How sources are to disagree in a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// As narrators.
    #[default]
    Conflict,
    /// As narrator and speaker.
    Disputed,
}

/// One article of a test: a text, or a text with what is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestArticle {
    /// The text.
    pub text: String,
    /// The day it speaks from.
    pub published: Option<Dateline>,
    /// Who published it.
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleTable {
    text: String,
    published: Option<toml::Value>,
    source: Option<String>,
}

impl<'de> Deserialize<'de> for TestArticle {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = match TextOr::<ArticleTable>::deserialize(deserializer)? {
            TextOr::Text(text) => return Ok(Self { text, published: None, source: None }),
            TextOr::Table(table) => table,
        };
        let published =
            table.published.map(|date| Dateline::parse(date.to_string().trim_matches('"'))).transpose();
        Ok(Self {
            text: table.text,
            published: published.map_err(serde::de::Error::custom)?,
            source: table.source,
        })
    }
}

/// A text and what is read from it; an empty `is` says that nothing is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtractTest {
    /// The text.
    pub text: String,
    /// What the slots hold: ids of entities, normal forms of values.
    #[serde(default)]
    pub is: BTreeMap<String, String>,
}
