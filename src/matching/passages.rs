//! Runs of words that two texts share.
//!
//! Every window of `least` words is hashed; only those that may stand twice, by a filter of two bits each,
//! are kept and grouped. Of two places of one window a maximal run begins exactly where the words before
//! them differ, so each run is met once. Next to winnowing (Schleimer, Wilkerson, Aiken 2003), which
//! keeps a third of all shorter windows, this keeps fewer windows and meets no stock phrase of four words.

use super::reuse::{Reuse, Seed, reuses};
use crate::fingerprint::run_hash;
use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;
use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};

/// Texts looked up by a worker in one go.
const CHUNK: usize = 64;
/// Chunks in flight.
const CHUNKS: usize = 64;
/// Bits of the filter for each word: one window in eight that stands once slips through.
const BITS_PER_WORD: usize = 8;

/// A passage that two texts share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Place of the first text.
    pub a: u32,
    /// Place of the second text, after the first.
    pub b: u32,
    /// Where it stands.
    pub reuse: Reuse,
}

/// Where the words of texts come from.
pub trait Texts: Sync {
    /// How many texts there are.
    fn len(&self) -> usize;
    /// The hashes of the words of one; asked for several times.
    fn words(&self, text: usize) -> Vec<u64>;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// How many words all of them have.
    fn total_words(&self) -> usize;
}

/// The windows of a corpus that stand in more than one text.
pub struct Passages<'a> {
    texts: &'a dyn Texts,
    least: usize,
    /// Sorted by hash, then by text and place.
    windows: Vec<Window>,
    /// The windows, by their places in `windows`, sorted by text and place.
    by_text: Vec<u32>,
}

/// A window of words and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Window {
    hash: u64,
    text: u32,
    at: u32,
    /// The hash of the word before; at a start, a number that no other window has.
    before: u64,
}

impl<'a> Passages<'a> {
    /// Collects the windows of `least` words (at least 1) that repeat; with `most`, only those of at most so
    /// many texts. Reads every text twice; time grows with the words and n log n with the windows that
    /// repeat, of which each takes 28 bytes.
    pub fn new(texts: &'a dyn Texts, least: usize, most: Option<usize>) -> Self {
        let least = least.max(1);
        let mut windows = repeated(texts, least);
        windows.par_sort_unstable();
        keep_shared(&mut windows, most);
        let mut by_text: Vec<u32> = (0..windows.len() as u32).collect();
        by_text.par_sort_unstable_by_key(|&at| (windows[at as usize].text, windows[at as usize].at));
        Self { texts, least, windows, by_text }
    }

    /// Hands on the passages of each two texts: maximal runs of at least so many words, extended through
    /// small gaps; in the order of the texts, those of one pair the longest first.
    ///
    /// `is_comparable` says which two texts may share a passage. Runs in parallel; time grows with the
    /// words of the runs. A stretch of words that repeats itself within `least` words counts once.
    ///
    /// # Errors
    ///
    /// The first error of `each`, which ends the search.
    pub fn try_for_each<E>(
        &self,
        is_comparable: impl Fn(u32, u32) -> bool + Sync,
        mut each: impl FnMut(&Passage) -> Result<(), E>,
    ) -> Result<(), E> {
        let text = |at: &u32| self.windows[*at as usize].text;
        let texts: Vec<&[u32]> = self.by_text.chunk_by(|a, b| text(a) == text(b)).collect();
        let chunks: Vec<&[&[u32]]> = texts.chunks(CHUNK).collect();
        for round in chunks.chunks(CHUNKS) {
            let of_chunk = |chunk: &&[&[u32]]| -> Vec<Passage> {
                chunk.iter().flat_map(|own| self.of_text(own, &is_comparable)).collect()
            };
            let found: Vec<Vec<Passage>> = round.into_par_iter().with_max_len(1).map(of_chunk).collect();
            found.iter().flatten().try_for_each(&mut each)?;
        }
        Ok(())
    }

    /// All passages.
    pub fn all(&self, is_comparable: impl Fn(u32, u32) -> bool + Sync) -> Vec<Passage> {
        let mut out = Vec::new();
        let collect = |passage: &Passage| -> Result<(), Infallible> {
            out.push(passage.clone());
            Ok(())
        };
        let Ok(()) = self.try_for_each(is_comparable, collect);
        out
    }

    /// The passages of a text, given by its windows, with all later ones.
    fn of_text(&self, own: &[u32], is_comparable: &impl Fn(u32, u32) -> bool) -> Vec<Passage> {
        let text = self.windows[own[0] as usize].text;
        let mut starts: Vec<(u32, u32, u32)> = Vec::new();
        for &at in own {
            let window = &self.windows[at as usize];
            let same = self.windows[at as usize + 1..].iter().take_while(|other| other.hash == window.hash);
            let others = same.filter(|other| other.text != text && other.before != window.before);
            starts.extend(others.map(|other| (other.text, window.at, other.at)));
        }
        starts.sort_unstable();
        let words = if starts.is_empty() { Vec::new() } else { self.texts.words(text as usize) };
        let mut found = Vec::new();
        for starts in starts.chunk_by(|a, b| a.0 == b.0).filter(|starts| is_comparable(text, starts[0].0)) {
            let other = self.texts.words(starts[0].0 as usize);
            let seeds =
                starts.iter().map(|&(_, from, onto)| maximal(&words, &other, from as usize, onto as usize));
            // Equal hashes of other words are no run.
            let mut seeds: Vec<Seed> = seeds.filter(|seed| seed.words >= self.least).collect();
            seeds.sort_unstable();
            seeds.dedup();
            let reuses = reuses(seeds, &words, &other);
            found.extend(reuses.into_iter().map(|reuse| Passage { a: text, b: starts[0].0, reuse }));
        }
        found
    }
}

/// All windows that may stand twice, in the order of the texts.
fn repeated(texts: &dyn Texts, least: usize) -> Vec<Window> {
    let (filter, n_repeats) = Filter::new(texts, least);
    // Each window that repeats has a first place too. Room that is not used is not taken from the system.
    let mut windows: Vec<Window> = Vec::with_capacity(2 * n_repeats);
    let texts_at_once = CHUNK * CHUNKS;
    for first in (0..texts.len()).step_by(texts_at_once) {
        let some = first..(first + texts_at_once).min(texts.len());
        let found: Vec<Vec<Window>> =
            some.into_par_iter().map(|text| self::windows(texts, text, least, &filter)).collect();
        found.iter().for_each(|found| windows.extend_from_slice(found));
    }
    windows
}

/// Drops the windows of one text only, and those of more than `most`.
fn keep_shared(windows: &mut Vec<Window>, most: Option<usize>) {
    let (mut kept, mut start) = (0, 0);
    while start < windows.len() {
        let same = windows[start..].iter().take_while(|window| window.hash == windows[start].hash).count();
        let n_texts = windows[start..start + same].chunk_by(|a, b| a.text == b.text).count();
        if n_texts > 1 && most.is_none_or(|most| n_texts <= most) {
            windows.copy_within(start..start + same, kept);
            kept += same;
        }
        start += same;
    }
    windows.truncate(kept);
    windows.shrink_to_fit();
}

/// The longest run through two places.
fn maximal(one: &[u64], two: &[u64], from: usize, onto: usize) -> Seed {
    let forth = one[from..].iter().zip(&two[onto..]).take_while(|(x, y)| x == y).count();
    let back = one[..from].iter().rev().zip(two[..onto].iter().rev()).take_while(|(x, y)| x == y).count();
    Seed { a: from - back, b: onto - back, words: back + forth }
}

/// The windows of one text that may stand elsewhere. Of a stretch that repeats itself within a window's
/// length only the first window is kept.
fn windows(texts: &dyn Texts, text: usize, least: usize, filter: &Filter) -> Vec<Window> {
    let words = texts.words(text);
    let mut out: Vec<Window> = Vec::new();
    let mut last = rustc_hash::FxHashMap::default();
    // The window right before the one at hand, if it was kept.
    let mut kept = None;
    for (at, run) in words.windows(least).enumerate() {
        let hash = run_hash(run);
        if !filter.is_repeated(hash) {
            continue;
        }
        let overlaps = last.insert(hash, at).is_some_and(|last| at - last < least);
        if overlaps {
            continue;
        }
        let is_next = at > 0 && kept == Some(at - 1);
        // Odd and even keep the two kinds of numbers apart.
        let before = if is_next { words[at - 1] << 1 | 1 } else { (text as u64) << 33 | (at as u64) << 1 };
        kept = Some(at);
        out.push(Window { hash, text: text as u32, at: at as u32, before });
    }
    out
}

/// Which windows may stand twice: two bits for each value of a hash.
struct Filter {
    once: Vec<AtomicU64>,
    twice: Vec<AtomicU64>,
}

impl Filter {
    /// The filter of all windows, and how many of them met a bit that was set.
    fn new(texts: &dyn Texts, least: usize) -> (Self, usize) {
        let cells = (texts.total_words() * BITS_PER_WORD).clamp(1 << 12, 1 << 34).next_power_of_two() / 64;
        let bits = || (0..cells).map(|_| AtomicU64::new(0)).collect::<Vec<_>>();
        let filter = Self { once: bits(), twice: bits() };
        let add =
            |text: usize| texts.words(text).windows(least).filter(|run| filter.add(run_hash(run))).count();
        let n_repeats = (0..texts.len()).into_par_iter().map(add).sum();
        (filter, n_repeats)
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize & (self.once.len() - 1), 1 << (hash & 63))
    }

    /// Notes a window; whether it may have been there.
    fn add(&self, hash: u64) -> bool {
        let (cell, bit) = self.place(hash);
        let is_repeat = self.once[cell].fetch_or(bit, Ordering::Relaxed) & bit != 0;
        if is_repeat {
            self.twice[cell].fetch_or(bit, Ordering::Relaxed);
        }
        is_repeat
    }

    fn is_repeated(&self, hash: u64) -> bool {
        let (cell, bit) = self.place(hash);
        self.twice[cell].load(Ordering::Relaxed) & bit != 0
    }
}

impl std::fmt::Debug for Passages<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passages").field("least", &self.least).field("windows", &self.windows.len()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Passages, Texts};
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert, proptest};

    struct Words(Vec<Vec<u64>>);

    impl Texts for Words {
        fn len(&self) -> usize {
            self.0.len()
        }
        fn words(&self, text: usize) -> Vec<u64> {
            self.0[text].clone()
        }
        fn total_words(&self) -> usize {
            self.0.iter().map(Vec::len).sum()
        }
    }

    /// Whether a run repeats itself within its first `least` words; such a stretch counts once.
    fn repeats_itself(run: &[u64], least: usize) -> bool {
        (1..least).any(|by| run.len() >= least + by && run[..least] == run[by..by + least])
    }

    proptest! {
        /// Heavy words below 3 and light ones: every common run of `least` words lies in a passage.
        #[test]
        fn every_common_run_is_found(
            texts in vec(vec(proptest::prop_oneof![0_u64..3, 3_u64..30], 0..30), 0..5),
            copied in vec(3_u64..40, 0..12),
            least in 2_usize..6,
        ) {
            let mut texts = texts;
            for text in &mut texts {
                let middle = text.len() / 2;
                text.splice(middle..middle, copied.iter().copied());
            }
            let texts = Words(texts);
            let passages = Passages::new(&texts, least, None).all(|_, _| true);
            for passage in &passages {
                let (one, two) = (&texts.0[passage.a as usize], &texts.0[passage.b as usize]);
                prop_assert!(passage.reuse.runs.iter().any(|run| run.words >= least));
                for run in &passage.reuse.runs {
                    prop_assert!(one[run.a..run.a + run.words] == two[run.b..run.b + run.words]);
                }
            }
            for a in 0..texts.len() {
                for b in a + 1..texts.len() {
                    let (one, two) = (&texts.0[a], &texts.0[b]);
                    let is_periodic = |text: &Vec<u64>| (0..text.len()).any(|at| repeats_itself(&text[at..], least));
                    if is_periodic(one) || is_periodic(two) {
                        continue;
                    }
                    for i in 0..one.len().saturating_sub(least - 1) {
                        for j in 0..two.len().saturating_sub(least - 1) {
                            let is_common = one[i..i + least] == two[j..j + least];
                            let covers = |passage: &&super::Passage| {
                                let reuse = &passage.reuse;
                                (passage.a as usize, passage.b as usize) == (a, b)
                                    && reuse.a.start <= i && i + least <= reuse.a.end
                                    && reuse.b.start <= j && j + least <= reuse.b.end
                            };
                            prop_assert!(!is_common || passages.iter().any(|passage| covers(&passage)), "{i} {j}");
                        }
                    }
                }
            }
        }
    }
}
