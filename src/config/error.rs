//! What can be wrong with the configuration.

use crate::corpus::Fault;

/// Why the configuration cannot be used; reads after "failed to".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not there, or not as it has to be.
    #[error("read the configuration {0}")]
    File(Fault),
    /// A table of page furniture is not as it has to be.
    #[error("read the furniture table {0}")]
    Furniture(Fault),
    /// A rule file is not as it has to be.
    #[error(transparent)]
    Rules(#[from] crate::rules::Error),
}
