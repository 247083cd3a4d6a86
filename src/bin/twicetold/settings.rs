//! Which configuration holds, and what it lets be read.

use crate::args::{ConfigArgs, DateArgs, FileArgs, InputArgs};
use crate::trouble::Trouble;
use crate::{Outcome, input, screen};
use std::io::Write;
use std::path::{Path, PathBuf};
use twicetold::config::{Config, ConfigFile, Overrides, discover};
use twicetold::segment::Furniture;
use twicetold::value::DateOrder;

/// What verbs without rules take from the configuration.
pub(crate) struct Settings {
    /// Globs to leave out.
    pub(crate) exclude: Vec<String>,
    /// The table of page furniture.
    pub(crate) furniture: Furniture,
    /// How numeric dates are read.
    pub(crate) date_order: DateOrder,
}

/// Settles exclude patterns and furniture for verbs that use no rules.
pub(crate) fn settle(input: &InputArgs, config: &FileArgs) -> Result<Settings, Trouble> {
    let file =
        path(config, &input.paths).map(|path| ConfigFile::load(&path)).transpose()?.unwrap_or_default();
    let exclude = file.exclude().iter().chain(&input.exclude).cloned().collect();
    Ok(Settings { exclude, furniture: file.furniture()?, date_order: file.date_order() })
}

/// Settles everything for verbs that read claims.
pub(crate) fn with_rules(input: &InputArgs, config: &ConfigArgs, date: &DateArgs) -> Result<Config, Trouble> {
    let overrides = Overrides {
        exclude: input.exclude.clone(),
        rules: config.rules.clone(),
        date_order: date.order(),
        ..Overrides::default()
    };
    Ok(Config::load(path(&config.file, &input.paths).as_deref(), &overrides)?)
}

/// Settles the rules for verbs that read no articles.
pub(crate) fn rules_only(config: &ConfigArgs) -> Result<Config, Trouble> {
    let overrides = Overrides { rules: config.rules.clone(), with_tests: true, ..Overrides::default() };
    Ok(Config::load(path(&config.file, &[]).as_deref(), &overrides)?)
}

/// Lists what would be read and as what; what would not be read goes to standard error.
pub(crate) fn show_files(args: &InputArgs, config: &FileArgs) -> Result<Outcome, Trouble> {
    let settings = settle(args, config)?;
    let (planned, skipped) = input::plan(args, &settings.exclude)?;
    screen::tell_all_skipped(&skipped);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in &planned {
        writeln!(out, "{:<7} {}", file.format.name(), file.path)?;
    }
    out.flush()?;
    Ok(if skipped.iter().any(|skipped| skipped.was_named) { Outcome::Incomplete } else { Outcome::Clean })
}

/// The configuration file: the one that is named, else the nearest above the first path.
pub(crate) fn path(args: &FileArgs, paths: &[PathBuf]) -> Option<PathBuf> {
    if args.isolated {
        return None;
    }
    let find = || {
        let first =
            paths.iter().find(|path| *path != Path::new("-")).map_or(Path::new("."), PathBuf::as_path);
        let found = discover(&std::path::absolute(first).ok()?)?;
        // Shown as the user would write it, where it lies below the current folder.
        let here = std::env::current_dir().ok();
        let short = here.and_then(|here| found.strip_prefix(here).ok().map(Path::to_owned));
        Some(short.unwrap_or(found))
    };
    args.config.clone().or_else(find)
}
