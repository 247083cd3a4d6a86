//! Ranges, and what is open at one end.

use super::super::calendar::{self, Cycle};
use super::super::date::{DateSet, Days, Grain, Part};
use super::super::grammar::Slot;
use super::super::lexicon::name;
use super::days::{day, month};
use super::{Capture, Captures, LONGEST_WAIT, Meaning, Scene, several};
use jiff::civil::Date;

/// "10 to 22 August 2012", "August 10 – 22": the year is that of both, and where it is missing both are told alike.
pub(super) fn days_of_month(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (first, last) = (c.small("dom")?, c.small("dom2")?);
    let Meaning::Date(start) = day(scene, c)? else { return None };
    let month = c.small("month")?;
    let ends = start.readings.iter().map(|days| {
        let from = days.from?;
        // "From April 27th to the third" runs into the next month.
        let next = if last <= first {
            calendar::moved(from.first_of_month(), Grain::Month, 1)?
        } else {
            from.first_of_month()
        };
        let end = Date::new(next.year(), next.month(), last).ok()?;
        Some(Days { from: Some(from), to: end.tomorrow().ok() })
    });
    if scene.today.is_none() && c.year().is_none() {
        let is_day = Date::new(2024, month, last).is_ok() || last <= first;
        return is_day.then(|| {
            Meaning::Date(DateSet {
                cycle: Cycle { month: Some(month), ..Cycle::default() },
                ..DateSet::unknown(Grain::Day)
            })
        });
    }
    let ends: Vec<Option<Days>> = ends.collect();
    let mut set = several(ends.iter().copied(), Grain::Day)?;
    let days = set.readings[0];
    if set.readings.len() == 1 {
        set.ends = days
            .from
            .zip(days.to.and_then(|to| to.yesterday().ok()))
            .and_then(|(from, last)| Some((Days::unit(from, Grain::Day)?, Days::unit(last, Grain::Day)?)));
    }
    Some(Meaning::Date(set))
}

/// "from March to May 1965", "between 2010 and 2012", "Nov. 18 – Dec. 19, 2015".
pub(super) fn range(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (first, last) = if let (Some(from), Some(to)) = (c.int("from_month"), c.int("to_month")) {
        let one = |number: i64, year: Option<i64>| {
            let captured =
                [Some(("month", Capture::Int(number))), year.map(|year| ("year", Capture::Int(year)))];
            let captured: Vec<(Slot, Capture)> = captured.into_iter().flatten().collect();
            match month(scene, &Captures(&captured, &[]))? {
                Meaning::Date(date) => Some(date),
                _ => None,
            }
        };
        (one(from, None)?, one(to, c.int("year"))?)
    } else if c.find("first_now").is_some() {
        let today = scene.today.and_then(|day| Days::unit(day, Grain::Day));
        (DateSet::of(today.unwrap_or(Days::ALL), Grain::Day), c.date("last")?.clone())
    } else if c.find("last_now").is_some() {
        let today =
            scene.today.and_then(|today| today.yesterday().ok()).and_then(|day| Days::unit(day, Grain::Day));
        (c.date("point")?.clone(), DateSet::of(today.unwrap_or(Days::ALL), Grain::Day))
    } else {
        (c.date("point")?.clone(), c.date("last")?.clone())
    };
    // "5 April to 10": nothing that has no end is one.
    let is_closed = |set: &DateSet| set.readings.iter().all(|days| days.from.is_some() == days.to.is_some());
    if !is_closed(&first) || !is_closed(&last) {
        return None;
    }
    let (first, last) = spread(first, last)?;
    span(&first, &last).map(Meaning::Date)
}

/// Gives the end without a year the year of the other, the start the nearest before, the end the nearest after.
pub(super) fn spread(first: DateSet, last: DateSet) -> Option<(DateSet, DateSet)> {
    let is_yearless = |set: &DateSet| set.cycle != Cycle::default() && set.grain <= Grain::Month;
    let placed = |set: &DateSet, from: Date, forwards: bool| {
        let unit = |day: Date| Days::unit(calendar::start(day, set.grain)?, set.grain);
        let day = if forwards {
            set.cycle.days_from(from).next()
        } else {
            let back = calendar::moved(from, Grain::Year, -LONGEST_WAIT)?;
            set.cycle.days_from(back).take_while(|day| *day <= from).last()
        };
        Some(DateSet { cycle: Cycle::default(), ..DateSet::of(unit(day?)?, set.grain) })
    };
    match (is_yearless(&first), is_yearless(&last)) {
        (true, false) => {
            let end = last.readings[0].from;
            let start = end.and_then(|end| placed(&first, end, false));
            Some((start.unwrap_or(first), last))
        }
        (false, true) => {
            let end = first.readings[0].from.and_then(|start| placed(&last, start, true));
            Some((first, end.unwrap_or(last)))
        }
        (true, true) => {
            let Some(start) = first.readings[0].from else { return Some((first, last)) };
            let end = placed(&last, start, true)?;
            Some((DateSet { readings: vec![first.readings[0]], ..first }, end))
        }
        (false, false) => Some((first, last)),
    }
}

/// One run of days from the start of one date to the end of another.
pub(super) fn span(first: &DateSet, last: &DateSet) -> Option<DateSet> {
    let (start, end) = (first.readings[0], last.readings[0]);
    let days = Days { from: start.from, to: end.to };
    if days == Days::ALL {
        return Some(DateSet::unknown(first.grain.max(last.grain)));
    }
    days.from.zip(days.to).is_none_or(|(from, to)| from < to).then_some(())?;
    // Ends of two grains, as in "between 2018 and April 2019", have no form of their own.
    let ends =
        (first.grain == last.grain && days.from.is_some() && days.to.is_some()).then_some((start, end));
    Some(DateSet { ends, ..DateSet::of(days, first.grain.max(last.grain)) })
}

/// `1950–53`, "from 2014 to 2018".
pub(super) fn years(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let from = c.int("year")?;
    let to = match (c.int("until"), c.int("short")) {
        (Some(until), _) => until,
        (None, Some(short)) => from / 100 * 100 + short,
        _ => return None,
    };
    let unit = |year: i64| Days::unit(Date::new(i16::try_from(year).ok()?, 1, 1).ok()?, Grain::Year);
    (from < to).then(|| {
        span(&DateSet::of(unit(from)?, Grain::Year), &DateSet::of(unit(to)?, Grain::Year)).map(Meaning::Date)
    })?
}

/// "since 2019", "until April", "about 1950".
pub(super) fn bound(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    opened(scene, c, name(c.int("bound")?))
}

pub(super) fn opened(_: &Scene<'_>, c: &Captures<'_>, bound: &str) -> Option<Meaning> {
    let mut set = c.date("period")?.clone();
    if bound == "about" {
        set.is_about = true;
        return Some(Meaning::Date(set));
    }
    // "Before the end of 2019" goes up to its last day, "after the beginning" from its first.
    let bound = match (bound, set.part) {
        ("before", Some(Part::Late)) => "until",
        ("after", Some(Part::Early)) => "since",
        (bound, _) => bound,
    };
    set.part = None;
    set.readings.iter_mut().for_each(|days| {
        *days = match bound {
            "since" => Days { from: days.from, to: None },
            "after" => Days { from: days.to, to: None },
            "before" => Days { from: None, to: days.from },
            _ => Days { from: None, to: days.to },
        };
    });
    // A day of an unknown year bounds nothing.
    if set.readings.contains(&Days::ALL) {
        set = DateSet::unknown(set.grain);
    }
    set.ends = None;
    set.length = None;
    set.cycle = Cycle::default();
    Some(Meaning::Date(set))
}

/// "2018 or 2019": the readings of both.
pub(super) fn either(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (one, other) = (c.date("period")?, c.date("other")?);
    // "Next Monday or Tuesday" are two dates, which are told one by one.
    let is_plain = |set: &DateSet| set.grain >= Grain::Month && set.length.is_none();
    (is_plain(one) && is_plain(other)).then_some(())?;
    let readings = one.readings.iter().chain(&other.readings).map(|days| Some(*days));
    Some(Meaning::Date(several(readings, one.grain.max(other.grain))?))
}
