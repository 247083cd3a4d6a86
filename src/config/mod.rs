//! Defaults, then files, then single settings, then the flags: options are settled once.
//!
//! Takes where configuration is written and what the command line says, gives a [`Config`]. Knows files and options, not
//! the argument parser.

mod discover;
mod error;
mod layers;
mod shown;
mod validate;
mod written;

pub use discover::discover;
pub use error::Error;
pub use layers::{Layers, Sources};
pub use written::config_schema;

use crate::copies::CopyOptions;
use crate::corpus::{Dateline, Fault, PathGlobs, shown_path};
use crate::findings::{Allowance, Selection, Severities};
use crate::matching::Ratio;
use crate::pipeline::Settings;
use crate::read::{CharacterEncoding, Format, MetadataTable, ReadOptions};
use crate::rules::RuleSet;
use crate::segment::Furniture;
use crate::value::DateOrder;
use std::path::{Path, PathBuf};

/// What the command line says of what is read; `None` and empty leave the file's word.
#[derive(Clone, Debug, Default)]
pub struct CorpusFlags {
    /// More to leave out.
    pub exclude: Vec<String>,
    /// What is known about the articles, instead of what the file names.
    pub metadata: Option<PathBuf>,
    /// The format of all files; `Some(None)` tells it by name and content.
    pub format: Option<Option<Format>>,
    /// The encoding of all files.
    pub encoding: Option<CharacterEncoding>,
    /// The day of documents that do not say theirs.
    pub published: Option<Dateline>,
    /// How numeric dates are read.
    pub date_order: Option<DateOrder>,
}

/// What the command line says of what is found; `None` and empty leave the file's word.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// Of what is read.
    pub corpus: CorpusFlags,
    /// Least Jaccard similarity.
    pub jaccard: Option<Ratio>,
    /// Least containment.
    pub containment: Option<Ratio>,
    /// Least words of a block.
    pub min_words: Option<usize>,
    /// More rule files.
    pub rules: Vec<PathBuf>,
    /// Whether all articles tell one story; `false` leaves the file's word, as there is no flag for no.
    pub one_story: bool,
    /// Whether only what stands in more than one article is wanted; as above.
    pub cross_only: bool,
    /// Which findings are wanted.
    pub selection: Selection,
    /// Whether the tests of the packs that come with the program are wanted.
    pub with_tests: bool,
}

/// How articles are read: settled options for what needs no rules.
#[derive(Clone, Debug)]
pub struct CorpusConfig {
    /// How files become documents.
    pub read: ReadOptions,
    /// How page furniture is told from articles.
    pub furniture: Furniture,
    /// How numeric dates are read.
    pub date_order: DateOrder,
}

/// Settled options.
#[derive(Debug)]
pub struct Config {
    /// How articles are read.
    pub corpus: CorpusConfig,
    /// The rules.
    pub rules: RuleSet,
    /// What to find.
    pub settings: Settings,
    /// Whether only what stands in more than one article is wanted.
    pub is_cross_only: bool,
    /// Findings that are known and allowed.
    pub allowances: Vec<Allowance>,
}

impl CorpusConfig {
    /// Settles how articles are read.
    ///
    /// # Errors
    ///
    /// A table that cannot be opened or used, a format or an encoding that nobody knows; with the place and the way out.
    pub fn settle(layers: &Layers, flags: &CorpusFlags) -> Result<Self, Error> {
        let exclude = layers.exclude()?.and(excluded(&flags.exclude)?);
        let own = layers.last(|written| written.corpus.metadata.clone()).map(PathBuf::from);
        let metadata = flags.metadata.clone().or(own);
        let metadata = metadata.as_deref().map(MetadataTable::load).transpose()?.unwrap_or_default();
        let format = flags.format.map(Ok).or_else(|| layers.input_format());
        let encoding = flags.encoding.map(Ok).or_else(|| layers.encoding());
        let order = layers.last(|written| written.conflicts.date_order);
        let mut furniture = Furniture::builtin();
        for path in layers.all(|written| &written.corpus.furniture) {
            furniture = furniture.after(table(Path::new(path))?);
        }
        Ok(Self {
            read: ReadOptions {
                exclude,
                metadata,
                format: format.transpose()?.flatten(),
                encoding: encoding.transpose()?,
                published: flags.published,
            },
            furniture,
            date_order: flags.date_order.or(order).unwrap_or_default(),
        })
    }
}

/// What the command line leaves out, by paths as they are given.
fn excluded(patterns: &[String]) -> Result<PathGlobs, Error> {
    PathGlobs::new(patterns.iter().map(String::as_str))
        .map_err(|(pattern, message)| Error::Read(crate::read::Error::Pattern { pattern, message }))
}

/// Reads a table of page furniture.
fn table(path: &Path) -> Result<Furniture, Error> {
    let text =
        std::fs::read_to_string(path).map_err(|error| Error::Furniture(Fault::unreadable(path, &error)))?;
    Furniture::parse(&shown_path(path), &text).map_err(Error::Furniture)
}

impl Config {
    /// Settles the options: defaults, then what is written, then the command line.
    ///
    /// # Errors
    ///
    /// A configuration or rule file that cannot be used, with the place and the way out.
    pub fn settle(layers: &Layers, flags: &Flags) -> Result<Self, Error> {
        let corpus = CorpusConfig::settle(layers, &flags.corpus)?;
        let written = layers.all(|written| &written.conflicts.rule_files).map(PathBuf::from);
        let paths: Vec<PathBuf> = written.chain(flags.rules.iter().cloned()).collect();
        let load = if flags.with_tests { RuleSet::load_with_tests } else { RuleSet::load };
        let mut rules = layers.without_disabled(load(&paths)?)?;
        if let Some((name, near)) = Severities::unknown(flags.selection.names(), &rules) {
            return Err(Error::Unknown(name.to_owned(), near));
        }
        let severities = layers.severities(&rules)?.selecting(flags.selection.clone());
        let allowances = layers.allowances(&mut rules)?;
        let defaults = CopyOptions::default();
        let duplicates = |layers: &Layers| {
            let jaccard = flags.jaccard.or(layers.last(|written| written.duplicates.jaccard));
            let containment = flags.containment.or(layers.last(|written| written.duplicates.containment));
            let min_words = flags.min_words.or(layers.last(|written| written.duplicates.min_words));
            CopyOptions {
                jaccard: jaccard.unwrap_or(defaults.jaccard),
                containment: containment.unwrap_or(defaults.containment),
                min_words: min_words.unwrap_or(defaults.min_words),
                ..defaults
            }
        };
        let is_one_story = layers.last(|written| written.conflicts.one_story).unwrap_or(false);
        let is_cross_only = layers.last(|written| written.duplicates.cross_only).unwrap_or(false);
        Ok(Self {
            corpus,
            rules,
            settings: Settings {
                matching: duplicates(layers),
                severities,
                is_one_story: flags.one_story || is_one_story,
            },
            is_cross_only: flags.cross_only || is_cross_only,
            allowances,
        })
    }
}
