//! Slips inside one article, as findings.

use super::finding::{Evidence, Finding, Mark, MarkKind, Member, Message, Role, fingerprint};
use super::{Code, Severities};
use crate::checks::Slip;
use crate::corpus::Corpus;
use crate::rules::Severity;

/// The finding of a slip; `None` where its check is off.
pub fn slip_finding(
    slip: &Slip,
    document: usize,
    corpus: &Corpus,
    severities: &Severities,
) -> Option<Finding> {
    let code = Code::of_number(slip.code)?;
    let severity = severities.of(code, code.name, code.severity, std::iter::once(document));
    if severity == Severity::Off {
        return None;
    }
    let member = |(span, marks): &(crate::corpus::Span, Vec<crate::corpus::Span>)| Member {
        document,
        span: *span,
        role: Role::Claim,
        marks: marks.iter().map(|span| Mark { span: *span, kind: MarkKind::Value }).collect(),
        reading: None,
    };
    let members: Vec<Member> = slip.places.iter().map(member).collect();
    let text = &corpus.documents[document].text;
    let fingerprint = fingerprint(code, code.name, members.iter().map(|member| member.span.of(text)));
    Some(Finding {
        code,
        rule: code.name.to_owned(),
        severity,
        message: Message(vec![slip.message.clone().into()]),
        members,
        evidence: Evidence::Slip(code.name),
        fingerprint,
        suppressed: None,
    })
}
