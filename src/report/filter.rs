//! A part of a report: the findings that somebody wants to see.

use super::model::{FindingView, Report};
use crate::corpus::PathGlobs;
use crate::rules::Severity;
use std::collections::BTreeSet;

/// Which findings stay. Empty asks for nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Codes (`TT102`), families (`TT1`), names (`rewritten`) and rules, of which a finding must meet one.
    pub select: Vec<String>,
    /// Those it must not meet.
    pub ignore: Vec<String>,
    /// The least severity.
    pub min_severity: Option<Severity>,
    /// Publishers, of which one must stand behind a member.
    pub sources: Vec<String>,
    /// Paths, of which one must be a member's.
    pub paths: Option<PathGlobs>,
}

impl Filter {
    /// The names to select and to ignore that meet nothing in a report.
    pub fn unmet<'a>(&'a self, report: &Report) -> Vec<&'a str> {
        let names = self.select.iter().chain(&self.ignore);
        let is_met = |name: &String| report.findings.iter().any(|finding| is_named(finding, name));
        names.filter(|name| !is_met(name)).map(String::as_str).collect()
    }

    fn keeps(&self, finding: &FindingView, of_sources: &BTreeSet<&str>) -> bool {
        let is_any = |names: &[String]| names.iter().any(|name| is_named(finding, name));
        let paths = || finding.members.iter().map(|member| member.path.as_str());
        (self.select.is_empty() || is_any(&self.select))
            && !is_any(&self.ignore)
            && self.min_severity.is_none_or(|least| finding.severity() >= least)
            && (self.sources.is_empty() || paths().any(|path| of_sources.contains(path)))
            && self.paths.as_ref().is_none_or(|globs| paths().any(|path| globs.covers(path)))
    }
}

/// Whether a code, a family of codes, the name of a code or a rule means a finding.
fn is_named(finding: &FindingView, name: &str) -> bool {
    let is_family = name.len() > 2 && name.starts_with("TT") && finding.code.starts_with(name);
    name == "ALL" || is_family || finding.rule == name || super::kinds::name(&finding.code) == name
}

impl Report {
    /// The report without the findings that a filter leaves out, counted anew. What was read stays as it is.
    #[must_use]
    pub fn filtered(mut self, filter: &Filter) -> Self {
        let is_of_source =
            |source: &Option<String>| source.as_ref().is_some_and(|source| filter.sources.contains(source));
        let documents = self.documents.iter().filter(|document| is_of_source(&document.source));
        let of_sources: BTreeSet<&str> = documents.map(|document| document.path.as_str()).collect();
        self.findings.retain(|finding| filter.keeps(finding, &of_sources));
        self.recount();
        self
    }

    /// Leaves out the findings that are known from a baseline.
    pub fn leave_out_known(&mut self) {
        self.findings.retain(|finding| finding.status.as_deref() != Some("known"));
        self.recount();
    }

    /// Counts findings anew, and leaves out clusters of findings that are gone.
    fn recount(&mut self) {
        let kept: BTreeSet<&str> = self.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        self.clusters.retain(|cluster| kept.contains(cluster.fingerprint.as_str()));
        self.stats.by_code.clear();
        self.stats.by_severity.clear();
        for finding in &self.findings {
            *self.stats.by_code.entry(finding.code.clone()).or_default() += 1;
            *self.stats.by_severity.entry(finding.severity.clone()).or_default() += 1;
        }
    }
}
