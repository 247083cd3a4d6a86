//! Workflow commands, which GitHub shows beside the lines of a change, and the summary of a job.
//!
//! GitHub shows ten of each level in a step, so the worst ten are told and the others counted.

use super::location::Locations;
use super::markdown::Markdown;
use super::{Renderer, Report, Style};
use std::io;

/// `github`
pub(super) struct Github;

/// Annotations of one level that GitHub shows of a step.
const MOST: usize = 10;

impl Renderer for Github {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let locations = Locations::new(report, style.base);
        for (severity, command) in [("error", "error"), ("warning", "warning"), ("info", "notice")] {
            let of_level: Vec<_> =
                report.open_findings().filter(|finding| finding.severity == severity).collect();
            for finding in of_level.iter().take(MOST) {
                let Some((location, others)) = locations.told(finding) else { continue };
                let mut fields = vec![format!("file={}", property(&location.path))];
                if let Some((start, end)) = location.lines {
                    fields.push(format!("line={},endLine={}", start.line, end.line));
                    // Columns mean something only on one line.
                    if start.line == end.line {
                        fields.push(format!("col={},endColumn={}", start.column, end.column));
                    }
                }
                fields.push(format!("title={}", property(&format!("{} {}", finding.code, finding.rule))));
                let also = match others.as_slice() {
                    [] => String::new(),
                    others => format!("\nalso at {}", locations.elsewhere(others)),
                };
                let message = data(&format!("{}{also}\n{}", finding.message, finding.help));
                writeln!(out, "::{command} {}::{message}", fields.join(","))?;
            }
            if of_level.len() > MOST {
                let left = of_level.len() - MOST;
                writeln!(
                    out,
                    "::notice title=twicetold::{left} more of level {severity} are not shown here"
                )?;
            }
        }
        Ok(())
    }
}

/// What a job says of itself on its page (`$GITHUB_STEP_SUMMARY`).
///
/// # Errors
///
/// Those of the writer.
pub fn job_summary(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    Markdown.render(report, &Style::default(), out)
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
