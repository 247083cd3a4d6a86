//! From pairs to what a reader sees: runs of consecutive blocks, each with its original and its copies.

use super::MatchOptions;
use super::align::align;
use super::cluster::clusters;
use super::join::{Pair, join};
use super::passages::passages;
use super::unit::{Relation, Run, Unit};
use crate::fingerprint::Digest;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Consecutive blocks of one document, or a run of words in one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The blocks, as places among the units.
    pub units: Run,
    /// The words of the run, where it is only part of its one block.
    pub words: Option<Run>,
}

/// One text and its copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopySet {
    /// How the loosest of the copies relates to the original.
    pub relation: Relation,
    /// Whether original and copies stand in one document.
    pub is_inside: bool,
    /// Where the text stands first.
    pub original: Stretch,
    /// Where it stands again, in order.
    pub copies: Vec<Stretch>,
}

/// One block that copies another.
#[derive(Clone, Copy, Debug)]
struct Link {
    original: usize,
    copy: usize,
    relation: Relation,
}

/// All copies among the units, which are sorted by document and position.
pub fn copies(units: &[Unit<'_>], options: &MatchOptions) -> Vec<CopySet> {
    let finder = Finder::new(units, options);
    let mut sets = finder.block_sets();
    sets.extend(finder.passage_sets());
    sets.sort_by(|x, y| (&x.original, x.relation, x.is_inside).cmp(&(&y.original, y.relation, y.is_inside)));
    sets
}

struct Finder<'a> {
    units: &'a [Unit<'a>],
    options: &'a MatchOptions,
    /// Units of equal words, each list sorted by rank; the first of each stands for all.
    groups: Vec<Vec<usize>>,
    /// Pairs of groups that meet a threshold.
    pairs: Vec<Pair>,
}

impl<'a> Finder<'a> {
    fn new(units: &'a [Unit<'a>], options: &'a MatchOptions) -> Self {
        let groups = groups(units, options.min_words);
        let sets: Vec<&[u64]> =
            groups.iter().map(|group| units[group[0]].print.shingles.as_slice()).collect();
        let mut pairs = join(&sets, options.jaccard, options.containment);
        // Words in another order can share all shingles, so equal sets are near, not exact.
        pairs.retain(|pair| closest(units, &groups[pair.a], &groups[pair.b]).is_some());
        Self { units, options, groups, pairs }
    }

    fn block_sets(&self) -> Vec<CopySet> {
        let near: Vec<Pair> =
            self.pairs.iter().filter(|pair| pair.overlap.is_near(self.options.jaccard)).copied().collect();
        let mut cluster_of: Vec<usize> = (0..self.groups.len()).collect();
        let mut members: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for cluster in clusters(self.groups.len(), &near) {
            cluster.members.iter().for_each(|&group| cluster_of[group] = cluster.members[0]);
        }
        for (group, units) in self.groups.iter().enumerate() {
            members.entry(cluster_of[group]).or_default().extend(units.iter().map(|&unit| (group, unit)));
        }
        let mut links: Vec<Link> =
            members.values_mut().flat_map(|members| self.cluster_links(members)).collect();
        links.extend(self.contained_links(&cluster_of));
        self.sets_of(runs(self.units, links))
    }

    /// Links every member to an earlier one of its own document, else to the original; the same words
    /// come before words that only resemble them.
    fn cluster_links(&self, members: &mut [(usize, usize)]) -> Vec<Link> {
        members.sort_by_key(|&(_, unit)| self.units[unit].rank());
        let mut same = Earlier::default();
        let mut alike: FxHashMap<usize, Earlier> = FxHashMap::default();
        let mut links = Vec::new();
        for &(group, copy) in members.iter() {
            let unit = &self.units[copy];
            let own = alike.entry(group).or_default();
            let (exact, near) = (own.of(unit), same.of(unit));
            let is_inside =
                |found: &Option<usize>| found.is_some_and(|at| self.units[at].document == unit.document);
            let link = match (exact, near) {
                (exact, near) if is_inside(&near) && !is_inside(&exact) => {
                    near.map(|at| (at, Relation::Near))
                }
                (Some(exact), _) => Some((exact, Relation::Exact)),
                (None, near) => near.map(|at| (at, Relation::Near)),
            };
            links.extend(link.map(|(original, relation)| Link { original, copy, relation }));
            own.add(copy, unit);
            same.add(copy, unit);
        }
        links
    }

    /// The closest container of each block that is contained and not already a copy of it.
    fn contained_links(&self, cluster_of: &[usize]) -> Vec<Link> {
        let mut best: BTreeMap<usize, (bool, Reverse<usize>, usize)> = BTreeMap::new();
        for pair in self.pairs.iter().filter(|pair| cluster_of[pair.a] != cluster_of[pair.b]) {
            let is_first_smaller = pair.overlap.a <= pair.overlap.b;
            let (small, large) = if is_first_smaller { (pair.a, pair.b) } else { (pair.b, pair.a) };
            let Some((small, large)) = closest(self.units, &self.groups[small], &self.groups[large]) else {
                continue;
            };
            let shared = align(&self.units[small].print.words, &self.units[large].print.words).shared();
            let is_across = self.units[small].document != self.units[large].document;
            let least = if is_across { self.options.across_words } else { self.options.inside_words };
            if shared >= least {
                let candidate = (is_across, Reverse(shared), large);
                best.entry(small).and_modify(|known| *known = (*known).min(candidate)).or_insert(candidate);
            }
        }
        let link = |(small, (_, _, large)): (usize, (bool, Reverse<usize>, usize))| {
            let (original, copy) = if self.units[small].rank() < self.units[large].rank() {
                (small, large)
            } else {
                (large, small)
            };
            Link { original, copy, relation: Relation::Contained }
        };
        best.into_iter().map(link).collect()
    }

    fn sets_of(&self, runs: Vec<(Relation, Stretch, Stretch)>) -> Vec<CopySet> {
        let mut sets: BTreeMap<(Stretch, bool, Relation), CopySet> = BTreeMap::new();
        for (relation, original, copy) in runs {
            let is_inside =
                self.units[original.units.start].document == self.units[copy.units.start].document;
            // Across articles an edited copy is told with the others; inside one a paste stays a paste.
            let kind = if is_inside { relation } else { relation.max(Relation::Near) };
            let key = (original, is_inside, kind);
            let set =
                sets.entry(key).or_insert(CopySet { relation, is_inside, original, copies: Vec::new() });
            set.relation = set.relation.max(relation);
            set.copies.push(copy);
        }
        sets.into_values().collect()
    }

    /// Runs of words that blocks share which are no copies of each other as a whole.
    fn passage_sets(&self) -> Vec<CopySet> {
        let texts: Vec<&[u64]> =
            self.groups.iter().map(|group| self.units[group[0]].print.words.as_slice()).collect();
        let related: FxHashSet<(usize, usize)> = self.pairs.iter().map(|pair| (pair.a, pair.b)).collect();
        let is_free = |a: usize, b: usize| !related.contains(&(a.min(b), a.max(b)));
        let pair = |a: usize, b: usize| closest(self.units, &self.groups[a], &self.groups[b]);
        let is_inside = |pair: (usize, usize)| self.units[pair.0].document == self.units[pair.1].document;
        let mut runs: Vec<(Relation, Stretch, Stretch)> = Vec::new();
        for (inside, least) in [(true, self.options.inside_words), (false, self.options.across_words)] {
            let may_share = |a, b| is_free(a, b) && pair(a, b).is_some_and(|pair| is_inside(pair) == inside);
            for passage in passages(&texts, least, may_share) {
                let Some((one, two)) = pair(passage.a, passage.b) else { continue };
                let stretch =
                    |unit, words| Stretch { units: Run { start: unit, end: unit + 1 }, words: Some(words) };
                let (one_at, two_at) = (stretch(one, passage.a_words), stretch(two, passage.b_words));
                let is_first_senior = self.units[one].rank() <= self.units[two].rank();
                let (original, copy) = if is_first_senior { (one_at, two_at) } else { (two_at, one_at) };
                runs.push((Relation::Passage, original, copy));
            }
        }
        self.sets_of(self.longest(runs))
    }

    /// Drops a run whose words in the copy lie inside a longer one, or in the same one of an earlier original.
    fn longest(&self, mut runs: Vec<(Relation, Stretch, Stretch)>) -> Vec<(Relation, Stretch, Stretch)> {
        let length = |stretch: &Stretch| stretch.words.map_or(0, Run::len);
        runs.sort_by_key(|(_, original, copy)| {
            (Reverse(length(copy)), self.units[original.units.start].rank(), *original, *copy)
        });
        let mut kept: FxHashMap<usize, Vec<Run>> = FxHashMap::default();
        runs.retain(|(_, _, copy)| {
            let Some(words) = copy.words else { return true };
            let known = kept.entry(copy.units.start).or_default();
            let is_new = !known.iter().any(|run| run.contains(words));
            if is_new {
                known.push(words);
            }
            is_new
        });
        runs
    }
}

/// The units of two groups that are to be told of: in one document where there are such, else the first
/// that may be copies of each other. O(units of both).
fn closest(units: &[Unit<'_>], a: &[usize], b: &[usize]) -> Option<(usize, usize)> {
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
struct Earlier {
    in_document: FxHashMap<usize, usize>,
    first: Option<(usize, Option<usize>)>,
    /// The first of another series than the first of all.
    other: Option<usize>,
}

impl Earlier {
    /// The one that a unit is told to copy: of its own document, else the first of all it is compared with.
    fn of(&self, unit: &Unit<'_>) -> Option<usize> {
        let inside = self.in_document.get(&unit.document).copied();
        let (first, series) = self.first?;
        let across = if series.is_none() || series != unit.series { Some(first) } else { self.other };
        inside.or(across)
    }

    fn add(&mut self, at: usize, unit: &Unit<'_>) {
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

/// Units of equal words, long enough to be compared; sorted by their first unit.
fn groups(units: &[Unit<'_>], min_words: usize) -> Vec<Vec<usize>> {
    let mut by_digest: FxHashMap<Digest, usize> = FxHashMap::default();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (place, unit) in
        units.iter().enumerate().filter(|(_, unit)| unit.print.words.len() >= min_words.max(1))
    {
        let group = *by_digest.entry(unit.print.digest).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(place);
    }
    groups.iter_mut().for_each(|group| group.sort_by_key(|&place| units[place].rank()));
    groups
}

/// Joins links whose originals and copies go on together.
fn runs(units: &[Unit<'_>], mut links: Vec<Link>) -> Vec<(Relation, Stretch, Stretch)> {
    let is_inside = |link: &Link| units[link.original].document == units[link.copy].document;
    // Links of one diagonal (the same distance from original to copy) stand next to each other.
    links.sort_by_key(|link| (link.copy as i64 - link.original as i64, link.copy, link.relation));
    let follows = |last: &Link, next: &Link| {
        next.copy == last.copy + 1
            && next.original == last.original + 1
            && units[next.copy].document == units[last.copy].document
            && units[next.original].document == units[last.original].document
            && is_inside(next) == is_inside(last)
            // A paste with a change in it stays a paste; an edited story is one rewritten story.
            && (next.relation == last.relation
                || !is_inside(next) && next.relation.max(last.relation) == Relation::Near)
    };
    links
        .chunk_by(follows)
        .map(|run| {
            let (first, last) = (&run[0], &run[run.len() - 1]);
            let relation = run.iter().map(|link| link.relation).max().unwrap_or(first.relation);
            let stretch =
                |from: usize, to: usize| Stretch { units: Run { start: from, end: to + 1 }, words: None };
            (relation, stretch(first.original, last.original), stretch(first.copy, last.copy))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{CopySet, MatchOptions, Unit, copies};
    use crate::corpus::Span;
    use crate::fingerprint::fingerprint;

    /// Documents as lists of blocks; shows each set as `relation original -> copies` in "document.block" notation.
    fn check(documents: &[&[&str]], expected: &[&str]) {
        let prints: Vec<Vec<_>> = documents
            .iter()
            .map(|blocks| blocks.iter().map(|text| fingerprint(text, Span::new(0, text.len()))).collect())
            .collect();
        let units: Vec<Unit<'_>> = prints
            .iter()
            .enumerate()
            .flat_map(|(document, prints)| {
                prints.iter().enumerate().map(move |(position, print)| Unit {
                    document,
                    position,
                    print,
                    series: None,
                    seniority: document,
                })
            })
            .collect();
        let name = |stretch: &super::Stretch| {
            let (first, last) = (&units[stretch.units.start], &units[stretch.units.end - 1]);
            let end = if stretch.units.len() > 1 { format!("-{}", last.position) } else { String::new() };
            format!("{}.{}{end}", first.document, first.position)
        };
        let show = |set: &CopySet| {
            let copies: Vec<String> = set.copies.iter().map(name).collect();
            format!("{} {} -> {}", set.relation.name(), name(&set.original), copies.join(", "))
        };
        let found: Vec<String> = copies(&units, &MatchOptions::default()).iter().map(show).collect();
        assert_eq!(found, expected);
    }

    const A: &str =
        "the harbour master closed the northern pier on the evening before the storm reached the town";
    const B: &str =
        "fishermen had carried their nets and boxes to the market hall in the course of the afternoon";
    const C: &str =
        "a spokeswoman for the town council said that repairs would cost more than anybody had expected";
    const D: &str =
        "nobody was hurt when two empty barges broke loose and drifted against the old iron bridge";
    const D2: &str =
        "nobody was hurt when three empty barges broke loose and drifted against the old iron bridge";

    #[test]
    fn consecutive_blocks_are_one_run() {
        check(&[&[A, B, C, D, A, B, C]], &["exact 0.0-2 -> 0.4-6"]);
    }

    #[test]
    fn every_copy_of_a_passage_is_in_one_set() {
        check(&[&[A, B], &[C, A, B], &[A, B, D]], &["exact 0.0-1 -> 1.1-2, 2.0-1"]);
    }

    #[test]
    fn a_repeat_inside_a_copy_is_told_of_its_own_article() {
        check(&[&[A, B], &[A, C, A]], &["exact 0.0 -> 1.0", "exact 1.0 -> 1.2"]);
    }

    #[test]
    fn edits_and_excerpts() {
        check(&[&[D, A], &[D2]], &["near 0.0 -> 1.0"]);
        let joined = format!("{A} {B} {C}");
        check(&[&[&joined], &[A]], &[]);
        check(&[&[&joined, "filler", B]], &["contained 0.0 -> 0.2"]);
        check(&[&["short text"], &["short text"]], &[]);
    }

    #[test]
    fn shared_passages() {
        let one = format!("{A} {B} {C} {D} and one more half sentence of its own about the weather");
        let filler = "completely other words stand here as a filler that nobody else has used so far and there are some more \
                      of those to make the overlap small enough to matter when all of them are counted by whoever reads it";
        let two = format!(
            "{filler} {A} {B} with an end of its own that goes on for some time after the shared run"
        );
        check(&[&[&one], &[&two]], &["passage 0.0 -> 1.0"]);
    }
}
