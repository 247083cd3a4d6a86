//! The prefixes of all sets, listed by rank, for one range of ranks after the other.

use super::batch::to_starts;
use super::sets::Sets;
use std::ops::Range;

/// Entries of a bucket on average: its lists are sorted in a core's own cache.
const BUCKET: usize = 1 << 13;
/// Entries of a wave at most, unless a single bucket has more.
const WAVE: usize = 1 << 22;

/// A set that has a shingle in its prefix.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) rank: u32,
    pub(super) place: u32,
    pub(super) size: u32,
    /// The elements of the set from this one on.
    pub(super) rest: u32,
}

/// How ranks are divided into buckets and buckets into waves.
#[derive(Debug)]
pub(super) struct Waves {
    /// Ranks in a bucket.
    width: u32,
    /// Entries of each bucket.
    counts: Vec<usize>,
}

/// The entries of some consecutive buckets.
#[derive(Debug)]
pub(super) struct Wave {
    width: u32,
    first: usize,
    len: usize,
    /// For each shelf of sets its entries by bucket, and where each bucket ends.
    shelves: Vec<(Vec<Entry>, Vec<u32>)>,
}

impl Waves {
    /// Counts what is listed. `listed` says how long the prefix of the set at a place is.
    pub(super) fn new(sets: &Sets, n_ranks: u32, listed: impl Fn(u32) -> usize + Sync) -> Self {
        let total: Vec<usize> = sets.map_shelves(|places| places.map(&listed).sum());
        let n_buckets = (total.iter().sum::<usize>() / BUCKET).clamp(1, 1 << 16);
        let width = n_ranks.div_ceil(n_buckets as u32).max(1);
        let count = |places: Range<u32>| {
            let mut counts = vec![0_u32; n_buckets];
            for place in places {
                let prefix = &sets.set(place)[..listed(place)];
                prefix.iter().for_each(|rank| counts[(rank / width) as usize] += 1);
            }
            counts
        };
        let mut counts = vec![0; n_buckets];
        for shelf in sets.map_shelves(count) {
            counts.iter_mut().zip(shelf).for_each(|(sum, count)| *sum += count as usize);
        }
        Self { width, counts }
    }

    /// The buckets of each wave.
    pub(super) fn ranges(&self) -> Vec<Range<usize>> {
        let (mut ranges, mut start, mut entries) = (Vec::new(), 0, 0);
        for (bucket, count) in self.counts.iter().enumerate() {
            if entries + count > WAVE && bucket > start {
                ranges.push(start..bucket);
                (start, entries) = (bucket, 0);
            }
            entries += count;
        }
        ranges.push(start..self.counts.len());
        ranges
    }

    /// Lists what falls into some buckets.
    pub(super) fn wave(
        &self,
        sets: &Sets,
        buckets: Range<usize>,
        listed: impl Fn(u32) -> usize + Sync,
    ) -> Wave {
        let (width, first, len) = (self.width, buckets.start, buckets.len());
        let ranks = first as u64 * u64::from(width)..buckets.end as u64 * u64::from(width);
        let of_shelf = |places: Range<u32>| {
            let inside = |place: u32| {
                let (set, size) = (sets.set(place), sets.place(place).size);
                let prefix = &set[..listed(place)];
                let start = prefix.partition_point(|&rank| u64::from(rank) < ranks.start);
                let end = prefix.partition_point(|&rank| u64::from(rank) < ranks.end);
                let rests = (1..=(set.len() - start) as u32).rev();
                prefix[start..end].iter().zip(rests).map(move |(&rank, rest)| Entry {
                    rank,
                    place,
                    size,
                    rest,
                })
            };
            by_bucket(places.flat_map(inside), len, |entry| (entry.rank / width) as usize - first)
        };
        Wave { width, first, len, shelves: sets.map_shelves(of_shelf) }
    }
}

/// Entries by bucket, in their order within each, and where each bucket ends.
fn by_bucket(
    entries: impl Iterator<Item = Entry>,
    buckets: usize,
    bucket: impl Fn(&Entry) -> usize,
) -> (Vec<Entry>, Vec<u32>) {
    let entries: Vec<Entry> = entries.collect();
    let mut next = vec![0_u32; buckets];
    entries.iter().for_each(|entry| next[bucket(entry)] += 1);
    to_starts(&mut next);
    let mut sorted = vec![Entry::default(); entries.len()];
    for entry in entries {
        let slot = &mut next[bucket(&entry)];
        sorted[*slot as usize] = entry;
        *slot += 1;
    }
    (sorted, next)
}

impl Wave {
    /// How many buckets there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The entries of a bucket by rank, those of one rank by place.
    pub(super) fn bucket(&self, bucket: usize) -> Vec<Entry> {
        let of_shelf = |(entries, ends): &'_ (Vec<Entry>, Vec<u32>)| {
            let start = bucket.checked_sub(1).map_or(0, |before| ends[before]);
            entries[start as usize..ends[bucket] as usize].to_vec()
        };
        let first_rank = (self.first + bucket) as u32 * self.width;
        let entries = self.shelves.iter().flat_map(of_shelf);
        by_bucket(entries, self.width as usize, |entry| (entry.rank - first_rank) as usize).0
    }
}
