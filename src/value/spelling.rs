//! Reads numbers in words: "two hundred and fifty thousand", "a million", "dreiundzwanzig".

use super::numeral::{Numeral, fraction};
use super::text::Text;
use super::token::TokenKind;
use rust_decimal::Decimal;

/// The longest numeral, in tokens: no longer run of number words is one.
pub(super) const LONGEST: usize = 40;

/// "dreiundzwanzig", "zweihundert": a number of a language that writes it in one word.
pub(super) fn fused(text: &Text<'_>, word: &str) -> Option<Decimal> {
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

/// A number that is being spelled: what its words have added up to.
struct Spelling {
    total: Decimal,
    /// What stands behind the last large scale.
    group: Decimal,
    /// The scale that was added to the total last: "one million two thousand", but not "two thousand one million".
    least: u64,
    /// Whether a word of the number has been read, and not only an article.
    is_open: bool,
}

/// Whether a word goes on a number.
#[derive(PartialEq, Eq)]
enum Step {
    On,
    /// It is the number's last.
    Last,
    /// It is none of it.
    Out,
}

impl Spelling {
    fn value(&self) -> Option<Decimal> {
        self.total.checked_add(self.group)
    }

    /// "twenty" and "three" add up, "two" and "three" are two numbers.
    fn add(&mut self, value: Decimal) -> Option<Step> {
        let tail = self.group % Decimal::ONE_HUNDRED;
        let is_tens = tail >= Decimal::from(20) && tail % Decimal::TEN == Decimal::ZERO;
        let follows_tens = is_tens && value < Decimal::TEN && value > Decimal::ZERO;
        let is_next = tail != Decimal::ZERO && !follows_tens
            || self.group != Decimal::ZERO && value >= Decimal::ONE_HUNDRED
            || self.is_open && self.value()? == Decimal::ZERO;
        if is_next {
            return Some(Step::Out);
        }
        self.group = self.group.checked_add(value)?;
        self.is_open = true;
        Some(Step::On)
    }

    fn scale(&mut self, factor: u64, is_plural: bool) -> Option<Step> {
        let is_empty = self.group == Decimal::ZERO;
        if factor >= self.least {
            // "three thousand millions"
            if !is_empty {
                return Some(Step::Out);
            }
            self.total = self.total.checked_mul(factor.into())?;
            return Some(Step::On);
        }
        let is_dozen = factor == 12;
        if is_empty && !(is_dozen && !self.is_open && !is_plural) {
            return Some(Step::Out);
        }
        // "three hundred and two dozens": a dozen counts what stands right before it.
        let kept = if is_dozen { self.group - self.group % Decimal::ONE_HUNDRED } else { Decimal::ZERO };
        self.group = (self.group - kept).max(Decimal::ONE).checked_mul(factor.into())?.checked_add(kept)?;
        self.is_open = true;
        if factor > 100 {
            self.total = self.value()?;
            self.group = Decimal::ZERO;
            self.least = factor;
        }
        Some(if is_dozen { Step::Last } else { Step::On })
    }
}

/// "two hundred and fifty thousand", "a million", "twenty-three".
pub(super) fn spelled(text: &Text<'_>, at: usize) -> Option<Numeral> {
    text.may_be_spelled(at).then_some(())?;
    let (numerals, ids) = (&text.language.numerals, &text.language.ids);
    let unit = |at: usize| text.words.get(at).and_then(|word| numerals.units.get(word)).copied();
    let scale = |at: usize| text.words.get(at).and_then(|word| numerals.scales.get(word)).copied();
    let fused = |at: usize| {
        let token =
            text.tokens.get(at).filter(|token| token.kind == TokenKind::Word && token.norm.len() > 4)?;
        fused(text, &token.norm)
    };
    let mut spelling =
        Spelling { total: Decimal::ZERO, group: Decimal::ZERO, least: u64::MAX, is_open: false };
    let mut len = 0;
    while len < LONGEST && at + len < text.tokens.len() {
        let index = at + len;
        let step = if let Some(value) = unit(index).map(Decimal::from).or_else(|| fused(index)) {
            if len == 1 && says_hundred(text, at) {
                spelling.group = spelling.group * Decimal::ONE_HUNDRED + value;
                Step::On
            } else {
                spelling.add(value)?
            }
        } else if let Some(factor) = scale(index) {
            spelling.scale(factor, text.tokens[index].norm.ends_with('s'))?
        } else if text.is_word(index, "-") && joins_tens(text, index) {
            // "fifty - two": a hyphen with blanks.
            Step::On
        } else if let Some((article, _)) = text.class(ids.article, index).filter(|_| len == 0) {
            // "a hundred", "a million"
            scale(index + article)?;
            spelling.group = Decimal::ONE;
            Step::On
        } else if len > 0 && text.is(ids.and, index) && goes_on(text, index) {
            Step::On
        } else {
            Step::Out
        };
        len += usize::from(step != Step::Out);
        if step != Step::On {
            break;
        }
    }
    let value = spelling.value()?;
    let number = (len > 0 && spelling.is_open).then_some(Numeral { len, value, is_figure: false })?;
    Some(pointed(text, at, number))
}

/// "One twenty-two" is 122, as people say it.
fn says_hundred(text: &Text<'_>, at: usize) -> bool {
    let unit =
        |at: usize| text.words.get(at).and_then(|word| text.language.numerals.units.get(word)).copied();
    let is = |at: usize, range: std::ops::Range<u64>| unit(at).is_some_and(|value| range.contains(&value));
    is(at, 1..10)
        && is(at + 1, 10..100)
        && unit(at + 1).is_some_and(|tens| tens % 10 == 0)
        && is(at + 2, 1..10)
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
