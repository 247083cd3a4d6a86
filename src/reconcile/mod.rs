//! Claims that cannot hold together.
//!
//! Takes the claims of all documents, gives [`Conflict`]s. Two claims conflict if they speak of the
//! same key at the same time and their values are disjoint. What a speaker says against the
//! article's own words, or against another speaker, is a dispute, not an error; an article that
//! reports a dispute contradicts nobody. Knows nothing of the wording of messages.

use crate::corpus::Dateline;
use crate::extract::Claim;
use crate::rules::{AsOf, Rule, RuleSet, Scope};
use crate::value::Value;
use std::collections::BTreeMap;

/// Where claims come from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The day the document speaks from.
    pub dateline: Option<Dateline>,
    /// Its claims in the order of the text.
    pub claims: &'a [Claim],
}

/// One claim by its document and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClaimRef {
    /// The document, by its place in the corpus.
    pub document: usize,
    /// The claim, by its place among the document's.
    pub claim: usize,
}

/// Who disagrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Two articles in their own words.
    Sources,
    /// An article and somebody who is quoted or reported.
    Disputed,
    /// Only people who are quoted or reported.
    Speakers,
}

/// Claims that can hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What they say, in the words of the first.
    pub value: Value,
    /// The claims, one a document and speaker, in order.
    pub claims: Vec<ClaimRef>,
}

/// Claims that cannot hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The rule, by its place in the set.
    pub rule: usize,
    /// Who disagrees.
    pub class: Class,
    /// At least two.
    pub sides: Vec<Side>,
    /// Whether all that one side says is hedged.
    pub is_hedged: bool,
}

/// All conflicts, in the order of rules and keys.
///
/// Grouping is O(n log n) in the claims; inside a key, every claim is held against every other.
pub fn conflicts(rules: &RuleSet, sources: &[Source<'_>]) -> Vec<Conflict> {
    let mut by_key: BTreeMap<(usize, &str), Vec<ClaimRef>> = BTreeMap::new();
    for (document, source) in sources.iter().enumerate() {
        for (claim, read) in source.claims.iter().enumerate() {
            by_key.entry((read.rule, &read.key)).or_default().push(ClaimRef { document, claim });
        }
    }
    let judge = |((rule, _), claims): ((usize, &str), Vec<ClaimRef>)| {
        Judge { rule: &rules.rules[rule], sources }.conflict(rule, &claims)
    };
    by_key.into_iter().filter_map(judge).collect()
}

struct Judge<'a> {
    rule: &'a Rule,
    sources: &'a [Source<'a>],
}

impl Judge<'_> {
    fn claim(&self, at: ClaimRef) -> &Claim {
        &self.sources[at.document].claims[at.claim]
    }

    fn conflict(&self, rule: usize, claims: &[ClaimRef]) -> Option<Conflict> {
        let pairs = || {
            claims.iter().enumerate().flat_map(|(index, &a)| claims[index + 1..].iter().map(move |&b| (a, b)))
        };
        let class = pairs().filter_map(|(a, b)| self.class(a, b)).min()?;
        // Of a stronger class only those who differ in it are sides; the others may join them.
        let differing: Vec<ClaimRef> = claims
            .iter()
            .copied()
            .filter(|&a| claims.iter().any(|&b| self.class(a.min(b), a.max(b)) == Some(class)))
            .collect();
        let mut sides: Vec<Side> = Vec::new();
        for claim in differing.iter().chain(claims.iter().filter(|claim| !differing.contains(claim))) {
            self.join(*claim, &mut sides, differing.contains(claim));
        }
        let is_hedged =
            sides.iter().any(|side| side.claims.iter().all(|claim| self.claim(*claim).certainty.is_hedged));
        (sides.len() > 1).then_some(Conflict { rule, class, sides, is_hedged })
    }

    /// Puts a claim to the first side it agrees with; one that may open a side does so else.
    fn join(&self, claim: ClaimRef, sides: &mut Vec<Side>, may_open: bool) {
        let agrees = |side: &&mut Side| side.claims.iter().all(|other| !self.is_disjoint(claim, *other));
        let Some(side) = sides.iter_mut().find(agrees) else {
            if may_open {
                sides.push(Side { value: self.claim(claim).value.clone(), claims: vec![claim] });
            }
            return;
        };
        // What one document says twice counts once.
        let speaker = &self.claim(claim).speaker;
        let is_told = side
            .claims
            .iter()
            .any(|other| other.document == claim.document && self.claim(*other).speaker == *speaker);
        if !is_told {
            side.claims.push(claim);
        }
    }

    fn is_disjoint(&self, a: ClaimRef, b: ClaimRef) -> bool {
        let (one, two) = (&self.claim(a).value, &self.claim(b).value);
        if self.rule.rounding { one.rounded().is_disjoint(&two.rounded()) } else { one.is_disjoint(two) }
    }

    /// Who disagrees in a pair; `None` where they do not, or cannot be compared.
    fn class(&self, a: ClaimRef, b: ClaimRef) -> Option<Class> {
        if !self.is_comparable(a, b) || !self.is_disjoint(a, b) {
            return None;
        }
        let speakers = [a, b].iter().filter(|at| self.claim(**at).speaker.is_some()).count();
        match (speakers, a.document == b.document) {
            (0, _) => Some(Class::Sources),
            (_, true) => None,
            (1, false) => Some(Class::Disputed),
            (_, false) => Some(Class::Speakers),
        }
    }

    fn is_comparable(&self, a: ClaimRef, b: ClaimRef) -> bool {
        let is_inside = a.document == b.document;
        let in_scope = match self.rule.scope {
            Scope::Within => is_inside,
            Scope::Across => !is_inside,
            Scope::Both => true,
        };
        in_scope && (self.rule.as_of == AsOf::Event || self.speaks_from_one_time(a, b))
    }

    /// Whether claims that may change speak from nearly the same day.
    fn speaks_from_one_time(&self, a: ClaimRef, b: ClaimRef) -> bool {
        if self.claim(a).has_own_time || self.claim(b).has_own_time {
            return false;
        }
        if a.document == b.document {
            return true;
        }
        let (Some(one), Some(two)) = (self.sources[a.document].dateline, self.sources[b.document].dateline)
        else {
            return false;
        };
        let (first, last) = (one.from.min(two.from), one.to.max(two.to));
        // Both ends lie on the calendar, so their distance fits; the last day is excluded.
        first.until(last).is_ok_and(|span| i64::from(span.get_days()) <= self.rule.fresh_days + 1)
    }
}
