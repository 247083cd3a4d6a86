//! Comments in articles that silence findings: `<!-- twicetold-disable-next-line TT102 -- reason -->`.

use super::finding::{Evidence, Finding, Member, Message, Role, Suppressed, fingerprint};
use super::{Code, Severities};
use crate::corpus::{Block, Corpus, Document, REMARK, Span};
use crate::rules::{RuleSet, Severity};
use std::ops::Range;

/// What a comment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    /// Silences the block behind it.
    NextLine,
    /// Silences the article.
    File,
    /// Silences what follows.
    Disable,
    /// Ends that.
    Enable,
}

/// The verbs by name; a name stands before those that begin like it.
const VERBS: [(&str, Verb); 4] = [
    ("disable-next-line", Verb::NextLine),
    ("disable-file", Verb::File),
    ("disable", Verb::Disable),
    ("enable", Verb::Enable),
];

/// A comment and what it silences.
struct Remark<'a> {
    document: usize,
    /// Where it stands in the decoded file.
    at: Range<usize>,
    verb: Option<Verb>,
    /// Codes, families, names and rules; none for all.
    names: Vec<&'a str>,
    reason: &'a str,
    /// The stretch of the decoded file that it silences.
    silenced: Range<usize>,
    is_used: bool,
}

/// Marks the findings that a comment silences and tells of comments that silence nothing or name what nobody knows.
///
/// Linear in the findings times the comments of their articles.
pub fn apply_remarks(
    findings: &mut Vec<Finding>,
    corpus: &Corpus,
    blocks: &[&[Block]],
    rules: &RuleSet,
    severities: &Severities,
) {
    let mut told = Vec::new();
    for (number, document) in
        corpus.documents.iter().enumerate().filter(|(_, document)| !document.remarks.is_empty())
    {
        let mut remarks = remarks(number, document, blocks[number]);
        for finding in findings.iter_mut().filter(|finding| finding.suppressed.is_none()) {
            let by = remarks.iter_mut().find(|remark| remark.silences(finding, document));
            finding.suppressed = by.map(|remark| {
                remark.is_used = true;
                Suppressed { by: "comment", reason: remark.reason.to_owned() }
            });
        }
        told.extend(remarks.iter().filter_map(|remark| remark.told(document, rules, severities)));
    }
    findings.extend(told);
}

/// The comments of an article, each with what it silences.
fn remarks<'a>(number: usize, document: &'a Document, blocks: &[Block]) -> Vec<Remark<'a>> {
    let source = document.source();
    let mut remarks: Vec<Remark<'a>> = document
        .remarks
        .iter()
        .filter_map(|span| remark(number, source.get(span.range())?, span.range()))
        .collect();
    let starts: Vec<(usize, bool, Vec<&str>)> = remarks
        .iter()
        .map(|remark| (remark.at.start, remark.verb == Some(Verb::Enable), remark.names.clone()))
        .collect();
    let mut is_met = vec![false; remarks.len()];
    for (place, remark) in remarks.iter_mut().enumerate() {
        remark.silenced = match remark.verb {
            Some(Verb::File) => 0..source.len() + 1,
            Some(Verb::NextLine) => {
                let place = |block: &Block| document.prose.start(block.span.start) as usize;
                let next = blocks.iter().find(|block| place(block) >= remark.at.end);
                next.map_or(0..0, |block| place(block)..document.prose.end(block.span.end) as usize)
            }
            Some(Verb::Disable) => {
                let ends = |(at, is_enable, names): &(usize, bool, Vec<&str>)| {
                    *is_enable && *at > remark.at.start && (names.is_empty() || *names == remark.names)
                };
                let end = starts.iter().position(ends);
                is_met[place] = true;
                end.into_iter().for_each(|end| is_met[end] = true);
                remark.at.end..end.map_or(source.len() + 1, |end| starts[end].0)
            }
            Some(Verb::Enable) | None => 0..0,
        };
    }
    // What ends something is of use, whatever it ends.
    for (remark, is_met) in remarks.iter_mut().zip(is_met) {
        remark.is_used = is_met && remark.verb == Some(Verb::Enable);
    }
    remarks
}

/// Reads one comment.
fn remark(document: usize, text: &str, at: Range<usize>) -> Option<Remark<'_>> {
    let words = text.strip_prefix("<!--")?.strip_suffix("-->")?.trim().strip_prefix(REMARK)?;
    let (said, reason) = words.split_once("--").unwrap_or((words, ""));
    let mut parts = said.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty());
    let name = parts.next().unwrap_or_default();
    let verb = VERBS.iter().find(|(known, _)| *known == name).map(|(_, verb)| *verb);
    Some(Remark {
        document,
        at,
        verb,
        names: parts.collect(),
        reason: reason.trim(),
        silenced: 0..0,
        is_used: false,
    })
}

impl Remark<'_> {
    fn silences(&self, finding: &Finding, document: &Document) -> bool {
        let number = finding.code.to_string();
        let aliases = [finding.rule.as_str(), finding.code.name, &number, &number[..4], &number[..3]];
        let is_meant = self.names.is_empty() || self.names.iter().any(|name| aliases.contains(name));
        let is_here = |member: &Member| {
            member.document == self.document && {
                let start = document.prose.start(member.span.start) as usize;
                let end = document.prose.end(member.span.end) as usize;
                start < self.silenced.end && self.silenced.start < end.max(start + 1)
            }
        };
        is_meant && finding.members.iter().any(is_here)
    }

    /// What is wrong with it.
    fn told(&self, document: &Document, rules: &RuleSet, severities: &Severities) -> Option<Finding> {
        let line = document.source()[..self.at.start].matches('\n').count() + 1;
        let unknown = self.names.iter().find_map(|name| {
            let is_family = name.len() > 2
                && name.starts_with("TT")
                && super::CODES.iter().any(|code| code.to_string().starts_with(name));
            (!is_family).then(|| severities.unknown_name(name, rules)).flatten().map(|near| (name, near))
        });
        let (code, message) = match (self.verb, unknown) {
            (None, _) => {
                let known = VERBS.map(|(name, _)| name).join(", ");
                (
                    Code::UNKNOWN_SUPPRESSION,
                    format!("the comment on line {line} says nothing that is known ({known})"),
                )
            }
            (_, Some((name, near))) => {
                let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                let message = format!(
                    "the comment on line {line} names `{name}`, which is neither a code nor a rule{near}"
                );
                (Code::UNKNOWN_SUPPRESSION, message)
            }
            _ if self.is_used => return None,
            _ => (Code::UNUSED_SUPPRESSION, format!("the comment on line {line} silences nothing")),
        };
        let severity = severities.of(code, code.name, code.severity);
        if severity == Severity::Off {
            return None;
        }
        // A comment is no text of the article: the place is where the text goes on behind it.
        let text = document.text.as_str();
        let behind =
            text.char_indices().find(|(at, _)| document.prose.start(*at as u32) as usize >= self.at.end);
        let at = behind.map_or(text.len(), |(at, _)| at);
        let member = Member {
            document: self.document,
            span: Span::new(at, at),
            role: Role::Claim,
            marks: Vec::new(),
            reading: None,
        };
        Some(Finding {
            code,
            rule: code.name.to_owned(),
            severity,
            message: Message(vec![message.into()]),
            members: vec![member],
            evidence: Evidence::Slip(code.name),
            fingerprint: fingerprint(code, code.name, document.source().get(self.at.clone()).into_iter()),
            suppressed: None,
        })
    }
}
