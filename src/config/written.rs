//! The configuration as it is written: what `twicetold.toml` may hold.

use crate::matching::Ratio;
use crate::rules::Severity;
use crate::value::DateOrder;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use toml::Spanned;

/// A configuration of `twicetold`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Written {
    /// Another configuration that this one adds to, relative to this file: lists add up, single values are replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(super) extend: Option<Spanned<String>>,
    /// Which versions of the program it is for, such as ">=0.1, <0.3".
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(super) required_version: Option<Spanned<String>>,
    /// What is read, and how.
    pub(super) corpus: CorpusSection,
    /// What counts as a copy.
    pub(super) duplicates: DuplicatesSection,
    /// Which claims are read, and how they are compared.
    pub(super) conflicts: ConflictsSection,
    /// How much findings matter, by code (TT101), name, family (TT1) or rule; the narrowest name decides.
    #[schemars(with = "BTreeMap<String, Severity>")]
    pub(super) rules: BTreeMap<Spanned<String>, Severity>,
    /// Other severities for findings with a place in some files; of several entries the last one decides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<OverrideEntry>")]
    pub(super) overrides: Vec<Spanned<OverrideEntry>>,
    /// Findings that are known and allowed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<AllowEntry>")]
    pub(super) allow: Vec<Spanned<AllowEntry>>,
}

/// What is read, and how.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct CorpusSection {
    /// Globs of files and folders to leave out, from the folder of this file.
    #[schemars(with = "Vec<String>")]
    pub(super) exclude: Vec<Spanned<String>>,
    /// What is known about the articles, by path glob (TOML or JSON Lines), relative to this file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) metadata: Option<String>,
    /// Tables of page furniture, relative to this file; they come before the built-in one.
    pub(super) furniture: Vec<String>,
    /// The format of all files, instead of by their names and content.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(super) input_format: Option<Spanned<String>>,
    /// The encoding of all files (utf-8, windows-1252 …), instead of by their bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(super) encoding: Option<Spanned<String>>,
}

/// What counts as a copy.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct DuplicatesSection {
    /// Near copies share at least this part of all their 3-word shingles.
    #[schemars(with = "Option<f64>", range(max = 1.0))]
    pub(super) jaccard: Option<Ratio>,
    /// Excerpts share at least this part of the smaller block's shingles.
    #[schemars(with = "Option<f64>", range(max = 1.0))]
    pub(super) containment: Option<Ratio>,
    /// Blocks of fewer words are not compared.
    pub(super) min_words: Option<usize>,
    /// Only what stands in more than one article.
    pub(super) cross_only: Option<bool>,
}

/// Which claims are read, and how they are compared.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct ConflictsSection {
    /// Rule files and folders of them, relative to this file.
    pub(super) rule_files: Vec<String>,
    /// Packs whose rules are switched off, by their names.
    #[schemars(with = "Vec<String>")]
    pub(super) disable: Vec<Spanned<String>>,
    /// How 03/04/2019 is read.
    pub(super) date_order: Option<DateOrder>,
    /// All articles are tellings of one story, which else their names and days decide.
    pub(super) one_story: Option<bool>,
}

/// Other severities for some files.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OverrideEntry {
    /// Globs of files and folders.
    #[schemars(with = "Vec<String>")]
    pub(super) files: Vec<Spanned<String>>,
    /// Severities, as under [rules].
    #[schemars(with = "BTreeMap<String, Severity>")]
    pub(super) rules: BTreeMap<Spanned<String>, Severity>,
}

/// A decision of the editor.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AllowEntry {
    /// The rule, or the code.
    #[schemars(with = "String")]
    pub(super) rule: Spanned<String>,
    /// The articles, or the folders they lie in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) between: Vec<String>,
    /// Words of one side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) quote: Option<String>,
    /// Why.
    pub(super) reason: String,
    /// The last day, such as 2027-01-31.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub(super) until: Option<Spanned<toml::Value>>,
}

/// The JSON Schema of a configuration (draft 2020-12), for editors that complete and check while one writes.
pub fn config_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Written).to_value();
    if let Some(map) = schema.as_object_mut() {
        map.insert("title".to_owned(), "twicetold configuration".into());
    }
    schema
}

/// The section that a key belongs to, where there is one.
pub(super) fn section_of(key: &str) -> Option<String> {
    let schema = config_schema();
    let sections = schema["properties"].as_object()?.iter();
    let holds = |section: &serde_json::Value| {
        let name = section["$ref"].as_str().and_then(|at| at.rsplit('/').next())?;
        schema["$defs"][name]["properties"].get(key).map(drop)
    };
    sections.filter(|(_, section)| holds(section).is_some()).map(|(name, _)| name.clone()).next()
}
