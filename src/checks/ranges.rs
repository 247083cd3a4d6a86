//! Stretches of years that run backwards.

use super::sheet::{Check, Line, Sheet, Slip, year};
use crate::value::TokenKind;

pub(super) const CHECK: Check = Check {
    code: 303,
    name: "backward-range",
    reads: "two years behind \"from … to\" and \"between … and\", and with a dash between them",
    misses: "stretches of days and of numbers, which may fall, and years before Christ",
    wrong: "He led the orchestra from 2019 to 2011.",
    right: "He led the orchestra from 2011 to 2019.",
    run,
};

/// Words before a stretch within which a verb of change makes figures of the years.
const REACH: usize = 10;
/// Words by which something goes back, or falls from one figure to another.
const CHANGES: [&str; 26] = [
    "down",
    "back",
    "backward",
    "backwards",
    "fell",
    "fall",
    "falls",
    "fallen",
    "falling",
    "rose",
    "rise",
    "drop",
    "dropped",
    "cut",
    "moved",
    "brought",
    "shifted",
    "changed",
    "ranking",
    "index",
    "share",
    "shares",
    "price",
    "points",
    "reverse",
    "reading",
];
/// Words that stand behind a stretch of years.
const BEHIND: [&str; 40] = [
    "and",
    "as",
    "at",
    "in",
    "on",
    "he",
    "she",
    "they",
    "it",
    "we",
    "the",
    "a",
    "an",
    "but",
    "for",
    "with",
    "before",
    "after",
    "under",
    "where",
    "who",
    "which",
    "that",
    "while",
    "then",
    "because",
    "by",
    "to",
    "of",
    "when",
    "was",
    "were",
    "is",
    "has",
    "had",
    "or",
    "inclusive",
    "during",
    "from",
    "torn",
];

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().flat_map(|line| line.range.clone().filter_map(move |at| backward(&line, at))).collect()
}

fn backward(line: &Line<'_>, at: usize) -> Option<Slip> {
    let first = line.token(at).and_then(year)?;
    let is_dash = line.is(at + 1, &["-"])
        && line.token(at + 1).is_some_and(|token| token.is_glued)
        && line.token(at + 2).is_some_and(|token| token.is_glued);
    let is_led = |word: &str| at > line.range.start && line.is(at - 1, &[word]);
    let is_range = is_dash && is_free(line, at)
        || is_led("from") && line.is(at + 1, &["to", "until", "till", "through"])
        || is_led("between") && line.is(at + 1, &["and"]);
    let second = line.token(at + 2).and_then(year)?;
    let is_era = |at: usize| line.is(at, &["bc", "bce", "b.c", "b"]);
    // "Between 2000 and 1800 people": only small words stand behind years.
    let goes_on = line.token(at + 3).is_some_and(|next| next.kind == TokenKind::Word)
        && !line.is(at + 3, &BEHIND)
        || line.is(at + 3, &["-", "/"]);
    let start = if is_dash { at } else { at - 1 };
    let is_change =
        (start.saturating_sub(REACH).max(line.range.start)..start).any(|at| line.is(at, &CHANGES));
    if !is_range || second >= first || is_era(at + 3) || goes_on || is_change {
        return None;
    }
    Some(line.slip(
        CHECK.code,
        format!("a stretch cannot run from {first} to {second}: either could be wrong"),
        start..at + 3,
    ))
}

/// Whether no figure stands before the dash: "555-2019-2011" is no stretch of years.
fn is_free(line: &Line<'_>, at: usize) -> bool {
    let is_part =
        at > line.range.start && line.is(at - 1, &["-", "/", "+", ".", "$", "€", "£", "no", "tel", "phone"]);
    let goes_on = line.is(at + 3, &["-", "/", "km", "m", "kg", "people", "metres", "miles"]);
    !is_part && !goes_on
}
