//! Finds the values of a text.
//!
//! At every place that a value can start, dates and amounts are read side by side and the longer one is taken; idioms,
//! codes and addresses are passed over. Every step looks at a bounded number of tokens, so the whole is linear.

use super::date::DateSet;
use super::lexicon::{self, Language};
use super::matcher::Matcher;
use super::places::Places;
use super::text::Text;
use super::token::Token;
use super::{Found, Value};
use crate::corpus::Dateline;
use std::cell::RefCell;

/// How the day and the month stand in `03/04/2019`.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Either way, unless one of the figures is no month: both readings are kept. American English leads with the month.
    #[default]
    Auto,
    /// 3 April.
    DayMonthYear,
    /// March 4.
    MonthDayYear,
}

/// What values are read with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// The day of writing, from which "last week" is told.
    pub dateline: Option<Dateline>,
    /// How numeric dates are read.
    pub order: DateOrder,
}

/// Reads values in one language.
#[derive(Clone, Copy)]
pub struct Reader {
    language: Option<&'static Language>,
    pub(super) is_month_first: bool,
    pub(super) reading: Reading,
}

impl Reader {
    /// A reader for a language by its BCP 47 tag; English where nobody knows it. In a language without a table
    /// nothing is read.
    pub fn new(language: Option<&str>, reading: Reading) -> Self {
        let is_american =
            language.is_none_or(|tag| matches!(tag.to_ascii_lowercase().as_str(), "en" | "en-us" | "und"));
        Self { language: lexicon::language(language), is_month_first: is_american, reading }
    }

    /// The values of a text in order, never overlapping. Dates that are told from others ("a year earlier") are
    /// anchored to the last one before them, which starts as `anchor` and is left there.
    pub fn values(&self, tokens: &[Token<'_>], anchor: &mut Option<DateSet>) -> Vec<Found<Value>> {
        let Some(language) = self.language else { return Vec::new() };
        let text = Text::new(tokens, language);
        let mut found = Vec::new();
        let mut at = 0;
        let mut places = Places::new(&text);
        while at < tokens.len() {
            places.move_to(at);
            if let Some(end) = places.passed_over(at) {
                at = end.max(at + 1);
                continue;
            }
            if !places.can_start(at) {
                at += 1;
                continue;
            }
            let matcher = Matcher {
                text: &text,
                places: &places,
                reader: self,
                anchor: anchor.as_ref(),
                known: RefCell::default(),
            };
            if let Some(end) = matcher.nothing(at) {
                at = end;
                continue;
            }
            match matcher.best(at) {
                Some((tokens, value)) => {
                    if let Value::Date(date) = &value
                        && date.readings[0].from.is_some()
                    {
                        *anchor = Some(date.clone());
                    }
                    at = tokens.end;
                    found.push(Found { tokens, value });
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The dates of a text, read in English without a context; for lines that are nothing but a date.
pub fn dates(tokens: &[Token<'_>], dateline: Option<Dateline>) -> Vec<Found<DateSet>> {
    let reader = Reader::new(None, Reading { dateline, order: DateOrder::default() });
    let values = reader.values(tokens, &mut None);
    let date = |found: Found<Value>| match found.value {
        Value::Date(value) => Some(Found { tokens: found.tokens, value }),
        _ => None,
    };
    values.into_iter().filter_map(date).collect()
}
