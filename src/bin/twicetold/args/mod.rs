//! The arguments: the verbs here, what they share in `input` and `output`, each verb's own beside them.

mod input;
mod output;
mod rules;
mod stages;
mod verdicts;

pub(crate) use input::{CacheArgs, CleanArgs, ConfigArgs, DateArgs, FileArgs, InputArgs, KnownArgs, Setting};
pub(crate) use output::{Color, FailLevel, Level, ListFormat, Output, QuietArgs, ScreenArgs, ThreadArgs};
pub(crate) use rules::{
    CompletionsArgs, ConfigCommand, ConfigVerb, InitArgs, ManArgs, RuleArgs, SchemaArgs, SchemaKind, Test,
};
pub(crate) use stages::{Blocks, ClaimFormat, Claims, PairFormat, Pairs, Unit, Values, Why};
pub(crate) use verdicts::{
    BaselineArgs, Check, DiffArgs, OUTPUT_FORMAT, ReportArgs, ScopeArgs, TemplatesArgs,
};

use clap::{Arg, Command, CommandFactory, FromArgMatches, Parser, Subcommand};

/// Finds text told twice, and stories that do not agree.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100, disable_help_subcommand = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

impl Args {
    /// The arguments of this process; a variable of the environment that is set to nothing is not set.
    pub(crate) fn of_process() -> Self {
        fn is_empty(name: &std::ffi::OsStr) -> bool {
            std::env::var_os(name).is_some_and(|value| value.is_empty())
        }
        fn without_empty(command: Command) -> Command {
            let unset = |arg: Arg| match arg.get_env().is_some_and(is_empty) {
                true => arg.env(None),
                false => arg,
            };
            command.mut_args(unset).mut_subcommands(without_empty)
        }
        let matches = without_empty(Self::command()).get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Find copies and conflicts in articles
    #[command(
        after_help = "Exit codes: 0 nothing found at or above --fail-level, 1 something found, 2 trouble."
    )]
    Check(Box<Check>),
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
    /// Show the settled configuration
    Config(ConfigCommand),
    /// Print the JSON Schema of configurations, rule files, reports or differences
    Schema(SchemaArgs),
    /// Remove what is kept from run to run
    Clean(CleanArgs),
    /// Write a configuration to start from
    Init(InitArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Write the manual pages into a folder
    Man(ManArgs),
}
