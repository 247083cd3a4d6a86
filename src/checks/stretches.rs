//! A length that does not fit its first and last year.

use super::sheet::{Check, Line, Sheet, Slip, year};
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    code: 305,
    name: "length-of-stretch",
    reads: "a number of years right beside the two years it lies between: \"for six years, from 2010 to 2013\"",
    misses: "lengths that stand elsewhere, in months or days, and parts of a stretch",
    wrong: "She was mayor for six years, from 2010 to 2013.",
    right: "She was mayor for three years, from 2010 to 2013.",
    run,
};

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().flat_map(|line| line.range.clone().filter_map(move |at| misfit(&line, at))).collect()
}

/// A stretch that starts at "from" or "between".
fn misfit(line: &Line<'_>, at: usize) -> Option<Slip> {
    let first = line.token(at + 1).and_then(year)?;
    let last = line.token(at + 3).and_then(year)?;
    let is_stretch = line.is(at, &["from"]) && line.is(at + 2, &["to", "until", "till"])
        || line.is(at, &["between"]) && line.is(at + 2, &["and"]);
    // "From 1999 to 2003 and again from 2010", "with gaps": not all of it.
    let goes_on = line.is(at + 4, &["and", "as", "with", "again", "if", "or", "but", "then"])
        || line.is(at + 5, &["again", "then"]);
    if !is_stretch || last <= first || goes_on {
        return None;
    }
    let (years, range) = before(line, at).or_else(|| behind(line, at + 4))?;
    let between = i64::from(last - first);
    // Begun and ended years count whole or not at all.
    if (years - between).abs() <= 1 {
        return None;
    }
    let all = range.start.min(at)..range.end.max(at + 4);
    let message =
        format!("from {first} to {last} are {between} years, not {years}: any of the three could be wrong");
    Some(line.slip(CHECK.code, message, all))
}

/// "for six years, from 2010 …"
fn before(line: &Line<'_>, at: usize) -> Option<(i64, Range<usize>)> {
    let end = at - usize::from(at > line.range.start && line.is(at - 1, &[",", "("]));
    let (years, range) = years_before(line, end)?;
    let is_led = range.start > line.range.start
        && line.is(range.start - 1, &["for", "lasted", "lasting", "of", "reigned", "ruled"]);
    is_led.then_some((years, range))
}

/// "…, a total of six years", "… (six years)"
fn behind(line: &Line<'_>, at: usize) -> Option<(i64, Range<usize>)> {
    const LONGEST: usize = 7;
    if !line.is(at, &[",", "("]) {
        return None;
    }
    let end = (at + 1..at + LONGEST).find(|at| line.is(*at, &["year", "years"]))? + 1;
    let (years, range) = years_before(line, end)?;
    let mut led = at + 1..range.start;
    let is_bare = led.is_empty();
    let is_led = led.all(|at| line.is(at, &["a", "total", "period", "span", "of", "or", "in", "all"]));
    (is_led && (line.is(at, &["("]) || !is_bare)).then_some((years, range))
}

/// A whole number of years that ends before a token.
fn years_before(line: &Line<'_>, end: usize) -> Option<(i64, Range<usize>)> {
    let start = end.checked_sub(2).filter(|start| line.range.contains(start))?;
    let number = line.token(start)?;
    let years = number.whole().or_else(|| small(&number.norm))?;
    line.is(end - 1, &["year", "years"]).then_some((years, start..end))
}

/// A number word up to twenty.
pub(super) fn small(word: &str) -> Option<i64> {
    const WORDS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    WORDS.iter().position(|name| *name == word).and_then(|at| i64::try_from(at).ok())
}
