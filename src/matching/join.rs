//! All pairs of sets that share enough: a prefix-filter join.
//!
//! If `x` is the smaller of two sets that share at least `k` elements, one of the `|x| - k + 1`
//! rarest elements of `x` is in the other (Chaudhuri, Ganti, Kaushik 2006; Bayardo, Ma, Srikant
//! 2007). Sets are indexed whole from the largest down; each probes with its rarest elements only,
//! and every candidate is verified by counting. Exact: nothing that meets a threshold is missed.

use super::Ratio;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashMap;
use std::cmp::{Ordering, Reverse};

/// How much two sets share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Elements in both.
    pub shared: usize,
    /// Elements of the first.
    pub a: usize,
    /// Elements of the second.
    pub b: usize,
}

impl Overlap {
    /// Elements in either.
    pub fn union(self) -> usize {
        self.a + self.b - self.shared
    }

    /// Whether the Jaccard similarity meets the threshold.
    pub fn is_near(self, jaccard: Ratio) -> bool {
        jaccard.is_met(self.shared, self.union())
    }

    /// Whether the share of the smaller set meets the threshold.
    pub fn is_contained(self, containment: Ratio) -> bool {
        containment.is_met(self.shared, self.a.min(self.b))
    }
}

/// Two sets, by their places, that share enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The earlier place.
    pub a: usize,
    /// The later place.
    pub b: usize,
    /// How much they share.
    pub overlap: Overlap,
}

/// Every pair of non-empty sets that meets either threshold, sorted by place.
///
/// Sets are sorted and without repeats. Time grows with the postings of rare elements, memory
/// with the sum of the sets.
pub fn join(sets: &[&[u64]], jaccard: Ratio, containment: Ratio) -> Vec<Pair> {
    let index = Index::new(sets);
    let threshold = jaccard.min(containment);
    let mut pairs: Vec<Pair> = (0..index.order.len())
        .into_par_iter()
        .flat_map_iter(|rank| index.probe(rank, threshold))
        .map(|(x, y)| {
            let (a, b) = (x.min(y), x.max(y));
            Pair {
                a,
                b,
                overlap: Overlap { shared: shared(sets[a], sets[b]), a: sets[a].len(), b: sets[b].len() },
            }
        })
        .filter(|pair| pair.overlap.is_near(jaccard) || pair.overlap.is_contained(containment))
        .collect();
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// The sets from the largest down, and for each element the ranks of the sets that hold it.
struct Index<'a> {
    sets: &'a [&'a [u64]],
    order: Vec<usize>,
    postings: FxHashMap<u64, Vec<u32>>,
}

impl<'a> Index<'a> {
    fn new(sets: &'a [&'a [u64]]) -> Self {
        let mut order: Vec<usize> = (0..sets.len()).filter(|&place| !sets[place].is_empty()).collect();
        order.sort_unstable_by_key(|&place| (Reverse(sets[place].len()), place));
        let mut postings: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (rank, &place) in order.iter().enumerate() {
            for &element in sets[place] {
                postings
                    .entry(element)
                    .or_default()
                    .push(u32::try_from(rank).expect("fewer than 2^32 blocks fit in memory"));
            }
        }
        // An element of one set only can be shared by nobody.
        postings.retain(|_, ranks| ranks.len() > 1);
        Self { sets, order, postings }
    }

    /// Candidates among the sets that are at least as large, each once.
    fn probe(&self, rank: usize, threshold: Ratio) -> Vec<(usize, usize)> {
        let set = self.sets[self.order[rank]];
        let prefix = set.len() - threshold.least(set.len()).max(1) + 1;
        let mut rare: Vec<(usize, u64)> =
            set.iter().map(|element| (self.postings.get(element).map_or(0, Vec::len), *element)).collect();
        rare.sort_unstable();
        let mut candidates: Vec<u32> = rare[..prefix]
            .iter()
            .filter_map(|(_, element)| self.postings.get(element))
            .flat_map(|ranks| ranks.iter().copied().take_while(|&other| (other as usize) < rank))
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        candidates.into_iter().map(|other| (self.order[rank], self.order[other as usize])).collect()
    }
}

/// The number of elements in both of two sorted sets.
fn shared(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                count += 1;
                i += 1;
                j += 1;
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{Overlap, Pair, Ratio, join, shared};
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::{prop_assert_eq, proptest};

    fn brute(sets: &[&[u64]], jaccard: Ratio, containment: Ratio) -> Vec<Pair> {
        let mut out = Vec::new();
        for a in 0..sets.len() {
            for b in a + 1..sets.len() {
                let overlap =
                    Overlap { shared: shared(sets[a], sets[b]), a: sets[a].len(), b: sets[b].len() };
                if overlap.shared > 0 && (overlap.is_near(jaccard) || overlap.is_contained(containment)) {
                    out.push(Pair { a, b, overlap });
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
            jaccard in 1_u32..=10,
            containment in 1_u32..=10,
        ) {
            let sets: Vec<Vec<u64>> = heavy.iter().zip(&light).map(|(a, b)| a.union(b).copied().collect()).collect();
            let sets: Vec<&[u64]> = sets.iter().map(Vec::as_slice).collect();
            let ratio = |tenths: u32| format!("{}.{}", tenths / 10, tenths % 10).parse::<Ratio>().expect("a ratio");
            let (jaccard, containment) = (ratio(jaccard), ratio(containment));
            prop_assert_eq!(join(&sets, jaccard, containment), brute(&sets, jaccard, containment));
        }
    }
}
