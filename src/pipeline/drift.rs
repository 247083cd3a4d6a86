//! Near copies are looked at for what differs in fact.

use super::Survey;
use crate::copies::{CopySet, Kin, Unit};
use crate::corpus::{Block, Corpus, Dateline, Document, Span, versions};
use crate::drift::{ChangeKind, Comparer, Comparison};
use crate::findings::DriftedStretch;
use crate::fingerprint::{shingle_hashes, word_hashes};
use crate::names::Speech;
use crate::reconcile::FEW_DOCUMENTS;
use std::collections::{BTreeMap, BTreeSet};

/// Two blocks that are copies of each other but for some facts.
#[derive(Clone, Debug)]
pub(super) struct Drifted {
    /// The earlier block, by its place among the units.
    pub(super) original: usize,
    /// The other.
    pub(super) copy: usize,
    pub(super) stretch: DriftedStretch,
}

/// Shared words for each change, below which two texts are a formula that was filled in anew, or another story.
const WORDS_PER_CHANGE: usize = 5;
/// Words beside the changes that may differ inside one article, where lists and series repeat most of theirs.
const MOST_OTHERS_INSIDE: usize = 2;
/// Shared words inside one article, where sentences of one form tell of several people and places: entries of a list are
/// shorter, and other names are no slip.
const LEAST_INSIDE: usize = 15;
/// How many days may lie between two tellings; later ones tell what is new.
const MOST_DAYS: i32 = 1;

/// The pairs that differ in facts.
///
/// A stock formula with another day's figure is none: the articles must be one story by what else stands in both, or
/// there are few of them, which somebody chose, and the text is most of the shorter one; they must be written within [`MOST_DAYS`] days; and
/// no text that they share may be about somebody else or another day.
pub(super) fn drifted(
    corpus: &Corpus,
    surveys: &[Survey],
    units: &[Unit<'_>],
    spans: &[Span],
    kin: &[Kin],
    speech: Speech<'_>,
) -> Vec<Drifted> {
    let mut comparer = Comparer::new(speech);
    let words: Vec<usize> = surveys.iter().map(Survey::words).collect();
    let documents = |kin: &Kin| (units[kin.original].document, units[kin.copy].document);
    let is_large = corpus.documents.len() >= FEW_DOCUMENTS;
    let is_candidate = |kin: &&Kin| {
        let (one, two) = documents(kin);
        let is_most = || 2 * kin.words >= words[one].min(words[two]);
        let day = |document: usize| corpus.documents[document].metadata.published;
        (kin.is_one_story || !is_large && is_most()) && are_near(day(one), day(two))
    };
    let text = |document: usize| (&corpus.documents[document], surveys[document].blocks.as_slice());
    let (mut found, mut unlike) = (Vec::new(), BTreeSet::new());
    for kin in kin.iter().filter(is_candidate) {
        let (one, two) = documents(kin);
        let pair = (spans[kin.original], spans[kin.copy]);
        let compared = comparer.compare((one, text(one)), (two, text(two)), pair);
        let has_figures = || {
            compared.changes.iter().any(|change| matches!(change.kind, ChangeKind::Figure | ChangeKind::Date))
        };
        let is_formula =
            compared.is_of_others && (is_large || has_figures()) || compared.is_refilled && is_large;
        if is_formula || compared.is_of_other_days {
            unlike.insert(documents(kin));
        }
        if is_drift(&compared, kin, one == two) {
            let stretch = DriftedStretch { spans: pair, changes: compared.changes };
            found.push(Drifted { original: kin.original, copy: kin.copy, stretch });
        }
    }
    let is_unlike =
        |found: &Drifted| unlike.contains(&(units[found.original].document, units[found.copy].document));
    found.retain(|found| !is_unlike(found));
    found
}

/// Whether two texts are one statement, told in two ways.
fn is_drift(compared: &Comparison, kin: &Kin, is_inside: bool) -> bool {
    let changes = compared.changes.len();
    changes > 0
        && changes * WORDS_PER_CHANGE <= kin.words
        && (!is_inside
            || changes == 1
                && compared.changes[0].kind != ChangeKind::Name
                && compared.other_words <= MOST_OTHERS_INSIDE
                && kin.words >= LEAST_INSIDE)
}

fn are_near(one: Option<Dateline>, two: Option<Dateline>) -> bool {
    let Some((one, two)) = one.zip(two) else { return true };
    let (first, last) = (one.from.min(two.from), one.from.max(two.from));
    first.until(last).is_ok_and(|span| span.get_days() <= MOST_DAYS)
}

/// Two versions of a story, and the stretches in which they differ.
#[derive(Clone, Debug)]
pub(super) struct Revised {
    /// The earlier document and the later one.
    pub(super) documents: (usize, usize),
    pub(super) stretches: Vec<DriftedStretch>,
}

/// The facts that changed from each version of a story to the next. Linear in the texts but for the alignments.
pub(super) fn revised(corpus: &Corpus, surveys: &[Survey], speech: Speech<'_>) -> Vec<Revised> {
    let mut comparer = Comparer::new(speech);
    let text = |document: usize| (&corpus.documents[document], surveys[document].blocks.as_slice());
    let mut out = Vec::new();
    for group in versions(corpus) {
        for pair in group.windows(2) {
            let (one, two) = (pair[0], pair[1]);
            let stretches: Vec<DriftedStretch> = counterparts(text(one), text(two))
                .into_iter()
                .map(|spans| DriftedStretch {
                    spans,
                    changes: comparer.compare((one, text(one)), (two, text(two)), spans).changes,
                })
                .filter(|stretch| !stretch.changes.is_empty())
                .collect();
            if !stretches.is_empty() {
                out.push(Revised { documents: (one, two), stretches });
            }
        }
    }
    out
}

/// For each block of a version the block of the one before that shares most shingles with it, where that is half of
/// the smaller one.
fn counterparts(
    (one, blocks): (&Document, &[Block]),
    (two, others): (&Document, &[Block]),
) -> Vec<(Span, Span)> {
    let shingles = |document: &Document, block: &Block| {
        let mut all: Vec<u64> = shingle_hashes(&word_hashes(block.span.of(&document.text))).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let before: Vec<(&Block, usize)> = blocks
        .iter()
        .filter(|block| block.kind.is_compared())
        .map(|block| (block, shingles(one, block).len()))
        .collect();
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (place, (block, _)) in before.iter().enumerate() {
        shingles(one, block).into_iter().for_each(|shingle| places.entry(shingle).or_default().push(place));
    }
    let closest = |block: &Block| {
        let own = shingles(two, block);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for place in own.iter().filter_map(|shingle| places.get(shingle)).flatten() {
            *shared.entry(*place).or_default() += 1;
        }
        let (place, count) =
            shared.into_iter().max_by_key(|(place, count)| (*count, std::cmp::Reverse(*place)))?;
        let (other, size) = before[place];
        (2 * count >= size.min(own.len())).then_some((other.span, block.span))
    };
    others.iter().filter(|block| block.kind.is_compared()).filter_map(closest).collect()
}

/// The sets without what a drifted pair tells of: the same two blocks, and whatever else stands in the same two articles.
pub(super) fn without(sets: Vec<CopySet>, units: &[Unit<'_>], drifted: &[Drifted]) -> Vec<CopySet> {
    let pair = |one: usize, two: usize| (one.min(two), one.max(two));
    let documents: BTreeSet<(usize, usize)> = drifted
        .iter()
        .map(|found| pair(units[found.original].document, units[found.copy].document))
        .filter(|(one, two)| one != two)
        .collect();
    let inside: BTreeSet<(usize, usize)> =
        drifted.iter().map(|found| pair(found.original, found.copy)).collect();
    let is_told = |set: &CopySet, copy: &crate::copies::Stretch| {
        let (one, two) = (units[set.original.units.start].document, units[copy.units.start].document);
        let blocks = |units: &crate::matching::Run| units.start..units.end;
        documents.contains(&pair(one, two))
            || one == two
                && blocks(&set.original.units)
                    .any(|one| blocks(&copy.units).any(|two| inside.contains(&pair(one, two))))
    };
    let rest = |mut set: CopySet| {
        let copies = std::mem::take(&mut set.copies);
        set.copies = copies.into_iter().filter(|copy| !is_told(&set, copy)).collect();
        (!set.copies.is_empty()).then_some(set)
    };
    sets.into_iter().filter_map(rest).collect()
}
