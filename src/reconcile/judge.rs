//! The claims of one key: whether they agree, and who is on which side.

use super::story::Stories;
use super::{ClaimRef, Class, Conflict, Side, Source, Verdict};
use crate::corpus::Dateline;
use crate::extract::Claim;
use crate::rules::{AsOf, Cardinality, Rule, Scope, Take};
use crate::value::{NumberSet, Value};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Holds claims of one key against each other.
pub(super) struct Judge<'a> {
    pub(super) rule: &'a Rule,
    pub(super) sources: &'a [Source<'a>],
    pub(super) stories: &'a Stories,
    /// All claims of the key.
    pub(super) all: Vec<ClaimRef>,
}

/// A side under construction: who has told it, and in which different values.
struct OpenSide<'a> {
    side: Side,
    tellers: BTreeSet<(usize, Option<&'a str>)>,
    /// The documents that the tellers' words come from.
    origins: BTreeSet<usize>,
    /// A claim of each group of claims alike, so that joining costs by values and not by claims.
    told: BTreeMap<usize, ClaimRef>,
}

impl OpenSide<'_> {
    fn new(value: Value) -> Self {
        Self {
            side: Side { value, claims: Vec::new(), sources: 0, fact: None },
            origins: BTreeSet::new(),
            tellers: BTreeSet::new(),
            told: BTreeMap::new(),
        }
    }
}

/// Claims of one value, by whether somebody is said to say so.
type Alike = BTreeMap<(String, bool), Vec<ClaimRef>>;

impl Judge<'_> {
    fn claim(&self, at: ClaimRef) -> &Claim {
        &self.sources[at.document].claims[at.claim]
    }

    pub(super) fn conflict(&self, rule: usize) -> Option<Conflict> {
        let claims = &*self.taken(&self.all);
        let mut alike: Alike = BTreeMap::new();
        for &at in claims {
            let claim = self.claim(at);
            // The printed form rounds some sets off (a range of two grains); this one tells all of them apart.
            let told =
                (claim.cardinality as u8, claim.is_not_yet, claim.since.as_ref().map(ToString::to_string));
            alike.entry((format!("{:?} {told:?}", claim.value), has_voice(claim))).or_default().push(at);
        }
        if alike.len() < 2 || self.all_meet(&alike) {
            return None;
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
        let groups = alike.values().enumerate();
        let group: BTreeMap<(usize, usize), usize> = groups
            .flat_map(|(index, group)| group.iter().map(move |at| ((at.document, at.claim), index)))
            .collect();
        for (claim, may_open) in
            differing.iter().map(|at| (*at, true)).chain(others.iter().map(|at| (*at, false)))
        {
            self.join(claim, group[&(claim.document, claim.claim)], &mut sides, may_open);
        }
        let sides: Vec<Side> = sides.into_iter().map(|open| open.side).collect();
        let hedged = |side: &Side| {
            side.claims
                .iter()
                .map(|claim| self.claim(*claim).certainty)
                .all(|told| told.is_hedged || told.is_reported)
        };
        let is_hedged = sides.iter().any(hedged);
        (sides.len() > 1).then_some(Conflict { rule, class, sides, is_hedged, steps: Vec::new() })
    }

    /// The claims that count: of figures that may be parts of a whole the largest of each article.
    fn taken(&self, claims: &[ClaimRef]) -> Vec<ClaimRef> {
        if self.rule.take == Take::All {
            return claims.to_vec();
        }
        let least = |at: &ClaimRef| {
            let amount = self.claim(*at).value.amount().map(NumberSet::widened);
            amount.and_then(|set| set.max.or(set.min)).map(|bound| bound.at)
        };
        let by_document = claims.chunk_by(|a, b| a.document == b.document);
        by_document
            .flat_map(|own| {
                let largest = own.iter().filter_map(least).max();
                own.iter().filter(move |at| least(at) == largest)
            })
            .copied()
            .collect()
    }

    /// Whether all amounts and periods of a group overlap, told by one sweep over their ends: in one dimension sets that
    /// meet in pairs have a point in common (Helly 1923).
    fn all_meet(&self, alike: &Alike) -> bool {
        let plain = self.rule.tolerance.is_zero() && !self.rule.rounding;
        let sets: Option<Vec<_>> =
            alike.values().map(|group| self.claim(group[0]).value.amount().map(NumberSet::widened)).collect();
        let Some(sets) = sets.filter(|_| plain) else { return false };
        let units = alike.values().map(|group| self.claim(group[0]).value.kind());
        if units.collect::<BTreeSet<_>>().len() > 1 {
            return false;
        }
        let common = sets.iter().skip(1).try_fold(sets[0], |common, set| common.intersection(set));
        common.is_some()
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

    /// What two claims of the key are to each other.
    pub(super) fn verdict(&self, a: ClaimRef, b: ClaimRef) -> Verdict {
        let in_story = !self.claim(a).in_story || self.stories.are_one(a.document, b.document);
        let in_scope = match self.rule.scope {
            Scope::Within => a.document == b.document,
            Scope::Across => a.document != b.document,
            Scope::Both => true,
        };
        match () {
            () if !in_scope => Verdict::OutOfScope,
            () if !in_story => Verdict::OtherStories,
            () if !self.is_comparable(a, b) => Verdict::OtherTimes,
            () if !self.is_disjoint(a, b) => Verdict::Agree,
            () if self.knows_both(a, b, &self.all) => Verdict::BothKnown,
            () if self.class(a, b).is_none() => Verdict::OneArticleReports,
            () => Verdict::Conflict,
        }
    }

    /// Puts a claim to the first side it agrees with; one that may open a side does so else.
    fn join<'s>(&'s self, at: ClaimRef, group: usize, sides: &mut Vec<OpenSide<'s>>, may_open: bool) {
        let claim = self.claim(at);
        let agrees = |open: &&mut OpenSide<'_>| {
            open.told.contains_key(&group) || !open.told.values().any(|other| self.is_disjoint(*other, at))
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
            open.told.entry(group).or_insert(at);
            open.origins.insert(self.sources[at.document].origins[at.claim]);
            open.side.sources = open.origins.len();
        }
    }

    fn is_disjoint(&self, a: ClaimRef, b: ClaimRef) -> bool {
        let (one, two) = (self.claim(a), self.claim(b));
        let are_several = match (one.cardinality, two.cardinality) {
            (Cardinality::Many, Cardinality::Only) | (Cardinality::Only, Cardinality::Many) => false,
            (Cardinality::Many, _) | (_, Cardinality::Many) => true,
            _ => false,
        };
        !are_several && self.are_disjoint(&one.value, &two.value)
    }

    fn are_disjoint(&self, one: &Value, two: &Value) -> bool {
        let read = |value: &Value| {
            let value = if self.rule.rounding { value.rounded() } else { value.clone() };
            value.loosened(self.rule.tolerance / Decimal::TWO)
        };
        match (self.rule.rounding, self.rule.tolerance.is_zero()) {
            (false, true) => one.is_disjoint(two),
            _ => read(one).is_disjoint(&read(two)),
        }
    }

    /// Whether an article tells the other's value as well, so that the two are of two things.
    fn knows_both(&self, a: ClaimRef, b: ClaimRef, claims: &[ClaimRef]) -> bool {
        let has = |document: usize, value: ClaimRef| {
            claims.iter().any(|at| at.document == document && !self.is_disjoint(*at, value))
        };
        let is_figure = self.claim(a).value.amount().is_some() && self.claim(a).in_story;
        is_figure && a.document != b.document && (has(a.document, b) || has(b.document, a))
    }

    /// Who disagrees in a pair; `None` where they do not, or cannot be compared.
    fn class(&self, a: ClaimRef, b: ClaimRef) -> Option<Class> {
        if !self.is_comparable(a, b) || !self.is_disjoint(a, b) || self.knows_both(a, b, &self.all) {
            return None;
        }
        let speakers = [a, b].iter().filter(|at| has_voice(self.claim(**at))).count();
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
        let in_story = !self.claim(a).in_story || self.stories.are_one(a.document, b.document);
        in_scope && in_story && self.are_of_one_time(a, b)
    }

    fn are_of_one_time(&self, a: ClaimRef, b: ClaimRef) -> bool {
        if self.rule.onset {
            return self.onset_meets(a, b) && self.onset_meets(b, a);
        }
        match self.rule.as_of {
            AsOf::Event => true,
            AsOf::Dateline => self.speaks_from_one_time(a, b) || self.names_one_day(a, b),
        }
    }

    /// Whether a "not yet" is told on a day on which the other claim says that it was so already.
    fn onset_meets(&self, not_yet: ClaimRef, other: ClaimRef) -> bool {
        if !self.claim(not_yet).is_not_yet {
            return true;
        }
        let day = |at: ClaimRef| self.sources[at.document].dateline;
        let Some(until) = day(not_yet) else { return false };
        match &self.claim(other).since {
            Some(since) => since.readings.iter().all(|days| days.to.is_some_and(|to| to <= until.from)),
            None => day(other).is_some_and(|day| day.to <= until.from),
        }
    }

    /// "Four were dead by Sunday evening", "the toll stood at six on Sunday evening": of one day, whenever written.
    fn names_one_day(&self, a: ClaimRef, b: ClaimRef) -> bool {
        let days = self.claim(a).day.as_ref().zip(self.claim(b).day.as_ref());
        self.claim(a).in_story && days.is_some_and(|(a, b)| a.readings.len() == 1 && a == b)
    }

    fn is_soon(&self, one: Dateline, two: Dateline) -> bool {
        let (first, last) = (one.from.min(two.from), one.to.max(two.to));
        // Both ends lie on the calendar, so their distance fits; the last day is excluded.
        first.until(last).is_ok_and(|span| i64::from(span.get_days()) <= self.rule.fresh_days + 1)
    }

    /// Whether claims that may change speak from nearly the same day.
    fn speaks_from_one_time(&self, a: ClaimRef, b: ClaimRef) -> bool {
        // The times in statements of one story are those of the story.
        let has_own_time = |at: ClaimRef| self.claim(at).has_own_time && !self.claim(at).in_story;
        if has_own_time(a) || has_own_time(b) {
            return false;
        }
        if a.document == b.document {
            return true;
        }
        let (Some(one), Some(two)) = (self.sources[a.document].dateline, self.sources[b.document].dateline)
        else {
            return false;
        };
        // What has been done stays done: a later no contradicts an earlier yes, a later yes only tells what came next.
        if let (Value::YesNo(is_done), Value::YesNo(_)) = (&self.claim(a).value, &self.claim(b).value) {
            let (yes, no) = if *is_done { (one, two) } else { (two, one) };
            return self.claim(a).in_story && yes.from <= no.from
                || self.is_soon(one, two) && yes.from == no.from;
        }
        // What happened behind the day of one article is nothing it could have told.
        let is_later = |at: ClaimRef, day: Date| match &self.claim(at).value {
            Value::Date(date) => date.readings.iter().any(|days| days.to.is_none_or(|to| to > day)),
            _ => false,
        };
        if is_later(a, two.from) || is_later(b, one.from) {
            return false;
        }
        self.is_soon(one, two)
    }
}

/// Whether somebody stands between the claim and the article.
fn has_voice(claim: &Claim) -> bool {
    claim.speaker.is_some() && !claim.certainty.is_reported
}
