//! What of all findings is reported: those that speak of certain documents. Everything else is only compared with.

use super::Finding;

/// The documents that are reported, and which findings on them.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// For each document of the corpus whether it is; `None` for all.
    pub reported: Option<Vec<bool>>,
    /// Only what stands in more than one document.
    pub is_cross_only: bool,
}

impl Scope {
    /// Whether a document is reported; a file of facts and a configuration are not.
    pub fn reports(&self, document: usize) -> bool {
        self.reported.as_ref().is_none_or(|reported| reported.get(document).copied().unwrap_or(false))
    }

    /// Takes out the findings that speak of no document that is reported.
    pub fn narrow(&self, findings: &mut Vec<Finding>) {
        let is_told = |finding: &Finding| finding.members.iter().any(|member| self.reports(member.document));
        let is_across = |finding: &Finding| {
            let first = finding.members.first().map(|member| member.document);
            finding.members.iter().any(|member| Some(member.document) != first)
        };
        findings.retain(|finding| is_told(finding) && (!self.is_cross_only || is_across(finding)));
    }
}
