//! Arithmetic on the calendar, and days that come again.

use super::date::{Days, Grain};
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

/// The first day of the unit of a grain that a day lies in.
pub(super) fn start(day: Date, grain: Grain) -> Option<Date> {
    let year = |year: i16| Date::new(year, 1, 1).ok();
    match grain {
        Grain::Day => Some(day),
        Grain::Week => day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok(),
        Grain::Month => Some(day.first_of_month()),
        Grain::Quarter => Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).ok(),
        Grain::Half => Date::new(day.year(), (day.month() - 1) / 6 * 6 + 1, 1).ok(),
        Grain::Year => Some(day.first_of_year()),
        Grain::Decade => year(day.year().div_euclid(10) * 10),
        Grain::Century => year(day.year().div_euclid(100) * 100),
    }
}

/// Whether a unit of a grain starts on the day.
pub(super) fn is_start(day: Date, grain: Grain) -> bool {
    start(day, grain) == Some(day)
}

/// The unit of a grain that a day lies in, moved by `n` units.
pub(super) fn unit(day: Date, grain: Grain, n: i64) -> Option<Days> {
    Days::unit(moved(start(day, grain)?, grain, n)?, grain)
}

/// A day moved by `n` units of a grain; nothing before the year 0 or beyond the calendar.
pub(super) fn moved(day: Date, grain: Grain, n: i64) -> Option<Date> {
    let (none, times) = (Span::new(), |factor: i64| n.checked_mul(factor));
    let span = match grain {
        Grain::Day => none.try_days(n),
        Grain::Week => none.try_days(times(7)?),
        Grain::Month => none.try_months(n),
        Grain::Quarter => none.try_months(times(3)?),
        Grain::Half => none.try_months(times(6)?),
        Grain::Year => none.try_years(n),
        Grain::Decade => none.try_years(times(10)?),
        Grain::Century => none.try_years(times(100)?),
    };
    day.checked_add(span.ok()?).ok().filter(|day| day.year() >= 0)
}

/// The weekday by its number, Monday 1 to Sunday 7.
pub(super) fn weekday(number: i64) -> Option<Weekday> {
    Weekday::from_monday_one_offset(i8::try_from(number).ok()?).ok()
}

/// Days that come again: every 7 October, every Friday, every Friday that is a 7 October.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Cycle {
    /// The month, 1 to 12.
    pub month: Option<i8>,
    /// The day of the month, 1 to 31.
    pub day: Option<i8>,
    /// The day of the week, Monday 1 to Sunday 7.
    pub weekday: Option<i8>,
}

const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// In so many years every weekday falls on every date, also where a century has no leap year at its end.
const LONGEST_CYCLE: i16 = 40;

impl Cycle {
    /// Whether the day is one of these.
    pub fn holds(self, day: Date) -> bool {
        self.month.is_none_or(|month| month == day.month())
            && self.day.is_none_or(|number| number == day.day())
            && self.weekday.is_none_or(|weekday| weekday == day.weekday().to_monday_one_offset())
    }

    /// Days that are of both; nothing where there can be none.
    pub(super) fn merged(self, other: Self) -> Option<Self> {
        let one = |mine: Option<i8>, theirs: Option<i8>| match (mine, theirs) {
            (Some(mine), Some(theirs)) if mine != theirs => None,
            (mine, theirs) => Some(mine.or(theirs)),
        };
        let merged = Self {
            month: one(self.month, other.month)?,
            day: one(self.day, other.day)?,
            weekday: one(self.weekday, other.weekday)?,
        };
        // 2000 is a leap year: a day that it has not, no year has.
        let exists =
            merged.month.zip(merged.day).is_none_or(|(month, day)| Date::new(2000, month, day).is_ok());
        exists.then_some(merged)
    }

    /// Whether every day of `other` is one of these.
    pub(super) fn contains(self, other: Self) -> bool {
        let holds = |mine: Option<i8>, theirs: Option<i8>| mine.is_none() || mine == theirs;
        holds(self.month, other.month) && holds(self.day, other.day) && holds(self.weekday, other.weekday)
    }

    /// Whether one of the days lies in a run of days. At most the days of a month for every year that is looked at.
    pub(super) fn meets(self, days: Days) -> bool {
        if self == Self::default() {
            return true;
        }
        let (Some(from), Some(to)) = (days.from, days.to) else { return true };
        if to.year() - from.year() > LONGEST_CYCLE {
            return true;
        }
        self.days_from(from).take_while(|day| *day < to).next().is_some()
    }

    /// The days from one on, for [`LONGEST_CYCLE`] years.
    pub(super) fn days_from(self, from: Date) -> impl Iterator<Item = Date> {
        let months = move |year: i16| {
            (1_i8..=12)
                .filter(move |month| self.month.is_none_or(|own| own == *month))
                .flat_map(move |month| self.days_of_month(year, month))
        };
        let last = from.year().saturating_add(LONGEST_CYCLE).min(9999);
        (from.year()..=last).flat_map(months).filter(move |day| *day >= from)
    }

    fn days_of_month(self, year: i16, month: i8) -> impl Iterator<Item = Date> {
        let days = self.day.map_or(1..=31, |day| day..=day);
        days.filter_map(move |day| Date::new(year, month, day).ok()).filter(move |day| self.holds(*day))
    }

    /// How fine the days are told.
    pub(super) fn grain(self) -> Grain {
        if self.day.is_none() && self.weekday.is_none() { Grain::Month } else { Grain::Day }
    }

    /// Reads what is displayed: `XXXX-10-07`, `XXXX-10`, `XXXX-XX-07`, `XXXX-10-07 Fri`, `Fri`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let name = |name: &str| {
            NAMES.iter().position(|known| *known == name).and_then(|at| i8::try_from(at + 1).ok())
        };
        if let Some(weekday) = name(text) {
            return Some(Self { weekday: Some(weekday), ..Self::default() });
        }
        let (date, weekday) = match text.split_once(' ') {
            Some((date, weekday)) => (date, Some(name(weekday)?)),
            None => (text, None),
        };
        let digits = |text: &str| if text == "XX" { Some(None) } else { text.parse().ok().map(Some) };
        let (month, day) = match date.strip_prefix("XXXX-")?.split_once('-') {
            Some((month, day)) => (digits(month)?, digits(day)?),
            None => (digits(date.strip_prefix("XXXX-")?)?, None),
        };
        Some(Self { month, day, weekday })
    }
}

impl std::fmt::Display for Cycle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let weekday = self.weekday.and_then(|weekday| NAMES.get(usize::try_from(weekday - 1).ok()?));
        let two = |number: Option<i8>| number.map_or("XX".to_owned(), |number| format!("{number:02}"));
        match (self.month, self.day, weekday) {
            (None, None, Some(weekday)) => return f.write_str(weekday),
            (Some(month), None, _) => write!(f, "XXXX-{month:02}")?,
            (month, day, _) => write!(f, "XXXX-{}-{}", two(month), two(day))?,
        }
        weekday.map_or(Ok(()), |weekday| write!(f, " {weekday}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Cycle, Date, Days};

    #[test]
    fn a_weekday_narrows_a_date() {
        let friday = Cycle { month: Some(10), day: Some(7), weekday: Some(5) };
        let from = Date::new(2010, 1, 1).expect("a day");
        let years: Vec<i16> = friday.days_from(from).take(3).map(Date::year).collect();
        assert_eq!(years, [2011, 2016, 2022]);
        let year = |year| Days { from: Date::new(year, 1, 1).ok(), to: Date::new(year + 1, 1, 1).ok() };
        assert!(friday.meets(year(2022)) && !friday.meets(year(2023)));
        assert!(friday.merged(Cycle { month: Some(2), ..Cycle::default() }).is_none());
        let leap = Cycle { month: Some(2), day: Some(29), weekday: None };
        assert!(leap.meets(year(2024)) && !leap.meets(year(2023)));
        assert!(
            Cycle { month: Some(2), ..Cycle::default() }
                .merged(Cycle { day: Some(30), ..Cycle::default() })
                .is_none()
        );
    }
}
