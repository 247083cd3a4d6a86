//! Which configuration holds, and what it lets be read.

use crate::args::{ConfigArgs, ConfigCommand, ConfigVerb, DateArgs, FileArgs, InputArgs, Setting};
use crate::trouble::Trouble;
use crate::{Outcome, input, screen};
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use twicetold::config::{Config, CorpusConfig, CorpusFlags, Flags, Layers, Sources, discover};

/// Names the configuration for all runs in a surrounding.
const VARIABLE: &str = "TWICETOLD_CONFIG";

/// Settles how articles are read, for verbs that use no rules.
pub(crate) fn settle(input: &InputArgs, config: &FileArgs) -> Result<CorpusConfig, Trouble> {
    Ok(CorpusConfig::settle(&layers(config, &input.paths)?, &input.flags())?)
}

/// Settles everything for verbs that read claims.
pub(crate) fn with_rules(input: &InputArgs, config: &ConfigArgs, date: &DateArgs) -> Result<Config, Trouble> {
    let corpus = CorpusFlags { date_order: date.order(), ..input.flags() };
    let flags = Flags { corpus, rules: config.rules.clone(), ..Flags::default() };
    Ok(Config::settle(&layers(&config.file, &input.paths)?, &flags)?)
}

/// Settles the rules for verbs that read no articles.
pub(crate) fn rules_only(config: &ConfigArgs) -> Result<Config, Trouble> {
    let flags = Flags { rules: config.rules.clone(), with_tests: true, ..Flags::default() };
    Ok(Config::settle(&layers(&config.file, &[])?, &flags)?)
}

/// Lists what would be read and as what; what would not be read goes to standard error.
pub(crate) fn show_files(args: &InputArgs, config: &FileArgs) -> Result<Outcome, Trouble> {
    let settings = settle(args, config)?;
    let (planned, skipped) = input::plan(args, &settings.read)?;
    screen::tell_all_skipped(&skipped);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in &planned {
        writeln!(out, "{:<7} {}", file.format.name(), file.path)?;
    }
    out.flush()?;
    Ok(if skipped.iter().any(|skipped| skipped.was_named) { Outcome::Incomplete } else { Outcome::Clean })
}

/// Prints what holds, once it is known to be usable.
pub(crate) fn show(args: &ConfigCommand) -> Result<Outcome, Trouble> {
    let ConfigVerb::Show(args) = &args.verb;
    let layers = layers(&args.config, std::slice::from_ref(&args.path))?;
    Config::settle(&layers, &Flags::default())?;
    let mut out = std::io::stdout().lock();
    out.write_all(layers.shown().as_bytes())?;
    Ok(Outcome::Clean)
}

/// What is written: in the file that is named, else in that of the environment, else in the nearest above the first path;
/// and in single settings.
pub(crate) fn layers(args: &FileArgs, paths: &[PathBuf]) -> Result<Layers, Trouble> {
    let here = std::env::current_dir().unwrap_or_default();
    let mut sources = Sources { here, ..Sources::default() };
    for setting in &args.config {
        match setting {
            Setting::Of(text) => sources.settings.push(text.clone()),
            Setting::File(file) if args.isolated => {
                let file = file.display();
                return Err(Trouble::Usage(format!("--isolated and --config {file} do not go together")));
            }
            Setting::File(file) if sources.file.is_some() => {
                let message =
                    "two configurations are named\nhelp: let one extend the other: extend = \"FILE\"";
                return Err(Trouble::Usage(format!("{message} ({})", file.display())));
            }
            Setting::File(file) => sources.file = Some(file.clone()),
        }
    }
    if !args.isolated && sources.file.is_none() {
        let named = std::env::var_os(VARIABLE).filter(|name: &OsString| !name.is_empty());
        sources.file = named.map(PathBuf::from).or_else(|| found(paths));
    }
    Ok(Layers::load(&sources)?)
}

/// The nearest configuration above the first path, shown as the user would write it where it lies below the current folder.
fn found(paths: &[PathBuf]) -> Option<PathBuf> {
    let first = paths.iter().find(|path| *path != Path::new("-")).map_or(Path::new("."), PathBuf::as_path);
    let found = discover(&std::path::absolute(first).ok()?)?;
    let here = std::env::current_dir().ok();
    let short = here.and_then(|here| found.strip_prefix(here).ok().map(Path::to_owned));
    Some(short.unwrap_or(found))
}
