//! Reused passages: runs of shared words, extended through small gaps and put together.
//!
//! Seed and extend (Altschul et al. 1990), with maximal runs as seeds. Runs that follow each other on both
//! sides with a small gap are one passage; runs in another order stay passages of their own, so a text whose
//! parts were moved about keeps all of them.

use super::run::Run;
use std::cmp::Reverse;

/// The most words that a gap has on either side.
const GAP: usize = 6;
/// Words that must be the same behind a gap for the passage to go on.
const FOOTHOLD: usize = 4;

/// A run of words that stands in two texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seed {
    /// Where it starts in the first text.
    pub a: usize,
    /// Where it starts in the second.
    pub b: usize,
    /// How many words it has.
    pub words: usize,
}

/// A passage that two texts share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reuse {
    /// Its words in the first text.
    pub a: Run,
    /// Its words in the second text.
    pub b: Run,
    /// The runs of the same words in it, in order on both sides.
    pub runs: Vec<Seed>,
}

impl Reuse {
    /// All words of two texts that are the same.
    pub fn whole(words: usize) -> Self {
        Self::of_runs(vec![Seed { a: 0, b: 0, words }])
    }

    fn of_runs(runs: Vec<Seed>) -> Self {
        let (first, last) = (runs[0], runs[runs.len() - 1]);
        let a = Run { start: first.a, end: last.a + last.words };
        let b = Run { start: first.b, end: last.b + last.words };
        Self { a, b, runs }
    }

    /// How many words are the same.
    pub fn shared(&self) -> usize {
        self.runs.iter().map(|run| run.words).sum()
    }

    /// The same passage with its sides changed.
    pub fn swapped(&self) -> Self {
        let swap = |run: &Seed| Seed { a: run.b, b: run.a, words: run.words };
        Self { a: self.b, b: self.a, runs: self.runs.iter().map(swap).collect() }
    }
}

/// The passages of one pair of texts, given its maximal runs and the words of both; the longest first.
///
/// A run that is part of a longer passage on both sides is not told again. O(runs²) at worst, for a pair of
/// texts that repeat themselves; linear in the words otherwise.
pub(super) fn reuses(mut seeds: Vec<Seed>, one: &[u64], two: &[u64]) -> Vec<Reuse> {
    // The longest run is the surest: it takes in what follows it.
    seeds.sort_unstable_by_key(|seed| (Reverse(seed.words), *seed));
    let reversed = |words: &[u64]| -> Vec<u64> { words.iter().rev().copied().collect() };
    let (one_back, two_back) = (reversed(one), reversed(two));
    let mut found: Vec<Reuse> = Vec::new();
    for seed in seeds {
        let is_known = |known: &Reuse| {
            let inside = |run: Run, start: usize| run.start <= start && start + seed.words <= run.end;
            inside(known.a, seed.a) && inside(known.b, seed.b)
        };
        if !found.iter().any(is_known) {
            let mut runs = vec![seed];
            runs.extend(further(one, two, seed.a + seed.words, seed.b + seed.words));
            // The way back is the way forth in the reversed texts.
            let back = further(&one_back, &two_back, one.len() - seed.a, two.len() - seed.b);
            runs.extend(back.into_iter().map(|Seed { a, b, words }| Seed {
                a: one.len() - a - words,
                b: two.len() - b - words,
                words,
            }));
            runs.sort_unstable();
            found.push(Reuse::of_runs(runs));
        }
    }
    found.sort_unstable_by(|x, y| y.shared().cmp(&x.shared()).then_with(|| x.cmp(y)));
    found
}

/// The runs that follow from two places on, each behind a small gap.
fn further(one: &[u64], two: &[u64], mut a: usize, mut b: usize) -> Vec<Seed> {
    let mut runs = Vec::new();
    while let Some((skip_a, skip_b, words)) = next_run(&one[a..], &two[b..]) {
        runs.push(Seed { a: a + skip_a, b: b + skip_b, words });
        (a, b) = (a + skip_a + words, b + skip_b + words);
    }
    runs
}

/// The nearest run of at least [`FOOTHOLD`] words behind a gap of at most [`GAP`] words on either side.
fn next_run(one: &[u64], two: &[u64]) -> Option<(usize, usize, usize)> {
    let skips = (1..=2 * GAP).flat_map(|both| (0..=both).map(move |a| (a, both - a)));
    skips.filter(|&(a, b)| a <= GAP && b <= GAP).find_map(|(a, b)| {
        let (one, two) = (one.get(a..)?, two.get(b..)?);
        let words = one.iter().zip(two).take_while(|(x, y)| x == y).count();
        (words >= FOOTHOLD).then_some((a, b, words))
    })
}

#[cfg(test)]
mod tests {
    use super::{Reuse, Run, Seed};
    use crate::fingerprint::word_hashes;
    use crate::matching::{Passages, Texts};

    struct Two(Vec<u64>, Vec<u64>);

    impl Texts for Two {
        fn len(&self) -> usize {
            2
        }
        fn words(&self, text: usize) -> Vec<u64> {
            if text == 0 { self.0.clone() } else { self.1.clone() }
        }
        fn total_words(&self) -> usize {
            self.0.len() + self.1.len()
        }
    }

    fn found(one: &str, two: &str) -> Vec<Reuse> {
        let texts = Two(word_hashes(one), word_hashes(two));
        Passages::new(&texts, 8, None).all(|_, _| true).into_iter().map(|passage| passage.reuse).collect()
    }

    const A: &str = "the harbour master closed the northern pier on the evening before the storm";
    const B: &str = "fishermen had carried their nets and boxes to the market hall that afternoon";

    #[test]
    fn a_small_gap_is_bridged() {
        let one = format!("here {A} and so {B}");
        let two = format!("there is more: {A} but of course {B} too");
        let runs = vec![Seed { a: 1, b: 3, words: 13 }, Seed { a: 16, b: 19, words: 13 }];
        let expected = Reuse { a: Run { start: 1, end: 29 }, b: Run { start: 3, end: 32 }, runs };
        assert_eq!(found(&one, &two), [expected]);
    }

    #[test]
    fn what_is_moved_is_kept() {
        let passages = found(&format!("{A} {B}"), &format!("{B} {A}"));
        let spans: Vec<(usize, usize, usize)> =
            passages.iter().map(|reuse| (reuse.a.start, reuse.b.start, reuse.shared())).collect();
        assert_eq!(spans, [(0, 13, 13), (13, 0, 13)]);
    }

    #[test]
    fn words_of_one_letter_only() {
        let passages = found(&"a ".repeat(1000), &"a ".repeat(700));
        assert_eq!(passages, [Reuse::whole(700)]);
    }
}
