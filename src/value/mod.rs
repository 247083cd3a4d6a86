//! Typed values that agree or differ.
//!
//! A value is the set of things its words can mean. Two values conflict when the sets are
//! disjoint and agree when one contains the other; everything is decided exactly, without floats.
//! Takes text and gives values; knows [`corpus`](crate::corpus) for spans and nobody else.

mod calendar;
mod date;
mod date_reader;
mod number;
mod number_reader;
mod place;
mod token;

pub use calendar::is_calendar_word;
pub use date::{DateSet, Days, Grain};
pub use date_reader::dates;
pub use number::{Bound, NumberSet};
pub use number_reader::{is_number_word, numbers};
pub use place::Place;
pub use token::{Token, TokenKind, tokens};

use std::ops::Range;

/// A value and the tokens it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The tokens, as indices.
    pub tokens: Range<usize>,
    /// What they mean.
    pub value: T,
}

/// What a claim says of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A date or a period.
    Date(DateSet),
    /// A number of things.
    Count(NumberSet),
    /// Whether it is so.
    YesNo(bool),
    /// Somewhere.
    Place(Place),
    /// One of a closed set of names.
    Name(Vec<String>),
}

impl Value {
    /// Whether nothing can be meant by both; values of two kinds are never compared.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Date(a), Self::Date(b)) => a.is_disjoint(b),
            (Self::Count(a), Self::Count(b)) => a.is_disjoint(b),
            (Self::YesNo(a), Self::YesNo(b)) => a != b,
            (Self::Place(a), Self::Place(b)) => a.is_disjoint(b),
            (Self::Name(a), Self::Name(b)) => !a.iter().any(|name| b.contains(name)),
            _ => false,
        }
    }

    /// The value with a figure widened to what its rounding leaves open; other kinds as they are.
    #[must_use]
    pub fn rounded(&self) -> Self {
        match self {
            Self::Count(count) => Self::Count(count.rounded()),
            other => other.clone(),
        }
    }
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Date(date) => date.fmt(f),
            Self::Count(count) => count.fmt(f),
            Self::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Place(place) => place.fmt(f),
            Self::Name(names) => f.write_str(&names.join(" or ")),
        }
    }
}
