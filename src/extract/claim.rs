//! What an article says of something.

use crate::corpus::Span;
use crate::value::Value;

/// How a statement is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Certainty {
    /// With words such as "reportedly" or "may".
    pub is_hedged: bool,
}

/// What a slot of the rule holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlotText {
    /// For tests and machines: ids of entities, normal forms of values.
    pub normal: String,
    /// For people: full names, normal forms of values.
    pub shown: String,
}

/// One statement that a rule reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The rule, by its place in the set.
    pub rule: usize,
    /// What it is about; claims of one rule with equal keys speak of the same thing.
    pub key: String,
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
    /// The sentence.
    pub span: Span,
    /// The words that the value was read from.
    pub value_span: Span,
    /// The block it stands in.
    pub block: usize,
    /// What the slots hold, by their number.
    pub slots: Vec<Option<SlotText>>,
}
