//! Figures and dates that others stand in place of.

use super::changes::{Change, ChangeKind, Pair, Place};
use super::passage::Passage;
use crate::value::{DateSet, Found, NumberSet, Token, TokenKind, Value, is_calendar_word, is_number_word};
use rust_decimal::Decimal;
use std::ops::Range;

/// Words beside the figures that may differ too.
const MOST_OTHERS: usize = 4;

/// Whether words of figures and dates stand there on both sides.
fn may_be_figures(pair: &Pair<'_, '_>, place: &Place) -> bool {
    !place.a.is_empty() && !place.b.is_empty() && pair.a.has_figure(&place.a) && pair.b.has_figure(&place.b)
}

/// Whether both texts have figures there that can be the same: "two years" and "24 months".
pub(super) fn are_settled(pair: &Pair<'_, '_>, place: &Place) -> bool {
    if !may_be_figures(pair, place) {
        return false;
    }
    let (of_a, of_b) = (pair.a.values_at(&place.a), pair.b.values_at(&place.b));
    !of_a.is_empty()
        && of_a.len() == of_b.len()
        && of_a
            .iter()
            .zip(of_b)
            .all(|(a, b)| a.value.kind() == b.value.kind() && !a.value.is_disjoint(&b.value))
}

/// A figure or date of one text and another in its place.
pub(super) fn change(pair: &Pair<'_, '_>, place: &Place) -> Option<Change> {
    if !may_be_figures(pair, place) {
        return None;
    }
    let (of_a, of_b) = (pair.a.values_at(&place.a), pair.b.values_at(&place.b));
    if of_a.is_empty() || of_a.len() != of_b.len() {
        return plain(pair, place);
    }
    let values = of_a.iter().zip(of_b);
    values.clone().find(|(a, b)| is_changed(pair, place, a, b)).map(|(a, b)| {
        let kind = if matches!(a.value, Value::Date(_)) { ChangeKind::Date } else { ChangeKind::Figure };
        pair.change(kind, &a.tokens, &b.tokens)
    })
}

fn is_changed(pair: &Pair<'_, '_>, place: &Place, a: &Found<Value>, b: &Found<Value>) -> bool {
    let is_other = a.value.kind() == b.value.kind()
        && (a.value.is_disjoint(&b.value)
            || are_other_words(pair, a, b)
            || are_other_currencies(&a.value, &b.value)
            || are_other_bounds(&a.value, &b.value))
        && !is_rounded(&a.value, &b.value)
        && !is_elsewhere(pair, a, b);
    let others =
        |place: &Range<usize>, value: &Range<usize>| place.clone().filter(|at| !value.contains(at)).count();
    let is_alone = others(&place.a, &a.tokens).max(others(&place.b, &b.tokens)) <= MOST_OTHERS;
    is_other && is_alone && counts_the_same(pair, a, b)
}

/// Whether what is counted is the same: the word behind, or with a unit of its own the word on either side.
fn counts_the_same(pair: &Pair<'_, '_>, a: &Found<Value>, b: &Found<Value>) -> bool {
    let (before, behind) = pair.neighbours(&a.tokens, &b.tokens);
    match a.value {
        Value::Count(_) => {
            let next = |passage: &Passage<'_>, at: usize| {
                passage
                    .tokens
                    .get(at)
                    .filter(|token| token.kind == TokenKind::Word)
                    .map(|token| token.norm.to_string())
            };
            let (one, two) = (next(pair.a, a.tokens.end), next(pair.b, b.tokens.end));
            let is_pronoun = |passage: &Passage<'_>, value: &Found<Value>| {
                value.tokens.len() == 1
                    && ["one", "a", "an"].contains(&&*passage.tokens[value.tokens.start].norm)
            };
            !is_pronoun(pair.a, a)
                && !is_pronoun(pair.b, b)
                && (behind || one == two && (before || one.is_some()))
        }
        _ => before || behind,
    }
}

/// Whether the two figures changed places: each stands in the other text as well, where that has another.
fn is_elsewhere(pair: &Pair<'_, '_>, a: &Found<Value>, b: &Found<Value>) -> bool {
    pair.stands_free(&pair.a.norms(&a.tokens), false) && pair.stands_free(&pair.b.norms(&b.tokens), true)
}

/// Dates in the same words but for a name or a figure, told from one day or from none: "until Thursday" and "until
/// Friday", "35 years ago" and "30 years ago".
fn are_other_words(pair: &Pair<'_, '_>, a: &Found<Value>, b: &Found<Value>) -> bool {
    let (one, two) = match (&a.value, &b.value) {
        (Value::Date(one), Value::Date(two)) => (one, two),
        // "every 15 minutes" and "every 20 minutes"
        (Value::Recurring, Value::Recurring) => return are_other_figures(pair, a, b),
        _ => return false,
    };
    let is_unknown =
        |date: &DateSet| date.readings.iter().all(|days| days.from.is_none() && days.to.is_none());
    let (first, second) = (&pair.a.tokens[a.tokens.clone()], &pair.b.tokens[b.tokens.clone()]);
    let differing = || first.iter().zip(second).filter(|(a, b)| a.norm != b.norm);
    let is_telling = |token: &Token<'_>| {
        token.kind == TokenKind::Number || is_number_word(token.text) || is_calendar_word(&token.norm)
    };
    // "Sept." is September.
    let start = |token: &Token<'_>| token.norm.chars().take(3).collect::<String>();
    let is_one_day = pair.a.published == pair.b.published;
    (is_one_day || is_unknown(one) && is_unknown(two))
        && first.len() == second.len()
        && differing().all(|(a, b)| is_telling(a) && is_telling(b) && a.kind == b.kind)
        && differing().any(|(a, b)| a.kind == TokenKind::Number || start(a) != start(b))
}

/// The same words but for their figures.
fn are_other_figures(pair: &Pair<'_, '_>, a: &Found<Value>, b: &Found<Value>) -> bool {
    let (first, second) = (&pair.a.tokens[a.tokens.clone()], &pair.b.tokens[b.tokens.clone()]);
    let mut differing = first.iter().zip(second).filter(|(a, b)| a.norm != b.norm).peekable();
    first.len() == second.len()
        && differing.peek().is_some()
        && differing.all(|(a, b)| a.kind == TokenKind::Number && b.kind == TokenKind::Number)
}

/// Amounts of two currencies, which are never converted, but are not the same either; one dollar may stand for another.
fn are_other_currencies(a: &Value, b: &Value) -> bool {
    let is_dollar = |name: &str| name.ends_with('D');
    match (a, b) {
        (Value::Money(_, one), Value::Money(_, two)) => {
            one != two && !(is_dollar(one.name()) && is_dollar(two.name()))
        }
        _ => false,
    }
}

/// Two figures behind the same word: "at least two" and "at least three" could both be right, but not in one sentence.
fn are_other_bounds(a: &Value, b: &Value) -> bool {
    let (Some(one), Some(two)) = (a.amount(), b.amount()) else { return false };
    // "About 40 km" is about 25 miles.
    let are_one_unit = match (a, b) {
        (Value::Quantity(_, one), Value::Quantity(_, two)) | (Value::Money(_, one), Value::Money(_, two)) => {
            one == two
        }
        _ => true,
    };
    let shape = |set: &NumberSet| {
        (set.blur, set.min.map(|end| end.is_inclusive), set.max.map(|end| end.is_inclusive))
    };
    let ends = |set: &NumberSet| (set.min.map(|end| end.at), set.max.map(|end| end.at));
    let is_marked = one.blur.is_some() || one.min.is_none() || one.max.is_none();
    are_one_unit && is_marked && shape(one) == shape(two) && ends(one) != ends(two)
}

/// Whether one figure is the other in fewer digits.
fn is_rounded(a: &Value, b: &Value) -> bool {
    let exact = |value: &Value| value.amount().and_then(named_figure);
    let (Some(one), Some(two)) = (exact(a), exact(b)) else { return false };
    let (coarse, fine) = if digits(one) < digits(two) { (one, two) } else { (two, one) };
    let distance = coarse.saturating_sub(fine).abs();
    digits(coarse) < digits(fine)
        && distance.saturating_mul(Decimal::from(CLOSENESS)) <= fine.abs()
        && distance.saturating_mul(Decimal::TWO) <= last_digit(coarse)
}

/// What one more in the last digit that is no zero would add.
fn last_digit(number: Decimal) -> Decimal {
    let number = number.normalize();
    let zeros =
        number.mantissa().unsigned_abs().to_string().bytes().rev().take_while(|digit| *digit == b'0').count();
    let unit = Decimal::try_new(1, number.scale()).unwrap_or(Decimal::ONE);
    (0..zeros).fold(unit, |unit, _| unit.saturating_mul(Decimal::TEN))
}

/// The one number that is named, whatever stands before it.
fn named_figure(set: &NumberSet) -> Option<Decimal> {
    match (set.min, set.max) {
        (Some(one), Some(two)) => (one.at == two.at).then_some(one.at),
        (one, two) => one.or(two).map(|end| end.at),
    }
}

/// A round figure stands for what lies within one part in so many.
const CLOSENESS: i64 = 25;

/// Digits without the zeros at either end.
fn digits(number: Decimal) -> usize {
    number.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len()
}

/// A word with figures in it, of which only the figures differ: "Q2", "BA117".
fn plain(pair: &Pair<'_, '_>, place: &Place) -> Option<Change> {
    if place.a.len() != 1 || place.b.len() != 1 {
        return None;
    }
    let split = |text: &str| -> (String, String) { text.chars().partition(char::is_ascii_digit) };
    let ((one, rest), (two, other)) =
        (split(&pair.a.tokens[place.a.start].norm), split(&pair.b.tokens[place.b.start].norm));
    (!one.is_empty() && !two.is_empty() && one != two && rest == other)
        .then(|| pair.change(ChangeKind::Figure, &place.a, &place.b))
}
