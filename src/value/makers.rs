//! What patterns of dates mean: each maker takes what a pattern kept and gives days.
//!
//! Days told from the day of writing follow the conventions of TimeML (Saurí et al. 2006) and of news: the dateline is
//! "today", the past is the nearest unit that has begun, the future the nearest that has not ended, and where the
//! tense does not say which, both are kept with the likelier first.

use super::calendar::{self, Cycle};
use super::date::{DateSet, Days, Grain, Part};
use super::grammar::Slot;
use super::holiday;
use super::length::{self, Length};
use super::lexicon::name;
use jiff::civil::Date;

/// When a clause takes place, as its verbs tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    Unclear,
}

/// What a reading depends on besides its words.
pub(super) struct Scene<'a> {
    /// The day of writing.
    pub(super) today: Option<Date>,
    /// The year of writing, known where the day may be not.
    pub(super) year: Option<i16>,
    pub(super) tense: Tense,
    /// The date that was told before.
    pub(super) anchor: Option<&'a DateSet>,
    /// Whether words just before speak of a length: "the first time in".
    pub(super) is_length: bool,
}

/// What a pattern kept under a name.
#[derive(Clone, Debug)]
pub(super) enum Capture {
    Int(i64),
    Length(Length, Grain),
    Date(DateSet),
}

/// All that a pattern kept.
pub(super) struct Captures<'c>(pub(super) &'c [(Slot, Capture)], pub(super) &'c [(Slot, i64)]);

impl Captures<'_> {
    fn find(&self, slot: &str) -> Option<&Capture> {
        self.0.iter().find(|(name, _)| *name == slot).map(|(_, capture)| capture)
    }

    fn int(&self, slot: &str) -> Option<i64> {
        let fixed = || self.1.iter().find(|(name, _)| *name == slot).map(|(_, value)| *value);
        match self.find(slot) {
            Some(Capture::Int(value)) => Some(*value),
            Some(_) => None,
            None => fixed(),
        }
    }

    fn small(&self, slot: &str) -> Option<i8> {
        self.int(slot).and_then(|value| i8::try_from(value).ok())
    }

    fn year(&self) -> Option<i16> {
        let year = self.int("year")?;
        // Two digits are of the last century from 50 on.
        let year = match year {
            0..50 => year + 2000,
            50..100 => year + 1900,
            year => year,
        };
        i16::try_from(year).ok().filter(|year| (0..=9998).contains(year))
    }

    fn date(&self, slot: &str) -> Option<&DateSet> {
        match self.find(slot) {
            Some(Capture::Date(date)) => Some(date),
            _ => None,
        }
    }

    fn length(&self) -> Option<(Length, Grain)> {
        match self.find("length") {
            Some(Capture::Length(length, grain)) => Some((*length, *grain)),
            _ => {
                let unit = self.int("unit")?;
                let count = self.int("few").or(self.int("n")).unwrap_or(1);
                Some((Length::of(count.into(), unit)?, length::grain(unit)?))
            }
        }
    }

    fn grain(&self, slot: &str) -> Option<Grain> {
        length::grain(self.int(slot)?)
    }
}

/// What a pattern means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Date(DateSet),
    /// A time that comes again, by its unit.
    Recurring,
    /// Past, present or future, and no more.
    Vague(&'static str),
    /// No value, although part of the words could be one.
    Nothing,
}

/// Gives a meaning to what a pattern kept; nothing where there is none, as for 30 February.
pub(super) type Maker = fn(&Scene<'_>, &Captures<'_>) -> Option<Meaning>;

/// The maker of a name.
pub(super) fn maker(name: &str) -> Option<Maker> {
    MAKERS.iter().find(|(known, _)| *known == name).map(|(_, maker)| *maker)
}

const MAKERS: [(&str, Maker); 48] = [
    ("nothing", |_, _| Some(Meaning::Nothing)),
    ("given", |_, c| Some(Meaning::Date(c.date("date")?.clone()))),
    ("day", day),
    ("ad", ad),
    ("weekday_dom", weekday_dom),
    ("dom", dom),
    ("month", month),
    ("month_dir", month_dir),
    ("weekday", weekday),
    ("weekday_week", weekday_week),
    ("weekdays_away", weekdays_away),
    ("weekday_of", weekday_of),
    ("weekday_after", weekday_after),
    ("closest", closest),
    ("today", |s, c| s.around(Grain::Day, c.int("today")?)),
    ("that_day", |s, c| s.from_anchor(Grain::Day, c.int("shift")?)),
    ("the_day_after", |s, _| s.around(Grain::Day, 1)),
    ("away", away),
    ("within", within),
    ("weekday_away", weekday_away),
    ("week_from", week_from),
    ("length_from", length_from),
    ("unit_dir", unit_dir),
    ("the_unit", the_unit),
    ("workweek", workweek),
    ("that_unit", |s, c| s.from_anchor(c.grain("unit")?, c.int("shift").unwrap_or(0))),
    ("units", units),
    ("nth_units", nth_units),
    ("week_number", week_number),
    ("week_of", week_of),
    ("quarter", |s, c| part_of_year(s, c, Grain::Quarter, 4)),
    ("half", |s, c| part_of_year(s, c, Grain::Half, 2)),
    ("year_ago", year_ago),
    ("year", |_, c| one(Days::unit(Date::new(c.year()?, 1, 1).ok()?, Grain::Year)?, Grain::Year)),
    ("school_year", school_year),
    ("decade", decade),
    ("century", century),
    ("season", season),
    ("season_dir", season_dir),
    ("weekend", weekend),
    ("weekend_of", weekend_of),
    ("holiday", holiday),
    ("part", part),
    ("to_date", to_date),
    ("until_now", until_now),
    ("days_of_month", days_of_month),
    ("range", range),
    ("years", years),
];

/// Makers of what is no point or range.
const OTHERS: [(&str, Maker); 6] = [
    ("bound", bound),
    ("or_later", |s, c| opened(s, c, "since")),
    ("or_earlier", |s, c| opened(s, c, "until")),
    ("either", either),
    ("recurring", |_, _| Some(Meaning::Recurring)),
    ("vague", |_, c| Some(Meaning::Vague(name(c.int("vague")?)))),
];

/// The maker of any name.
pub(super) fn any_maker(wanted: &str) -> Option<Maker> {
    maker(wanted).or_else(|| OTHERS.iter().find(|(known, _)| *known == wanted).map(|(_, maker)| *maker))
}

fn one(days: Days, grain: Grain) -> Option<Meaning> {
    Some(Meaning::Date(DateSet::of(days, grain)))
}

fn several(days: impl IntoIterator<Item = Option<Days>>, grain: Grain) -> Option<DateSet> {
    let mut readings: Vec<Days> = Vec::new();
    for days in days.into_iter().flatten() {
        if !readings.contains(&days) {
            readings.push(days);
        }
    }
    let first = *readings.first()?;
    Some(DateSet { readings, ..DateSet::of(first, grain) })
}

impl Scene<'_> {
    /// The unit that holds the day of writing, moved by `n` units; where that day is not known, any.
    fn around(&self, grain: Grain, n: i64) -> Option<Meaning> {
        let base = self.base(grain);
        let days = base.and_then(|today| calendar::unit(today, grain, n));
        Some(Meaning::Date(days.map_or(DateSet::unknown(grain), |days| DateSet::of(days, grain))))
    }

    /// The day of writing, or the first of its year where that is enough.
    fn base(&self, grain: Grain) -> Option<Date> {
        let january =
            || self.year.filter(|_| grain >= Grain::Year).and_then(|year| Date::new(year, 1, 1).ok());
        self.today.or_else(january)
    }

    /// The first day of what was told before, else the day of writing.
    fn anchor_day(&self) -> Option<Date> {
        self.anchor.and_then(|anchor| anchor.readings.first()?.from).or(self.today)
    }

    fn from_anchor(&self, grain: Grain, n: i64) -> Option<Meaning> {
        // A year is not told from a decade that holds it.
        let fine = self.anchor.is_none_or(|anchor| anchor.grain <= grain);
        let day = if fine { self.anchor_day() } else { self.today };
        let days = day.and_then(|day| calendar::unit(day, grain, n));
        Some(Meaning::Date(days.map_or(DateSet::unknown(grain), |days| DateSet::of(days, grain))))
    }

    /// Units that come again (a month, a weekday, a date without its year), the likelier first: `units` in the order of
    /// time, of which one holds or follows the day of writing.
    ///
    /// The past is the last unit that has begun, the future the first that has not ended. Where the tense is unclear it
    /// is the one in `default`.
    fn choose(&self, before: Option<Days>, after: Option<Days>, default: Default) -> Vec<Option<Days>> {
        let future_first = match (self.tense, default) {
            (Tense::Past, _) => false,
            (Tense::Future, _) => true,
            (Tense::Unclear, Default::Past) => false,
            // The same year, unless that is more than eight months ahead: in January "October" is the last one.
            (Tense::Unclear, Default::Year) => {
                self.today.zip(after.and_then(|days| days.from)).is_some_and(|(today, start)| {
                    start.year() == today.year()
                        && calendar::moved(today, Grain::Month, 8).is_some_and(|limit| start <= limit)
                })
            }
        };
        let (first, other) = if future_first { (after, before) } else { (before, after) };
        match self.tense {
            Tense::Unclear => vec![first, other],
            // The verb next to a date need not be its own: what is told of is rather near than nearly a year away.
            _ if self.is_far(first) && self.is_near(other) => vec![other, first],
            _ => vec![first.or(other)],
        }
    }

    /// The months between the day of writing and the nearer end of a run of days, both ways.
    fn is_within(&self, days: Option<Days>, months: i64) -> Option<bool> {
        let (today, days) = self.today.zip(days)?;
        let (from, to) =
            (calendar::moved(today, Grain::Month, -months)?, calendar::moved(today, Grain::Month, months)?);
        Some(days.to.is_none_or(|end| end > from) && days.from.is_none_or(|start| start < to))
    }

    fn is_far(&self, days: Option<Days>) -> bool {
        self.is_within(days, 10) == Some(false)
    }

    fn is_near(&self, days: Option<Days>) -> bool {
        self.is_within(days, 2) == Some(true)
    }

    /// The days of a cycle: one in the past and one in the future, in the order that the tense tells.
    fn cycle(&self, cycle: Cycle, grain: Grain, default: Default) -> Option<Meaning> {
        let Some(today) = self.today else {
            // A date of a year that is known to the year is that of this year or the one before.
            let set = DateSet { cycle, ..DateSet::unknown(grain) };
            return cycle.merged(Cycle::default()).map(|_| Meaning::Date(set));
        };
        let unit = |day: Date| Days::unit(calendar::start(day, grain)?, grain);
        // 29 February may be eight years away, a date on a weekday of its own eleven.
        let back = calendar::moved(today, Grain::Year, -LONGEST_WAIT)?;
        let before = cycle.days_from(back).take_while(|day| *day <= today).last().and_then(unit);
        let start = calendar::moved(calendar::start(today, grain)?, Grain::Day, 0)?;
        let after = cycle.days_from(start).next().and_then(unit);
        let set = several(self.choose(before, after, default), grain)?;
        Some(Meaning::Date(DateSet { cycle, ..set }))
    }
}

/// Years that a date on a given weekday may be away.
const LONGEST_WAIT: i64 = 12;

/// Which reading comes first where the tense is unclear.
#[derive(Clone, Copy)]
enum Default {
    Past,
    Year,
}

/// `25 April 2019`, `April 25`, `Friday, 7 October`.
fn day(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
    scene.cycle(cycle, Grain::Day, Default::Year)
}

/// `10 August 88 AD`, "in 14 AD".
fn ad(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let year = i16::try_from(c.int("n")?).ok().filter(|year| (1..=9998).contains(year))?;
    match c.small("month") {
        Some(month) => {
            one(Days::unit(Date::new(year, month, c.small("dom")?).ok()?, Grain::Day)?, Grain::Day)
        }
        None => one(Days::unit(Date::new(year, 1, 1).ok()?, Grain::Year)?, Grain::Year),
    }
}

/// "Tuesday the eleventh", `Fri 14th`.
fn weekday_dom(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let cycle = Cycle { month: None, day: c.small("dom"), weekday: c.small("weekday") };
    scene.cycle(cycle, Grain::Day, Default::Year)
}

/// "on the 4th", "the 20th day of next month".
fn dom(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn month(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn month_dir(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn weekday(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
            let set = several(choice.into_iter().chain([beyond]), Grain::Day)?;
            Some(Meaning::Date(DateSet { cycle, ..set }))
        }
    }
}

/// "Tuesday of last week".
fn weekday_week(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let number = c.int("weekday")?;
    let monday = scene.today.and_then(|today| calendar::unit(today, Grain::Week, c.int("dir")?)?.from);
    let days = monday.and_then(|monday| calendar::unit(monday, Grain::Day, number - 1));
    Some(Meaning::Date(days.map_or(DateSet::unknown(Grain::Day), |days| DateSet::of(days, Grain::Day))))
}

/// "three Fridays from now".
fn weekdays_away(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let weekday = calendar::weekday(c.int("weekdays").or(c.int("weekday"))?)?;
    let count = i32::try_from(c.int("n")?.checked_mul(c.int("sign")?)?).ok().filter(|n| n.abs() < 1_000)?;
    match scene.today {
        Some(today) => one(Days::unit(today.nth_weekday(count, weekday).ok()?, Grain::Day)?, Grain::Day),
        None => Some(Meaning::Date(DateSet::unknown(Grain::Day))),
    }
}

/// "the third Monday of January 2019": the nth weekday of a month or year.
fn weekday_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn period_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Days> {
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
fn weekday_after(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let anchor = c.date("anchor")?.readings.first()?.from?;
    let nth = i32::try_from(c.int("nth")?).ok().filter(|n| (1..=100).contains(n))?;
    one(
        Days::unit(anchor.nth_weekday(nth, calendar::weekday(c.int("weekday")?)?).ok()?, Grain::Day)?,
        Grain::Day,
    )
}

/// "the closest Monday to October 5th", "the second closest".
fn closest(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let anchor = c.date("anchor")?.readings.first()?.from?;
    let weekday = calendar::weekday(c.int("weekday")?)?;
    let mut days: Vec<Date> =
        [-3, -2, -1, 1, 2, 3].into_iter().filter_map(|n| anchor.nth_weekday(n, weekday).ok()).collect();
    days.extend((anchor.weekday() == weekday).then_some(anchor));
    days.sort_by_key(|day| ((*day - anchor).get_days().abs(), *day));
    let nth = usize::try_from(c.int("nth").unwrap_or(1) - 1).ok()?;
    one(Days::unit(*days.get(nth)?, Grain::Day)?, Grain::Day)
}

/// A day moved by a length; by months first, as people do.
fn moved(day: Date, length: Length, sign: i64) -> Option<Date> {
    let whole = |amount: rust_decimal::Decimal| i64::try_from(amount.trunc()).ok();
    let months = whole(length.months)?.checked_mul(sign)?;
    let days = whole(length.seconds / rust_decimal::Decimal::from(86_400))?.checked_mul(sign)?;
    calendar::moved(calendar::moved(day, Grain::Month, months)?, Grain::Day, days)
}

/// "two years ago", "three days earlier", "two weeks after Easter", "in two weeks".
fn away(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (length, grain) = c.length()?;
    let sign = c.int("sign")?;
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
fn within(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (length, _) = c.length()?;
    let days =
        scene.today.and_then(|today| Some(Days { from: Some(today), to: Some(moved(today, length, 1)?) }));
    let days = days.filter(|days| days.from < days.to).unwrap_or(Days::ALL);
    Some(Meaning::Date(DateSet { length: Some(length), ..DateSet::of(days, Grain::Day) }))
}

/// "Monday two weeks from now": the weekday in that week, or the first after it.
fn weekday_away(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn week_from(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let Some(today) = scene.today else { return Some(Meaning::Date(DateSet::unknown(Grain::Day))) };
    let day = today.nth_weekday(1, calendar::weekday(c.int("weekday")?)?).ok()?;
    one(calendar::unit(day, Grain::Day, 7)?, Grain::Day)
}

/// "for three days from today".
fn length_from(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (length, _) = c.length()?;
    let from = c.date("anchor")?.readings.first()?.from?;
    let days = Days { from: Some(from), to: Some(moved(from, length, 1)?) };
    (days.from < days.to)
        .then(|| Meaning::Date(DateSet { length: Some(length), ..DateSet::of(days, Grain::Day) }))
}

/// "last week", "this quarter", "the week after next", "the year".
fn unit_dir(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn the_unit(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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

fn workweek(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let monday = scene.today.and_then(|today| calendar::unit(today, Grain::Week, c.int("dir")?)?.from);
    let days = monday.and_then(|monday| {
        Some(Days { from: Some(monday), to: Some(calendar::moved(monday, Grain::Day, 5)?) })
    });
    Some(Meaning::Date(DateSet::of(days.unwrap_or(Days::ALL), Grain::Day)))
}

/// "the last three months": the days up to today, or whole units where they are quarters, and their length.
fn units(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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

/// "the second week of 2021", "the first nine months of last year", "the last week of July".
fn nth_units(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn week_number(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let week = c.int("n").filter(|week| (1..=53).contains(week))?;
    let Some(year) = c.year().or(scene.year) else {
        return Some(Meaning::Date(DateSet::unknown(Grain::Week)));
    };
    // The fourth of January is always in the first week.
    let first = calendar::start(Date::new(year, 1, 4).ok()?, Grain::Week)?;
    one(calendar::unit(first, Grain::Week, week - 1)?, Grain::Week)
}

/// "the week of October 6", "the week of the 18th".
fn week_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn part_of_year(scene: &Scene<'_>, c: &Captures<'_>, grain: Grain, most: i64) -> Option<Meaning> {
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

/// "a year earlier", "the year-ago quarter": what was told last, a year before; in its own grain.
fn year_ago(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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

/// "the 2018–19 school year".
fn school_year(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let from = c.year()?;
    let short = |yy: i16| from / 100 * 100 + yy;
    let until = c.int("until").or(c.int("yy2")).and_then(|until| i16::try_from(until).ok())?;
    let until = if until < 100 { short(until) } else { until };
    (until == from + 1).then_some(())?;
    let days = Days { from: Date::new(from, 1, 1).ok(), to: Date::new(until + 1, 1, 1).ok() };
    one(days, Grain::Year)
}

/// "the 1990s", "the nineties", "the '90s".
fn decade(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
    one(Days::unit(Date::new(year, 1, 1).ok()?, Grain::Decade)?, Grain::Decade)
}

/// "the 20th century", as 1900 up to 1999.
fn century(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let first = match (c.int("nth").or(c.int("n")), c.int("back")) {
        (Some(nth), _) => i16::try_from(nth).ok().filter(|nth| (1..=98).contains(nth))? * 100 - 100,
        (None, Some(_)) => scene.year? / 100 * 100 - 100,
        _ => return None,
    };
    one(Days::unit(Date::new(first, 1, 1).ok()?, Grain::Century)?, Grain::Century)
}

/// The season of a year, from the first of its months by meteorology to its end by astronomy, on the northern half;
/// half a year later on the southern, which the text does not tell, so it is kept loose.
fn season_of(year: i16, season: i64) -> Option<DateSet> {
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
fn season(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn season_dir(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let Some(today) = scene.today else { return Some(Meaning::Date(DateSet::unknown(Grain::Quarter))) };
    let index = i64::from(today.year()) * 4 + i64::from(today.month() / 3) - 1 + c.int("dir")?;
    season_of(i16::try_from(index.div_euclid(4)).ok()?, index.rem_euclid(4) + 1).map(Meaning::Date)
}

/// "the weekend", "last weekend".
fn weekend(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn weekend_of(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn holiday(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let id = c.int("holiday").or(c.int("anchor"))?;
    let in_year = |year: i16| holiday::days(id, year);
    if let Some(year) = c.year() {
        return one(in_year(year)?, Grain::Day);
    }
    let unknown = || {
        let day = holiday::fixed(id);
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

/// "early 2019", "the end of last month", "later this year": the whole period, and which part of it.
fn part(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let mut set = match (c.date("period"), c.grain("unit")) {
        (Some(date), _) => date.clone(),
        (None, Some(grain)) => match scene.around(grain, c.int("dir").unwrap_or(0))? {
            Meaning::Date(set) => set,
            _ => return None,
        },
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

fn to_date(scene: &Scene<'_>, _: &Captures<'_>) -> Option<Meaning> {
    let days = scene.today.map(|today| Days { from: Some(today.first_of_year()), to: Some(today) });
    let days = days.filter(|days| days.from < days.to);
    Some(Meaning::Date(DateSet::of(days.unwrap_or(Days::ALL), Grain::Day)))
}

fn until_now(scene: &Scene<'_>, _: &Captures<'_>) -> Option<Meaning> {
    Some(Meaning::Date(DateSet::of(Days { from: None, to: scene.today }, Grain::Day)))
}

/// "10 to 22 August 2012", "August 10 – 22": the year is that of both, and where it is missing both are told alike.
fn days_of_month(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn range(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn spread(first: DateSet, last: DateSet) -> Option<(DateSet, DateSet)> {
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
fn span(first: &DateSet, last: &DateSet) -> Option<DateSet> {
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
fn years(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
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
fn bound(scene: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    opened(scene, c, name(c.int("bound")?))
}

fn opened(_: &Scene<'_>, c: &Captures<'_>, bound: &str) -> Option<Meaning> {
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
fn either(_: &Scene<'_>, c: &Captures<'_>) -> Option<Meaning> {
    let (one, other) = (c.date("period")?, c.date("other")?);
    // "Next Monday or Tuesday" are two dates, which are told one by one.
    let is_plain = |set: &DateSet| set.grain >= Grain::Month && set.length.is_none();
    (is_plain(one) && is_plain(other)).then_some(())?;
    let readings = one.readings.iter().chain(&other.readings).map(|days| Some(*days));
    Some(Meaning::Date(several(readings, one.grain.max(other.grain))?))
}
