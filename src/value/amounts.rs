//! Reads amounts: counts, money, measures, percentages, scores and ratios, with what bounds them.
//!
//! A modifier before a measured amount ("more than $20") widens its set but stays outside its tokens; before a bare
//! number it belongs to it, since there it is all that says what is meant.

use super::lengths::age;
use super::measured::{Bare, Of, bare, unit_behind};
use super::number::{Modifier, NumberSet};
use super::numeral::{Numeral, cardinal};
use super::text::Text;
use super::token::TokenKind;
use super::{Age, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// A value and its tokens.
type Read = Option<(Range<usize>, Value)>;

/// The amount at a place: a modifier, a number or two of a range, a unit, and what stands behind.
pub(super) fn amount(text: &Text<'_>, at: usize) -> Read {
    let modifier =
        text.class(text.language.ids.modifier, at).map(|(len, value)| (len, Modifier::from_value(value)));
    match modifier {
        Some((len, modifier)) => {
            let (tokens, value) = unmodified(text, at + len)?;
            // "3.6 pct higher than last year's 1.1 billion" compares; it leaves nothing open.
            if matches!(modifier, Modifier::More | Modifier::Less) && is_amount_before(text, at) {
                let (end, value) = joined(text, tokens.end, value);
                return Some((tokens.start..end, value));
            }
            let is_bare = matches!(value, Value::Count(_));
            let widened = value.modified(modifier);
            let is_soft = matches!(modifier, Modifier::About | Modifier::Nearly);
            // What only blurs a figure is no part of it.
            let start = if is_bare && !is_soft { at } else { tokens.start };
            let (end, widened) = joined(text, tokens.end, widened);
            Some((start..end, widened))
        }
        None => {
            let (tokens, value) = unmodified(text, at)?;
            let (end, value) = joined(text, tokens.end, value);
            Some((tokens.start..end, value))
        }
    }
}

/// Whether an amount stands right before a place.
fn is_amount_before(text: &Text<'_>, at: usize) -> bool {
    let ids = &text.language.ids;
    let is_unit = |at: usize| {
        [ids.percent, ids.points, ids.currency, ids.measure].iter().any(|class| text.is(*class, at))
    };
    at.checked_sub(1).is_some_and(|before| is_unit(before) || text.is_kind(before, TokenKind::Number))
}

/// Whether a word close before a place tells of a vote or a match.
pub(super) fn is_scored(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(4)..at).any(|at| text.is(text.language.ids.score_cue_words, at))
}

/// "greater than 100 and smaller than 300", "500 or more", "less than 5000 or equal".
fn joined(text: &Text<'_>, end: usize, value: Value) -> (usize, Value) {
    let ids = &text.language.ids;
    let behind = text.class(ids.behind, end).filter(|(len, _)| cardinal(text, end + len).is_none());
    if let Some((len, behind)) = behind {
        let is_bare = matches!(value, Value::Count(_));
        return (if is_bare { end + len } else { end }, value.modified(Modifier::from_value(behind)));
    }
    let Value::Count(set) = &value else { return (end, value) };
    let and = usize::from(text.is(ids.range_and, end) || text.is_word(end, ","));
    let other =
        text.class(ids.modifier, end + and).filter(|_| and == 1 && (set.min.is_none() != set.max.is_none()));
    let Some((len, modifier)) = other else { return (end, value) };
    let Some((tokens, Value::Count(second))) = unmodified(text, end + and + len) else { return (end, value) };
    let second = second.modified(Modifier::from_value(modifier));
    let (low, high) = if set.max.is_none() { (*set, second) } else { (second, *set) };
    let is_range = low.max.is_none()
        && high.min.is_none()
        && low.min.zip(high.max).is_some_and(|(low, high)| low.at < high.at);
    if is_range {
        (tokens.end, Value::Count(NumberSet { min: low.min, max: high.max, blur: None }))
    } else {
        (end, value)
    }
}

fn unmodified(text: &Text<'_>, at: usize) -> Read {
    between(text, at).or_else(|| vague(text, at)).or_else(|| single(text, at))
}

/// "between 10 and 20 dollars", "from 200 to 300".
fn between(text: &Text<'_>, at: usize) -> Read {
    let ids = &text.language.ids;
    let (opening, joint) = match text.class(ids.range_between, at) {
        Some((len, _)) => (len, ids.range_and),
        None => (text.class(ids.range_from, at).filter(|_| !tells_change(text, at))?.0, ids.range_to),
    };
    let first = bare(text, at + opening)?;
    let end = at + opening + first.len;
    let (joint, _) = text.class(joint, end)?;
    let last = bare(text, end + joint)?;
    let end = end + joint + last.len;
    Some((at..end, ranged(first, last)?))
}

/// Whether words close before a place tell of a change.
fn tells_change(text: &Text<'_>, at: usize) -> bool {
    (at.saturating_sub(5)..at).any(|at| text.is(text.language.ids.change, at))
}

/// "dozens", "hundreds of": intervals that are words.
fn vague(text: &Text<'_>, at: usize) -> Read {
    let (len, index) = text.class(text.language.ids.vague_number, at)?;
    let (from, to) = *text.language.numerals.vague.get(usize::try_from(index).ok()?)?;
    let set = if from == to { NumberSet::exactly(from) } else { NumberSet::half_open(from, to) };
    let unit = unit_behind(text, at + len, Numeral { len, value: from, is_figure: false });
    if let Some((unit, of)) = unit {
        return Some((at..at + len + unit, value_of(of, set)));
    }
    // "a couple of hundred", "a few million": not read.
    let scaled =
        text.words.get(at + len).is_some_and(|word| text.language.numerals.scales.contains_key(word));
    // "a few days", "a couple of years" are lengths.
    (!scaled && !text.is(text.language.ids.unit, at + len)).then_some((at..at + len, Value::Count(set)))
}

/// One amount, or a range of two: `10–20 dollars`, `$10-$20`, `52–48`.
fn single(text: &Text<'_>, at: usize) -> Read {
    let first = bare(text, at)?;
    let end = at + first.len;
    if let Some(age) = age(text, at, first.numeral) {
        return Some(age);
    }
    let ids = &text.language.ids;
    if let Some((joint, _)) = text.class(ids.range_to, end)
        && let Some(last) = bare(text, end + joint)
        && !is_subtraction(text, end)
        && !(at > 0 && text.is(ids.range_from, at - 1) && tells_change(text, at - 1))
        && let Some(value) = ranged(first, last)
    {
        let end = end + joint + last.len;
        if let Some((tokens, _)) = age(text, end - last.len, last.numeral) {
            let upper = last.numeral.value;
            return Some((
                at..tokens.end,
                Value::Age(Age { amount: NumberSet::between(first.value, upper), unit: "year" }),
            ));
        }
        return Some((at..end, value));
    }
    if let Some(ratio) = ratio(text, at, first) {
        return Some(ratio);
    }
    if let Some(score) = score(text, at, first) {
        return Some(score);
    }
    let is_number = first.of == Of::Nothing;
    if is_number && !may_count(text, at, first) {
        return None;
    }
    Some((at..end, value_of(first.of, NumberSet::exactly(first.value))))
}

/// Whether a dash stands between blanks on one side only, so that it is a sign or a bullet.
fn is_subtraction(text: &Text<'_>, dash: usize) -> bool {
    text.is_word(dash, "-") && text.is_glued(dash) != text.is_glued(dash + 1)
}

/// Whether a number without a unit is one: no part of a code, a clock time, a list mark or a word like "one".
fn may_count(text: &Text<'_>, at: usize, number: Bare) -> bool {
    let end = at + number.len;
    let ids = &text.language.ids;
    if number.numeral.is_figure {
        let is = |at: usize, marks: &[&str]| {
            text.tokens.get(at).is_some_and(|token| marks.contains(&&*token.norm))
        };
        let clock = is(end, &[":"])
            && text.is_glued(end)
            && text.is_glued(end + 1)
            && text.is_kind(end + 1, TokenKind::Number)
            || at > 1 && is(at - 1, &[":"]) && text.is_glued(at) && text.is_kind(at - 2, TokenKind::Number)
            || text.is(ids.clock, end);
        let part = text.has_tail(end)
            || at > 0 && text.is_glued(at) && is(at - 1, &["#", "/", "_", ":", ".", "+", "&"]);
        // `A-4`: a figure behind a dash behind a letter belongs to a name, unless it is one of a list.
        let code = at > 1
            && text.is_glued(at)
            && text.is_glued(at - 1)
            && is(at - 1, &["-"])
            && text.is_kind(at - 2, TokenKind::Word);
        let rest_of_date = is(end, &["/"]) && text.is_glued(end) && text.is_glued(end + 1);
        return !clock && !part && !code && !rest_of_date;
    }
    let is_one = number.len == 1 && number.value == Decimal::ONE;
    if !is_one {
        return true;
    }
    // "One" counts before a noun; as a pronoun it stands before a verb, a preposition, a mark or at the end.
    let counts = text.is_kind(end, TokenKind::Word) && !text.is(ids.behind_one, end);
    let is_pronoun = at > 0 && text.is(ids.before_one, at - 1);
    text.tokens.len() == 1 || counts && !is_pronoun
}

/// Two ends of a range; the unit and the scale behind the second are those of the first too.
fn ranged(first: Bare, last: Bare) -> Option<Value> {
    let of = match (first.of, last.of) {
        (one, other) if one == other => one,
        (Of::Nothing, other) => other,
        (Of::Unit(unit), Of::Nothing) if unit.is_currency() && first.is_led => Of::Unit(unit),
        _ => return None,
    };
    let scale = last.numeral.len > 1 && first.numeral.len == 1;
    let lifted = scale
        .then(|| scale_of(last))
        .flatten()
        .and_then(|scale| first.value.checked_mul(scale))
        .filter(|lifted| *lifted < last.value);
    let low = lifted.unwrap_or(first.value);
    (low < last.value).then(|| value_of(of, NumberSet::between(low, last.value)))
}

/// The scale that a number was told in: a million of `1.5 million`.
fn scale_of(number: Bare) -> Option<Decimal> {
    [1_000_000_000_000_i64, 1_000_000_000, 1_000_000, 1_000]
        .into_iter()
        .map(Decimal::from)
        .find(|scale| number.value >= *scale)
}

fn value_of(of: Of, set: NumberSet) -> Value {
    match of {
        Of::Nothing => Value::Count(set),
        Of::Percent => Value::Percent(set),
        Of::Points => Value::Points(set),
        Of::Unit(unit) if unit.is_currency() => Value::Money(set, unit),
        Of::Unit(unit) => Value::Quantity(set, unit),
    }
}

/// "one in three", "two out of five": a part and its whole.
fn ratio(text: &Text<'_>, at: usize, part: Bare) -> Read {
    let (joint, _) = text.class(text.language.ids.ratio, at + part.len).filter(|_| part.of == Of::Nothing)?;
    let whole = cardinal(text, at + part.len + joint)?;
    let end = at + part.len + joint + whole.len;
    let is_whole = |number: Decimal| number.fract() == Decimal::ZERO;
    let is_year =
        whole.is_figure && whole.value >= Decimal::from(1_000) && !text.tokens[end - 1].text.contains(',');
    let is_part = part.value > Decimal::ZERO
        && part.value < whole.value
        && is_whole(part.value)
        && is_whole(whole.value);
    let measured = unit_behind(text, end, whole).is_some()
        || text.is(text.language.ids.unit, end)
        || text.is(text.language.ids.month, end);
    (is_part && !is_year && !measured && !text.has_tail(end))
        .then_some((at..end, Value::Ratio(part.value, whole.value)))
}

/// `52–48`, "by 3 to 2", `4:3`: two numbers that stand against each other, the larger first.
fn score(text: &Text<'_>, at: usize, first: Bare) -> Read {
    let end = at + first.len;
    let glued = text.is_glued(end) && text.is_glued(end + 1);
    let is_dash = text.is_word(end, "-") && glued;
    let last = text.tokens.get(end + 1).filter(|_| is_dash && first.len == 1 && first.of == Of::Nothing)?;
    let low = last.number.filter(|low| low.scale() == 0 && last.text.len() <= 3)?;
    // Small numbers are a result by themselves, unless a name stands before them.
    let is_small =
        first.value <= Decimal::from(20) && !(at > 0 && text.tokens[at - 1].is_capitalized() && at > 1);
    let is_score = (is_small || is_scored(text, at))
        && low <= first.value
        && first.value < Decimal::from(1_000)
        && first.value.fract() == Decimal::ZERO
        && !text.is_glued(at)
        && !text.has_tail(end + 2)
        && !text.is_word(end + 2, "-");
    is_score.then_some((at..end + 2, Value::Score(first.value, low)))
}
