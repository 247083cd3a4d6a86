//! Code quality as GitLab reads it.

use super::location::Locations;
use super::{Renderer, Report, Style};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::io;

/// `gitlab`
pub(super) struct Gitlab;

impl Renderer for Gitlab {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let locations = Locations::new(report, style.base);
        let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
        let mut issues: Vec<Value> = Vec::new();
        for finding in report.open_findings() {
            let Some((location, others)) = locations.told(finding) else { continue };
            // GitLab takes two issues of one fingerprint for one.
            let count = seen.entry(finding.fingerprint.as_str()).or_default();
            *count += 1;
            let fingerprint = match *count {
                1 => finding.fingerprint.clone(),
                count => format!("{}-{count}", finding.fingerprint),
            };
            let (begin, end) = location.lines.map_or((1, 1), |(start, end)| (start.line, end.line));
            issues.push(json!({
                "description": locations.message(finding, &others),
                "check_name": format!("{}/{}", finding.code, finding.rule),
                "fingerprint": fingerprint,
                "severity": severity(&finding.severity),
                "location": { "path": location.path, "lines": { "begin": begin, "end": end.max(begin) } },
            }));
        }
        serde_json::to_writer_pretty(&mut *out, &issues)?;
        out.write_all(b"\n")
    }
}

fn severity(name: &str) -> &'static str {
    match name {
        "error" => "major",
        "warning" => "minor",
        _ => "info",
    }
}
