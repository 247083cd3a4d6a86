//! Typed values that agree or differ.
//!
//! A value is the set of things its words can mean. Two values conflict when the sets are
//! disjoint and agree when one contains the other; everything is decided exactly, without floats.
//! Takes text and gives values; knows [`corpus`](crate::corpus) for spans and nobody else.
//!
//! # From tokens to values
//!
//! `text` gives each token the number of its word in its language (`lexicon`, read from `rules/values/` as `tables` says).
//! `reader` walks the text; `places` passes over what is no value and tells tenses. At a place `amounts` and `lengths` read
//! numbers (`numeral`, from `figures` and `spelling`) with their units (`measured`, `unit`). `matcher` matches the patterns
//! of `grammar`, with `parts` that no table lists, and `makers` turn what matched into days by `calendar` and `holiday`. The
//! longest reading wins.

mod amounts;
mod calendar;
mod date;
mod figures;
mod grammar;
mod holiday;
mod length;
mod lengths;
mod lexicon;
mod makers;
mod matcher;
mod measured;
mod number;
mod numeral;
mod parts;
mod place;
mod places;
mod reader;
mod spelling;
mod tables;
mod text;
mod token;
mod unit;

#[cfg(test)]
mod tests;

pub use calendar::Cycle;
pub use date::{DateSet, Days, Grain, Part};
pub use length::Length;
pub use lexicon::{is_calendar_word, is_number_word};
pub use number::{Blur, Bound, Modifier, NumberSet};
pub use place::Place;
pub use reader::{DateOrder, Reader, Reading, dates};
pub use token::{Token, TokenKind, tokens};
pub use unit::Unit;

use rust_decimal::Decimal;
use std::ops::Range;

/// A value and the tokens it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The tokens, as indices.
    pub tokens: Range<usize>,
    /// What they mean.
    pub value: T,
}

/// A word of the tables: "past", "year".
pub type Term = &'static str;

/// What a text says: a date, an amount, or what a claim says of its key.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Value {
    /// A date or a period.
    Date(DateSet),
    /// A time that comes again: "every Friday".
    Recurring,
    /// Past, present or future, and no more: "recently".
    Vague(#[serde(with = "lexicon::word")] Term),
    /// A length of time.
    Duration(Duration),
    /// A number of things.
    Count(NumberSet),
    /// A rank.
    Ordinal(Decimal),
    /// Hundredths.
    Percent(NumberSet),
    /// Hundredths between two percentages.
    Points(NumberSet),
    /// An amount of a currency.
    Money(NumberSet, Unit),
    /// An amount of a unit.
    Quantity(NumberSet, Unit),
    /// How old somebody or something is.
    Age(Age),
    /// Two numbers that stand against each other.
    Score(Decimal, Decimal),
    /// A part of a whole: "one in three".
    Ratio(Decimal, Decimal),
    /// Whether it is so.
    YesNo(bool),
    /// Somewhere.
    Place(Place),
    /// One of a closed set of names.
    Name(Vec<String>),
    /// Who does something, and to whom.
    Roles(String, String),
}

/// A length of time, as named and as the seconds it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Duration {
    /// The length that is named; the shorter of two.
    pub length: Length,
    /// All that it can be, in seconds: a month has 28 to 31 days.
    pub seconds: NumberSet,
}

impl Duration {
    /// Exactly one length.
    pub fn of(length: Length) -> Self {
        let (least, most) = length.bounds();
        Self { length, seconds: NumberSet::between(least, most) }
    }

    /// Up to this length: "within 24 hours".
    #[must_use]
    pub fn at_most(self) -> Self {
        self.modified(Some(Modifier::AtMost))
    }

    /// Between two lengths; nothing where the second is the shorter.
    fn between(low: Length, high: Length) -> Option<Self> {
        let (least, most) = (low.bounds().0, high.bounds().1);
        (least <= most).then(|| Self { length: low, seconds: NumberSet::between(least, most) })
    }

    fn modified(self, modifier: Option<Modifier>) -> Self {
        match modifier {
            Some(modifier) => Self { seconds: self.seconds.modified(modifier), ..self },
            None => self,
        }
    }
}

/// How old: so many of a unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Age {
    /// How many.
    pub amount: NumberSet,
    /// Of what: "year", "month".
    #[serde(with = "lexicon::word")]
    pub unit: Term,
}

impl Value {
    /// The kind's name, as `values` writes it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Date(_) => "date",
            Self::Recurring => "recurring",
            Self::Vague(_) => "vague",
            Self::Duration(_) => "duration",
            Self::Count(_) => "number",
            Self::Ordinal(_) => "ordinal",
            Self::Percent(_) => "percent",
            Self::Points(_) => "percentage points",
            Self::Money(..) => "money",
            Self::Quantity(..) => "quantity",
            Self::Age(_) => "age",
            Self::Score(..) => "score",
            Self::Ratio(..) => "ratio",
            Self::YesNo(_) => "yes-no",
            Self::Place(_) => "place",
            Self::Name(_) => "name",
            Self::Roles(..) => "roles",
        }
    }

    /// Whether nothing can be meant by both; values of two kinds, and amounts of two units that are not converted into
    /// each other, are never compared.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => a.is_disjoint(b),
            (Self::Duration(a), Self::Duration(b)) => a.seconds.is_disjoint(&b.seconds),
            (Self::Count(a), Self::Count(b))
            | (Self::Percent(a), Self::Percent(b))
            | (Self::Points(a), Self::Points(b)) => a.is_disjoint(b),
            (Self::Ordinal(a), Self::Ordinal(b)) => a != b,
            (Self::Money(a, one), Self::Money(b, two)) => one == two && a.is_disjoint(b),
            (Self::Quantity(a, one), Self::Quantity(b, two)) => are_apart(a, *one, b, *two),
            (Self::Age(a), Self::Age(b)) => a.unit == b.unit && a.amount.is_disjoint(&b.amount),
            // "Lost 1-2" is "won 2-1".
            (Self::Score(a, b), Self::Score(c, d)) => (a.min(b), a.max(b)) != (c.min(d), c.max(d)),
            (Self::Ratio(a, b), Self::Ratio(c, d)) => a.checked_mul(*d) != c.checked_mul(*b),
            (Self::YesNo(a), Self::YesNo(b)) => a != b,
            (Self::Place(a), Self::Place(b)) => a.is_disjoint(b),
            (Self::Name(a), Self::Name(b)) => !a.iter().any(|one| b.iter().any(|two| is_one_name(one, two))),
            (Self::Roles(a, b), Self::Roles(c, d)) => a == d && b == c && a != b,
            _ => false,
        }
    }

    /// The value with a figure widened to what its rounding leaves open; other kinds as they are.
    #[must_use]
    pub fn rounded(&self) -> Self {
        match self {
            Self::Count(count) => Self::Count(count.rounded()),
            Self::Money(set, unit) => Self::Money(set.rounded_as_written(), *unit),
            Self::Quantity(set, unit) => Self::Quantity(set.rounded_as_written(), *unit),
            Self::Percent(set) => Self::Percent(set.rounded_as_written()),
            other => other.clone(),
        }
    }

    /// The value with an amount widened at both ends by a part of it (0 to 1); other kinds as they are.
    #[must_use]
    pub fn loosened(&self, part: Decimal) -> Self {
        match self {
            Self::Count(set) => Self::Count(set.loosened(part)),
            Self::Money(set, unit) => Self::Money(set.loosened(part), *unit),
            Self::Quantity(set, unit) => Self::Quantity(set.loosened(part), *unit),
            Self::Percent(set) => Self::Percent(set.loosened(part)),
            Self::Duration(duration) => {
                Self::Duration(Duration { seconds: duration.seconds.loosened(part), ..*duration })
            }
            other => other.clone(),
        }
    }

    /// The amount, where it is one.
    pub fn amount(&self) -> Option<&NumberSet> {
        match self {
            Self::Count(set) | Self::Percent(set) | Self::Points(set) => Some(set),
            Self::Money(set, _) | Self::Quantity(set, _) => Some(set),
            Self::Duration(duration) => Some(&duration.seconds),
            Self::Age(age) => Some(&age.amount),
            _ => None,
        }
    }

    /// What its amounts are of, where they have a unit.
    pub fn unit(&self) -> Option<&str> {
        match self {
            Self::Money(_, unit) | Self::Quantity(_, unit) => Some(unit.name()),
            Self::Duration(_) => Some("second"),
            Self::Age(age) => Some(age.unit),
            Self::Percent(_) => Some("percent"),
            Self::Points(_) => Some("percentage point"),
            _ => None,
        }
    }

    /// The value with what a word beside it leaves open; kinds without amounts as they are.
    #[must_use]
    fn modified(self, modifier: Modifier) -> Self {
        match self {
            Self::Count(set) => Self::Count(set.modified(modifier)),
            Self::Percent(set) => Self::Percent(set.modified(modifier)),
            Self::Points(set) => Self::Points(set.modified(modifier)),
            Self::Money(set, unit) => Self::Money(set.modified(modifier), unit),
            Self::Quantity(set, unit) => Self::Quantity(set.modified(modifier), unit),
            Self::Age(age) => Self::Age(Age { amount: age.amount.modified(modifier), ..age }),
            other => other,
        }
    }
}

/// Whether two names can be of one: a part of the other ("Lee", "Anna Lee"), or spelled nearly alike.
fn is_one_name(one: &str, two: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (one, two) = (words(one), words(two));
    let (short, long) = if one.len() <= two.len() { (&one, &two) } else { (&two, &one) };
    let is_alike = |a: &str, b: &str| a == b || a.len().min(b.len()) > 4 && strsim::osa_distance(a, b) < 2;
    short.iter().all(|word| long.iter().any(|other| is_alike(word, other)))
}

/// Whether two amounts share nothing, after both are told in the first unit of their family.
fn are_apart(a: &NumberSet, one: Unit, b: &NumberSet, two: Unit) -> bool {
    let in_base = |set: &NumberSet, unit: Unit| {
        let widened = set.widened();
        // What has too many digits bounds nothing.
        let convert = |bound: Option<Bound>| {
            bound.and_then(|bound| Some(Bound { at: unit.in_base(bound.at)?, ..bound }))
        };
        NumberSet { min: convert(widened.min), max: convert(widened.max), blur: None }
    };
    if one == two {
        return a.is_disjoint(b);
    }
    // Texts round when they convert: "10 miles (16 km)".
    let about = |set: &NumberSet, unit: Unit| in_base(set, unit).modified(Modifier::About);
    one.family() == two.family() && about(a, one).is_disjoint(&about(b, two))
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Recurring => f.write_str("again and again"),
            Self::Vague(reference) => f.write_str(reference),
            Self::Duration(duration) if duration.seconds == Duration::of(duration.length).seconds => {
                duration.length.fmt(f)
            }
            Self::Duration(duration) => write!(f, "{} ({} s)", duration.length, duration.seconds.normal()),
            Self::Count(count) => count.fmt(f),
            Self::Ordinal(rank) => write!(f, "no. {rank}"),
            Self::Percent(set) => write!(f, "{set} %"),
            Self::Points(set) => write!(f, "{set} points"),
            Self::Money(set, unit) | Self::Quantity(set, unit) => write!(f, "{set} {}", unit.name()),
            Self::Age(age) => write!(f, "{} {}", age.amount, age.unit),
            Self::Score(a, b) => write!(f, "{a}–{b}"),
            Self::Ratio(a, b) => write!(f, "{a} in {b}"),
            Self::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Place(place) => place.fmt(f),
            Self::Name(names) => f.write_str(&names.join(" or ")),
            Self::Roles(from, to) => write!(f, "{from} to {to}"),
        }
    }
}
