//! From findings to bytes.
//!
//! [`resolve`] turns spans into lines, columns and quotes once; what it gives, a [`Report`], is
//! what `json` writes, and every other format is a view of it. Knows nothing of detection, and
//! never asks whether the screen has colors: the caller chooses a [`Style`].

mod concise;
mod format;
mod full;
mod html;
mod json;
mod model;
mod palette;
mod renderer;
mod resolve;
mod wrap;

pub use format::Format;
pub use model::{
    ClusterMember, ClusterView, DocumentView, FindingView, LineView, MarkView, MemberView, PositionView,
    ReadingView, Report, SettingsView, SkippedView, Stats, Tool,
};
pub use palette::Palette;
pub use renderer::{Renderer, Style};
pub use resolve::{Resolved, resolve};

use std::io;

/// Writes a report in a format.
///
/// # Errors
///
/// Those of the writer.
pub fn render(report: &Report, format: Format, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    format.renderer().render(report, style, out)
}
