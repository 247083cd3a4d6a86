//! Dates and periods as sets of days.

use super::Length;
use super::calendar::{self, Cycle};
use jiff::civil::Date;
use jiff::{Span as Period, ToSpan};

/// How fine a date is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Grain {
    /// One day.
    Day,
    /// Seven days, from Monday.
    Week,
    /// A calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Six months.
    Half,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Grain {
    /// Its length on the calendar.
    pub(super) fn length(self) -> Period {
        match self {
            Self::Day => 1.day(),
            Self::Week => 7.days(),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Half => 6.months(),
            Self::Year => 1.year(),
            Self::Decade => 10.years(),
            Self::Century => 100.years(),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// A half-open run of days; `None` is an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Days {
    /// First day.
    pub from: Option<Date>,
    /// Day after the last.
    pub to: Option<Date>,
}

impl Days {
    /// All days there are.
    pub const ALL: Self = Self { from: None, to: None };

    /// The unit of a grain that starts on `from`; `None` at the end of the calendar.
    pub fn unit(from: Date, grain: Grain) -> Option<Self> {
        Some(Self { from: Some(from), to: Some(from.checked_add(grain.length()).ok()?) })
    }

    /// The days in both, where there is one.
    fn intersection(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        from.zip(to).is_none_or(|(from, to)| from < to).then_some(Self { from, to })
    }

    fn contains(self, other: Self) -> bool {
        self.from.is_none_or(|from| other.from.is_some_and(|start| from <= start))
            && self.to.is_none_or(|to| other.to.is_some_and(|end| end <= to))
    }
}

/// Which third of a period is meant, more or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Part {
    /// Its beginning.
    Early,
    /// Its middle.
    Mid,
    /// Its end.
    Late,
}

const PARTS: [(Part, &str); 3] = [(Part::Early, "early"), (Part::Mid, "mid"), (Part::Late, "late")];

impl Part {
    /// Its name.
    pub fn name(self) -> &'static str {
        PARTS.iter().find(|(part, _)| *part == self).map_or("", |(_, name)| name)
    }
}

/// What a date can mean: one run of days for every way to read it, the best first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DateSet {
    /// The readings; never empty.
    pub readings: Vec<Days>,
    /// How fine it is told.
    pub grain: Grain,
    /// Whether the text says "about", which leaves one grain open on either side.
    pub is_about: bool,
    /// First and last unit of a range such as `1950–53`.
    pub ends: Option<(Days, Days)>,
    /// What the text says of the days where it leaves the year or more open: `(October 7)`, "on Friday".
    pub cycle: Cycle,
    /// Early, mid or late; the days are those of the whole period.
    pub part: Option<Part>,
    /// How long the period is, where the text says so: "the last three months".
    pub length: Option<Length>,
}

impl DateSet {
    /// A date with one reading.
    pub fn of(days: Days, grain: Grain) -> Self {
        Self {
            readings: vec![days],
            grain,
            is_about: false,
            ends: None,
            cycle: Cycle::default(),
            part: None,
            length: None,
        }
    }

    /// A date that cannot be placed, such as "last week" without a dateline: it may be any day.
    pub fn unknown(grain: Grain) -> Self {
        Self::of(Days::ALL, grain)
    }

    /// Whether the text leaves every day possible, so that nothing is said.
    pub fn is_unknown(&self) -> bool {
        self.readings.contains(&Days::ALL) && self.cycle == Cycle::default()
    }

    /// Whether no day is meant by both.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        self.intersection(other).is_none()
    }

    /// Whether every day that `other` can mean is one of these. An inexact date holds what it is widened to.
    pub fn contains(&self, other: &Self) -> bool {
        let holds = |days: &Days| {
            let days = other.widened(*days);
            self.readings.iter().any(|mine| self.widened(*mine).contains(days))
        };
        self.cycle.contains(other.cycle) && other.readings.iter().all(holds)
    }

    /// The days that both can mean, the best readings of `self` first; nothing where there are none.
    ///
    /// Readings multiply, so this is quadratic in their number, which is small.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let cycle = self.cycle.merged(other.cycle)?;
        let mut readings: Vec<Days> = Vec::new();
        for mine in &self.readings {
            for theirs in &other.readings {
                let common = self.widened(*mine).intersection(other.widened(*theirs));
                readings.extend(common.filter(|days| cycle.meets(*days) && !readings.contains(days)));
            }
        }
        let first = *readings.first()?;
        Some(Self { readings, cycle, ..Self::of(first, self.grain.min(other.grain)) })
    }

    /// The first unit of a range, as a value of its own: 1950 of "1950–53" and of "since 1950".
    pub fn first(&self) -> Option<Self> {
        let open = || match self.readings.as_slice() {
            [Days { from: Some(from), to: None }] => Days::unit(*from, self.grain),
            _ => None,
        };
        self.ends.map(|(first, _)| first).or_else(open).map(|first| Self::of(first, self.grain))
    }

    /// The last unit of a range, as a value of its own.
    pub fn last(&self) -> Option<Self> {
        self.ends.map(|(_, last)| Self::of(last, self.grain))
    }

    fn widened(&self, days: Days) -> Days {
        if !self.is_about {
            return days;
        }
        let length = self.grain.length();
        Days {
            from: days.from.map(|from| from.checked_sub(length).unwrap_or(Date::MIN)),
            to: days.to.map(|to| to.checked_add(length).unwrap_or(Date::MAX)),
        }
    }

    /// The date in EDTF (ISO 8601-2), in the text's own grain: `2019-04`, `195X`, `1950/1953`, `../2019`, `2019~`,
    /// `2019-33` for a first quarter, `XXXX-10-07` without a year.
    ///
    /// What EDTF has no form for is written in words before and behind it: `early 2019`, `XXXX-10-07 Fri`.
    pub fn edtf(&self) -> String {
        let about = if self.is_about { "~" } else { "" };
        let part = self.part.map_or(String::new(), |part| format!("{} ", part.name()));
        if self.readings == [Days::ALL] && self.cycle != Cycle::default() {
            return format!("{part}{}{about}", self.cycle);
        }
        match (&self.ends, self.readings.as_slice()) {
            (Some((first, last)), _) => {
                format!("{part}{}/{}{about}", self.unit_edtf(*first), self.unit_edtf(*last))
            }
            (None, [only]) => part + &self.unit_edtf(*only) + about,
            (None, several) => {
                let each: Vec<String> = several.iter().map(|days| self.unit_edtf(*days)).collect();
                format!("{part}[{}]{about}", each.join(","))
            }
        }
    }

    fn unit_edtf(&self, days: Days) -> String {
        match (days.from, days.to) {
            (None, None) => "XXXX".to_owned(),
            (Some(from), None) => format!("{}/..", self.in_grain(from)),
            (None, Some(to)) => format!("../{}", self.in_grain(to.yesterday().unwrap_or(to))),
            (Some(from), Some(to)) => {
                let last = to.yesterday().unwrap_or(to);
                match self.grain {
                    Grain::Decade
                        if Days::unit(from, Grain::Century) == Some(days) && from.year() % 100 == 0 =>
                    {
                        format!("{:02}XX", from.year() / 100)
                    }
                    Grain::Week => format!("{from}/{last}"),
                    grain
                        if Days::unit(from, grain) == Some(days)
                            && calendar::start(from, grain) == Some(from) =>
                    {
                        self.in_grain(from)
                    }
                    _ if calendar::is_start(from, self.grain) && calendar::is_start(to, self.grain) => {
                        format!("{}/{}", self.in_grain(from), self.in_grain(last))
                    }
                    _ => format!("{from}/{last}"),
                }
            }
        }
    }

    fn in_grain(&self, day: Date) -> String {
        match self.grain {
            Grain::Day | Grain::Week => day.to_string(),
            Grain::Month => day.strftime("%Y-%m").to_string(),
            Grain::Quarter => format!("{:04}-{}", day.year(), 33 + (day.month() - 1) / 3),
            Grain::Half => format!("{:04}-{}", day.year(), 40 + (day.month() - 1) / 6),
            Grain::Year => format!("{:04}", day.year()),
            Grain::Decade => format!("{:03}X", day.year().div_euclid(10)),
            Grain::Century => format!("{:02}XX", day.year().div_euclid(100)),
        }
    }

    /// Reads what [`edtf`](Self::edtf) writes; the length of a period is not in it.
    pub fn from_edtf(text: &str) -> Option<Self> {
        let (text, part) = PARTS
            .iter()
            .find_map(|(part, name)| Some((text.strip_prefix(name)?.strip_prefix(' ')?, Some(*part))))
            .unwrap_or((text, None));
        let (text, is_about) = text.strip_suffix('~').map_or((text, false), |text| (text, true));
        let set = |set: Self| Some(Self { part, is_about, ..set });
        if text == "XXXX" {
            return set(Self::unknown(Grain::Year));
        }
        if let Some(cycle) = Cycle::parse(text) {
            return set(Self { cycle, ..Self::unknown(cycle.grain()) });
        }
        let several = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        let read: Option<Vec<(Days, Grain, bool)>> =
            several.unwrap_or(text).split(',').map(interval).collect();
        let read = read?;
        let &(first, _, is_range) = read.first()?;
        let grain = read.iter().map(|(_, grain, _)| *grain).min()?;
        let ends = (is_range && read.len() == 1).then(|| ends_of(text)).flatten();
        set(Self { readings: read.iter().map(|(days, ..)| *days).collect(), ends, ..Self::of(first, grain) })
    }
}

/// `a/b`, `a/..`, `../b` or one unit: its days, the coarser grain, and whether it has two ends.
fn interval(text: &str) -> Option<(Days, Grain, bool)> {
    match text.split_once('/') {
        None => unit(text).map(|(days, grain)| (days, grain, false)),
        Some(("..", to)) => unit(to).map(|(days, grain)| (Days { from: None, to: days.to }, grain, false)),
        Some((from, "..")) => {
            unit(from).map(|(days, grain)| (Days { from: days.from, to: None }, grain, false))
        }
        Some((from, to)) => {
            let ((from, one), (to, other)) = (unit(from)?, unit(to)?);
            Some((Days { from: from.from, to: to.to }, one.max(other), true))
        }
    }
}

fn ends_of(text: &str) -> Option<(Days, Days)> {
    let (from, to) = text.split_once('/')?;
    Some((unit(from)?.0, unit(to)?.0))
}

fn unit(text: &str) -> Option<(Days, Grain)> {
    let number = |text: &str| text.parse::<i16>().ok();
    let start = |year: i16, month: i16| Date::new(year, i8::try_from(month).ok()?, 1).ok();
    let (from, grain) = match text.split('-').collect::<Vec<_>>()[..] {
        [year, month, day] => {
            (Date::new(number(year)?, month.parse().ok()?, day.parse().ok()?).ok()?, Grain::Day)
        }
        [year, code] => match (number(year)?, number(code)?) {
            (year, quarter @ 33..=36) => (start(year, (quarter - 33) * 3 + 1)?, Grain::Quarter),
            (year, half @ 40..=41) => (start(year, (half - 40) * 6 + 1)?, Grain::Half),
            (year, month) => (start(year, month)?, Grain::Month),
        },
        [year] => match (year.strip_suffix("XX"), year.strip_suffix('X')) {
            (Some(century), _) => (start(number(century)?.checked_mul(100)?, 1)?, Grain::Century),
            (None, Some(decade)) => (start(number(decade)?.checked_mul(10)?, 1)?, Grain::Decade),
            (None, None) => (start(number(year)?, 1)?, Grain::Year),
        },
        _ => return None,
    };
    Some((Days::unit(from, grain)?, grain))
}

impl std::fmt::Display for DateSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.edtf())
    }
}

#[cfg(test)]
mod tests {
    use super::{Cycle, DateSet, Days, Grain, Part};
    use jiff::civil::Date;
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
    use proptest::{collection, option};

    fn grain() -> impl Strategy<Value = Grain> {
        (0_usize..8).prop_map(|at| {
            [
                Grain::Day,
                Grain::Week,
                Grain::Month,
                Grain::Quarter,
                Grain::Half,
                Grain::Year,
                Grain::Decade,
                Grain::Century,
            ][at]
        })
    }

    /// A day of the years 1900 to 1999.
    fn day() -> impl Strategy<Value = Date> {
        (1900_i16..2000, 1_i8..=12, 1_i8..=28)
            .prop_map(|(year, month, day)| Date::new(year, month, day).expect("a day up to the 28th"))
    }

    fn days(grain: Grain) -> impl Strategy<Value = Days> {
        let starting =
            move |day: Date| crate::value::calendar::start(day, grain).expect("inside the calendar");
        (day(), day(), 0..3).prop_map(move |(one, other, open)| {
            let (from, to) = (starting(one.min(other)), starting(one.max(other)));
            let to = Days::unit(to, grain).expect("inside the calendar").to;
            match open {
                0 => Days { from: None, to },
                1 => Days { from: Some(from), to: None },
                _ => Days { from: Some(from), to },
            }
        })
    }

    fn set() -> impl Strategy<Value = DateSet> {
        let cycle = (option::of(1_i8..=12), option::of(1_i8..=28), option::of(1_i8..=7));
        (grain(), cycle, any::<bool>(), 0_usize..4).prop_flat_map(
            |(grain, (month, day, weekday), is_about, part)| {
                collection::vec(days(grain), 1..4).prop_map(move |readings| DateSet {
                    readings: if part == 3 { vec![Days::ALL] } else { readings.clone() },
                    is_about,
                    part: [Some(Part::Early), Some(Part::Late), None, None][part],
                    cycle: if part == 3 {
                        Cycle { month, day: day.filter(|_| month.is_some()), weekday }
                    } else {
                        Cycle::default()
                    },
                    ..DateSet::of(Days::ALL, grain)
                })
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(set in set()) {
            let written = set.edtf();
            let read = DateSet::from_edtf(&written);
            prop_assert!(read.is_some(), "{}", written);
            let read = read.expect("just seen");
            prop_assert_eq!(read.edtf(), written);
            prop_assert_eq!(read.readings, set.readings);
            prop_assert_eq!((read.cycle, read.part), (set.cycle, set.part));
        }

        #[test]
        fn disjointness_is_symmetric(a in set(), b in set()) {
            prop_assert_eq!(a.is_disjoint(&b), b.is_disjoint(&a));
        }

        #[test]
        fn containing_is_transitive_and_means_agreeing(a in set(), b in set(), c in set()) {
            prop_assert!(a.contains(&a));
            if a.contains(&b) && b.contains(&c) {
                prop_assert!(a.contains(&c));
            }
            if a.contains(&b) {
                prop_assert!(!a.is_disjoint(&b));
            }
        }

        #[test]
        fn intersection_is_associative(a in set(), b in set(), c in set()) {
            let left = a.intersection(&b).and_then(|ab| ab.intersection(&c));
            let right = b.intersection(&c).and_then(|bc| a.intersection(&bc));
            prop_assert_eq!(left, right);
        }
    }
}
