//! Every shingle that stands in at least two texts gets a rank, the rarest first.
//!
//! The shingles of all batches are grouped partition by partition, each within a core's own cache; the
//! numbers are written back where the hashes stood, and each batch is then sorted by text again. No step
//! meets memory in random order, which is what costs most in counting shingles with a table.

use super::batch::{Batch, TEXT_BITS, TEXT_MASK, to_starts};
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};

/// Frequencies are told apart exactly up to here, and by powers of two beyond: any order is correct, and
/// what is common to dozens need not be sorted among itself.
pub(super) const EXACT: u32 = 64;
/// Classes of frequency.
const CLASSES: usize = EXACT as usize + 33;
/// An entry whose shingle stands in one text only.
const ALONE: u64 = u64::MAX;
/// The most bits of a hash within its partition by which shingles are sorted first.
const MOST_BUCKET_BITS: u32 = 11;
/// Shingles of a bucket on average.
const BUCKET: usize = 16;

/// The sets of consecutive texts as ranks, each sorted. What stands in one text only is counted in `sizes`
/// and stored nowhere.
#[derive(Debug)]
pub(super) struct RankedBatch {
    /// Where the ranks of each text end in `ranks`.
    pub(super) ends: Vec<u32>,
    pub(super) ranks: Vec<u32>,
    /// How many shingles each text has in all.
    pub(super) sizes: Vec<u32>,
}

impl RankedBatch {
    /// The size and the ranks of each text.
    pub(super) fn sets(&self) -> impl Iterator<Item = (u32, &[u32])> {
        let mut start = 0;
        self.sizes.iter().zip(&self.ends).map(move |(&size, &end)| {
            let start = std::mem::replace(&mut start, end);
            (size, &self.ranks[start as usize..end as usize])
        })
    }
}

/// How many shingles of a partition are in each class.
type Counts = Vec<u32>;

/// The ranks of all shingles.
#[derive(Debug)]
pub(super) struct Ranks {
    /// The first rank of each class of frequency, and behind them the number of ranks.
    starts: Vec<u32>,
}

impl Ranks {
    /// How many there are.
    pub(super) fn len(&self) -> u32 {
        self.starts[CLASSES]
    }

    /// The ranks below this are of shingles that stand in at most so many texts, up to [`EXACT`].
    pub(super) fn up_to(&self, frequency: u32) -> u32 {
        self.starts[frequency.min(EXACT) as usize + 1]
    }
}

/// Ranks all shingles but those of texts that are left out.
///
/// O(n log n) in the shingles of a partition; each takes 8 bytes until it is ranked, then 4.
pub(super) fn rank(mut batches: Vec<Batch>, is_left_out: &[bool]) -> (Vec<RankedBatch>, Ranks) {
    let firsts: Vec<usize> = batches
        .iter()
        .scan(0, |next, batch| Some(std::mem::replace(next, *next + batch.sizes.len())))
        .collect();
    let mut partitions: Vec<Vec<&mut [u64]>> = Vec::new();
    let n_partitions = batches.first().map_or(0, |batch| batch.ends.len());
    partitions.resize_with(n_partitions, || Vec::with_capacity(firsts.len()));
    for batch in &mut batches {
        let (mut rest, mut start) = (batch.entries.as_mut_slice(), 0);
        for (partition, &end) in partitions.iter_mut().zip(&batch.ends) {
            let (entries, behind) = rest.split_at_mut((end - start) as usize);
            partition.push(entries);
            (rest, start) = (behind, end);
        }
    }
    let counts: Vec<Counts> =
        partitions.into_par_iter().map(|entries| number(entries, &firsts, is_left_out)).collect();
    let (offsets, ranks) = offsets(&counts);
    let ranked = batches.into_par_iter().with_max_len(1).map(|batch| by_text(batch, &offsets)).collect();
    (ranked, ranks)
}

/// Numbers the shared shingles of one partition, those of a rarer class first. The number and its class
/// take the place of the hash in each entry.
fn number(partition: Vec<&mut [u64]>, firsts: &[usize], is_left_out: &[bool]) -> Counts {
    match partition.iter().map(|entries| entries.len()).sum::<usize>() {
        0 => vec![0; CLASSES],
        // Eight bytes are sorted twice as fast as sixteen.
        n if n <= 1 << u16::BITS => number_rows::<u64>(partition, firsts, is_left_out),
        _ => number_rows::<(u64, u32)>(partition, firsts, is_left_out),
    }
}

/// The hash of an entry and its place in the partition, as they are sorted.
trait Row: Copy + Default + Ord {
    fn new(hash: u64, slot: u32) -> Self;
    fn hash(self) -> u64;
    fn slot(self) -> usize;
}

impl Row for u64 {
    fn new(hash: u64, slot: u32) -> Self {
        hash << u16::BITS | Self::from(slot)
    }
    fn hash(self) -> u64 {
        self >> u16::BITS
    }
    fn slot(self) -> usize {
        (self & 0xffff) as usize
    }
}

impl Row for (u64, u32) {
    fn new(hash: u64, slot: u32) -> Self {
        (hash, slot)
    }
    fn hash(self) -> u64 {
        self.0
    }
    fn slot(self) -> usize {
        self.1 as usize
    }
}

fn number_rows<R: Row>(mut partition: Vec<&mut [u64]>, firsts: &[usize], is_left_out: &[bool]) -> Counts {
    let rows: Vec<R> = sorted(&partition, firsts, is_left_out);
    let shared = || rows.chunk_by(|a, b| a.hash() == b.hash()).filter(|same| same.len() > 1);
    let mut counts = vec![0; CLASSES];
    shared().for_each(|same| counts[class(same.len())] += 1);
    let mut next = counts.clone();
    to_starts(&mut next);
    let n: usize = partition.iter().map(|entries| entries.len()).sum();
    let mut numbers = vec![ALONE; n];
    for same in shared() {
        let class = class(same.len());
        let number = (class as u64) << 32 | u64::from(next[class]);
        next[class] += 1;
        same.iter().for_each(|row| numbers[row.slot()] = number);
    }
    let entries = partition.iter_mut().flat_map(|entries| entries.iter_mut());
    for (entry, number) in entries.zip(numbers) {
        *entry = if number == ALONE { ALONE } else { number << TEXT_BITS | *entry & TEXT_MASK };
    }
    counts
}

/// The rows of a partition but for texts that are left out, sorted by hash.
fn sorted<R: Row>(partition: &[&mut [u64]], firsts: &[usize], is_left_out: &[bool]) -> Vec<R> {
    // One pass by the first bits, then many small sorts.
    let n: usize = partition.iter().map(|entries| entries.len()).sum();
    let bits = (n / BUCKET).max(1).ilog2().min(MOST_BUCKET_BITS);
    let bucket = |entry: u64| (entry >> 1 >> (63 - bits)) as usize;
    let mut next = vec![0_u32; 1 << bits];
    let kept = |first: usize, entry: u64| !is_left_out[first + (entry & TEXT_MASK) as usize];
    for (entries, &first) in partition.iter().zip(firsts) {
        entries.iter().filter(|entry| kept(first, **entry)).for_each(|&entry| next[bucket(entry)] += 1);
    }
    let total = to_starts(&mut next);
    let mut out = vec![R::default(); total as usize];
    let mut slot = 0;
    for (entries, &first) in partition.iter().zip(firsts) {
        for &entry in entries.iter() {
            if kept(first, entry) {
                let at = &mut next[bucket(entry)];
                out[*at as usize] = R::new(entry >> TEXT_BITS, slot);
                *at += 1;
            }
            slot += 1;
        }
    }
    let mut start = 0;
    for end in next {
        out[start..end as usize].sort_unstable();
        start = end as usize;
    }
    out
}

fn class(frequency: usize) -> usize {
    let frequency = frequency as u32;
    (if frequency <= EXACT { frequency } else { EXACT + (frequency / EXACT).ilog2() + 1 }) as usize
}

/// What to add to a number of each partition and class to get its rank.
fn offsets(counts: &[Counts]) -> (Vec<Vec<u32>>, Ranks) {
    let mut offsets = vec![vec![0_u32; CLASSES]; counts.len()];
    let mut before = vec![0_u32; counts.len()];
    let (mut rank, mut starts) = (0_u32, Vec::with_capacity(CLASSES + 1));
    for class in 0..CLASSES {
        starts.push(rank);
        for (partition, counts) in counts.iter().enumerate() {
            offsets[partition][class] = rank.wrapping_sub(before[partition]);
            before[partition] += counts[class];
            rank += counts[class];
        }
    }
    starts.push(rank);
    (offsets, Ranks { starts })
}

/// Sorts the ranks of a batch by text.
fn by_text(batch: Batch, offsets: &[Vec<u32>]) -> RankedBatch {
    let mut next = vec![0_u32; batch.sizes.len()];
    let shared = |entry: &&u64| **entry != ALONE;
    batch.entries.iter().filter(shared).for_each(|entry| next[(entry & TEXT_MASK) as usize] += 1);
    let total = to_starts(&mut next);
    let mut ranks = vec![0; total as usize];
    let mut start = 0;
    for (&end, offsets) in batch.ends.iter().zip(offsets) {
        for &entry in batch.entries[start as usize..end as usize].iter().filter(shared) {
            let (class, number) = ((entry >> (32 + TEXT_BITS)) as usize, (entry >> TEXT_BITS) as u32);
            let slot = &mut next[(entry & TEXT_MASK) as usize];
            ranks[*slot as usize] = number.wrapping_add(offsets[class]);
            *slot += 1;
        }
        start = end;
    }
    let mut start = 0;
    for &end in &next {
        ranks[start..end as usize].sort_unstable();
        start = end as usize;
    }
    RankedBatch { ends: next, ranks, sizes: batch.sizes }
}
