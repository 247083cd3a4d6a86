//! From blocks to claims: who is meant, what is said of whom, how sure, and by whom.
//!
//! Takes a document's blocks and a [`RuleSet`](crate::rules::RuleSet), gives [`Claim`]s. Reads one
//! document at a time and knows of no other; whether claims agree is judged by
//! [`reconcile`](crate::reconcile).

mod article;
mod claim;
mod denial;
mod extractor;
mod index;
mod matcher;
mod nouns;
mod sentence;
mod silence;

pub use article::{Paragraph, paragraphs};
pub use claim::{Certainty, Claim, SlotText};
pub use extractor::{Extractor, Reading, warm_up};
pub use silence::{Silence, Unread};
