//! What an article says of something.

use crate::corpus::Span;
use crate::rules::{Bound, Cardinality, EntityId};
use crate::value::{DateSet, Value};

/// How a statement is made.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Certainty {
    /// With words such as "reportedly" or "may".
    pub is_hedged: bool,
    /// By somebody who was there to know it, and nobody who has a side: "police said". Counts as the article's word.
    pub is_reported: bool,
}

/// What a slot of the rule holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SlotText {
    /// For tests and machines: ids of entities, normal forms of values.
    pub normal: String,
    /// For people: full names, normal forms of values.
    pub shown: String,
}

/// One statement that a rule reads.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Claim {
    /// The rule, by its place in the set.
    pub rule: usize,
    /// What it is about; claims of one rule with equal keys speak of the same thing.
    pub key: String,
    /// Whether it speaks of the event that the article is about.
    pub in_story: bool,
    /// The first part of the key, for people.
    pub subject: String,
    /// What it says.
    pub value: Value,
    /// Whether words leave it open.
    pub certainty: Certainty,
    /// Who says so, in the article's words; `None` is the article itself.
    pub speaker: Option<String>,
    /// Whether the sentence names a time of its own, so that it does not speak from the dateline.
    pub has_own_time: bool,
    /// The day that the sentence names, where it names one: "by Sunday evening".
    pub day: Option<DateSet>,
    /// How many values its key can have.
    pub cardinality: Cardinality,
    /// From when on yes holds: "since the war began".
    pub since: Option<DateSet>,
    /// Whether it is a no that holds up to the day of the article only: "could soon".
    pub is_not_yet: bool,
    /// The happening during which it was, where the rule asks for it.
    pub within: Option<EntityId>,
    /// What it tells of the lifetimes of things, by their ids and names.
    pub bounds: Vec<(Bound, String, String)>,
    /// The sentence.
    pub span: Span,
    /// The words that the value was read from.
    pub value_span: Span,
    /// The block it stands in.
    pub block: usize,
    /// What the slots hold, by their number.
    pub slots: Vec<Option<SlotText>>,
}
