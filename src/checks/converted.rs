//! A measure with another in brackets that is not the same.

use super::sheet::{Check, Line, Sheet, Slip};
use crate::value::{NumberSet, Unit, Value};
use rust_decimal::Decimal;

pub(super) const CHECK: Check = Check {
    code: 311,
    name: "wrong-conversion",
    reads: "an amount and the same in another unit in brackets behind it: \"10 miles (16 km)\"; factors as in `rules/values/units.toml`",
    misses: "money, whose rates change, temperatures, and conversions without brackets",
    wrong: "The road is 10 miles (25 km) long.",
    right: "The road is 10 miles (16 km) long.",
    run,
};

/// How far a converted figure may be off, as a part of it.
const CLOSE: Decimal = Decimal::from_parts(6, 0, 0, false, 2);
/// The same where its last digits are zeros.
const ROUGH: Decimal = Decimal::from_parts(12, 0, 0, false, 2);

/// Units that go on with a smaller one.
const PARTS: [&str; 10] = ["st", "stone", "ft", "foot", "feet", "lb", "lbs", "pounds", "yd", "yards"];
/// Units that are larger in one country than in another.
const AMBIGUOUS: [&str; 6] = ["gallon", "pint", "quart", "fluid ounce", "ton", "bushel"];

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().flat_map(|line| (1..line.values().len()).filter_map(move |at| misfit(&line, at))).collect()
}

fn misfit(line: &Line<'_>, at: usize) -> Option<Slip> {
    let [first, second] = &line.values()[at - 1..=at] else { return None };
    let (Value::Quantity(a, one), Value::Quantity(b, two)) = (&first.value, &second.value) else {
        return None;
    };
    let is_bracketed = second.tokens.start == first.tokens.end + 1
        && line.is(first.tokens.end, &["("])
        && line.is(second.tokens.end, &[")"]);
    let is_compared = one != two && one.family() == two.family() && one.family() != "temperature";
    // "6ft 3in (1.91m)": only a part of the measure stands right before the bracket.
    let before = first.tokens.start.checked_sub(1).filter(|before| *before >= line.range.start);
    let is_part = at > 1 && line.values()[at - 2].tokens.end == first.tokens.start
        || before.is_some_and(|before| line.is(before, &PARTS));
    let is_ambiguous = [one, two].iter().any(|unit| AMBIGUOUS.contains(&unit.name()));
    if !is_bracketed || !is_compared || is_part || is_ambiguous || !are_apart(a, *one, b, *two) {
        return None;
    }
    let (told, other) = (line.text(&first.tokens), line.text(&second.tokens));
    let message = format!("{told} are not {other}: either could be wrong");
    Some(line.slip(CHECK.code, message, first.tokens.start..second.tokens.end + 1))
}

fn are_apart(a: &NumberSet, one: Unit, b: &NumberSet, two: Unit) -> bool {
    let told = |a: &NumberSet, b: &NumberSet| Some((a.exact()?, b.exact()?));
    let Some((first, second)) = told(a, b) else { return false };
    let differs = |amount: Decimal, unit: Unit, other: Decimal, of: Unit| {
        let most = if other < Decimal::TEN { other } else { other.saturating_mul(ROUGH) };
        let slack = other.saturating_mul(CLOSE).max(half_digit(other).min(most));
        let ends = (other.saturating_sub(slack), other.saturating_add(slack));
        let base = (unit.in_base(amount), of.in_base(ends.0), of.in_base(ends.1));
        matches!(base, (Some(amount), Some(from), Some(to)) if amount < from || to < amount)
    };
    // Either can be the rounded one.
    differs(first, one, second, two) && differs(second, two, first, one)
}

/// Half of what one more in the last digit that is no zero would add.
fn half_digit(number: Decimal) -> Decimal {
    let number = number.normalize();
    let digits = number.mantissa().unsigned_abs().to_string();
    let zeros = digits.len() - digits.trim_end_matches('0').len();
    let unit = Decimal::try_new(5, number.scale() + 1).unwrap_or(Decimal::ONE);
    (0..zeros).fold(unit, |unit, _| unit.saturating_mul(Decimal::TEN))
}
