//! From words to pairs: which texts share enough, how much, and where.
//!
//! Takes the words of texts, gives pairs, passages and alignments. Everything that satisfies a relation is
//! found: no sampling, no sketches. Knows nothing of documents, and judges nothing.
//!
//! | relation | definition |
//! |---|---|
//! | exact | the same words in the same order |
//! | near | Jaccard similarity of the shingle sets, [`Measure::Jaccard`] |
//! | contained | shared shingles over those of the smaller set, [`Measure::Containment`] |
//! | passage | a common run of words, gone on with through small gaps |
//!
//! `batch` sorts the shingles of some texts by hash; `ranking` groups those of all batches and numbers
//! them, the rarest first; `sets` puts the texts in order of size; `waves` lists their rarest shingles and
//! `join` forms pairs within the lists. `passages` and `reuse` do the same for runs of words. `align` shows
//! which words of a pair are the same.

mod align;
mod batch;
mod join;
mod measure;
mod passages;
mod ranking;
mod ratio;
mod reuse;
mod run;
mod sets;
mod twins;
mod waves;

pub use align::{Alignment, Edit, EditKind, align};
pub use batch::{Batch, BatchBuilder, Partitions};
pub use join::Join;
pub use measure::{Measure, Overlap, Pair, Rarity};
pub use passages::{Passage, Passages, Texts};
pub use ratio::Ratio;
pub use reuse::{Reuse, Seed};
pub use run::Run;
pub use twins::Twins;
