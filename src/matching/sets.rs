//! The sets that take part in a join, the smallest first.

use super::measure::Measure;
use super::ranking::RankedBatch;
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSlice;

/// Sets in a shelf.
const SHELF: usize = 1 << 12;

/// Sets of ranks by place: sorted by size, then by text.
#[derive(Debug, Default)]
pub(super) struct Sets {
    shelves: Vec<Shelf>,
    len: usize,
}

/// The sets of consecutive places.
#[derive(Debug, Default)]
struct Shelf {
    ranks: Vec<u32>,
    places: Vec<Place>,
}

/// What is known of a set without looking into it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    /// The text it is of.
    pub(super) text: u32,
    /// How many shingles the text has.
    pub(super) size: u32,
    /// How many of them stand elsewhere too: the elements of the set.
    pub(super) shared: u32,
    /// The elements folded into 128 bits.
    pub(super) bitmap: [u64; 2],
    /// Where its elements end on its shelf.
    end: usize,
}

impl Sets {
    /// Takes the sets that can be in a pair.
    ///
    /// By Jaccard a set with too few shared shingles is in none. By containment it may still hold a smaller one.
    pub(super) fn new(batches: &[RankedBatch], measure: Measure) -> Self {
        let order = by_size(batches, measure);
        let shelve = |chunk: &[Origin]| {
            let mut shelf = Shelf::default();
            for &Origin { text, size, batch, start, end } in chunk {
                let set = &batches[batch as usize].ranks[start as usize..end as usize];
                shelf.ranks.extend_from_slice(set);
                let (shared, end) = (set.len() as u32, shelf.ranks.len());
                shelf.places.push(Place { text, size, shared, bitmap: bitmap(set), end });
            }
            shelf
        };
        Self { len: order.len(), shelves: order.par_chunks(SHELF).map(shelve).collect() }
    }

    /// What is known of the set at a place.
    pub(super) fn place(&self, place: u32) -> &Place {
        &self.shelves[place as usize / SHELF].places[place as usize % SHELF]
    }

    /// The set at a place: ranks, ascending.
    pub(super) fn set(&self, place: u32) -> &[u32] {
        let shelf = &self.shelves[place as usize / SHELF];
        let place = &shelf.places[place as usize % SHELF];
        &shelf.ranks[place.end - place.shared as usize..place.end]
    }

    /// Looks at runs of places in parallel.
    pub(super) fn map_shelves<T: Send>(&self, map: impl Fn(std::ops::Range<u32>) -> T + Sync) -> Vec<T> {
        let shelf = |shelf: usize| {
            let start = shelf * SHELF;
            map(start as u32..(start + SHELF).min(self.len) as u32)
        };
        (0..self.shelves.len()).into_par_iter().map(shelf).collect()
    }
}

/// Where a set comes from.
#[derive(Clone, Copy, Debug, Default)]
struct Origin {
    text: u32,
    size: u32,
    batch: u32,
    start: u32,
    end: u32,
}

/// Sizes that have a place of their own in counting; the few larger sets are sorted.
const COUNTED: u32 = 1 << 12;

/// The sets that can be in a pair, by size and then by text. Linear but for large sets.
fn by_size(batches: &[RankedBatch], measure: Measure) -> Vec<Origin> {
    let origins = || {
        let mut text = 0;
        (0..).zip(batches).flat_map(move |(number, batch)| {
            let first = text;
            text += batch.sizes.len() as u32;
            let mut start = 0;
            (first..).zip(batch.ends.iter().zip(&batch.sizes)).map(move |(text, (&end, &size))| {
                let start = std::mem::replace(&mut start, end);
                Origin { text, size, batch: number, start, end }
            })
        })
    };
    let is_in = |origin: &Origin| {
        let shared = origin.end - origin.start;
        shared > 0
            && (matches!(measure, Measure::Containment(_)) || shared >= measure.least_at_all(origin.size))
    };
    let cell = |origin: &Origin| origin.size.min(COUNTED) as usize;
    let mut next = vec![0_usize; COUNTED as usize + 1];
    origins().filter(is_in).for_each(|origin| next[cell(&origin)] += 1);
    let mut total = 0;
    for count in &mut next {
        total += std::mem::replace(count, total);
    }
    let large = next[COUNTED as usize];
    let mut order = vec![Origin::default(); total];
    for origin in origins().filter(is_in) {
        let slot = &mut next[cell(&origin)];
        order[*slot] = origin;
        *slot += 1;
    }
    order[large..].sort_unstable_by_key(|origin| (origin.size, origin.text));
    order
}

/// A bit for each element (Sandes, Teodoro, Melo 2017): a bit of `x` that `y` lacks is an element `y` lacks.
fn bitmap(set: &[u32]) -> [u64; 2] {
    let mut bitmap = [0; 2];
    for rank in set {
        // An odd multiplier spreads neighboring ranks (Knuth, 1973).
        let bit = rank.wrapping_mul(0x9e37_79b9) >> 25;
        bitmap[bit as usize / 64] |= 1 << (bit % 64);
    }
    bitmap
}
