//! How a language's table of values is written (`rules/values/LANGUAGE.toml`).

use super::grammar::RuleFile;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Words by a number or a name.
type Words = BTreeMap<String, Vec<String>>;

/// How number words are put together in languages that write them in one word.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Compound {
    /// What stands between units and tens: "und".
    pub(super) joint: String,
    /// Endings of ordinals: "te", "ste".
    pub(super) ordinal_endings: Vec<String>,
}

/// A language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LanguageFile {
    #[serde(default)]
    pub(super) soft: Vec<String>,
    #[serde(default)]
    pub(super) idioms: Vec<String>,
    pub(super) figures: FiguresFile,
    pub(super) class: BTreeMap<String, Words>,
    pub(super) numerals: NumeralsFile,
    pub(super) modifiers: Words,
    pub(super) modifiers_behind: Words,
    pub(super) range: Words,
    pub(super) age: Words,
    pub(super) tense: TenseFile,
    pub(super) length_cues: Words,
    pub(super) score_cues: Words,
    #[serde(default)]
    pub(super) rule: Vec<RuleFile>,
    #[serde(default)]
    pub(super) range_rule: Vec<RuleFile>,
    #[serde(default)]
    pub(super) bound_rule: Vec<RuleFile>,
    #[serde(default)]
    pub(super) other_rule: Vec<RuleFile>,
}

/// Figures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FiguresFile {
    pub(super) decimal: char,
}

/// Number words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumeralsFile {
    pub(super) units: Words,
    pub(super) scales: Words,
    pub(super) letters: Words,
    pub(super) ordinals: Words,
    pub(super) words: Words,
    pub(super) vague: Words,
    #[serde(default)]
    pub(super) compound: Option<Compound>,
}

/// Words that tell when a clause takes place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TenseFile {
    pub(super) future: Vec<String>,
    pub(super) past: Vec<String>,
    pub(super) past_endings: Vec<String>,
    pub(super) not_past: Vec<String>,
}
