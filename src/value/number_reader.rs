//! Finds counts among tokens: figures and number words with the words that bound or blur them.

use super::Found;
use super::number::{Bound, NumberSet};
use super::token::{Token, TokenKind};
use rust_decimal::Decimal;

/// The counts of one sentence or block in order, never overlapping. Linear in the tokens.
///
/// Figures that belong to something else (money, percentages, a date's day, `G7`) are left to
/// their own readers; the caller drops what overlaps a date.
pub fn numbers(tokens: &[Token<'_>]) -> Vec<Found<NumberSet>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match modified(tokens, at) {
            Some((length, value)) => {
                found.push(Found { tokens: at..at + length, value });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Words before a number and what they leave open: (words, kind).
const MODIFIERS: [(&[&str], Modifier); 25] = [
    (&["not", "fewer", "than"], Modifier::AtLeast),
    (&["not", "more", "than"], Modifier::AtMost),
    (&["not", "over"], Modifier::AtMost),
    (&["at", "least"], Modifier::AtLeast),
    (&["no", "fewer", "than"], Modifier::AtLeast),
    (&["no", "less", "than"], Modifier::AtLeast),
    (&["not", "less", "than"], Modifier::AtLeast),
    (&["a", "minimum", "of"], Modifier::AtLeast),
    (&["more", "than"], Modifier::MoreThan),
    (&["over"], Modifier::MoreThan),
    (&["above"], Modifier::MoreThan),
    (&["fewer", "than"], Modifier::FewerThan),
    (&["less", "than"], Modifier::FewerThan),
    (&["under"], Modifier::FewerThan),
    (&["up", "to"], Modifier::AtMost),
    (&["at", "most"], Modifier::AtMost),
    (&["as", "many", "as"], Modifier::AtMost),
    (&["no", "more", "than"], Modifier::AtMost),
    (&["nearly"], Modifier::Nearly),
    (&["almost"], Modifier::Nearly),
    (&["about"], Modifier::About),
    (&["around"], Modifier::About),
    (&["some"], Modifier::About),
    (&["roughly"], Modifier::About),
    (&["approximately"], Modifier::About),
];

#[derive(Clone, Copy)]
enum Modifier {
    AtLeast,
    MoreThan,
    FewerThan,
    AtMost,
    Nearly,
    About,
}

/// Number words that are intervals by themselves; upper ends are the next such word's lower end.
const VAGUE: [(&str, i64, i64); 6] = [
    ("dozens", 24, 100),
    ("scores", 40, 200),
    ("hundreds", 200, 1_000),
    ("thousands", 2_000, 1_000_000),
    ("millions", 2_000_000, 1_000_000_000),
    ("billions", 2_000_000_000, 1_000_000_000_000),
];

const UNITS: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The value of a number word below a hundred that is one word.
pub(super) fn unit_word(word: &str) -> Option<i64> {
    let place = |words: &[&str]| words.iter().position(|known| *known == word);
    let number = place(&UNITS).map(|at| at + 1).or_else(|| place(&TENS).map(|at| (at + 2) * 10))?;
    i64::try_from(number).ok()
}

/// Whether a word, whatever its case, is a number or part of one: "three", "Thousand".
pub fn is_number_word(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    unit_word(&lower).is_some() || SCALES.iter().any(|(scale, _)| *scale == lower)
}

const SCALES: [(&str, i64); 6] = [
    ("dozen", 12),
    ("hundred", 100),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

fn modified(tokens: &[Token<'_>], at: usize) -> Option<(usize, NumberSet)> {
    let starts = |words: &[&str]| {
        words.iter().enumerate().all(|(index, word)| tokens.get(at + index).is_some_and(|t| t.is(word)))
    };
    if let Some((words, modifier)) = MODIFIERS.iter().find(|(words, _)| starts(words)) {
        let (length, value) = plain(tokens, at + words.len())?;
        return Some((length + words.len(), apply(*modifier, value)));
    }
    between(tokens, at).or_else(|| plain(tokens, at))
}

/// `between 10,000 and 12,000`
fn between(tokens: &[Token<'_>], at: usize) -> Option<(usize, NumberSet)> {
    tokens.get(at).filter(|token| token.is("between"))?;
    let (length, first) = cardinal(tokens, at + 1)?;
    tokens.get(at + 1 + length).filter(|token| token.is("and"))?;
    let (more, last) = cardinal(tokens, at + 2 + length)?;
    let first = in_scale_of(first, length, last, more, tokens.get(at + 1 + length + more));
    (first <= last).then(|| (2 + length + more, NumberSet::between(first, last)))
}

/// `10 to 12 thousand`: the scale behind the second number is that of the first too.
fn in_scale_of(
    first: Decimal,
    length: usize,
    last: Decimal,
    more: usize,
    word: Option<&Token<'_>>,
) -> Decimal {
    let scale = word.and_then(|word| SCALES.iter().find(|(name, _)| word.is(name)));
    let Some(&(_, scale)) = scale.filter(|_| length == 1 && more == 2) else { return first };
    let scaled = first.checked_mul(scale.into()).filter(|scaled| *scaled < last);
    scaled.unwrap_or(first)
}

fn apply(modifier: Modifier, value: NumberSet) -> NumberSet {
    let bound = |bound: Option<Bound>, is_inclusive| bound.map(|bound| Bound { at: bound.at, is_inclusive });
    let tenth = |bound: Option<Bound>| {
        bound.and_then(|bound| bound.at.checked_div(Decimal::TEN)).unwrap_or(Decimal::ZERO)
    };
    let below = |value: NumberSet| {
        value.min.map(|min| Bound { at: min.at.saturating_sub(tenth(value.min)), is_inclusive: true })
    };
    let above = |value: NumberSet| {
        value.max.map(|max| Bound { at: max.at.saturating_add(tenth(value.max)), is_inclusive: true })
    };
    match modifier {
        Modifier::AtLeast => NumberSet { min: bound(value.min, true), max: None },
        Modifier::MoreThan => NumberSet { min: bound(value.min, false), max: None },
        Modifier::FewerThan => NumberSet { min: None, max: bound(value.max, false) },
        Modifier::AtMost => NumberSet { min: None, max: bound(value.max, true) },
        Modifier::Nearly => NumberSet { min: below(value), max: bound(value.max, false) },
        Modifier::About => NumberSet { min: below(value), max: above(value) },
    }
}

/// One number or a range of two, without modifiers.
fn plain(tokens: &[Token<'_>], at: usize) -> Option<(usize, NumberSet)> {
    let token = tokens.get(at)?;
    if let Some(&(_, from, to)) = VAGUE.iter().find(|(word, ..)| token.is(word)) {
        return Some((1, NumberSet::half_open(from.into(), to.into())));
    }
    let (length, first) = cardinal(tokens, at)?;
    let is_joint = tokens.get(at + length).is_some_and(|joint| joint.is("-") || joint.is("to"));
    let second = is_joint.then(|| cardinal(tokens, at + length + 1)).flatten();
    if let Some((more, last)) = second.filter(|(_, last)| *last > first) {
        let first = in_scale_of(first, length, last, more, tokens.get(at + length + more));
        return Some((length + 1 + more, NumberSet::between(first, last)));
    }
    Some((length, NumberSet::exactly(first)))
}

/// A figure (`10,000`, `1.5 million`) or number words (`two hundred and fifty`).
fn cardinal(tokens: &[Token<'_>], at: usize) -> Option<(usize, Decimal)> {
    let token = tokens.get(at)?;
    match token.kind {
        TokenKind::Number => figure(tokens, at),
        TokenKind::Word => spelled(tokens, at),
        TokenKind::Mark => None,
    }
}

fn figure(tokens: &[Token<'_>], at: usize) -> Option<(usize, Decimal)> {
    let number = tokens[at].number?;
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    let is_money = before.is_some_and(|mark| ["$", "€", "£", "¥", "#", "/", ":"].contains(&mark.text));
    let next = tokens.get(at + 1);
    let is_part = next.is_some_and(|next| {
        next.is_glued && (next.kind == TokenKind::Word || ["%", ":", "/"].contains(&next.text))
    });
    if is_money || is_part || next.is_some_and(|next| next.is("percent") || next.is("per")) {
        return None;
    }
    let scale = next.and_then(|next| SCALES.iter().find(|(word, _)| next.is(word)));
    match scale {
        Some(&(_, scale)) => Some((2, number.checked_mul(scale.into())?)),
        None => Some((1, number)),
    }
}

fn spelled(tokens: &[Token<'_>], at: usize) -> Option<(usize, Decimal)> {
    let (mut total, mut group, mut length): (Decimal, Decimal, usize) = (Decimal::ZERO, Decimal::ZERO, 0);
    while let Some(token) = tokens.get(at + length) {
        if let Some(unit) = unit_word(&token.norm) {
            // "Twenty three" and "two hundred three" add up; "two three" and "ten one" are two numbers.
            let tail = group % Decimal::ONE_HUNDRED;
            let is_tens = tail >= Decimal::from(20) && tail % Decimal::TEN == Decimal::ZERO;
            if tail != Decimal::ZERO && !(unit < 10 && is_tens) {
                break;
            }
            group = group.checked_add(unit.into())?;
        } else if let Some(&(_, scale)) = SCALES.iter().find(|(word, _)| token.is(word)) {
            if group == Decimal::ZERO && !(token.is("dozen") && length == 0) {
                break;
            }
            group = group.max(Decimal::ONE).checked_mul(scale.into())?;
            if scale > 100 {
                total = total.checked_add(group)?;
                group = Decimal::ZERO;
            }
        } else if !(token.is("and") && length > 0 && goes_on(tokens, at + length)) {
            break;
        }
        length += 1;
    }
    let is_pronoun = length == 1 && tokens[at].is("one");
    (length > 0 && !is_pronoun).then(|| total.checked_add(group).map(|sum| (length, sum)))?
}

/// Whether "and" stands inside a number: "two hundred and fifty".
fn goes_on(tokens: &[Token<'_>], and: usize) -> bool {
    let before = tokens[and - 1].norm.as_ref();
    SCALES.iter().any(|(word, _)| *word == before)
        && tokens.get(and + 1).is_some_and(|next| unit_word(&next.norm).is_some())
}

#[cfg(test)]
mod tests {
    use super::numbers;
    use crate::value::tokens;
    use proptest::prelude::{any, proptest};

    fn check(text: &str, expected: &str) {
        let found = numbers(&tokens(text, 0));
        let shown: Vec<String> = found.iter().map(|found| found.value.to_string()).collect();
        assert_eq!(shown.join("; "), expected, "{text}");
    }

    #[test]
    fn counts() {
        check("at least 10,000 North Korean soldiers", "at least 10,000");
        check("more than 12,000 men", "more than 12,000");
        check("fewer than 3,000 troops", "fewer than 3,000");
        check("nearly 300", "270 to 300");
        check("about 100", "90 to 110");
        check("10,000 to 12,000 troops", "10,000 to 12,000");
        check("dozens of soldiers", "24 to 100");
        check("two attempts", "2");
        check("two hundred and fifty thousand men and twenty-three women", "250,000; 23");
        check("1.5 million people", "1,500,000");
        check("up to 40", "at most 40");
        check("one of the men", "");
        check("no fewer than six", "at least 6");
        check("not fewer than 12,000", "at least 12,000");
        check("two dozen eggs and a dozen hens", "24; 12");
        check("between 10,000 and 12,000", "10,000 to 12,000");
        check("10 to 12 thousand", "10,000 to 12,000");
        check("ten one-man crews", "10");
        check("two hundred five", "205");
    }

    #[test]
    fn what_is_no_count() {
        check("$100 and 5% and 10 percent at 10:30 in the 1990s", "");
        check("the G7", "");
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            numbers(&tokens(&text, 0));
        }

        #[test]
        fn never_panics_on_number_like_text(text in "((about|nearly|more than|9{1,40}|1,000|hundred|trillion|twenty|and|to|dozens) ){1,12}") {
            numbers(&tokens(&text, 0));
        }
    }
}
