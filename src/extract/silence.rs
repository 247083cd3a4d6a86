//! Why a sentence that a pattern matches is no claim.

use crate::corpus::Span;

/// A match that a rule kept silent about.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Unread {
    /// The rule, by its place in the set.
    pub rule: usize,
    /// The sentence.
    pub span: Span,
    /// Why.
    pub silence: Silence,
}

/// What kept a rule silent.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Silence {
    /// A pattern under `deny` stands in the sentence.
    Denied(String),
    /// It is asked.
    Question,
    /// It was so and is no more, or failed in part.
    Unclear,
    /// It is said not to be so, and the rule reads no such statements.
    Negated,
    /// It is only said to be likely.
    Hedged,
    /// Somebody else says so.
    Reported,
    /// Somebody who has a side says so.
    Partial,
    /// It is planned.
    Planned,
    /// It is supposed.
    Supposed,
    /// It is told of another event than the article's.
    AnotherEvent,
    /// It was so at another time.
    AnotherTime,
    /// The value is not known: a date without a day to tell it from.
    NoValue,
    /// What it is about is not known.
    NoKey,
}

impl std::fmt::Display for Silence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Denied(pattern) => return write!(f, "`deny` has \"{pattern}\""),
            Self::Question => "it is asked",
            Self::Unclear => "it was so and is no more, or only in part",
            Self::Negated => "it is said not to be so",
            Self::Hedged => "it is only said to be likely (guard.hedged)",
            Self::Reported => "somebody is said to say so (guard.reported)",
            Self::Partial => "somebody who has a side says so (guard.partial)",
            Self::Planned => "it is planned (guard.future)",
            Self::Supposed => "it is supposed (guard.hypothetical)",
            Self::AnotherEvent => "it is told of another event than the article's",
            Self::AnotherTime => "it was not so at another time",
            Self::NoValue => "its value is not known, such as a date without the day of the article",
            Self::NoKey => "what it is about is not known",
        })
    }
}
