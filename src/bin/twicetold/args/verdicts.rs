//! The arguments of `check`, `diff`, `report` and `templates`.

use super::{
    CacheArgs, ConfigArgs, DateArgs, FailLevel, InputArgs, KnownArgs, Level, Output, ScreenArgs, ThreadArgs,
};
use clap::{ArgAction, Args as ClapArgs};
use std::path::PathBuf;
use twicetold::matching::Ratio;
use twicetold::report::diff::DiffFormat;

/// The variable that names a format for all runs in a surrounding.
pub(crate) const OUTPUT_FORMAT: &str = "TWICETOLD_OUTPUT_FORMAT";

/// `check`
#[derive(ClapArgs, Debug)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    #[command(flatten)]
    pub(crate) scope: ScopeArgs,
    #[command(flatten)]
    pub(crate) selection: SelectionArgs,
    #[command(flatten)]
    pub(crate) silence: SilenceArgs,
    #[command(flatten)]
    pub(crate) baseline: BaselineArgs,
    #[command(flatten)]
    pub(crate) mend: MendArgs,
    #[command(flatten)]
    pub(crate) config: ConfigArgs,
    #[command(flatten)]
    pub(crate) cache: CacheArgs,
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
    /// full, concise, grouped, json, json-lines, csv, markdown, html, sarif, github, gitlab, junit, checkstyle, rdjson or
    /// rdjsonl; FORMAT=FILE writes to a file and can be given more than once
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, help_heading = "Output", env = OUTPUT_FORMAT, hide_env_values = true)]
    pub(crate) output_format: Vec<Output>,
    /// Make pages from the templates of a folder, and from the program's own where it has none
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) template: Option<PathBuf>,
    /// Look again whenever something changes that is read
    #[arg(long, conflicts_with_all = ["fix", "diff", "write_baseline", "prune_baseline", "files_from", "show_files"], help_heading = "Terminal")]
    pub(crate) watch: bool,
    /// Exit with 1 if a finding is at least this severe
    #[arg(
        long,
        value_name = "LEVEL",
        default_value = "error",
        help_heading = "Output",
        env = "TWICETOLD_FAIL_LEVEL",
        hide_env_values = true
    )]
    pub(crate) fail_level: FailLevel,
    /// Exit with 0 whatever is found
    #[arg(long, help_heading = "Output")]
    pub(crate) exit_zero: bool,
    #[command(flatten)]
    pub(crate) screen: ScreenArgs,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
    /// Tell on standard error how long each stage took, and its megabytes of text a second
    #[arg(long, help_heading = "Terminal")]
    pub(crate) timings: bool,
}

/// What is reported of all that is compared.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "What is reported")]
pub(crate) struct ScopeArgs {
    /// Compare with these files and folders too, but report only on PATH
    #[arg(long, value_name = "PATH")]
    pub(crate) against: Vec<PathBuf>,
    /// Report only on files that changed since the branch left REV, with uncommitted and untracked ones (git)
    #[arg(long, value_name = "REV", conflicts_with = "staged")]
    pub(crate) since: Option<String>,
    /// Report only on files that are staged for the next commit (git)
    #[arg(long)]
    pub(crate) staged: bool,
    /// Report only what stands in more than one article
    #[arg(long)]
    pub(crate) cross_only: bool,
}

/// Which findings are wanted.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Selection")]
pub(crate) struct SelectionArgs {
    /// Only findings of a code (TT102), a family (TT1), a name (rewritten) or a rule; ALL is every one
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// These findings too, also where they are off by default
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) extend_select: Vec<String>,
    /// No findings of these; of two names that hold, the narrower decides
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
    /// Only findings that are at least this severe
    #[arg(long, value_name = "LEVEL")]
    pub(crate) min_severity: Option<Level>,
}

/// Findings that comments silence.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Selection")]
pub(crate) struct SilenceArgs {
    /// Show findings that a comment in the article silences, each with its reason
    #[arg(long)]
    pub(crate) show_suppressed: bool,
    /// Exit with 1 if comments silence more findings than this
    #[arg(long, value_name = "N")]
    pub(crate) max_suppressed: Option<usize>,
}

/// Options that leave findings out: what they leave out is not gone, and a baseline without it would not be whole.
const PARTIAL: [&str; 7] = ["against", "since", "staged", "cross_only", "select", "ignore", "min_severity"];

/// What is mended.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Fixing")]
pub(crate) struct MendArgs {
    /// Remove blocks that were pasted twice in a row, to the byte, from plain text and Markdown; nothing else is changed
    #[arg(long, conflicts_with = "diff")]
    pub(crate) fix: bool,
    /// Show what --fix would change instead of the findings, and exit with 1 if it would
    #[arg(long, conflicts_with_all = ["write_baseline", "prune_baseline"])]
    pub(crate) diff: bool,
}

/// Findings that were there before.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "Baseline")]
pub(crate) struct BaselineArgs {
    /// Leave out findings that this file knows, and tell what is new of others
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write all findings of this run to the baseline
    #[arg(long, requires = "baseline", conflicts_with = "prune_baseline", conflicts_with_all = PARTIAL)]
    pub(crate) write_baseline: bool,
    /// Take out of the baseline what is no longer found
    #[arg(long, requires = "baseline", conflicts_with_all = PARTIAL)]
    pub(crate) prune_baseline: bool,
    /// Exit with 1 if anything is new, however severe
    #[arg(long, requires = "baseline")]
    pub(crate) fail_on_new: bool,
    /// Show known findings too, each with its status
    #[arg(long, requires = "baseline")]
    pub(crate) show_known: bool,
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
    /// full, concise, grouped, json, json-lines, csv, markdown, html, sarif, github, gitlab, junit, checkstyle, rdjson or
    /// rdjsonl; FORMAT=FILE writes to a file and can be given more than once
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, help_heading = "Output")]
    pub(crate) output_format: Vec<Output>,
    /// Make pages from the templates of a folder, and from the program's own where it has none
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    pub(crate) template: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) screen: ScreenArgs,
}
