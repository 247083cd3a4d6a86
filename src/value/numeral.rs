//! Reads numerals: figures, number words, fractions and ranks.

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

/// The longest numeral, in tokens: no longer run of number words is one.
const LONGEST: usize = 40;

/// The number at a place, as long as it goes. Linear in its tokens, which are at most [`LONGEST`].
pub(super) fn cardinal(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let ids = &text.language.ids;
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

/// "dreiundzwanzig", "zweihundert": a number of a language that writes it in one word.
fn fused(text: &Text<'_>, word: &str) -> Option<Decimal> {
    let language = text.language;
    let compound = language.numerals.compound.as_ref()?;
    let unit =
        |word: &str| language.numerals.units.get(&language.known(word)).copied().filter(|_| !word.is_empty());
    if let Some(value) = unit(word) {
        return Some(value.into());
    }
    for (scale, name) in [(1_000_u64, "tausend"), (100, "hundert")] {
        let Some((before, behind)) = word.split_once(name) else { continue };
        let factor = if before.is_empty() { Decimal::ONE } else { fused(text, before)? };
        let rest = behind.strip_prefix(compound.joint.as_str()).unwrap_or(behind);
        let rest = if rest.is_empty() { Decimal::ZERO } else { fused(text, rest)? };
        return factor.checked_mul(scale.into())?.checked_add(rest);
    }
    let (ones, tens) = word.split_once(compound.joint.as_str())?;
    let (ones, tens) = (unit(ones)?, unit(tens)?);
    (ones < 10 && tens >= 20).then(|| Decimal::from(ones + tens))
}

/// `10,000`, `1.5 million`, `10k`, `.08`, `-4`, `3/4`, `7 3/4`, `1 414 021 100`.
pub(super) fn figure(text: &Text<'_>, at: usize) -> Option<Numeral> {
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
    let whole = |at: usize| text.tokens.get(at).and_then(super::Token::whole);
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

/// A figure with the letters or words of scale behind it.
fn scaled(text: &Text<'_>, at: usize, mut number: Numeral) -> Numeral {
    let numerals = &text.language.numerals;
    let start = at + number.len;
    // The letter is a scale where it is glued, in capitals where it could be a metre or a gram.
    let letter = text.words.get(start).and_then(|word| numerals.letters.get(word));
    let is_scale = |index: usize| {
        let written = text.tokens[index].text;
        (text.is_glued(index) || written.chars().all(char::is_uppercase))
            && (written != "m" && written != "g" && written != "b" && written != "t" && written != "mm")
    };
    let kilo = text.is_word(start, "k") && !text.has_tail(start + 1);
    if let Some(&factor) = letter.filter(|_| (is_scale(start) || kilo) && !text.is_glued(start + 1) || kilo)
        && let Some(value) = number.value.checked_mul(factor.into())
    {
        return Numeral { len: number.len + 1, value, ..number };
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

/// "two hundred and fifty thousand", "a million", "twenty-three".
fn spelled(text: &Text<'_>, at: usize) -> Option<Numeral> {
    let (numerals, ids) = (&text.language.numerals, &text.language.ids);
    let unit = |at: usize| text.words.get(at).and_then(|word| numerals.units.get(word)).copied();
    let scale = |at: usize| text.words.get(at).and_then(|word| numerals.scales.get(word)).copied();
    let (mut total, mut group, mut len) = (Decimal::ZERO, Decimal::ZERO, 0);
    let mut is_open = false;
    // The scale of what was added to the total last: "one million two thousand", but not "two thousand one million".
    let mut least = u64::MAX;
    while len < LONGEST && at + len < text.tokens.len() {
        let index = at + len;
        let fused = || {
            let token = text.tokens.get(index).filter(|token| token.kind == TokenKind::Word)?;
            numerals.compound.as_ref().filter(|_| token.norm.len() > 4)?;
            fused(text, &token.norm)
        };
        if let Some(value) = unit(index).map(Decimal::from).or_else(fused) {
            let tail = group % Decimal::ONE_HUNDRED;
            let is_tens = tail >= Decimal::from(20) && tail % Decimal::TEN == Decimal::ZERO;
            let follows_tens = value < Decimal::TEN && value > Decimal::ZERO && is_tens;
            // "ONE twenty two" is 122 as people say it.
            let says_hundred = len == 1
                && group < Decimal::TEN
                && group > Decimal::ZERO
                && value >= Decimal::TEN
                && value % Decimal::TEN == Decimal::ZERO
                && unit(index + 1).is_some_and(|next| next < 10 && next > 0);
            if says_hundred {
                group = group * Decimal::ONE_HUNDRED + value;
            } else if tail != Decimal::ZERO && !follows_tens
                || (is_open && group == Decimal::ZERO && total == Decimal::ZERO)
            {
                break;
            } else if group != Decimal::ZERO && value >= Decimal::ONE_HUNDRED {
                break;
            } else {
                group = group.checked_add(value)?;
            }
            is_open = true;
        } else if let Some(factor) = scale(index) {
            if factor >= least && group == Decimal::ZERO && total > Decimal::ZERO {
                // "three thousand millions"
                total = total.checked_mul(factor.into())?;
            } else if factor >= least {
                break;
            } else {
                let is_bare_dozen = factor == 12 && !is_open && !text.tokens[index].norm.ends_with('s');
                if group == Decimal::ZERO && !is_bare_dozen {
                    break;
                }
                // "three hundred and two dozens": a dozen counts what stands right before it.
                let kept = if factor == 12 { group - group % Decimal::ONE_HUNDRED } else { Decimal::ZERO };
                group = (group - kept).max(Decimal::ONE).checked_mul(factor.into())?.checked_add(kept)?;
                if factor > 100 {
                    total = total.checked_add(group)?;
                    group = Decimal::ZERO;
                    least = factor;
                } else if factor == 12 {
                    len += 1;
                    break;
                }
            }
            is_open = true;
        } else if text.is_word(index, "-") && joins_tens(text, index) {
            // "fifty - two": a hyphen with blanks.
        } else if let Some((article, _)) = text.class(ids.article, index).filter(|_| len == 0) {
            // "a hundred", "a million"
            scale(index + article)?;
            group = Decimal::ONE;
        } else if !(len > 0 && text.is(ids.and, index) && goes_on(text, index)) {
            break;
        }
        len += 1;
    }
    let value = total.checked_add(group)?;
    let number = (len > 0 && is_open).then_some(Numeral { len, value, is_figure: false })?;
    Some(pointed(text, at, number))
}

/// Whether a dash stands between tens and a unit, with blanks on both sides or none.
fn joins_tens(text: &Text<'_>, dash: usize) -> bool {
    let unit =
        |at: usize| text.words.get(at).and_then(|word| text.language.numerals.units.get(word)).copied();
    let tens = dash.checked_sub(1).and_then(unit).is_some_and(|tens| (20..100).contains(&tens));
    tens && unit(dash + 1).is_some_and(|unit| (1..10).contains(&unit))
        && text.is_glued(dash) == text.is_glued(dash + 1)
}

/// "two hundred point seventy-one"
fn pointed(text: &Text<'_>, at: usize, number: Numeral) -> Numeral {
    let ids = &text.language.ids;
    if !text.is(ids.point, at + number.len) {
        return number;
    }
    let unit =
        |at: usize| text.words.get(at).and_then(|word| text.language.numerals.units.get(word)).copied();
    let (mut digits, mut len) = (String::new(), number.len + 1);
    while let Some(value) = unit(at + len).filter(|_| len < LONGEST) {
        len += 1;
        let ones = unit(at + len).filter(|ones| value >= 20 && *ones < 10 && *ones > 0);
        len += usize::from(ones.is_some());
        digits += &(value + ones.unwrap_or(0)).to_string();
    }
    let value = format!("0.{digits}").parse::<Decimal>().ok().filter(|_| !digits.is_empty());
    match value.and_then(|value| number.value.checked_add(value)) {
        Some(value) => Numeral { len, value, ..number },
        None => number,
    }
}

/// Whether "and" stands inside a number: "two hundred and fifty".
fn goes_on(text: &Text<'_>, and: usize) -> bool {
    let numerals = &text.language.numerals;
    let before = text.words.get(and.wrapping_sub(1)).and_then(|word| numerals.scales.get(word));
    // "two million and one half": the half is of the million.
    let is_fraction = || before.is_some_and(|scale| *scale > 100) && fraction(text, and + 1).is_some();
    before.is_some_and(|scale| *scale >= 100)
        && !is_fraction()
        && text.words.get(and + 1).is_some_and(|next| numerals.units.contains_key(next))
}

/// "three quarters", "two-thirds", "a fifth", "half a million", "one over three".
fn fraction(text: &Text<'_>, at: usize) -> Option<Numeral> {
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
