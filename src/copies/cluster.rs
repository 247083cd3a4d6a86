//! Groups in which everyone is a copy of everyone: complete link around a medoid, never chains.

use crate::matching::Pair;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

/// Texts that are near copies of each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Their places, sorted.
    pub members: Vec<usize>,
}

/// Splits `0..n` into clusters of at least two.
///
/// The text with most near copies left is the medoid; its copies join it from the closest on,
/// as long as each is near to all that joined before. Ties go to the lower place, so the result
/// depends on the pairs alone. O(pairs · members).
pub fn clusters(n: usize, near: &[Pair]) -> Vec<Cluster> {
    let mut neighbors: FxHashMap<usize, Vec<&Pair>> = FxHashMap::default();
    for pair in near {
        neighbors.entry(pair.a as usize).or_default().push(pair);
        neighbors.entry(pair.b as usize).or_default().push(pair);
    }
    let linked: FxHashSet<(usize, usize)> =
        near.iter().map(|pair| (pair.a as usize, pair.b as usize)).collect();
    let mut medoids: Vec<usize> = (0..n).filter(|place| neighbors.contains_key(place)).collect();
    medoids.sort_by_key(|place| (Reverse(neighbors[place].len()), *place));
    let mut is_taken = vec![false; n];
    let mut out = Vec::new();
    for medoid in medoids {
        if is_taken[medoid] {
            continue;
        }
        let mut closest: Vec<(&Pair, usize)> = neighbors[&medoid]
            .iter()
            .map(|pair| (*pair, (pair.a + pair.b) as usize - medoid))
            .filter(|(_, other)| !is_taken[*other])
            .collect();
        closest.sort_by(|x, y| closer(x.0, y.0).then(x.1.cmp(&y.1)));
        let mut members = vec![medoid];
        for (_, other) in closest {
            if members.iter().all(|&member| linked.contains(&(member.min(other), member.max(other)))) {
                members.push(other);
            }
        }
        if members.len() > 1 {
            members.iter().for_each(|&member| is_taken[member] = true);
            members.sort_unstable();
            out.push(Cluster { members });
        }
    }
    out.sort_by(|x, y| x.members.cmp(&y.members));
    out
}

/// Orders pairs by falling Jaccard similarity, compared as fractions.
fn closer(x: &Pair, y: &Pair) -> std::cmp::Ordering {
    let left = x.overlap.shared as u128 * y.overlap.union() as u128;
    let right = y.overlap.shared as u128 * x.overlap.union() as u128;
    right.cmp(&left)
}

#[cfg(test)]
mod tests {
    use super::{Cluster, Pair, clusters};
    use crate::matching::Overlap;

    fn pair(a: u32, b: u32, shared: u32) -> Pair {
        Pair { a, b, overlap: Overlap { shared, a: 10, b: 10 }, rare: 0 }
    }

    #[test]
    fn a_chain_is_no_cluster() {
        let chain = [pair(0, 1, 8), pair(1, 2, 9), pair(2, 3, 8)];
        assert_eq!(clusters(4, &chain), [Cluster { members: vec![1, 2] }]);
    }

    #[test]
    fn a_clique_is() {
        let clique = [pair(0, 1, 8), pair(0, 2, 8), pair(1, 2, 8)];
        assert_eq!(clusters(5, &clique), [Cluster { members: vec![0, 1, 2] }]);
        assert_eq!(clusters(3, &[]), []);
    }
}
