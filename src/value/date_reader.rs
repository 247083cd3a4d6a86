//! Finds dates and periods among tokens: days, months, years, decades, ranges and what bounds them.
//!
//! A date that the text leaves open (a weekday without a dateline, a day without a year) is read
//! as every day it can be, so that it conflicts with nothing it might agree with.

use super::date::{DateSet, Days, Grain};
use super::number_reader::unit_word;
use super::token::{Token, TokenKind};
use super::{Found, calendar};
use crate::corpus::Dateline;
use jiff::civil::Date;
use jiff::{Span as Period, ToSpan};

/// The dates of one sentence or block in order, never overlapping. Linear in the tokens.
///
/// Days that are told from the day of writing ("on Friday", "last year", "two years ago") need
/// the dateline; without it they may be any day.
pub fn dates(tokens: &[Token<'_>], dateline: Option<Dateline>) -> Vec<Found<DateSet>> {
    let reader =
        Reader { tokens, today: dateline.and_then(Dateline::day), year: dateline.map(|d| d.from.year()) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match reader.bounded(at) {
            Some((length, value)) => {
                found.push(Found { tokens: at..at + length, value });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Tokens read, and what they mean.
type Read = Option<(usize, DateSet)>;

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    today: Option<Date>,
    year: Option<i16>,
}

impl Reader<'_> {
    fn is(&self, at: usize, norms: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| norms.contains(&&*token.norm))
    }

    /// Words that open an end ("since 2019") or blur it ("about 2019"), then the date.
    fn bounded(&self, at: usize) -> Read {
        if self.is(at, &["about", "around", "circa", "roughly"]) {
            let (length, mut value) = self.ranged(at + 1)?;
            value.is_about = true;
            return Some((length + 1, value));
        }
        let open: fn(Days) -> Days = match self.tokens[at].norm.as_ref() {
            "since" => |days| Days { from: days.from, to: None },
            "after" => |days| Days { from: days.to, to: None },
            "before" => |days| Days { from: None, to: days.from },
            "until" | "till" | "by" => |days| Days { from: None, to: days.to },
            _ => return self.ranged(at),
        };
        let skip = 1 + usize::from(self.is(at + 1, &["the"]));
        let (length, mut value) = self.ranged(at + skip)?;
        for reading in &mut value.readings {
            *reading = open(*reading);
        }
        value.ends = None;
        Some((length + skip, value))
    }

    /// `between X and Y`, `from X to Y`, `X–Y`, or one date.
    fn ranged(&self, at: usize) -> Read {
        let (opening, joints): (usize, &[&str]) = match self.tokens.get(at)?.norm.as_ref() {
            "between" => (1, &["and"]),
            "from" => (1, &["to", "until", "till", "through"]),
            _ => (0, &["-", "to", "through"]),
        };
        let (length, first) = self.single(at + opening)?;
        let joint = at + opening + length;
        if opening == 0 && self.is(joint, &["or"]) {
            return Some(self.either(length, first, joint + 1));
        }
        let second = self.is(joint, joints).then(|| self.range_end(joint + 1, &first)).flatten();
        if let Some((more, last)) = second {
            let length = opening + length + 1 + more;
            return Some((length, range(&first, &last).unwrap_or(DateSet::unknown(first.grain))));
        }
        // "From 2019" without an end, or "1953-50": something is meant that is not read.
        let is_dashed =
            self.is(joint, &["-"]) && self.tokens.get(joint + 1).is_some_and(|next| next.is_glued);
        let is_open = opening == 1 || is_dashed && self.tokens[joint + 1].kind == TokenKind::Number;
        Some((length + opening, if is_open { DateSet::unknown(first.grain) } else { first }))
    }

    /// `2018 or 2019`: both readings.
    fn either(&self, length: usize, first: DateSet, at: usize) -> (usize, DateSet) {
        match self.single(at) {
            Some((more, second)) => {
                let readings = first.readings.iter().chain(&second.readings).copied().collect();
                let grain = first.grain.max(second.grain);
                (length + 1 + more, DateSet { readings, ..DateSet::of(Days::ALL, grain) })
            }
            None => (length, first),
        }
    }

    /// The far end of a range: a date, or two digits that go on from the year before (`1950–53`).
    fn range_end(&self, at: usize, first: &DateSet) -> Read {
        let short =
            self.tokens.get(at).filter(|token| token.text.len() == 2 && !self.is(at + 1, &["percent", "%"]));
        if let (Some(digits), Grain::Year, Some(from)) =
            (short.and_then(Token::whole), first.grain, first.readings[0].from)
        {
            let year = i64::from(from.year()) / 100 * 100 + digits;
            return (year > i64::from(from.year()))
                .then(|| self.year_set(year))
                .flatten()
                .map(|set| (1, set));
        }
        self.single(at)
    }

    /// One date without any modifier of its bounds.
    fn single(&self, at: usize) -> Read {
        self.tokens.get(at)?;
        let part = usize::from(self.is(at, &["early", "mid", "late", "mid-"]));
        let part = if part == 1 && self.is(at + 1, &["in", "-"]) { 2 } else { part };
        let the = usize::from(self.is(at + part, &["the"]));
        self.tokens.get(at + part + the)?;
        let (length, value) = [
            Self::iso,
            Self::weekday,
            Self::day_first,
            Self::month_first,
            Self::relative,
            Self::year_or_decade,
        ]
        .into_iter()
        .find_map(|form| form(self, at + part + the))?;
        // "the" belongs to a date only where it opens a decade; elsewhere it stays outside the span.
        if the == 1 && value.grain != Grain::Decade && part == 0 {
            return None;
        }
        Some((length + part + the, value))
    }

    /// `2019-04-25`
    fn iso(&self, at: usize) -> Read {
        let part = |index: usize, digits: usize| {
            let token = self.tokens.get(at + index)?;
            (token.text.len() == digits && (index == 0 || token.is_glued)).then(|| token.whole()).flatten()
        };
        let dashed = self.is(at + 1, &["-"]) && self.is(at + 3, &["-"]);
        dashed.then(|| Some((5, self.day_set(part(0, 4)?, part(2, 2)?, part(4, 2)?)?))).flatten()
    }

    /// `25 April 2019`, `25th of April`, `25 April`
    fn day_first(&self, at: usize) -> Read {
        let (mut length, day) = self.day_of_month(at)?;
        length += usize::from(self.is(at + length, &["of"]));
        let (name, month) = self.month(at + length)?;
        length += name;
        let comma = usize::from(self.is(at + length, &[","]));
        match self.year_at(at + length + comma) {
            Some(year) => Some((length + comma + 1, self.day_set(year, month, day)?)),
            None => Some((length, self.day_without_year(month, day)?)),
        }
    }

    /// `April 25, 2019`, `April 25`, `April 2019`
    fn month_first(&self, at: usize) -> Read {
        let (name, month) = self.month(at)?;
        let behind = at + name;
        if let Some((length, day)) = self.day_of_month(behind) {
            let comma = usize::from(self.is(behind + length, &[","]));
            return match self.year_at(behind + length + comma) {
                Some(year) => Some((name + 1 + length + comma, self.day_set(year, month, day)?)),
                None => Some((name + length, self.day_without_year(month, day)?)),
            };
        }
        let skip = usize::from(self.is(behind, &["of", ","]));
        let year = self.year_at(behind + skip)?;
        let from = Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1).ok()?;
        Some((name + 1 + skip, DateSet::of(Days::unit(from, Grain::Month)?, Grain::Month)))
    }

    /// `Friday`, `last Friday`, `Friday, 7 October 2022`
    fn weekday(&self, at: usize) -> Read {
        let which = usize::from(self.is(at, &["last", "next", "this"]));
        let weekday = calendar::weekday(self.tokens.get(at + which)?)?;
        let length = which + 1;
        let comma = usize::from(self.is(at + length, &[","]));
        let date = self.day_first(at + length + comma).or_else(|| self.month_first(at + length + comma));
        if let Some((more, value)) = date.filter(|(_, value)| value.grain == Grain::Day) {
            return Some((length + comma + more, value));
        }
        let Some(today) = self.today else { return Some((length, DateSet::unknown(Grain::Day))) };
        let past = if today.weekday() == weekday { Some(today) } else { today.nth_weekday(-1, weekday).ok() };
        let before = today.nth_weekday(-1, weekday).ok();
        let next = today.nth_weekday(1, weekday).ok();
        let days = match (which, self.tokens[at].norm.as_ref()) {
            (1, "last") => vec![before],
            (1, "next") => vec![next],
            _ if self.looks_ahead(at) => vec![next],
            _ => vec![past, next],
        };
        Some((length, self.several(&days, Grain::Day)?))
    }

    /// Whether the words just before a weekday speak of what is to come.
    fn looks_ahead(&self, at: usize) -> bool {
        (at.saturating_sub(4)..at)
            .any(|index| self.is(index, &["scheduled", "upcoming", "due", "will", "planned"]))
    }

    /// `yesterday`, `last year`, `two years ago`
    fn relative(&self, at: usize) -> Read {
        let norm = self.tokens[at].norm.as_ref();
        let days = match norm {
            "yesterday" => Some(-1),
            "tomorrow" => Some(1),
            "today" => Some(0),
            _ => None,
        };
        if let Some(days) = days {
            return Some((1, self.around_today(Grain::Day, days.days())));
        }
        let shift: Option<i64> = match norm {
            "last" => Some(-1),
            "this" => Some(0),
            "next" => Some(1),
            _ => None,
        };
        if let Some((shift, grain)) = shift.zip(self.unit(at + 1)) {
            return Some((2, self.around_today(grain, shift * grain.length())));
        }
        let count = self.tokens[at].whole().or_else(|| unit_word(norm))?;
        let grain = self.unit(at + 1).filter(|_| self.is(at + 2, &["ago"]))?;
        let back = Some(count).filter(|count| *count < 5_000)?;
        // "Two years ago" is seldom meant to the day: it is read in its unit's grain, and blurred.
        let mut value = self.around_today(grain, -back * grain.length());
        value.is_about = true;
        Some((3, value))
    }

    fn unit(&self, at: usize) -> Option<Grain> {
        Some(match self.tokens.get(at)?.norm.as_ref() {
            "day" | "days" => Grain::Day,
            "week" | "weeks" => Grain::Week,
            "month" | "months" => Grain::Month,
            "year" | "years" => Grain::Year,
            _ => return None,
        })
    }

    /// The unit that holds the day of writing, moved by `shift`.
    fn around_today(&self, grain: Grain, shift: Period) -> DateSet {
        let year_start =
            || self.year.filter(|_| grain == Grain::Year).and_then(|year| Date::new(year, 1, 1).ok());
        let base = self.today.or_else(year_start);
        let unit = base.and_then(|today| today.checked_add(shift).ok()).and_then(|day| {
            let start = match grain {
                Grain::Day => day,
                Grain::Week => {
                    day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?
                }
                Grain::Month => day.first_of_month(),
                Grain::Year | Grain::Decade => day.first_of_year(),
            };
            Days::unit(start, grain)
        });
        unit.map_or(DateSet::unknown(grain), |days| DateSet::of(days, grain))
    }

    /// `2019`, `1990s`
    fn year_or_decade(&self, at: usize) -> Read {
        let token = self.tokens.get(at)?;
        let year = self.year_at(at)?;
        if self.tokens.get(at + 1).is_some_and(|next| next.is_glued && (next.is("s") || next.is("'s"))) {
            let from = Date::new(i16::try_from(year / 10 * 10).ok()?, 1, 1).ok()?;
            return (year % 10 == 0)
                .then(|| Some((2, DateSet::of(Days::unit(from, Grain::Decade)?, Grain::Decade))))?;
        }
        let glued = |index: usize| self.tokens.get(index).is_some_and(|token| token.is_glued);
        let is_part = token.is_glued && at > 0 && !self.is(at - 1, &["(", "\"", "'", "[", "-", "/"])
            || glued(at + 1) && self.tokens[at + 1].kind != TokenKind::Mark;
        (!is_part && self.may_be_year(at)).then(|| self.year_set(year).map(|set| (1, set)))?
    }

    /// A bare figure is a year behind words that years stand behind, unless it counts something.
    fn may_be_year(&self, at: usize) -> bool {
        const BEFORE: [&str; 25] = [
            "or", "in", "since", "until", "till", "by", "during", "before", "after", "early", "mid", "late",
            "summer", "winter", "spring", "autumn", "fall", "from", "to", "between", "and", "of", "the", "(",
            "-",
        ];
        let counts = self.tokens.get(at + 1).is_some_and(|next| {
            next.kind == TokenKind::Word
                && next.norm.len() > 3
                && next.norm.ends_with('s')
                && !next.norm.ends_with("ss")
        });
        let before = at - usize::from(at > 0 && self.is(at - 1, &["about", "around", "circa", "roughly"]));
        let follows = before == 0
            || BEFORE.contains(&&*self.tokens[before - 1].norm)
            || self.month(before - 1).is_some();
        follows
            && !counts
            && !self.is(at + 1, &["%", "percent", "people", "men", "women", "million", "billion"])
    }

    /// A month and the tokens of its name: two where it is abbreviated with a full stop.
    fn month(&self, at: usize) -> Option<(usize, i64)> {
        let month = calendar::month(self.tokens.get(at)?)?;
        let is_short = self.tokens[at].text.len() <= 4 && self.is(at + 1, &["."]);
        Some((1 + usize::from(is_short && self.tokens[at + 1].is_glued), month))
    }

    /// `25`, `25th`: the tokens and the day.
    fn day_of_month(&self, at: usize) -> Option<(usize, i64)> {
        let token = self.tokens.get(at).filter(|token| token.text.len() <= 2)?;
        let day = token.whole().filter(|day| (1..=31).contains(day))?;
        let suffix = self
            .tokens
            .get(at + 1)
            .is_some_and(|next| next.is_glued && ["st", "nd", "rd", "th"].contains(&next.text));
        Some((1 + usize::from(suffix), day))
    }

    fn year_at(&self, at: usize) -> Option<i64> {
        let token = self.tokens.get(at).filter(|token| token.text.len() == 4)?;
        token.whole().filter(|year| (1000..=2199).contains(year))
    }

    fn year_set(&self, year: i64) -> Option<DateSet> {
        let from = Date::new(i16::try_from(year).ok()?, 1, 1).ok()?;
        Some(DateSet::of(Days::unit(from, Grain::Year)?, Grain::Year))
    }

    fn day_set(&self, year: i64, month: i64, day: i64) -> Option<DateSet> {
        let date =
            Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(DateSet::of(Days::unit(date, Grain::Day)?, Grain::Day))
    }

    /// A day whose year the text leaves out may be that of any year.
    fn day_without_year(&self, month: i64, day: i64) -> Option<DateSet> {
        // 2024 is a leap year, so that 29 February is a day.
        self.day_set(2024, month, day).map(|_| DateSet::unknown(Grain::Day))
    }

    fn several(&self, days: &[Option<Date>], grain: Grain) -> Option<DateSet> {
        let readings: Vec<Days> = days.iter().flatten().filter_map(|&day| Days::unit(day, grain)).collect();
        let first = *readings.first()?;
        Some(DateSet { readings, ..DateSet::of(first, grain) })
    }
}

fn range(first: &DateSet, last: &DateSet) -> Option<DateSet> {
    let (start, end) = (first.readings[0], last.readings[0]);
    let days = Days { from: start.from, to: end.to };
    let runs_forwards = days.from.zip(days.to).is_none_or(|(from, to)| from < to);
    // Ends of two grains, as in "between 2018 and April 2019", have no form of their own.
    let ends = (first.grain == last.grain).then_some((start, end));
    runs_forwards.then(|| DateSet { ends, ..DateSet::of(days, first.grain.max(last.grain)) })
}

#[cfg(test)]
mod tests {
    use super::{Dateline, dates};
    use crate::value::tokens;
    use proptest::prelude::{any, proptest};

    fn read(text: &str, published: Option<&str>) -> String {
        let tokens = tokens(text, 0);
        let dateline = published.map(|date| Dateline::parse(date).expect("the tests give dates"));
        let found = dates(&tokens, dateline);
        let show = |found: &crate::value::Found<super::DateSet>| {
            let (first, last) = (&tokens[found.tokens.start], &tokens[found.tokens.end - 1]);
            format!("{}={}", first.span.join(last.span).of(text), found.value)
        };
        found.iter().map(show).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn calendar_dates() {
        for (text, expected) in [
            ("They met in 2019.", "2019=2019"),
            ("the 2019 summit", "2019=2019"),
            ("on 25 April 2019 in", "25 April 2019=2019-04-25"),
            ("on April 25th, 2019, they", "April 25th, 2019=2019-04-25"),
            ("on the 25th of April 2019", "25th of April 2019=2019-04-25"),
            ("in April 2019", "April 2019=2019-04"),
            ("2019-04-25", "2019-04-25=2019-04-25"),
            ("Thursday, April 25, 2019", "Thursday, April 25, 2019=2019-04-25"),
            ("in the 1990s", "the 1990s=199X"),
            ("the Korean War of 1950–53, with", "1950–53=1950/1953"),
            ("from 1950 to 1953", "from 1950 to 1953=1950/1953"),
            ("between 2010 and 2012", "between 2010 and 2012=2010/2012"),
            ("in early 2019", "early 2019=2019"),
            ("since 2019", "since 2019=2019/.."),
            ("before 2019", "before 2019=../2018"),
            ("until April 2019", "until April 2019=../2019-04"),
            ("in about 2019", "about 2019=2019~"),
            ("on Apr. 25, 2019", "Apr. 25, 2019=2019-04-25"),
            ("in Sept. 2019", "Sept. 2019=2019-09"),
            ("on April 25", "April 25=XXXX"),
        ] {
            assert_eq!(read(text, None), expected, "{text}");
        }
    }

    #[test]
    fn days_told_from_the_dateline() {
        for (text, expected) in [
            ("on Wednesday", "Wednesday=[2024-06-19,2024-06-26]"),
            ("scheduled for Friday", "Friday=2024-06-21"),
            ("last Friday", "last Friday=2024-06-14"),
            ("yesterday", "yesterday=2024-06-18"),
            ("last year", "last year=2023"),
            ("this month", "this month=2024-06"),
            ("two years ago", "two years ago=2022~"),
            ("on April 25", "April 25=XXXX"),
            ("between 2018 and April 2019", "between 2018 and April 2019=2018/2019"),
            ("in 2019 or 2018", "2019 or 2018=[2019,2018]"),
            ("from 2019 on", "from 2019=XXXX"),
            ("1953-50", "1953=XXXX"),
        ] {
            assert_eq!(read(text, Some("2024-06-19")), expected, "{text}");
        }
        assert_eq!(read("last year", Some("2024-06")), "last year=2023");
        assert_eq!(read("on Wednesday", Some("2024-06")), "Wednesday=XXXX");
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "10,000 men",
            "of 2000 soldiers",
            "may march on",
            "$2019",
            "2019 people",
            "version 1.2019",
            "a Boeing 1990",
            "room 2019b",
            "in 2019%",
        ] {
            assert_eq!(read(text, None), "", "{text}");
        }
        // The month stands although the day is none.
        assert_eq!(read("31 April 2019", None), "April 2019=2019-04");
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>(), day in "[0-9]{4}-[01][0-9]-[0-3][0-9]") {
            dates(&tokens(&text, 0), Dateline::parse(&day).ok());
        }

        #[test]
        fn never_panics_on_date_like_text(text in "((in|early|mid|the|between|about|since|last|next|9999|0000|1000|12|29 February|-|year|years|ago|s|Friday|,|from|to) ){1,9}") {
            for day in ["9999-12-30", "0000-01-01", "2024-02-29"] {
                dates(&tokens(&text, 0), Dateline::parse(day).ok());
            }
        }
    }
}
