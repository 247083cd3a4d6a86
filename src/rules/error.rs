//! What can be wrong with rule files.

use crate::corpus::Fault;

/// Why a rule file cannot be used; reads after "failed to".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file cannot be opened.
    #[error("read the rule file {0}")]
    Read(Fault),
    /// Something in it is not as it has to be.
    #[error("read the rule file {0}")]
    Written(Fault),
    /// A folder without a rule file.
    #[error("find rules: no .toml file in {0}")]
    Empty(String),
}
