//! A rule that is ready to run.

use super::entity::EntityId;
use super::file::{ExtractTest, RuleTest};
use super::pattern::Pattern;
use serde::{Deserialize, Serialize};

/// The name of a rule: kebab-case, unique over all packs.
pub type RuleId = String;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Not reported.
    Off,
    /// Worth knowing.
    Info,
    /// Worth a look.
    Warning,
    /// Must be mended.
    #[default]
    Error,
}

impl Severity {
    /// The name used in output and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// One step lower, down to info.
    #[must_use]
    pub fn lowered(self) -> Self {
        match self {
            Self::Error => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
            Self::Off => Self::Off,
        }
    }
}

/// From when a claim speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AsOf {
    /// A fixed fact of the past: always compared.
    #[default]
    Event,
    /// May change: compared only between datelines within [`Rule::fresh_days`].
    Dateline,
}

/// Which articles are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Statements of one article.
    Within,
    /// Statements of different articles.
    Across,
    /// Either.
    #[default]
    Both,
}

/// What to do with a statement that is not plainly said to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guard {
    /// It counts, is marked, and lowers the severity.
    Mark,
    /// It is passed over.
    Skip,
}

/// The guards of a rule; safe by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Guards {
    /// "reportedly", "appears to".
    pub hedged: Guard,
    /// "officials said".
    pub reported: Guard,
    /// "will", "is set to".
    pub future: Guard,
    /// "if", "would".
    pub hypothetical: Guard,
}

impl Default for Guards {
    fn default() -> Self {
        Self { hedged: Guard::Mark, reported: Guard::Mark, future: Guard::Skip, hypothetical: Guard::Skip }
    }
}

/// One part of a claim's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// Words that stand for themselves.
    Literal(String),
    /// The entity in a slot.
    Slot(usize),
    /// The entities in slots, in any order.
    Set(Vec<usize>),
    /// The date in a slot, which must be told at least as finely as this.
    Date(usize, DateGrain),
}

/// How finely dates must agree to name one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateGrain {
    /// On one day.
    Day,
    /// In one month.
    Month,
    /// In one year.
    Year,
}

/// What a rule takes for the value of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueSpec {
    /// What stands in a slot.
    Slot(usize),
    /// The first unit of the range in a slot.
    Start(usize),
    /// The last unit of the range in a slot.
    End(usize),
    /// Whether it is so.
    YesNo,
}

/// A rule that is ready to run.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its name.
    pub id: RuleId,
    /// The file it stands in; `builtin:` and a name for those that come with the program.
    pub file: String,
    /// The language it reads, as a BCP 47 primary tag.
    pub language: String,
    /// What it reads, in one sentence.
    pub summary: String,
    /// The names of its slots; the same in every pattern.
    pub slots: Vec<String>,
    /// Sentences it knows, each an alternative.
    pub patterns: Vec<Pattern>,
    /// What must not stand in the sentence.
    pub deny: Vec<Pattern>,
    /// Words of which one must stand in the sentence, in lower case; empty asks for nothing.
    pub require_any: Vec<String>,
    /// What a claim is about.
    pub key: Vec<KeyPart>,
    /// What it says.
    pub value: ValueSpec,
    /// From when it speaks.
    pub as_of: AsOf,
    /// How many days apart two datelines may be for claims that change.
    pub fresh_days: i64,
    /// Whether round figures agree with what rounds to them.
    pub rounding: bool,
    /// Which articles are compared.
    pub scope: Scope,
    /// What to do with statements that are not plain.
    pub guards: Guards,
    /// How much a conflict matters.
    pub severity: Severity,
    /// The question a conflict raises, with slots, `{key}` and `{sides}` in braces.
    pub message: Option<String>,
    /// Articles to be flagged, or not.
    pub tests: Vec<RuleTest>,
    /// Texts and what is read from them.
    pub extracts: Vec<ExtractTest>,
    /// Entities that stand in for slots a pattern leaves out, by pattern and slot.
    pub defaults: Vec<Vec<(usize, EntityId)>>,
}
