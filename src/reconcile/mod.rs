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
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

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
/// Grouping is O(n log n) in the claims. Inside a key, equal values are judged together: time grows with
/// the pairs of different values, and with the pairs of claims only where few of them can be compared.
pub fn conflicts(rules: &RuleSet, sources: &[Source<'_>]) -> Vec<Conflict> {
    let mut by_key: BTreeMap<(usize, &str, Option<usize>), Vec<ClaimRef>> = BTreeMap::new();
    for (document, source) in sources.iter().enumerate() {
        for (claim, read) in source.claims.iter().enumerate() {
            // What is compared inside an article only is grouped by the article.
            let alone = (rules.rules[read.rule].scope == Scope::Within).then_some(document);
            by_key.entry((read.rule, &read.key, alone)).or_default().push(ClaimRef { document, claim });
        }
    }
    let judge = |((rule, ..), claims): ((usize, &str, Option<usize>), Vec<ClaimRef>)| {
        Judge { rule: &rules.rules[rule], sources }.conflict(rule, &claims)
    };
    by_key.into_iter().filter_map(judge).collect()
}

struct Judge<'a> {
    rule: &'a Rule,
    sources: &'a [Source<'a>],
}

/// A side under construction: who has told it, and in which different values.
struct OpenSide<'a> {
    side: Side,
    tellers: BTreeSet<(usize, Option<&'a str>)>,
    values: Vec<Value>,
}

impl OpenSide<'_> {
    fn new(value: Value) -> Self {
        Self {
            side: Side { value: value.clone(), claims: Vec::new() },
            tellers: BTreeSet::new(),
            values: vec![value],
        }
    }
}

/// Claims of one value, by whether somebody is said to say so.
type Alike = BTreeMap<(String, bool), Vec<ClaimRef>>;

impl Judge<'_> {
    fn claim(&self, at: ClaimRef) -> &Claim {
        &self.sources[at.document].claims[at.claim]
    }

    fn conflict(&self, rule: usize, claims: &[ClaimRef]) -> Option<Conflict> {
        let mut alike: Alike = BTreeMap::new();
        for &at in claims {
            let claim = self.claim(at);
            // The printed form rounds some sets off (a range of two grains); this one tells all of them apart.
            alike.entry((format!("{:?}", claim.value), claim.speaker.is_some())).or_default().push(at);
        }
        let class = self.strongest(&alike)?;
        // Those who differ are the sides; who can be compared with all of them may join one.
        let mut differing = Vec::new();
        let mut others = Vec::new();
        for &claim in claims {
            let against = alike.values().filter(|group| self.is_disjoint(claim, group[0]));
            let differs = against.flatten().any(|&other| self.class(claim, other) == Some(class));
            if differs { differing.push(claim) } else { others.push(claim) }
        }
        let always = self.rule.as_of == AsOf::Event && self.rule.scope == Scope::Both;
        others.retain(|&claim| always || differing.iter().all(|&other| self.is_comparable(claim, other)));
        let mut sides: Vec<OpenSide<'_>> = Vec::new();
        for (claim, may_open) in
            differing.iter().map(|at| (*at, true)).chain(others.iter().map(|at| (*at, false)))
        {
            self.join(claim, &mut sides, may_open);
        }
        let sides: Vec<Side> = sides.into_iter().map(|open| open.side).collect();
        let hedged = |side: &Side| side.claims.iter().all(|claim| self.claim(*claim).certainty.is_hedged);
        let is_hedged = sides.iter().any(hedged);
        (sides.len() > 1).then_some(Conflict { rule, class, sides, is_hedged })
    }

    /// The strongest class of any pair that disagrees.
    fn strongest(&self, alike: &Alike) -> Option<Class> {
        let groups: Vec<&Vec<ClaimRef>> = alike.values().collect();
        let mut strongest: Option<Class> = None;
        for (index, group) in groups.iter().enumerate() {
            for other in groups[index + 1..].iter().filter(|other| self.is_disjoint(group[0], other[0])) {
                let pairs = group.iter().flat_map(|&a| other.iter().map(move |&b| (a, b)));
                // All pairs of two groups that can be compared are of one class, but for those inside a document.
                let class = pairs.filter_map(|(a, b)| self.class(a, b)).next();
                strongest = strongest.into_iter().chain(class).min();
                if strongest == Some(Class::Sources) {
                    return strongest;
                }
            }
        }
        strongest
    }

    /// Puts a claim to the first side it agrees with; one that may open a side does so else.
    fn join<'s>(&'s self, at: ClaimRef, sides: &mut Vec<OpenSide<'s>>, may_open: bool) {
        let claim = self.claim(at);
        let agrees = |open: &&mut OpenSide<'_>| {
            !open.values.iter().any(|value| self.are_disjoint(value, &claim.value))
        };
        let found = sides.iter_mut().find(agrees);
        let open = match found {
            Some(open) => open,
            None if may_open => {
                sides.push(OpenSide::new(claim.value.clone()));
                sides.last_mut().expect("one was pushed")
            }
            None => return,
        };
        // What one document says twice counts once.
        if open.tellers.insert((at.document, claim.speaker.as_deref())) {
            open.side.claims.push(at);
        }
        if !open.values.contains(&claim.value) {
            open.values.push(claim.value.clone());
        }
    }

    fn is_disjoint(&self, a: ClaimRef, b: ClaimRef) -> bool {
        self.are_disjoint(&self.claim(a).value, &self.claim(b).value)
    }

    fn are_disjoint(&self, one: &Value, two: &Value) -> bool {
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
        // What happened behind the day of one article is nothing it could have told.
        let is_later = |at: ClaimRef, day: Date| match &self.claim(at).value {
            Value::Date(date) => date.readings.iter().any(|days| days.to.is_none_or(|to| to > day)),
            _ => false,
        };
        if is_later(a, two.from) || is_later(b, one.from) {
            return false;
        }
        let (first, last) = (one.from.min(two.from), one.to.max(two.to));
        // Both ends lie on the calendar, so their distance fits; the last day is excluded.
        first.until(last).is_ok_and(|span| i64::from(span.get_days()) <= self.rule.fresh_days + 1)
    }
}
