//! The difference between witnesses as it is written to JSON: a promise to machines, in which fields are only added.

use crate::report::model::{PositionView, Tool};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Two or more texts, side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// The version of this structure.
    pub schema_version: u32,
    /// Who made it.
    pub tool: Tool,
    /// The texts, in the order in which they were named.
    pub witnesses: Vec<WitnessView>,
    /// Whether all say the same in the same order.
    pub same: bool,
    /// The facts that differ.
    pub facts: Vec<FactView>,
    /// Blocks that correspond: of two texts in the order of the second, of more in that of the first.
    pub rows: Vec<RowView>,
    /// Counts.
    pub stats: DifferenceStats,
}

/// One of the texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WitnessView {
    /// Its path as given.
    pub path: String,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Its publisher.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
    /// Its day, as far as known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<String>,
    /// How many blocks were compared.
    pub blocks: usize,
    /// How many blocks of page furniture were not.
    pub furniture: usize,
}

/// A fact that two of the texts tell differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactView {
    /// `figure`, `date`, `name`, `negation` or `direction`.
    pub kind: String,
    /// The row it stands in, from 0.
    pub row: usize,
    /// What the one says.
    pub a: FactSide,
    /// What the other says.
    pub b: FactSide,
}

/// The words of one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FactSide {
    /// The text, by its place among the witnesses, from 0.
    pub witness: usize,
    /// Where the words start in the file.
    pub start: PositionView,
    /// Where they end.
    pub end: PositionView,
    /// The words.
    pub text: String,
}

/// What corresponds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RowView {
    /// `same`, `edited`, `merged`, `split`, `added` or `removed`; of more than two texts `same` or `differs`.
    pub kind: String,
    /// Whether it stands in another place in one of the texts.
    pub moved: bool,
    /// One for each text; null where it has nothing of the kind.
    pub cells: Vec<Option<CellView>>,
}

/// Blocks of one text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CellView {
    /// What became of the first cell of the row in this one; missing in that first cell.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fate: Option<String>,
    /// Whether it stands in another place among the others.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub moved: bool,
    /// Places among the compared blocks, half-open; empty where they stand in the row above.
    pub blocks: (usize, usize),
    /// Where they start in the file.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub start: Option<PositionView>,
    /// Where they end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub end: Option<PositionView>,
    /// Their text, with blanks and line ends as one blank and an empty line between two blocks.
    pub text: String,
    /// From the text of the first cell of the row to this: what is not `deleted` makes up this one. Empty where both are
    /// the same.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub words: Vec<WordsView>,
}

/// Words that stay, go or come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WordsView {
    /// `same`, `deleted` or `inserted`.
    pub kind: String,
    /// They themselves, with the marks and blanks around them.
    pub text: String,
}

/// How many rows are what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DifferenceStats {
    /// Rows that are the same in all texts.
    pub same: usize,
    /// Rows with other words.
    pub edited: usize,
    /// Rows that stand in another place.
    pub moved: usize,
    /// Rows where several blocks became one.
    pub merged: usize,
    /// Rows where one block became several.
    pub split: usize,
    /// Rows that a later text has and the first has not.
    pub added: usize,
    /// Rows that a later text has not.
    pub removed: usize,
}

impl Difference {
    /// What differs, in words: `2 facts differ; 3 paragraphs edited, 1 added, 12 same`.
    pub fn counted(&self) -> String {
        let DifferenceStats { same, edited, moved, merged, split, added, removed } = self.stats;
        let facts = match self.facts.len() {
            0 if self.same => return format!("the same ({})", paragraphs(same)),
            0 => "no fact differs".to_owned(),
            1 => "1 fact differs".to_owned(),
            n => format!("{n} facts differ"),
        };
        let kinds = [
            (edited, "edited"),
            (merged, "merged"),
            (split, "split"),
            (moved, "moved"),
            (added, "added"),
            (removed, "removed"),
            (same, "the same"),
        ];
        let kinds = kinds.iter().filter(|(n, _)| *n > 0).map(|(n, kind)| format!("{n} {kind}"));
        format!("{facts}; paragraphs: {}", kinds.collect::<Vec<_>>().join(", "))
    }
}

fn paragraphs(n: usize) -> String {
    format!("{n} paragraph{}", if n == 1 { "" } else { "s" })
}
