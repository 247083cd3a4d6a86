//! Reads numerals: figures and number words with fractions, and ranks.

pub(super) use super::figures::figure;
use super::spelling::{fused, spelled};
use super::text::Text;
use super::token::TokenKind;
use rust_decimal::Decimal;

/// A number and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    /// Tokens it takes.
    pub(super) len: usize,
    /// What it is.
    pub(super) value: Decimal,
    /// Whether it starts with a figure.
    pub(super) is_figure: bool,
}

/// The number at a place, as long as it goes. Linear in its tokens, of which there are few dozens at most.
pub(super) fn cardinal(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let ids = &text.language.ids;
    let token = text.tokens.get(at)?;
    let is_plain = token.kind == TokenKind::Word && token.text.is_ascii();
    (!is_plain || text.may_be_spelled(at) || text.is(ids.point, at)).then_some(())?;
    if let Some((len, _)) = text.class(ids.minus, at) {
        let number = cardinal(text, at + len).filter(|_| !text.is(ids.minus, at + len))?;
        return Some(Numeral { len: len + number.len, value: -number.value, ..number });
    }
    let base = figure(text, at).or_else(|| spelled(text, at));
    let fraction = fraction(text, at);
    match (base, fraction) {
        (Some(base), Some(fraction)) if fraction.len > base.len => Some(fraction),
        (Some(base), _) => Some(with_fraction(text, at, base)),
        (None, fraction) => fraction,
    }
}

/// The number at a place without fractions: in "the last two quarters" the quarters are a unit.
pub(super) fn whole(text: &Text<'_>, at: usize) -> Option<Numeral> {
    figure(text, at)
        .or_else(|| spelled(text, at))
        .filter(|number| number.value.fract() == Decimal::ZERO && number.value >= Decimal::ZERO)
}

/// The rank at a place: `3rd`, "third", "twenty-first".
pub(super) fn ordinal(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let ids = &text.language.ids;
    if text.is_kind(at, TokenKind::Number) {
        let suffix = text.is_glued(at + 1) && text.is(ids.ordinal_suffix, at + 1);
        let value = text.tokens[at].number.filter(|n| suffix && n.scale() == 0)?;
        return Some(Numeral { len: 2, value, is_figure: true });
    }
    let token = text.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
    let opens = text.language.opens(text.words[at]).rank || text.may_be_fused(at);
    (opens || !token.text.is_ascii()).then_some(())?;
    let numerals = &text.language.numerals;
    let rank = |at: usize| text.words.get(at).and_then(|word| numerals.ordinals.get(word)).copied();
    if let Some(rank) = rank(at) {
        return Some(Numeral { len: 1, value: rank.into(), is_figure: false });
    }
    if let Some(value) = fused_ordinal(text, at) {
        return Some(Numeral { len: 1, value, is_figure: false });
    }
    // "Twenty-first", "one hundred and fifth", "three trillionth": a number and a rank that goes on from it.
    let base = spelled(text, at)?;
    // An em dash between the two is a hyphen to many writers.
    let dash =
        text.is_word(at + base.len, "-") && text.is_glued(at + base.len) && text.is_glued(at + base.len + 1);
    let and = usize::from(dash || text.is(ids.and, at + base.len));
    let last = rank(at + base.len + and)?;
    let last = Decimal::from(last);
    let value = if last >= Decimal::ONE_HUNDRED {
        base.value.checked_mul(last)?
    } else {
        let tail = base.value % Decimal::ONE_HUNDRED;
        let goes_on = tail == Decimal::ZERO
            || tail >= Decimal::from(20) && tail % Decimal::TEN == Decimal::ZERO && last < Decimal::TEN;
        base.value.checked_add(last).filter(|_| goes_on)?
    };
    Some(Numeral { len: base.len + and + 1, value, is_figure: false })
}

/// "twentyfifth": tens and a rank in one word.
fn fused_ordinal(text: &Text<'_>, at: usize) -> Option<Decimal> {
    let norm = &*text.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?.norm;
    let language = text.language;
    if let Some(compound) = &language.numerals.compound {
        let stem = compound.ordinal_endings.iter().find_map(|ending| norm.strip_suffix(ending.as_str()))?;
        return fused(text, stem);
    }
    let (cut, _) = norm.char_indices().find(|&(cut, _)| cut > 3 && norm[..cut].ends_with("ty"))?;
    let tens = *language.numerals.units.get(&language.known(&norm[..cut]))?;
    let unit = *language.numerals.ordinals.get(&language.known(&norm[cut..]))?;
    (tens >= 20 && unit < 10).then(|| Decimal::from(tens + unit))
}

/// "three quarters", "two-thirds", "a fifth", "half a million", "one over three".
pub(super) fn fraction(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let ids = &text.language.ids;
    let numerator = text
        .class(ids.article, at)
        .map(|(len, _)| Numeral { len, value: Decimal::ONE, is_figure: false })
        .or_else(|| spelled(text, at))
        .or_else(|| figure(text, at).filter(|figure| figure.len == 1));
    let ends = |end: usize| {
        text.tokens.get(end).is_none_or(|next| next.kind == TokenKind::Mark && !next.is("-"))
            || text.is(ids.of, end)
    };
    let part = match numerator {
        Some(number) => {
            let over = text.class(ids.over, at + number.len).and_then(|(len, _)| {
                let below =
                    spelled(text, at + number.len + len).or_else(|| figure(text, at + number.len + len))?;
                Some(Numeral {
                    len: number.len + len + below.len,
                    value: number.value.checked_div(below.value)?,
                    ..number
                })
            });
            if over.is_some() {
                return over;
            }
            if let Some(split) = split_fraction(text, at, number) {
                return Some(split);
            }
            let (len, denominator) = denominator(text, at + number.len)?;
            let is_many = number.value > Decimal::ONE;
            let word = &text.tokens[at + number.len + len - 1].norm;
            let agrees = is_many == word.ends_with('s')
                && (is_many || number.is_figure || ends(at + number.len + len) || !text.is(ids.article, at));
            let value = number.value.checked_div(denominator).filter(|_| agrees)?;
            Numeral { len: number.len + len, value, is_figure: false }
        }
        None => {
            let (len, _) = text.class(ids.half, at)?;
            let scale =
                |at: usize| text.words.get(at).and_then(|word| text.language.numerals.scales.get(word));
            let article = text.class(ids.article, at + len).map_or(0, |(len, _)| len);
            if let Some(&factor) = scale(at + len + article) {
                let value = Decimal::from(factor).checked_div(Decimal::TWO)?;
                return Some(Numeral { len: len + article + 1, value, is_figure: false });
            }
            // "half of the voters", "half the town"
            let of = text.class(ids.of, at + len).map_or(0, |(len, _)| len);
            let half = Numeral { len, value: Decimal::new(5, 1), is_figure: false };
            return (text.is(ids.determiner, at + len + of) || of > 0).then_some(half);
        }
    };
    // "two thirds of a million"
    let of = text.class(ids.of, at + part.len).map_or(0, |(len, _)| len);
    let whole = (of > 0 && text.is(ids.article, at + part.len + of))
        .then(|| spelled(text, at + part.len + of))
        .flatten();
    match whole.and_then(|whole| Some((whole.len, whole.value.checked_mul(part.value)?))) {
        Some((len, value)) => Some(Numeral { len: part.len + of + len, value, ..part }),
        None => Some(part),
    }
}

/// Fractions whose words come apart elsewhere: "one hundred thirty fifths" is a hundred of them, and "two hundred and
/// fifty-four hundredths" is a decimal fraction behind a whole number.
fn split_fraction(text: &Text<'_>, at: usize, number: Numeral) -> Option<Numeral> {
    let numerals = &text.language.numerals;
    let end = at + number.len;
    let part = text.words.get(end).and_then(|word| numerals.parts.get(word)).copied()?;
    // "One hundred twenty-fifth" is a rank.
    text.tokens[end].norm.ends_with('s').then_some(())?;
    let unit = |at: usize| text.words.get(at).and_then(|word| numerals.units.get(word)).copied();
    let is_and = |at: usize| text.is(text.language.ids.and, at);
    let tens = unit(end - 1)
        .filter(|tens| *tens >= 20 && number.len > 1 && part < 10 && !is_and(end - 2))
        .map(Decimal::from);
    if let Some(tens) = tens {
        let numerator = number.value - tens;
        let value =
            numerator.checked_div(tens + Decimal::from(part)).filter(|_| numerator > Decimal::ZERO)?;
        return Some(Numeral { len: number.len + 1, value, is_figure: false });
    }
    let and = (at + 1..end - 1).rev().find(|&at| is_and(at)).filter(|_| part == 100 || part == 1_000)?;
    let small = spelled(text, and + 1)
        .filter(|small| and + 1 + small.len == end && small.value < Decimal::from(part))?;
    let value = (number.value - small.value).checked_add(small.value.checked_div(part.into())?)?;
    Some(Numeral { len: number.len + 1, value, is_figure: false })
}

/// "half", "quarters", "thirds", "hundredth": what one is divided by.
fn denominator(text: &Text<'_>, at: usize) -> Option<(usize, Decimal)> {
    let ids = &text.language.ids;
    if text.is(ids.half, at) {
        return Some((1, Decimal::TWO));
    }
    if text.is(ids.quarter, at) {
        return Some((1, Decimal::from(4)));
    }
    let part =
        |at: usize| text.words.get(at).and_then(|word| text.language.numerals.parts.get(word)).copied();
    if let Some(rank) = part(at) {
        return Some((1, rank.into()));
    }
    // "a twenty-first"
    let tens = text
        .words
        .get(at)
        .and_then(|word| text.language.numerals.units.get(word))
        .filter(|tens| **tens >= 20)?;
    let numerals = &text.language.numerals;
    let last = text
        .words
        .get(at + 1)
        .and_then(|word| numerals.ordinals.get(word).or_else(|| numerals.parts.get(word)))
        .filter(|last| **last < 10)?;
    Some((2, Decimal::from(tens + last)))
}

/// "one and a half", "five and a half million", "six million and two thirds", "a billion and a half million".
fn with_fraction(text: &Text<'_>, at: usize, base: Numeral) -> Numeral {
    let ids = &text.language.ids;
    let Some((and, _)) = text.class(ids.and, at + base.len).filter(|_| base.value.fract() == Decimal::ZERO)
    else {
        return base;
    };
    let start = at + base.len + and;
    let article = text.class(ids.article, start).map_or(0, |(len, _)| len);
    let word = |class, value| {
        text.class(class, start + article).map(|(len, _)| Numeral {
            len: article + len,
            value,
            is_figure: false,
        })
    };
    let part = word(ids.half, Decimal::new(5, 1))
        .or_else(|| fraction(text, start))
        .or_else(|| word(ids.quarter, Decimal::new(25, 2)));
    let Some(part) =
        part.filter(|part| part.len < 6 && part.value < Decimal::ONE && part.value > Decimal::ZERO)
    else {
        return base;
    };
    let len = base.len + and + part.len;
    let scale = |at: usize| {
        text.words
            .get(at)
            .and_then(|word| text.language.numerals.scales.get(word))
            .copied()
            .map(Decimal::from)
    };
    let thousand = Decimal::ONE_THOUSAND;
    let (value, more) = match (scale(at + len), scale(at + base.len - 1)) {
        // "five and a half million", "a billion and a half million"
        (Some(factor), _) if base.value < thousand => {
            (base.value.checked_add(part.value).and_then(|sum| sum.checked_mul(factor)), 1)
        }
        (Some(factor), _) => {
            (part.value.checked_mul(factor).and_then(|part| part.checked_add(base.value)), 1)
        }
        (None, Some(factor)) if factor >= thousand => {
            (part.value.checked_mul(factor).and_then(|part| part.checked_add(base.value)), 0)
        }
        (None, _) => (base.value.checked_add(part.value), 0),
    };
    value.map_or(base, |value| Numeral { len: len + more, value, ..base })
}
