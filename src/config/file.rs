//! The configuration as it is written.

use super::Error;
use crate::corpus::{Fault, shown_path};
use crate::rules::Severity;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// `twicetold.toml`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfigFile {
    /// Globs of files and folders to leave out.
    #[serde(default)]
    pub(super) exclude: Vec<String>,
    /// Rule files and folders, relative to the configuration.
    #[serde(default)]
    rules: Vec<PathBuf>,
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
    pub(super) fn load(path: &Path) -> Result<Self, Error> {
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
