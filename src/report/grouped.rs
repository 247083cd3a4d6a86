//! Findings under the names of the files that have to change.

use super::wrap::visible;
use super::{Renderer, Report, Style};
use std::collections::BTreeMap;
use std::io;

/// `grouped`
pub(super) struct Grouped;

impl Renderer for Grouped {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let palette = &style.palette;
        let mut files: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for finding in &report.findings {
            let Some(member) = finding.first() else { continue };
            files.entry(&member.path).or_default().push((member, finding));
        }
        for (number, (path, mut findings)) in files.into_iter().enumerate() {
            if number > 0 {
                writeln!(out)?;
            }
            writeln!(out, "{}{}{}", palette.bold, visible(path), palette.reset)?;
            findings.sort_by_key(|(member, _)| (member.start.line, member.start.column));
            let places: Vec<String> = findings
                .iter()
                .map(|(member, _)| format!("{}:{}", member.start.line, member.start.column))
                .collect();
            let columns = places.iter().map(String::len).max().unwrap_or(0);
            for ((_, finding), place) in findings.iter().zip(&places) {
                let (color, reset) = (palette.severity(&finding.severity), palette.reset);
                writeln!(
                    out,
                    "  {place:>columns$}  {color}{}[{}]{reset} {}{}",
                    finding.severity,
                    finding.code,
                    visible(&finding.message),
                    visible(&finding.aside())
                )?;
            }
        }
        Ok(())
    }
}
