//! The names of months and weekdays.

use super::token::Token;
use jiff::civil::Weekday;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Whether a lower-case word is the name of a month or a weekday.
pub fn is_calendar_word(word: &str) -> bool {
    MONTHS.contains(&word) || WEEKDAYS.contains(&word)
}

/// The month from 1, by its name or the first three letters of it, written with a capital.
pub(super) fn month(token: &Token<'_>) -> Option<i64> {
    if !token.is_capitalized() {
        return None;
    }
    let name = if token.is("sept") { "sep" } else { &token.norm };
    let is_named = |month: &str| month == name || name.len() == 3 && month.starts_with(name);
    i64::try_from(MONTHS.into_iter().position(is_named)? + 1).ok()
}

/// The weekday, by its whole name, written with a capital.
pub(super) fn weekday(token: &Token<'_>) -> Option<Weekday> {
    let index = WEEKDAYS.into_iter().position(|name| token.is_capitalized() && token.is(name))?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}
