//! What a format has to do.

use super::{Palette, Report};
use std::io;

/// How a report is to look.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Colors, or none.
    pub palette: Palette,
    /// Columns of the screen.
    pub width: usize,
}

impl Default for Style {
    /// What a file gets: no colors, and lines that are easy to read.
    fn default() -> Self {
        Self { palette: Palette::PLAIN, width: 100 }
    }
}

/// A format.
pub trait Renderer: Sync {
    /// Writes the report; the same report gives the same bytes.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    fn render(&self, report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()>;
}
