//! Every pair of texts that satisfies a relation, for data work: complete, streamed, without judgement.

use super::{Progress, Stage};
use crate::fingerprint::{Print, shingle_hashes, word_hashes};
use crate::matching::{
    Batch, BatchBuilder, Join, Measure, Overlap, Pair, Partitions, Passages, Rarity, Reuse, Texts, Twins,
};
use std::collections::BTreeMap;

/// Texts that are to be compared, as far as a search needs them.
#[derive(Debug, Default)]
pub struct Collection {
    prints: Vec<Print>,
    series: Vec<u32>,
    batches: Vec<Batch>,
    /// The texts themselves, where they are needed to find passages or to align.
    texts: Vec<String>,
    names_of_series: BTreeMap<String, u32>,
}

/// Some texts on their way into a [`Collection`]; made in parallel.
#[derive(Debug, Default)]
pub struct Part {
    prints: Vec<Print>,
    series: Vec<Option<String>>,
    batches: Vec<Batch>,
    builder: BatchBuilder,
    texts: Vec<String>,
    needs: Needs,
}

/// What a search needs of texts beside their prints.
#[derive(Clone, Copy, Debug, Default)]
pub struct Needs {
    /// The texts themselves.
    pub texts: bool,
    /// Their shingles.
    pub shingles: bool,
    /// How shingles are divided, the same for all parts of a collection.
    pub partitions: Partitions,
}

impl Needs {
    /// The same for so many bytes of text in all.
    pub fn for_bytes(self, bytes: u64) -> Self {
        let shingles = usize::try_from(bytes).unwrap_or(usize::MAX) / BYTES_PER_SHINGLE;
        Self { partitions: Partitions::for_shingles(shingles), ..self }
    }
}

/// Bytes of text for each shingle, about: a word of English and the blank behind it.
const BYTES_PER_SHINGLE: usize = 6;

impl Part {
    /// An empty part, with room for so many bytes of text.
    pub fn new(needs: Needs, bytes: usize) -> Self {
        let room = if needs.shingles { bytes / BYTES_PER_SHINGLE } else { 0 };
        Self { builder: BatchBuilder::new(needs.partitions, room), needs, ..Self::default() }
    }

    /// Adds a text; texts of one series are not compared with each other.
    pub fn push(&mut self, text: &str, series: Option<&str>) {
        let words = word_hashes(text);
        self.prints.push(Print::of(&words));
        self.series.push(series.map(str::to_owned));
        if self.needs.texts {
            self.texts.push(text.to_owned());
        }
        if self.needs.shingles {
            self.builder.push(shingle_hashes(&words));
        }
        if self.builder.is_full() {
            let new = BatchBuilder::new(self.needs.partitions, 0);
            self.batches.push(std::mem::replace(&mut self.builder, new).finish());
        }
    }

    /// Sorts what was added.
    pub fn finish(mut self) -> Self {
        if !self.builder.is_empty() {
            self.batches.push(std::mem::take(&mut self.builder).finish());
        }
        self
    }
}

/// What two texts are to share.
#[derive(Clone, Copy, Debug)]
pub enum Search {
    /// Enough of their shingles.
    Shingles(Measure),
    /// A run of so many words.
    Passages(usize),
}

/// How pairs are to be found.
#[derive(Clone, Copy, Debug)]
pub struct PairOptions {
    /// What two texts are to share.
    pub search: Search,
    /// Texts of fewer words are not compared.
    pub min_words: usize,
    /// Texts of the same words are paired with the first of them only, and only the first with others.
    pub is_distinct: bool,
}

/// Two texts that share enough, by their places.
#[derive(Clone, Debug)]
pub enum Shared {
    /// Shingles.
    Shingles(Pair),
    /// A passage, with the words of either text.
    Passage {
        /// Place of the first text.
        a: u32,
        /// Place of the second, after the first.
        b: u32,
        /// Where it stands.
        reuse: Reuse,
        /// Words of the first and of the second text.
        words: (u32, u32),
    },
}

impl Collection {
    /// Adds the texts of a part behind those that are there.
    pub fn append(&mut self, part: Part) {
        debug_assert!(part.builder.is_empty(), "a part is finished before it is added");
        self.prints.extend(part.prints);
        for series in part.series {
            let next = self.names_of_series.len() as u32 + 1;
            let number = series.map_or(0, |name| *self.names_of_series.entry(name).or_insert(next));
            self.series.push(number);
        }
        self.batches.extend(part.batches);
        self.texts.extend(part.texts);
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.prints.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.prints.is_empty()
    }

    /// The words of a text that was kept.
    pub fn text(&self, place: u32) -> &str {
        &self.texts[place as usize]
    }

    fn is_comparable(&self, a: u32, b: u32) -> bool {
        let (one, two) = (self.series[a as usize], self.series[b as usize]);
        one == 0 || one != two
    }

    /// Hands on every pair, in an order that depends on the texts alone: first those of the same words.
    ///
    /// Time and memory grow with the texts; what is found is not held.
    ///
    /// # Errors
    ///
    /// The first error of `each`, which ends the search.
    pub fn for_each_pair<E>(
        &mut self,
        options: PairOptions,
        progress: &dyn Progress,
        mut each: impl FnMut(&Self, Shared) -> Result<(), E>,
    ) -> Result<(), E> {
        let twins = Twins::new(&self.prints);
        let is_left_out: Vec<bool> = (0..)
            .zip(&self.prints)
            .map(|(text, print)| (print.words as usize) < options.min_words.max(1) || !twins.is_leader(text))
            .collect();
        let batches = std::mem::take(&mut self.batches);
        let collection = &*self;
        let spread = Spread { collection, twins: &twins, is_distinct: options.is_distinct };
        let each = |shared| each(collection, shared);
        match options.search {
            Search::Shingles(measure) => {
                progress.start(Stage::Index, 0);
                let join = Join::new(batches, &is_left_out, measure, Rarity::ALL);
                progress.start(Stage::Match, 0);
                spread.shingles(&join, &is_left_out, each)
            }
            Search::Passages(least) => {
                progress.start(Stage::Match, 0);
                spread.passages(&is_left_out, least, each)
            }
        }
    }
}

/// Pairs of first texts become pairs of all texts with the same words.
struct Spread<'a> {
    collection: &'a Collection,
    twins: &'a Twins,
    is_distinct: bool,
}

impl Spread<'_> {
    /// The pairs within a group of the same words.
    fn twins<E>(&self, leader: u32, mut each: impl FnMut(u32, u32) -> Result<(), E>) -> Result<(), E> {
        let group = self.twins.of(leader);
        let firsts = if self.is_distinct { &group[..1] } else { group };
        for (index, &a) in firsts.iter().enumerate() {
            let mut behind = group[index + 1..].iter().filter(|&&b| self.collection.is_comparable(a, b));
            behind.try_for_each(|&b| each(a, b))?;
        }
        Ok(())
    }

    /// The pairs of two groups, the earlier text first, and whether that is the one of the second group.
    fn others<E>(
        &self,
        one: u32,
        two: u32,
        mut each: impl FnMut(u32, u32, bool) -> Result<(), E>,
    ) -> Result<(), E> {
        let of =
            |leader: u32| if self.is_distinct { &self.twins.of(leader)[..1] } else { self.twins.of(leader) };
        for &a in of(one) {
            let mut others = of(two).iter().filter(|&&b| self.collection.is_comparable(a, b));
            others.try_for_each(|&b| each(a.min(b), a.max(b), b < a))?;
        }
        Ok(())
    }

    fn shingles<E>(
        &self,
        join: &Join,
        is_left_out: &[bool],
        mut each: impl FnMut(Shared) -> Result<(), E>,
    ) -> Result<(), E> {
        for leader in compared(is_left_out) {
            let size = join.size(leader);
            let overlap = Overlap { shared: size, a: size, b: size };
            let rare = join.rare(leader);
            self.twins(leader, |a, b| each(Shared::Shingles(Pair { a, b, overlap, rare })))?;
        }
        join.try_for_each(|pair| {
            self.others(pair.a, pair.b, |a, b, is_swapped| {
                let Overlap { shared, a: m, b: n } = pair.overlap;
                let (m, n) = if is_swapped { (n, m) } else { (m, n) };
                let overlap = Overlap { shared, a: m, b: n };
                each(Shared::Shingles(Pair { a, b, overlap, rare: pair.rare }))
            })
        })
    }

    fn passages<E>(
        &self,
        is_left_out: &[bool],
        least: usize,
        mut each: impl FnMut(Shared) -> Result<(), E>,
    ) -> Result<(), E> {
        let texts = Kept { collection: self.collection, is_left_out };
        let n_words = |text: u32| self.collection.prints[text as usize].words;
        for leader in compared(is_left_out).filter(|&leader| n_words(leader) as usize >= least) {
            let words = n_words(leader);
            let reuse = Reuse::whole(words as usize);
            self.twins(leader, |a, b| {
                each(Shared::Passage { a, b, reuse: reuse.clone(), words: (words, words) })
            })?;
        }
        Passages::new(&texts, least, None).try_for_each(
            |_, _| true,
            |passage| {
                self.others(passage.a, passage.b, |a, b, is_swapped| {
                    let reuse = if is_swapped { passage.reuse.swapped() } else { passage.reuse.clone() };
                    each(Shared::Passage { a, b, reuse, words: (n_words(a), n_words(b)) })
                })
            },
        )
    }
}

fn compared(is_left_out: &[bool]) -> impl Iterator<Item = u32> + '_ {
    (0..).zip(is_left_out).filter(|(_, left_out)| !**left_out).map(|(text, _)| text)
}

/// The texts that are compared, the others as if they were empty.
struct Kept<'a> {
    collection: &'a Collection,
    is_left_out: &'a [bool],
}

impl Texts for Kept<'_> {
    fn len(&self) -> usize {
        self.is_left_out.len()
    }

    fn words(&self, text: usize) -> Vec<u64> {
        if self.is_left_out[text] { Vec::new() } else { word_hashes(&self.collection.texts[text]) }
    }

    fn total_words(&self) -> usize {
        self.collection.prints.iter().map(|print| print.words as usize).sum()
    }
}
