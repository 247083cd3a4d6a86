//! The configuration as it is written.

use super::Error;
use crate::corpus::{Document, Fault, Span, nearest, shown_path};
use crate::findings::Allowance;
use crate::rules::Severity;
use crate::segment::Furniture;
use crate::value::DateOrder;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::Spanned;

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
    /// Packs whose rules are switched off, by their names.
    #[serde(default)]
    pub(super) disable: Vec<Spanned<String>>,
    /// Findings that are known and allowed.
    #[serde(default)]
    allow: Vec<Spanned<AllowEntry>>,
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

/// A decision of the editor, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllowEntry {
    /// The rule, or the code.
    rule: Spanned<String>,
    /// The articles, or the folders they lie in.
    #[serde(default)]
    between: Vec<String>,
    /// Words of one side.
    quote: Option<String>,
    /// Why.
    reason: String,
    /// The last day.
    until: Option<Spanned<toml::Value>>,
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

    /// The entries of `[[allow]]`, checked.
    ///
    /// # Errors
    ///
    /// A rule that nobody knows, an entry that would allow everything, a day that is none.
    pub(super) fn allowances(
        &self,
        is_known: impl Fn(&str) -> Option<Option<String>>,
    ) -> Result<Vec<Allowance>, Error> {
        let fault = |at: usize, message: String| Fault::at(&self.path, &self.text, at, message);
        let check = |entry: &Spanned<AllowEntry>| {
            let (span, entry) = (entry.span(), entry.get_ref());
            let rule = entry.rule.get_ref();
            if let Some(near) = is_known(rule) {
                let help = near.map_or_else(
                    || "name a rule or a code".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                let message = format!("`{rule}` is neither a code nor a rule");
                return Err(Error::File(fault(entry.rule.span().start, message).with_help(help)));
            }
            if entry.between.is_empty() && entry.quote.is_none() {
                let message = "an entry names articles or words: this one would allow everything".to_owned();
                let help =
                    "write between = [\"a.md\", \"b.md\"] or quote = \"…\"; [severity] switches a rule off";
                return Err(Error::File(fault(span.start, message).with_help(help)));
            }
            let day = |until: &Spanned<toml::Value>| {
                let text = until.get_ref().to_string();
                text.trim_matches('"').parse::<jiff::civil::Date>().map_err(|_| {
                    Error::File(
                        fault(until.span().start, format!("{text} is no day"))
                            .with_help("write until = 2027-01-31"),
                    )
                })
            };
            Ok(Allowance {
                rule: rule.clone(),
                between: entry.between.clone(),
                quote: entry.quote.clone(),
                reason: entry.reason.clone(),
                until: entry.until.as_ref().map(day).transpose()?,
                span: Span::new(span.start, span.end),
            })
        };
        self.allow.iter().map(check).collect()
    }

    /// The file as a document that findings can point into.
    pub(super) fn document(&self) -> Document {
        Document::plain(self.path.clone(), self.text.clone())
    }

    /// The fault of a pack that nobody read.
    pub(super) fn unknown_pack(&self, name: &str, known: &[String]) -> Error {
        let at = self.disable.iter().find(|pack| pack.get_ref() == name).map_or(0, |pack| pack.span().start);
        let help = match nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the packs are {}", known.join(", ")),
        };
        Error::File(
            Fault::at(&self.path, &self.text, at, format!("no pack has the name `{name}`")).with_help(help),
        )
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
