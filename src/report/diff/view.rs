//! Spans of witnesses become lines, columns and texts.

use super::model::{
    CellView, Difference, DifferenceStats, FactSide, FactView, RowView, WitnessView, WordsView,
};
use crate::collation::{Cell, Collation, Fact, Fate, Row, Witness, WordEdit};
use crate::corpus::{LineIndex, Span};
use crate::report::model::{PositionView, Tool};
use crate::report::resolve::{SCHEMA_VERSION, position};

/// Makes what is told of a collation. Linear in the texts.
pub fn difference(witnesses: &[Witness<'_>], collation: &Collation) -> Difference {
    let index: Vec<LineIndex<'_>> =
        witnesses.iter().map(|witness| LineIndex::new(witness.document)).collect();
    let viewer = Viewer { witnesses, collation, index };
    let rows: Vec<RowView> = collation.rows.iter().map(|row| viewer.row(row)).collect();
    Difference {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        witnesses: witnesses.iter().map(witness_view).collect(),
        same: collation.is_same(),
        facts: collation.facts.iter().map(|fact| viewer.fact(fact)).collect(),
        stats: stats(&rows),
        rows,
    }
}

fn witness_view(witness: &Witness<'_>) -> WitnessView {
    let metadata = &witness.document.metadata;
    WitnessView {
        path: witness.document.path.clone(),
        title: metadata.title.clone(),
        source: metadata.source.clone(),
        published: metadata.published.map(|date| date.to_string()),
        blocks: witness.compared.len(),
        furniture: witness.furniture(),
    }
}

struct Viewer<'a, 'w> {
    witnesses: &'w [Witness<'a>],
    collation: &'w Collation,
    index: Vec<LineIndex<'a>>,
}

impl Viewer<'_, '_> {
    fn place(&self, witness: usize, span: Span) -> (PositionView, PositionView) {
        let (start, end) = self.index[witness].positions(span);
        (position(start), position(end))
    }

    fn fact(&self, fact: &Fact) -> FactView {
        let cells = &self.collation.rows[fact.row].cells;
        let context = |witness: usize| {
            let own = &self.witnesses[witness];
            let blocks = cells[witness].as_ref().map_or(0..0, |cell| cell.blocks.clone());
            (own.document.text.as_str(), own.span(&blocks))
        };
        let (one, two) = fact.witnesses;
        let (from, to) = fact.change.texts(context(one), context(two));
        let side = |witness: usize, span: Span, text: String| {
            let (start, end) = self.place(witness, span);
            FactSide { witness, start, end, text }
        };
        FactView {
            kind: fact.change.kind.name().to_owned(),
            row: fact.row,
            a: side(one, fact.change.a, from),
            b: side(two, fact.change.b, to),
        }
    }

    fn row(&self, row: &Row) -> RowView {
        let cells: Vec<Option<CellView>> = row
            .cells
            .iter()
            .enumerate()
            .map(|(witness, cell)| cell.as_ref().map(|cell| self.cell(witness, cell)))
            .collect();
        RowView {
            kind: kind(row).to_owned(),
            moved: row.cells.iter().flatten().any(|cell| cell.is_moved),
            cells,
        }
    }

    fn cell(&self, witness: usize, cell: &Cell) -> CellView {
        let own = &self.witnesses[witness];
        let place = (!cell.blocks.is_empty()).then(|| self.place(witness, own.span(&cell.blocks)));
        let words =
            |edit: &WordEdit| WordsView { kind: edit.kind.name().to_owned(), text: edit.text.clone() };
        CellView {
            fate: cell.fate.map(|fate| fate.name().to_owned()),
            moved: cell.is_moved,
            blocks: (cell.blocks.start, cell.blocks.end),
            start: place.map(|(start, _)| start),
            end: place.map(|(_, end)| end),
            text: own.texts[cell.blocks.clone()].join("\n\n"),
            words: cell.words.iter().map(words).collect(),
        }
    }
}

fn kind(row: &Row) -> &'static str {
    match row.cells.as_slice() {
        [Some(_), None] => "removed",
        [None, Some(_)] => "added",
        [_, Some(Cell { fate: Some(fate), .. })] => fate.name(),
        cells => {
            let is_same = |cell: &Option<Cell>| {
                cell.as_ref().is_some_and(|cell| cell.fate.is_none_or(|fate| fate == Fate::Same))
            };
            if cells.iter().all(is_same) { "same" } else { "differs" }
        }
    }
}

fn stats(rows: &[RowView]) -> DifferenceStats {
    let mut stats = DifferenceStats::default();
    for row in rows {
        let has = |fate: &str| row.cells.iter().flatten().any(|cell| cell.fate.as_deref() == Some(fate));
        let first = row.cells.first().is_some_and(Option::is_some);
        stats.edited += usize::from(has("edited"));
        stats.merged += usize::from(has("merged"));
        stats.split += usize::from(has("split"));
        stats.moved += usize::from(row.moved);
        stats.added += usize::from(!first);
        stats.removed += usize::from(first && row.cells.iter().any(Option::is_none));
        stats.same += usize::from(row.kind == "same" && !row.moved);
    }
    stats
}
