//! A number of things announced, and another number of them listed.

use super::sheet::{Check, Line, Sheet, Slip};
use super::stretches::small;
use crate::value::TokenKind;
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    code: 308,
    name: "announced-and-listed",
    reads: "a number word, its noun and a list of names behind a colon: \"the three winners: Anna Holm, …\"",
    misses: "lists of other things than names, entries with commas of their own, and lists without a colon",
    wrong: "The three winners are: Anna Holm, Karl Weber, Paul Maron and Ilse Brandt.",
    right: "The four winners are: Anna Holm, Karl Weber, Paul Maron and Ilse Brandt.",
    run,
};

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().flat_map(|line| line.range.clone().filter_map(move |at| misfit(&line, at))).collect()
}

fn misfit(line: &Line<'_>, at: usize) -> Option<Slip> {
    // Words between the number and the colon.
    const NOUN: usize = 4;
    if !line.is(at, &[":"]) || line.token(at + 1).is_some_and(|token| token.is_glued) {
        return None;
    }
    let numbers = at.saturating_sub(NOUN + 1).max(line.range.start)..at;
    let (number_at, told) = numbers.into_iter().rev().find_map(|at| Some((at, number(line, at)?)))?;
    let between = number_at + 1..at;
    let is_noun = |at: usize| {
        line.token(at).is_some_and(|token| token.kind == TokenKind::Word && !token.is_capitalized())
    };
    let led = number_at > line.range.start
        && line.is(number_at - 1, &["of", "about", "least", "than", "first", "last", "top", "other"]);
    if between.is_empty() || !between.clone().all(is_noun) || led {
        return None;
    }
    let listed = names(line, at + 1)?;
    if listed == told || listed < 2 {
        return None;
    }
    let noun = line.text(&between);
    let noun = noun.split(' ').next().unwrap_or("things").to_owned();
    let message = format!("{told} {noun} are announced and {listed} listed: either could be wrong");
    Some(line.slip(CHECK.code, message, number_at..at))
}

fn number(line: &Line<'_>, at: usize) -> Option<usize> {
    let token = line.token(at)?;
    let told = token.whole().or_else(|| small(&token.norm)).filter(|told| (2..=12).contains(told))?;
    usize::try_from(told).ok()
}

/// How many names stand there, up to the end of the sentence; `None` where it is no list of names alone.
fn names(line: &Line<'_>, from: usize) -> Option<usize> {
    // Twelve names in tokens, amply; it also bounds the work per colon in a text of nothing but colons.
    const LONGEST_LIST: usize = 100;
    let end = line.range.end - usize::from(line.is(line.range.end - 1, &["."]));
    if end.saturating_sub(from) > LONGEST_LIST {
        return None;
    }
    // With a comma before "and" no other "and" ends an entry; without one only the last does: "Johnson and Johnson".
    let ands: Vec<usize> = (from..end).filter(|at| line.is(*at, &["and", "&"])).collect();
    let has_serial = ands.iter().any(|at| line.is(at - 1, &[","]));
    let is_end = |at: usize| {
        line.is(at, &[","])
            || !has_serial && ands.last() == Some(&at)
            || has_serial && ands.contains(&at) && line.is(at - 1, &[","])
    };
    let mut entries: Vec<Range<usize>> = Vec::new();
    let mut start = from;
    for at in from..=end {
        let is_mark = at == end || is_end(at);
        if !is_mark {
            let token = line.token(at)?;
            let is_name = token.kind == TokenKind::Word
                && (token.is_capitalized()
                    || ["van", "de", "von", "al", "bin", "der", "da", "the"].contains(&&*token.norm))
                || token.is("-")
                || token.is("'")
                || token.is("'s")
                || token.is(".")
                || token.is("and")
                || token.is("&");
            if !is_name {
                return None;
            }
            continue;
        }
        if start < at {
            entries.push(start..at);
        }
        start = at + 1;
    }
    // "Bosnia and Herzegovina": an "and" without a comma in a list of two may join one name.
    let is_list = entries.len() > 2 || entries.len() == 2 && !line.has(&["&"]);
    is_list.then_some(entries.len())
}
