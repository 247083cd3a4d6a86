//! Shingles on their way into a join: a batch of texts, sorted into partitions of the hash space.

/// The most bits of a hash that choose its partition.
const MOST_BITS: u32 = 12;
/// Shingles of a partition on average, so that one fits into a core's own cache.
const PARTITION: usize = 1 << 13;
/// Bits of an entry that number the text within its batch.
pub(super) const TEXT_BITS: u32 = 16;
/// The part of an entry that numbers the text.
pub(super) const TEXT_MASK: u64 = (1 << TEXT_BITS) - 1;
/// Shingles after which a batch is full.
const FULL: usize = 1 << 20;

/// Into how many parts the hash space is divided: the same for all batches of a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partitions {
    /// Bits of a hash that choose its partition.
    bits: u32,
}

impl Partitions {
    /// As many as suit so many shingles.
    pub fn for_shingles(shingles: usize) -> Self {
        Self { bits: (shingles / PARTITION).max(1).ilog2().min(MOST_BITS) }
    }

    pub(super) fn count(self) -> usize {
        1 << self.bits
    }

    fn of(self, hash: u64) -> usize {
        (hash >> 1 >> (63 - self.bits)) as usize
    }
}

impl Default for Partitions {
    fn default() -> Self {
        Self { bits: MOST_BITS }
    }
}

/// The shingle sets of consecutive texts, by partition: 8 bytes a shingle.
///
/// An entry holds 48 bits of the hash beside those that chose the partition, so that up to 60 bits tell
/// shingles apart: at a million texts two sets of a hundred share one by mistake once in 10^14 pairs.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) entries: Vec<u64>,
    /// Where each partition ends in `entries`.
    pub(super) ends: Vec<u32>,
    /// How many shingles each text has.
    pub(super) sizes: Vec<u32>,
}

/// Collects the shingles of texts one after the other.
#[derive(Debug, Default)]
pub struct BatchBuilder {
    partitions: Partitions,
    hashes: Vec<u64>,
    ends: Vec<u32>,
}

impl BatchBuilder {
    /// A builder with room for so many shingles.
    pub fn new(partitions: Partitions, shingles: usize) -> Self {
        Self { partitions, hashes: Vec::with_capacity(shingles.min(FULL)), ends: Vec::new() }
    }

    /// Adds the next text by its shingles, in any order; repeats count once. Linear for texts of up to a
    /// few hundred shingles, O(n log n) beyond.
    pub fn push(&mut self, shingles: impl Iterator<Item = u64>) {
        let start = self.hashes.len();
        self.hashes.extend(shingles);
        let kept = start + distinct(&mut self.hashes[start..]);
        self.hashes.truncate(kept);
        self.ends.push(u32::try_from(kept).expect("a batch is closed before 2^32 shingles"));
    }

    /// Whether the batch must be closed before another text goes in.
    pub fn is_full(&self) -> bool {
        self.ends.len() == 1 << TEXT_BITS || self.hashes.len() >= FULL
    }

    /// Whether no text is in it.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Sorts what was collected into partitions. Linear.
    pub fn finish(self) -> Batch {
        let partition = |hash: u64| self.partitions.of(hash);
        let mut next = vec![0_u32; self.partitions.count()];
        self.hashes.iter().for_each(|&hash| next[partition(hash)] += 1);
        to_starts(&mut next);
        let mut entries = vec![0; self.hashes.len()];
        let (mut start, mut sizes) = (0, Vec::with_capacity(self.ends.len()));
        for (text, &end) in (0_u64..).zip(&self.ends) {
            for &hash in &self.hashes[start as usize..end as usize] {
                let slot = &mut next[partition(hash)];
                entries[*slot as usize] = (hash << self.partitions.bits) & !TEXT_MASK | text;
                *slot += 1;
            }
            sizes.push(end - start);
            start = end;
        }
        Batch { entries, ends: next, sizes }
    }
}

/// Turns the sizes of consecutive runs into their starts; gives the size of all (a counting sort's prefix sum).
pub(super) fn to_starts(sizes: &mut [u32]) -> u32 {
    sizes.iter_mut().fold(0, |total, size| total + std::mem::replace(size, total))
}

/// Bits of the filter that tells most elements of a small set to be new without a search.
const FILTER: usize = 4096;
/// The largest set that is searched element by element.
const SMALL: usize = 512;

/// Moves each different element to the front, and says how many there are.
fn distinct(elements: &mut [u64]) -> usize {
    let is_small = elements.len() <= SMALL;
    if !is_small {
        elements.sort_unstable();
    }
    let mut filter = [0_u64; FILTER / 64];
    let mut kept = 0;
    for at in 0..elements.len() {
        let element = elements[at];
        let is_new = if is_small {
            let (cell, bit) = ((element as usize / 64) % filter.len(), 1 << (element % 64));
            let is_new = filter[cell] & bit == 0 || !elements[..kept].contains(&element);
            filter[cell] |= bit;
            is_new
        } else {
            kept == 0 || elements[kept - 1] != element
        };
        if is_new {
            elements[kept] = element;
            kept += 1;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::distinct;
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn every_element_is_kept_once(few in vec(0_u64..50, 0..80), many in vec(0_u64..400, 500..700)) {
            for mut elements in [few, many] {
                let expected: BTreeSet<u64> = elements.iter().copied().collect();
                let kept = distinct(&mut elements);
                prop_assert_eq!(kept, expected.len());
                prop_assert_eq!(elements[..kept].iter().copied().collect::<BTreeSet<u64>>(), expected);
            }
        }
    }
}
