//! What patterns of dates mean: each maker takes what a pattern kept and gives days.
//!
//! Days told from the day of writing follow the conventions of TimeML (Saurí et al. 2006) and of news: the dateline is
//! "today", the past is the nearest unit that has begun, the future the nearest that has not ended, and where the
//! tense does not say which, both are kept with the likelier first.

mod days;
mod periods;
mod ranges;
mod relative;

use super::calendar::{self, Cycle};
use super::date::{DateSet, Days, Grain};
use super::grammar::Slot;
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
    ("day", days::day),
    ("ad", days::ad),
    ("weekday_dom", days::weekday_dom),
    ("dom", days::dom),
    ("month", days::month),
    ("month_dir", days::month_dir),
    ("weekday", days::weekday),
    ("weekday_week", days::weekday_week),
    ("weekdays_away", days::weekdays_away),
    ("weekday_of", days::weekday_of),
    ("weekday_after", days::weekday_after),
    ("closest", days::closest),
    ("today", |s, c| s.around(Grain::Day, c.int("today")?)),
    ("that_day", |s, c| s.beside_anchor(Grain::Day, c.int("shift")?)),
    ("the_day_after", |s, _| s.around(Grain::Day, 1)),
    ("away", relative::away),
    ("within", relative::within),
    ("weekday_away", relative::weekday_away),
    ("week_from", relative::week_from),
    ("length_from", relative::length_from),
    ("unit_dir", relative::unit_dir),
    ("the_unit", relative::the_unit),
    ("workweek", relative::workweek),
    ("that_unit", |s, c| s.beside_anchor(c.grain("unit")?, c.int("shift").unwrap_or(0))),
    ("units", relative::units),
    ("nth_units", periods::nth_units),
    ("week_number", periods::week_number),
    ("week_of", periods::week_of),
    ("quarter", |s, c| periods::part_of_year(s, c, Grain::Quarter, 4)),
    ("half", |s, c| periods::part_of_year(s, c, Grain::Half, 2)),
    ("year_ago", relative::year_ago),
    ("year", |_, c| one(Days::unit(Date::new(c.year()?, 1, 1).ok()?, Grain::Year)?, Grain::Year)),
    ("school_year", periods::school_year),
    ("decade", periods::decade),
    ("century", periods::century),
    ("season", periods::season),
    ("season_dir", periods::season_dir),
    ("weekend", days::weekend),
    ("weekend_of", days::weekend_of),
    ("holiday", days::holiday),
    ("part", periods::part),
    ("to_date", relative::to_date),
    ("until_now", relative::until_now),
    ("days_of_month", ranges::days_of_month),
    ("range", ranges::range),
    ("years", ranges::years),
];

/// Makers of what is no point or range.
const OTHERS: [(&str, Maker); 6] = [
    ("bound", ranges::bound),
    ("or_later", |s, c| ranges::opened(s, c, "since")),
    ("or_earlier", |s, c| ranges::opened(s, c, "until")),
    ("either", ranges::either),
    ("recurring", |_, _| Some(Meaning::Recurring)),
    ("vague", |_, c| Some(Meaning::Vague(name(c.int("vague")?)))),
];

/// The maker of any name.
pub(super) fn any_maker(wanted: &str) -> Option<Maker> {
    maker(wanted).or_else(|| OTHERS.iter().find(|(known, _)| *known == wanted).map(|(_, maker)| *maker))
}

/// No text tells of years before the year 0 without saying so.
fn is_told(days: &Days) -> bool {
    days.from.is_none_or(|from| from.year() >= 0)
}

fn one(days: Days, grain: Grain) -> Option<Meaning> {
    is_told(&days).then(|| Meaning::Date(DateSet::of(days, grain)))
}

fn several(days: impl IntoIterator<Item = Option<Days>>, grain: Grain) -> Option<DateSet> {
    let mut readings: Vec<Days> = Vec::new();
    for days in days.into_iter().flatten().filter(is_told) {
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

    fn beside_anchor(&self, grain: Grain, n: i64) -> Option<Meaning> {
        // "The next day" of what was done does not follow the day of writing.
        if self.anchor.is_none() && grain == Grain::Day && n > 0 && self.tense == Tense::Past {
            return Some(Meaning::Date(DateSet::unknown(grain)));
        }
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
        let after = cycle.days_from(calendar::start(today, grain)?).next().and_then(unit);
        let choice = self.choose(before, after, default).into_iter().chain([self.retold(cycle, grain)]);
        Some(Meaning::Date(DateSet { cycle, ..several(choice, grain)? }))
    }

    /// The days of a cycle beside the date that was told before, where that is of another year, or for a weekday of
    /// another week: a story from the past goes on in its own time, so it may be these that are meant.
    fn retold(&self, cycle: Cycle, grain: Grain) -> Option<Days> {
        let (today, told) = self.today.zip(self.anchor?.readings.first()?.from)?;
        // Not what lies ahead, or so far back that nothing else is told of it.
        if told > today || today.year() - told.year() > LONGEST_TALE {
            return None;
        }
        let is_elsewhere = if cycle.month.is_some() {
            told.year() != today.year()
        } else {
            self.anchor?.grain == Grain::Day && (today - told).get_days().abs() > 7
        };
        let start = if cycle.month.is_some() { told.first_of_year() } else { told };
        let day = cycle.days_from(start).next().filter(|_| is_elsewhere)?;
        Days::unit(calendar::start(day, grain)?, grain)
    }
}

/// Years that a story may go back.
const LONGEST_TALE: i16 = 60;

/// Years that a date on a given weekday may be away.
const LONGEST_WAIT: i64 = 12;

/// Which reading comes first where the tense is unclear.
#[derive(Clone, Copy)]
enum Default {
    Past,
    Year,
}
