//! Comments and fields of articles that silence findings: `<!-- twicetold-disable-next-line TT102 -- reason -->`, and
//! `twicetold-disable: TT102` in front matter or a record.

use super::finding::{Evidence, Finding, Member, Message, Role, Suppressed, fingerprint};
use super::{Code, Severities};
use crate::corpus::{Block, Corpus, Document, REMARK, Span};
use crate::rules::{RuleSet, Severity};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
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

/// A comment, or a field, and what it silences.
struct Remark<'a> {
    /// Where it stands in the decoded file; a field stands before it.
    at: Range<usize>,
    is_field: bool,
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
/// Linear in the comments, and in the findings times the comments of their own articles.
pub fn apply_remarks(
    findings: &mut Vec<Finding>,
    corpus: &Corpus,
    blocks: &[&[Block]],
    rules: &RuleSet,
    severities: &Severities,
) {
    let mut of_document: BTreeMap<usize, Vec<Remark<'_>>> = BTreeMap::new();
    for (number, document) in
        corpus.documents.iter().enumerate().filter(|(_, document)| is_silencing(document))
    {
        of_document.insert(number, remarks(document, blocks[number]));
    }
    if of_document.is_empty() {
        return;
    }
    for finding in findings.iter_mut() {
        let number = finding.code.to_string();
        let aliases = finding.code.aliases(&number, &finding.rule);
        finding.suppressed = finding.members.iter().find_map(|member| {
            let document = corpus.documents.get(member.document)?;
            let mut remarks = of_document.get_mut(&member.document)?.iter_mut();
            let remark =
                remarks.find(|remark| remark.silences(member, document) && remark.means(&aliases))?;
            remark.is_used = true;
            Some(Suppressed {
                by: if remark.is_field { "field" } else { "comment" },
                reason: remark.reason.split_whitespace().collect::<Vec<_>>().join(" "),
            })
        });
    }
    for (number, remarks) in of_document {
        let (mut at, mut line) = (0, 1);
        let source = corpus.documents[number].source();
        for remark in remarks {
            line += source[at..remark.at.start].matches('\n').count();
            at = remark.at.start;
            findings.extend(remark.told((number, line), corpus, rules, severities));
        }
    }
}

fn is_silencing(document: &Document) -> bool {
    !document.remarks.is_empty() || document.metadata.silenced.is_some()
}

/// The comments of an article, each with what it silences. Linear but for the look-up of blocks.
fn remarks<'a>(document: &'a Document, blocks: &[Block]) -> Vec<Remark<'a>> {
    let source = document.source();
    let read = |span: &Span| remark(source.get(span.range())?, span.range());
    let mut remarks: Vec<Remark<'a>> = document.remarks.iter().filter_map(read).collect();
    let end_of_file = source.len() + 1;
    // From the last to the first: where what is disabled is next enabled, by names, and for all.
    let mut enabled: FxHashMap<Vec<&str>, usize> = FxHashMap::default();
    for place in (0..remarks.len()).rev() {
        let remark = &remarks[place];
        let silenced = match remark.verb {
            Some(Verb::File) => 0..end_of_file,
            Some(Verb::NextLine) => {
                let start = |block: &Block| document.prose.start(block.span.start) as usize;
                let next = blocks.get(blocks.partition_point(|block| start(block) < remark.at.end));
                next.map_or(0..0, |block| start(block)..document.prose.end(block.span.end) as usize)
            }
            Some(Verb::Disable) => {
                let own = enabled.get(&remark.names).copied();
                let end = own.into_iter().chain(enabled.get(&Vec::new()).copied()).min();
                let start = remark.at.end;
                // What ends something is of use, whatever it ends.
                let until = end.map_or(end_of_file, |end| {
                    remarks[end].is_used = true;
                    remarks[end].at.start
                });
                start..until
            }
            Some(Verb::Enable) => {
                enabled.insert(remark.names.clone(), place);
                0..0
            }
            None => 0..0,
        };
        remarks[place].silenced = silenced;
    }
    let lines = document.metadata.silenced.as_deref().unwrap_or_default().lines();
    remarks.extend(lines.map(|said| {
        let (names, reason) = names_and_reason(said);
        let (at, silenced) = (0..0, 0..end_of_file);
        Remark { at, is_field: true, verb: Some(Verb::File), names, reason, silenced, is_used: false }
    }));
    // A field stands before all comments.
    remarks.sort_by_key(|remark| remark.at.start);
    remarks
}

/// Reads one comment.
fn remark(text: &str, at: Range<usize>) -> Option<Remark<'_>> {
    let words = text.strip_prefix("<!--")?.strip_suffix("-->")?.trim().strip_prefix(REMARK)?;
    let (mut names, reason) = names_and_reason(words);
    let name = if names.is_empty() { "" } else { names.remove(0) };
    let verb = VERBS.iter().find(|(known, _)| *known == name).map(|(_, verb)| *verb);
    Some(Remark { at, is_field: false, verb, names, reason, silenced: 0..0, is_used: false })
}

/// `TT102, TT103 -- reason`
fn names_and_reason(said: &str) -> (Vec<&str>, &str) {
    let (names, reason) = said.split_once("--").unwrap_or((said, ""));
    (names.split([' ', ',', '\t', '\n']).filter(|name| !name.is_empty()).collect(), reason.trim())
}

impl Remark<'_> {
    /// Whether it names a finding of these aliases, or none at all.
    fn means(&self, aliases: &[&str]) -> bool {
        self.names.is_empty() || self.names.iter().any(|name| *name == "ALL" || aliases.contains(name))
    }

    /// Whether a member lies in what it silences.
    fn silences(&self, member: &Member, document: &Document) -> bool {
        let start = document.prose.start(member.span.start) as usize;
        let end = document.prose.end(member.span.end) as usize;
        start < self.silenced.end && self.silenced.start < end.max(start + 1)
    }

    /// What is wrong with it, on a line of a document.
    fn told(
        &self,
        (number, line): (usize, usize),
        corpus: &Corpus,
        rules: &RuleSet,
        severities: &Severities,
    ) -> Option<Finding> {
        let document = &corpus.documents[number];
        let names = self.names.iter().copied().filter(|name| *name != "ALL");
        let unknown = Severities::unknown(names, rules);
        let remark = match self.is_field {
            true => "the field twicetold-disable".to_owned(),
            false => format!("the comment on line {line}"),
        };
        let (code, message) = match (self.verb, unknown) {
            (None, _) => {
                let known = VERBS.map(|(name, _)| name).join(", ");
                (Code::UNKNOWN_SUPPRESSION, format!("{remark} says nothing that is known ({known})"))
            }
            (_, Some((name, near))) => {
                let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                let message = format!("{remark} names `{name}`, which is neither a code nor a rule{near}");
                (Code::UNKNOWN_SUPPRESSION, message)
            }
            // Of a part of the findings nobody can say what else it silences.
            _ if self.is_used || severities.is_partial() => return None,
            _ => (Code::UNUSED_SUPPRESSION, format!("{remark} silences nothing")),
        };
        let severity = severities.of(code, code.name, code.severity, std::iter::once(number));
        if severity == Severity::Off {
            return None;
        }
        // A comment is no text of the article: the place is where the text goes on behind it.
        let (mut at, mut end) = (0, document.text.len());
        while at < end {
            let middle = (at + end) / 2;
            match (document.prose.start(middle as u32) as usize) < self.at.end {
                true => at = middle + 1,
                false => end = middle,
            }
        }
        let at =
            (at..).find(|&at| document.text.is_char_boundary(at) || at > document.text.len()).unwrap_or(0);
        let member = Member {
            document: number,
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
            fingerprint: match self.is_field {
                true => fingerprint(code, code.name, document.metadata.silenced.as_deref().into_iter()),
                false => fingerprint(code, code.name, document.source().get(self.at.clone()).into_iter()),
            },
            suppressed: None,
        })
    }
}
