//! Defaults, then the file, then the flags: options are settled once.
//!
//! Takes a `twicetold.toml` and what the command line overrides, gives a [`Config`]. Knows files
//! and options, not the argument parser.

mod discover;
mod error;
mod file;

pub use discover::discover;
pub use error::Error;
pub use file::ConfigFile;

use crate::copies::CopyOptions;
use crate::findings::{Allowance, Selection, Severities};
use crate::matching::Ratio;
use crate::pipeline::Settings;
use crate::rules::RuleSet;
use crate::segment::Furniture;
use crate::value::DateOrder;
use std::path::{Path, PathBuf};

/// What the command line says; `None` and empty leave the file's word.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Least Jaccard similarity.
    pub jaccard: Option<Ratio>,
    /// Least containment.
    pub containment: Option<Ratio>,
    /// Least words of a block.
    pub min_words: Option<usize>,
    /// More to leave out.
    pub exclude: Vec<String>,
    /// More rule files.
    pub rules: Vec<PathBuf>,
    /// How numeric dates are read.
    pub date_order: Option<DateOrder>,
    /// Which findings are wanted.
    pub selection: Selection,
    /// Whether the tests of the packs that come with the program are wanted.
    pub with_tests: bool,
}

/// Settled options.
#[derive(Debug)]
pub struct Config {
    /// What to leave out.
    pub exclude: Vec<String>,
    /// The rules.
    pub rules: RuleSet,
    /// How page furniture is told from articles.
    pub furniture: Furniture,
    /// How numeric dates are read.
    pub date_order: DateOrder,
    /// What to find.
    pub settings: Settings,
    /// Findings that are known and allowed.
    pub allowances: Vec<Allowance>,
}

impl Config {
    /// Settles the options: defaults, then the file, then the command line.
    ///
    /// # Errors
    ///
    /// A configuration or rule file that cannot be used, with the place and the way out.
    pub fn load(file: Option<&Path>, overrides: &Overrides) -> Result<Self, Error> {
        let written = file.map(ConfigFile::load).transpose()?.unwrap_or_default();
        let mut paths = written.rule_paths.clone();
        paths.extend(overrides.rules.iter().cloned());
        let load = if overrides.with_tests { RuleSet::load_with_tests } else { RuleSet::load };
        let mut rules = load(&paths)?;
        let disabled: Vec<String> = written.disable.iter().map(|pack| pack.get_ref().clone()).collect();
        let packs = rules.packs.clone();
        rules = rules.without(&disabled).map_err(|name| written.unknown_pack(&name, &packs))?;
        let severities = Severities::new(written.severity.clone()).selecting(overrides.selection.clone());
        if let Some((name, near)) = severities.unknown_selected(&rules) {
            return Err(Error::Unknown(name.to_owned(), near));
        }
        if let Some((name, near)) = severities.unknown(&rules) {
            return Err(written.unknown_severity(name, near));
        }
        let allowances = written.allowances(|name| severities.unknown_name(name, &rules))?;
        if !allowances.is_empty() {
            rules.fact_files.push(written.document());
        }
        let defaults = CopyOptions::default();
        let matching = CopyOptions {
            jaccard: overrides.jaccard.unwrap_or(defaults.jaccard),
            containment: overrides.containment.unwrap_or(defaults.containment),
            min_words: overrides.min_words.unwrap_or(defaults.min_words),
            ..defaults
        };
        let exclude = written.exclude.iter().chain(&overrides.exclude).cloned().collect();
        let furniture = written.furniture()?;
        let date_order = overrides.date_order.unwrap_or(written.date_order());
        Ok(Self {
            exclude,
            rules,
            furniture,
            date_order,
            settings: Settings { matching, severities, is_one_story: false },
            allowances,
        })
    }
}
