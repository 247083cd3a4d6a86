//! Blocks of the same words: they are compared once, by the first of them.

use super::unit::Unit;
use crate::fingerprint::{Print, shingle_hashes};
use crate::matching::{Batch, BatchBuilder, Partitions, Twins};
use rayon::prelude::ParallelIterator;
use rayon::slice::ParallelSlice;
use rustc_hash::{FxHashMap, FxHashSet};

/// Blocks of the same words.
pub(super) struct Group {
    pub(super) units: Vec<usize>,
    /// How many articles they stand in.
    pub(super) articles: usize,
    /// How many of their shingles are rare.
    pub(super) rare: u32,
}

/// Units of equal words, long enough to be compared; sorted by their first unit.
pub(super) fn groups(units: &[Unit<'_>], min_words: usize) -> Vec<Group> {
    let prints: Vec<Print> = units.iter().map(|unit| unit.print).collect();
    let twins = Twins::new(&prints);
    let is_compared = |group: &&[u32]| prints[group[0] as usize].words as usize >= min_words.max(1);
    let group = |group: &[u32]| {
        let mut members: Vec<usize> = group.iter().map(|&unit| unit as usize).collect();
        members.sort_by_key(|&unit| units[unit].rank());
        let documents: FxHashSet<usize> = members.iter().map(|&unit| units[unit].document).collect();
        Group { units: members, articles: documents.len(), rare: 0 }
    };
    twins.groups().filter(is_compared).map(group).collect()
}

/// The shingles of each group, in order.
pub(super) fn batches(units: &[Unit<'_>], groups: &[Group]) -> Vec<Batch> {
    /// Groups whose shingles are made by a worker in one go.
    const CHUNK: usize = 1 << 12;
    let words = |group: &Group| units[group.units[0]].print.words as usize;
    let partitions = Partitions::for_shingles(groups.iter().map(words).sum());
    let of_chunk = |groups: &[Group]| {
        let new = || BatchBuilder::new(partitions, 0);
        let (mut batches, mut builder) = (Vec::new(), new());
        for group in groups {
            builder.push(shingle_hashes(&units[group.units[0]].words()));
            if builder.is_full() {
                batches.push(std::mem::replace(&mut builder, new()).finish());
            }
        }
        batches.push(builder.finish());
        batches
    };
    groups.par_chunks(CHUNK).flat_map_iter(of_chunk).collect()
}

/// The first unit of each further article of a group.
pub(super) fn others<'a>(units: &'a [Unit<'_>], group: &'a Group) -> impl Iterator<Item = usize> + 'a {
    let mut seen: FxHashSet<usize> = FxHashSet::default();
    seen.insert(units[group.units[0]].document);
    let first = &units[group.units[0]];
    let new = group.units.iter().copied().filter(move |&unit| seen.insert(units[unit].document));
    new.filter(|&unit| units[unit].is_comparable(first))
}

/// The units of two groups that are to be told of: in one document where there are such, else the first
/// that may be copies of each other. O(units of both).
pub(super) fn closest(units: &[Unit<'_>], a: &Group, b: &Group) -> Option<(usize, usize)> {
    let (a, b) = (&a.units, &b.units);
    if let ([one], [two]) = (a.as_slice(), b.as_slice()) {
        return units[*one].is_comparable(&units[*two]).then_some((*one, *two));
    }
    let mut in_document: FxHashMap<usize, usize> = FxHashMap::default();
    for &unit in b {
        in_document.entry(units[unit].document).or_insert(unit);
    }
    let inside = a.iter().find_map(|&one| Some((one, *in_document.get(&units[one].document)?)));
    let comparable = |one: usize, two: usize| units[one].is_comparable(&units[two]);
    inside.or_else(|| {
        let (&first, &other) = (a.first()?, b.first()?);
        let behind = b.iter().find(|&&two| comparable(first, two)).map(|&two| (first, two));
        behind.or_else(|| a.iter().find(|&&one| comparable(one, other)).map(|&one| (one, other)))
    })
}

/// The earliest units seen so far, from which a copy can be told.
#[derive(Default)]
pub(super) struct Earlier {
    in_document: FxHashMap<usize, usize>,
    first: Option<(usize, Option<usize>)>,
    /// The first of another series than the first of all.
    other: Option<usize>,
}

impl Earlier {
    /// The one that a unit is told to copy: of its own document, else the first of all it is compared with.
    pub(super) fn of(&self, unit: &Unit<'_>) -> Option<usize> {
        let inside = self.in_document.get(&unit.document).copied();
        let (first, series) = self.first?;
        let across = if series.is_none() || series != unit.series { Some(first) } else { self.other };
        inside.or(across)
    }

    pub(super) fn add(&mut self, at: usize, unit: &Unit<'_>) {
        self.in_document.entry(unit.document).or_insert(at);
        match self.first {
            None => self.first = Some((at, unit.series)),
            Some((_, series)) if series != unit.series || series.is_none() => {
                _ = self.other.get_or_insert(at)
            }
            Some(_) => {}
        }
    }
}
