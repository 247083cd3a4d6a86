//! What is read, and what is known of it.

use clap::builder::{FalseyValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args as ClapArgs, ValueEnum};
use std::path::{Path, PathBuf};
use twicetold::config::CorpusFlags;
use twicetold::corpus::Dateline;
use twicetold::read::{CharacterEncoding, Format as InFormat};
use twicetold::value::DateOrder;

/// Where articles come from.
#[derive(ClapArgs, Clone, Debug)]
#[command(next_help_heading = "Input")]
pub(crate) struct InputArgs {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read more paths from a file, one a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) files_from: Option<PathBuf>,
    /// The name that standard input goes by; its extension chooses the format
    #[arg(long, value_name = "NAME", default_value = "-")]
    pub(crate) stdin_filename: String,
    /// Leave out files and folders found on the way that match a glob
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Read all files as this format, instead of by their names and content (auto)
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    pub(crate) input_format: Option<InputFormat>,
    /// Read all files in this encoding (utf-8, windows-1252, shift_jis …), instead of by their bytes
    #[arg(long, value_name = "LABEL")]
    pub(crate) encoding: Option<CharacterEncoding>,
    /// What is known about the articles: date, source, title … by path glob (TOML or JSON Lines)
    #[arg(long, value_name = "FILE")]
    pub(crate) metadata: Option<PathBuf>,
    /// The day of articles that do not say theirs (2024-06-19, 2024-06, 2024)
    #[arg(long, value_name = "DATE", value_parser = Dateline::parse)]
    pub(crate) published: Option<Dateline>,
    /// List the files that would be read, and as what, and stop
    #[arg(long)]
    pub(crate) show_files: bool,
    /// No article to read is no error
    #[arg(long)]
    pub(crate) allow_empty: bool,
}

impl InputArgs {
    /// What they say of what is read.
    pub(crate) fn flags(&self) -> CorpusFlags {
        CorpusFlags {
            exclude: self.exclude.clone(),
            metadata: self.metadata.clone(),
            format: self.input_format.map(|format| format.0),
            encoding: self.encoding,
            published: self.published,
            date_order: None,
        }
    }

    /// The same for other paths.
    pub(crate) fn with_paths(&self, paths: Vec<PathBuf>) -> Self {
        Self { paths, ..self.clone() }
    }
}

/// A format, or by name and content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InputFormat(pub(crate) Option<InFormat>);

fn format_parser() -> impl TypedValueParser<Value = InputFormat> {
    let names = std::iter::once("auto").chain(InFormat::names()).map(PossibleValue::new);
    PossibleValuesParser::new(names).map(|name| InputFormat(name.parse().ok()))
}

/// Which configuration holds, for verbs that use no rules.
#[derive(ClapArgs, Clone, Debug)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct FileArgs {
    /// Use this file instead of the twicetold.toml found from the first path upward, or put a setting over it
    /// (duplicates.min-words=12); TWICETOLD_CONFIG names a file too
    #[arg(long, value_name = "FILE|KEY=VALUE", action = ArgAction::Append)]
    pub(crate) config: Vec<Setting>,
    /// Use no configuration file
    #[arg(long)]
    pub(crate) isolated: bool,
}

/// A configuration file, or a single setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Setting {
    File(PathBuf),
    /// `KEY=VALUE`
    Of(String),
}

impl From<&str> for Setting {
    fn from(text: &str) -> Self {
        match text.contains('=') && !Path::new(text).exists() {
            true => Self::Of(text.to_owned()),
            false => Self::File(PathBuf::from(text)),
        }
    }
}

/// Which configuration holds.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigArgs {
    #[command(flatten)]
    pub(crate) file: FileArgs,
    /// Add a rule file, or a folder of them
    #[arg(long, value_name = "FILE|DIR")]
    pub(crate) rules: Vec<PathBuf>,
}

/// What is kept from run to run.
#[derive(ClapArgs, Clone, Debug)]
#[command(next_help_heading = "Cache")]
pub(crate) struct CacheArgs {
    /// Keep what was read of articles in this folder, instead of the user's folder for caches
    #[arg(long, value_name = "DIR", env = "TWICETOLD_CACHE_DIR", hide_env_values = true)]
    pub(crate) cache_dir: Option<PathBuf>,
    /// Read everything anew, and keep nothing
    #[arg(long, env = "TWICETOLD_NO_CACHE", hide_env_values = true, value_parser = FalseyValueParser::new())]
    pub(crate) no_cache: bool,
}

/// `clean`
#[derive(ClapArgs, Debug)]
pub(crate) struct CleanArgs {
    #[command(flatten)]
    pub(crate) cache: CacheArgs,
}

/// How dates in figures are read.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct DateArgs {
    /// How 03/04/2019 is read; `auto` keeps both readings
    #[arg(long, value_name = "ORDER", help_heading = "Values")]
    date_order: Option<DateOrderArg>,
}

impl DateArgs {
    /// The order, where one is asked for.
    pub(crate) fn order(&self) -> Option<DateOrder> {
        self.date_order.map(|order| match order {
            DateOrderArg::Auto => DateOrder::Auto,
            DateOrderArg::DayMonthYear => DateOrder::DayMonthYear,
            DateOrderArg::MonthDayYear => DateOrder::MonthDayYear,
        })
    }
}

/// The orders by the names they have in the configuration too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DateOrderArg {
    Auto,
    DayMonthYear,
    MonthDayYear,
}

/// What is known of named articles.
#[derive(ClapArgs, Clone, Debug)]
#[command(next_help_heading = "Input")]
pub(crate) struct KnownArgs {
    /// What is known about the articles: date, source, title … by path glob (TOML or JSON Lines)
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,
    /// The day of articles that do not say theirs (2024-06-19, 2024-06, 2024)
    #[arg(long, value_name = "DATE", value_parser = Dateline::parse)]
    published: Option<Dateline>,
}

impl KnownArgs {
    /// The same for these paths.
    pub(crate) fn for_paths(&self, paths: Vec<PathBuf>) -> InputArgs {
        InputArgs {
            paths,
            files_from: None,
            stdin_filename: "-".to_owned(),
            exclude: Vec::new(),
            input_format: None,
            encoding: None,
            metadata: self.metadata.clone(),
            published: self.published,
            show_files: false,
            allow_empty: false,
        }
    }
}
