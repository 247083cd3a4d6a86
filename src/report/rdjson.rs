//! Diagnostics as reviewdog reads them: columns count bytes of UTF-8.

use super::location::{Location, Locations, named};
use super::model::FindingView;
use super::{Renderer, Report, Style};
use serde_json::{Value, json};
use std::io;

/// `rdjson`
pub(super) struct Rdjson;

/// `rdjsonl`
pub(super) struct RdjsonLines;

impl Renderer for Rdjson {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let all =
            json!({ "source": { "name": report.tool.name }, "diagnostics": diagnostics(report, style) });
        serde_json::to_writer_pretty(&mut *out, &all)?;
        out.write_all(b"\n")
    }
}

impl Renderer for RdjsonLines {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        for mut diagnostic in diagnostics(report, style) {
            diagnostic["source"] = json!({ "name": report.tool.name });
            serde_json::to_writer(&mut *out, &diagnostic)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}

fn diagnostics(report: &Report, style: &Style<'_>) -> Vec<Value> {
    let locations = Locations::new(report, style.base);
    let told = report.open_findings();
    told.filter_map(|finding| diagnostic(finding, &locations)).collect()
}

fn diagnostic(finding: &FindingView, locations: &Locations<'_>) -> Option<Value> {
    let (location, others) = locations.told(finding)?;
    let related: Vec<Value> = others
        .iter()
        .filter_map(|member| {
            let location = locations.of(member)?;
            Some(json!({ "message": named(locations, member), "location": place(&location) }))
        })
        .collect();
    Some(json!({
        "message": format!("{}\n{}", finding.message, finding.help),
        "location": place(&location),
        "severity": severity(&finding.severity),
        "code": { "value": format!("{}/{}", finding.code, finding.rule) },
        "related_locations": related,
    }))
}

fn severity(name: &str) -> &'static str {
    match name {
        "error" => "ERROR",
        "warning" => "WARNING",
        _ => "INFO",
    }
}

fn place(location: &Location<'_>) -> Value {
    let mut place = json!({ "path": location.path });
    if let Some((start, end)) = location.lines {
        let at = |line: usize, column: usize| match column {
            0 => json!({ "line": line }),
            column => json!({ "line": line, "column": column }),
        };
        place["range"] =
            json!({ "start": at(start.line, start.byte_column), "end": at(end.line, end.byte_column) });
    }
    place
}
