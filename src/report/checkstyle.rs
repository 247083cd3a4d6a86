//! XML as Checkstyle writes it, which many tools read.

use super::location::{Location, Locations};
use super::model::FindingView;
use super::wrap::visible;
use super::{Renderer, Report, Style};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use std::collections::BTreeMap;
use std::io;

/// `checkstyle`
pub(super) struct Checkstyle;

impl Renderer for Checkstyle {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let locations = Locations::new(report, style.base);
        let mut files: BTreeMap<String, Vec<(Location<'_>, &FindingView, String)>> = BTreeMap::new();
        for finding in report.open_findings() {
            let Some((location, others)) = locations.told(finding) else { continue };
            let message = locations.message(finding, &others);
            files.entry(location.path.clone()).or_default().push((location, finding, message));
        }
        let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
        xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        xml.write_event(Event::Start(BytesStart::new("checkstyle").with_attributes([("version", "4.3")])))?;
        for (path, findings) in &files {
            xml.write_event(Event::Start(
                BytesStart::new("file").with_attributes([("name", &*visible(path))]),
            ))?;
            for (location, finding, message) in findings {
                let (line, column) = location.lines.map_or((1, 1), |(start, _)| (start.line, start.column));
                xml.write_event(Event::Empty(BytesStart::new("error").with_attributes([
                    ("line", line.to_string().as_str()),
                    ("column", &column.to_string()),
                    ("severity", &finding.severity),
                    ("message", &visible(message)),
                    ("source", &format!("twicetold.{}.{}", finding.code, finding.rule)),
                ])))?;
            }
            xml.write_event(Event::End(BytesEnd::new("file")))?;
        }
        xml.write_event(Event::End(BytesEnd::new("checkstyle")))?;
        out.write_all(b"\n")
    }
}
