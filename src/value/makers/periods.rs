//! Quarters, weeks of a period, decades, centuries, seasons, and parts of what has a name.

use super::super::calendar;
use super::super::date::{DateSet, Days, Grain, Part};
use super::super::length::{self, Length};
use super::days::{dom, period_of};
use super::{Captures, Default, Meaning, Scene, Tense, one, several};
use jiff::civil::Date;

/// "the second week of 2021", "the first nine months of last year", "the last week of July".
pub(super) fn nth_units(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let unit = c.int("unit")?;
    let grain = length::grain(unit)?;
    let count = c.int("n").unwrap_or(1).max(1);
    let nth = c.int("nth").unwrap_or(1);
    let length = c.find("n").map(|_| Length::of(count.into(), unit)).unwrap_or(None);
    let Some(days) = period_of(scene, c) else {
        return Some(Meaning::Date(DateSet { length, ..DateSet::unknown(grain) }));
    };
    let (from, to) = (days.from?, days.to?);
    // A week belongs to the period that holds its Thursday (ISO 8601).
    let shift = if grain == Grain::Week { 3 } else { 0 };
    let first = calendar::start(from, grain)?;
    let first = if calendar::moved(first, Grain::Day, shift)? < from {
        calendar::moved(first, grain, 1)?
    } else {
        first
    };
    let last = calendar::start(to.yesterday().ok()?, grain)?;
    let last = if calendar::moved(last, Grain::Day, shift)? >= to {
        calendar::moved(last, grain, -1)?
    } else {
        last
    };
    let start = match (nth < 0, c.int("back")) {
        (true, _) => calendar::moved(last, grain, 1 - count)?,
        (false, Some(_)) => calendar::moved(last, grain, 1 - nth)?,
        (false, None) => calendar::moved(first, grain, (nth - 1).checked_mul(count)?)?,
    };
    let end = calendar::moved(start, grain, count)?;
    let days = Days { from: Some(start), to: Some(end) };
    (start >= first && start <= last).then(|| Meaning::Date(DateSet { length, ..DateSet::of(days, grain) }))
}

/// "week 31 of 2018": the week by ISO 8601.
pub(super) fn week_number(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let week = c.int("n").filter(|week| (1..=53).contains(week))?;
    let Some(year) = c.year().or(scene.year) else {
        return Some(Meaning::Date(DateSet::unknown(Grain::Week)));
    };
    // The fourth of January is always in the first week.
    let first = calendar::start(Date::new(year, 1, 4).ok()?, Grain::Week)?;
    one(calendar::unit(first, Grain::Week, week - 1)?, Grain::Week)
}

/// "the week of October 6", "the week of the 18th".
pub(super) fn week_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let day = match c.date("anchor") {
        Some(date) => date.clone(),
        None => match dom(scene, c)? {
            Meaning::Date(date) => date,
            _ => return None,
        },
    };
    let weeks = day.readings.iter().map(|days| calendar::unit(days.from?, Grain::Week, 0));
    Some(Meaning::Date(several(weeks, Grain::Week).unwrap_or(DateSet::unknown(Grain::Week))))
}

/// "the third quarter of 2019", "last year's second half", "Q3".
pub(super) fn part_of_year(scene: &Scene<'_>, c: &Captures<'_>, grain: Grain, most: i64) -> Option<Meaning> {
    let nth = c.int("nth").filter(|nth| (1..=most).contains(nth))?;
    let months = 12 / most;
    let in_year = |year: i16| {
        let start = Date::new(year, i8::try_from((nth - 1) * months + 1).ok()?, 1).ok()?;
        Days::unit(start, grain)
    };
    if let Some(year) = c.year() {
        return one(in_year(year)?, grain);
    }
    let Some(year) = scene.year else { return Some(Meaning::Date(DateSet::unknown(grain))) };
    let moved = |shift: i64| i16::try_from(i64::from(year) + shift).ok().and_then(in_year);
    if let Some(dir) = c.int("dir") {
        return one(moved(dir)?, grain);
    }
    let Some(today) = scene.today else {
        return Some(Meaning::Date(several([moved(0), moved(-1), moved(1)], grain)?));
    };
    let begun = |days: &Days| days.from.is_some_and(|from| from <= today);
    let ended = |days: &Days| days.to.is_some_and(|to| to <= today);
    let before = moved(0).filter(begun).or(moved(-1));
    if let Some(shift) = c.int("year_shift") {
        let back = before.and_then(|days| calendar::unit(days.from?, grain, shift * most));
        return Some(Meaning::Date(several([back], grain)?));
    }
    let after = moved(0).filter(|days| !ended(days)).or(moved(1));
    Some(Meaning::Date(several(scene.choose(before, after, Default::Year), grain)?))
}

/// "the 2018–19 school year".
pub(super) fn school_year(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let from = c.year()?;
    let short = |yy: i16| from / 100 * 100 + yy;
    let until = c.int("until").or(c.int("yy2")).and_then(|until| i16::try_from(until).ok())?;
    let until = if until < 100 { short(until) } else { until };
    (until == from + 1).then_some(())?;
    let days = Days { from: Date::new(from, 1, 1).ok(), to: Date::new(until + 1, 1, 1).ok() };
    one(days, Grain::Year)
}

/// "the 1990s", "the nineties", "the '90s".
pub(super) fn decade(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let year = match (c.int("tens"), c.year()) {
        (Some(tens), _) => {
            let tens = i16::try_from(tens).ok().filter(|tens| tens % 10 == 0 && (0..100).contains(tens))?;
            // The last decade of that name that has begun.
            let now = scene.year.unwrap_or(2026);
            let this = now / 100 * 100 + tens;
            if this > now { this - 100 } else { this }
        }
        (None, Some(year)) => Some(year).filter(|year| year % 10 == 0)?,
        _ => return None,
    };
    // "The 1800s" are ten years or a hundred.
    if c.int("tens").is_none() && year % 100 == 0 && year < 2000 {
        let from = Date::new(year, 1, 1).ok()?;
        let both = [Days::unit(from, Grain::Decade), Days::unit(from, Grain::Century)];
        return Some(Meaning::Date(several(both, Grain::Decade)?));
    }
    one(Days::unit(Date::new(year, 1, 1).ok()?, Grain::Decade)?, Grain::Decade)
}

/// "the 20th century", as 1900 up to 1999.
pub(super) fn century(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let first = match (c.int("nth").or(c.int("n")), c.int("back")) {
        (Some(nth), _) => i16::try_from(nth).ok().filter(|nth| (1..=98).contains(nth))? * 100 - 100,
        (None, Some(_)) => scene.year? / 100 * 100 - 100,
        _ => return None,
    };
    one(Days::unit(Date::new(first, 1, 1).ok()?, Grain::Century)?, Grain::Century)
}

/// The season of a year, from the first of its months by meteorology to its end by astronomy, on the northern half;
/// half a year later on the southern, which the text does not tell, so it is kept loose.
pub(super) fn season_of(year: i16, season: i64) -> Option<DateSet> {
    let ((from_month, from_day), (to_month, to_day)) = match season {
        1 => ((3, 1), (6, 22)),
        2 => ((6, 1), (9, 24)),
        3 => ((9, 1), (12, 23)),
        _ => ((12, 1), (3, 22)),
    };
    let to_year = if season == 4 { year + 1 } else { year };
    let days = Days {
        from: Date::new(year, from_month, from_day).ok(),
        to: Date::new(to_year, to_month, to_day).ok(),
    };
    Some(DateSet { is_about: true, ..DateSet::of(days, Grain::Quarter) })
}

/// "summer 2019", "last winter".
pub(super) fn season(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let season = c.int("season")?;
    if let Some(year) = c.year() {
        return season_of(year, season).map(Meaning::Date);
    }
    let dir = c.int("dir")?;
    let Some(today) = scene.today else { return Some(Meaning::Date(DateSet::unknown(Grain::Quarter))) };
    let this = season_of(today.year(), season)?;
    let starts = this.readings[0].from?;
    let shift = match dir {
        0 if season == 4 && today.month() < 4 => -1,
        0 => 0,
        dir if dir < 0 => i16::from(starts <= today && this.readings[0].to? <= today) - 1,
        _ => i16::from(starts <= today),
    };
    season_of(today.year() + shift, season).map(Meaning::Date)
}

/// "last season": the three months before these.
pub(super) fn season_dir(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let Some(today) = scene.today else { return Some(Meaning::Date(DateSet::unknown(Grain::Quarter))) };
    let index = i64::from(today.year()) * 4 + i64::from(today.month() / 3) - 1 + c.int("dir")?;
    season_of(i16::try_from(index.div_euclid(4)).ok()?, index.rem_euclid(4) + 1).map(Meaning::Date)
}

/// "early 2019", "the end of last month", "later this year": the whole period, and which part of it.
pub(super) fn part(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let mut set = match (c.date("period"), c.grain("unit")) {
        (Some(date), _) => date.clone(),
        (None, Some(grain)) => match scene.around(grain, c.int("dir").unwrap_or(0))? {
            Meaning::Date(set) => set,
            _ => return None,
        },
        (None, None) if c.int("unit").is_some() => return None,
        // "Year-end": told of in the first months, it is the last one.
        (None, None) => match scene.around(
            Grain::Year,
            -i64::from(scene.tense == Tense::Past && scene.today.is_some_and(|today| today.month() < 7)),
        )? {
            Meaning::Date(set) => set,
            _ => return None,
        },
    };
    set.part = Some(match c.int("part").unwrap_or(3) {
        1 => Part::Early,
        2 => Part::Mid,
        _ => Part::Late,
    });
    set.length = None;
    Some(Meaning::Date(set))
}
