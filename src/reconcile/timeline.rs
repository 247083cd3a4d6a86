//! The order of things: what cannot have begun before something else.
//!
//! Claims and facts bound when things began and ended, and say what came before what. Together they are a Simple Temporal
//! Network (Dechter, Meiri, Pearl 1991): a node for each beginning and end, an edge `u → v` of weight `w` for
//! `v - u <= w` days. A cycle of negative weight is an impossible order, and the shortest one explains it.

use super::facts::lifetimes;
use super::story::Stories;
use super::{ClaimRef, Class, Conflict, Side, Source};
use crate::rules::{Bound, RuleSet, ValueSpec};
use crate::value::{DateSet, Value};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A link of the chain that does not close.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Something was there by this day at the latest.
    Began {
        /// What.
        what: String,
        /// The day.
        by: Date,
    },
    /// Something was not there before this day.
    NotBefore {
        /// What.
        what: String,
        /// The day.
        day: Date,
    },
    /// Something was still there on this day.
    Lasted {
        /// What.
        what: String,
        /// The day.
        until: Date,
    },
    /// Something was no more after this day.
    NotAfter {
        /// What.
        what: String,
        /// The day.
        day: Date,
    },
    /// One came before the other.
    Before {
        /// The first.
        first: String,
        /// The second.
        then: String,
    },
}

/// Who says what an edge says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Claim(ClaimRef),
    Fact(usize),
    /// Nothing ends before it begins.
    Nature,
}

#[derive(Clone, Debug)]
struct Edge {
    from: usize,
    to: usize,
    /// Tenths of a day, so that what is before something on one day is before it.
    tenths: i64,
    origin: Origin,
    step: Option<Step>,
    /// The fact that tells when it was.
    via: Option<usize>,
    /// Whether it tells a beginning or an end by itself: two of these are compared by their rule already.
    is_plain: bool,
}

/// The calendar: distances from it are dates.
const ZERO: usize = 0;
/// The length of a day.
const DAY: i64 = 10;
/// The most edges of a cycle that is looked for; longer ones nobody can follow.
const LONGEST_CYCLE: usize = 8;
/// The most nodes that hang together and are looked at.
const MOST_NODES: usize = 400;
/// The most impossible orders that are told of one group of things.
const MOST_CYCLES: usize = 8;

#[derive(Default)]
struct Network {
    numbers: BTreeMap<(String, bool), usize>,
    edges: Vec<Edge>,
}

/// The orders of things that articles tell and that cannot be.
pub(super) fn impossible(rules: &RuleSet, sources: &[Source<'_>], stories: &Stories) -> Vec<Conflict> {
    let mut network = Network::default();
    let lifetimes = lifetimes(rules);
    for (document, source) in sources.iter().enumerate() {
        for (index, claim) in source.claims.iter().enumerate() {
            if claim.speaker.is_some() && !claim.certainty.is_reported || claim.value == Value::YesNo(false) {
                continue;
            }
            let at = ClaimRef { document, claim: index };
            let place = |id: &str| match claim.in_story {
                true => format!("{} {id}", stories.number(document)),
                false => id.to_owned(),
            };
            if let ValueSpec::Order(first, then) = rules.rules[claim.rule].value {
                if let (Some(Some(first)), Some(Some(then))) = (claim.slots.get(first), claim.slots.get(then))
                {
                    network.order(
                        (&place(&first.normal), &first.shown),
                        (&place(&then.normal), &then.shown),
                        at,
                    );
                }
                continue;
            }
            let event = claim.within.and_then(|event| rules.entities.get(event.0));
            let via = event.and_then(|event| lifetimes.get(event.id.as_str())).copied();
            let time = match (&claim.value, claim.within) {
                (_, Some(_)) => via.map(|fact| super::facts::period(&rules.facts[fact])),
                (Value::Date(date), None) => Some(date.clone()),
                _ => None,
            };
            if let Some((first, last)) = time.as_ref().and_then(bounds) {
                for (bound, id, name) in &claim.bounds {
                    network.bound(*bound, (&place(id), name), (first, last), Origin::Claim(at), via);
                }
            }
        }
    }
    // Only what articles speak of is held against what is known.
    let spoken: Vec<String> = network.numbers.keys().map(|(id, _)| id.clone()).collect();
    for id in spoken {
        if let Some(&fact) = lifetimes.get(id.as_str()) {
            let (known, name) = (&rules.facts[fact], &rules.entities[rules.facts[fact].subject.0].name);
            if let Some(day) = known.from {
                network.bound(Bound::Start, (&id, name), (day, day), Origin::Fact(fact), None);
            }
            if let Some(day) = known.to {
                network.bound(Bound::End, (&id, name), (day, day), Origin::Fact(fact), None);
            }
        }
    }
    network.conflicts(sources)
}

/// The first and the last day that a date can be, where both are known.
fn bounds(date: &DateSet) -> Option<(Date, Date)> {
    let first =
        date.readings.iter().map(|days| days.from).collect::<Option<Vec<Date>>>()?.into_iter().min()?;
    let last = date.readings.iter().map(|days| days.to).collect::<Option<Vec<Date>>>()?.into_iter().max()?;
    let last = last.yesterday().ok()?;
    // What is "about" a time is left a fifth of a decade of room.
    let slack = jiff::Span::new().years(if date.is_about { 2 } else { 0 });
    Some((first.checked_sub(slack).ok()?, last.checked_add(slack).ok()?))
}

impl Network {
    fn node(&mut self, id: &str, is_end: bool) -> usize {
        let next = self.numbers.len() + 1;
        *self.numbers.entry((id.to_owned(), is_end)).or_insert(next)
    }

    /// The beginning and the end of a thing, which stand in this order.
    fn thing(&mut self, id: &str) -> (usize, usize) {
        let is_new = !self.numbers.contains_key(&(id.to_owned(), false));
        let (start, end) = (self.node(id, false), self.node(id, true));
        if is_new {
            self.edges.push(Edge {
                from: end,
                to: start,
                tenths: 0,
                origin: Origin::Nature,
                step: None,
                via: None,
                is_plain: true,
            });
        }
        (start, end)
    }

    fn bound(
        &mut self,
        bound: Bound,
        (id, name): (&str, &str),
        (first, last): (Date, Date),
        origin: Origin,
        via: Option<usize>,
    ) {
        let (start, end) = self.thing(id);
        let what = name.to_owned();
        let mut add = |from, to, tenths, step, is_plain| {
            self.edges.push(Edge { from, to, tenths, origin, step: Some(step), via, is_plain });
        };
        let (low, high) = (day_number(first) * DAY, day_number(last) * DAY + DAY - 1);
        match bound {
            Bound::Start => {
                add(ZERO, start, high, Step::Began { what: what.clone(), by: last }, true);
                add(start, ZERO, -low, Step::NotBefore { what, day: first }, true);
            }
            Bound::End => {
                add(ZERO, end, high, Step::NotAfter { what: what.clone(), day: last }, true);
                add(end, ZERO, -low, Step::Lasted { what, until: first }, true);
            }
            Bound::During => {
                add(ZERO, start, high, Step::Began { what: what.clone(), by: last }, false);
                add(end, ZERO, -low, Step::Lasted { what, until: first }, false);
            }
        }
    }

    fn order(&mut self, (first, first_name): (&str, &str), (then, then_name): (&str, &str), at: ClaimRef) {
        if first == then {
            return;
        }
        let (first, then) = (self.thing(first).0, self.thing(then).0);
        let step = Step::Before { first: first_name.to_owned(), then: then_name.to_owned() };
        self.edges.push(Edge {
            from: then,
            to: first,
            tenths: -1,
            origin: Origin::Claim(at),
            step: Some(step),
            via: None,
            is_plain: false,
        });
    }

    fn conflicts(&self, sources: &[Source<'_>]) -> Vec<Conflict> {
        let mut at_node: Vec<Vec<&Edge>> = vec![Vec::new(); self.numbers.len() + 1];
        for edge in &self.edges {
            at_node[if edge.from == ZERO { edge.to } else { edge.from }].push(edge);
        }
        let mut found = Vec::new();
        for nodes in self.components() {
            let mut edges: Vec<&Edge> =
                nodes.iter().flat_map(|node| at_node[*node].iter().copied()).collect();
            // Beginnings and ends that nobody bounds but by themselves cannot be out of order with anything else.
            if nodes.len() > MOST_NODES || edges.iter().all(|edge| edge.is_plain) {
                continue;
            }
            for _ in 0..MOST_CYCLES {
                let Some(cycle) = shortest_cycle(&nodes, &edges) else { break };
                // What is taken out is the last claim of the cycle, so that the search ends.
                let Some(last) = cycle.iter().rev().find_map(|edge| claim_of(edge)) else { break };
                found.extend(conflict(&cycle, sources));
                edges.retain(|edge| claim_of(edge) != Some(last));
            }
        }
        found
    }

    /// The nodes that hang together without the calendar, each group sorted.
    fn components(&self) -> Vec<Vec<usize>> {
        let n_nodes = self.numbers.len() + 1;
        let mut root: Vec<usize> = (0..n_nodes).collect();
        let find = |root: &mut [usize], mut node: usize| {
            while root[node] != node {
                root[node] = root[root[node]];
                node = root[node];
            }
            node
        };
        for edge in self.edges.iter().filter(|edge| edge.from != ZERO && edge.to != ZERO) {
            let (a, b) = (find(&mut root, edge.from), find(&mut root, edge.to));
            root[a.max(b)] = a.min(b);
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for node in 1..n_nodes {
            groups.entry(find(&mut root, node)).or_default().push(node);
        }
        groups.into_values().collect()
    }
}

fn claim_of(edge: &Edge) -> Option<ClaimRef> {
    match edge.origin {
        Origin::Claim(at) => Some(at),
        _ => None,
    }
}

/// The cycle of negative weight with the fewest edges, those that articles say before those that are known. Walks of each
/// length are made longer by one edge at a time (Bellman 1958); time grows with nodes, edges and [`LONGEST_CYCLE`].
fn shortest_cycle<'e>(nodes: &[usize], edges: &[&'e Edge]) -> Option<Vec<&'e Edge>> {
    let mut best: Option<Vec<&Edge>> = None;
    for &start in nodes {
        let limit = best.as_ref().map_or(LONGEST_CYCLE, |cycle| cycle.len() - 1);
        let mut walks: FxHashMap<usize, (i64, Vec<&Edge>)> = FxHashMap::default();
        walks.insert(start, (0, Vec::new()));
        for _ in 0..limit {
            let mut longer: FxHashMap<usize, (i64, Vec<&Edge>)> = FxHashMap::default();
            for edge in edges {
                let Some((days, walk)) = walks.get(&edge.from) else { continue };
                let days = days + edge.tenths;
                let is_known = |edge: &Edge| matches!(edge.origin, Origin::Fact(_));
                let is_better = longer.get(&edge.to).is_none_or(|(known, other)| {
                    days < *known
                        && !(is_known(edge) && other.last().is_some_and(|last| !is_known(last)) && *known < 0)
                });
                if is_better {
                    longer.insert(edge.to, (days, walk.iter().copied().chain([*edge]).collect()));
                }
            }
            walks = longer;
            let closed = walks
                .get(&start)
                .filter(|(days, cycle)| *days < 0 && cycle.iter().any(|edge| !edge.is_plain));
            if let Some((_, cycle)) = closed {
                best = Some(cycle.clone());
                break;
            }
        }
    }
    best
}

/// A cycle as a conflict; none where one rule compares its claims already.
fn conflict(cycle: &[&Edge], sources: &[Source<'_>]) -> Option<Conflict> {
    let claims: Vec<ClaimRef> = cycle.iter().filter_map(|edge| claim_of(edge)).collect();
    let claim = |at: ClaimRef| &sources[at.document].claims[at.claim];
    let about = cycle.iter().find(|edge| !edge.is_plain).and_then(|edge| claim_of(edge))?;
    let mut documents: Vec<usize> = claims.iter().map(|at| at.document).collect();
    documents.dedup();
    let facts = cycle.iter().filter_map(|edge| match edge.origin {
        Origin::Fact(fact) => Some(fact),
        _ => edge.via,
    });
    let mut sides: Vec<Side> = Vec::new();
    for at in claims.iter().copied() {
        if !sides.iter().any(|side| side.claims == [at]) {
            sides.push(Side::of(claim(at).value.clone(), at));
        }
    }
    for fact in facts {
        sides.push(Side { value: Value::YesNo(true), claims: Vec::new(), sources: 1, fact: Some(fact) });
    }
    Some(Conflict {
        rule: claim(about).rule,
        class: if claims.len() > 1 { Class::Timeline } else { Class::Fact },
        is_hedged: claims.iter().any(|at| claim(*at).certainty.is_hedged),
        steps: cycle.iter().filter_map(|edge| edge.step.clone()).collect(),
        sides,
    })
}

/// Days from the start of the calendar's year 0.
fn day_number(date: Date) -> i64 {
    Date::ZERO.until((jiff::Unit::Day, date)).map_or(0, |span| i64::from(span.get_days()))
}
