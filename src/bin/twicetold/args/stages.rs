//! The arguments of the verbs that look inside one stage: `blocks`, `pairs`, `values`, `claims`, `why`.

use super::{ConfigArgs, DateArgs, FileArgs, InputArgs, KnownArgs, ListFormat, QuietArgs, ThreadArgs};
use clap::{Args as ClapArgs, ValueEnum};
use twicetold::matching::Ratio;

/// `pairs`
#[derive(ClapArgs, Debug)]
pub(crate) struct Pairs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) config: FileArgs,
    /// Pairs that share at least this part of all their shingles (Jaccard) [default: 0.5]
    #[arg(long, value_name = "0..1", help_heading = "Pairs", group = "search")]
    pub(crate) jaccard: Option<Ratio>,
    /// Pairs that share at least this part of the smaller text's shingles
    #[arg(long, value_name = "0..1", help_heading = "Pairs", group = "search")]
    pub(crate) containment: Option<Ratio>,
    /// Pairs that share a run of at least so many words, and where
    #[arg(
        long,
        value_name = "WORDS",
        help_heading = "Pairs",
        group = "search",
        value_parser = clap::value_parser!(u16).range(1..)
    )]
    pub(crate) passage: Option<u16>,
    /// What is compared: the blocks of articles, or each article or record as it is
    #[arg(long, value_name = "UNIT", default_value = "block", help_heading = "Pairs")]
    pub(crate) unit: Unit,
    /// Texts of fewer words are not compared
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Pairs")]
    pub(crate) min_words: u32,
    /// Pair texts of the same words with the first of them only, and only the first with others
    #[arg(long, help_heading = "Pairs")]
    pub(crate) distinct: bool,
    /// Add the alignment of each pair: which words are the same, deleted, inserted, replaced, moved
    #[arg(long, help_heading = "Output", conflicts_with = "passage")]
    pub(crate) align: bool,
    /// A table for people, JSON Lines or TSV for machines (default: a table on a terminal, else JSON Lines)
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<PairFormat>,
    #[command(flatten)]
    pub(crate) screen: QuietArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
    /// Tell on standard error how long each stage took, and its megabytes of text a second
    #[arg(long, help_heading = "Terminal")]
    pub(crate) timings: bool,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// The blocks of articles, without page furniture
    Block,
    /// Each article, or each record of a .jsonl file, as it is; such files are read as a stream
    Record,
}

/// How pairs are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PairFormat {
    Table,
    JsonLines,
    Tsv,
}

/// `values`
#[derive(ClapArgs, Debug)]
pub(crate) struct Values {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) config: FileArgs,
    #[command(flatten)]
    pub(crate) date: DateArgs,
    /// A table for people or JSON Lines for machines (default: a table on a terminal)
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<ListFormat>,
    #[command(flatten)]
    pub(crate) screen: QuietArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

/// `claims`
#[derive(ClapArgs, Debug)]
pub(crate) struct Claims {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) date: DateArgs,
    /// Only the claims of this rule
    #[arg(long, value_name = "ID", help_heading = "Output")]
    pub(crate) rule: Option<String>,
    /// A table for people, JSON Lines, CSV or TSV for machines (default: a table on a terminal, else JSON Lines)
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<ClaimFormat>,
    #[command(flatten)]
    pub(crate) screen: QuietArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

/// How claims are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimFormat {
    Table,
    JsonLines,
    Csv,
    Tsv,
}

/// `why`
#[derive(ClapArgs, Debug)]
pub(crate) struct Why {
    /// A line of an article: FILE:LINE
    #[arg(value_name = "A:LINE")]
    pub(crate) a: String,
    /// A line of another, or of the same
    #[arg(value_name = "B:LINE")]
    pub(crate) b: String,
    #[command(flatten)]
    pub(crate) input: KnownArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) date: DateArgs,
    /// Take the articles for tellings of one story
    #[arg(long, help_heading = "Claims")]
    pub(crate) one_story: bool,
}

/// `blocks`
#[derive(ClapArgs, Debug)]
pub(crate) struct Blocks {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) config: FileArgs,
    /// A table for people or JSON Lines for machines (default: a table on a terminal)
    #[arg(long, value_name = "FORMAT", help_heading = "Output")]
    pub(crate) output_format: Option<ListFormat>,
    /// Do not tell what was skipped
    #[arg(short, long, help_heading = "Terminal")]
    pub(crate) quiet: bool,
}
