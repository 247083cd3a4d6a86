//! How results look, and where they go.

use clap::{Args as ClapArgs, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;
use twicetold::report::Format;
use twicetold::rules::Severity;

/// How the run looks.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Terminal")]
pub(crate) struct ScreenArgs {
    /// When to use colors
    #[arg(
        long,
        value_name = "WHEN",
        default_value = "auto",
        env = "TWICETOLD_COLOR",
        hide_env_values = true
    )]
    pub(crate) color: Color,
    /// Print findings only, no summary and no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// How a long run is carried out.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Terminal")]
pub(crate) struct ThreadArgs {
    /// How many threads to use; 0 is one a core
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256), env = "TWICETOLD_THREADS", hide_env_values = true)]
    pub(crate) threads: u16,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// How much is told besides the results.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Terminal")]
pub(crate) struct QuietArgs {
    /// Do not tell what was skipped, and show no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
}

/// How lists are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Table,
    JsonLines,
}

/// How severe a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    Error,
    Warning,
    Info,
}

impl Level {
    /// The severity of this name.
    pub(crate) fn severity(self) -> Severity {
        match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Info => Severity::Info,
        }
    }
}

/// From which severity on a run fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailLevel {
    Error,
    Warning,
    Info,
    None,
}

impl FailLevel {
    /// The least severity that fails, where one does.
    pub(crate) fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::None => None,
        }
    }
}

/// A format and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output<F = Format> {
    pub(crate) format: F,
    /// A file, or standard output.
    pub(crate) file: Option<PathBuf>,
}

impl<F: FromStr<Err = String>> FromStr for Output<F> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, file) = text.split_once('=').map_or((text, None), |(format, file)| (format, Some(file)));
        if file.is_some_and(str::is_empty) {
            return Err(format!("a file is missing behind `{text}`"));
        }
        // `json=-` is standard output, as `-` is everywhere.
        Ok(Self { format: format.parse()?, file: file.filter(|file| *file != "-").map(PathBuf::from) })
    }
}
