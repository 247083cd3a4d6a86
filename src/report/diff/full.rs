//! Differences on a terminal.

use super::model::{CellView, Difference, FactSide, RowView, WordsView};
use super::{Layout, letter};
use crate::report::wrap::{self, visible, wrap};
use crate::report::{Palette, Style};
use std::io;
use std::ops::Range;

/// Columns of a fact's words.
const FACT_COLUMNS: usize = 40;
/// Columns of text in the table of more than two witnesses.
const LEAST_COLUMNS: usize = 20;

pub(super) fn render(
    difference: &Difference,
    layout: Layout,
    style: &Style<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let screen = Screen { difference, style };
    match layout {
        Layout::WordDiff => return screen.word_diff(out),
        Layout::Inline | Layout::SideBySide => screen.head(out)?,
    }
    if difference.same {
        return Ok(());
    }
    screen.facts(out)?;
    match (difference.witnesses.len(), layout) {
        (2, Layout::SideBySide) => screen.changed(out, &|row, out| screen.side_by_side(row, out)),
        (2, _) => screen.changed(out, &|row, out| screen.inline(row, out)),
        _ => screen.table(out),
    }
}

struct Screen<'a> {
    difference: &'a Difference,
    style: &'a Style<'a>,
}

/// A text with the ranges of it that are painted.
#[derive(Default)]
struct Painted {
    text: String,
    marks: Vec<(Range<usize>, &'static str)>,
}

impl Painted {
    fn push(&mut self, text: &str, color: &'static str) {
        let start = self.text.len();
        self.text.push_str(text);
        if !color.is_empty() {
            self.marks.push((start..self.text.len(), color));
        }
    }

    /// Its rows of at most so many columns: what is printed, and how many columns that is.
    fn rows(&self, width: usize, reset: &str) -> Vec<(String, usize)> {
        let mut rows = Vec::new();
        let mut start = 0;
        for line in self.text.split('\n') {
            for row in wrap(line, width) {
                let row = start + row.start..start + row.end;
                rows.push((self.row(row.clone(), reset), wrap::width(&self.text[row])));
            }
            start += line.len() + 1;
        }
        rows
    }

    fn row(&self, row: Range<usize>, reset: &str) -> String {
        let mut out = String::new();
        let mut at = row.start;
        for (range, color) in &self.marks {
            let (from, to) = (range.start.clamp(row.start, row.end), range.end.clamp(row.start, row.end));
            if from < to {
                out.push_str(&visible(&self.text[at..from]));
                out.push_str(color);
                out.push_str(&visible(&self.text[from..to]));
                out.push_str(reset);
                at = to;
            }
        }
        out.push_str(&visible(&self.text[at..row.end]));
        out
    }
}

impl Screen<'_> {
    fn palette(&self) -> &Palette {
        &self.style.palette
    }

    fn head(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let Palette { bold, reset, frame, .. } = self.palette();
        if let [one, two] = self.difference.witnesses.as_slice() {
            writeln!(out, "{bold}{} → {}{reset}", visible(&one.path), visible(&two.path))?;
        } else {
            for (number, witness) in self.difference.witnesses.iter().enumerate() {
                writeln!(out, "{bold}{}{reset} {}", letter(number), visible(&witness.path))?;
            }
        }
        writeln!(out, "{frame}{}{reset}", self.difference.counted())
    }

    fn facts(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let Palette { bold, reset, removed, added, frame, .. } = self.palette();
        if self.difference.facts.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{bold}What changed in fact{reset}")?;
        let words = |side: &FactSide| {
            let text = side.text.split_whitespace().collect::<Vec<_>>().join(" ");
            wrap(&text, FACT_COLUMNS)
                .first()
                .map_or(String::new(), |row| visible(&text[row.clone()]).into_owned())
        };
        let place = |side: &FactSide| match self.difference.witnesses.len() {
            2 => format!("{}:{}", side.start.line, side.start.column),
            _ => format!("{} {}:{}", letter(side.witness), side.start.line, side.start.column),
        };
        let columns =
            |texts: &mut dyn Iterator<Item = String>| texts.map(|text| wrap::width(&text)).max().unwrap_or(0);
        let facts = &self.difference.facts;
        let from = columns(&mut facts.iter().map(|fact| words(&fact.a)));
        let at = columns(&mut facts.iter().map(|fact| place(&fact.a)));
        let to = columns(&mut facts.iter().map(|fact| words(&fact.b)));
        for fact in facts {
            let (one, two, here) = (words(&fact.a), words(&fact.b), place(&fact.a));
            let pad = |text: &str, columns: usize| " ".repeat(columns.saturating_sub(wrap::width(text)));
            writeln!(
                out,
                "  {:<10}{removed}{one}{reset}{}  →  {added}{two}{reset}{}  {frame}{here}{}  →  {}{reset}",
                fact.kind,
                pad(&one, from),
                pad(&two, to),
                pad(&here, at),
                place(&fact.b),
            )?;
        }
        Ok(())
    }

    /// Rows that differ, each drawn below its lines and its kind.
    fn changed(
        &self,
        out: &mut dyn io::Write,
        draw: &dyn Fn(&RowView, &mut dyn io::Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let Palette { bold, reset, frame, .. } = self.palette();
        writeln!(out, "\n{bold}What changed in wording{reset}")?;
        let mut n_same = 0;
        for row in &self.difference.rows {
            if row.kind == "same" && !row.moved {
                n_same += 1;
                continue;
            }
            self.same(&mut n_same, out)?;
            writeln!(out, "{frame}@ {} {}{reset}", places(row), told(row))?;
            draw(row, out)?;
        }
        self.same(&mut n_same, out)
    }

    /// The words that went and came, in one text.
    fn inline(&self, row: &RowView, out: &mut dyn io::Write) -> io::Result<()> {
        let width = self.style.width.saturating_sub(2).max(LEAST_COLUMNS);
        for (text, _) in self.merged(row).rows(width, self.palette().reset) {
            writeln!(out, "  {text}")?;
        }
        Ok(())
    }

    fn same(&self, n_same: &mut usize, out: &mut dyn io::Write) -> io::Result<()> {
        let Palette { reset, frame, .. } = self.palette();
        match std::mem::take(n_same) {
            0 => Ok(()),
            1 => writeln!(out, "{frame}  … 1 paragraph the same{reset}"),
            n => writeln!(out, "{frame}  … {n} paragraphs the same{reset}"),
        }
    }

    /// Both texts of a row in one, with marks that need no color.
    fn merged(&self, row: &RowView) -> Painted {
        let mut text = Painted::default();
        match (row.cells.first().and_then(Option::as_ref), row.cells.get(1).and_then(Option::as_ref)) {
            (Some(_), Some(two)) if !two.words.is_empty() => {
                two.words.iter().for_each(|words| self.words(words, &mut text));
            }
            (Some(one), Some(_)) => text.push(&one.text, ""),
            (Some(one), None) => self.marked("deleted", &one.text, &mut text),
            (None, Some(two)) => self.marked("inserted", &two.text, &mut text),
            (None, None) => {}
        }
        text
    }

    fn words(&self, words: &WordsView, text: &mut Painted) {
        self.marked(&words.kind, &words.text, text);
    }

    fn marked(&self, kind: &str, words: &str, text: &mut Painted) {
        let Palette { removed, added, .. } = self.palette();
        // Where two paragraphs became one or one became two, the line does not break inside a mark.
        let words = words.replace("\n\n", " ¶ ");
        match kind {
            "deleted" => text.push(&format!("[-{words}-]"), removed),
            "inserted" => text.push(&format!("{{+{words}+}}"), added),
            _ => text.push(&words, ""),
        }
    }

    /// The whole text, and nothing else.
    fn word_diff(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let reset = self.palette().reset;
        for (number, row) in self.difference.rows.iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            let mut text = self.merged(row);
            // What only moved went from one place and came to another.
            if row.moved && row.kind == "same" {
                let words = std::mem::take(&mut text).text;
                self.marked("deleted", &words, &mut text);
                self.marked("inserted", &words, &mut text);
            }
            let mut start = 0;
            for line in text.text.split('\n') {
                writeln!(out, "{}", text.row(start..start + line.len(), reset))?;
                start += line.len() + 1;
            }
        }
        Ok(())
    }

    /// Two columns, and between them what became of the row.
    fn side_by_side(&self, row: &RowView, out: &mut dyn io::Write) -> io::Result<()> {
        let Palette { reset, frame, .. } = self.palette();
        let width = (self.style.width.saturating_sub(5) / 2).max(LEAST_COLUMNS);
        let [left, right] = [("inserted", 0), ("deleted", 1)]
            .map(|(other, side)| self.side(row, side, other).rows(width, reset));
        let sign = match row.kind.as_str() {
            "added" => '>',
            "removed" => '<',
            "same" => ' ',
            _ => '|',
        };
        let blank = (String::new(), 0);
        for number in 0..left.len().max(right.len()) {
            let (left, columns) = left.get(number).unwrap_or(&blank);
            let (right, _) = right.get(number).unwrap_or(&blank);
            let pad = " ".repeat(width.saturating_sub(*columns));
            writeln!(out, "{}", format!("{left}{pad} {frame}{sign}{reset} {right}").trim_end())?;
        }
        Ok(())
    }

    /// The text of one side, without what only the other has.
    fn side(&self, row: &RowView, side: usize, other: &str) -> Painted {
        let mut text = Painted::default();
        let cell = |at: usize| row.cells.get(at).and_then(Option::as_ref);
        match (cell(side), cell(1)) {
            (Some(_), Some(two)) if cell(0).is_some() && !two.words.is_empty() => {
                let own = two.words.iter().filter(|words| words.kind != other);
                own.for_each(|words| self.words(words, &mut text));
            }
            (Some(own), _) => text.push(&own.text, ""),
            (None, _) => {}
        }
        text
    }

    /// One line a row: a sign for each witness, then the text; below it what the others say.
    fn table(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let Palette { bold, reset, frame, .. } = self.palette();
        let n = self.difference.witnesses.len();
        writeln!(
            out,
            "\n{bold}What stands where{reset}  (= the first of its row, · the same, ~ edited, > moved, ^ one with the row above, - not there)"
        )?;
        let signs = (0..n).map(|witness| format!("{:<3}", letter(witness))).collect::<String>();
        writeln!(out, "{bold}{signs}{reset}")?;
        let width = self.style.width.saturating_sub(3 * n + 1).max(LEAST_COLUMNS);
        for row in &self.difference.rows {
            let signs =
                row.cells.iter().map(|cell| format!("{:<3}", sign(cell.as_ref()))).collect::<String>();
            let first = row.cells.iter().flatten().find(|cell| !cell.text.is_empty());
            let text = first.map_or("", |cell| cell.text.as_str());
            let mut shown = Painted::default();
            shown.push(text, "");
            let is_whole = row.kind != "same";
            let rows = shown.rows(width, reset);
            let cut = if is_whole { rows.len() } else { 1 };
            for (number, (text, _)) in rows.iter().take(cut).enumerate() {
                let left = if number == 0 { signs.clone() } else { " ".repeat(3 * n) };
                let more = if number + 1 == cut && cut < rows.len() { " …" } else { "" };
                writeln!(out, "{frame}{left}{reset}{text}{more}")?;
            }
            for (witness, cell) in row.cells.iter().enumerate() {
                let Some(cell) = cell.as_ref().filter(|cell| !cell.words.is_empty()) else { continue };
                let mut shown = Painted::default();
                cell.words.iter().for_each(|words| self.words(words, &mut shown));
                for (number, (text, _)) in shown.rows(width, reset).into_iter().enumerate() {
                    let left = if number == 0 { letter(witness) } else { String::new() };
                    writeln!(out, "{frame}{left:>width$} {reset}{text}", width = 3 * n - 1)?;
                }
            }
        }
        Ok(())
    }
}

fn sign(cell: Option<&CellView>) -> &'static str {
    match cell {
        None => "-",
        Some(cell) if cell.blocks.0 == cell.blocks.1 => "^",
        Some(cell) if cell.moved => ">",
        Some(cell) => match cell.fate.as_deref() {
            None => "=",
            Some("same") => "·",
            Some(_) => "~",
        },
    }
}

/// `3 → 4`: the lines of both sides.
pub(super) fn places(row: &RowView) -> String {
    let lines = |cell: &CellView| {
        let (start, end) = (cell.start?, cell.end?);
        Some(if start.line == end.line {
            start.line.to_string()
        } else {
            format!("{}–{}", start.line, end.line)
        })
    };
    let side = |cell: Option<&Option<CellView>>| cell.and_then(Option::as_ref).and_then(lines);
    match (side(row.cells.first()), side(row.cells.get(1))) {
        (Some(one), Some(two)) => format!("line {one} → {two}"),
        (Some(one), None) => format!("line {one} →"),
        (None, Some(two)) => format!("→ line {two}"),
        (None, None) => String::new(),
    }
}

/// `edited, moved`
fn told(row: &RowView) -> String {
    match (row.kind.as_str(), row.moved) {
        ("same", true) => "moved".to_owned(),
        (kind, true) => format!("{kind}, moved"),
        (kind, false) => kind.to_owned(),
    }
}
