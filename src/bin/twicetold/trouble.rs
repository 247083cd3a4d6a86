//! Why a run cannot go on.

use std::io;
use twicetold::{config, read};

/// Why a run cannot go on; the message says what to do next.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The options.
    Config(config::Error),
    /// The input as a whole.
    Read(read::Error),
    /// Something that was named and is not there, with the way out.
    Usage(String),
    /// Nothing to read.
    NoInput,
    /// A list of paths that cannot be read.
    List(String, io::Error),
    /// A named file that cannot be opened.
    Open(String, io::Error),
    /// A file of records that cannot be read to its end.
    Stream(String, read::Error),
    /// Standard output.
    Output(io::Error),
    /// An output file.
    File(String, io::Error),
    /// A number of threads the system does not give.
    Threads(rayon::ThreadPoolBuildError),
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config(error) => write!(f, "failed to {error}"),
            Self::Read(error) => write!(f, "failed to {error}"),
            Self::Usage(message) => f.write_str(message),
            Self::NoInput => f.write_str("no article to read\nhelp: name files or folders with .txt, .md or .jsonl files, or pass --allow-empty"),
            Self::List(path, error) => write!(f, "failed to read the list of paths {path}: {error}"),
            Self::Open(path, error) => write!(f, "failed to open {path}: {error}"),
            Self::Stream(path, error) => write!(f, "failed to read {path}: {error}"),
            Self::Output(error) => write!(f, "failed to write the output: {error}"),
            Self::File(path, error) => write!(f, "failed to write {path}: {error}"),
            Self::Threads(error) => write!(f, "failed to start threads: {error}"),
        }
    }
}

impl From<config::Error> for Trouble {
    fn from(error: config::Error) -> Self {
        Self::Config(error)
    }
}

impl From<read::Error> for Trouble {
    fn from(error: read::Error) -> Self {
        Self::Read(error)
    }
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
