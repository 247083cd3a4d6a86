//! One finding a line, as in the report.

use super::{Renderer, Report, Style};
use std::io;

/// `json-lines`
pub(super) struct JsonLines;

impl Renderer for JsonLines {
    fn render(&self, report: &Report, _: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        for finding in &report.findings {
            serde_json::to_writer(&mut *out, finding)?;
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
