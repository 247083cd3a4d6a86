//! Days, months, weekdays, weekends and holidays.

use super::super::calendar::{self, Cycle};
use super::super::date::{DateSet, Days, Grain};
use super::super::holiday as holidays;
use super::{Capture, Captures, Default, Meaning, Scene, Tense, one, several};
use jiff::civil::Date;

/// `25 April 2019`, `April 25`, `Friday, 7 October`.
pub(super) fn day(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (month, dom) = (c.small("month")?, c.small("dom")?);
    if let Some(year) = c.year() {
        // A day that the year has not is no day of another.
        let Ok(day) = Date::new(year, month, dom) else { return Some(Meaning::Nothing) };
        return one(Days::unit(day, Grain::Day)?, Grain::Day);
    }
    let cycle = Cycle { month: Some(month), day: Some(dom), weekday: c.small("weekday") };
    let tense = match (c.int("forward"), c.int("back")) {
        (Some(_), _) => Tense::Future,
        (None, Some(_)) => Tense::Past,
        (None, None) => scene.tense,
    };
    let scene = Scene { tense, ..*scene };
    // A weekday that no year around has is a slip, or told of a year long ago: nobody plans so far ahead.
    let is_near = |today: Date| {
        let last = calendar::moved(today, Grain::Month, 24);
        cycle.days_from(today).next().zip(last).is_some_and(|(day, last)| day <= last)
    };
    let is_slip =
        cycle.weekday.is_some() && tense != Tense::Past && scene.today.is_some_and(|today| !is_near(today));
    let cycle = if is_slip { Cycle { weekday: None, ..cycle } } else { cycle };
    let mut meaning = scene.cycle(cycle, Grain::Day, Default::Year)?;
    if let (Meaning::Date(set), Some(today)) = (&mut meaning, scene.today)
        && (c.int("forward").is_some() || c.int("back").is_some())
    {
        // "Next" and "last" say it: the other side is not meant.
        let is_meant =
            |days: &Days| days.from.is_some_and(|from| (from > today) == c.int("forward").is_some());
        let meant: Vec<Days> = set.readings.iter().copied().filter(is_meant).collect();
        set.readings = if meant.is_empty() { std::mem::take(&mut set.readings) } else { meant };
    }
    Some(meaning)
}

/// `10 August 88 AD`, "in 14 AD".
pub(super) fn ad(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let year = i16::try_from(c.int("n")?).ok().filter(|year| (1..=9998).contains(year))?;
    match c.small("month") {
        Some(month) => {
            one(Days::unit(Date::new(year, month, c.small("dom")?).ok()?, Grain::Day)?, Grain::Day)
        }
        None => one(Days::unit(Date::new(year, 1, 1).ok()?, Grain::Year)?, Grain::Year),
    }
}

/// "Tuesday the eleventh", `Fri 14th`.
pub(super) fn weekday_dom(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let cycle = Cycle { month: None, day: c.small("dom"), weekday: c.small("weekday") };
    scene.cycle(cycle, Grain::Day, Default::Year)
}

/// "on the 4th", "the 20th day of next month".
pub(super) fn dom(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let day = c.small("dom").filter(|day| (1..=31).contains(day))?;
    let Some(today) = scene.today else {
        return Some(Meaning::Date(DateSet {
            cycle: Cycle { day: Some(day), ..Cycle::default() },
            ..DateSet::unknown(Grain::Day)
        }));
    };
    if let Some(shift) = c.int("dir") {
        let start = calendar::moved(today.first_of_month(), Grain::Month, shift)?;
        return one(Days::unit(Date::new(start.year(), start.month(), day).ok()?, Grain::Day)?, Grain::Day);
    }
    scene.cycle(Cycle { day: Some(day), ..Cycle::default() }, Grain::Day, Default::Year)
}

/// `April 2019`, "June last year", "March".
pub(super) fn month(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let month = c.small("month")?;
    if let Some(shift) = c.int("dir") {
        let year = scene.base(Grain::Year).and_then(|base| calendar::moved(base, Grain::Year, shift));
        let start = year.and_then(|year| Date::new(year.year(), month, 1).ok());
        let days = start.and_then(|start| Days::unit(start, Grain::Month));
        return Some(Meaning::Date(
            days.map_or(DateSet::unknown(Grain::Month), |days| DateSet::of(days, Grain::Month)),
        ));
    }
    if let Some(year) = c.year() {
        return one(Days::unit(Date::new(year, month, 1).ok()?, Grain::Month)?, Grain::Month);
    }
    let cycle = Cycle { month: Some(month), ..Cycle::default() };
    let found = scene.cycle(cycle, Grain::Month, Default::Year)?;
    match (c.int("forward"), found, scene.today) {
        (Some(_), Meaning::Date(_), Some(today)) => {
            let next = cycle.days_from(today).next()?;
            one(calendar::unit(next, Grain::Month, 12)?, Grain::Month)
        }
        (_, found, _) => Some(found),
    }
}

/// "last May", "next February".
pub(super) fn month_dir(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (month, dir) = (c.small("month")?, c.int("dir")?);
    let Some(today) = scene.today else {
        let cycle = Cycle { month: Some(month), ..Cycle::default() };
        return Some(Meaning::Date(DateSet { cycle, ..DateSet::unknown(Grain::Month) }));
    };
    let this = Date::new(today.year(), month, 1).ok()?;
    let is_now = this.month() == today.month();
    let years = match dir {
        0 => 0,
        dir if dir < 0 => i64::from(this < today && !is_now) - 1,
        _ => i64::from(this < today || is_now),
    };
    one(calendar::unit(this, Grain::Month, years * 12)?, Grain::Month)
}

/// "Friday", "last Friday", "next Friday", "Friday after next".
pub(super) fn weekday(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let number = c.int("weekday")?;
    let cycle = Cycle { weekday: c.small("weekday"), ..Cycle::default() };
    let Some(today) = scene.today else {
        return Some(Meaning::Date(DateSet { cycle, ..DateSet::unknown(Grain::Day) }));
    };
    let weekday = calendar::weekday(number)?;
    let nth = |n: i32| today.nth_weekday(n, weekday).ok().and_then(|day| Days::unit(day, Grain::Day));
    if let Some(skip) = c.int("skip") {
        return one(nth(i32::try_from(skip).ok()? + 1)?, Grain::Day);
    }
    if c.int("coming").is_some() {
        return one(nth(1)?, Grain::Day);
    }
    let this_week =
        calendar::start(today, Grain::Week).and_then(|monday| calendar::unit(monday, Grain::Day, number - 1));
    match c.int("dir") {
        Some(dir) if dir < 0 => one(nth(-1)?, Grain::Day),
        // "Next Friday" is that of the next week, where this week's is still to come.
        Some(1) => {
            let next_week = this_week.and_then(|days| calendar::unit(days.from?, Grain::Day, 7));
            Some(Meaning::Date(several([next_week, nth(1)], Grain::Day)?))
        }
        Some(_) => Some(Meaning::Date(several([this_week], Grain::Day)?)),
        None => {
            let is_today = today.weekday() == weekday;
            let own = is_today.then(|| Days::unit(today, Grain::Day)).flatten();
            let choice = scene.choose(own.or(nth(-1)), own.or(nth(1)), Default::Past);
            let beyond = (is_today && scene.tense != Tense::Past).then(|| nth(1)).flatten();
            let retold = scene.retold(cycle, Grain::Day);
            let set = several(choice.into_iter().chain([beyond, retold]), Grain::Day)?;
            Some(Meaning::Date(DateSet { cycle, ..set }))
        }
    }
}

/// "Tuesday of last week".
pub(super) fn weekday_week(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let number = c.int("weekday")?;
    let monday = scene.today.and_then(|today| calendar::unit(today, Grain::Week, c.int("dir")?)?.from);
    let days = monday.and_then(|monday| calendar::unit(monday, Grain::Day, number - 1));
    Some(Meaning::Date(days.map_or(DateSet::unknown(Grain::Day), |days| DateSet::of(days, Grain::Day))))
}

/// "three Fridays from now".
pub(super) fn weekdays_away(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let weekday = calendar::weekday(c.int("weekdays").or(c.int("weekday"))?)?;
    let count = i32::try_from(c.int("n")?.checked_mul(c.int("sign")?)?).ok().filter(|n| n.abs() < 1_000)?;
    match scene.today {
        Some(today) => one(Days::unit(today.nth_weekday(count, weekday).ok()?, Grain::Day)?, Grain::Day),
        None => Some(Meaning::Date(DateSet::unknown(Grain::Day))),
    }
}

/// "the third Monday of January 2019": the nth weekday of a month or year.
pub(super) fn weekday_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (number, nth) = (c.int("weekday")?, c.int("nth")?);
    let Some(days) = period_of(scene, c) else { return Some(Meaning::Date(DateSet::unknown(Grain::Day))) };
    let (from, to) = (days.from?, days.to?);
    let weekday = calendar::weekday(number)?;
    let day = if nth < 0 {
        to.nth_weekday(-1, weekday).ok()?
    } else {
        from.yesterday()
            .ok()?
            .nth_weekday(i32::try_from(nth).ok().filter(|n| (1..=53).contains(n))?, weekday)
            .ok()?
    };
    (from <= day && day < to).then(|| one(Days::unit(day, Grain::Day)?, Grain::Day))?
}

/// The period that something is counted in: the captured one, or the unit of today.
pub(super) fn period_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Days> {
    if let Some(period) = c.date("period") {
        return period.readings.first().copied().filter(|days| days.from.is_some() && days.to.is_some());
    }
    if let Some(number) = c.int("period") {
        // A bare month in front of which something is counted.
        let captured = [("month", Capture::Int(number))];
        let Some(Meaning::Date(date)) = month(scene, &Captures(&captured, &[])) else { return None };
        return date.readings.first().copied().filter(|days| days.from.is_some());
    }
    let grain = c.grain("within")?;
    calendar::unit(scene.base(grain)?, grain, 0)
}

/// "the third Tuesday after Christmas 2014".
pub(super) fn weekday_after(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let anchor = c.date("anchor")?.readings.first()?.from?;
    let nth = i32::try_from(c.int("nth")?).ok().filter(|n| (1..=100).contains(n))?;
    one(
        Days::unit(anchor.nth_weekday(nth, calendar::weekday(c.int("weekday")?)?).ok()?, Grain::Day)?,
        Grain::Day,
    )
}

/// "the closest Monday to October 5th", "the second closest".
pub(super) fn closest(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let anchor = c.date("anchor")?.readings.first()?.from?;
    let weekday = calendar::weekday(c.int("weekday")?)?;
    let mut days: Vec<Date> =
        [-3, -2, -1, 1, 2, 3].into_iter().filter_map(|n| anchor.nth_weekday(n, weekday).ok()).collect();
    days.extend((anchor.weekday() == weekday).then_some(anchor));
    days.sort_by_key(|day| ((*day - anchor).get_days().abs(), *day));
    let nth = usize::try_from(c.int("nth").unwrap_or(1) - 1).ok()?;
    one(Days::unit(*days.get(nth)?, Grain::Day)?, Grain::Day)
}

/// "the weekend", "last weekend".
pub(super) fn weekend(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let Some(today) = scene.today else { return Some(Meaning::Date(DateSet::unknown(Grain::Day))) };
    let saturday = |weeks: i64| {
        let monday = calendar::unit(today, Grain::Week, weeks)?.from?;
        let from = calendar::moved(monday, Grain::Day, 5)?;
        Some(Days { from: Some(from), to: calendar::moved(from, Grain::Day, 2) })
    };
    let is_weekend = today.weekday().to_monday_one_offset() > 5;
    let last = if is_weekend { saturday(0) } else { saturday(-1) };
    let days = match c.int("dir") {
        Some(0) => vec![saturday(0)],
        Some(dir) if dir < 0 => vec![saturday(-1)],
        Some(_) => vec![if is_weekend { saturday(1) } else { saturday(1).or(saturday(0)) }],
        None => match scene.tense {
            Tense::Past => vec![last],
            Tense::Future => vec![saturday(0)],
            // From Thursday on people speak of the one to come.
            Tense::Unclear if today.weekday().to_monday_one_offset() < 4 => vec![last, saturday(0)],
            Tense::Unclear => vec![saturday(0), last],
        },
    };
    Some(Meaning::Date(several(days, Grain::Day)?))
}

/// "the weekend of Halloween", "Labor Day weekend": from the Saturday next to the day, with the day where it is beside it.
pub(super) fn weekend_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let day = match c.date("anchor") {
        Some(date) => date.clone(),
        None => match holiday(scene, c)? {
            Meaning::Date(date) => date,
            _ => return None,
        },
    };
    let around = |day: Date| {
        let offset = i64::from(day.weekday().to_monday_one_offset());
        let saturday = calendar::moved(
            day,
            Grain::Day,
            match offset {
                1 => -2,
                2 => -3,
                other => 6 - other,
            },
        )?;
        let sunday_after = calendar::moved(saturday, Grain::Day, 2)?;
        let (from, to) = (saturday.min(day), sunday_after.max(day.tomorrow().ok()?));
        let near = (day - saturday).get_days().abs() <= 2;
        Some(Days {
            from: Some(if near { from } else { saturday }),
            to: Some(if near { to } else { sunday_after }),
        })
    };
    let weekends = day.readings.iter().map(|days| around(days.from?));
    Some(Meaning::Date(several(weekends, Grain::Day).unwrap_or(DateSet::unknown(Grain::Day))))
}

/// "Easter", "Christmas 2014", "next Thanksgiving".
pub(super) fn holiday(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let id = c.int("holiday").or(c.int("anchor"))?;
    let in_year = |year: i16| holidays::days(id, year);
    if let Some(year) = c.year() {
        return one(in_year(year)?, Grain::Day);
    }
    let unknown = || {
        let day = holidays::fixed(id);
        let cycle = day.map_or(Cycle::default(), |(month, day)| Cycle {
            month: Some(month),
            day: Some(day),
            weekday: None,
        });
        DateSet { cycle, ..DateSet::unknown(Grain::Day) }
    };
    let Some(today) = scene.today else { return Some(Meaning::Date(unknown())) };
    let years = (-1..=1).filter_map(|shift| in_year(today.year() + shift));
    let all: Vec<Days> = years.collect();
    let before = all.iter().rev().find(|days| days.from.is_some_and(|from| from <= today)).copied();
    let after = all.iter().find(|days| days.to.is_some_and(|to| to > today)).copied();
    let set = match c.int("dir") {
        Some(0) => several([in_year(today.year())], Grain::Day)?,
        Some(dir) if dir < 0 => several(
            [all.iter().rev().find(|days| days.from.is_some_and(|from| from < today)).copied()],
            Grain::Day,
        )?,
        Some(_) => several(
            [all.iter().find(|days| days.from.is_some_and(|from| from > today)).copied()],
            Grain::Day,
        )?,
        None if scene.tense == Tense::Unclear => several([in_year(today.year()), before, after], Grain::Day)?,
        None => several(scene.choose(before, after, Default::Year), Grain::Day)?,
    };
    let cycle = unknown().cycle;
    Some(Meaning::Date(DateSet { cycle, ..set }))
}
