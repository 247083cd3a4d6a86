//! Versions of a text next to each other: which paragraph became which, and what differs inside.
//!
//! Takes documents with their blocks, the *witnesses* of textual scholarship, and gives a [`Collation`]: rows of blocks
//! that correspond, and the facts that differ in them. `pairing` finds which blocks correspond, `table` puts any number of
//! witnesses side by side, `words` tells what was written anew inside a block; what of that is a fact, [`crate::drift`] says.
//! Knows nothing of lines, columns and formats.

mod pairing;
mod table;
mod words;

pub use pairing::Fate;
pub use words::{WordEdit, WordKind};

use crate::corpus::{Block, BlockKind, Document, Span};
use crate::drift::{Change, Comparer};
use crate::names::Speech;
use icu_normalizer::ComposingNormalizerBorrowed;
use std::ops::Range;

/// One version of the text.
#[derive(Clone, Debug)]
pub struct Witness<'a> {
    /// Where it stands.
    pub document: &'a Document,
    /// All its blocks.
    blocks: &'a [Block],
    /// Those that are compared.
    pub compared: Vec<&'a Block>,
    /// Their texts, with every run of blanks and line ends as one blank, and letters with their accents as one sign (NFC).
    pub texts: Vec<String>,
}

impl<'a> Witness<'a> {
    /// A document and its blocks; those of page furniture are compared only `with_furniture`.
    pub fn new(document: &'a Document, blocks: &'a [Block], with_furniture: bool) -> Self {
        let is_compared = |block: &&Block| with_furniture || block.kind != BlockKind::Furniture;
        let compared: Vec<&Block> = blocks.iter().filter(is_compared).collect();
        let normalizer = ComposingNormalizerBorrowed::new_nfc();
        let text = |block: &&Block| {
            let words = block.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
            normalizer.normalize(&words).into_owned()
        };
        let texts = compared.iter().map(text).collect();
        Self { document, blocks, compared, texts }
    }

    /// How many blocks are left out.
    pub fn furniture(&self) -> usize {
        self.blocks.len() - self.compared.len()
    }

    /// Where some of the compared blocks stand.
    pub fn span(&self, blocks: &Range<usize>) -> Span {
        self.compared[blocks.start].span.join(self.compared[blocks.end - 1].span)
    }
}

/// Witnesses, put side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collation {
    /// Blocks that correspond: for two witnesses in the order of the second, for more in that of the first.
    pub rows: Vec<Row>,
    /// The facts that differ, in the order of the rows.
    pub facts: Vec<Fact>,
}

/// What corresponds in each witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// One for each witness; `None` where it has nothing of the kind.
    pub cells: Vec<Option<Cell>>,
}

/// Blocks of one witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Places among [`Witness::compared`]; empty where the blocks stand in the row above.
    pub blocks: Range<usize>,
    /// What became of the first cell of the row in this one; `None` in that first cell.
    pub fate: Option<Fate>,
    /// Whether it stands in another place among the others.
    pub is_moved: bool,
    /// From the text of the first cell to that of this one; empty where they are the same.
    pub words: Vec<WordEdit>,
}

/// A fact that two witnesses tell differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The row it stands in.
    pub row: usize,
    /// The witnesses.
    pub witnesses: (usize, usize),
    /// What differs.
    pub change: Change,
}

impl Collation {
    /// Whether all witnesses say the same in the same order.
    pub fn is_same(&self) -> bool {
        let is_same = |cell: &Option<Cell>| {
            cell.as_ref()
                .is_some_and(|cell| cell.fate.is_none_or(|fate| fate == Fate::Same) && !cell.is_moved)
        };
        self.rows.iter().all(|row| row.cells.iter().all(is_same))
    }
}

/// Puts two or more witnesses side by side.
///
/// Near to linear in the texts: blocks that could correspond are found by pairs of words they share, and words are aligned
/// in O(n·d) for `n` words and `d` differences.
pub fn collate<'a>(witnesses: &[Witness<'a>], speech: Speech<'a>) -> Collation {
    let rows = match witnesses {
        [one, two] => table::pair(&one.texts, &two.texts),
        _ => table::table(&witnesses.iter().map(|witness| witness.texts.as_slice()).collect::<Vec<_>>()),
    };
    let facts = facts(&rows, witnesses, speech);
    Collation { rows, facts }
}

/// Compares each cell with the first of its row, where words differ.
fn facts<'a>(rows: &[Row], witnesses: &[Witness<'a>], speech: Speech<'a>) -> Vec<Fact> {
    let mut comparer = Comparer::new(speech);
    let mut facts = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let mut cells =
            row.cells.iter().enumerate().filter_map(|(witness, cell)| Some((witness, cell.as_ref()?)));
        let Some((first, base)) = cells.next() else { continue };
        for (witness, cell) in cells.filter(|(_, cell)| !cell.words.is_empty() && !cell.blocks.is_empty()) {
            let side = |number: usize| (number, (witnesses[number].document, witnesses[number].blocks));
            let spans = (
                witnesses[first].span(&whole(rows, number, first, witness, base)),
                witnesses[witness].span(&cell.blocks),
            );
            let changes = comparer.compare(side(first), side(witness), spans).changes;
            let fact = |change| Fact { row: number, witnesses: (first, witness), change };
            facts.extend(changes.into_iter().map(fact));
        }
    }
    facts
}

/// The blocks of the first witness of a row, with those of the rows below that another made one with it.
fn whole(rows: &[Row], number: usize, first: usize, witness: usize, base: &Cell) -> Range<usize> {
    let is_joined = |row: &&Row| {
        let joins = |cell: &Cell| cell.blocks.is_empty() && cell.fate == Some(Fate::Merged);
        row.cells[witness].as_ref().is_some_and(joins) && row.cells[first].is_some()
    };
    let below = rows[number + 1..].iter().take_while(is_joined).filter_map(|row| row.cells[first].as_ref());
    below.fold(base.blocks.clone(), |blocks, cell| blocks.start..cell.blocks.end.max(blocks.end))
}
