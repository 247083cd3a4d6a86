//! What can go wrong between a path and a document.

use crate::corpus::{Fault, system_message};
use std::io;

/// Why an input cannot be read; reads after "failed to".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The system says no.
    #[error("cannot be opened: {}", system_message(.0))]
    Io(#[from] io::Error),
    /// Bytes that are no text in any encoding.
    #[error("not text: the file holds binary data, at byte {0} for one")]
    Binary(usize),
    /// A container of something else.
    #[error("not an article: neither a feed, ninjs nor NewsML-G2; --input-format reads it as what you say")]
    OtherKind,
    /// An archive or markup that is not as it has to be.
    #[error("{place}: {message}")]
    Broken {
        /// Where: a part of the file, a line, an offset.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// Longer than one document may be.
    #[error(
        "{size} bytes are more than one document may have ({limit}); split it into records of a .jsonl file"
    )]
    TooLarge {
        /// Its length in bytes.
        size: u64,
        /// The most that is read.
        limit: u64,
    },
    /// An exclude pattern that is no glob.
    #[error("read the exclude pattern `{pattern}`: {message}")]
    Pattern {
        /// As written.
        pattern: String,
        /// What is wrong with it.
        message: String,
    },
    /// A metadata file that cannot be used.
    #[error("read the metadata file {0}")]
    Metadata(Fault),
}

impl Error {
    /// Something that is not as it has to be, at a place in a file.
    pub(super) fn broken(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Broken { place: place.into(), message: message.into() }
    }
}
