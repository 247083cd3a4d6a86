//! Where text stands: documents, spans and the way back to the bytes of the file.
//!
//! Takes nothing and knows nobody. Every other room speaks of text by the types of this one.

mod block;
mod document;
mod fault;
mod globs;
mod metadata;
mod offsets;
mod position;
mod prose;
mod remark;
mod span;
mod story;
mod words;

pub use block::{Block, BlockKind};
pub use document::{Corpus, Document, Origin, Outlined, Skipped};
pub use fault::{Fault, nearest, shown_path, system_message};
pub use globs::{PathBase, PathGlobs};
pub use metadata::{Dateline, Metadata};
pub use offsets::OffsetMap;
pub use position::{LineIndex, Position};
pub use prose::{count_words, ends_sentence, is_running_text, is_whole};
pub use remark::{REMARK, find_remarks};
pub use span::Span;
pub use story::{Edition, versions};
pub use words::{Form, Word, scan_words, words};
