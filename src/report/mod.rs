//! From findings to bytes.
//!
//! [`resolve`] turns spans into lines, columns and quotes once; what it gives, a [`Report`], is
//! what `json` writes, and every other format is a view of it. Knows nothing of detection, and
//! never asks whether the screen has colors: the caller chooses a [`Style`].

mod baseline;
mod checkstyle;
mod concise;
mod csv;
pub mod diff;
mod filter;
mod format;
mod full;
mod github;
mod gitlab;
mod grouped;
mod html;
mod json;
mod json_lines;
mod junit;
mod kinds;
mod location;
mod markdown;
mod model;
mod palette;
mod rdjson;
mod renderer;
mod resolve;
mod sarif;
mod saved;
mod stretch;
mod template;
mod wrap;

pub use baseline::{Baseline, Statuses};
pub use filter::Filter;
pub use format::Format;
pub use github::job_summary;
pub use location::Base;
pub use model::{
    ChangeView, ClusterMember, ClusterView, ConflictEvidenceView, CopyEvidenceView, DocumentView,
    DriftEvidenceView, EvidenceView, FindingView, LineView, MarkView, MemberView, PositionView, ReadingView,
    Report, SettingsView, SideView, SkippedView, SlipEvidenceView, Stats, StepView, SuppressionView, Tool,
    VersionView,
};
pub use palette::Palette;
pub use renderer::{Renderer, Style};
pub use resolve::{Resolved, resolve};
pub use saved::{report_schema, saved};
pub use template::Templates;

use std::io;

/// Says that a name is none of those that are known, and which may be meant.
fn nearest_name<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> String {
    let all = known.clone().collect::<Vec<_>>().join(", ");
    match crate::corpus::nearest(name, known) {
        Some(near) => format!("unknown output format `{name}`; did you mean `{near}`?"),
        None => format!("unknown output format `{name}`; the formats are {all}"),
    }
}

/// Writes a report in a format.
///
/// # Errors
///
/// Those of the writer.
pub fn render(report: &Report, format: Format, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    format.renderer().render(report, style, out)
}
