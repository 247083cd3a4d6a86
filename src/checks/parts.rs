//! Parts that are more than their whole, or a full list of parts that is another number.

use super::sheet::{Check, Line, Sheet, Slip};
use crate::value::{Found, TokenKind, Value};
use rust_decimal::Decimal;

pub(super) const CHECK: Check = Check {
    code: 306,
    name: "parts-and-total",
    reads: "a number of people or things with its parts behind \"including\" or \"among them\", or all of them in brackets or behind a colon",
    misses: "parts in other sentences, rounded figures, and parts of parts",
    wrong: "The crash killed 12 people, including eight women and seven children.",
    right: "The crash killed 12 people, including four women and seven children.",
    run,
};

/// Kinds of which nobody and nothing is two.
const EXCLUSIVE: [&[&str]; 5] = [
    &[
        "men", "women", "children", "boys", "girls", "man", "woman", "child", "boy", "girl", "babies",
        "adults",
    ],
    &["gold", "silver", "bronze"],
    &["cows", "sheep", "goats", "pigs", "horses", "chickens", "ducks", "dogs", "cats"],
    &["paintings", "drawings", "sculptures", "prints", "photographs"],
    &["cars", "buses", "trains", "trucks", "lorries", "ships", "planes", "trams"],
];

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    sheet.lines().flat_map(|line| (0..line.values().len()).filter_map(move |at| misfit(&line, at))).collect()
}

fn misfit(line: &Line<'_>, at: usize) -> Option<Slip> {
    let whole = count(&line.values()[at])?;
    let range = &line.values()[at].tokens;
    let is_of = range.start > line.range.start && line.is(range.start - 1, &["of"]);
    if whole < Decimal::TWO || is_rough(line, range.start) && !is_of {
        return None;
    }
    let (opening, is_full) = opening(line, range.end)?;
    let mut parts: Vec<(Decimal, std::ops::Range<usize>)> = Vec::new();
    let mut next = opening;
    for found in &line.values()[at + 1..] {
        // Only small words and nouns stand between parts.
        if found.tokens.start < next || !is_list(line, next, found.tokens.start, parts.is_empty()) {
            break;
        }
        let Some(part) = count(found).filter(|_| !is_rough(line, found.tokens.start)) else { break };
        parts.push((part, found.tokens.clone()));
        next = found.tokens.end;
    }
    let (_, last) = parts.last()?;
    let end = closing(line, last.end);
    let is_nested = (opening..end)
        .any(|at| line.is(at, &["them", "whom", "which", "others", "more", "other", "another"]));
    let sum: Decimal =
        parts.iter().map(|(part, _)| part).fold(Decimal::ZERO, |sum, part| sum.saturating_add(*part));
    let is_wrong = parts.len() > 1 && if is_full { closes(line, end) && sum != whole } else { sum > whole };
    if !is_wrong || is_nested && is_full || parts.iter().any(|(part, _)| *part > whole && is_full) {
        return None;
    }
    let nouns: Vec<&str> =
        parts.iter().filter_map(|(_, range)| line.token(range.end)).map(|token| &*token.norm).collect();
    // Women and teachers may be the same people.
    let is_apart = |kinds: &&[&str]| nouns.iter().all(|noun| kinds.contains(noun));
    if !is_full && (is_nested || !EXCLUSIVE.iter().any(is_apart)) {
        return None;
    }
    let all: Vec<String> = parts.iter().map(|(part, _)| part.to_string()).collect();
    let message = format!("{} are {sum}, not {whole}: any of them could be wrong", all.join(" and "));
    let mut marks = vec![range.clone()];
    marks.extend(parts.into_iter().map(|(_, range)| range));
    Some(line.slip_at(CHECK.code, message, &marks))
}

/// Where the list of parts starts behind a whole, and whether it is to name all of them.
fn opening(line: &Line<'_>, end: usize) -> Option<(usize, bool)> {
    const NOUN: usize = 4;
    for at in end..end + NOUN {
        let including = line.behind(at, &[","]);
        if line.is(including, &["including"]) {
            return Some((including + 1, false));
        }
        if line.is(including, &["among"]) && line.is(including + 1, &["them"]) {
            return Some((including + 2, false));
        }
        if line.is(at, &[":", "("]) {
            return Some((at + 1, true)).filter(|_| at > end);
        }
        if line.token(at)?.kind != TokenKind::Word {
            return None;
        }
    }
    None
}

/// Whether the tokens between two parts are those of a list: a noun, a comma, "and".
fn is_list(line: &Line<'_>, from: usize, to: usize, is_first: bool) -> bool {
    const LONGEST: usize = 5;
    let is_noun = |at: usize| {
        line.is(at, &[",", "and"]) || line.token(at).is_some_and(|token| token.kind == TokenKind::Word)
    };
    let ends = |at: usize| {
        line.is(
            at,
            &[
                "who", "that", "in", "on", "at", "from", "by", "aged", "under", "over", "between", "were",
                "was", "had", "have", "has", "after", "during", "with", "when", "of", "for", "to", "said",
            ],
        )
    };
    if is_first {
        return (from..to).all(|at| line.is(at, &["the", "at", "least"]))
            && !(from..to).any(|at| line.is(at, &["least"]));
    }
    to - from <= LONGEST
        && (from..to).all(|at| is_noun(at) && !ends(at))
        && (from..to).any(|at| line.is(at, &[",", "and"]))
        // ", and" may go on with the outer sentence.
        && !(from..to).any(|at| line.is(at, &[","]) && line.is(at + 1, &["and"]))
}

/// The token behind the noun of the last part.
fn closing(line: &Line<'_>, from: usize) -> usize {
    (from..from + 4)
        .find(|at| line.token(*at).is_none_or(|token| token.kind == TokenKind::Mark))
        .unwrap_or(from + 4)
}

/// Whether a full list ends there.
fn closes(line: &Line<'_>, at: usize) -> bool {
    line.token(at).is_none() || line.is(at, &[")", ".", ";"])
}

fn is_rough(line: &Line<'_>, at: usize) -> bool {
    at > line.range.start
        && line.is(
            at - 1,
            &[
                "about",
                "around",
                "some",
                "roughly",
                "nearly",
                "almost",
                "least",
                "over",
                "than",
                "to",
                "approximately",
                "of",
                "no",
                "or",
                "chapter",
                "page",
                "age",
                "number",
            ],
        )
}

fn count(found: &Found<Value>) -> Option<Decimal> {
    match &found.value {
        Value::Count(set) => set.exact().filter(Decimal::is_integer),
        _ => None,
    }
}
