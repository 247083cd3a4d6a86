//! Days that no calendar has, and times that no clock shows.

use super::sheet::{Check, Line, Sheet, Slip, month, month_name, year};
use jiff::civil::Date;

pub(super) const DATES: Check = Check {
    code: 301,
    name: "impossible-date",
    reads: "the day of a month: \"31 April\", and 29 February of a year that is told",
    misses: "dates in figures (31/4/2024), whose order may be either, and other calendars",
    wrong: "The exhibition closes on 31 April.",
    right: "The exhibition closes on 30 April.",
    run: run_dates,
};

pub(super) const TIMES: Check = Check {
    code: 302,
    name: "impossible-time",
    reads: "a time of day: \"at 25:30\", \"at 9:75 am\", \"at 13 pm\"",
    misses: "times without \"at\", \"am\", \"pm\" or a time zone, which could be scores",
    wrong: "The train leaves at 25:30.",
    right: "The train leaves at 23:30.",
    run: run_times,
};

fn run_dates(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().flat_map(|line| line.range.clone().filter_map(move |at| date(&line, at))).collect()
}

fn date(line: &Line<'_>, at: usize) -> Option<Slip> {
    let month = month(line.token(at)?)?;
    // "31 April" or "April 31", which unlike "April 31 people" ends there.
    let before = at
        .checked_sub(1)
        .filter(|before| day(line, *before).is_some() && !line.is(before.wrapping_sub(1), &["-", "/"]));
    let ends = |at: usize| {
        line.token(at).is_none()
            || line.is(
                at,
                &[
                    ",", ".", ";", ")", "and", "to", "at", "in", "on", "when", "after", "before", "until",
                    "the", "as", "for", "with", "or", "by",
                ],
            )
            || line.token(at).and_then(year).is_some()
    };
    let behind = (at + 1 < line.range.end && day(line, at + 1).is_some() && ends(at + 2)).then_some(at + 1);
    let day_at = before.or(behind)?;
    let day = day(line, day_at)?;
    let (first, last) = (at.min(day_at), at.max(day_at) + 1);
    let year_at = line.behind(last, &[","]);
    let told = line.token(year_at).and_then(year);
    let exists = |year: i16| Date::new(year, month, day).is_ok();
    // 2024 is a leap year.
    if exists(told.unwrap_or(2024)) || day > 31 {
        return None;
    }
    let end = if told.is_some() { year_at + 1 } else { last };
    let last_day =
        (28..=31).rev().find(|day| Date::new(told.unwrap_or(2024), month, *day).is_ok()).unwrap_or(31);
    let of = told.map(|year| format!(" {year}")).unwrap_or_default();
    let message = format!("{}{of} has no day {day}: it ends on the {last_day}th", month_name(month));
    let message = message.replace("31th", "31st");
    Some(line.slip(DATES.code, message, first..end))
}

fn day(line: &Line<'_>, at: usize) -> Option<i8> {
    let token = line.token(at)?;
    let day = token.whole().filter(|day| (29..=31).contains(day) && token.text.len() == 2)?;
    i8::try_from(day).ok()
}

fn run_times(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().flat_map(|line| line.range.clone().filter_map(move |at| time(&line, at))).collect()
}

fn time(line: &Line<'_>, at: usize) -> Option<Slip> {
    const SCORES: [&str; 10] =
        ["score", "scores", "points", "goals", "won", "lost", "lead", "led", "half-time", "halftime"];
    const HALVES: [&str; 4] = ["am", "pm", "a.m", "p.m"];
    const SCALES: [&str; 12] = [
        "scale",
        "model",
        "models",
        "stadium",
        "clock",
        "counter",
        "film",
        "tape",
        "recording",
        "video",
        "minute",
        "stoppage",
    ];
    const ZONES: [&str; 8] = ["gmt", "utc", "bst", "cet", "cest", "est", "edt", "o'clock"];
    let hour = line
        .token(at)
        .filter(|token| token.text.len() <= 2)
        .and_then(|token| token.whole())
        .filter(|hour| (0..100).contains(hour))?;
    if at > 0 && line.is(at - 1, &[":", ".", ",", "-", "/", "$", "€", "£"]) {
        return None;
    }
    let is_glued = |at: usize| line.token(at).is_some_and(|token| token.is_glued);
    let minute =
        |at: usize| line.token(at).filter(|token| token.text.len() == 2).and_then(|token| token.whole());
    let minutes =
        (line.is(at + 1, &[":"]) && is_glued(at + 1) && is_glued(at + 2)).then(|| minute(at + 2)).flatten();
    let end = if minutes.is_some() { at + 3 } else { at + 1 };
    let is_half = line.is(end, &HALVES);
    let is_time = is_half
        || line.is(end, &ZONES)
        || minutes.is_some() && at > 0 && line.is(at - 1, &["at"]) && !line.has(&SCORES);
    // "25:30" may go on as a score or a length: 1:25:30.
    if !is_time || line.is(end, &[":", "-", "%"]) {
        return None;
    }
    let is_marked = is_half || line.is(end, &ZONES);
    // "At 89:47" of a match, "at 1:72" of a model: without a mark only what is nearly a time.
    let is_nearly = hour < 30 && (hour > 9 || minutes.is_some_and(|minutes| minutes < 60));
    if !is_marked && (!is_nearly || line.has(&SCALES)) {
        return None;
    }
    let is_wrong = minutes.is_some_and(|minutes| minutes > 59)
        || hour > 24
        || is_half && (hour > 12 && (minutes.is_none() || hour > 23));
    let end = end + usize::from(is_half || line.is(end, &ZONES));
    let text = line.text(&(at..end));
    is_wrong.then(|| line.slip(TIMES.code, format!("no clock shows {text}"), at..end))
}
