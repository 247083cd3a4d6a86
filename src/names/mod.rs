//! Who and what is named: known entities and open names, and the words that stand for them.
//!
//! Takes a document's blocks and the entities of a [`RuleSet`](crate::rules::RuleSet), gives a [`Roster`] of whom the
//! document names and the [`Mention`]s of each paragraph. `runs` reads stretches of capitals, `directory` finds the names
//! that rule files list, `roster` decides what kind of thing each open name is, `mentions` says whom the names of a
//! paragraph stand for and `pointing` whom "he", "the mayor" and "the two leaders". Knows nothing of rules' patterns and of claims.

mod directory;
mod mentions;
mod pointing;
mod roster;
mod runs;
mod words;

pub use directory::Directory;
pub use mentions::{Context, Mention, Mentions, Speech};
pub use roster::Roster;
pub use words::{NameWords, Sort, without_accent};
