//! Spans become lines, columns and quotes: the only place where they do.

use super::model::{
    ChangeView, ClusterMember, ClusterView, ConflictEvidenceView, CopyEvidenceView, DocumentView,
    DriftEvidenceView, EvidenceView, FindingView, LineView, MarkView, MemberView, PositionView, ReadingView,
    Report, SettingsView, SideView, SkippedView, SlipEvidenceView, Stats, StepView, SuppressionView, Tool,
    VersionView,
};
use crate::copies::FEW_ARTICLES;
use crate::corpus::{BlockKind, Corpus, Document, LineIndex, Position, versions};
use crate::findings::{
    ChangeEvidence, CopyEvidence, Evidence, Finding, Mark, MarkKind, Member, Message, Piece, Reading, Role,
    Scope, SideEvidence, Step, document,
};
use crate::fingerprint::Print;
use crate::pipeline::{Settings, Survey};
use crate::rules::RuleSet;
use crate::value::{Bound, Value};
use rustc_hash::FxHashMap;

/// The version of the report's structure.
pub(super) const SCHEMA_VERSION: u32 = 1;
/// The most lines of context a member has.
const CONTEXT_LINES: usize = 5;
/// Code points before the place that are shown of a long line.
const CONTEXT_BEFORE: usize = 80;
/// The most code points of a line of context.
const CONTEXT_COLUMNS: usize = 400;

/// What a run gives, before it is told.
#[derive(Clone, Copy, Debug)]
pub struct Resolved<'a> {
    /// What was read.
    pub corpus: &'a Corpus,
    /// What each document says.
    pub surveys: &'a [Survey],
    /// What was found.
    pub findings: &'a [Finding],
    /// By which rules.
    pub rules: &'a RuleSet,
    /// With which settings.
    pub settings: &'a Settings,
    /// What is reported of it.
    pub scope: &'a Scope,
}

/// Makes the report. Linear in the documents that findings speak of.
pub fn resolve(run: Resolved<'_>) -> Report {
    let mut lines: FxHashMap<usize, LineIndex<'_>> = FxHashMap::default();
    for member in run.findings.iter().flat_map(|finding| &finding.members) {
        lines
            .entry(member.document)
            .or_insert_with(|| LineIndex::new(document(run.corpus, run.rules, member.document)));
    }
    let resolver = Resolver { run, lines };
    let versions = version_views(run.corpus);
    Report {
        schema_version: SCHEMA_VERSION,
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        settings: settings(run),
        documents: run
            .corpus
            .documents
            .iter()
            .zip(run.surveys)
            .enumerate()
            .map(|(index, (document, survey))| DocumentView {
                path: document.path.clone(),
                file: (document.file() != document.path).then(|| document.file().to_owned()),
                own_lines: document.paragraphs.is_some()
                    || document.record.is_some() && document.origin.text.is_none(),
                title: document.metadata.title.clone(),
                source: document.metadata.source.clone(),
                published: document.metadata.published.map(|date| date.to_string()),
                lang: document.metadata.lang.clone().unwrap_or_else(|| "und".to_owned()),
                version: versions.get(&index).cloned(),
                blocks: survey.blocks.len(),
                words: survey.words(),
                bytes: bytes(document),
            })
            .collect(),
        skipped: run
            .corpus
            .skipped
            .iter()
            .map(|skipped| SkippedView { path: skipped.path.clone(), reason: skipped.reason.clone() })
            .collect(),
        findings: run.findings.iter().map(|finding| resolver.finding(finding)).collect(),
        clusters: run.findings.iter().filter_map(|finding| resolver.cluster(finding)).collect(),
        stats: stats(run),
    }
}

/// For each document that is one of several versions of a story, which.
fn version_views(corpus: &Corpus) -> FxHashMap<usize, VersionView> {
    let mut views = FxHashMap::default();
    for group in versions(corpus) {
        let first = &corpus.documents[group[0]].path;
        for (number, &index) in (1..).zip(&group) {
            views.insert(index, VersionView { of: first.clone(), number, count: group.len() });
        }
    }
    views
}

/// Where the text of a document ends in its file.
fn bytes(document: &Document) -> u64 {
    let end = document.prose.end(document.text.len() as u32);
    document.origin.encoding.end(end as u32)
}

fn settings(run: Resolved<'_>) -> SettingsView {
    let matching = &run.settings.matching;
    SettingsView {
        jaccard: matching.jaccard.to_string(),
        containment: matching.containment.to_string(),
        min_words: matching.min_words,
        inside_words: matching.inside_words,
        across_words: matching.across_words,
        packs: run.rules.packs.clone(),
        rules: run.rules.rules.len(),
    }
}

fn stats(run: Resolved<'_>) -> Stats {
    let blocks = || run.surveys.iter().flat_map(|survey| &survey.blocks);
    let mut stats = Stats {
        documents: run.corpus.documents.len(),
        blocks: blocks().count(),
        furniture: blocks().filter(|block| block.kind == BlockKind::Furniture).count(),
        boilerplate: boilerplate(run.surveys),
        words: run.surveys.iter().map(Survey::words).sum(),
        claims: run.surveys.iter().map(|survey| survey.claims.len()).sum(),
        skipped: run.corpus.skipped.len(),
        ..Stats::default()
    };
    for finding in run.findings {
        *stats.by_code.entry(finding.code.to_string()).or_default() += 1;
        *stats.by_severity.entry(finding.severity.name().to_owned()).or_default() += 1;
    }
    stats
}

/// How many texts stand in more than a few articles.
fn boilerplate(surveys: &[Survey]) -> usize {
    let mut articles: FxHashMap<Print, usize> = FxHashMap::default();
    for survey in surveys {
        let mut own: Vec<Print> =
            survey.prints.iter().map(|(_, print)| *print).chain(survey.furniture.iter().copied()).collect();
        own.sort_unstable();
        own.dedup();
        own.iter().for_each(|print| *articles.entry(*print).or_default() += 1);
    }
    articles.iter().filter(|(print, articles)| print.words > 0 && **articles > FEW_ARTICLES).count()
}

struct Resolver<'a> {
    run: Resolved<'a>,
    lines: FxHashMap<usize, LineIndex<'a>>,
}

impl Resolver<'_> {
    fn document(&self, member: &Member) -> &Document {
        document(self.run.corpus, self.run.rules, member.document)
    }

    fn finding(&self, finding: &Finding) -> FindingView {
        let (overlap, union) = match finding.evidence {
            Evidence::Copy(CopyEvidence { overlap, union, .. }) => (Some(overlap), Some(union)),
            Evidence::Conflict { .. } | Evidence::Drift(_) | Evidence::Slip(_) => (None, None),
        };
        FindingView {
            code: finding.code.to_string(),
            rule: finding.rule.clone(),
            severity: finding.severity.name().to_owned(),
            message: self.message(&finding.message, &finding.members),
            fingerprint: finding.fingerprint.clone(),
            status: None,
            suppressed: finding.suppressed.as_ref().map(|suppressed| SuppressionView {
                by: suppressed.by.to_owned(),
                reason: suppressed.reason.clone(),
            }),
            disputed: matches!(finding.evidence, Evidence::Conflict { is_disputed: true, .. }),
            overlap,
            union,
            help: finding.code.help.to_owned(),
            members: finding.members.iter().map(|member| self.member(member)).collect(),
            evidence: evidence(&finding.evidence),
        }
    }

    fn positions(&self, member: &Member) -> (Position, Position) {
        self.lines[&member.document].positions(member.span)
    }

    /// First and last line.
    fn line_range(&self, member: &Member) -> (usize, usize) {
        let index = &self.lines[&member.document];
        (index.line(member.span.start), index.line(member.span.end.saturating_sub(1).max(member.span.start)))
    }

    /// `line 3`, `lines 3–4`; with the column where another member stands on the same line.
    fn lines_of(&self, member: usize, members: &[Member]) -> String {
        let this = &members[member];
        let document = self.document(this);
        let unit = if document.paragraphs.is_some() { "paragraph" } else { "line" };
        let (first, last) = self.line_range(this);
        let is_shared = |other: &Member| {
            other.span != this.span
                && other.document == this.document
                && self.line_range(other) == (first, last)
        };
        match first == last {
            true if members.iter().any(is_shared) => {
                format!("{unit} {first}, column {}", self.positions(this).0.column)
            }
            true => format!("{unit} {first}"),
            false => format!("{unit}s {first}–{last}"),
        }
    }

    fn message(&self, message: &Message, members: &[Member]) -> String {
        let lines = |member: usize| self.lines_of(member, members);
        let is_one_file = members.iter().all(|member| member.document == members[0].document);
        let path = |member: usize| &self.document(&members[member]).path;
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Place(member) if is_one_file => lines(*member),
            Piece::Place(member) => format!("{} of {}", lines(*member), path(*member)),
            Piece::Stands(member) => {
                let (first, last) = self.line_range(&members[*member]);
                if first == last { "stands" } else { "stand" }.to_owned()
            }
        };
        message.0.iter().map(piece).collect()
    }

    fn member(&self, member: &Member) -> MemberView {
        let document = self.document(member);
        let (start, end) = self.positions(member);
        MemberView {
            path: document.path.clone(),
            start: position(start),
            end: position(end),
            quote: member.span.of(&document.text).to_owned(),
            role: role(member.role).to_owned(),
            related: member.document < self.run.corpus.documents.len()
                && !self.run.scope.reports(member.document),
            reading: member.reading.as_ref().map(|reading| self.reading(reading, member)),
            marks: member.marks.iter().map(|mark| mark_view(mark, member)).collect(),
            context: self.context(member),
        }
    }

    fn context(&self, member: &Member) -> Vec<LineView> {
        let (first, last) = self.line_range(member);
        let index = &self.lines[&member.document];
        let abridge = |text: &str| match text.char_indices().nth(CONTEXT_COLUMNS) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.to_owned(),
        };
        // A page may be one line: what stands far before the place is no context.
        let start = self.positions(member).0.column;
        let near = |text: &str| match text.char_indices().nth(start.saturating_sub(CONTEXT_BEFORE + 1)) {
            Some((from, _)) if start > CONTEXT_COLUMNS / 2 => abridge(&format!("…{}", &text[from..])),
            _ => abridge(text),
        };
        let text =
            |line: usize| if line == first { near(index.text(line)) } else { abridge(index.text(line)) };
        (first..=last).take(CONTEXT_LINES).map(|line| LineView { line, text: text(line) }).collect()
    }

    fn reading(&self, reading: &Reading, member: &Member) -> ReadingView {
        let text = &self.document(member).text;
        let date = match &reading.value {
            Value::Date(date) => Some(date),
            _ => None,
        };
        let days = date.and_then(|date| date.readings.first());
        let amount = reading.value.amount();
        let end = |bound: Option<Bound>| bound.map(|bound| bound.at.normalize().to_string());
        ReadingView {
            text: reading.value.to_string(),
            kind: reading.value.kind().to_owned(),
            of: member.marks.first().map(|mark| mark.span.of(text).to_owned()).unwrap_or_default(),
            side: reading.side + 1,
            speaker: reading.speaker.clone(),
            hedged: reading.is_hedged,
            copy: reading.is_copy,
            edtf: date.map(|date| date.edtf()),
            from: days.and_then(|days| days.from).map(|day| day.to_string()),
            to: days.and_then(|days| days.to).map(|day| day.to_string()),
            min: end(amount.and_then(|amount| amount.min)),
            max: end(amount.and_then(|amount| amount.max)),
            unit: reading.value.unit().map(str::to_owned),
        }
    }

    fn cluster(&self, finding: &Finding) -> Option<ClusterView> {
        let Evidence::Copy(CopyEvidence { relation, blocks, words, .. }) = finding.evidence else {
            return None;
        };
        let place = |member: &Member| {
            let (start_line, end_line) = self.line_range(member);
            let path = self.document(member).path.clone();
            ClusterMember { path, start_line, end_line, role: role(member.role).to_owned() }
        };
        Some(ClusterView {
            fingerprint: finding.fingerprint.clone(),
            relation: relation.to_owned(),
            blocks,
            words,
            members: finding.members.iter().map(place).collect(),
        })
    }
}

pub(super) fn position(position: Position) -> PositionView {
    PositionView {
        byte: position.byte,
        line: position.line,
        column: position.column,
        byte_column: position.byte_column,
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Original => "original",
        Role::Copy => "copy",
        Role::Claim => "claim",
        Role::Fact => "fact",
    }
}

fn mark_view(mark: &Mark, member: &Member) -> MarkView {
    let kind = match mark.kind {
        MarkKind::Same => "same",
        MarkKind::Changed => "changed",
        MarkKind::Moved => "moved",
        MarkKind::Value => "value",
    };
    let offset = |at: u32| at.saturating_sub(member.span.start) as usize;
    MarkView { start: offset(mark.span.start), end: offset(mark.span.end), kind: kind.to_owned() }
}

fn evidence(evidence: &Evidence) -> EvidenceView {
    match evidence {
        Evidence::Copy(copy) => EvidenceView::Copy(copy_evidence(copy)),
        Evidence::Slip(check) => EvidenceView::Slip(SlipEvidenceView { check: (*check).to_owned() }),
        Evidence::Drift(changes) => {
            let change = |change: &ChangeEvidence| ChangeView {
                kind: change.kind.to_owned(),
                original: change.original.clone(),
                copy: change.copy.clone(),
            };
            EvidenceView::Drift(DriftEvidenceView { changes: changes.iter().map(change).collect() })
        }
        Evidence::Conflict { subject, sides, steps, .. } => {
            let side = |side: &SideEvidence| SideView {
                value: side.value.clone(),
                members: side.members,
                sources: side.sources,
            };
            EvidenceView::Conflict(ConflictEvidenceView {
                key: subject.clone(),
                sides: sides.iter().map(side).collect(),
                steps: steps.clone(),
            })
        }
    }
}

fn copy_evidence(copy: &CopyEvidence) -> CopyEvidenceView {
    let step =
        |step: &Step| StepView { kind: step.kind.to_owned(), original: step.original, copy: step.copy };
    let steps = |steps: &Vec<Step>| steps.iter().map(step).collect();
    CopyEvidenceView {
        relation: copy.relation.to_owned(),
        blocks: copy.blocks,
        words: copy.words,
        shared_words: copy.shared_words,
        articles: copy.articles,
        sha256: copy.sha256.clone(),
        alignments: copy.sha256.is_none().then(|| copy.alignments.iter().map(steps).collect()),
    }
}
