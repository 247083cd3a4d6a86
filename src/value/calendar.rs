//! The names of months and weekdays.

use super::token::Token;
use jiff::civil::Weekday;

const MONTHS: &str = "january february march april may june july august september october november december";
const WEEKDAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";

/// Whether a lower-case word is the name of a month or a weekday.
pub fn is_calendar_word(word: &str) -> bool {
    MONTHS.split(' ').chain(WEEKDAYS.split(' ')).any(|name| name == word)
}

/// The month from 1, by its name or the first three letters of it, written with a capital.
pub(super) fn month(token: &Token<'_>) -> Option<i64> {
    let name = if token.norm == "sept" { "sep" } else { token.norm.as_str() };
    let is_named = |month: &str| month == name || name.len() == 3 && month.starts_with(name);
    let index = MONTHS.split(' ').position(is_named).filter(|_| token.is_capitalized())?;
    i64::try_from(index + 1).ok()
}

/// The weekday, by its whole name, written with a capital.
pub(super) fn weekday(token: &Token<'_>) -> Option<Weekday> {
    let index = WEEKDAYS.split(' ').position(|name| name == token.norm).filter(|_| token.is_capitalized())?;
    Weekday::from_monday_zero_offset(i8::try_from(index).ok()?).ok()
}
