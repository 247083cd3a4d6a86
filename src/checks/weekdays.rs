//! A weekday that its date does not have.

use super::sheet::{Check, Line, Sheet, Slip, month, month_name, year};
use jiff::civil::{Date, Weekday};
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    code: 300,
    name: "wrong-weekday",
    reads: "a weekday beside a date: \"Monday, 12 March 2024\"; without a year the one that is near the day of the article",
    misses: "weekdays and dates that do not stand side by side, dates without a year in articles that do not say their day, and years before 1900",
    wrong: "The vote is on Monday, 12 March 2024.",
    right: "The vote is on Tuesday, 12 March 2024.",
    run,
};

/// Words before a weekday that may open a sentence.
const SMALL: [&str; 12] =
    ["on", "by", "from", "until", "since", "last", "next", "this", "and", "or", "before", "after"];
/// Days from an article within which a date can hardly be of another year.
const CLOSE: i32 = 30;
/// Days between an article and a date without a year for which the year is sure.
const NEAR: i32 = 100;

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    let published = sheet.document.metadata.published.map(|dateline| dateline.from);
    sheet
        .lines()
        .flat_map(|line| line.range.clone().filter_map(move |at| at_weekday(&line, at, published)))
        .collect()
}

fn at_weekday(line: &Line<'_>, at: usize, published: Option<Date>) -> Option<Slip> {
    let told = weekday(line, at)?;
    let (date, range) = date_behind(line, at, published).or_else(|| date_before(line, at, published))?;
    let right = date.weekday();
    // "Sheffield Wednesday", "Good Friday": a name.
    let before = at.checked_sub(1).filter(|before| !line.is(*before, &SMALL));
    let is_name = before.and_then(|before| line.token(before)).is_some_and(|token| token.is_capitalized());
    if right == told || date.year() < 1900 || is_name || is_of_other_year(line, &range, date, told, published)
    {
        return None;
    }
    let day = format!("{} {} {}", date.day(), month_name(date.month()), date.year());
    let message = format!("{day} was a {}, not a {}: either could be wrong", name(right), name(told));
    let all = range.start.min(at)..range.end.max(at + 1);
    Some(line.slip(CHECK.code, message, all))
}

/// Whether a date without a year is not within weeks of the article and the weekday fits it in a year beside: "Friday, 3
/// January" of next year.
fn is_of_other_year(
    line: &Line<'_>,
    range: &Range<usize>,
    date: Date,
    told: Weekday,
    published: Option<Date>,
) -> bool {
    let names_year = range.clone().any(|at| line.token(at).and_then(year).is_some());
    let is_close =
        published.is_some_and(|day| day.until(date).is_ok_and(|span| span.get_days().abs() <= CLOSE));
    let fits = |by: i16| {
        Date::new(date.year() + by, date.month(), date.day()).is_ok_and(|date| date.weekday() == told)
    };
    !names_year && !is_close && (fits(1) || fits(-1))
}

/// "Monday, 12 March", "Monday (March 12)", "Monday the 12th of March"
fn date_behind(line: &Line<'_>, at: usize, published: Option<Date>) -> Option<(Date, Range<usize>)> {
    let mut from = line.behind(at + 1, &[",", "("]);
    from = line.behind(from, &["the"]);
    let (date, end) = date_at(line, from, published)?;
    Some((date, from..end))
}

/// "12 March 2024, a Monday", "12 March 2024 (Monday)"
fn date_before(line: &Line<'_>, at: usize, published: Option<Date>) -> Option<(Date, Range<usize>)> {
    const LONGEST: usize = 6;
    let gap = if line.is(at.checked_sub(1)?, &["("]) {
        at - 1
    } else if line.is(at - 1, &["a"]) && at > 1 && line.is(at - 2, &[","]) {
        at - 2
    } else {
        return None;
    };
    let starts = gap.saturating_sub(LONGEST).max(line.range.start)..gap;
    starts.into_iter().find_map(|from| {
        let (date, end) = date_at(line, from, published)?;
        (end == gap).then_some((date, from..end))
    })
}

/// A date that starts there, and the token behind it.
fn date_at(line: &Line<'_>, at: usize, published: Option<Date>) -> Option<(Date, usize)> {
    let number =
        |at: usize| line.token(at).and_then(|token| token.whole()).filter(|day| (1..=31).contains(day));
    let of = |at: usize| line.token(at).and_then(month);
    // "12", "12th"
    let ordinal = |at: usize| {
        line.is(at, &["st", "nd", "rd", "th"]) && line.token(at).is_some_and(|token| token.is_glued)
    };
    let (day, month, mut end) = if let Some(day) = number(at) {
        let next = at + 1 + usize::from(ordinal(at + 1));
        let next = line.behind(next, &["of"]);
        (day, of(next)?, next + 1)
    } else {
        let month = of(at)?;
        let stop = at + 1 + usize::from(line.is(at + 1, &["."]));
        let day = number(stop)?;
        (day, month, stop + 1 + usize::from(ordinal(stop + 1)))
    };
    // "12 March-14 March", "10 to 12 March": a stretch of days.
    if line.is(end, &["-", "/"])
        || at > 0 && line.is(at - 1, &["-", "/"]) && line.token(at - 1).is_some_and(|token| token.is_glued)
    {
        return None;
    }
    let told = line.token(line.behind(end, &[","])).and_then(year);
    if told.is_some() {
        end = line.behind(end, &[","]) + 1;
    }
    let of_year = |year: i16| Date::new(year, month, i8::try_from(day).ok()?).ok();
    let date = match told {
        Some(year) => of_year(year)?,
        None => {
            let published = published?;
            let near = |date: &Date| published.until(*date).is_ok_and(|span| span.get_days().abs() <= NEAR);
            [0, -1, 1].into_iter().filter_map(|by| of_year(published.year() + by)).find(near)?
        }
    };
    Some((date, end))
}

fn weekday(line: &Line<'_>, at: usize) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let token = line.token(at).filter(|token| token.is_capitalized())?;
    DAYS.iter().find(|(name, _)| *name == token.norm).map(|(_, day)| *day)
}

fn name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
