//! Texts of the same words: they are compared once, by the first of them.

use crate::fingerprint::Print;
use rayon::slice::ParallelSliceMut;

/// Texts by their prints.
#[derive(Debug, Default)]
pub struct Twins {
    /// For each text the first with the same words.
    leader: Vec<u32>,
    /// All texts, those of the same words together and ascending.
    sorted: Vec<u32>,
    /// For each leader where its group is in `sorted`; empty for the others.
    groups: Vec<(u32, u32)>,
}

impl Twins {
    /// Groups texts. O(n log n).
    pub fn new(prints: &[Print]) -> Self {
        // The digests are sorted beside their texts: looking each up would meet memory in random order.
        let mut rows: Vec<(u128, u32)> = prints.iter().map(|print| print.digest).zip(0..).collect();
        rows.par_sort_unstable();
        let sorted: Vec<u32> = rows.into_iter().map(|(_, text)| text).collect();
        let (mut leader, mut groups) = (vec![0; prints.len()], vec![(0, 0); prints.len()]);
        let mut start = 0;
        for same in sorted.chunk_by(|&a, &b| prints[a as usize] == prints[b as usize]) {
            let end = start + same.len() as u32;
            groups[same[0] as usize] = (start, end);
            same.iter().for_each(|&text| leader[text as usize] = same[0]);
            start = end;
        }
        Self { leader, sorted, groups }
    }

    /// The first text with the same words.
    pub fn leader(&self, text: u32) -> u32 {
        self.leader[text as usize]
    }

    /// Whether it is the first of its words.
    pub fn is_leader(&self, text: u32) -> bool {
        self.leader(text) == text
    }

    /// All texts with the words of a leader, ascending; none for a text that is no leader.
    pub fn of(&self, leader: u32) -> &[u32] {
        let (start, end) = self.groups[leader as usize];
        &self.sorted[start as usize..end as usize]
    }

    /// All groups, in the order of their leaders.
    pub fn groups(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.leader.len() as u32).filter(|&text| self.is_leader(text)).map(|leader| self.of(leader))
    }
}

#[cfg(test)]
mod tests {
    use super::Twins;
    use crate::fingerprint::{Print, word_hashes};

    #[test]
    fn the_same_words_are_one_group() {
        let prints: Vec<Print> =
            ["b c", "a", "B, c!", "", "a"].iter().map(|text| Print::of(&word_hashes(text))).collect();
        let twins = Twins::new(&prints);
        let groups: Vec<&[u32]> = twins.groups().collect();
        assert_eq!(groups, [&[0, 2][..], &[1, 4], &[3]]);
        assert_eq!((twins.leader(4), twins.is_leader(2), twins.of(2).len()), (1, false, 0));
    }
}
