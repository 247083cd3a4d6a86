//! Dates and periods as sets of days.

use jiff::civil::Date;
use jiff::{Span as Period, ToSpan};

/// How fine a date is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// Ten years.
    Decade,
}

impl Grain {
    /// Its length on the calendar.
    pub(super) fn length(self) -> Period {
        match self {
            Self::Day => 1.day(),
            Self::Week => 7.days(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
            Self::Decade => 10.years(),
        }
    }
}

/// A half-open run of days; `None` is an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    fn overlaps(self, other: Self) -> bool {
        let before = |from: Option<Date>, to: Option<Date>| from.zip(to).is_none_or(|(from, to)| from < to);
        before(self.from, other.to) && before(other.from, self.to)
    }
}

/// What a date can mean: one run of days for every way to read it, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateSet {
    /// The readings; never empty.
    pub readings: Vec<Days>,
    /// How fine it is told.
    pub grain: Grain,
    /// Whether the text says "about", which leaves one grain open on either side.
    pub is_about: bool,
    /// First and last unit of a range such as `1950–53`.
    pub ends: Option<(Days, Days)>,
}

impl DateSet {
    /// A date with one reading.
    pub fn of(days: Days, grain: Grain) -> Self {
        Self { readings: vec![days], grain, is_about: false, ends: None }
    }

    /// A date that cannot be placed, such as a weekday without a dateline: it may be any day.
    pub fn unknown(grain: Grain) -> Self {
        Self::of(Days::ALL, grain)
    }

    /// Whether the text leaves every day possible, so that nothing is said.
    pub fn is_unknown(&self) -> bool {
        self.readings.contains(&Days::ALL)
    }

    /// Whether no day is meant by both.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let overlap = |a: &Days| other.readings.iter().any(|b| self.widened(*a).overlaps(other.widened(*b)));
        !self.readings.iter().any(overlap)
    }

    /// The first unit of a range, as a value of its own.
    pub fn first(&self) -> Option<Self> {
        self.ends.map(|(first, _)| Self::of(first, self.grain))
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

    /// The date in EDTF (ISO 8601-2), in the text's own grain: `2019-04`, `195X`, `1950/1953`, `../2019`, `2019~`.
    pub fn edtf(&self) -> String {
        let about = if self.is_about { "~" } else { "" };
        match (&self.ends, self.readings.as_slice()) {
            (Some((first, last)), _) => {
                format!("{}/{}{about}", self.unit_edtf(*first), self.unit_edtf(*last))
            }
            (None, [only]) => self.unit_edtf(*only) + about,
            (None, several) => {
                let each: Vec<String> = several.iter().map(|days| self.unit_edtf(*days)).collect();
                format!("[{}]", each.join(","))
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
                    Grain::Week => format!("{from}/{last}"),
                    grain if Days::unit(from, grain) == Some(days) => self.in_grain(from),
                    _ => format!("{}/{}", self.in_grain(from), self.in_grain(last)),
                }
            }
        }
    }

    fn in_grain(&self, day: Date) -> String {
        match self.grain {
            Grain::Day | Grain::Week => day.to_string(),
            Grain::Month => day.strftime("%Y-%m").to_string(),
            Grain::Year => format!("{:04}", day.year()),
            Grain::Decade => format!("{:03}X", day.year().div_euclid(10)),
        }
    }
}

impl std::fmt::Display for DateSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.edtf())
    }
}
