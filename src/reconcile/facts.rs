//! Claims against what is known: dates of wars, of the founding of states, of lives.

use super::{ClaimRef, Class, Conflict, Side, Source};
use crate::extract::Claim;
use crate::rules::{Bound, Fact, RuleSet};
use crate::value::{DateSet, Days, Grain, Value};
use rustc_hash::FxHashMap;

/// What is known of lifetimes, by the id of what lived or lasted.
pub(super) fn lifetimes(rules: &RuleSet) -> FxHashMap<&str, usize> {
    let of_life = rules.facts.iter().enumerate().filter(|(_, fact)| fact.office.is_none());
    of_life.map(|(index, fact)| (rules.entities[fact.subject.0].id.as_str(), index)).collect()
}

/// The days of a fact as a period, both ends included; open where an end is not known.
pub(super) fn period(fact: &Fact) -> DateSet {
    let day = |date: Option<jiff::civil::Date>| date.and_then(|date| Days::unit(date, Grain::Day));
    let days =
        Days { from: day(fact.from).and_then(|days| days.from), to: day(fact.to).and_then(|days| days.to) };
    DateSet::of(days, Grain::Day)
}

/// The claims that a fact rules out, in the order of documents.
pub(super) fn against_facts(rules: &RuleSet, sources: &[Source<'_>]) -> Vec<Conflict> {
    let lifetimes = lifetimes(rules);
    let mut found = Vec::new();
    for (document, source) in sources.iter().enumerate() {
        for (index, claim) in source.claims.iter().enumerate() {
            let against = during(rules, claim, &lifetimes).or_else(|| at_an_end(rules, claim, &lifetimes));
            let Some((fact, value)) = against else { continue };
            let at = ClaimRef { document, claim: index };
            found.push(Conflict {
                rule: claim.rule,
                class: Class::Fact,
                sides: vec![
                    Side::of(claim.value.clone(), at),
                    Side { value, claims: Vec::new(), sources: 1, fact: Some(fact) },
                ],
                is_hedged: claim.certainty.is_hedged || claim.speaker.is_some(),
                steps: Vec::new(),
            });
        }
    }
    found
}

/// A time that lies outside of the happening it is said to lie in.
fn during(rules: &RuleSet, claim: &Claim, lifetimes: &FxHashMap<&str, usize>) -> Option<(usize, Value)> {
    let event = claim.within.and_then(|event| rules.entities.get(event.0))?;
    let fact = *lifetimes.get(event.id.as_str())?;
    let Value::Date(date) = &claim.value else { return None };
    let period = period(&rules.facts[fact]);
    date.is_disjoint(&period).then_some((fact, Value::Date(period)))
}

/// A beginning or an end on another day than the known one.
fn at_an_end(rules: &RuleSet, claim: &Claim, lifetimes: &FxHashMap<&str, usize>) -> Option<(usize, Value)> {
    let Value::Date(date) = &claim.value else { return None };
    claim.bounds.iter().find_map(|(bound, id, _)| {
        let fact = *lifetimes.get(id.as_str())?;
        let day = match bound {
            Bound::Start => rules.facts[fact].from,
            Bound::End => rules.facts[fact].to,
            Bound::During => None,
        };
        let known = DateSet::of(Days::unit(day?, Grain::Day)?, Grain::Day);
        date.is_disjoint(&known).then_some((fact, Value::Date(known)))
    })
}
