//! A rule that is ready to run.

use super::entity::EntityId;
use super::file::{ExtractTest, RuleTest};
use super::pattern::Pattern;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of a rule: kebab-case, unique over all packs.
pub type RuleId = String;

/// How much a finding matters.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AsOf {
    /// A fixed fact of the past: always compared.
    #[default]
    Event,
    /// May change: compared only between datelines within [`Rule::fresh_days`].
    Dateline,
}

/// Which articles are compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Guard {
    /// It counts, is marked, and lowers the severity; what is planned is compared with plans only.
    Mark,
    /// It is passed over.
    Skip,
    /// It counts like any other: a plan is compared with what happened.
    Same,
    /// What may be soon is not yet so: a no that holds up to the day of the article.
    Onset,
}

/// The guards of a rule; safe by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Guards {
    /// "reportedly", "appears to".
    pub hedged: Guard,
    /// "officials said".
    pub reported: Guard,
    /// "the union claims": somebody who has a side. Skipped for values and marked for yes and no, unless said otherwise.
    pub partial: Option<Guard>,
    /// "will", "is set to".
    pub future: Guard,
    /// "if", "would".
    pub hypothetical: Guard,
    /// "In 1908": what happened long before the article, which else is another event than the article's.
    pub past: Guard,
}

impl Default for Guards {
    fn default() -> Self {
        Self {
            hedged: Guard::Mark,
            reported: Guard::Mark,
            partial: None,
            future: Guard::Skip,
            hypothetical: Guard::Skip,
            past: Guard::Skip,
        }
    }
}

/// One part of a claim's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyPart {
    /// Words that stand for themselves.
    Literal(String),
    /// The entity in a slot.
    Slot(usize),
    /// The last word of the noun in a slot, or the entity in it.
    Head(usize),
    /// The entities in slots, in any order.
    Set(Vec<usize>),
    /// The date in a slot, which must be told at least as finely as this.
    Date(usize, DateGrain),
    /// The event that the article is about: compared with articles on the same story only.
    Story,
    /// The same, unless all that the key names is known: two people may have one name.
    StoryUnlessKnown,
}

/// Which claims of an article are held against others, where it makes several of one key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Take {
    /// Each.
    #[default]
    All,
    /// The largest: the others are parts of the whole.
    Largest,
}

/// How finely dates must agree to name one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
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
    /// Who does something to whom, by two slots.
    Roles(usize, usize),
    /// What came first, and what after it, by two slots.
    Order(usize, usize),
}

/// How many values a key can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cardinality {
    /// One: two that differ conflict.
    #[default]
    One,
    /// Any number: two that differ are both so.
    Many,
    /// This one and no other: conflicts with every other.
    Only,
}

/// What a claim tells of the time that its subject has existed.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema, serde::Serialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// When it began: was founded, was born, broke out.
    Start,
    /// When it ended: was dissolved, died.
    End,
    /// A time in between.
    During,
}

/// One pattern of a rule, with what holds for it alone.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// What has to stand in the sentence.
    pub pattern: Pattern,
    /// What must not.
    pub deny: Vec<Pattern>,
    /// Words of which one must, in lower case; empty asks for nothing.
    pub require_any: Vec<String>,
    /// Entities that stand in for slots the pattern leaves out, where the paragraph names them.
    pub defaults: Vec<(usize, EntityId)>,
    /// How many values the key can have, where this says otherwise than the rule.
    pub cardinality: Cardinality,
    /// Whether the pattern itself says no: "was acquitted".
    pub says_no: bool,
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
    pub phrases: Vec<Phrase>,
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
    /// Which of an article's claims count.
    pub take: Take,
    /// Whether round figures agree with what rounds to them.
    pub rounding: bool,
    /// How far two amounts may be apart, as a part of the larger one.
    pub tolerance: Decimal,
    /// The happening in this slot, during which the value must lie.
    pub within: Option<usize>,
    /// What it tells of the time of the entity in a slot.
    pub bounds: Vec<(Bound, usize)>,
    /// Whether yes holds from some day on, so that "not yet" on a later day contradicts it.
    pub onset: bool,
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
    /// The name of its pack.
    pub pack: String,
}

/// What is known from a source that is trusted: from when to when something was.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What is spoken of: a state, a war, a person.
    pub subject: EntityId,
    /// The office that a person held, and of what.
    pub office: Option<(String, EntityId)>,
    /// Its first day.
    pub from: Option<jiff::civil::Date>,
    /// Its last day.
    pub to: Option<jiff::civil::Date>,
    /// Who says so.
    pub source: String,
    /// The name of its pack.
    pub pack: String,
    /// The file it stands in, by its place among [`RuleSet::fact_files`](super::RuleSet::fact_files).
    pub file: usize,
    /// Where it stands there.
    pub span: crate::corpus::Span,
}
