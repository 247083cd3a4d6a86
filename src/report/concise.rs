//! One line a finding: the place to look at first, and the others behind it.

use super::wrap::visible;
use super::{Renderer, Report, Style};
use std::io;

/// `concise`
pub(super) struct Concise;

impl Renderer for Concise {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let palette = &style.palette;
        for finding in &report.findings {
            // Only a report that was made up has a finding without a place.
            let Some(place) = finding.first() else { continue };
            let (color, reset) = (palette.severity(&finding.severity), palette.reset);
            writeln!(
                out,
                "{}{}:{}:{}{}: {color}{}[{}]{reset} {}{}",
                palette.bold,
                visible(&place.path),
                place.start.line,
                place.start.column,
                reset,
                finding.severity,
                finding.code,
                visible(&finding.message),
                visible(&finding.aside()),
            )?;
        }
        Ok(())
    }
}
