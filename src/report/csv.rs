//! One place of a finding a row, for spreadsheets.

use super::model::{DocumentView, FindingView, MemberView};
use super::{Renderer, Report, Style};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::io;

/// `csv`
pub(super) struct Csv;

/// The columns; the page exports the same.
const COLUMNS: [&str; 16] = [
    "finding",
    "code",
    "severity",
    "rule",
    "message",
    "role",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "source",
    "published",
    "reading",
    "quote",
    "fingerprint",
];

impl Renderer for Csv {
    fn render(&self, report: &Report, _: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let documents: FxHashMap<&str, &DocumentView> =
            report.documents.iter().map(|document| (document.path.as_str(), document)).collect();
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(COLUMNS).map_err(io::Error::other)?;
        for (number, finding) in (1..).zip(&report.findings) {
            for member in &finding.members {
                let document = documents.get(member.path.as_str()).copied();
                writer.write_record(row(number, finding, member, document)).map_err(io::Error::other)?;
            }
        }
        writer.flush()
    }
}

fn row(
    number: usize,
    finding: &FindingView,
    member: &MemberView,
    document: Option<&DocumentView>,
) -> Vec<String> {
    let of_document = |field: fn(&DocumentView) -> &Option<String>| {
        document.and_then(|document| field(document).as_deref()).unwrap_or_default().to_owned()
    };
    let text = |text: &str| disarmed(text).into_owned();
    let reading = member.reading.as_ref().map(|reading| text(&reading.text)).unwrap_or_default();
    vec![
        number.to_string(),
        finding.code.clone(),
        finding.severity.clone(),
        text(&finding.rule),
        text(&finding.message),
        member.role.clone(),
        text(&member.path),
        member.start.line.to_string(),
        member.start.column.to_string(),
        member.end.line.to_string(),
        member.end.column.to_string(),
        text(&of_document(|document| &document.source)),
        of_document(|document| &document.published),
        reading,
        text(&member.quote),
        finding.fingerprint.clone(),
    ]
}

/// Text that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, CSV Injection).
fn disarmed(text: &str) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}
