//! Lengths of time.

use super::date::Grain;
use super::lexicon::name;
use rust_decimal::Decimal;

/// A length of time: months and seconds, which no calendar converts into each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Length {
    /// Months; a year is 12 of them.
    pub months: Decimal,
    /// Seconds; a day is 86,400 of them, a week 604,800.
    pub seconds: Decimal,
}

/// A unit of time, by its name: its length in months or in seconds, and its grain where it is a day or longer.
const UNITS: [(&str, i64, i64, Option<Grain>); 12] = [
    ("second", 0, 1, None),
    ("minute", 0, 60, None),
    ("hour", 0, 3_600, None),
    ("day", 0, 86_400, Some(Grain::Day)),
    ("night", 0, 86_400, Some(Grain::Day)),
    ("week", 0, 604_800, Some(Grain::Week)),
    ("fortnight", 0, 1_209_600, Some(Grain::Week)),
    ("month", 1, 0, Some(Grain::Month)),
    ("quarter", 3, 0, Some(Grain::Quarter)),
    ("year", 12, 0, Some(Grain::Year)),
    ("decade", 120, 0, Some(Grain::Decade)),
    ("century", 1_200, 0, Some(Grain::Century)),
];

fn unit(value: i64) -> Option<&'static (&'static str, i64, i64, Option<Grain>)> {
    let name = name(value);
    UNITS.iter().find(|(known, ..)| *known == name)
}

/// The grain of a class's unit, where it is a day or longer.
pub(super) fn grain(value: i64) -> Option<Grain> {
    unit(value)?.3
}

/// The place of a unit among all, the shortest first.
pub(super) fn rank(value: i64) -> usize {
    UNITS.iter().position(|(known, ..)| *known == name(value)).unwrap_or(0)
}

/// Days in a month on the calendar: 28 to 31.
const MONTH: (Decimal, Decimal) =
    (Decimal::from_parts(28, 0, 0, false, 0), Decimal::from_parts(31, 0, 0, false, 0));
const DAY: Decimal = Decimal::from_parts(86_400, 0, 0, false, 0);

impl Length {
    /// So many of a unit; nothing where that has more than 28 digits.
    pub(super) fn of(count: Decimal, value: i64) -> Option<Self> {
        let (_, months, seconds, _) = unit(value)?;
        let times = |n: i64| count.checked_mul(n.into());
        Some(Self { months: times(*months)?, seconds: times(*seconds)? }.settled())
    }

    /// As [`of`](Self::of), where more is added: "a month and a half" is 45 days.
    pub(super) fn part(count: Decimal, value: i64) -> Option<Self> {
        let (_, months, seconds, _) = unit(value)?;
        Some(Self {
            months: count.checked_mul((*months).into())?,
            seconds: count.checked_mul((*seconds).into())?,
        })
    }

    /// A fraction of a month is told in days of which 30 are one, as "a month and a half" is 45 days.
    fn settled(self) -> Self {
        let rest = self.months.fract();
        if rest == Decimal::ZERO {
            return self;
        }
        let all =
            self.months.checked_mul(DAY * Decimal::from(30)).and_then(|days| days.checked_add(self.seconds));
        all.map_or(self, |seconds| Self { months: Decimal::ZERO, seconds })
    }

    /// Both together.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let months = self.months.checked_add(other.months)?;
        Some(Self { months, seconds: self.seconds.checked_add(other.seconds)? }.settled())
    }

    /// The shortest and the longest it can be, in seconds.
    pub fn bounds(self) -> (Decimal, Decimal) {
        let at = |days: Decimal| {
            self.months
                .checked_mul(days * DAY)
                .and_then(|months| months.checked_add(self.seconds))
                .unwrap_or(Decimal::MAX)
        };
        (at(MONTH.0), at(MONTH.1))
    }
}

/// ISO 8601: `P3M`, `P2Y6M`, `P14D`, `PT1H30M`.
impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("P")?;
        let mut is_empty = true;
        let mut write = |amount: Decimal, letter: &str, f: &mut std::fmt::Formatter<'_>| {
            if amount == Decimal::ZERO {
                return Ok(());
            }
            is_empty = false;
            write!(f, "{}{letter}", amount.normalize())
        };
        let whole = |amount: Decimal, unit: i64| (amount / Decimal::from(unit)).trunc();
        let years = whole(self.months, 12);
        write(years, "Y", f)?;
        write(self.months - years * Decimal::from(12), "M", f)?;
        let days = whole(self.seconds, 86_400);
        write(days, "D", f)?;
        let mut rest = self.seconds - days * DAY;
        if rest == Decimal::ZERO {
            return if is_empty { f.write_str("T0S") } else { Ok(()) };
        }
        f.write_str("T")?;
        for (seconds, letter) in [(3_600, "H"), (60, "M")] {
            let count = whole(rest, seconds);
            write(count, letter, f)?;
            rest -= count * Decimal::from(seconds);
        }
        write(rest, "S", f)
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::named;
    use super::{Decimal, Length};

    #[test]
    fn lengths_in_iso_8601() {
        for (count, unit, text) in [
            ("3", "month", "P3M"),
            ("2.5", "year", "P2Y6M"),
            ("2", "week", "P14D"),
            ("1.5", "hour", "PT1H30M"),
            ("1.5", "month", "P45D"),
            ("0", "day", "PT0S"),
            ("90", "second", "PT1M30S"),
        ] {
            let length = Length::of(count.parse().expect("a number"), named(unit));
            assert_eq!(length.map(|length| length.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Length::of(Decimal::MAX, named("year")), None);
    }
}
