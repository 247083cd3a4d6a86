//! The configuration as it is written.

use super::Error;
use crate::corpus::{Fault, shown_path};
use crate::rules::Severity;
use crate::segment::Furniture;
use crate::value::DateOrder;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// `twicetold.toml`, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// Globs of files and folders to leave out.
    #[serde(default)]
    pub(super) exclude: Vec<String>,
    /// Rule files and folders, relative to the configuration.
    #[serde(default)]
    rules: Vec<PathBuf>,
    /// Tables of page furniture, relative to the configuration; they come before the built-in one.
    #[serde(default)]
    furniture: Vec<PathBuf>,
    /// How `03/04/2019` is read: `auto`, `day-month-year` or `month-day-year`.
    #[serde(default, rename = "date-order")]
    date_order: DateOrder,
    /// Severities by code, name, family or rule id.
    #[serde(default)]
    pub(super) severity: BTreeMap<String, Severity>,
    #[serde(skip)]
    pub(super) rule_paths: Vec<PathBuf>,
    #[serde(skip)]
    path: String,
    #[serde(skip)]
    text: String,
}

impl ConfigFile {
    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// A file that cannot be opened, a key or a value that is none, with its place.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let name = shown_path(path);
        let unreadable = |error| Error::File(Fault::unreadable(path, &error));
        let text = std::fs::read_to_string(path).map_err(unreadable)?;
        let mut file: Self =
            toml::from_str(&text).map_err(|error| Error::File(Fault::from_toml(&name, &text, &error)))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        file.rule_paths = file.rules.iter().map(|rules| folder.join(rules)).collect();
        file.path = name;
        file.text = text;
        Ok(file)
    }

    /// Globs of files and folders to leave out.
    pub fn exclude(&self) -> &[String] {
        &self.exclude
    }

    /// How numeric dates are read.
    pub fn date_order(&self) -> DateOrder {
        self.date_order
    }

    /// The table of page furniture: those that the file names, the last first, then the built-in one.
    ///
    /// # Errors
    ///
    /// A table that cannot be opened or read, with its place.
    pub fn furniture(&self) -> Result<Furniture, Error> {
        let folder = Path::new(&self.path).parent().unwrap_or(Path::new(""));
        let mut furniture = Furniture::builtin();
        for path in &self.furniture {
            let path = folder.join(path);
            let text = std::fs::read_to_string(&path)
                .map_err(|error| Error::Furniture(Fault::unreadable(&path, &error)))?;
            let own = Furniture::parse(&shown_path(&path), &text).map_err(Error::Furniture)?;
            furniture = furniture.after(own);
        }
        Ok(furniture)
    }

    /// The fault of a severity for what nobody knows.
    pub(super) fn unknown_severity(&self, name: &str, near: Option<String>) -> Error {
        let section = self.text.find("[severity]").unwrap_or(0);
        let at = section + self.text[section..].find(name).unwrap_or(0);
        let fault = Fault::at(&self.path, &self.text, at, format!("`{name}` is neither a code nor a rule"));
        Error::File(fault.with_help(near.map_or_else(
            || "name a code (TT101), a family (TT1), or the id of a rule".to_owned(),
            |near| format!("did you mean `{near}`?"),
        )))
    }
}
