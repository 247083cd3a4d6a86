//! Differences as a page.

use super::letter;
use super::model::{Difference, WordsView};
use crate::report::html::{Page, as_value};
use crate::report::stretch::shown;
use crate::report::{Style, Templates};
use minijinja::context;
use serde::Serialize;
use std::io;

/// A row as the template sees it.
#[derive(Serialize)]
struct Row {
    kind: String,
    moved: bool,
    cells: Vec<Option<Cell>>,
}

#[derive(Serialize)]
struct Cell {
    line: Option<usize>,
    fate: String,
    words: Vec<WordsView>,
}

/// A run of rows that are the same, or one that is not.
#[derive(Serialize)]
struct Run {
    is_same: bool,
    rows: Vec<Row>,
}

pub(super) fn render(difference: &Difference, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let builtin = Templates::default();
    let page = Page::new(style.templates.unwrap_or(&builtin))?;
    let letters: Vec<String> = (0..difference.witnesses.len()).map(letter).collect();
    let context = context! {
        difference => as_value(Shown::of(difference)),
        counted => difference.counted(),
        letters => letters,
        runs => as_value(runs(difference)),
    };
    page.write("diff.html", context, out)
}

/// One of the texts.
#[derive(Serialize)]
struct ShownWitness {
    path: String,
    source: Option<String>,
    published: Option<String>,
    blocks: usize,
    furniture: usize,
}

/// What the head of the page tells, without what a screen would obey.
#[derive(Serialize)]
struct Shown {
    witnesses: Vec<ShownWitness>,
    facts: Vec<(String, String, String, String, String)>,
}

impl Shown {
    fn of(difference: &Difference) -> Self {
        let text = |text: &Option<String>| text.as_deref().map(shown);
        let place = |side: &super::FactSide| {
            format!("{} {}:{}", letter(side.witness), side.start.line, side.start.column)
        };
        Self {
            witnesses: difference
                .witnesses
                .iter()
                .map(|witness| ShownWitness {
                    path: shown(&witness.path),
                    source: text(&witness.source),
                    published: text(&witness.published),
                    blocks: witness.blocks,
                    furniture: witness.furniture,
                })
                .collect(),
            facts: difference
                .facts
                .iter()
                .map(|fact| {
                    (
                        fact.kind.clone(),
                        shown(&fact.a.text),
                        shown(&fact.b.text),
                        place(&fact.a),
                        place(&fact.b),
                    )
                })
                .collect(),
        }
    }
}

fn runs(difference: &Difference) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let is_pair = difference.witnesses.len() == 2;
    for row in &difference.rows {
        let is_same = row.kind == "same" && !row.moved;
        let shown = Row { kind: row.kind.clone(), moved: row.moved, cells: cells(row, is_pair) };
        match runs.last_mut() {
            Some(last) if last.is_same && is_same => last.rows.push(shown),
            _ => runs.push(Run { is_same, rows: vec![shown] }),
        }
    }
    runs
}

/// What each cell shows: of two texts each its own words, of more each what it changes in the first.
fn cells(row: &super::RowView, is_pair: bool) -> Vec<Option<Cell>> {
    let words_to =
        row.cells.iter().flatten().find(|cell| !cell.words.is_empty()).map(|cell| cell.words.as_slice());
    // Where two paragraphs became one or one became two, a sign stands for the break.
    let broken = |text: &str| shown(text).replace("\n\n", " ¶\n");
    let whole = |kind: &str, text: &str| vec![WordsView { kind: kind.to_owned(), text: broken(text) }];
    let part = |words: &[WordsView], dropped: &str| {
        let kept = words.iter().filter(|words| words.kind != dropped);
        kept.map(|words| WordsView { kind: words.kind.clone(), text: broken(&words.text) }).collect()
    };
    let cell = |(witness, cell): (usize, &Option<super::CellView>)| {
        let cell = cell.as_ref()?;
        let words = match (is_pair, words_to, row.kind.as_str()) {
            (true, _, "added") => whole("inserted", &cell.text),
            (true, _, "removed") => whole("deleted", &cell.text),
            (true, Some(words), _) => part(words, if witness == 0 { "inserted" } else { "deleted" }),
            (false, ..) if !cell.words.is_empty() => part(&cell.words, ""),
            _ => whole("same", &cell.text),
        };
        Some(Cell {
            line: cell.start.map(|start| start.line),
            fate: cell.fate.clone().unwrap_or_default(),
            words,
        })
    };
    row.cells.iter().enumerate().map(cell).collect()
}
