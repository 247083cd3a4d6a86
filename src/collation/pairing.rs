//! Which blocks of one text became which of another.
//!
//! Blocks that are the same are pinned by the longest common sequence (Myers 1986); those left over correspond where they
//! share pairs of words and most of the shorter one stands in the other in order. Several of one text may become one of the
//! other. What is then out of the ascending sequence with most words was moved.

use crate::fingerprint::word_hashes;
use crate::matching::align;
use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is the same.
    Same,
    /// Words of it are others.
    Edited,
    /// Several became one.
    Merged,
    /// One became several.
    Split,
}

impl Fate {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Edited => "edited",
            Self::Merged => "merged",
            Self::Split => "split",
        }
    }
}

/// Blocks of one text and what they became; one side is empty where they came or went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
    pub(super) is_same: bool,
    pub(super) is_moved: bool,
}

impl Group {
    fn new(a: Range<usize>, b: Range<usize>) -> Self {
        Self { a, b, is_same: false, is_moved: false }
    }

    /// What became of the first side; nothing where one side is empty.
    pub(super) fn fate(&self) -> Option<Fate> {
        match (self.is_same, self.a.len(), self.b.len()) {
            (_, 0, _) | (_, _, 0) => None,
            (true, ..) => Some(Fate::Same),
            (_, 1, 1) => Some(Fate::Edited),
            (_, _, 1) => Some(Fate::Merged),
            _ => Some(Fate::Split),
        }
    }
}

/// A pair of blocks that could correspond.
struct Edge {
    a: usize,
    b: usize,
    /// Words of both, in order.
    shared: usize,
    /// Whether most of either stands in the other.
    is_of_a: bool,
    is_of_b: bool,
}

/// Blocks of one pair of words beyond which it tells nothing.
const COMMON: usize = 64;
/// Partners of one block that are looked at, those with the most pairs of words first.
const TRIED: usize = 8;
/// Least part of a block, in hundredths, that stands in another for it to be a part of that.
const PART: usize = 60;
/// Least part of the shorter block, in hundredths: of words in order, and of pairs of words.
const WORDS: usize = 50;
/// The same for blocks of few words, as lists and tables have, whose entries are alike.
const FEW: usize = 12;
const WORDS_OF_FEW: usize = 60;
const BIGRAMS: usize = 25;
/// And where nothing else stands in their place.
const WORDS_OF_LEFT: usize = 40;

/// Pairs the blocks of two texts; every block is in one group, and groups come in the order of `b`, with what went behind
/// what stood before it.
pub(super) fn groups(a: &[String], b: &[String]) -> Vec<Group> {
    let (mut of_a, mut of_b): (Vec<Option<usize>>, Vec<Option<usize>>) =
        (vec![None; a.len()], vec![None; b.len()]);
    let mut groups: Vec<Group> = Vec::new();
    for (one, two) in same(a, b) {
        (of_a[one], of_b[two]) = (Some(groups.len()), Some(groups.len()));
        groups.push(Group { is_same: true, ..Group::new(one..one + 1, two..two + 1) });
    }
    for edge in edges(a, b, &of_a, &of_b) {
        let (one, two) = (edge.a, edge.b);
        match (of_a[one], of_b[two]) {
            (None, None) => {
                (of_a[one], of_b[two]) = (Some(groups.len()), Some(groups.len()));
                groups.push(Group::new(one..one + 1, two..two + 1));
            }
            (None, Some(group))
                if edge.is_of_a && groups[group].b.len() == 1 && grow(&mut groups[group].a, one) =>
            {
                of_a[one] = Some(group);
            }
            (Some(group), None)
                if edge.is_of_b && groups[group].a.len() == 1 && grow(&mut groups[group].b, two) =>
            {
                of_b[two] = Some(group);
            }
            _ => {}
        }
    }
    pair_left(a, b, &mut groups, &mut of_a, &mut of_b);
    mark_moved(&mut groups, a);
    in_order(groups, &of_a, &of_b)
}

/// Two blocks that are left alone between the same neighbors became each other, where they share some words.
fn pair_left(
    a: &[String],
    b: &[String],
    groups: &mut Vec<Group>,
    of_a: &mut [Option<usize>],
    of_b: &mut [Option<usize>],
) {
    let before = |of: &[Option<usize>], at: usize| at.checked_sub(1).map(|at| of[at]);
    let behind = |of: &[Option<usize>], at: usize| of.get(at + 1).copied();
    // Neighbors are groups, or the ends of both texts; never blocks that are left themselves.
    let are_alike = |one: Option<Option<usize>>, two: Option<Option<usize>>| one == two && one != Some(None);
    let left: Vec<usize> = (0..b.len()).filter(|&at| of_b[at].is_none()).collect();
    let mut next = 0;
    for one in (0..a.len()).filter(|&at| of_a[at].is_none()).collect::<Vec<_>>() {
        let is_met = |&&two: &&usize| {
            are_alike(before(of_a, one), before(of_b, two)) && are_alike(behind(of_a, one), behind(of_b, two))
        };
        let Some(place) = left[next..].iter().position(|two| is_met(&two)) else { continue };
        let two = left[next + place];
        next += place + 1;
        let (x, y) = (word_hashes(&a[one]), word_hashes(&b[two]));
        let shared = align(&x, &y).shared();
        if shared > 0 && shared * 100 >= x.len().min(y.len()) * WORDS_OF_LEFT {
            (of_a[one], of_b[two]) = (Some(groups.len()), Some(groups.len()));
            groups.push(Group::new(one..one + 1, two..two + 1));
        }
    }
}

/// Takes a neighbor into a run.
fn grow(run: &mut Range<usize>, at: usize) -> bool {
    if at + 1 == run.start {
        run.start = at;
    } else if at == run.end {
        run.end += 1;
    } else {
        return false;
    }
    true
}

/// Blocks that are the same: in order, and then what is left wherever it stands.
fn same(a: &[String], b: &[String]) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for op in
        capture_diff_slices(Algorithm::Patience, a, b).into_iter().filter(|op| op.tag() == DiffTag::Equal)
    {
        pairs.extend(op.old_range().zip(op.new_range()));
    }
    let (mut is_met_a, mut is_met_b) = (vec![false; a.len()], vec![false; b.len()]);
    pairs.iter().for_each(|&(one, two)| (is_met_a[one], is_met_b[two]) = (true, true));
    let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for at in (0..b.len()).rev().filter(|&at| !is_met_b[at]) {
        places.entry(&b[at]).or_default().push(at);
    }
    for at in (0..a.len()).filter(|&at| !is_met_a[at]) {
        let place = places.get_mut(a[at].as_str()).and_then(Vec::pop);
        pairs.extend(place.map(|place| (at, place)));
    }
    pairs
}

/// Pairs of blocks that share enough, the best first.
fn edges(a: &[String], b: &[String], of_a: &[Option<usize>], of_b: &[Option<usize>]) -> Vec<Edge> {
    let words = |text: &String| word_hashes(text);
    let (one, two): (Vec<Vec<u64>>, Vec<Vec<u64>>) =
        (a.iter().map(words).collect(), b.iter().map(words).collect());
    let mut places: FxHashMap<(u64, u64), Vec<usize>> = FxHashMap::default();
    for at in (0..b.len()).filter(|&at| of_b[at].is_none()) {
        for pair in bigrams(&two[at]) {
            places.entry(pair).or_default().push(at);
        }
    }
    let mut edges = Vec::new();
    for at in (0..a.len()).filter(|&at| of_a[at].is_none()) {
        let own = bigrams(&one[at]);
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        for places in own.iter().filter_map(|pair| places.get(pair)).filter(|places| places.len() <= COMMON) {
            places.iter().for_each(|place| *counts.entry(*place).or_default() += 1);
        }
        let mut partners: Vec<(usize, usize)> = counts.into_iter().collect();
        partners.sort_unstable_by_key(|&(place, count)| (Reverse(count), place.abs_diff(at), place));
        for (place, count) in partners.into_iter().take(TRIED) {
            let (x, y) = (&one[at], &two[place]);
            let shared = align(x, y).shared();
            let shorter = x.len().min(y.len());
            let pairs = own.len().min(y.len().saturating_sub(1)).max(1);
            let least = if shorter < FEW { WORDS_OF_FEW } else { WORDS };
            if shared * 100 >= shorter * least && count * 100 >= pairs * BIGRAMS {
                let is_part = |length: usize| shared * 100 >= length * PART;
                edges.push(Edge {
                    a: at,
                    b: place,
                    shared,
                    is_of_a: is_part(x.len()),
                    is_of_b: is_part(y.len()),
                });
            }
        }
    }
    edges.sort_unstable_by_key(|edge| (Reverse(edge.shared), edge.a.abs_diff(edge.b), edge.a, edge.b));
    edges
}

/// Pairs of words that follow each other, each once; a lone word pairs with nothing.
fn bigrams(words: &[u64]) -> Vec<(u64, u64)> {
    let mut all: Vec<(u64, u64)> = match words {
        [word] => vec![(*word, 0)],
        _ => words.windows(2).map(|pair| (pair[0], pair[1])).collect(),
    };
    all.sort_unstable();
    all.dedup();
    all
}

/// What is out of the heaviest ascending sequence, by words of the first text, was moved. O(n log n).
fn mark_moved(groups: &mut [Group], a: &[String]) {
    let weight = |group: &Group| group.a.clone().map(|at| a[at].len() + 1).sum::<usize>();
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_unstable_by_key(|&at| groups[at].a.start);
    let mut before: Vec<Option<usize>> = vec![None; groups.len()];
    // By its last place in `b` the heaviest sequence that ends there; both grow.
    let mut ends: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for at in order {
        let place = groups[at].b.start;
        let known = ends.range(..place).next_back().map(|(_, known)| *known);
        before[at] = known.map(|(_, last)| last);
        let total = known.map_or(0, |(total, _)| total) + weight(&groups[at]);
        let lighter: Vec<usize> = ends
            .range(place..)
            .take_while(|(_, (other, _))| *other <= total)
            .map(|(place, _)| *place)
            .collect();
        lighter.iter().for_each(|place| _ = ends.remove(place));
        if ends.range(..=place).next_back().is_none_or(|(_, (other, _))| *other < total) {
            ends.insert(place, (total, at));
        }
    }
    let mut next = ends.values().next_back().map(|(_, last)| *last);
    groups.iter_mut().for_each(|group| group.is_moved = true);
    while let Some(at) = next {
        groups[at].is_moved = false;
        next = before[at];
    }
}

/// All groups in the order of `b`; what went stands behind what stood before it in `a`.
fn in_order(groups: Vec<Group>, of_a: &[Option<usize>], of_b: &[Option<usize>]) -> Vec<Group> {
    // What went, by the group behind which it goes; at the start behind none.
    let mut gone: FxHashMap<Option<usize>, Vec<Group>> = FxHashMap::default();
    let mut before = None;
    for (at, group) in of_a.iter().enumerate() {
        match group {
            Some(group) if !groups[*group].is_moved => before = Some(*group),
            Some(_) => {}
            None => gone.entry(before).or_default().push(Group::new(at..at + 1, 0..0)),
        }
    }
    let mut out = gone.remove(&None).unwrap_or_default();
    for (at, group) in of_b.iter().enumerate() {
        match group {
            None => out.push(Group::new(0..0, at..at + 1)),
            Some(group) if groups[*group].b.start == at => {
                out.push(groups[*group].clone());
                out.extend(gone.remove(&Some(*group)).unwrap_or_default());
            }
            Some(_) => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::groups;
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    const ONE: &str = "The council voted on Monday to close the old bridge for two years of repairs.";
    const TWO: &str = "Drivers will have to use the tunnel, which was opened in the spring of last year.";
    const THREE: &str = "The mayor said that the work could not wait any longer and would start in June.";
    const FOUR: &str = "Shops on the east bank fear for their trade while the crossing is closed.";

    fn check(a: &[&str], b: &[&str], expected: &str) {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let shown: Vec<String> = groups(&owned(a), &owned(b))
            .iter()
            .map(|group| {
                let kind = group
                    .fate()
                    .map_or(if group.a.is_empty() { "added" } else { "removed" }, super::Fate::name);
                format!("{kind}{}", if group.is_moved { " moved" } else { "" })
            })
            .collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn every_fate() {
        let both = format!("{ONE} {TWO}");
        let edited = ONE.replace("two years", "three years");
        check(&[ONE, TWO], &[ONE, TWO], "same, same");
        check(&[ONE, TWO], &[&edited, TWO], "edited, same");
        check(&[ONE, TWO, THREE], &[ONE, THREE], "same, removed, same");
        check(&[ONE, THREE], &[ONE, TWO, THREE], "same, added, same");
        check(&[ONE, TWO, THREE], &[&both, THREE], "merged, same");
        check(&[&both, THREE], &[ONE, TWO, THREE], "split, same");
        check(&[ONE, TWO, THREE, FOUR], &[TWO, THREE, FOUR, ONE], "same, same, same, same moved");
        check(&[ONE, TWO, THREE, FOUR], &[TWO, THREE, FOUR, &edited], "same, same, same, edited moved");
        // What has more words stays, the other was moved.
        check(&[ONE, TWO, THREE], &[THREE, &both], "same moved, merged");
        check(&[ONE, "Kiel 80", TWO], &[ONE, "Kiel 90", TWO], "same, edited, same");
        check(&[ONE, "Yes.", TWO], &[ONE, "No.", TWO], "same, removed, added, same");
        let days = [
            "Monday: rain, 12 degrees and wind.",
            "Tuesday: rain, 14 degrees and wind.",
            "Wednesday: sun, 15 degrees.",
        ];
        check(
            &days,
            &[days[1], days[2], "Thursday: sun, 18 degrees and wind."],
            "removed, same, same, added",
        );
        check(&[], &[], "");
        check(&[], &[ONE], "added");
    }

    #[test]
    fn a_text_that_stands_twice_is_met_twice() {
        check(&[ONE, TWO, ONE], &[ONE, TWO, ONE], "same, same, same");
        check(&[ONE, ONE], &[ONE], "same, removed");
        check(&[ONE], &[ONE, ONE], "same, added");
    }

    proptest! {
        /// Every block of either text is in one group.
        #[test]
        fn nothing_is_lost(a in vec("[ab]( [ab]){0,5}", 0..9), b in vec("[ab]( [ab]){0,5}", 0..9)) {
            let groups = groups(&a, &b);
            let mut of_a: Vec<usize> = groups.iter().flat_map(|group| group.a.clone()).collect();
            of_a.sort_unstable();
            prop_assert_eq!(of_a, (0..a.len()).collect::<Vec<_>>());
            let of_b: Vec<usize> = groups.iter().flat_map(|group| group.b.clone()).collect();
            prop_assert_eq!(of_b, (0..b.len()).collect::<Vec<_>>());
        }
    }
}
