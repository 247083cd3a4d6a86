//! Reads lengths of time, ages and ranks.

use super::date::Grain;
use super::length::{self, Length};
use super::lexicon::name;
use super::number::{Modifier, NumberSet};
use super::numeral::{Numeral, cardinal, ordinal, whole};
use super::text::Text;
use super::token::TokenKind;
use super::{Age, Duration, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// A value and its tokens.
type Read = Option<(Range<usize>, Value)>;

/// "70-year-old", "ten months old", "aged 70", "in his 70s", "70th birthday".
pub(super) fn age(text: &Text<'_>, at: usize, number: Numeral) -> Read {
    let ids = &text.language.ids;
    let dash = |at: usize| usize::from(text.is_word(at, "-"));
    let end = at + number.len;
    let joint = dash(end);
    let set = NumberSet::exactly(number.value);
    if let Some((unit_len, unit)) = text.class(ids.unit, end + joint) {
        let behind = end + joint + unit_len;
        let joint = dash(behind);
        let (old, _) = text.class(ids.age_old, behind + joint)?;
        return Some((at..behind + joint + old, Value::Age(Age { amount: set, unit: name(unit) })));
    }
    let (old, _) = text.class(ids.age_old, end + joint).filter(|_| !text.is_word(end + joint, "of"))?;
    let is_written = text.is_word(end + joint, "yo")
        || text.is_word(end + joint, "y")
        || text.tokens[end + joint].norm.starts_with("jahr")
        || text.tokens[end + joint].norm.starts_with("jähr");
    is_written.then_some((at..end + joint + old, Value::Age(Age { amount: set, unit: "year" })))
}

/// Ages that start with a word: "aged 70", "in his 70s"; and "70th birthday".
fn led_age(text: &Text<'_>, at: usize) -> Read {
    let ids = &text.language.ids;
    let years = |set: NumberSet| Value::Age(Age { amount: set, unit: "year" });
    if let Some((len, _)) = text.class(ids.age_tens, at) {
        let token = text.tokens.get(at + len)?;
        let tens = match text.class(ids.decade, at + len) {
            Some((_, tens)) => Decimal::from(tens),
            None => token
                .number
                .filter(|n| *n % Decimal::TEN == Decimal::ZERO && text.is_word(at + len + 1, "s"))?,
        };
        let more = usize::from(token.kind == TokenKind::Number);
        return Some((
            at..at + len + 1 + more,
            years(NumberSet::half_open(tens, tens.checked_add(Decimal::TEN)?)),
        ));
    }
    if let Some((len, _)) = text.class(ids.age_before, at) {
        let number = cardinal(text, at + len)
            .filter(|number| number.value < Decimal::from(130) && number.value.fract() == Decimal::ZERO)?;
        let end = at + len + number.len;
        let is_counted = text.is(ids.percent, end) || text.is(ids.currency, end);
        return (!is_counted).then_some((at..end, years(NumberSet::exactly(number.value))));
    }
    let rank = ordinal(text, at)?;
    let (len, _) = text.class(ids.age_birthday, at + rank.len)?;
    Some((at..at + rank.len + len, years(NumberSet::exactly(rank.value))))
}

/// A rank, or an age that is told by one.
pub(super) fn rank(text: &Text<'_>, at: usize) -> Read {
    if let Some(age) = led_age(text, at) {
        return Some(age);
    }
    let rank = ordinal(text, at)?;
    // "a second" and "per second" are of time; "one second" is a length.
    let is_time = text.is_word(at, "second")
        && at > 0
        && (text.is_word(at - 1, "per") || text.is_word(at - 1, "split"));
    (!is_time).then_some((at..at + rank.len, Value::Ordinal(rank.value)))
}

/// A length without modifiers: "two and a half hours", "2 years and 3 months", `3h`, "a couple of years".
pub(super) fn plain_length(text: &Text<'_>, at: usize) -> Option<(usize, Length, Grain)> {
    let (len, length, unit) = lengths(text, at)?;
    // Half a century is told in years.
    let whole = [(Grain::Century, 1_200), (Grain::Decade, 120), (Grain::Year, 12)];
    let grain = length::grain(unit).unwrap_or(Grain::Day);
    let is_whole = |months: i64| (length.months % Decimal::from(months)).is_zero();
    let grain = if grain >= Grain::Decade {
        whole
            .iter()
            .find(|(own, months)| *own <= grain && is_whole(*months))
            .map_or(Grain::Month, |(own, _)| *own)
    } else {
        grain
    };
    Some((len, length, grain))
}

fn lengths(text: &Text<'_>, at: usize) -> Option<(usize, Length, i64)> {
    let (mut len, mut total, mut last) = one_length(text, at)?;
    let ids = &text.language.ids;
    // Further parts, each in a smaller unit.
    for _ in 0..6 {
        let and = text.class(ids.and, at + len).map_or(0, |(len, _)| len);
        let comma = usize::from(and == 0 && text.is_word(at + len, ","));
        let after_comma =
            text.class(ids.and, at + len + comma).filter(|_| comma == 1).map_or(0, |(len, _)| len);
        let start = at + len + and + comma + after_comma;
        let more =
            one_length(text, start).filter(|(_, _, smaller)| length::rank(*smaller) < length::rank(last));
        if let Some((more, length, smaller)) = more
            && let Some(sum) = total.plus(length)
        {
            (len, total, last) = (start + more - at, sum, smaller);
            continue;
        }
        // "an hour and a half", "one hour and half"
        if and > 0
            && let Some(part) = half(text, start)
            && let Some(length) = Length::part(part.value, last)
            && let Some(sum) = total.plus(length)
        {
            (len, total) = (start + part.len - at, sum);
        } else if let Some((more, sum)) = minutes(text, at + len, total, last) {
            (len, total) = (len + more, sum);
        }
        break;
    }
    Some((len, total, last))
}

/// "1 hour fifteen": minutes without their name.
fn minutes(text: &Text<'_>, at: usize, total: Length, unit: i64) -> Option<(usize, Length)> {
    let number = cardinal(text, at)
        .filter(|number| name(unit) == "hour" && number.value < Decimal::from(60) && !number.is_figure)?;
    let ends = text.tokens.get(at + number.len).is_none_or(|next| next.kind == TokenKind::Mark);
    let minutes = Length { months: Decimal::ZERO, seconds: number.value.checked_mul(Decimal::from(60))? };
    ends.then(|| Some((number.len, total.plus(minutes)?)))?
}

/// "a half", "half", "a quarter".
fn half(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let ids = &text.language.ids;
    let article = text.class(ids.article, at).map_or(0, |(len, _)| len);
    if let Some((len, _)) = text.class(ids.half, at + article) {
        return Some(Numeral { len: article + len, value: Decimal::new(5, 1), is_figure: false });
    }
    let (len, _) = text.class(ids.quarter, at + article).filter(|_| !text.is(ids.of, at + article + 1))?;
    Some(Numeral { len: article + len, value: Decimal::new(25, 2), is_figure: false })
}

/// One number and one unit of time.
fn one_length(text: &Text<'_>, at: usize) -> Option<(usize, Length, i64)> {
    let ids = &text.language.ids;
    // "half an hour", "half a day", "half hour"
    if let Some((len, _)) = text.class(ids.half, at) {
        let article = text.class(ids.article, at + len).map_or(0, |(len, _)| len);
        let (unit_len, unit) = text.class(ids.unit, at + len + article)?;
        return Some((len + article + unit_len, Length::of(Decimal::new(5, 1), unit)?, unit));
    }
    // In "two quarters" the quarters are the unit, in "three quarters of an hour" they are not.
    let is_unit = |number: &Numeral| text.is(ids.unit, at + number.len);
    let number = cardinal(text, at).filter(|number| number.value >= Decimal::ZERO);
    // "Three quarters" in words is nearly always the fraction, unless months are told of.
    let is_fraction = |number: &Numeral| {
        !number.is_figure
            && number.value == Decimal::from(3)
            && text.is(ids.quarter, at + number.len)
            && !(at > 0 && (text.is(ids.backward, at - 1) || text.is(ids.forward, at - 1)))
    };
    let number = whole(text, at)
        .filter(is_unit)
        .filter(|number| !is_fraction(number))
        .filter(|_| !number.is_some_and(|number| text.is(ids.of, at + number.len)))
        .or(number);
    let counted = text.class(ids.count, at);
    let (len, value, is_figure) = match (number, counted) {
        (Some(number), Some((len, value))) if len > number.len => (len, Decimal::from(value), false),
        (Some(number), _) => (number.len, number.value, number.is_figure),
        (None, Some((len, value))) => (len, Decimal::from(value), false),
        (None, None) => return None,
    };
    let mut end = at + len;
    // "two more minutes", "five full years", "one and a half of an hour"
    let is_of = text.is(ids.of, end) && value.fract() != Decimal::ZERO;
    let is_between = is_of || text.is(ids.between_length, end);
    if is_between {
        end += 1;
        // "a quarter of a century"
        end += text.class(ids.article, end).filter(|_| is_of).map_or(0, |(len, _)| len);
    }
    if text.is_word(end, "-") && (text.is_glued(end + 1) || !text.is_glued(end)) {
        end += 1;
    }
    let word = text.class(ids.workday, end).or_else(|| text.class(ids.unit, end));
    let letter = || {
        text.class(ids.unit_letter, end).filter(|_| {
            is_figure
                && text.is_glued(end)
                && !text.has_tail(end + 1)
                && end == at + len
                && !text.tokens[end].is_capitalized()
        })
    };
    let prime = || {
        (is_figure && text.is_word(end, "'") && text.is_glued(end) && !text.is_glued(end + 1))
            .then(|| (1, super::lexicon::named("minute")))
    };
    let (unit_len, unit) = word.or_else(letter).or_else(prime)?;
    // "A second man", "a minute detail": a rank or an adjective where a noun follows.
    let is_article = text.is(ids.article, at) && len == 1;
    let is_clock =
        matches!(name(unit), "second" | "minute") && unit_len == 1 && !text.tokens[end].norm.ends_with('s');
    if is_article && is_clock && !text.is_no_noun(end + 1) {
        return None;
    }
    // In tables a column called "Year" follows figures: nobody is so exact about years.
    let is_column = is_figure
        && text.tokens[end].is_capitalized()
        && (value.fract() != Decimal::ZERO || value >= Decimal::ONE_THOUSAND);
    if is_column {
        return None;
    }
    // "In its thirty second": a rank, since a number of seconds has an "s" or a hyphen.
    let is_rank = name(unit) == "second"
        && value != Decimal::ONE
        && !is_figure
        && text.is_word(end, "second")
        && !text.is_word(end - 1, "-");
    (!is_rank).then(|| Some((end + unit_len - at, Length::of(value, unit)?, unit)))?
}

/// A length of time with what bounds it, or an age.
pub(super) fn length(text: &Text<'_>, at: usize) -> Read {
    let ids = &text.language.ids;
    let modifier = text.class(ids.modifier, at).map(|(len, value)| (len, Modifier::from_value(value)));
    let skip = modifier.map_or(0, |(len, _)| len);
    let the = usize::from(text.is_word(at + skip, "the") && modifier.is_none());
    let start = at + skip + the;
    if let Some((len, length, _)) = lengths(text, start) {
        let is_age = text.is(ids.age_old, start + len)
            || text.is_word(start + len, "-") && text.is(ids.age_old, start + len + 1);
        if is_age {
            return None;
        }
        let is_all = the == 0 || len > 1;
        let duration = Duration::of(length).modified(modifier.map(|(_, modifier)| modifier));
        return is_all.then_some((at..start + len, Value::Duration(duration)));
    }
    // "two to three weeks"
    let low = cardinal(text, start)?;
    let (joint, _) =
        text.class(ids.range_to, start + low.len).or_else(|| text.class(ids.range_or, start + low.len))?;
    let (len, high, unit) = one_length(text, start + low.len + joint)?;
    let age = text.is(ids.age_old, start + low.len + joint + len);
    let low_length = Length::of(low.value, unit).filter(|_| !age)?;
    let end = start + low.len + joint + len;
    Some((at..end, Value::Duration(Duration::between(low_length, high)?)))
}
