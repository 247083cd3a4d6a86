//! What can be wrong with the configuration.

use crate::corpus::Fault;

/// Why the configuration cannot be used; reads after "failed to".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not there, or not as it has to be.
    #[error("read the configuration {0}")]
    File(#[from] Fault),
    /// A table of page furniture is not as it has to be.
    #[error("read the furniture table {0}")]
    Furniture(Fault),
    /// What is known about articles, or what to leave out, is not as it has to be.
    #[error(transparent)]
    Read(#[from] crate::read::Error),
    /// A name to select or to ignore that nobody knows, and the nearest one.
    #[error("select `{0}`: it is neither a code, a family, the name of a code nor a rule{near}", near = .1.as_ref().map_or(String::new(), |near| format!("\nhelp: did you mean `{near}`?")))]
    Unknown(String, Option<String>),
    /// A rule file is not as it has to be.
    #[error(transparent)]
    Rules(#[from] crate::rules::Error),
}
