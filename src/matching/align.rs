//! Which words two texts share, word by word, and which of them were moved.
//!
//! Texts of up to some thousand words are aligned by the shortest edit script (`similar`, Myers 1986). Longer
//! ones are first pinned together where a run of words stands once in either (the idea of Bram Cohen's
//! patience diff), so that time stays near the number of words. What is left over on both sides is then
//! searched for runs that stand in another place: they were moved, not written anew.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::cmp::Reverse;
use std::ops::Range;

/// The most word pairs (words of one text times words of the other) that are aligned in one go.
const ONE_GO: usize = 1 << 22;
/// Words of a run by which long texts are pinned together, and the least that count as moved.
const RUN: usize = 4;
/// Places of one run of words that are tried when moved words are looked for.
const TRIED: usize = 8;
/// The most words that are compared when moved words are looked for: texts that repeat few words could take a square.
const MOST_COMPARED: usize = 1 << 22;

/// What happened to words on the way from the first text to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EditKind {
    /// They are the same.
    Same,
    /// They stand in the first only.
    Deleted,
    /// They stand in the second only.
    Inserted,
    /// Others stand in their place.
    Replaced,
    /// They stand in another place of the second.
    Moved,
}

impl EditKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Deleted => "deleted",
            Self::Inserted => "inserted",
            Self::Replaced => "replaced",
            Self::Moved => "moved",
        }
    }
}

/// One step of an alignment, in words of either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What happened.
    pub kind: EditKind,
    /// Words of the first text; empty where the second inserts.
    pub a: Range<usize>,
    /// Words of the second text; empty where it deletes.
    pub b: Range<usize>,
}

/// All steps from one text to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// The steps in order and without gaps on both sides: same, deleted, inserted or replaced.
    pub edits: Vec<Edit>,
    /// Runs of words that are deleted in one place and inserted in another, by their place in the first text.
    pub moved: Vec<Edit>,
}

impl Alignment {
    /// The number of words that are the same on both sides, moved ones among them.
    pub fn shared(&self) -> usize {
        let same = self.edits.iter().filter(|edit| edit.kind == EditKind::Same);
        same.chain(&self.moved).map(|edit| edit.a.len()).sum()
    }
}

/// Aligns two texts given as word hashes.
///
/// O(n·d) for `n` words and `d` differences, within parts of at most four million word pairs; beyond that,
/// words between two pins that are too many to compare count as replaced.
pub fn align(a: &[u64], b: &[u64]) -> Alignment {
    let mut edits = Vec::new();
    if a.len().saturating_mul(b.len()) <= ONE_GO {
        script(a, b, 0..a.len(), 0..b.len(), &mut edits);
    } else {
        pinned(a, b, &mut edits);
    }
    let edits = joined(edits);
    let moved = moved(a, b, &edits);
    Alignment { edits, moved }
}

/// The shortest script between two stretches.
fn script(a: &[u64], b: &[u64], of_a: Range<usize>, of_b: Range<usize>, out: &mut Vec<Edit>) {
    let (from_a, from_b) = (of_a.start, of_b.start);
    let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
    for op in capture_diff_slices(Algorithm::Myers, &a[of_a], &b[of_b]) {
        let kind = match op.tag() {
            DiffTag::Equal => EditKind::Same,
            DiffTag::Delete => EditKind::Deleted,
            DiffTag::Insert => EditKind::Inserted,
            DiffTag::Replace => EditKind::Replaced,
        };
        out.push(Edit { kind, a: shift(op.old_range(), from_a), b: shift(op.new_range(), from_b) });
    }
}

/// The script between two long texts, part by part.
fn pinned(a: &[u64], b: &[u64], out: &mut Vec<Edit>) {
    let (mut from_a, mut from_b) = (0, 0);
    for (pin_a, pin_b) in pins(a, b).into_iter().chain([(a.len(), b.len())]) {
        if pin_a < from_a || pin_b < from_b {
            continue;
        }
        between(a, b, from_a..pin_a, from_b..pin_b, out);
        let words = a[pin_a..].iter().zip(&b[pin_b..]).take_while(|(x, y)| x == y).count();
        if words > 0 {
            out.push(Edit { kind: EditKind::Same, a: pin_a..pin_a + words, b: pin_b..pin_b + words });
        }
        (from_a, from_b) = (pin_a + words, pin_b + words);
    }
}

fn between(a: &[u64], b: &[u64], of_a: Range<usize>, of_b: Range<usize>, out: &mut Vec<Edit>) {
    if of_a.len().saturating_mul(of_b.len()) <= ONE_GO {
        return script(a, b, of_a, of_b, out);
    }
    out.push(Edit { kind: EditKind::Replaced, a: of_a, b: of_b });
}

/// Places of runs that stand once in either text, ascending on both sides: the longest such sequence.
fn pins(a: &[u64], b: &[u64]) -> Vec<(usize, usize)> {
    let single = |words: &[u64]| {
        let mut places: FxHashMap<u64, Option<usize>> = FxHashMap::default();
        for (at, run) in words.windows(RUN).enumerate() {
            let hash = crate::fingerprint::run_hash(run);
            places.entry(hash).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (of_a, of_b) = (single(a), single(b));
    let mut both: Vec<(usize, usize)> =
        of_a.iter().filter_map(|(hash, at)| Some(((*at)?, (*of_b.get(hash)?)?))).collect();
    both.sort_unstable();
    longest_ascending(&both)
}

/// The longest ascending subsequence by the second place (Schensted 1961). O(n log n).
fn longest_ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, &(_, b)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < b);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(index) } else { ends[length] = index }
    }
    let mut out = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        out.push(pairs[index]);
        next = before[index];
    }
    out.reverse();
    out
}

/// Neighboring steps of one kind become one, and a deletion next to an insertion a replacement.
fn joined(edits: Vec<Edit>) -> Vec<Edit> {
    let mut out: Vec<Edit> = Vec::new();
    for edit in edits.into_iter().filter(|edit| !edit.a.is_empty() || !edit.b.is_empty()) {
        match out.last_mut() {
            Some(last) if (last.kind == EditKind::Same) == (edit.kind == EditKind::Same) => {
                (last.a.end, last.b.end) = (edit.a.end, edit.b.end);
                last.kind = match (edit.kind, last.a.is_empty(), last.b.is_empty()) {
                    (EditKind::Same, ..) => EditKind::Same,
                    (_, true, _) => EditKind::Inserted,
                    (_, _, true) => EditKind::Deleted,
                    _ => EditKind::Replaced,
                };
            }
            _ => out.push(edit),
        }
    }
    out
}

/// Runs of at least [`RUN`] words among what only one side has, the longest first, none twice.
fn moved(a: &[u64], b: &[u64], edits: &[Edit]) -> Vec<Edit> {
    let changed = || edits.iter().filter(|edit| edit.kind != EditKind::Same);
    let mut places: FxHashMap<&[u64], Vec<usize>> = FxHashMap::default();
    for edit in changed().filter(|edit| edit.b.len() >= RUN) {
        for at in edit.b.start..=edit.b.end - RUN {
            let known = places.entry(&b[at..at + RUN]).or_default();
            if known.len() < TRIED {
                known.push(at);
            }
        }
    }
    if places.is_empty() {
        return Vec::new();
    }
    let end_of: FxHashMap<usize, usize> =
        changed().flat_map(|edit| edit.b.clone().map(|at| (at, edit.b.end))).collect();
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    let mut compared = 0;
    for edit in changed().filter(|edit| edit.a.len() >= RUN) {
        for from in edit.a.start..=edit.a.end - RUN {
            if compared > MOST_COMPARED {
                break;
            }
            for &onto in places.get(&a[from..from + RUN]).into_iter().flatten() {
                let goes_back =
                    from > edit.a.start && onto > 0 && end_of.get(&(onto - 1)) == end_of.get(&onto);
                if goes_back && a[from - 1] == b[onto - 1] {
                    continue;
                }
                let (one, two) = (&a[from..edit.a.end], &b[onto..end_of[&onto]]);
                let words = one.iter().zip(two).take_while(|(x, y)| x == y).count();
                compared += words;
                found.push((words, from, onto));
            }
        }
    }
    found.sort_unstable_by_key(|&(words, from, onto)| (Reverse(words), from, onto));
    let (mut is_used_a, mut is_used_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut out: Vec<Edit> = Vec::new();
    for (words, from, onto) in found {
        let (of_a, of_b) = (from..from + words, onto..onto + words);
        if is_used_a[of_a.clone()].contains(&true) || is_used_b[of_b.clone()].contains(&true) {
            continue;
        }
        is_used_a[of_a.clone()].fill(true);
        is_used_b[of_b.clone()].fill(true);
        out.push(Edit { kind: EditKind::Moved, a: of_a, b: of_b });
    }
    out.sort_unstable_by_key(|edit| edit.a.start);
    out
}

#[cfg(test)]
mod tests {
    use super::{Alignment, EditKind, align, joined, moved, pinned};
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    /// Every word of both texts is in one step, and what counts as the same is the same.
    fn check(a: &[u64], b: &[u64], alignment: &Alignment) {
        let (mut from, mut onto) = (0, 0);
        for edit in &alignment.edits {
            assert_eq!((edit.a.start, edit.b.start), (from, onto));
            let is_same = a[edit.a.clone()] == b[edit.b.clone()];
            assert!(is_same == (edit.kind == EditKind::Same), "{edit:?}");
            let sides = (edit.a.is_empty(), edit.b.is_empty());
            let expected = match edit.kind {
                EditKind::Deleted => (false, true),
                EditKind::Inserted => (true, false),
                _ => (false, false),
            };
            assert_eq!(sides, expected);
            (from, onto) = (edit.a.end, edit.b.end);
        }
        assert_eq!((from, onto), (a.len(), b.len()));
        for edit in &alignment.moved {
            assert_eq!(a[edit.a.clone()], b[edit.b.clone()]);
            let is_left = |step: &super::Edit| step.kind != EditKind::Same;
            assert!(alignment.edits.iter().any(|step| is_left(step) && step.a.contains(&edit.a.start)));
            assert!(alignment.edits.iter().any(|step| is_left(step) && step.b.contains(&edit.b.start)));
        }
    }

    proptest! {
        #[test]
        fn the_steps_make_up_both_texts(a in vec(0_u64..5, 0..40), b in vec(0_u64..5, 0..40)) {
            let alignment = align(&a, &b);
            check(&a, &b, &alignment);
            prop_assert!(alignment.shared() <= a.len().min(b.len()));
            let in_place = |alignment: &Alignment| -> usize {
                let same = alignment.edits.iter().filter(|edit| edit.kind == EditKind::Same);
                same.map(|edit| edit.a.len()).sum()
            };
            prop_assert_eq!(in_place(&alignment), in_place(&align(&b, &a)), "from either side");
        }

        #[test]
        fn and_so_do_those_of_long_texts(a in vec(0_u64..30, 0..80), cut in 0_usize..80, b in vec(0_u64..30, 0..20)) {
            let cut = cut.min(a.len());
            let other: Vec<u64> = [&a[cut..], &b, &a[..cut]].concat();
            let mut edits = Vec::new();
            pinned(&a, &other, &mut edits);
            let edits = joined(edits);
            let moved = moved(&a, &other, &edits);
            // Between pins nothing is left too long here, so that what is the same is told.
            check(&a, &other, &Alignment { edits, moved });
        }
    }

    #[test]
    fn a_moved_sentence_is_told() {
        let (one, two, three) = ([1, 2, 3, 4, 5, 6], [11, 12, 13, 14, 15], [21, 22, 23, 24, 25, 26, 27]);
        let alignment = align(&[&one[..], &two, &three].concat(), &[&one[..], &three, &two].concat());
        assert_eq!(alignment.shared(), 18);
        assert_eq!(alignment.moved.len(), 1);
        assert_eq!((alignment.moved[0].a.clone(), alignment.moved[0].b.clone()), (6..11, 13..18));
    }

    #[test]
    fn a_million_words_are_aligned_in_parts() {
        let a: Vec<u64> = (0..1_000_000).map(|word| word * word % 999_983).collect();
        let mut b = a.clone();
        (0..1_000_000).step_by(1000).for_each(|at| b[at] = u64::MAX);
        assert_eq!(align(&a, &b).shared(), 999_000);
    }
}
