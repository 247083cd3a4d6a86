//! The arguments of `rule`, `test`, `config` and `schema`, and of `init`, `completions` and `man`.

use super::{ConfigArgs, FileArgs, ScreenArgs, ThreadArgs};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use std::path::PathBuf;

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

/// `config`
#[derive(ClapArgs, Debug)]
pub(crate) struct ConfigCommand {
    #[command(subcommand)]
    pub(crate) verb: ConfigVerb,
}

/// What to do with the configuration.
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigVerb {
    /// Print what holds for a path, as TOML, each line with the file that says it
    Show(ConfigShow),
}

/// `config show`
#[derive(ClapArgs, Debug)]
pub(crate) struct ConfigShow {
    /// Where articles would be read
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) config: FileArgs,
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
    /// Configurations: twicetold.toml
    Config,
    /// Rule files
    Rules,
    /// Reports in JSON, as `check` writes them
    Report,
    /// Differences in JSON, as `diff` writes them
    Diff,
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

/// `init`
#[derive(ClapArgs, Debug)]
pub(crate) struct InitArgs {
    /// Where to write it
    #[arg(value_name = "DIR", default_value = ".")]
    pub(crate) folder: PathBuf,
}

/// `completions`
#[derive(ClapArgs, Debug)]
pub(crate) struct CompletionsArgs {
    /// For which shell
    pub(crate) shell: clap_complete::Shell,
}

/// `man`
#[derive(ClapArgs, Debug)]
pub(crate) struct ManArgs {
    /// Where to write them
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
}
