//! Reads amounts: counts, money, measures, percentages, ages, lengths of time, scores and ranks, with what bounds them.
//!
//! A modifier before a measured amount ("more than $20") widens its set but stays outside its tokens; before a bare
//! number it belongs to it, since there it is all that says what is meant.

use super::date::Grain;
use super::length::{self, Length};
use super::lexicon::name;
use super::number::{Modifier, NumberSet};
use super::numeral::{Numeral, cardinal, figure, ordinal, whole};
use super::reader::{grain_of, length_of};
use super::text::Text;
use super::token::TokenKind;
use super::unit::Unit;
use super::{Age, Duration, Value};
use rust_decimal::Decimal;
use std::ops::Range;

/// A value and its tokens.
type Read = Option<(Range<usize>, Value)>;

/// What an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Nothing,
    Percent,
    Points,
    Unit(Unit),
}

/// A number with its unit.
#[derive(Clone, Copy, Debug)]
struct Bare {
    len: usize,
    value: Decimal,
    of: Of,
    numeral: Numeral,
    /// Whether the unit stands before the number.
    is_led: bool,
}

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
        None => (text.class(ids.range_from, at)?.0, ids.range_to),
    };
    let first = bare(text, at + opening)?;
    let end = at + opening + first.len;
    let (joint, _) = text.class(joint, end)?;
    let last = bare(text, end + joint)?;
    let end = end + joint + last.len;
    let value = ranged(text, first, last)?;
    // "From 200 to 300" may tell a change; with a unit, or between, it is a range.
    Some((at..end, value))
}

/// "dozens", "hundreds of": intervals that are words.
fn vague(text: &Text<'_>, at: usize) -> Read {
    let (len, index) = text.class(text.language.ids.vague_number, at)?;
    let (from, to) = *text.language.numerals.vague.get(usize::try_from(index).ok()?)?;
    let set = if from == to { NumberSet::exactly(from) } else { NumberSet::half_open(from, to) };
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
        && let Some(value) = ranged(text, first, last)
    {
        let end = end + joint + last.len;
        if let Some(Numeral { value: upper, .. }) = Some(last.numeral)
            && let Some((tokens, _)) = age(text, end - last.len, last.numeral)
        {
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
            || text.is_word(end, "am")
            || text.is_word(end, "pm")
            || text.is_word(end, "o'clock");
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
    const BEHIND: [&str; 30] = [
        "of", "is", "was", "has", "had", "can", "may", "might", "should", "would", "will", "who", "that",
        "which", "day", "in", "on", "at", "to", "for", "by", "with", "and", "or", "must", "could", "does",
        "did", "you", "i",
    ];
    let next = text.tokens.get(end);
    let behind_determiner = at > 0
        && [
            "the", "this", "that", "which", "any", "every", "each", "another", "no", "some", "new", "only",
            "last", "next",
        ]
        .contains(&&*text.tokens[at - 1].norm);
    let stands_alone = text.tokens.len() == 1;
    stands_alone
        || next.is_some_and(|next| next.kind == TokenKind::Word && !BEHIND.contains(&&*next.norm))
            && !behind_determiner
            && !text.is(ids.and, end)
}

/// Two ends of a range; the unit and the scale behind the second are those of the first too.
fn ranged(text: &Text<'_>, first: Bare, last: Bare) -> Option<Value> {
    let of = match (first.of, last.of) {
        (one, other) if one == other => one,
        (Of::Nothing, other) => other,
        (Of::Unit(unit), Of::Nothing) if unit.is_currency() && first.is_led => Of::Unit(unit),
        _ => return None,
    };
    let scale = last.numeral.len > 1 && first.numeral.len == 1;
    let lifted = scale
        .then(|| scale_of(text, last))
        .flatten()
        .and_then(|scale| first.value.checked_mul(scale))
        .filter(|lifted| *lifted < last.value);
    let low = lifted.unwrap_or(first.value);
    (low < last.value).then(|| value_of(of, NumberSet::between(low, last.value)))
}

/// The scale that a number was told in: a million of `1.5 million`.
fn scale_of(_: &Text<'_>, number: Bare) -> Option<Decimal> {
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

/// A number with a unit before or behind it.
fn bare(text: &Text<'_>, at: usize) -> Option<Bare> {
    let ids = &text.language.ids;
    let led = text.class(ids.sign, at).or_else(|| text.class(ids.code, at));
    if let Some((sign, unit)) = led
        && let Some(number) = figure(text, at + sign)
        && let Some(unit) = Unit::from_value(unit).filter(|_| is_code_written(text, at, sign))
    {
        let number = millions(text, at + sign, number);
        let len = sign + number.len;
        let of = Of::Unit(unit);
        let tail = text
            .class(ids.currency, at + len)
            .filter(|(_, value)| Unit::from_value(*value) == Some(unit))
            .map_or(0, |(len, _)| len);
        let read = Bare { len: len + tail, value: number.value, of, numeral: number, is_led: true };
        return Some(with_cents(text, at, read));
    }
    if let Some(fused) = fused_code(text, at) {
        return Some(fused);
    }
    let article =
        text.class(ids.article, at).map(|(len, _)| Numeral { len, value: Decimal::ONE, is_figure: false });
    let number = cardinal(text, at);
    let (number, is_article) = match (number, article) {
        (Some(number), _) => (number, false),
        (None, Some(article)) => (article, true),
        (None, None) => return None,
    };
    let of_half = half_of(text, at, number);
    let (number, end) = of_half.unwrap_or((number, at + number.len));
    let Some((len, of)) = unit_behind(text, end, number)
        .filter(|(_, of)| !is_article || matches!(of, Of::Unit(unit) if unit.is_currency()))
    else {
        let read =
            Bare { len: number.len, value: number.value, of: Of::Nothing, numeral: number, is_led: false };
        return (!is_article && of_half.is_none()).then_some(read);
    };
    let scaled = scale_behind(text, end + len, number, of);
    let read = Bare {
        len: end + len + scaled.map_or(0, |(len, _)| len) - at,
        value: scaled.map_or(number.value, |(_, value)| value),
        of,
        numeral: number,
        is_led: false,
    };
    Some(with_cents(text, at, read))
}

/// "a quarter mile", "half an inch": what stands between a fraction and its unit.
fn half_of(text: &Text<'_>, at: usize, number: Numeral) -> Option<(Numeral, usize)> {
    let ids = &text.language.ids;
    let end = at + number.len;
    let skip = text.class(ids.of, end).map_or(0, |(len, _)| len);
    let article = text.class(ids.article, end + skip).map_or(0, |(len, _)| len);
    (number.value < Decimal::ONE
        && number.value > Decimal::ZERO
        && skip + article > 0
        && unit_behind(text, end + skip + article, number).is_some())
    .then_some((number, end + skip + article))
}

/// `75 USD million`: the scale behind the unit.
fn scale_behind(text: &Text<'_>, at: usize, number: Numeral, of: Of) -> Option<(usize, Decimal)> {
    let Of::Unit(unit) = of else { return None };
    let factor = text
        .words
        .get(at)
        .and_then(|word| text.language.numerals.scales.get(word))
        .filter(|_| unit.is_currency())?;
    Some((1, number.value.checked_mul((*factor).into())?))
}

/// `$5m`: behind a currency the letter is a million, and `b` a billion.
fn millions(text: &Text<'_>, at: usize, number: Numeral) -> Numeral {
    let end = at + number.len;
    let letter = text.words.get(end).and_then(|word| text.language.numerals.letters.get(word));
    let factor = letter.filter(|_| text.is_glued(end) && number.len == 1 && !text.has_tail(end + 1));
    match factor.and_then(|factor| number.value.checked_mul((*factor).into())) {
        Some(value) => Numeral { len: number.len + 1, value, ..number },
        None => number,
    }
}

/// A code in capitals, or a sign: `all 5` is no Albanian money, `try 3` no Turkish.
fn is_code_written(text: &Text<'_>, at: usize, len: usize) -> bool {
    let Some(token) = text.tokens.get(at) else { return false };
    let is_capitals = token.text.chars().all(|c| c.is_uppercase() || c == '.');
    if token.kind != TokenKind::Word {
        return true;
    }
    // `A$4` is Australian, "a $4" is not.
    if len > 1 && token.norm.len() == 1 {
        return is_capitals && text.is_glued(at + 1);
    }
    len > 1 || token.norm.len() > 3 || is_capitals
}

/// `USD115`, `RM42`, `30 MUSD`: a code and a figure, or a letter of scale and a code, in one word.
fn fused_code(text: &Text<'_>, at: usize) -> Option<Bare> {
    let ids = &text.language.ids;
    let token = text.tokens.get(at)?;
    let unit = |code: &str| {
        let word = text.language.known(&code.to_lowercase());
        text.language
            .entry(ids.code, &[word])
            .or_else(|| text.language.entry(ids.sign, &[word]))
            .and_then(|(_, value)| Unit::from_value(value))
    };
    if token.kind == TokenKind::Word {
        let digits = token.text.find(|c: char| c.is_ascii_digit())?;
        let (code, figure) = token.text.split_at(digits);
        let value: Decimal = figure.parse().ok()?;
        let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_uppercase());
        let unit = unit(code).filter(|_| is_code)?;
        // `USD3` and `.14`: the point was cut off.
        let decimals = text
            .tokens
            .get(at + 2)
            .filter(|_| text.is_word(at + 1, ".") && text.is_glued(at + 1) && text.is_glued(at + 2));
        let more = decimals.and_then(|digits| format!("{figure}.{}", digits.text).parse::<Decimal>().ok());
        let len = if more.is_some() { 3 } else { 1 };
        let value = more.unwrap_or(value);
        let numeral = Numeral { len, value, is_figure: true };
        return Some(Bare { len, value, of: Of::Unit(unit), numeral, is_led: true });
    }
    let number = cardinal(text, at).filter(|number| number.is_figure)?;
    let code = text.tokens.get(at + number.len).filter(|code| {
        code.kind == TokenKind::Word
            && code.text.len() == 4
            && code.text.bytes().all(|b| b.is_ascii_uppercase())
    })?;
    let unit = code.text.strip_prefix('M').and_then(unit)?;
    let value = number.value.checked_mul(Decimal::from(1_000_000))?;
    Some(Bare { len: number.len + 1, value, of: Of::Unit(unit), numeral: number, is_led: false })
}

/// The unit behind a number: `%`, "dollars", "-mile", `km`.
fn unit_behind(text: &Text<'_>, end: usize, number: Numeral) -> Option<(usize, Of)> {
    let ids = &text.language.ids;
    // "3-inch", "one-yen"
    let dash = usize::from(text.is_word(end, "-") && text.is_glued(end) && text.is_glued(end + 1));
    if let Some((len, _)) = text.class(ids.points, end + dash) {
        return Some((dash + len, Of::Points));
    }
    if let Some((len, _)) = text.class(ids.percent, end + dash) {
        return Some((dash + len, Of::Percent));
    }
    let unit = |value: i64| Unit::from_value(value).map(Of::Unit);
    let longest = [ids.currency, ids.measure]
        .into_iter()
        .filter_map(|class| text.class(class, end + dash))
        .max_by_key(|(len, _)| *len);
    let code = number
        .is_figure
        .then(|| {
            text.class(ids.sign, end)
                .filter(|_| {
                    is_code_written(text, end, 1) && text.is_kind(end, TokenKind::Mark)
                        || text.is_word(end, "us")
                })
                .or_else(|| text.class(ids.code, end).filter(|_| is_code_written(text, end, 1)))
        })
        .flatten();
    // A pound is of money, unless it is a weight: "25 pounds" is told apart by nothing, "25-pound" weighs.
    let word = longest.map(|(len, value)| (dash + len, value));
    let symbol = || {
        let (len, value) = text.class(ids.measure_symbol, end + dash).filter(|_| number.is_figure)?;
        let last = &text.tokens[end + dash + len - 1];
        let is_letter = len == 1 && last.text.chars().count() == 1 && last.kind == TokenKind::Word;
        // A single letter is a unit where it is glued, in its own case, and no word goes on.
        let is_lower = last.text == "m"
            || last.text == "t"
            || last.text == "l"
            || last.text == "g"
            || last.text == "W"
            || last.text == "V"
            || last.text == "J";
        let glued = dash == 0 && text.is_glued(end);
        let is_quote = last.is("\"");
        let quote_ok = is_quote && !text.is_glued(end) && !text.is_glued(end + 1);
        let letter_ok = glued && is_lower && !text.is_glued(end + 1);
        let is_ok = if is_letter { letter_ok } else { !is_quote || quote_ok };
        let tail = text.has_tail(end + dash + len);
        (is_ok && !tail || is_letter && letter_ok).then_some((dash + len, value))
    };
    let found = match (word, code) {
        (Some(word), Some(code)) if code.0 > word.0 => Some(code),
        (Some(word), _) => Some(word),
        (None, code) => code,
    };
    // `43c`, and "43 c" at the end of a clause.
    let ends = |at: usize| {
        text.tokens.get(at).is_none_or(|next| {
            next.kind == TokenKind::Mark && !next.is_glued || [",", ".", ";"].contains(&&*next.norm)
        })
    };
    let is_cents = number.is_figure
        && text.tokens.get(end).is_some_and(|token| token.text == "c")
        && !text.has_tail(end + 1)
        && (text.is_glued(end) && !text.is_word(end + 1, "/") || ends(end + 1));
    if let Some(cent) = Unit::named("cent").filter(|_| is_cents && found.is_none()) {
        return Some((1, Of::Unit(cent)));
    }
    let (len, value) = found.or_else(symbol)?;
    let of = unit(value)?;
    Some((len, weighed(text, end, dash, of)))
}

/// A pound that weighs: "25-pound", "25 pounds of", and all where no British money is told of.
fn weighed(text: &Text<'_>, end: usize, dash: usize, of: Of) -> Of {
    let Of::Unit(unit) = of else { return of };
    if unit.name() != "GBP" || !(text.is_word(end + dash, "pound") || text.is_word(end + dash, "pounds")) {
        return of;
    }
    const WEIGHS: [&str; 8] = ["lose", "lost", "weigh", "weighs", "weighed", "weighing", "gained", "equal"];
    let before = end.saturating_sub(8)..end;
    let weighs = dash == 1
        || text.is_word(end + 1, "of")
        || before
            .into_iter()
            .any(|at| text.tokens.get(at).is_some_and(|token| WEIGHS.contains(&&*token.norm)));
    if weighs { Unit::named("pound").map_or(of, Of::Unit) } else { of }
}

/// "13 dollars and 45 cents", `$20 and 43c`, "15 dollars 50", "5 ft 2 in".
fn with_cents(text: &Text<'_>, at: usize, read: Bare) -> Bare {
    let Of::Unit(unit) = read.of else { return read };
    let end = at + read.len;
    if unit.name() == "foot" {
        let inches =
            cardinal(text, end).filter(|inches| inches.value < Decimal::from(12) && inches.is_figure);
        let is_inch =
            |at: usize| text.is_word(at, "in") || text.is_word(at, "inches") || text.is_word(at, "inch");
        return match inches.filter(|inches| is_inch(end + inches.len)) {
            Some(inches) => {
                let part = inches.value.checked_div(Decimal::from(12)).unwrap_or_default();
                Bare { len: read.len + inches.len + 1, value: read.value + part, ..read }
            }
            None => read,
        };
    }
    let small = ["cent", "penny", "sen", "satoshi", "unnamed"].contains(&unit.name());
    if !unit.is_currency() || small || read.value.fract() != Decimal::ZERO {
        return read;
    }
    let ids = &text.language.ids;
    let and = text.class(ids.and, end).map_or(0, |(len, _)| len);
    let Some(cents) = cardinal(text, end + and).filter(|cents| {
        cents.value < Decimal::ONE_HUNDRED
            && cents.value >= Decimal::ZERO
            && cents.value.fract() == Decimal::ZERO
    }) else {
        return read;
    };
    let behind = end + and + cents.len;
    let is_cent = text.class(ids.currency, behind).and_then(|(len, value)| {
        ["cent", "penny", "sen"].contains(&Unit::from_value(value)?.name()).then_some(len)
    });
    let is_c = || (text.is_word(behind, "c") || text.is_word(behind, "mao")).then_some(1);
    let next = text.tokens.get(behind);
    let ends = next.is_none_or(|next| {
        next.kind == TokenKind::Mark && !["-", "%", "/", "$", "€", "£"].contains(&&*next.norm)
    }) && !text.is_glued(end + and);
    let word = |at: usize| text.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
    // "15 dollars 50": two digits at the end of the clause, behind the word or the sign.
    let bare = (ends
        && (cents.value >= Decimal::TEN || and > 0)
        && (word(end - 1) || !cents.is_figure || cents.len == 1 && and == 0 && read.is_led))
        .then_some(0);
    let Some(tail) = is_cent.or_else(is_c).or(bare) else { return read };
    let hundredth = if text.is_word(behind, "mao") { Decimal::TEN } else { Decimal::ONE_HUNDRED };
    let part = cents.value.checked_div(hundredth).unwrap_or_default();
    Bare { len: read.len + and + cents.len + tail, value: read.value + part, ..read }
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

/// "70-year-old", "ten months old", "aged 70", "in his 70s", "70th birthday".
fn age(text: &Text<'_>, at: usize, number: Numeral) -> Read {
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
    Some((len, length, grain_of(unit)))
}

fn lengths(text: &Text<'_>, at: usize) -> Option<(usize, Length, i64)> {
    let (mut len, mut total, mut unit) = one_length(text, at)?;
    let mut last = unit;
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
            unit = smaller;
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
    Some((len, total, unit))
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
        return Some((len + article + unit_len, length_of(Decimal::new(5, 1), unit)?, unit));
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
    const BETWEEN: [&str; 9] =
        ["more", "additional", "full", "consecutive", "straight", "whole", "less", "fewer", "of"];
    let is_between = text.tokens.get(end).is_some_and(|token| BETWEEN.contains(&&*token.norm))
        && (!text.is_word(end, "of") || value.fract() != Decimal::ZERO);
    if is_between {
        end += 1;
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
                && text.tokens[end].text != "S"
        })
    };
    let prime = || {
        (is_figure && text.is_word(end, "'") && text.is_glued(end) && !text.is_glued(end + 1))
            .then(|| (1, super::lexicon::named("minute")))
    };
    let (unit_len, unit) = word.or_else(letter).or_else(prime)?;
    // "in its third second": a rank is no number of seconds.
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
    (!is_rank).then(|| Some((end + unit_len - at, length_of(value, unit)?, unit)))?
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
    let low_length = length_of(low.value, unit).filter(|_| !age)?;
    let end = start + low.len + joint + len;
    Some((at..end, Value::Duration(Duration::between(low_length, high)?)))
}
