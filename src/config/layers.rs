//! Where the configuration is written: files that extend one another, then single settings, each over the one before.

use super::Error;
use super::written::{Written, section_of};
use crate::corpus::{Document, Fault, PathBase, shown_path};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a setting of the command line goes by where a file would be named.
const INLINE: &str = "--config";

/// Where to look.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// The file, where one holds.
    pub file: Option<PathBuf>,
    /// The current folder, absolute.
    pub here: PathBuf,
    /// Single settings, as `KEY = VALUE` in TOML or with the value as plain text; the last one holds.
    pub settings: Vec<String>,
}

/// One place where configuration is written.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) text: String,
    /// What relative paths start from.
    pub(super) folder: PathBuf,
    /// The same for globs.
    pub(super) base: PathBase,
    pub(super) written: Written,
    /// The same as it stands there, without what is left out.
    pub(super) table: toml::Table,
}

/// All that is written, what holds least first.
#[derive(Clone, Debug, Default)]
pub struct Layers(pub(super) Vec<Layer>, pub(super) PathBase);

impl Layers {
    /// Reads a file, what it extends, and single settings.
    ///
    /// # Errors
    ///
    /// A file that cannot be opened or extends itself, a version that is not this one, a key or a value that is none; with
    /// the place and the way out.
    pub fn load(sources: &Sources) -> Result<Self, Error> {
        let mut layers =
            sources.file.as_deref().map(|file| chain(file, &sources.here)).transpose()?.unwrap_or_default();
        let settings = sources.settings.iter().map(|setting| Layer::of_setting(setting, &sources.here));
        // Globs speak of the project, wherever the configuration that it extends may lie.
        if let Some(base) = layers.last().map(|layer| layer.base.clone()) {
            layers.iter_mut().for_each(|layer| layer.base = base.clone());
        }
        layers.extend(settings.collect::<Result<Vec<Layer>, Error>>()?);
        Ok(Self(layers, PathBase::new(Path::new(""), &sources.here)))
    }

    /// The files that configuration is written in, and all that they name.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.0.iter().flat_map(|layer| {
            let Written { corpus, conflicts, .. } = &layer.written;
            let named = corpus.furniture.iter().chain(&corpus.metadata).chain(&conflicts.rule_files);
            let own = layer.is_file().then_some(&layer.name);
            own.into_iter().chain(named).map(PathBuf::from).collect::<Vec<_>>()
        })
    }
}

/// A file and what it extends, the last of these first.
fn chain(file: &Path, here: &Path) -> Result<Vec<Layer>, Error> {
    let mut layers = Vec::new();
    let mut seen = BTreeSet::new();
    let mut next = Some(file.to_owned());
    while let Some(path) = next {
        seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone()));
        // A file that another one names and that is not there is wrong where it is named.
        let text = std::fs::read_to_string(&path).map_err(|error| match extension(&layers) {
            None => Error::File(Fault::unreadable(&path, &error)),
            Some((layer, at, name)) => {
                let reason = Fault::unreadable(&path, &error).message;
                layer.error(at, format!("`{name}` cannot be read: {reason}"))
            }
        })?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        layers.push(Layer::parse(shown_path(&path), text, folder, here)?);
        next = match extension(&layers) {
            None => None,
            Some((layer, at, name)) => {
                let other = layer.folder.join(name);
                if seen.contains(&other.canonicalize().unwrap_or_else(|_| other.clone())) {
                    return Err(layer.error(at, format!("`{name}` extends this file, which extends it")));
                }
                Some(other)
            }
        };
    }
    layers.reverse();
    Ok(layers)
}

/// What the last of some files extends: the file, the place, and the name as written.
fn extension(layers: &[Layer]) -> Option<(&Layer, usize, &str)> {
    let layer = layers.last()?;
    let name = layer.written.extend.as_ref()?;
    Some((layer, name.span().start, name.get_ref()))
}

impl Layer {
    /// Reads `KEY=VALUE`, as TOML, or with the value as text.
    fn of_setting(setting: &str, here: &Path) -> Result<Self, Error> {
        let as_text = || {
            let (key, value) = setting.split_once('=')?;
            // What looks like TOML is TOML, and wrong.
            let is_plain = !value.trim().starts_with(['[', '{', '"', '\'']);
            is_plain.then(|| format!("{} = {}", key.trim(), toml::Value::from(value.trim())))
        };
        let parse = |text: &str| {
            Self::parse(format!("{INLINE} '{}'", shown(setting)), text.to_owned(), PathBuf::new(), here)
        };
        let layer = match setting.parse::<toml::Table>() {
            Err(_) => parse(&as_text().unwrap_or_else(|| setting.to_owned())),
            Ok(_) => parse(setting),
        };
        let layer = layer.map_err(|error| match error {
            // The place in a line of one's own is of no use, the line is.
            Error::File(fault) => Error::File(Fault { place: None, ..fault }),
            other => other,
        })?;
        if let Some((layer, at, _)) = extension(std::slice::from_ref(&layer)) {
            let help = "name the file with --config FILE";
            return Err(layer.fault(at, "only a file can extend another").with_help(help).into());
        }
        Ok(layer)
    }

    fn parse(name: String, text: String, folder: PathBuf, here: &Path) -> Result<Self, Error> {
        let fault = |error: &toml::de::Error| Fault::from_toml(&name, &text, error);
        let table: toml::Table = toml::from_str(&text).map_err(|error| fault(&error))?;
        // Another version may have other keys: which one is asked for comes first.
        check_version(&name, &text, &table)?;
        let written: Written = toml::from_str(&text).map_err(|error| {
            let fault = fault(&error);
            match fault
                .message
                .strip_prefix("unknown key `")
                .and_then(|key| section_of(key.trim_end_matches('`')))
            {
                Some(section) => fault.with_help(format!("it stands under [{section}]")),
                None => fault,
            }
        })?;
        let base = PathBase::new(&folder, here);
        let mut layer = Self { name, text, folder, base, written, table };
        layer.absolute();
        Ok(layer)
    }

    /// Puts the folder before the paths that are relative to it.
    fn absolute(&mut self) {
        let from_here = |path: &mut String| *path = shown_path(&self.folder.join(&*path));
        let Written { corpus, conflicts, .. } = &mut self.written;
        corpus.furniture.iter_mut().chain(&mut corpus.metadata).for_each(from_here);
        conflicts.rule_files.iter_mut().for_each(from_here);
    }

    /// What is wrong at a byte of it.
    pub(super) fn fault(&self, at: usize, message: impl Into<String>) -> Fault {
        let fault = Fault::at(&self.name, &self.text, at, message);
        // The place in a line of one's own is of no use, the line is.
        if self.is_file() { fault } else { Fault { place: None, ..fault } }
    }

    fn error(&self, at: usize, message: impl Into<String>) -> Error {
        self.fault(at, message).into()
    }

    /// Whether it is a file, and no setting of the command line.
    pub(super) fn is_file(&self) -> bool {
        !self.name.starts_with(INLINE)
    }

    /// The file as a document that findings can point into.
    pub(super) fn document(&self) -> Document {
        Document::plain(self.name.clone(), self.text.clone())
    }
}

/// A setting in one line.
fn shown(setting: &str) -> String {
    setting.replace(char::is_control, " ")
}

/// Whether a configuration is for this version of the program.
fn check_version(name: &str, text: &str, table: &toml::Table) -> Result<(), Error> {
    const KEY: &str = "required-version";
    const VERSION: &str = env!("CARGO_PKG_VERSION");
    // A value that is no text is told with its place by whoever reads all keys.
    let Some(required) = table.get(KEY).and_then(toml::Value::as_str) else { return Ok(()) };
    let at = text.find(KEY).unwrap_or(0);
    let fault = |message: String| Fault::at(name, text, at, message);
    let wanted = semver::VersionReq::parse(required).map_err(|error| {
        fault(format!("`{required}` names no versions: {error}"))
            .with_help(format!("write required-version = \">={VERSION}\""))
    })?;
    let own = semver::Version::parse(VERSION).map_err(|error| fault(error.to_string()))?;
    if wanted.matches(&own) {
        return Ok(());
    }
    let fault = fault(format!("this is version {VERSION}, and {required} is required"));
    Err(fault.with_help("install such a version, or change the line").into())
}
