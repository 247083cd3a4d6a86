//! Which words two texts share, word by word (`similar`, Myers 1986).

use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};
use std::ops::Range;

/// One step of an alignment, in words of either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Whether the words are the same on both sides.
    pub is_same: bool,
    /// Words of the first text; empty where the second inserts.
    pub a: Range<usize>,
    /// Words of the second text; empty where it deletes.
    pub b: Range<usize>,
}

/// All steps from one text to another, in order and without gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alignment {
    /// The steps.
    pub edits: Vec<Edit>,
}

impl Alignment {
    /// The number of words that are the same on both sides.
    pub fn shared(&self) -> usize {
        self.edits.iter().filter(|edit| edit.is_same).map(|edit| edit.a.len()).sum()
    }
}

/// Aligns two texts given as word hashes. O(n·d) for `n` words and `d` differences.
pub fn align(a: &[u64], b: &[u64]) -> Alignment {
    let edit =
        |op: &DiffOp| Edit { is_same: op.tag() == DiffTag::Equal, a: op.old_range(), b: op.new_range() };
    Alignment { edits: capture_diff_slices(Algorithm::Myers, a, b).iter().map(edit).collect() }
}

#[cfg(test)]
mod tests {
    use super::align;
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn the_steps_make_up_both_texts(a in vec(0_u64..5, 0..30), b in vec(0_u64..5, 0..30)) {
            let alignment = align(&a, &b);
            let (mut from, mut onto) = (0, 0);
            for edit in &alignment.edits {
                prop_assert_eq!((edit.a.start, edit.b.start), (from, onto));
                prop_assert_eq!(edit.is_same, a[edit.a.clone()] == b[edit.b.clone()]);
                (from, onto) = (edit.a.end, edit.b.end);
            }
            prop_assert_eq!((from, onto), (a.len(), b.len()));
        }
    }
}
