//! One name spelled in two ways.

use super::sheet::{Check, Sheet, Slip};
use crate::corpus::Span;
use crate::names::{NameWords, Sort, without_accent};
use crate::value::{Token, TokenKind};
use std::collections::BTreeMap;
use std::ops::Range;

pub(super) const CHECK: Check = Check {
    code: 309,
    name: "two-spellings",
    reads: "full names with one given name whose surnames differ in one letter (Damerau 1964): \"Ilse Brandt\" and \"Ilse Brant\"",
    misses: "surnames of fewer than five letters, names without a given name, relatives with two given names, and names that are spelled wrong throughout",
    wrong: "Ilse Brandt opened the meeting. Later Ilse Brant thanked the guests.",
    right: "Ilse Brandt opened the meeting. Later Ilse Brandt thanked the guests.",
    run,
};

/// Letters of a surname from which on one of them may be a slip.
const LEAST: usize = 5;

/// Surnames of one given name that are compared with each other: more are a list of members.
const MOST_SURNAMES: usize = 100;

/// A surname with the sentences it stands in.
type Places = Vec<(Span, Span)>;

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    let words = NameWords::builtin();
    let mut by_given: BTreeMap<&str, BTreeMap<&str, Places>> = BTreeMap::new();
    for line in sheet.lines() {
        for range in names(line.tokens(), line.range) {
            let (given, surname) = (&line.tokens()[range.start], &line.tokens()[range.end - 1]);
            if words.is(&given.norm, Sort::Given) {
                let places = by_given.entry(given.text).or_default().entry(surname.text).or_default();
                places.push((line.span, line.paragraph.span(&range)));
            }
        }
    }
    let mut out = Vec::new();
    for (given, surnames) in by_given.iter().filter(|(_, surnames)| surnames.len() <= MOST_SURNAMES) {
        let all: Vec<(&&str, &Places)> = surnames.iter().collect();
        for (at, (one, places)) in all.iter().enumerate() {
            let others = all[at + 1..].iter().filter(|(two, _)| is_slip(one, two));
            let others = others.filter(|(_, others)| !are_two_people(sheet, places, others));
            out.extend(others.map(|(two, others)| slip(given, (one, places), (two, others))));
        }
    }
    out
}

/// Whether a sentence has both, or one tells of a relative or a namesake.
fn are_two_people(sheet: &Sheet<'_>, one: &Places, two: &Places) -> bool {
    const RELATIVES: [&str; 12] = [
        "sister", "brother", "cousin", "namesake", "relation", "relative", "in-law", " kin ", "father",
        "mother", "uncle", "aunt",
    ];
    let is_one_sentence = one.iter().any(|(span, _)| two.iter().any(|(other, _)| span == other));
    let mut spans = one.iter().chain(two).map(|(span, _)| span);
    is_one_sentence
        || spans.any(|span| RELATIVES.iter().any(|word| span.of(&sheet.document.text).contains(word)))
}

fn slip(given: &str, one: (&str, &Places), two: (&str, &Places)) -> Slip {
    let (often, seldom) = if one.1.len() >= two.1.len() { (one, two) } else { (two, one) };
    let times = |n: usize| if n == 1 { "once".to_owned() } else { format!("{n} times") };
    let message = format!(
        "“{given} {}” {} and “{given} {}” {}: one of the two is misspelled, or they are two people",
        often.0,
        times(often.1.len()),
        seldom.0,
        times(seldom.1.len())
    );
    let place = |places: &Places| (places[0].0, vec![places[0].1]);
    let mut places = vec![place(often.1), place(seldom.1)];
    places.sort_by_key(|(span, _)| *span);
    if places[0].0 == places[1].0 {
        let marks = places.iter().flat_map(|(_, marks)| marks.clone()).collect();
        places = vec![(places[0].0, marks)];
    }
    Slip { code: CHECK.code, message, places }
}

/// Whether two surnames differ in one letter, and not as a plural, an adjective or a house style does.
fn is_slip(one: &str, two: &str) -> bool {
    let (one, two) = (one.to_lowercase(), two.to_lowercase());
    let (short, long) = if one.chars().count() <= two.chars().count() { (&one, &two) } else { (&two, &one) };
    let n_letters = short.chars().count();
    let is_ending =
        long.strip_prefix(short.as_str()).is_some_and(|rest| ["s", "n", "a", "e", "i", "y"].contains(&rest));
    let ascii = |word: &str| word.chars().map(without_accent).collect::<String>();
    n_letters >= LEAST
        && !is_ending
        && ascii(&one) != ascii(&two)
        && one.chars().next() == two.chars().next()
        && strsim::damerau_levenshtein(&one, &two) == 1
}

/// Two capitals in a row, and nothing of a longer name around them.
fn names<'t>(tokens: &'t [Token<'t>], range: &'t Range<usize>) -> impl Iterator<Item = Range<usize>> + 't {
    let is_capital = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.is_capitalized()
                && token.text.chars().skip(1).all(char::is_lowercase)
                && token.norm.len() > 1
        })
    };
    let is_pair = move |at: &usize| {
        let is_joined = |at: usize| {
            tokens.get(at).is_some_and(|token| token.is_glued && (token.is("-") || token.is("'")))
        };
        let before = at.checked_sub(1).filter(|before| *before >= range.start);
        *at + 1 < range.end
            && is_capital(*at)
            && is_capital(at + 1)
            && !tokens[at + 1].is_glued
            && !(at + 2 < range.end && (is_capital(at + 2) || is_joined(at + 2)))
            && !before.is_some_and(is_joined)
    };
    range.clone().filter(is_pair).map(|at| at..at + 2)
}
