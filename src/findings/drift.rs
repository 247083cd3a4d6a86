//! Copies that differ in a fact, as findings.

use super::finding::{Evidence, Finding, Mark, MarkKind, Member, Message, Piece, Role, fingerprint};
use super::{Code, Severities};
use crate::corpus::{Corpus, Span};
use crate::drift::{Change, ChangeKind, phrase};
use crate::rules::Severity;

/// A stretch of one text and its copy in another, and what differs between them.
#[derive(Clone, Debug)]
pub struct DriftedStretch {
    /// Where the two stand.
    pub spans: (Span, Span),
    /// What differs, at least one.
    pub changes: Vec<Change>,
}

/// Two documents with the stretches that are copies but for some changes; the first is the original.
#[derive(Clone, Debug)]
pub struct DriftedPair<'a> {
    /// The documents, by their places in the corpus.
    pub documents: (usize, usize),
    /// At least one.
    pub stretches: &'a [DriftedStretch],
    /// Whether they are versions of one story.
    pub are_versions: bool,
}

/// A change as machines read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeEvidence {
    /// `figure`, `date`, `name`, `negation` or `direction`.
    pub kind: &'static str,
    /// The words of the original; of a "not" with those beside it.
    pub original: String,
    /// The words of the copy.
    pub copy: String,
}

/// The code of a change.
fn code(kind: ChangeKind) -> Code {
    match kind {
        ChangeKind::Figure => Code::DRIFTED_FIGURE,
        ChangeKind::Date => Code::DRIFTED_DATE,
        ChangeKind::Name => Code::DRIFTED_NAME,
        ChangeKind::Negation => Code::DRIFTED_NEGATION,
        ChangeKind::Direction => Code::DRIFTED_DIRECTION,
    }
}

/// One finding for a pair, by the first of its changes; `None` where it is off.
pub fn drift_finding(pair: &DriftedPair<'_>, corpus: &Corpus, severities: &Severities) -> Option<Finding> {
    let changes = || {
        pair.stretches.iter().flat_map(|stretch| stretch.changes.iter().map(move |change| (stretch, change)))
    };
    let (stretch, first) = changes().min_by_key(|(_, change)| change.kind)?;
    let code = if pair.are_versions { Code::CHANGED_BETWEEN_VERSIONS } else { code(first.kind) };
    let severity =
        severities.of(code, code.name, code.severity, [pair.documents.0, pair.documents.1].into_iter());
    if severity == Severity::Off {
        return None;
    }
    let texts = (&corpus.documents[pair.documents.0].text, &corpus.documents[pair.documents.1].text);
    let member = |document: usize, span: Span, role: Role, spans: Vec<Span>| {
        let mut marks: Vec<Mark> =
            spans.into_iter().map(|span| Mark { span, kind: MarkKind::Value }).collect();
        marks.sort_by_key(|mark| mark.span);
        Member { document, span, role, marks, reading: None }
    };
    let of_stretch = |stretch: &DriftedStretch| {
        let (a, b) = stretch.changes.iter().map(|change| (change.a, change.b)).unzip();
        [
            member(pair.documents.0, stretch.spans.0, Role::Original, a),
            member(pair.documents.1, stretch.spans.1, Role::Copy, b),
        ]
    };
    // The stretch that the message speaks of stands first.
    let is_first = |other: &&DriftedStretch| std::ptr::eq(*other, stretch);
    let others = pair.stretches.iter().filter(|other| !is_first(other));
    let members: Vec<Member> = std::iter::once(stretch).chain(others).flat_map(of_stretch).collect();
    let evidence = |(stretch, change): (&DriftedStretch, &Change)| {
        let (original, copy) = change.texts((texts.0, stretch.spans.0), (texts.1, stretch.spans.1));
        ChangeEvidence { kind: change.kind.name(), original, copy }
    };
    let one = phrase(texts.0, stretch.spans.0, first.a);
    let two = phrase(texts.1, stretch.spans.1, first.b);
    let mut message: Vec<Piece> = vec![
        format!("“{two}” in ").into(),
        Piece::Place(1),
        format!(", “{one}” in ").into(),
        Piece::Place(0),
    ];
    let more = changes().count() - 1;
    if more > 0 {
        let word = if more == 1 { "difference" } else { "differences" };
        message.push(format!(" (and {more} more {word})").into());
    }
    let text = |member: &Member| member.span.of(&corpus.documents[member.document].text);
    let fingerprint = fingerprint(code, code.name, members.iter().map(text));
    let evidence = Evidence::Drift(changes().map(evidence).collect());
    let message = Message(message);
    Some(Finding {
        code,
        rule: code.name.to_owned(),
        severity,
        message,
        members,
        evidence,
        fingerprint,
        suppressed: None,
    })
}
