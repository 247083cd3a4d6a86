//! What is told from today or from what was told before: "two years ago", "last week", "a year earlier".

use super::super::calendar;
use super::super::date::{DateSet, Days, Grain};
use super::super::length::{self, Length};
use super::super::lexicon::name;
use super::{Captures, Meaning, Scene, Tense, one, several};
use jiff::civil::Date;

/// A day moved by a length; by months first, as people do.
pub(super) fn moved(day: Date, length: Length, sign: i64) -> Option<Date> {
    let whole = |amount: rust_decimal::Decimal| i64::try_from(amount.trunc()).ok();
    let months = whole(length.months)?.checked_mul(sign)?;
    let days = whole(length.seconds / rust_decimal::Decimal::from(86_400))?.checked_mul(sign)?;
    calendar::moved(calendar::moved(day, Grain::Month, months)?, Grain::Day, days)
}

/// "two years ago", "three days earlier", "two weeks after Easter", "in two weeks".
pub(super) fn away(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (length, grain) = c.length()?;
    let sign = c.int("sign")?;
    // Hours and minutes stay inside a day, which no date tells.
    let is_short = length.months.is_zero() && length.seconds < rust_decimal::Decimal::from(86_400);
    (!is_short).then_some(())?;
    // "In two years" is a length where the sentence tells of the past, or of the most in so long.
    if c.int("soft").is_some() && (scene.tense == Tense::Past || scene.is_length) {
        return None;
    }
    let is_deictic = c.int("deictic").is_some();
    let anchor = match c.date("anchor") {
        Some(anchor) => Some(anchor),
        None if is_deictic => None,
        None => scene.anchor,
    };
    let is_named = c.date("anchor").is_some();
    // "Two days later he left" does not follow the day of writing.
    if anchor.is_none() && !is_deictic && sign > 0 && scene.tense == Tense::Past {
        return Some(Meaning::Date(DateSet::unknown(Grain::Day)));
    }
    // Days and weeks are counted to the day; longer units in their own grain, or in that of what they are told from.
    let own = if grain <= Grain::Week { Grain::Day } else { grain };
    let own = match anchor {
        Some(anchor) if is_named || anchor.grain < own => anchor.grain.min(own),
        _ if is_deictic && sign > 0 => Grain::Day,
        _ => own,
    };
    let edge = match (anchor, sign > 0 && is_named) {
        (Some(anchor), true) if anchor.grain == Grain::Day => {
            anchor.readings.first().and_then(|days| days.from)
        }
        (Some(anchor), _) => anchor.readings.first().and_then(|days| days.from.or(days.to)),
        (None, _) => scene.base(grain),
    };
    let Some(edge) = edge else { return Some(Meaning::Date(DateSet::unknown(own))) };
    let day = moved(edge, length, sign)?;
    // A holiday is the one of the year that is told.
    let cycle = anchor.map(|anchor| anchor.cycle).unwrap_or_default();
    let day = match cycle.month.filter(|_| is_named && is_deictic) {
        Some(_) => cycle.days_from(calendar::start(day, Grain::Year)?).next().unwrap_or(day),
        None => day,
    };
    let days = Days::unit(calendar::start(day, own)?, own)?;
    let is_counted_loosely = !is_named && (own > Grain::Day || grain > Grain::Day);
    Some(Meaning::Date(DateSet { is_about: is_counted_loosely, ..DateSet::of(days, own) }))
}

/// "within nine months".
pub(super) fn within(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (length, _) = c.length()?;
    let days =
        scene.today.and_then(|today| Some(Days { from: Some(today), to: Some(moved(today, length, 1)?) }));
    let days = days.filter(|days| days.from < days.to).unwrap_or(Days::ALL);
    Some(Meaning::Date(DateSet { length: Some(length), ..DateSet::of(days, Grain::Day) }))
}

/// "Monday two weeks from now": the weekday in that week, or the first after it.
pub(super) fn weekday_away(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (length, grain) = c.length()?;
    let Some(today) = scene.today else { return Some(Meaning::Date(DateSet::unknown(Grain::Day))) };
    let day = moved(today, length, 1)?;
    let number = c.int("weekday")?;
    let day = if grain == Grain::Week {
        calendar::moved(calendar::start(day, Grain::Week)?, Grain::Day, number - 1)?
    } else {
        day.yesterday().ok()?.nth_weekday(1, calendar::weekday(number)?).ok()?
    };
    one(Days::unit(day, Grain::Day)?, Grain::Day)
}

/// "a week from Tuesday".
pub(super) fn week_from(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let Some(today) = scene.today else { return Some(Meaning::Date(DateSet::unknown(Grain::Day))) };
    let day = today.nth_weekday(1, calendar::weekday(c.int("weekday")?)?).ok()?;
    one(calendar::unit(day, Grain::Day, 7)?, Grain::Day)
}

/// "for three days from today".
pub(super) fn length_from(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (length, _) = c.length()?;
    let from = c.date("anchor")?.readings.first()?.from?;
    let days = Days { from: Some(from), to: Some(moved(from, length, 1)?) };
    (days.from < days.to)
        .then(|| Meaning::Date(DateSet { length: Some(length), ..DateSet::of(days, Grain::Day) }))
}

/// "last week", "this quarter", "the week after next", "the year".
pub(super) fn unit_dir(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let unit = c.int("unit")?;
    let grain = length::grain(unit)?;
    let shift = c.int("dir")? + c.int("skip").unwrap_or(0);
    let is_fortnight = name(unit) == "fortnight";
    let Some(Meaning::Date(mut set)) = scene.around(grain, shift * if is_fortnight { 2 } else { 1 }) else {
        return None;
    };
    if is_fortnight && let Some(from) = set.readings[0].from {
        set.readings[0].to = calendar::moved(from, Grain::Day, 14);
        set.grain = Grain::Day;
    }
    Some(Meaning::Date(set))
}

/// "the week", "the quarter": the one that was told of, else this one, or the last that ended where it is a quarter, as
/// results are told; or any, so that its length is what is sure.
pub(super) fn the_unit(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let unit = c.int("unit")?;
    let grain = length::grain(unit)?;
    let anchor = scene
        .anchor
        .filter(|anchor| anchor.grain == grain)
        .and_then(|anchor| anchor.readings.first().copied());
    let shift = if grain == Grain::Quarter && scene.tense != Tense::Future { -1 } else { 0 };
    let around = || match scene.around(grain, shift) {
        Some(Meaning::Date(set)) => set.readings.first().copied(),
        _ => None,
    };
    let mut days = anchor.or_else(around)?;
    if name(unit) == "fortnight"
        && let Some(from) = days.from
    {
        days.to = calendar::moved(from, Grain::Day, 14);
    }
    let length = Length::of(rust_decimal::Decimal::ONE, unit);
    Some(Meaning::Date(DateSet { length, is_about: true, ..DateSet::of(days, grain) }))
}

pub(super) fn workweek(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let monday = scene.today.and_then(|today| calendar::unit(today, Grain::Week, c.int("dir")?)?.from);
    let days = monday.and_then(|monday| {
        Some(Days { from: Some(monday), to: Some(calendar::moved(monday, Grain::Day, 5)?) })
    });
    Some(Meaning::Date(DateSet::of(days.unwrap_or(Days::ALL), Grain::Day)))
}

/// "the last three months": the days up to today, or whole units where they are quarters, and their length.
pub(super) fn units(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (unit, n, dir) = (c.int("unit")?, c.int("n")?, c.int("dir")?);
    let grain = length::grain(unit).unwrap_or(Grain::Day);
    let length = Length::of(n.into(), unit)?;
    let n = n.checked_mul(if name(unit) == "fortnight" { 2 } else { 1 })?;
    let days = scene.today.and_then(|today| {
        let (from, to) = match (grain, dir < 0) {
            (Grain::Quarter, true) => {
                (calendar::unit(today, grain, -n)?.from?, calendar::unit(today, grain, 0)?.from?)
            }
            (Grain::Quarter, false) => {
                (calendar::unit(today, grain, 1)?.from?, calendar::unit(today, grain, n + 1)?.from?)
            }
            (_, true) => (calendar::moved(today, grain, -n)?, today),
            (_, false) => {
                let start = today.tomorrow().ok()?;
                (start, calendar::moved(start, grain, n)?)
            }
        };
        (from < to).then_some(Days { from: Some(from), to: Some(to) })
    });
    let grain = if grain == Grain::Quarter { grain } else { Grain::Day };
    Some(Meaning::Date(DateSet {
        length: Some(length),
        is_about: true,
        ..DateSet::of(days.unwrap_or(Days::ALL), grain)
    }))
}

/// "a year earlier", "the year-ago quarter": what was told last, a year before; in its own grain.
pub(super) fn year_ago(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let anchor = scene.anchor.filter(|anchor| anchor.grain <= Grain::Year && anchor.readings.len() <= 2);
    if let Some(year) = c.year() {
        let grain = anchor.map_or(Grain::Year, |anchor| anchor.grain).max(Grain::Month);
        let from = anchor.and_then(|anchor| anchor.readings[0].from);
        let same = from
            .and_then(|from| Date::new(year, from.month(), 1).ok())
            .and_then(|day| calendar::unit(day, grain, 0));
        return one(same.or(Days::unit(Date::new(year, 1, 1).ok()?, Grain::Year))?, grain);
    }
    let is_any = c.int("any").is_some();
    let comparable =
        anchor.filter(|anchor| anchor.grain <= Grain::Half && (is_any || anchor.grain >= Grain::Month));
    let Some(anchor) = comparable else {
        // "The year-ago quarter" is told beside the one that has ended last.
        if let Some(grain) = c.grain("unit") {
            let per_year = if grain == Grain::Month { 12 } else { 4 };
            return scene.around(grain, -1 - per_year);
        }
        let Some(Meaning::Date(set)) = scene.around(Grain::Year, -1) else { return None };
        return Some(Meaning::Date(DateSet { is_about: true, ..set }));
    };
    let back = |day: Option<Date>| day.and_then(|day| calendar::moved(day, Grain::Year, -1));
    let readings = anchor.readings.iter().map(|days| {
        let moved = Days { from: back(days.from), to: back(days.to) };
        (moved.from.is_some() == days.from.is_some()).then_some(moved)
    });
    Some(Meaning::Date(several(readings, anchor.grain)?))
}

pub(super) fn to_date(scene: &Scene<'_>, _: &Captures<'_>) -> Option<Meaning> {
    let days = scene.today.map(|today| Days { from: Some(today.first_of_year()), to: Some(today) });
    let days = days.filter(|days| days.from < days.to);
    Some(Meaning::Date(DateSet::of(days.unwrap_or(Days::ALL), Grain::Day)))
}

pub(super) fn until_now(scene: &Scene<'_>, _: &Captures<'_>) -> Option<Meaning> {
    Some(Meaning::Date(DateSet::of(Days { from: None, to: scene.today }, Grain::Day)))
}
