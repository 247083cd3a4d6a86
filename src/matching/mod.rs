//! From fingerprints to copies: which blocks stand twice, how much of them, and where.
//!
//! Takes fingerprinted blocks, gives [`CopySet`]s. Everything that satisfies a relation is found:
//! no sampling, no sketches. Knows nothing of rules and claims.
//!
//! | relation | definition |
//! |---|---|
//! | exact | the same words in the same order |
//! | near | Jaccard similarity of the shingle sets of at least [`MatchOptions::jaccard`] |
//! | contained | shared shingles over those of the smaller set of at least [`MatchOptions::containment`] |
//! | passage | a common run of words |

mod align;
mod cluster;
mod copies;
mod join;
mod passages;
mod ratio;
mod unit;

pub use align::{Alignment, Edit, align};
pub use cluster::{Cluster, clusters};
pub use copies::{CopySet, Stretch, copies};
pub use join::{Overlap, Pair, join};
pub use passages::{Passage, passages};
pub use ratio::Ratio;
pub use unit::{Relation, Run, Unit};

/// What counts as a copy.
#[derive(Clone, Copy, Debug)]
pub struct MatchOptions {
    /// Least Jaccard similarity of near copies, 0 to 1.
    pub jaccard: Ratio,
    /// Least share of the smaller block's shingles that contained copies have, 0 to 1.
    pub containment: Ratio,
    /// Blocks of fewer words are not compared.
    pub min_words: usize,
    /// Words that two blocks of one article must share to count as contained or reused.
    pub inside_words: usize,
    /// Words that blocks of two articles must share to count as contained or reused.
    pub across_words: usize,
}

impl Default for MatchOptions {
    fn default() -> Self {
        Self {
            jaccard: Ratio::HALF,
            containment: Ratio::HALF,
            min_words: 8,
            inside_words: 10,
            across_words: 20,
        }
    }
}
