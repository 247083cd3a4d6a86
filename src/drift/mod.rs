//! Near copies that differ in a fact: a figure, a date, a name, a "not", a direction.
//!
//! Takes two stretches that are copies of each other, gives the [`Change`]s between them that change what is said.
//! `passage` takes a stretch apart, `align` is the shortest edit script between the two ([`crate::matching::align`]),
//! and one room for each type looks at what stands in place of what: `figures`, `names`, `negation`, `opposites`.
//! Other words for the same thing, another order, added and dropped detail, rounding and grain are no changes. Which
//! stretches are copies of each other is decided elsewhere.

mod changes;
mod figures;
mod names;
mod negation;
mod opposites;
mod passage;

pub use changes::{Change, ChangeKind, Comparer, Comparison, phrase};

/// Reads the built-in table of opposites, which else the first pair waits for.
pub fn warm_up() {
    opposites::Opposites::builtin();
}
