//! Rows of blocks that correspond.

use super::pairing::{Fate, Group, groups};
use super::words::word_edits;
use super::{Cell, Row};
use std::ops::Range;

/// Two texts, in the order of the second.
pub(super) fn pair(a: &[String], b: &[String]) -> Vec<Row> {
    let row = |group: Group| {
        let first = (!group.a.is_empty()).then(|| base(group.a.clone()));
        let fate = group.fate();
        let second = (!group.b.is_empty()).then(|| match fate {
            None => base(group.b.clone()),
            Some(_) => cell(&group, &joined(a, &group.a), &joined(b, &group.b)),
        });
        Row { cells: vec![first, second] }
    };
    groups(a, b).into_iter().map(row).collect()
}

/// Any number of texts: each is paired with what stands first in the rows so far. The order is that of the first text, and
/// what comes in later stands behind what it follows there.
pub(super) fn table(texts: &[&[String]]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (witness, text) in texts.iter().enumerate() {
        let known: Vec<String> = rows.iter().map(|row| first_text(row, texts)).collect();
        let mut new: Vec<Vec<Row>> = vec![Vec::new(); rows.len() + 1];
        let mut behind = 0;
        rows.iter_mut().for_each(|row| row.cells.push(None));
        for group in groups(&known, text) {
            if group.a.is_empty() {
                let mut cells = vec![None; witness];
                cells.push(Some(base(group.b)));
                new[behind].push(Row { cells });
            } else if !group.b.is_empty() {
                for (place, row) in group.a.clone().enumerate() {
                    let whole = cell(&group, &joined(&known, &group.a), &joined(text, &group.b));
                    // Rows that became one block: the first has it, the others point up to it.
                    let own = if place == 0 {
                        whole
                    } else {
                        Cell { blocks: group.b.end..group.b.end, words: Vec::new(), ..whole }
                    };
                    rows[row].cells[witness] = Some(own);
                }
                behind = if group.is_moved { behind } else { group.a.end };
            }
        }
        let mut old = rows.into_iter();
        rows = new.remove(0);
        for added in new {
            rows.extend(old.next());
            rows.extend(added);
        }
    }
    rows
}

fn base(blocks: Range<usize>) -> Cell {
    Cell { blocks, fate: None, is_moved: false, words: Vec::new() }
}

fn cell(group: &Group, from: &str, to: &str) -> Cell {
    let words = if group.is_same { Vec::new() } else { word_edits(from, to) };
    // Two blocks that became one with all their words are the same in words only where they are the same in blocks.
    Cell {
        blocks: group.b.clone(),
        fate: group.fate().or(Some(Fate::Edited)),
        is_moved: group.is_moved,
        words,
    }
}

/// The text of some blocks; between two stands an empty line.
pub(super) fn joined(texts: &[String], blocks: &Range<usize>) -> String {
    texts[blocks.clone()].join("\n\n")
}

fn first_text(row: &Row, texts: &[&[String]]) -> String {
    let mut cells =
        row.cells.iter().enumerate().filter_map(|(witness, cell)| Some((witness, cell.as_ref()?)));
    cells
        .find(|(_, cell)| !cell.blocks.is_empty())
        .map_or_else(String::new, |(witness, cell)| joined(texts[witness], &cell.blocks))
}

#[cfg(test)]
mod tests {
    use super::{pair, table};
    use crate::collation::{Row, WordKind};
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    /// What the rows make of the first text.
    fn applied(rows: &[Row], a: &[String], b: &[String]) -> Vec<String> {
        let mut out = Vec::new();
        for row in rows {
            let Some(cell) = &row.cells[1] else { continue };
            let text = match (&row.cells[0], cell.words.is_empty()) {
                (None, _) => super::joined(b, &cell.blocks),
                (Some(base), true) => super::joined(a, &base.blocks),
                (Some(_), false) => {
                    let stays = cell.words.iter().filter(|edit| edit.kind != WordKind::Deleted);
                    stays.map(|edit| edit.text.as_str()).collect()
                }
            };
            out.extend(text.split("\n\n").map(str::to_owned));
        }
        out
    }

    #[test]
    fn three_witnesses() {
        let texts = |all: &[&str]| all.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
        let first = texts(&["The first paragraph is here.", "The second paragraph stands here."]);
        let second = texts(&[
            "The first paragraph is here.",
            "A new one came in between.",
            "The second paragraph stands here.",
        ]);
        let third = texts(&["A new one came in between.", "The second paragraph stood here."]);
        let rows = table(&[&first, &second, &third]);
        let shown: Vec<String> = rows
            .iter()
            .map(|row| {
                row.cells
                    .iter()
                    .map(|cell| cell.as_ref().map_or("-", |cell| cell.fate.map_or("=", |fate| fate.name())))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(shown, ["= same -", "- = same", "= same edited"]);
    }

    proptest! {
        /// The difference, applied to the first text, gives the second.
        #[test]
        fn the_second_text_comes_back(a in vec("[ab]{1,2}( [ab]{1,2}){0,6}", 0..9), b in vec("[ab]{1,2}( [ab]{1,2}){0,6}", 0..9)) {
            prop_assert_eq!(applied(&pair(&a, &b), &a, &b), b);
        }

        /// No block of a witness is lost, and none stands in two rows.
        #[test]
        fn no_witness_loses_a_block(all in vec(vec("[ab]{1,2}( [ab]{1,2}){0,6}", 0..7), 3..5)) {
            let texts: Vec<&[String]> = all.iter().map(Vec::as_slice).collect();
            let rows = table(&texts);
            for (witness, text) in texts.iter().enumerate() {
                let mut own: Vec<usize> =
                    rows.iter().filter_map(|row| row.cells[witness].as_ref()).flat_map(|cell| cell.blocks.clone()).collect();
                own.sort_unstable();
                prop_assert_eq!(own, (0..text.len()).collect::<Vec<_>>());
            }
        }
    }
}
