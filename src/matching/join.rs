//! All pairs of sets that share enough: a prefix-filter join.
//!
//! Shingles are ranked, the rarest first. If `x` and `y` share at least `k` of them, the `|x| - k + 1`
//! rarest of `x` and the `|y| - k + 1` rarest of `y` have one in common (Chaudhuri, Ganti, Kaushik 2006;
//! Bayardo, Ma, Srikant 2007). So only these prefixes are listed by rank, and pairs are formed within a
//! list, at the first rank that both have. A pair must pass the length filter, the positional filter
//! (Xiao, Wang, Lin, Yu 2008) and a bitmap test (Sandes, Teodoro, Melo 2017) before its shingles are
//! counted, with an early exit. More elaborate filters do not pay (Mann, Augsten, Bouros 2016). Exact:
//! nothing that meets the threshold is missed.
//!
//! Lists are made for one range of ranks after the other and read front to back, where a probe for each
//! set would meet memory in random order: at a million texts that is what a join spends its time on.

use super::batch::Batch;
use super::measure::{Measure, Overlap, Pair, Rarity};
use super::ranking::{Ranks, rank};
use super::sets::{Place, Sets};
use super::waves::{Entry, Waves};
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::cmp::Ordering;
use std::convert::Infallible;
use std::ops::Range;

/// Pairs of a list above which it is cut up: what is found between two calls stays in memory.
const LONG: usize = 1 << 16;
/// Members of a list up to which it is looked through before anything of them is fetched.
const SHORT: usize = 8;

/// The sets of a corpus, ready to be joined.
#[derive(Debug)]
pub struct Join {
    measure: Measure,
    sets: Sets,
    ranks: Ranks,
    rarity: Rarity,
    /// Shingles of each text, and those of them that are rare.
    sizes: Vec<(u32, u32)>,
}

impl Join {
    /// Ranks the shingles of all texts but those that are left out; `is_left_out` has a place for each text.
    pub fn new(batches: Vec<Batch>, is_left_out: &[bool], measure: Measure, rarity: Rarity) -> Self {
        let (ranked, ranks) = rank(batches, is_left_out);
        let rare = ranks.up_to(rarity.rare_texts);
        let sizes = ranked.iter().flat_map(|batch| batch.sets()).map(|(size, set)| {
            let common = set.len() - set.partition_point(|&rank| rank < rare);
            (size, size - common as u32)
        });
        let sizes = sizes.collect();
        Self { measure, sets: Sets::new(&ranked, measure), ranks, rarity, sizes }
    }

    /// How many different shingles a text has.
    pub fn size(&self, text: u32) -> u32 {
        self.sizes[text as usize].0
    }

    /// How many of them are rare.
    pub fn rare(&self, text: u32) -> u32 {
        self.sizes[text as usize].1
    }

    /// Hands on every pair that meets the measure, in an order that depends on the texts alone.
    ///
    /// Runs in parallel. Time grows with the pairs that share a rare shingle; beside the sets, memory
    /// holds the lists of some ranks at a time and the pairs found in a few of them.
    ///
    /// # Errors
    ///
    /// The first error of `each`, which ends the search.
    pub fn try_for_each<E>(&self, mut each: impl FnMut(&Pair) -> Result<(), E>) -> Result<(), E> {
        let waves = Waves::new(&self.sets, self.ranks.len(), |place| self.listed(place));
        for wave in waves.ranges() {
            let wave = waves.wave(&self.sets, wave, |place| self.listed(place));
            let buckets: Vec<usize> = (0..wave.len()).collect();
            for round in buckets.chunks((2 * rayon::current_num_threads()).max(8)) {
                let found: Vec<(Vec<Pair>, Vec<List>)> = round
                    .par_iter()
                    .with_max_len(1)
                    .map(|&bucket| self.of_bucket(wave.bucket(bucket)))
                    .collect();
                for (pairs, long) in &found {
                    pairs.iter().try_for_each(&mut each)?;
                    long.iter().try_for_each(|list| self.of_long_list(list, &mut each))?;
                }
            }
        }
        Ok(())
    }

    /// Every pair, sorted by place.
    pub fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        let collect = |pair: &Pair| -> Result<(), Infallible> {
            pairs.push(*pair);
            Ok(())
        };
        let Ok(()) = self.try_for_each(collect);
        pairs.sort_unstable();
        pairs
    }

    /// How many of a set's rarest shingles are listed. Of two sets by Jaccard the larger one has the longer
    /// prefix; the larger one by containment may meet the smaller at any of its shingles.
    fn listed(&self, place: u32) -> usize {
        let (set, size) = (self.sets.set(place), self.sets.place(place).size);
        let prefix = match self.measure {
            Measure::Jaccard(_) => (set.len() + 1).saturating_sub(self.measure.least_at_all(size) as usize),
            Measure::Containment(_) => set.len(),
        };
        let Some(most) = self.rarity.most_texts else { return prefix };
        let common = self.ranks.up_to(most);
        set[..prefix].partition_point(|&rank| rank < common)
    }

    /// The pairs of the lists of a bucket, and those lists that are too long to be done in one go.
    fn of_bucket(&self, entries: Vec<Entry>) -> (Vec<Pair>, Vec<List>) {
        let (mut pairs, mut long) = (Vec::new(), Vec::new());
        for entries in entries.chunk_by(|a, b| a.rank == b.rank).filter(|list| list.len() > 1) {
            if !self.is_worthwhile(entries) {
                continue;
            }
            let list = List::new(entries, &self.sets);
            if list.members.len().pow(2) > 2 * LONG {
                long.push(list);
            } else {
                self.of_list(&list, 0..list.members.len(), &mut pairs);
            }
        }
        (pairs, long)
    }

    /// Whether a list may hold a pair; most short ones are told by the places of the shingle alone.
    fn is_worthwhile(&self, entries: &[Entry]) -> bool {
        let may_meet = |x: &Entry, y: &Entry| {
            self.measure.may_meet(x.size, y.size) && x.rest.min(y.rest) >= self.measure.least(x.size, y.size)
        };
        entries.len() > SHORT
            || (1..entries.len()).any(|at| entries[..at].iter().any(|x| may_meet(x, &entries[at])))
    }

    fn of_long_list<E>(&self, list: &List, each: &mut impl FnMut(&Pair) -> Result<(), E>) -> Result<(), E> {
        let n = list.members.len();
        let step = (LONG / n).max(1);
        let starts: Vec<usize> = (0..n).step_by(step).collect();
        for round in starts.chunks(8 * rayon::current_num_threads()) {
            let rows = |&start: &usize| {
                let mut pairs = Vec::new();
                self.of_list(list, start..(start + step).min(n), &mut pairs);
                pairs
            };
            let found: Vec<Vec<Pair>> = round.par_iter().with_max_len(1).map(rows).collect();
            found.iter().flatten().try_for_each(&mut *each)?;
        }
        Ok(())
    }

    /// The pairs of some members of a list with all later ones, which are not smaller.
    fn of_list(&self, list: &List, smaller: Range<usize>, pairs: &mut Vec<Pair>) {
        for at in smaller {
            let x = &list.members[at];
            if x.rest < self.measure.least(x.info.size, x.info.size) {
                continue;
            }
            let (mut size, mut least) = (0, 0);
            for y in &list.members[at + 1..] {
                if y.info.size != size {
                    size = y.info.size;
                    if !self.measure.may_meet(x.info.size, size) {
                        break;
                    }
                    least = self.measure.least(x.info.size, size);
                }
                if x.rest.min(y.rest) >= least && bound(x, y) >= least {
                    pairs.extend(self.verify(x, y, least));
                }
            }
        }
    }

    /// Counts what two sets share, unless it is too little, or they already met in the list of a rarer shingle.
    fn verify(&self, x: &Member, y: &Member, least: u32) -> Option<Pair> {
        let before = |member: &Member| (member.info.shared - member.rest) as usize;
        let (one, two) = (self.sets.set(x.place), self.sets.set(y.place));
        let ((one_before, one), (two_before, two)) = (one.split_at(before(x)), two.split_at(before(y)));
        if meet(one_before, two_before) {
            return None;
        }
        let (shared, rare) = shared(one, two, least, self.ranks.up_to(self.rarity.rare_texts))?;
        let side = |member: &Member| (member.info.text, member.info.size);
        let ((a, m), (b, n)) = (side(x).min(side(y)), side(x).max(side(y)));
        Some(Pair { a, b, overlap: Overlap { shared, a: m, b: n }, rare })
    }
}

/// The sets that have one shingle in their prefix, the smallest first.
#[derive(Debug)]
struct List {
    members: Vec<Member>,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    place: u32,
    /// The elements of the set from the shingle of the list on.
    rest: u32,
    info: Place,
}

impl List {
    fn new(entries: &[Entry], sets: &Sets) -> Self {
        let member =
            |entry: &Entry| Member { place: entry.place, rest: entry.rest, info: *sets.place(entry.place) };
        Self { members: entries.iter().map(member).collect() }
    }
}

/// No more than this do two sets share, by their bitmaps.
fn bound(x: &Member, y: &Member) -> u32 {
    let lacking = |half: usize| (x.info.bitmap[half] & !y.info.bitmap[half]).count_ones();
    x.info.shared - lacking(0) - lacking(1)
}

/// Whether two sorted sets have an element in common.
fn meet(mut a: &[u32], mut b: &[u32]) -> bool {
    while let (Some((x, behind_x)), Some((y, behind_y))) = (a.split_first(), b.split_first()) {
        match x.cmp(y) {
            Ordering::Less => a = behind_x,
            Ordering::Greater => b = behind_y,
            Ordering::Equal => return true,
        }
    }
    false
}

/// The number of elements in both of two sorted sets, and of those below `rare`, unless it is below `least`.
fn shared(mut a: &[u32], mut b: &[u32], least: u32, rare: u32) -> Option<(u32, u32)> {
    let (mut count, mut n_rare) = (0, 0);
    while let (Some((x, behind_x)), Some((y, behind_y))) = (a.split_first(), b.split_first()) {
        if (count + a.len().min(b.len())) < least as usize {
            return None;
        }
        match x.cmp(y) {
            Ordering::Less => a = behind_x,
            Ordering::Greater => b = behind_y,
            Ordering::Equal => {
                count += 1;
                n_rare += u32::from(*x < rare);
                (a, b) = (behind_x, behind_y);
            }
        }
    }
    (count >= least as usize).then_some((count as u32, n_rare))
}

#[cfg(test)]
mod tests {
    use super::{Batch, Join, Measure, Overlap, Pair};
    use crate::matching::{BatchBuilder, Partitions, Rarity, Ratio};
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::{prop_assert_eq, proptest};
    use std::collections::BTreeSet;

    /// Small numbers as hashes, spread over the partitions.
    fn hash(element: u64) -> u64 {
        element.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn batches(sets: &[BTreeSet<u64>], per_batch: usize) -> Vec<Batch> {
        let partitions = Partitions::for_shingles(per_batch << 14);
        let batch = |sets: &[BTreeSet<u64>]| {
            let mut builder = BatchBuilder::new(partitions, 0);
            sets.iter()
                .for_each(|set| builder.push(set.iter().chain(set.first()).map(|&element| hash(element))));
            builder.finish()
        };
        sets.chunks(per_batch).map(batch).collect()
    }

    fn brute(sets: &[BTreeSet<u64>], measure: Measure) -> Vec<Pair> {
        let mut out = Vec::new();
        for a in 0..sets.len() {
            for b in a + 1..sets.len() {
                let shared = sets[a].intersection(&sets[b]).count() as u32;
                let overlap = Overlap { shared, a: sets[a].len() as u32, b: sets[b].len() as u32 };
                let is_enough = match measure {
                    Measure::Jaccard(ratio) => overlap.is_near(ratio),
                    Measure::Containment(ratio) => overlap.is_contained(ratio),
                };
                if shared > 0 && is_enough {
                    let texts = |element: &u64| sets.iter().filter(|set| set.contains(element)).count();
                    let rare =
                        sets[a].intersection(&sets[b]).filter(|element| texts(element) <= 2).count() as u32;
                    out.push(Pair { a: a as u32, b: b as u32, overlap, rare });
                }
            }
        }
        out
    }

    proptest! {
        /// Elements below 6 are in most sets, the others in few: heavy and light tokens.
        #[test]
        fn the_join_is_brute_force(
            heavy in vec(btree_set(0_u64..6, 0..6), 0..40),
            light in vec(btree_set(6_u64..60, 0..12), 40),
            tenths in 1_u32..=10,
            per_batch in 1_usize..40,
        ) {
            let sets: Vec<BTreeSet<u64>> = heavy.iter().zip(&light).map(|(a, b)| a | b).collect();
            let ratio: Ratio = format!("{}.{}", tenths / 10, tenths % 10).parse().expect("a ratio");
            for measure in [Measure::Jaccard(ratio), Measure::Containment(ratio)] {
                let join = Join::new(batches(&sets, per_batch), &vec![false; sets.len()], measure, Rarity::ALL);
                prop_assert_eq!(join.pairs(), brute(&sets, measure));
            }
        }

        #[test]
        fn what_only_many_share_forms_no_pair(sets in vec(btree_set(0_u64..12, 0..12), 0..30), most in 2_u32..6) {
            let measure = Measure::Containment(Ratio::HALF);
            let rarity = Rarity { rare_texts: 2, most_texts: Some(most) };
            let join = Join::new(batches(&sets, 9), &vec![false; sets.len()], measure, rarity);
            let texts = |element: &u64| sets.iter().filter(|set| set.contains(element)).count() as u32;
            let mut expected = brute(&sets, measure);
            expected.retain(|pair| {
                let (a, b) = (&sets[pair.a as usize], &sets[pair.b as usize]);
                a.intersection(b).any(|element| texts(element) <= most)
            });
            prop_assert_eq!(join.pairs(), expected);
        }

        #[test]
        fn texts_that_are_left_out_are_in_no_pair(
            sets in vec(btree_set(0_u64..12, 0..12), 0..30),
            left_out in vec(proptest::bool::ANY, 30),
        ) {
            let measure = Measure::Containment(Ratio::HALF);
            let join = Join::new(batches(&sets, 7), &left_out[..sets.len()], measure, Rarity::ALL);
            let kept = |at: usize| if left_out[at] { BTreeSet::new() } else { sets[at].clone() };
            let kept: Vec<BTreeSet<u64>> = (0..sets.len()).map(kept).collect();
            prop_assert_eq!(join.pairs(), brute(&kept, measure));
        }
    }
}
