//! Test cases for tools that only know tests: each file is one, and fails where something is found in it.

use super::location::Locations;
use super::wrap::visible;
use super::{Renderer, Report, Style};
use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};
use std::collections::BTreeMap;
use std::io;

/// `junit`
pub(super) struct Junit;

impl Renderer for Junit {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let locations = Locations::new(report, style.base);
        let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for document in &report.documents {
            files.entry(visible(&document.path).into_owned()).or_default();
        }
        for finding in report.open_findings() {
            let Some(member) = finding.first() else { continue };
            let others: Vec<_> =
                finding.members.iter().filter(|other| !std::ptr::eq(*other, member)).collect();
            let message = locations.message(finding, &others);
            let text = format!(
                "{}:{}: {}[{}] {message}",
                member.start.line, member.start.column, finding.severity, finding.code
            );
            files.entry(visible(&member.path).into_owned()).or_default().push(visible(&text).into_owned());
        }
        let mut suite = TestSuite::new("twicetold");
        for (path, findings) in files {
            let status = match findings.first() {
                None => TestCaseStatus::success(),
                Some(first) => {
                    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                    status
                        .set_message(first.as_str())
                        .set_type("finding")
                        .set_description(findings.join("\n"));
                    status
                }
            };
            let mut case = TestCase::new(path, status);
            case.set_classname("twicetold");
            suite.add_test_case(case);
        }
        let mut suites = Suites::new("twicetold");
        suites.add_test_suite(suite);
        out.write_all(suites.to_string().map_err(io::Error::other)?.as_bytes())
    }
}
