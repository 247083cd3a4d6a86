//! What a format has to do.

use super::{Base, Palette, Report, Templates};
use std::io;

/// How a report is to look.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// Colors, or none.
    pub palette: Palette,
    /// Columns of the screen.
    pub width: usize,
    /// What pages are made from; `None` for the templates that come with the program.
    pub templates: Option<&'a Templates>,
    /// Where paths that machines read start from; `None` leaves them as they were given.
    pub base: Option<&'a Base>,
}

impl Default for Style<'_> {
    /// What a file gets: no colors, and lines that are easy to read.
    fn default() -> Self {
        Self { palette: Palette::PLAIN, width: 100, templates: None, base: None }
    }
}

/// A format.
pub trait Renderer: Sync {
    /// Writes the report; the same report gives the same bytes.
    ///
    /// # Errors
    ///
    /// Those of the writer, and a template that cannot be filled in.
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()>;
}
