//! Reads a number with its unit: `$5m`, `10 €`, "3-inch", "13 dollars and 45 cents", "5 ft 2 in".

use super::numeral::{Numeral, cardinal, figure};
use super::text::Text;
use super::token::TokenKind;
use super::unit::Unit;
use rust_decimal::Decimal;

/// What an amount is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Nothing,
    Percent,
    Points,
    Unit(Unit),
}

/// A number with its unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bare {
    pub(super) len: usize,
    pub(super) value: Decimal,
    pub(super) of: Of,
    pub(super) numeral: Numeral,
    /// Whether the unit stands before the number.
    pub(super) is_led: bool,
}

/// A number with a unit before or behind it.
pub(super) fn bare(text: &Text<'_>, at: usize) -> Option<Bare> {
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
pub(super) fn unit_behind(text: &Text<'_>, end: usize, number: Numeral) -> Option<(usize, Of)> {
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
    let celsius = Unit::named("degree celsius").filter(|_| {
        let is_letter = number.is_figure
            && text.tokens.get(end).is_some_and(|token| token.text == "C")
            && text.is_glued(end);
        is_letter
            && !text.is_glued(end + 1) | text.is_word(end + 1, ".") | text.is_word(end + 1, ",")
            && number.value.abs() < Decimal::from(100)
    });
    if let Some(celsius) = celsius.filter(|_| found.is_none()) {
        return Some((1, Of::Unit(celsius)));
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
    let mut before = end.saturating_sub(8)..end;
    let weighs =
        dash == 1 || text.is_word(end + 1, "of") || before.any(|at| text.is(text.language.ids.weighs, at));
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
