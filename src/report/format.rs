//! The formats by name; a new one is one line here.

use super::concise::Concise;
use super::full::Full;
use super::html::Html;
use super::json::Json;
use super::renderer::Renderer;
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
    /// One self-contained page.
    Html,
}

const FORMATS: [(&str, Format); 4] =
    [("full", Format::Full), ("concise", Format::Concise), ("json", Format::Json), ("html", Format::Html)];

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
            Self::Html => &Html,
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        FORMATS.iter().find(|(known, _)| *known == name).map(|(_, format)| *format).ok_or_else(|| {
            let all = Self::names().collect::<Vec<_>>().join(", ");
            match crate::corpus::nearest(name, Self::names()) {
                Some(near) => format!("unknown output format `{name}`; did you mean `{near}`?"),
                None => format!("unknown output format `{name}`; the formats are {all}"),
            }
        })
    }
}
