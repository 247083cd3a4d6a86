//! Shares of one vote that are more than all of it.

use super::sheet::{Check, Line, Sheet, Slip};
use crate::value::{Found, Value};
use rust_decimal::Decimal;
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    code: 307,
    name: "shares-of-one-whole",
    reads: "the shares of a vote or of those who were asked, told in one sentence: \"48 percent for …, 43 percent for … and 21 percent for …\"",
    misses: "shares in several sentences, shares that are less than all, and questions with several answers",
    wrong: "In the vote 48 percent were for Brandt, 43 percent for Weber and 21 percent for Maron.",
    right: "In the vote 48 percent were for Brandt, 31 percent for Weber and 21 percent for Maron.",
    run,
};

/// A percentage point and a half for rounding.
const MOST: Decimal = Decimal::from_parts(1015, 0, 0, false, 1);

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().filter_map(|line| too_many(&line)).collect()
}

fn too_many(line: &Line<'_>) -> Option<Slip> {
    const WHOLES: [&str; 14] = [
        "vote",
        "votes",
        "voters",
        "ballot",
        "ballots",
        "voted",
        "poll",
        "polled",
        "respondents",
        "seats",
        "electorate",
        "surveyed",
        "abstained",
        "undecided",
    ];
    // Shares of several years, groups or questions, and changes.
    const OTHERS: [&str; 30] = [
        "rose",
        "fell",
        "up",
        "down",
        "from",
        "by",
        "increase",
        "decrease",
        "turnout",
        "than",
        "compared",
        "respectively",
        "each",
        "also",
        "both",
        "while",
        "women",
        "men",
        "previous",
        "last",
        "earlier",
        "year",
        "years",
        "points",
        "counted",
        "among",
        "approve",
        "disapprove",
        "trust",
        "either",
    ];
    const BEHIND: [&str; 8] = ["for", "against", "backed", "said", "chose", "abstained", "were", "to"];
    if !line.has(&WHOLES) || line.has(&OTHERS) {
        return None;
    }
    let shares: Vec<(Decimal, Range<usize>)> = line.values().iter().filter_map(share).collect();
    let is_list = shares.len() >= 3
        && shares.iter().all(|(_, range)| line.is(range.end, &BEHIND))
        && shares.windows(2).all(|pair| pair[1].1.start - pair[0].1.end <= 8);
    let sum: Decimal =
        shares.iter().map(|(share, _)| share).fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part));
    if !is_list || sum <= MOST {
        return None;
    }
    let marks: Vec<Range<usize>> = shares.into_iter().map(|(_, range)| range).collect();
    Some(line.slip_at(
        CHECK.code,
        format!("the shares are {sum} percent together: one of them could be wrong"),
        &marks,
    ))
}

fn share(found: &Found<Value>) -> Option<(Decimal, Range<usize>)> {
    match &found.value {
        Value::Percent(set) => set.exact().map(|share| (share, found.tokens.clone())),
        _ => None,
    }
}
