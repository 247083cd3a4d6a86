//! Decisions of the editor: findings that are known and allowed, each with a reason, some for a time.

use super::conflicts::document;
use super::finding::{Evidence, Finding, Mark, MarkKind, Member, Message, Role, fingerprint};
use super::{Code, Severities};
use crate::corpus::{Corpus, PathBase, Span, shown_path, words};
use crate::rules::{RuleSet, Severity};
use jiff::civil::Date;

/// One `[[allow]]` entry of the configuration.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The rule, or the name or number of a code.
    pub rule: String,
    /// Parts of paths; a finding is allowed if each of its places lies in one of them. Empty asks for nothing.
    pub between: Vec<String>,
    /// Words of which one place holds all in a row, whatever their case.
    pub quote: Option<String>,
    /// Why.
    pub reason: String,
    /// The last day.
    pub until: Option<Date>,
    /// The folder that its paths start from.
    pub base: PathBase,
    /// The configuration that it stands in, among [`RuleSet::fact_files`].
    pub file: usize,
    /// Where it stands there.
    pub span: Span,
}

/// Takes out what is allowed on a day and tells of entries that have run out, or that silence nothing. Gives the number of
/// findings that were taken out.
pub fn apply_allowances(
    findings: &mut Vec<Finding>,
    allowances: &[Allowance],
    today: Date,
    (corpus, rules): (&Corpus, &RuleSet),
    severities: &Severities,
) -> usize {
    let before = findings.len();
    let mut told = Vec::new();
    for allowance in allowances {
        let is_over = allowance.until.is_some_and(|until| until < today);
        let meets = |finding: &Finding| allowance.meets(finding, corpus, rules);
        let is_met = findings.iter().any(meets);
        if is_over {
            told.push(allowance.told(Code::EXPIRED_ALLOWANCE, is_met, (corpus, rules), severities));
            continue;
        }
        // Of a part of the findings nobody can say what else it silences.
        if !is_met && !severities.is_partial() {
            told.push(allowance.told(Code::UNUSED_ALLOWANCE, false, (corpus, rules), severities));
        }
        findings.retain(|finding| !meets(finding));
    }
    let n_allowed = before - findings.len();
    findings.extend(told.into_iter().flatten());
    n_allowed
}

impl Allowance {
    fn meets(&self, finding: &Finding, corpus: &Corpus, rules: &RuleSet) -> bool {
        let number = finding.code.to_string();
        let names = finding.code.aliases(&number, &finding.rule).contains(&self.rule.as_str());
        let lies = |member: &Member, part: &str| {
            let path = document(corpus, rules, member.document).path.as_str();
            let seen = || self.base.relative(path).is_some_and(|path| is_part(&shown_path(&path), part));
            is_part(path, part) || seen()
        };
        let is_there = |member: &Member| self.between.iter().any(|part| lies(member, part));
        let articles = || finding.members.iter().filter(|member| member.role != Role::Fact);
        let each_is_met = || self.between.iter().all(|part| articles().any(|member| lies(member, part)));
        let is_between = self.between.is_empty() || articles().all(is_there) && each_is_met();
        let is_quoted = self.quote.as_deref().is_none_or(|quote| {
            let quote = folded(quote);
            articles().any(|member| {
                folded(member.span.of(&document(corpus, rules, member.document).text)).contains(&quote)
            })
        });
        names && is_between && is_quoted
    }

    fn told(
        &self,
        code: Code,
        is_met: bool,
        (corpus, rules): (&Corpus, &RuleSet),
        severities: &Severities,
    ) -> Option<Finding> {
        let severity = severities.of(code, code.name, code.severity, std::iter::empty());
        if severity == Severity::Off {
            return None;
        }
        let document = corpus.documents.len() + self.file;
        let text = &rules.fact_files.get(self.file)?.text;
        let message = match (code == Code::EXPIRED_ALLOWANCE, is_met, self.until) {
            (true, true, Some(until)) => {
                format!("allowed until {until} and still found: {} ({})", self.rule, self.reason)
            }
            (true, false, Some(until)) => {
                format!("allowed until {until}, and no longer found: {}", self.rule)
            }
            _ => format!("nothing of rule `{}` is found that this would allow", self.rule),
        };
        let member = Member {
            document,
            span: self.span,
            role: Role::Fact,
            marks: vec![Mark { span: self.span, kind: MarkKind::Value }],
            reading: None,
        };
        Some(Finding {
            code,
            rule: code.name.to_owned(),
            severity,
            message: Message(vec![message.into()]),
            members: vec![member],
            evidence: Evidence::Conflict {
                subject: self.rule.clone(),
                sides: Vec::new(),
                is_disputed: false,
                steps: Vec::new(),
            },
            fingerprint: fingerprint(code, &self.rule, std::iter::once(self.span.of(text))),
            suppressed: None,
        })
    }
}

/// Whether a path is this one, ends with it, or lies in this folder.
fn is_part(path: &str, part: &str) -> bool {
    let part = part.trim_start_matches("./").trim_end_matches('/');
    let path = path.trim_start_matches("./");
    path == part
        || path.strip_suffix(part).is_some_and(|before| before.ends_with(['/', '#', '!']))
        || path.strip_prefix(part).is_some_and(|behind| behind.starts_with(['/', '#', '!']))
}

fn folded(text: &str) -> String {
    words(text, 0).iter().map(|word| word.folded.to_string()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::is_part;

    #[test]
    fn parts_of_paths_are_whole_names() {
        assert!(
            is_part("wire/a.md", "a.md")
                && is_part("wire/a.md", "wire")
                && is_part("./wire/a.md", "wire/a.md")
        );
        assert!(is_part("feed.jsonl#7", "7") && is_part("feed.jsonl#7", "feed.jsonl"));
        assert!(!is_part("wire/aa.md", "a.md") && !is_part("wires/a.md", "wire"));
    }
}
