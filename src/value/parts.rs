//! Reads the parts of dates that no table lists: days of the month, years, dates in figures.

use super::date::{DateSet, Days, Grain};
use super::makers::Capture;
use super::matcher::{Matcher, Read};
use super::numeral::{cardinal, ordinal};
use super::places::DateFigures;
use super::reader::DateOrder;
use super::token::TokenKind;
use jiff::civil::Date;
use rust_decimal::Decimal;

impl Matcher<'_, '_, '_> {
    pub(super) fn two_digits(&self, at: usize) -> Option<(usize, Capture)> {
        let token = self.text.tokens.get(at).filter(|token| token.text.len() == 2)?;
        let value = token.whole().filter(|_| {
            !self.text.has_tail(at + 1) || self.text.is_word(at + 1, "s") || self.text.is_word(at + 1, "'s")
        })?;
        Some((1, Capture::Int(value)))
    }

    /// `25`, `25th`, "twenty-fifth".
    pub(super) fn day_of_month(&self, at: usize) -> Option<(usize, Capture)> {
        if let Some(rank) = ordinal(self.text, at) {
            let day = i64::try_from(rank.value).ok().filter(|day| (1..=31).contains(day))?;
            return Some((rank.len, Capture::Int(day)));
        }
        let token = &self.text.tokens[at];
        if token.kind == TokenKind::Number {
            let day = token.whole().filter(|day| token.text.len() <= 2 && (1..=31).contains(day))?;
            let is_counted = self.text.is_word(at + 1, "%")
                || self.text.has_tail(at + 1)
                || self.text.is_word(at + 1, ":") && self.text.is_glued(at + 2);
            return (!is_counted).then_some((1, Capture::Int(day)));
        }
        // "may twenty nine", "fifteen August"
        let number = cardinal(self.text, at)
            .filter(|number| !number.is_figure && number.value.fract() == Decimal::ZERO)?;
        let day = i64::try_from(number.value).ok().filter(|day| (1..=31).contains(day))?;
        Some((number.len, Capture::Int(day)))
    }

    /// Four digits, or words: "nineteen ninety-one", "two thousand and five".
    pub(super) fn year(&self, at: usize) -> Option<(usize, Capture)> {
        let token = &self.text.tokens[at];
        let is_year = |year: &i64| (1_000..2_200).contains(year);
        if token.kind == TokenKind::Number {
            let year = token.whole().filter(|year| token.text.len() == 4 && is_year(year))?;
            return (!self.text.has_tail(at + 1) || self.text.is_word(at + 1, "'s"))
                .then_some((1, Capture::Int(year)));
        }
        if token.kind == TokenKind::Mark {
            return None;
        }
        let first = cardinal(self.text, at)
            .filter(|number| !number.is_figure && number.value.fract() == Decimal::ZERO)?;
        let value = i64::try_from(first.value).ok()?;
        if let Some(rest) = (10..22).contains(&value).then(|| cardinal(self.text, at + first.len)).flatten() {
            let rest_value = i64::try_from(rest.value).ok().filter(|rest| (10..100).contains(rest))?;
            return Some((first.len + rest.len, Capture::Int(value * 100 + rest_value)));
        }
        is_year(&value).then_some((first.len, Capture::Int(value)))
    }

    /// A bare figure is a year behind words that years stand behind, unless it counts something.
    pub(super) fn free_year(&self, start: usize, at: usize) -> Option<(usize, Capture)> {
        let text = self.text;
        let (len, year) = self.year(at)?;
        let token = &text.tokens[at];
        if token.kind != TokenKind::Number {
            // "nineteen ninety-one"; "two thousand" alone is a number.
            return (len > 1 && !text.is_word(at + 1, "thousand") && !text.is_word(at + 1, "hundred"))
                .then_some((len, year));
        }
        let before = at.checked_sub(1).map(|before| &text.tokens[before]);
        let is_part = token.is_glued
            && before.is_some_and(|before| {
                !["(", "\"", "'", "[", "-", "/", "=", "<", ">", "~"].contains(&&*before.norm)
            });
        let money = before.is_some_and(|before| ["$", "€", "£", "¥", "#"].contains(&&*before.norm));
        let next = text.tokens.get(at + 1);
        let ids = &text.language.ids;
        let measured = text.is(ids.measure, at + 1)
            || text.is(ids.currency, at + 1)
            || text.is(ids.percent, at + 1)
            || text.is(ids.unit, at + 1) && !text.is_word(at + 1, "second");
        let counts = next.is_some_and(|next| {
            next.kind == TokenKind::Word
                && next.norm.len() > 3
                && next.norm.ends_with('s')
                && !next.norm.ends_with("ss")
                && !next.is_glued
                && !next.is_capitalized()
        });
        let scaled =
            text.words.get(at + 1).is_some_and(|word| text.language.numerals.scales.contains_key(word));
        let people = text.is(ids.people, at + 1);
        // "Set for 1130 GMT"
        let clock = text.is(ids.clock, at + 1);
        let is_range = before.is_some_and(|before| before.is("-"))
            && start == at
            && text.is_glued(at)
            && at > 1
            && text.tokens[at - 2].kind == TokenKind::Number;
        // "1953-50" is no range, so that its first half is no year either.
        let is_broken = text.is_word(at + 1, "-")
            && text.is_glued(at + 1)
            && text.is_glued(at + 2)
            && text.is_kind(at + 2, TokenKind::Number);
        let is_shown = !is_broken && self.is_year_shown(at) || text.tokens.len() == len;
        (!is_part && !money && !measured && !counts && !scaled && !people && !clock && !is_range && is_shown)
            .then_some((len, year))
    }

    /// Whether the words before or behind a figure let it be a year.
    fn is_year_shown(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return true };
        let token = &self.text.tokens[before];
        // "Of 2000 soldiers" and "the 1500 people" count; "the 2019 summit" does not.
        self.text.is(self.text.language.ids.before_year, before)
            || token.kind == TokenKind::Mark && !token.is_glued
            || self.text.is(self.text.language.ids.month, before)
    }

    /// A date in figures.
    pub(super) fn given(&self, at: usize) -> Read {
        if self.text.is_glued(at)
            && !self.text.is_word(at.wrapping_sub(1), "(")
            && !self.text.is_word(at.wrapping_sub(1), "-")
        {
            return None;
        }
        let (len, parts) = self.places.date(at)?;
        let day = |year: i16, month: i16, day: i16| {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        match parts {
            DateFigures::Day(year, month, dom) => {
                Some((len, DateSet::of(Days::unit(day(year, month, dom)?, Grain::Day)?, Grain::Day)))
            }
            DateFigures::Month(year, month) => {
                Some((len, DateSet::of(Days::unit(day(year, month, 1)?, Grain::Month)?, Grain::Month)))
            }
            DateFigures::Either(one, two, year) => {
                let (day_first, month_first) = (day(year, two, one), day(year, one, two));
                let is_month_first = match self.reader.reading.order {
                    DateOrder::Auto => self.reader.is_month_first && !self.text.is_word(at + 1, "."),
                    order => order == DateOrder::MonthDayYear,
                };
                let order = if is_month_first { [month_first, day_first] } else { [day_first, month_first] };
                let is_settled =
                    self.reader.reading.order != DateOrder::Auto || self.text.is_word(at + 1, ".");
                let mut readings: Vec<Days> =
                    order.into_iter().flatten().filter_map(|day| Days::unit(day, Grain::Day)).collect();
                readings.dedup();
                if is_settled {
                    readings.truncate(1);
                }
                let first = *readings.first()?;
                Some((len, DateSet { readings, ..DateSet::of(first, Grain::Day) }))
            }
        }
    }
}
