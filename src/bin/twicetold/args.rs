//! The arguments.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;
use twicetold::corpus::Dateline;
use twicetold::matching::Ratio;
use twicetold::read::{CharacterEncoding, Format as InFormat};
use twicetold::report::Format;
use twicetold::report::diff::DiffFormat;
use twicetold::rules::Severity;
use twicetold::value::DateOrder;

/// Finds text told twice, and stories that do not agree.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Find copies and conflicts in articles
    #[command(
        after_help = "Exit codes: 0 nothing found at or above --fail-level, 1 something found, 2 trouble."
    )]
    Check(Check),
    /// Tell what differs between versions of an article: first in fact, then in wording
    #[command(
        after_help = "A witness is a file, FILE#ID, REV:PATH (git), or `-`. With git: `git difftool --extcmd='twicetold diff'`.\n\
        Exit codes: 0 the same, 1 they differ, 2 trouble."
    )]
    Diff(DiffArgs),
    /// Draw a saved JSON report in any format, whole or in part
    #[command(
        after_help = "The same bytes as the run itself would have written. Exit codes: 0 done, 2 trouble."
    )]
    Report(ReportArgs),
    /// List the blocks of articles: what each is taken for, and why
    Blocks(Blocks),
    /// List every pair of texts that share enough, for data work
    #[command(
        after_help = "Complete by its definitions and without judgement: what an editor would call a copy is for `check`.\n\
        A shingle is three words in a row. Exit codes: 0 done, 2 trouble."
    )]
    Pairs(Pairs),
    /// List every value in articles: dates, periods, numbers, money, measures, ages
    #[command(
        after_help = "Relative dates are told from the day of the article: give it with --published where the file does not.\n\
        Exit codes: 0 done, 2 trouble."
    )]
    Values(Values),
    /// List every claim that is read: about what, with what value, and who says so
    #[command(after_help = "Which rules read them, `twicetold rule` lists. Exit codes: 0 done, 2 trouble.")]
    Claims(Claims),
    /// List the rules, or explain one: what it reads, with examples, and how to silence it
    Rule(RuleArgs),
    /// Tell what is compared of two places, and what keeps it silent
    Why(Why),
    /// Run the tests inside rule files
    Test(Test),
    /// Write the templates of the report page into a folder, to be changed and used with --template
    Templates(TemplatesArgs),
    /// Print the JSON Schema of rule files, reports or differences
    Schema(SchemaArgs),
}

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
    /// Read all files as this format, instead of by their names and content
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = format_parser())]
    pub(crate) input_format: InputFormat,
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
    /// Use this configuration instead of the twicetold.toml found from the first path upward
    #[arg(long, value_name = "FILE", conflicts_with = "isolated")]
    pub(crate) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    pub(crate) isolated: bool,
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

/// How the run looks.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Terminal")]
pub(crate) struct ScreenArgs {
    /// When to use colors
    #[arg(long, value_name = "WHEN", default_value = "auto")]
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
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=256))]
    pub(crate) threads: u16,
}

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// `check`
#[derive(ClapArgs, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    /// Near copies share at least this part of all their 3-word shingles (Jaccard; default 0.5)
    #[arg(long, value_name = "0..1", help_heading = "Copies")]
    pub(crate) jaccard: Option<Ratio>,
    /// Excerpts share at least this part of the smaller block's shingles (default 0.5)
    #[arg(long, value_name = "0..1", help_heading = "Copies")]
    pub(crate) containment: Option<Ratio>,
    /// Blocks of fewer words are not compared (default 8)
    #[arg(long, value_name = "N", help_heading = "Copies")]
    pub(crate) min_words: Option<usize>,
    /// The day by which `until` of [[allow]] entries is judged [default: today]
    #[arg(long, value_name = "DATE", help_heading = "Claims")]
    pub(crate) today: Option<jiff::civil::Date>,
    /// Take all articles for tellings of one story, which else their names and days decide
    #[arg(long, help_heading = "Claims")]
    pub(crate) one_story: bool,
    #[command(flatten)]
    pub(crate) date: DateArgs,
    /// full, concise, json, json-lines, csv, markdown or html; FORMAT=FILE writes to a file and can be given more than once
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, help_heading = "Output")]
    pub(crate) output_format: Vec<Output>,
    /// Make pages from the templates of a folder, and from the program's own where it has none
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) template: Option<PathBuf>,
    /// Exit with 1 if a finding is at least this severe
    #[arg(long, value_name = "LEVEL", default_value = "error", help_heading = "Output")]
    pub(crate) fail_level: FailLevel,
    #[command(flatten)]
    pub(crate) screen: ScreenArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
    /// Tell on standard error how long each stage took, and its megabytes of text a second
    #[arg(long, help_heading = "Terminal")]
    pub(crate) timings: bool,
}

/// `diff`
#[derive(ClapArgs, Debug)]
pub(crate) struct DiffArgs {
    /// Two versions of an article, or more: files, FILE#ID, REV:PATH, or `-` for standard input
    #[arg(value_name = "WITNESS", required = true, num_args = 2..)]
    pub(crate) witnesses: Vec<String>,
    /// The name that standard input goes by; its extension chooses the format
    #[arg(long, value_name = "NAME", default_value = "-", help_heading = "Input")]
    pub(crate) stdin_filename: String,
    /// Compare page furniture too
    #[arg(long, help_heading = "Input")]
    pub(crate) furniture: bool,
    #[command(flatten)]
    pub(crate) input: KnownArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) date: DateArgs,
    /// full, html, markdown or json; FORMAT=FILE writes to a file and can be given more than once
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, help_heading = "Output")]
    pub(crate) output_format: Vec<Output<DiffFormat>>,
    /// Two columns
    #[arg(short = 'y', long, help_heading = "Output", conflicts_with = "word_diff")]
    pub(crate) side_by_side: bool,
    /// The whole text with [-what went-] and {+what came+} in it, as git marks them
    #[arg(long, help_heading = "Output")]
    pub(crate) word_diff: bool,
    /// Make pages from the templates of a folder, and from the program's own where it has none
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) template: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) screen: ScreenArgs,
}

/// `templates`
#[derive(ClapArgs, Debug)]
pub(crate) struct TemplatesArgs {
    /// Where to write them; files that are there stay as they are
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}

/// `report`
#[derive(ClapArgs, Debug)]
pub(crate) struct ReportArgs {
    /// A report in JSON, as `check --output-format json` writes it; `-` is standard input
    #[arg(value_name = "RESULT.json")]
    pub(crate) report: PathBuf,
    /// Only findings of a code (TT102), a family (TT1), a name (rewritten) or a rule
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Selection")]
    pub(crate) select: Vec<String>,
    /// No findings of these
    #[arg(long, value_name = "NAME", value_delimiter = ',', help_heading = "Selection")]
    pub(crate) ignore: Vec<String>,
    /// Only findings that are at least this severe
    #[arg(long, value_name = "LEVEL", help_heading = "Selection")]
    pub(crate) min_severity: Option<Level>,
    /// Only findings with a place of this publisher
    #[arg(long, value_name = "NAME", help_heading = "Selection")]
    pub(crate) source: Vec<String>,
    /// Only findings with a place in files that match a glob
    #[arg(long, value_name = "GLOB", help_heading = "Selection")]
    pub(crate) path: Vec<String>,
    /// full, concise, json, json-lines, csv, markdown or html; FORMAT=FILE writes to a file and can be given more than once
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, help_heading = "Output")]
    pub(crate) output_format: Vec<Output>,
    /// Make pages from the templates of a folder, and from the program's own where it has none
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) template: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) screen: ScreenArgs,
}

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

/// How much is told besides the results.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Terminal")]
pub(crate) struct QuietArgs {
    /// Do not tell what was skipped, and show no progress
    #[arg(short, long)]
    pub(crate) quiet: bool,
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
            input_format: InputFormat(None),
            encoding: None,
            metadata: self.metadata.clone(),
            published: self.published,
            show_files: false,
            allow_empty: false,
        }
    }
}

/// `rule`
#[derive(ClapArgs, Debug)]
pub(crate) struct RuleArgs {
    /// The rule or check to explain; without it all rules are listed
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
    /// List the checks that need no rule too
    #[arg(long, conflicts_with = "id")]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

/// `schema`
#[derive(ClapArgs, Debug)]
pub(crate) struct SchemaArgs {
    /// Of which files
    #[arg(value_name = "FILES")]
    pub(crate) of: SchemaKind,
}

/// Files that have a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaKind {
    /// Rule files
    Rules,
    /// Reports in JSON, as `check` writes them
    Report,
    /// Differences in JSON, as `diff` writes them
    Diff,
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

/// How lists are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    Table,
    JsonLines,
}

/// `test`
#[derive(ClapArgs, Debug)]
pub(crate) struct Test {
    /// Rule files and folders; without any, the rules that come with the program
    #[arg(value_name = "FILE|DIR")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) screen: ScreenArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
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
