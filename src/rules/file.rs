//! Rule files as they are written. Their JSON Schema is made from these types (`twicetold schema rules`).

use super::entity::EntityKind;
use super::rule::{AsOf, Cardinality, DateGrain, Guards, Scope, Severity, Take};
use super::text_or::TextOr;
use crate::corpus::Dateline;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A rule file: claims to read, entities they speak of, and facts to hold them against.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    /// The version of the format: 1.
    pub(super) format: u32,
    /// The name by which the file's rules are switched off together.
    pub(super) pack: String,
    /// The language its patterns read, as a BCP 47 primary tag.
    #[serde(default = "english")]
    pub(super) language: String,
    /// Rule files that this one builds on, relative to it: their entities and definitions hold here too.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) extends: Vec<Spanned<String>>,
    /// Fact files to read as well, relative to this one.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) facts: Vec<Spanned<String>>,
    /// Parts of patterns by the names they have behind `@`.
    #[serde(default)]
    pub(super) define: BTreeMap<String, String>,
    /// Who and what rules speak of.
    #[serde(default)]
    pub(super) entity: Vec<EntityEntry>,
    /// Claims to read.
    #[serde(default)]
    pub(super) rule: Vec<RuleEntry>,
    /// What comes before what.
    #[serde(default)]
    pub(super) order: Vec<OrderEntry>,
    /// What is known.
    #[serde(default)]
    #[schemars(with = "Vec<FactEntry>")]
    pub(super) fact: Vec<Spanned<FactEntry>>,
}

fn english() -> String {
    "en".to_owned()
}

/// A person, a state, a company, a place or a happening.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EntityEntry {
    /// Its name in rule files.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// What it is.
    #[serde(rename = "type")]
    pub(super) kind: EntityKind,
    /// Names that stand for nobody else; the first is shown.
    #[schemars(with = "Vec<String>")]
    pub(super) names: Vec<Spanned<String>>,
    /// Parts of names that others may share.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) short: Vec<Spanned<String>>,
    /// Offices and descriptions.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) roles: Vec<Spanned<String>>,
    /// The place it lies in, by its id.
    #[schemars(with = "Option<String>")]
    pub(super) within: Option<Spanned<String>>,
}

/// A rule: a claim to read, and how two of them are compared.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleEntry {
    /// Its name: kebab-case, unique over all packs.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// What it reads, in one sentence.
    #[serde(default)]
    pub(super) summary: String,
    /// Sentences it knows, each an alternative.
    #[schemars(with = "Vec<TextOr<PatternEntry>>")]
    pub(super) patterns: Vec<Spanned<TextOr<PatternEntry>>>,
    /// What the claim is about: slots in braces, `{story}` or `{story?}`, and words that stand for themselves.
    #[schemars(with = "Vec<TextOr<KeyEntry>>")]
    pub(super) key: Vec<Spanned<TextOr<KeyEntry>>>,
    /// The slot that holds what is said.
    #[schemars(with = "Option<String>")]
    pub(super) value: Option<Spanned<String>>,
    /// Says that the claim is whether it is so.
    pub(super) polarity: Option<Polarity>,
    /// Two slots, in braces: who does it, and to whom. Conflicts with the same the other way round.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) roles: Option<Spanned<Vec<String>>>,
    /// How many values a key can have.
    #[serde(default)]
    pub(super) cardinality: Cardinality,
    /// Whether it may change.
    #[serde(default)]
    pub(super) as_of: AsOf,
    /// How long a claim that may change stays comparable: 30d, 4w.
    #[schemars(with = "Option<String>")]
    pub(super) fresh: Option<Spanned<String>>,
    /// Which of an article's claims of one key count.
    #[serde(default)]
    pub(super) take: Take,
    /// Whether round figures agree with what rounds to them.
    #[serde(default)]
    pub(super) rounding: bool,
    /// How far amounts may be apart: 2%.
    #[schemars(with = "Option<String>")]
    pub(super) tolerance: Option<Spanned<String>>,
    /// The slot of a happening, in whose time the value must lie.
    #[schemars(with = "Option<String>")]
    pub(super) within: Option<Spanned<String>>,
    /// What it tells of the lifetime of what stands in a slot.
    #[serde(default)]
    pub(super) implies: ImpliesEntry,
    /// Whether yes holds from some day on.
    #[serde(default)]
    pub(super) onset: bool,
    /// Which articles are compared; of a story only different ones, unless said otherwise.
    pub(super) scope: Option<Scope>,
    /// How much a conflict matters.
    #[serde(default)]
    pub(super) severity: Severity,
    /// The question a conflict raises, with slots, `{key}` and `{sides}` in braces.
    #[schemars(with = "Option<String>")]
    pub(super) message: Option<Spanned<String>>,
    /// Patterns that must not stand in the sentence.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) deny: Vec<Spanned<String>>,
    /// Words of which one must stand in the sentence.
    #[serde(default)]
    pub(super) require_any: Vec<String>,
    /// What to do with statements that are not plain.
    #[serde(default)]
    pub(super) guard: Guards,
    /// Articles to be flagged, or not.
    #[serde(default)]
    pub(super) test: Vec<RuleTest>,
    /// Texts and what is read from them.
    #[serde(default)]
    pub(super) extract: Vec<ExtractTest>,
}

/// What a claim tells of when something existed.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ImpliesEntry {
    /// The slot of what existed at the time of the claim.
    #[schemars(with = "Option<String>")]
    pub(super) exists: Option<Spanned<String>>,
    /// The slot of what began then.
    #[schemars(with = "Option<String>")]
    pub(super) starts: Option<Spanned<String>>,
    /// The slot of what ended then.
    #[schemars(with = "Option<String>")]
    pub(super) ends: Option<Spanned<String>>,
}

/// A rule of order: sentences that say what came before what.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderEntry {
    /// Its name: kebab-case, unique over all packs.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// What it reads, in one sentence.
    #[serde(default)]
    pub(super) summary: String,
    /// Sentences it knows.
    #[schemars(with = "Vec<TextOr<PatternEntry>>")]
    pub(super) patterns: Vec<Spanned<TextOr<PatternEntry>>>,
    /// The slot of what comes first.
    #[schemars(with = "String")]
    pub(super) first: Spanned<String>,
    /// The slot of what comes after it.
    #[schemars(with = "String")]
    pub(super) then: Spanned<String>,
    /// Patterns that must not stand in the sentence.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) deny: Vec<Spanned<String>>,
    /// Articles to be flagged, or not.
    #[serde(default)]
    pub(super) test: Vec<RuleTest>,
    /// Texts and what is read from them.
    #[serde(default)]
    pub(super) extract: Vec<ExtractTest>,
}

/// Something that is known: a happening with its days, the lifetime of a state or a person, the term of an office.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FactEntry {
    /// The name of a happening.
    pub(super) event: Option<String>,
    /// Other names of it.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) names: Vec<Spanned<String>>,
    /// The id of a state.
    #[schemars(with = "Option<String>")]
    pub(super) state: Option<Spanned<String>>,
    /// The name of a person whose dates of life are told.
    pub(super) person: Option<String>,
    /// The name of a person who held an office.
    pub(super) holder: Option<String>,
    /// The office.
    pub(super) office: Option<String>,
    /// The id of the state whose office it is.
    #[schemars(with = "Option<String>")]
    pub(super) of: Option<Spanned<String>>,
    /// The first day.
    #[schemars(with = "Option<String>")]
    pub(super) from: Option<Spanned<toml::Value>>,
    /// The last day.
    #[schemars(with = "Option<String>")]
    pub(super) to: Option<Spanned<toml::Value>>,
    /// The day of birth.
    #[schemars(with = "Option<String>")]
    pub(super) born: Option<Spanned<toml::Value>>,
    /// The day of death.
    #[schemars(with = "Option<String>")]
    pub(super) died: Option<Spanned<toml::Value>>,
    /// Who says so.
    pub(super) source: String,
}

/// A pattern with what holds for it alone.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternEntry {
    /// The pattern.
    #[serde(rename = "match")]
    pub(super) text: String,
    /// Entities that stand in for slots it leaves out, by their ids.
    #[serde(default)]
    pub(super) default: BTreeMap<String, String>,
    /// Patterns that must not stand in the sentence.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) deny: Vec<Spanned<String>>,
    /// Words of which one must stand in the sentence.
    #[serde(default)]
    pub(super) require_any: Vec<String>,
    /// How many values a key can have, where this pattern is met.
    pub(super) cardinality: Option<Cardinality>,
    /// Says that the sentence means no: "was acquitted".
    #[serde(default)]
    pub(super) says: Says,
}

/// What a pattern of yes and no says by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Says {
    /// It is so.
    #[default]
    Yes,
    /// It is not.
    No,
}

/// A part of a key that is more than a slot.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyEntry {
    /// Slots, in any order.
    pub(super) set: Option<Vec<String>>,
    /// The slot of a noun of which only the last word counts: "the old levee" is the levee.
    pub(super) head: Option<String>,
    /// The slot of a date.
    pub(super) date: Option<String>,
    /// How finely the date must agree.
    pub(super) same: Option<DateGrain>,
}

/// What a claim without a value is.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
pub(super) enum Polarity {
    /// Whether it is so.
    #[serde(rename = "yes/no")]
    YesNo,
}

/// Articles that must be flagged, or must not.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleTest {
    /// Together they must give no finding of this rule.
    #[serde(default)]
    pub valid: Vec<TestArticle>,
    /// Together they must give one.
    #[serde(default)]
    pub invalid: Vec<TestArticle>,
    /// The kind of finding: `conflict` (default), `disputed`, `fact` or `timeline`.
    #[serde(default)]
    pub expect: Expectation,
}

/// How sources are to disagree in a test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Expectation {
    /// As narrators.
    #[default]
    Conflict,
    /// As narrator and speaker.
    Disputed,
    /// With a fact file.
    Fact,
    /// In the order of things.
    Timeline,
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

/// A text with what is known about it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ArticleTable {
    /// The text.
    text: String,
    /// The day it speaks from.
    #[schemars(with = "Option<String>")]
    published: Option<toml::Value>,
    /// Who published it.
    source: Option<String>,
}

impl JsonSchema for TestArticle {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TestArticle".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        TextOr::<ArticleTable>::json_schema(generator)
    }
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
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtractTest {
    /// The text.
    pub text: String,
    /// What the slots hold: ids of entities, normal forms of values.
    #[serde(default)]
    pub is: BTreeMap<String, String>,
}
