//! Days that go by a name (`rules/values/holidays.toml`), computed for a year.

use super::calendar;
use super::date::{Days, Grain};
use super::lexicon::Language;
use icu_calendar::Date as IcuDate;
use icu_calendar::cal::hijri::UmmAlQura;
use icu_calendar::cal::{ChineseTraditional, Hebrew, Hijri};
use icu_calendar::types::Month;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The table, read once.
static FILE: LazyLock<HolidayFile> =
    LazyLock::new(|| toml::from_str(super::lexicon::HOLIDAYS).expect("built-in tables are read by a test"));

static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    FILE.holiday.iter().map(|entry| entry.holiday().expect("a test reads every holiday")).collect()
});

#[derive(Clone, Copy, Debug)]
struct Holiday {
    on: Rule,
    days: i64,
    /// Whether it begins the evening before.
    is_from_eve: bool,
}

#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Month and day, or the day before where that is a Sunday.
    NoSunday(i8, i8),
    /// Days from Easter Sunday.
    Easter(i64),
    /// Days from Easter Sunday of the Julian calendar.
    Orthodox(i64),
    /// The nth weekday of a month, and days from it.
    Weekday {
        weekday: i64,
        nth: i32,
        month: i8,
        shift: i64,
    },
    /// Month and day of another calendar.
    Hebrew(Month, u8),
    Islamic(Month, u8),
    Chinese(Month, u8),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayFile {
    holiday: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    on: String,
    #[serde(default = "one")]
    days: i64,
    #[serde(default)]
    eve: bool,
    #[serde(flatten)]
    words: BTreeMap<String, Vec<String>>,
}

fn one() -> i64 {
    1
}

impl Entry {
    fn holiday(&self) -> Option<Holiday> {
        Some(Holiday { on: rule(&self.on)?, days: self.days, is_from_eve: self.eve })
    }
}

fn rule(text: &str) -> Option<Rule> {
    if let Some(days) = text.strip_prefix("easter") {
        return Some(Rule::Easter(days.parse().ok()?));
    }
    if let Some(days) = text.strip_prefix("orthodox") {
        return Some(Rule::Orthodox(days.parse().ok()?));
    }
    let words: Vec<&str> = text.split(' ').collect();
    let month_day = |text: &str| {
        let (month, day) = text.split_once('-')?;
        // Hebrew months from Adar on move by one in leap years, so they go by their codes.
        let number = match month {
            "adar" => 6,
            "nisan" => 7,
            "sivan" => 9,
            other => other.parse().ok()?,
        };
        Some((Month::new(number), day.parse().ok()?))
    };
    match words[..] {
        [date] => {
            let (month, day) = date.split_once('-')?;
            Some(Rule::Fixed(month.parse().ok()?, day.parse().ok()?))
        }
        [date, "unless", "sunday"] => {
            let (month, day) = date.split_once('-')?;
            Some(Rule::NoSunday(month.parse().ok()?, day.parse().ok()?))
        }
        ["hebrew", date] => month_day(date).map(|(month, day)| Rule::Hebrew(month, day)),
        ["islamic", date] => month_day(date).map(|(month, day)| Rule::Islamic(month, day)),
        ["chinese", date] => month_day(date).map(|(month, day)| Rule::Chinese(month, day)),
        [weekday, nth, "in", month, ref shift @ ..] => {
            let weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
            let weekday = weekdays.iter().position(|name| *name == weekday)? as i64 + 1;
            let shift = shift.first().map_or(Some(0), |shift| shift.parse().ok())?;
            Some(Rule::Weekday { weekday, nth: nth.parse().ok()?, month: month.parse().ok()?, shift })
        }
        _ => None,
    }
}

/// Adds the names of all holidays to a language.
pub(super) fn add_words(language: &mut Language, tag: &str) {
    for (at, entry) in (0_i64..).zip(&FILE.holiday) {
        for words in entry.words.get(tag).into_iter().flatten() {
            language.add("holiday", words, at);
        }
    }
}

/// Month and day of a holiday that has always the same.
pub(super) fn fixed(id: i64) -> Option<(i8, i8)> {
    match HOLIDAYS.get(usize::try_from(id).ok()?)?.on {
        Rule::Fixed(month, day) => Some((month, day)),
        _ => None,
    }
}

/// The days of a holiday in a civil year; nothing where the calendar does not go so far.
pub(super) fn days(id: i64, year: i16) -> Option<Days> {
    let holiday = HOLIDAYS.get(usize::try_from(id).ok()?)?;
    let first = first_day(holiday.on, year)?;
    if holiday.days == 0 {
        // Months of the moon have 29 or 30 days: up to the first of the next one.
        let Rule::Islamic(month, day) = holiday.on else { return None };
        let next = Rule::Islamic(Month::new(month.number() + 1), day);
        let to =
            [year, year + 1].into_iter().filter_map(|year| first_day(next, year)).find(|to| *to > first)?;
        return Some(Days { from: Some(first), to: Some(to) });
    }
    let from = if holiday.is_from_eve { first.yesterday().ok()? } else { first };
    Some(Days { from: Some(from), to: Some(calendar::moved(first, Grain::Day, holiday.days)?) })
}

fn first_day(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => Date::new(year, month, day).ok(),
        Rule::NoSunday(month, day) => {
            let day = Date::new(year, month, day).ok()?;
            if day.weekday() == jiff::civil::Weekday::Sunday { day.yesterday().ok() } else { Some(day) }
        }
        Rule::Easter(shift) => calendar::moved(easter(year)?, Grain::Day, shift),
        Rule::Orthodox(shift) => calendar::moved(orthodox_easter(year)?, Grain::Day, shift),
        Rule::Weekday { weekday, nth, month, shift } => {
            let first = Date::new(year, month, 1).ok()?;
            let weekday = calendar::weekday(weekday)?;
            let day = if nth > 0 {
                first.yesterday().ok()?.nth_weekday(nth, weekday).ok()?
            } else {
                first.last_of_month().tomorrow().ok()?.nth_weekday(nth, weekday).ok()?
            };
            calendar::moved(day, Grain::Day, shift)
        }
        // A year of these calendars starts inside a civil one: the day is looked for in both that it can be.
        Rule::Hebrew(month, day) => (3_760..=3_761)
            .filter_map(|shift| {
                civil(
                    IcuDate::try_new((i32::from(year) + shift).into(), month, day, Hebrew)
                        .ok()?
                        .to_calendar(icu_calendar::Iso),
                )
            })
            .find(|found| found.year() == year),
        Rule::Islamic(month, day) => {
            let about = (i32::from(year) - 622) * 33 / 32;
            (about - 1..=about + 2)
                .filter_map(|islamic| {
                    let date =
                        IcuDate::try_new(islamic.into(), month, day, Hijri(UmmAlQura::default())).ok()?;
                    civil(date.to_calendar(icu_calendar::Iso))
                })
                .find(|found| found.year() == year)
        }
        Rule::Chinese(month, day) => {
            let date =
                IcuDate::try_new(i32::from(year).into(), month, day, ChineseTraditional::new()).ok()?;
            civil(date.to_calendar(icu_calendar::Iso))
        }
    }
}

fn civil(date: IcuDate<icu_calendar::Iso>) -> Option<Date> {
    let year = i16::try_from(date.year().extended_year()).ok()?;
    Date::new(year, i8::try_from(date.month().ordinal).ok()?, i8::try_from(date.day_of_month().0).ok()?).ok()
}

/// Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, 1991, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Easter Sunday of the Julian calendar (Meeus, the same chapter), as a day of the Gregorian.
fn orthodox_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    calendar::moved(julian, Grain::Day, i64::from(y / 100 - y / 400 - 2))
}

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::{HOLIDAYS, days};

    fn first(name: &str, year: i16) -> String {
        let language = lexicon::language(None).expect("English is built in");
        let tokens = crate::value::tokens(name, 0);
        let words: Vec<_> = tokens.iter().map(|token| language.word(token)).collect();
        let (len, id) = language.entry(language.class("holiday"), &words).expect("a holiday");
        assert_eq!(len, words.len(), "{name}");
        days(id, year).and_then(|days| days.from).map_or(String::new(), |day| day.to_string())
    }

    #[test]
    fn computed_days() {
        // From published calendars: the Catholic and the Orthodox Church, hebcal.com, the Umm al-Qura calendar.
        for (name, year, day) in [
            ("easter", 2024, "2024-03-31"),
            ("easter", 2019, "2019-04-21"),
            ("orthodox easter", 2018, "2018-04-08"),
            ("good friday", 2023, "2023-04-07"),
            ("thanksgiving", 2024, "2024-11-28"),
            ("black friday", 2013, "2013-11-29"),
            ("memorial day", 2021, "2021-05-31"),
            ("rosh hashanah", 2018, "2018-09-09"),
            ("passover", 2018, "2018-03-30"),
            ("purim", 2013, "2013-02-24"),
            ("eid al fitr", 2018, "2018-06-15"),
            ("chinese new year", 2018, "2018-02-16"),
            ("christmas", 1999, "1999-12-25"),
        ] {
            assert_eq!(first(name, year), day, "{name} {year}");
        }
    }

    #[test]
    fn every_holiday_has_a_day_and_none_panics_at_the_ends_of_time() {
        for (at, holiday) in HOLIDAYS.iter().enumerate() {
            assert!(days(at as i64, 2024).is_some(), "{holiday:?}");
            for year in [0, 1, 621, 622, 9998, 9999] {
                days(at as i64, year);
            }
        }
    }
}
