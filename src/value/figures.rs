//! Reads figures: `10,000`, `1.5 million`, `10k`, `3/4`, `10-7/8`, `1e10`.

use super::numeral::Numeral;
use super::spelling::{LONGEST, spelled};
use super::text::Text;
use super::token::{Token, TokenKind};
use rust_decimal::Decimal;

/// `10,000`, `1.5 million`, `10k`, `.08`, `-4`, `3/4`, `7 3/4`, `1 414 021 100`.
pub(super) fn figure(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let token = text.tokens.get(at)?;
    let is_word = token.kind == TokenKind::Word && token.text.is_ascii();
    (!is_word || text.is(text.language.ids.point, at)).then_some(())?;
    let is = |at: usize, mark: &str| text.is_word(at, mark);
    let opens = |at: usize| !text.is_glued(at) || is(at - 1, "(") || is(at - 1, "\"");
    if is(at, "-") && opens(at) && text.is_glued(at + 1) && text.is_kind(at + 1, TokenKind::Number) {
        let number = figure(text, at + 1)?;
        return Some(Numeral { len: number.len + 1, value: -number.value, ..number });
    }
    if is(at, ".") && opens(at) && text.is_glued(at + 1) {
        let digits = text.tokens[at + 1].text.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.then(|| format!("0.{}", text.tokens[at + 1].text).parse().ok()).flatten()?;
        return Some(scaled(text, at, Numeral { len: 2, value, is_figure: true }));
    }
    if text.is(text.language.ids.point, at)
        && text.is_kind(at + 1, TokenKind::Number)
        && text.tokens[at].norm.len() > 1
    {
        let digits = text.tokens[at + 1].text.bytes().all(|byte| byte.is_ascii_digit());
        let value = digits.then(|| format!("0.{}", text.tokens[at + 1].text).parse().ok()).flatten()?;
        return Some(Numeral { len: 2, value, is_figure: true });
    }
    if let Some(value) = text.tokens.get(at).and_then(|token| sign_fraction(token.text)) {
        return Some(Numeral { len: 1, value, is_figure: true });
    }
    let token = text.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
    let mut number = Numeral { len: 1, value: token.value(text.language.decimal)?, is_figure: true };
    if let Some(grouped) = grouped_by_blanks(text, at) {
        number = grouped;
    }
    if let Some(exponent) = exponent(text, at, number) {
        return Some(exponent);
    }
    if let Some(power) = power(text, at, number) {
        return Some(power);
    }
    if let Some(denominator) = slashed(text, at) {
        let value = number.value.checked_div(denominator)?;
        return Some(Numeral { len: 3, value, ..number });
    }
    // "7 3/4": a whole number and a fraction behind it.
    let end = at + number.len;
    let half = text.tokens.get(end).and_then(|token| sign_fraction(token.text)).map(|value| (value, 1));
    let slash = || slashed(text, end).and_then(|d| Some((text.tokens[end].number?.checked_div(d)?, 3)));
    let whole = number.value.fract() == Decimal::ZERO;
    // "10-7/8" is how markets write it.
    let dashed = || {
        let is_joined = text.is_word(end, "-")
            && text.is_glued(end)
            && text.is_glued(end + 1)
            && number.value < Decimal::from(1_000);
        let denominator = slashed(text, end + 1).filter(|_| is_joined)?;
        Some((text.tokens[end + 1].number?.checked_div(denominator)?, 4))
    };
    let part = half.or_else(|| slash().filter(|_| !text.is_glued(end))).or_else(dashed);
    if let Some((part, len)) = part.filter(|(part, _)| whole && *part < Decimal::ONE) {
        number = Numeral { len: number.len + len, value: number.value.checked_add(part)?, ..number };
    }
    Some(scaled(text, at, number))
}

/// `/ 4` glued behind a figure: the denominator, where the two are a fraction and no date.
fn slashed(text: &Text<'_>, at: usize) -> Option<Decimal> {
    let glued = text.is_word(at + 1, "/") && text.is_glued(at + 1) && text.is_glued(at + 2);
    let whole = |at: usize| text.tokens.get(at).and_then(Token::whole);
    let (numerator, denominator) = (whole(at)?, whole(at + 2).filter(|_| glued)?);
    let ends = !(text.is_word(at + 3, "/") && text.is_glued(at + 3));
    let opens = !(text.is_glued(at) && text.is_word(at.wrapping_sub(1), "/"));
    (ends && opens && denominator > 1 && numerator < 1_000 && denominator < 1_000 && numerator > 0)
        .then(|| denominator.into())
}

fn sign_fraction(text: &str) -> Option<Decimal> {
    const SIGNS: [(&str, i64, i64); 9] = [
        ("½", 1, 2),
        ("⅓", 1, 3),
        ("⅔", 2, 3),
        ("¼", 1, 4),
        ("¾", 3, 4),
        ("⅕", 1, 5),
        ("⅛", 1, 8),
        ("⅜", 3, 8),
        ("⅝", 5, 8),
    ];
    (!text.is_ascii()).then_some(())?;
    let (_, numerator, denominator) = SIGNS.iter().find(|(sign, ..)| *sign == text)?;
    Decimal::from(*numerator).checked_div((*denominator).into())
}

/// `1 414 021 100`: two groups of three digits or more behind the first.
fn grouped_by_blanks(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let digits = |at: usize| {
        text.tokens.get(at).filter(|token| token.kind == TokenKind::Number).map(|token| token.text)
    };
    let mut written =
        digits(at).filter(|first| first.len() <= 3 && first.bytes().all(|b| b.is_ascii_digit()))?.to_owned();
    let mut len = 1;
    while len < 9 && !text.is_glued(at + len) {
        let Some(group) = digits(at + len) else { break };
        let (whole, _) = group.split_once(text.language.decimal).unwrap_or((group, ""));
        if whole.len() != 3 || !whole.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        written += group;
        len += 1;
    }
    (len > 2).then(|| {
        Some(Numeral {
            len,
            value: written.replace(text.language.decimal, ".").parse().ok()?,
            is_figure: true,
        })
    })?
}

/// `1e10`, `1.3x10^6`.
fn exponent(text: &Text<'_>, at: usize, number: Numeral) -> Option<Numeral> {
    let glued = |back: usize| text.is_glued(at + back);
    let small = |text: &str| text.parse::<i32>().ok().filter(|power| power.abs() < 25);
    let power_of_ten = |power: i32| {
        let ten = Decimal::from(10_i64.checked_pow(power.unsigned_abs().min(18))?);
        let rest = Decimal::from(10_i64.checked_pow(power.unsigned_abs().saturating_sub(18))?);
        let factor = ten.checked_mul(rest)?;
        if power < 0 { number.value.checked_div(factor) } else { number.value.checked_mul(factor) }
    };
    let next = text.tokens.get(at + 1).filter(|_| glued(1) && number.len == 1)?;
    if let Some(digits) = next.norm.strip_prefix('e').filter(|digits| !digits.is_empty()) {
        return Some(Numeral { len: 2, value: power_of_ten(small(digits)?)?, ..number });
    }
    if next.is("e") && text.is_word(at + 2, "-") && glued(2) && glued(3) {
        let power = small(text.tokens[at + 3].text)?;
        return Some(Numeral { len: 4, value: power_of_ten(-power)?, ..number });
    }
    if next.is("x10") && text.is_word(at + 2, "^") && glued(2) {
        let minus = usize::from(text.is_word(at + 3, "-"));
        let power = small(text.tokens.get(at + 3 + minus)?.text)?;
        let power = if minus == 1 { -power } else { power };
        return Some(Numeral { len: 4 + minus, value: power_of_ten(power)?, ..number });
    }
    None
}

/// `1.1^23`, `10^-2`.
fn power(text: &Text<'_>, at: usize, number: Numeral) -> Option<Numeral> {
    let caret = at + number.len;
    if !text.is_word(caret, "^") || !text.is_glued(caret) {
        return None;
    }
    let signs =
        (caret + 1..caret + 3).take_while(|&at| text.is_word(at, "-") || text.is_word(at, "+")).count();
    let exponent = text
        .tokens
        .get(caret + 1 + signs)?
        .whole()
        .filter(|exponent| *exponent <= 100 && text.is_glued(caret + 1))?;
    let minus = (caret + 1..caret + 1 + signs).filter(|&at| text.is_word(at, "-")).count();
    let mut value = Decimal::ONE;
    for _ in 0..exponent {
        value = value.checked_mul(number.value)?;
    }
    let value = if minus % 2 == 1 { Decimal::ONE.checked_div(value)? } else { value };
    Some(Numeral { len: number.len + 2 + signs, value, ..number })
}

/// Whether what stands behind `1.2m` is counted in millions: a unit, people, or things in the plural. Races of a hundred
/// metres and more have plurals behind them too.
fn counts_things(text: &Text<'_>, at: usize, value: Decimal) -> bool {
    let Some(next) = text.tokens.get(at).filter(|next| next.kind == TokenKind::Word && !next.is_glued) else {
        return false;
    };
    let ids = &text.language.ids;
    let is_unit = [ids.measure, ids.currency, ids.measure_symbol].iter().any(|class| text.is(*class, at));
    let is_plural =
        next.norm.len() > 3 && next.norm.ends_with('s') && !next.norm.ends_with("ss") || next.is("people");
    is_unit && next.norm.len() > 1 || is_plural && value < Decimal::ONE_HUNDRED && !text.is_no_noun(at)
}

/// A figure with the letters or words of scale behind it.
fn scaled(text: &Text<'_>, at: usize, mut number: Numeral) -> Numeral {
    let numerals = &text.language.numerals;
    let start = at + number.len;
    // "1.2m people": millions where things are counted, metres elsewhere.
    if text.tokens.get(start).is_some_and(|token| token.text == "m")
        && text.is_glued(start)
        && counts_things(text, start + 1, number.value)
        && let Some(value) = number.value.checked_mul(1_000_000.into())
    {
        return Numeral { len: number.len + 1, value, ..number };
    }
    // The letter is a scale where it is glued, in capitals where it could be a metre or a gram.
    let letter = text.words.get(start).and_then(|word| numerals.letters.get(word));
    let is_scale = |index: usize| {
        let written = text.tokens[index].text;
        // 5G and 221B are names, 4K is a screen.
        let is_whole = number.value.fract().is_zero();
        if is_whole && (matches!(written, "G" | "B" | "T") || written == "K" && number.value < Decimal::TEN) {
            return false;
        }
        (text.is_glued(index) || written.chars().all(char::is_uppercase))
            && (written != "m" && written != "g" && written != "b" && written != "t" && written != "mm")
    };
    let is_small = number.value < Decimal::TEN && number.value.fract().is_zero() && text.is_glued(start);
    let kilo = text.is_word(start, "k")
        && !text.has_tail(start + 1)
        && !(is_small && text.tokens[start].text == "K");
    if let Some(&factor) = letter.filter(|_| kilo || is_scale(start) && !text.is_glued(start + 1))
        && let Some(value) = number.value.checked_mul(factor.into())
    {
        return Numeral { len: number.len + 1, value, ..number };
    }
    // `€50-million`
    let dash = usize::from(text.is_word(start, "-") && text.is_glued(start) && text.is_glued(start + 1));
    if dash == 1
        && let Some(&factor) = text.words.get(start + 1).and_then(|word| numerals.scales.get(word))
        && let Some(value) = number.value.checked_mul(factor.into())
    {
        return Numeral { len: number.len + 2, value, ..number };
    }
    // "3 hundred and 21", "1.5 million", "three thousand millions".
    let mut len = number.len;
    while len < LONGEST {
        let Some(&factor) = text.words.get(at + len).and_then(|word| numerals.scales.get(word)) else {
            break;
        };
        let Some(value) = number.value.checked_mul(factor.into()) else { break };
        len += 1;
        number = Numeral { len, value, ..number };
    }
    if len == 1 {
        return number;
    }
    let ids = &text.language.ids;
    let and = usize::from(text.is(ids.and, at + len));
    let rest = if text.is_kind(at + len + and, TokenKind::Number) {
        let token = &text.tokens[at + len + and];
        // In "3 hundred and 2 hundred" the second number is one of its own.
        let is_scaled =
            text.words.get(at + len + and + 1).is_some_and(|word| numerals.scales.contains_key(word));
        token.whole().filter(|_| and == 1 && !is_scaled).map(|rest| Numeral {
            len: 1,
            value: rest.into(),
            is_figure: true,
        })
    } else {
        spelled(text, at + len + and)
    };
    let last = text.words.get(at + len - 1).and_then(|word| numerals.scales.get(word)).copied().unwrap_or(1);
    match rest.filter(|rest| last > 12 && rest.value < Decimal::from(last)) {
        Some(rest) => number.value.checked_add(rest.value).map_or(number, |value| Numeral {
            len: len + and + rest.len,
            value,
            ..number
        }),
        None => number,
    }
}
