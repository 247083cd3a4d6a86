//! Compiler-style text: both sides with file, line and column, the words that count underlined.

use super::model::{FindingView, MarkView, MemberView, ReadingView};
use super::wrap::{self, visible, wrap};
use super::{Renderer, Report, Style};
use std::io;
use std::ops::Range;

/// `full`
pub(super) struct Full;

/// Rows shown of an original, and of a copy that is the same word for word.
const ROWS_OF_ORIGINAL: usize = 4;
const ROWS_OF_COPY: usize = 2;
/// Rows shown where marks say what to look at.
const ROWS_WITH_MARKS: usize = 12;
/// Copies shown of one text; the others are only named.
const COPIES: usize = 8;

impl Renderer for Full {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        for finding in &report.findings {
            Snippet { finding, style, gutter: gutter(finding) }.render(out)?;
        }
        Ok(())
    }
}

/// Columns that the largest line number needs.
fn gutter(finding: &FindingView) -> usize {
    finding.members.iter().map(|member| member.end.line.to_string().len()).max().unwrap_or(1)
}

struct Snippet<'a> {
    finding: &'a FindingView,
    style: &'a Style<'a>,
    gutter: usize,
}

impl Snippet<'_> {
    fn render(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let (finding, palette) = (self.finding, &self.style.palette);
        let color = palette.severity(&finding.severity);
        let (bold, reset, frame) = (palette.bold, palette.reset, palette.frame);
        writeln!(
            out,
            "{color}{}[{}]{reset}{bold}: {}{reset}",
            finding.severity,
            finding.code,
            visible(&finding.message)
        )?;
        for member in finding.members.iter().take(COPIES) {
            self.member(member, out)?;
        }
        for member in finding.members.iter().skip(COPIES) {
            self.place(member, out)?;
        }
        writeln!(out, "{:gutter$} {frame}={reset} rule: {}", "", finding.rule, gutter = self.gutter)?;
        if let Some(suppressed) = &finding.suppressed {
            let reason = match visible(&suppressed.reason) {
                reason if reason.is_empty() => String::new(),
                reason => format!(": {reason}"),
            };
            writeln!(out, "{:gutter$} {frame}={reset} suppressed{reason}", "", gutter = self.gutter)?;
        }
        if let Some(status) = &finding.status {
            writeln!(out, "{:gutter$} {frame}={reset} status: {status}", "", gutter = self.gutter)?;
        }
        writeln!(out, "{color}help{reset}: {}", visible(&finding.help))?;
        writeln!(out)
    }

    fn place(&self, member: &MemberView, out: &mut dyn io::Write) -> io::Result<()> {
        let (frame, reset) = (self.style.palette.frame, self.style.palette.reset);
        let (line, column) = (member.start.line, member.start.column);
        writeln!(
            out,
            "{:gutter$}{frame}-->{reset} {}:{line}:{column}",
            "",
            visible(&member.path),
            gutter = self.gutter
        )
    }

    fn member(&self, member: &MemberView, out: &mut dyn io::Write) -> io::Result<()> {
        self.place(member, out)?;
        self.row(None, "", out)?;
        let rows = self.rows(member);
        let mut last = None;
        for index in shown(member, &rows) {
            if last.is_some_and(|last: usize| last + 1 < index) {
                self.row(None, "…", out)?;
            }
            last = Some(index);
            let row = &rows[index];
            self.row(row.number, &row.text, out)?;
            if let Some(under) = &row.under {
                self.row(None, under, out)?;
            }
        }
        if last.is_some_and(|last| last + 1 < rows.len()) { self.row(None, "…", out) } else { Ok(()) }
    }

    /// The quote, wrapped, with what stands under each row.
    fn rows(&self, member: &MemberView) -> Vec<Row> {
        // In markup a quote has other lines than the file; then only its first line is numbered.
        let is_verbatim =
            member.end.line.checked_sub(member.start.line) == Some(member.quote.matches('\n').count());
        let (mut rows, mut start) = (Vec::new(), 0);
        for (offset, line) in member.quote.split_inclusive('\n').enumerate() {
            let number = member.start.line.saturating_add(offset);
            let text = line.trim_end_matches(['\n', '\r']);
            for (index, row) in wrap(text, self.columns()).into_iter().enumerate() {
                rows.push(Row {
                    number: (index == 0 && (is_verbatim || start == 0)).then_some(number),
                    text: visible(&text[row.clone()]).into_owned(),
                    under: self.marks(member, start, text, row),
                });
            }
            start += line.len();
        }
        rows
    }

    /// Columns left for text.
    fn columns(&self) -> usize {
        self.style.width.saturating_sub(self.gutter + 3).max(20)
    }

    fn row(&self, number: Option<usize>, text: &str, out: &mut dyn io::Write) -> io::Result<()> {
        let (frame, reset) = (self.style.palette.frame, self.style.palette.reset);
        let number = number.map(|number| number.to_string()).unwrap_or_default();
        let blank = if text.is_empty() { "" } else { " " };
        writeln!(out, "{frame}{number:>gutter$} |{reset}{blank}{text}", gutter = self.gutter)
    }

    /// The line under a row that points at its marked words, and says how they were read where they end.
    fn marks(&self, member: &MemberView, line_start: usize, line: &str, row: Range<usize>) -> Option<String> {
        let (from, to) = (line_start + row.start, line_start + row.end);
        let (mut under, mut columns, mut label) = (String::new(), 0, None);
        for mark in member.marks.iter().filter(|mark| mark.start < to && from < mark.end) {
            let (start, end) = (mark.start.max(from) - line_start, mark.end.min(to) - line_start);
            let (Some(before), Some(marked)) = (line.get(row.start..start), line.get(start..end)) else {
                continue;
            };
            let blanks = wrap::width(before).saturating_sub(columns);
            let length = wrap::width(marked);
            under.push_str(&" ".repeat(blanks));
            under.extend(std::iter::repeat_n(sign(mark), length));
            columns += blanks + length;
            label = member.reading.as_ref().filter(|_| mark.end <= to).map(reading_text).or(label);
        }
        let (color, reset) = (self.style.palette.mark, self.style.palette.reset);
        let label = label.map(|label| format!(" {label}")).unwrap_or_default();
        (!under.is_empty()).then(|| format!("{color}{under}{}{reset}", visible(&label)))
    }
}

/// A row of a quote on the screen.
struct Row {
    number: Option<usize>,
    text: String,
    under: Option<String>,
}

/// The rows to show: a claim whole; of a copy the first, and those around its marks.
fn shown(member: &MemberView, rows: &[Row]) -> Vec<usize> {
    let limit = match (member.reading.is_some(), member.marks.is_empty(), member.role.as_str()) {
        (true, ..) | (false, false, _) => ROWS_WITH_MARKS,
        (false, true, "copy") => ROWS_OF_COPY,
        (false, true, _) => ROWS_OF_ORIGINAL,
    };
    let is_marked = |index: usize| rows.get(index).is_some_and(|row| row.under.is_some());
    let is_near =
        |index: usize| is_marked(index) || is_marked(index + 1) || index > 0 && is_marked(index - 1);
    let all = member.reading.is_some() || member.marks.is_empty();
    (0..rows.len()).filter(|&index| all || index == 0 || is_near(index)).take(limit).collect()
}

fn sign(mark: &MarkView) -> char {
    match mark.kind.as_str() {
        "same" => '-',
        "changed" => '~',
        "moved" => '>',
        _ => '^',
    }
}

/// How a claim was read: `read as 2019, said by both countries`.
pub(super) fn reading_text(reading: &ReadingView) -> String {
    let mut text = format!("read as {}", reading.text);
    if let Some(speaker) = &reading.speaker {
        text.push_str(", said by ");
        text.push_str(speaker);
    }
    if reading.hedged {
        text.push_str(", hedged");
    }
    text
}
