//! The report itself, indented, with a line end.

use super::{Renderer, Report, Style};
use std::io;

/// `json`
pub(super) struct Json;

impl Renderer for Json {
    fn render(&self, report: &Report, _: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, report)?;
        out.write_all(b"\n")
    }
}
