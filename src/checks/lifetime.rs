//! An age that does not fit the years of birth and death.

use super::sheet::{Check, Sheet, Slip};
use crate::corpus::Dateline;
use crate::extract::Claim;
use crate::value::{DateSet, Value};
use std::collections::BTreeMap;

pub(super) const CHECK: Check = Check {
    code: 304,
    name: "age-and-birth",
    reads: "the age of somebody, the day of birth, and the day of death or of the article",
    misses: "ages at other times (\"married at 20\") and people whose birth the article does not tell",
    wrong: "Ilse Brandt was born in 1940. Ilse Brandt died in 2010 at the age of 85.",
    right: "Ilse Brandt was born in 1940. Ilse Brandt died in 2010 at the age of 70.",
    run,
};

/// What an article says of one person.
#[derive(Default)]
struct Life<'a> {
    born: Option<&'a Claim>,
    died: Option<&'a Claim>,
    ages: Vec<&'a Claim>,
}

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    let mut lives: BTreeMap<&str, Life<'_>> = BTreeMap::new();
    // "Won the race at the age of 19" tells of that day.
    let is_of_then = |claim: &Claim| {
        let text = claim.span.of(&sheet.document.text).to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        has(&["age of", "aged "]) && !has(&["die", "death", "dead", "passed away"])
    };
    for claim in sheet.claims.iter().filter(|claim| claim.speaker.is_none() && !claim.certainty.is_hedged) {
        let rule = sheet.rules.rules[claim.rule].id.as_str();
        let parts: Vec<&str> = claim.key.split(" | ").collect();
        let Some(person) = parts.len().checked_sub(2).map(|at| parts[at]) else { continue };
        match rule {
            "born" => lives.entry(person).or_default().born = Some(claim),
            "died" => lives.entry(person).or_default().died = Some(claim),
            "age" if is_of_then(claim) => {}
            "age" => lives.entry(person).or_default().ages.push(claim),
            _ => {}
        }
    }
    lives.values().flat_map(|life| slips(life, sheet.document.metadata.published)).collect()
}

fn slips(life: &Life<'_>, published: Option<Dateline>) -> Vec<Slip> {
    let Some((birth, born)) = life.born.and_then(|born| Some((born, years(date(born)?)?))) else {
        return Vec::new();
    };
    let death = life.died.and_then(|died| years(date(died)?));
    let today = published.map(|day| (i64::from(day.from.year()), i64::from(day.from.year())));
    let ends: Vec<(i64, i64)> = death.into_iter().chain(today).collect();
    if ends.is_empty() {
        return Vec::new();
    }
    let wrong = |claim: &&&Claim| {
        let Value::Age(age) = &claim.value else { return false };
        let Some(told) =
            age.amount.exact().and_then(|age| i64::try_from(age).ok()).filter(|_| age.unit == "year")
        else {
            return false;
        };
        // Before the birthday one is a year younger than the years say.
        !ends.iter().any(|end| (end.0 - born.1 - 1..=end.1 - born.0).contains(&told)) && claim.day.is_none()
    };
    let slip = |claim: &&Claim| {
        let (end, what) = match death {
            Some(death) => (death, format!("death in {}", shown(death))),
            None => (ends[0], format!("the article's day in {}", shown(ends[0]))),
        };
        let age = claim.value.amount().and_then(|set| set.exact()).unwrap_or_default();
        let message = format!(
            "born in {} and {age} years old at {what} do not fit: that would be {} or {}",
            shown(born),
            end.0 - born.1 - 1,
            end.1 - born.0
        );
        let mut places = vec![(birth.span, vec![birth.value_span])];
        if claim.span == birth.span {
            places[0].1.push(claim.value_span)
        } else {
            places.push((claim.span, vec![claim.value_span]))
        }
        Slip { code: CHECK.code, message, places }
    };
    life.ages.iter().filter(|claim| wrong(claim)).take(1).map(slip).collect()
}

fn shown((from, to): (i64, i64)) -> String {
    if from == to { from.to_string() } else { format!("{from}–{to}") }
}

fn date(claim: &Claim) -> Option<&DateSet> {
    match &claim.value {
        Value::Date(date) => Some(date),
        _ => None,
    }
}

/// The first and the last year of a date that is one stretch with both ends.
fn years(date: &DateSet) -> Option<(i64, i64)> {
    let [days] = date.readings.as_slice() else { return None };
    let (from, to) = (days.from?, days.to?.yesterday().ok()?);
    Some((i64::from(from.year()), i64::from(to.year())))
}
