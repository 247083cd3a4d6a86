//! The formats by name; a new one is one line here.

use super::checkstyle::Checkstyle;
use super::concise::Concise;
use super::csv::Csv;
use super::full::Full;
use super::github::Github;
use super::gitlab::Gitlab;
use super::grouped::Grouped;
use super::html::Html;
use super::json::Json;
use super::json_lines::JsonLines;
use super::junit::Junit;
use super::markdown::Markdown;
use super::nearest_name;
use super::rdjson::{Rdjson, RdjsonLines};
use super::renderer::Renderer;
use super::sarif::Sarif;
use std::str::FromStr;

/// An output format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Compiler-style text with both sides.
    #[default]
    Full,
    /// One line a finding.
    Concise,
    /// The report itself.
    Json,
    /// One finding of the report a line.
    JsonLines,
    /// One place of a finding a row.
    Csv,
    /// For comments on pull requests and job summaries.
    Markdown,
    /// One self-contained page.
    Html,
    /// Findings under the names of their files.
    Grouped,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub.
    Github,
    /// Code quality of GitLab.
    Gitlab,
    /// Test cases, a file each.
    Junit,
    /// XML as Checkstyle writes it.
    Checkstyle,
    /// Diagnostics of reviewdog.
    Rdjson,
    /// The same, a line each.
    RdjsonLines,
}

const FORMATS: [(&str, Format); 15] = [
    ("full", Format::Full),
    ("concise", Format::Concise),
    ("json", Format::Json),
    ("json-lines", Format::JsonLines),
    ("csv", Format::Csv),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("grouped", Format::Grouped),
    ("sarif", Format::Sarif),
    ("github", Format::Github),
    ("gitlab", Format::Gitlab),
    ("junit", Format::Junit),
    ("checkstyle", Format::Checkstyle),
    ("rdjson", Format::Rdjson),
    ("rdjsonl", Format::RdjsonLines),
];

impl Format {
    /// The names of all formats.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|(name, _)| *name)
    }

    pub(super) fn renderer(self) -> &'static dyn Renderer {
        match self {
            Self::Full => &Full,
            Self::Concise => &Concise,
            Self::Json => &Json,
            Self::JsonLines => &JsonLines,
            Self::Csv => &Csv,
            Self::Markdown => &Markdown,
            Self::Html => &Html,
            Self::Grouped => &Grouped,
            Self::Sarif => &Sarif,
            Self::Github => &Github,
            Self::Gitlab => &Gitlab,
            Self::Junit => &Junit,
            Self::Checkstyle => &Checkstyle,
            Self::Rdjson => &Rdjson,
            Self::RdjsonLines => &RdjsonLines,
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = FORMATS.iter().find(|(known, _)| *known == name);
        known
            .map(|(_, format)| *format)
            .ok_or_else(|| nearest_name(name, FORMATS.iter().map(|(known, _)| *known)))
    }
}
