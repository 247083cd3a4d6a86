//! Runs of words that two blocks share.

use super::unit::Run;
use crate::fingerprint::run_hash;
use rayon::slice::ParallelSliceMut;

/// A maximal run of words that stands in two blocks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// Place of the first block.
    pub a: usize,
    /// Place of the second block, after the first.
    pub b: usize,
    /// The words of the run in the first.
    pub a_words: Run,
    /// The words of the run in the second.
    pub b_words: Run,
}

/// Every maximal common run of at least `least` words between two different texts, sorted.
///
/// Time and memory grow with the words, and with the number of runs that are found.
pub fn passages(
    texts: &[&[u64]],
    least: usize,
    is_comparable: impl Fn(usize, usize) -> bool,
) -> Vec<Passage> {
    let least = least.max(1);
    let mut places: Vec<(u64, u32, u32)> = Vec::new();
    for (text, words) in texts.iter().enumerate() {
        places.extend(
            words.windows(least).enumerate().map(|(at, run)| (run_hash(run), text as u32, at as u32)),
        );
    }
    places.par_sort_unstable();
    let mut found = Vec::new();
    for same in places.chunk_by(|a, b| a.0 == b.0) {
        // Places are sorted by text: those behind the run of one text are the places in later texts.
        let mut rest = same;
        for own in same.chunk_by(|a, b| a.1 == b.1) {
            rest = &rest[own.len()..];
            let others = rest.iter().filter(|other| is_comparable(own[0].1 as usize, other.1 as usize));
            for &(_, b, onto) in others {
                found.extend(
                    own.iter().filter_map(|&(_, a, from)| maximal(texts, (a, from), (b, onto), least)),
                );
            }
        }
    }
    found.sort_unstable();
    found
}

/// The run that starts at both places, unless it only goes on there.
fn maximal(texts: &[&[u64]], a: (u32, u32), b: (u32, u32), least: usize) -> Option<Passage> {
    let (one, two) = (texts[a.0 as usize], texts[b.0 as usize]);
    let (from, onto) = (a.1 as usize, b.1 as usize);
    if from > 0 && onto > 0 && one[from - 1] == two[onto - 1] {
        return None;
    }
    let length = one[from..].iter().zip(&two[onto..]).take_while(|(x, y)| x == y).count();
    (length >= least).then(|| Passage {
        a: a.0 as usize,
        b: b.0 as usize,
        a_words: Run { start: from, end: from + length },
        b_words: Run { start: onto, end: onto + length },
    })
}

#[cfg(test)]
mod tests {
    use super::{Passage, Run, passages};
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    fn brute(texts: &[&[u64]], least: usize) -> Vec<Passage> {
        let mut out = Vec::new();
        for a in 0..texts.len() {
            for b in a + 1..texts.len() {
                for i in 0..texts[a].len() {
                    for j in 0..texts[b].len() {
                        let starts = i == 0 || j == 0 || texts[a][i - 1] != texts[b][j - 1];
                        let length =
                            texts[a][i..].iter().zip(&texts[b][j..]).take_while(|(x, y)| x == y).count();
                        if starts && length >= least {
                            out.push(Passage {
                                a,
                                b,
                                a_words: Run { start: i, end: i + length },
                                b_words: Run { start: j, end: j + length },
                            });
                        }
                    }
                }
            }
        }
        out.sort_unstable();
        out
    }

    proptest! {
        #[test]
        fn every_common_run_is_found(texts in vec(vec(0_u64..3, 0..14), 0..6), least in 1_usize..5) {
            let texts: Vec<&[u64]> = texts.iter().map(Vec::as_slice).collect();
            prop_assert_eq!(passages(&texts, least, |_, _| true), brute(&texts, least));
        }
    }
}
