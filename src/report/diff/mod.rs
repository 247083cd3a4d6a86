//! What differs between texts, first in fact, then in wording.
//!
//! [`difference`] makes of a collation what `json` writes; every other format is a view of it.

mod full;
mod html;
mod markdown;
mod model;
mod view;

pub use model::{CellView, Difference, DifferenceStats, FactSide, FactView, RowView, WitnessView, WordsView};
pub use view::difference;

use super::{Style, nearest_name};
use std::io;
use std::str::FromStr;

/// How a difference is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DiffFormat {
    /// Text for people.
    #[default]
    Full,
    /// One self-contained page.
    Html,
    /// For comments on pull requests.
    Markdown,
    /// The difference itself.
    Json,
}

/// How texts are laid out on a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One below the other, word by word.
    #[default]
    Inline,
    /// One beside the other.
    SideBySide,
    /// The whole text with `[-what went-]` and `{+what came+}` in it, as `git diff --word-diff` marks them.
    WordDiff,
}

const FORMATS: [(&str, DiffFormat); 4] = [
    ("full", DiffFormat::Full),
    ("html", DiffFormat::Html),
    ("markdown", DiffFormat::Markdown),
    ("json", DiffFormat::Json),
];

impl FromStr for DiffFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = FORMATS.iter().find(|(known, _)| *known == name);
        known
            .map(|(_, format)| *format)
            .ok_or_else(|| nearest_name(name, FORMATS.iter().map(|(known, _)| *known)))
    }
}

/// Writes a difference in a format.
///
/// # Errors
///
/// Those of the writer, and a template that cannot be filled in.
pub fn render_difference(
    difference: &Difference,
    format: DiffFormat,
    layout: Layout,
    style: &Style<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        DiffFormat::Full => full::render(difference, layout, style, out),
        DiffFormat::Html => html::render(difference, style, out),
        DiffFormat::Markdown => markdown::render(difference, out),
        DiffFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, difference)?;
            out.write_all(b"\n")
        }
    }
}

/// The JSON Schema of differences (draft 2020-12).
pub fn difference_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Difference).to_value();
    if let Some(map) = schema.as_object_mut() {
        map.insert("title".to_owned(), "twicetold difference".into());
    }
    schema
}

/// What a witness goes by where there are more than two: `A`, `B` … `Z`, `27`.
fn letter(witness: usize) -> String {
    let letter = u8::try_from(witness).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at));
    letter.map_or_else(|| (witness + 1).to_string(), String::from)
}
