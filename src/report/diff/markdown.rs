//! Differences as Markdown.

use super::full::places;
use super::letter;
use super::model::{Difference, FactSide, RowView};
use crate::report::markdown::{escaped, plain_start};
use crate::report::stretch::shown;
use std::io;

/// Characters after which rows are only counted: a comment on GitHub holds 65,536.
const MOST_CHARACTERS: usize = 60_000;

pub(super) fn render(difference: &Difference, out: &mut dyn io::Write) -> io::Result<()> {
    let text = |text: &str| escaped(&shown(text)).replace('\n', " ");
    let paths: Vec<String> = difference.witnesses.iter().map(|witness| text(&witness.path)).collect();
    let arrow = if paths.len() == 2 { " → " } else { ", " };
    let mut page = format!("## {}\n\n{}\n", paths.join(arrow), difference.counted());
    if !difference.facts.is_empty() {
        page.push_str("\n### What changed in fact\n\n| | from | to | where |\n|---|---|---|---|\n");
        let place = |side: &FactSide| match paths.len() {
            2 => format!("{}:{}", side.start.line, side.start.column),
            _ => format!("{} {}:{}", letter(side.witness), side.start.line, side.start.column),
        };
        for fact in &difference.facts {
            let (from, to) = (text(&fact.a.text), text(&fact.b.text));
            let (here, there) = (place(&fact.a), place(&fact.b));
            page.push_str(&format!("| {} | {from} | {to} | {here} → {there} |\n", fact.kind));
        }
    }
    let rows: Vec<&RowView> = difference.rows.iter().filter(|row| row.kind != "same" || row.moved).collect();
    if !rows.is_empty() {
        page.push_str("\n### What changed in wording\n");
    }
    let mut length = page.chars().count();
    for (number, row) in rows.iter().enumerate() {
        let entry = entry(row);
        length += entry.chars().count();
        if length > MOST_CHARACTERS {
            page.push_str(&format!("\n{} more.\n", rows.len() - number));
            break;
        }
        page.push_str(&entry);
    }
    out.write_all(page.as_bytes())
}

fn entry(row: &RowView) -> String {
    let moved = if row.moved && row.kind != "same" { ", moved" } else { "" };
    let kind = if row.kind == "same" { "moved" } else { row.kind.as_str() };
    let is_pair = row.cells.len() == 2;
    let lines = if is_pair { format!(" ({})", places(row).trim()) } else { String::new() };
    let mut out = format!("\n**{kind}{moved}**{lines}\n");
    let base = row.cells.iter().flatten().next().map_or("", |cell| cell.text.as_str());
    let is_base_shown = !is_pair || row.kind == "same";
    if is_base_shown {
        out.push_str(&quoted(&escaped(&shown(base))));
    }
    for (witness, cell) in row.cells.iter().enumerate() {
        let name = if is_pair { String::new() } else { format!("{}: ", letter(witness)) };
        match cell {
            Some(cell) if !cell.words.is_empty() => {
                let words =
                    cell.words.iter().map(|words| tagged(&words.kind, &words.text)).collect::<String>();
                out.push_str(&quoted(&format!("{name}{words}")));
            }
            Some(cell) if row.kind == "added" => out.push_str(&quoted(&tagged("inserted", &cell.text))),
            Some(cell) if row.kind == "removed" => out.push_str(&quoted(&tagged("deleted", &cell.text))),
            None if !is_pair => out.push_str(&quoted(&format!("{name}not there"))),
            _ => {}
        }
    }
    out
}

fn tagged(kind: &str, text: &str) -> String {
    let text = escaped(&shown(text));
    let tag = match kind {
        "deleted" => "del",
        "inserted" => "ins",
        _ => return text,
    };
    // A tag does not reach over an empty line.
    format!("<{tag}>{}</{tag}>", text.replace("\n\n", " ¶ "))
}

fn quoted(text: &str) -> String {
    text.lines().fold("\n".to_owned(), |out, line| format!("{out}> {}\n", plain_start(line)))
}
