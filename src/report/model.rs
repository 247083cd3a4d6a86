//! The report as it is written to JSON: a promise to machines, in which fields are only added.

use super::baseline::Statuses;
use crate::rules::Severity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything a run found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The version of this structure.
    pub schema_version: u32,
    /// Who made it.
    pub tool: Tool,
    /// With which settings.
    pub settings: SettingsView,
    /// What was read, sorted by path.
    pub documents: Vec<DocumentView>,
    /// What was not, sorted by path.
    pub skipped: Vec<SkippedView>,
    /// What was found, in the order of documents and places.
    pub findings: Vec<FindingView>,
    /// Texts that stand more than once, with all their places.
    pub clusters: Vec<ClusterView>,
    /// Counts.
    pub stats: Stats,
}

impl FindingView {
    /// How much it matters.
    pub fn severity(&self) -> Severity {
        match self.severity.as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => Severity::Info,
        }
    }

    /// What a baseline and a comment say of it, behind its message: ` (known)`, ` (suppressed: a refrain)`.
    pub(super) fn aside(&self) -> String {
        let status = self.status.as_ref().map(|status| format!(" ({status})")).unwrap_or_default();
        let suppressed = self.suppressed.as_ref().map(|by| match by.reason.as_str() {
            "" => " (suppressed)".to_owned(),
            reason => format!(" (suppressed: {reason})"),
        });
        status + &suppressed.unwrap_or_default()
    }

    /// The member to look at first: of those that are reported the copy, which is what has to change, else the first.
    pub fn first(&self) -> Option<&MemberView> {
        let is_own = |member: &&MemberView| !member.related;
        let is_copy = |member: &&MemberView| member.role == "copy";
        let own = || self.members.iter().filter(is_own);
        own().find(is_copy).or_else(|| own().next()).or_else(|| self.members.first())
    }
}

impl Report {
    /// The findings that nothing silences.
    pub(super) fn open_findings(&self) -> impl Iterator<Item = &FindingView> {
        self.findings.iter().filter(|finding| finding.suppressed.is_none())
    }

    /// What was found in how much, in words: `5 errors, 3 warnings in 5 documents`.
    pub fn counted(&self) -> String {
        let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let found = ["error", "warning", "info"].iter().filter_map(|name| {
            let n = *self.stats.by_severity.get(*name)?;
            Some(count(n, name))
        });
        let found: Vec<String> = found.collect();
        let found = if found.is_empty() { "no findings".to_owned() } else { found.join(", ") };
        format!("{found} in {}", count(self.stats.documents, "document"))
    }
}

/// The program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The settings that decide what is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SettingsView {
    /// Least Jaccard similarity, as a decimal.
    pub jaccard: String,
    /// Least containment, as a decimal.
    pub containment: String,
    /// Least words of a block.
    pub min_words: usize,
    /// Least shared words inside an article.
    pub inside_words: usize,
    /// Least shared words across articles.
    pub across_words: usize,
    /// The rule packs.
    pub packs: Vec<String>,
    /// How many rules they have.
    pub rules: usize,
}

/// A document that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentView {
    /// Its path as given.
    pub path: String,
    /// The file it is a record or a part of, where it is none by itself.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// Whether lines and columns count in its own text, and not in the file.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub own_lines: bool,
    /// Its headline.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Its publisher.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<String>,
    /// Its day, as far as known.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<String>,
    /// Its language as a BCP 47 tag; `und` where it is not known.
    pub lang: String,
    /// Which version of its story it is, where several were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<VersionView>,
    /// How many blocks it has.
    pub blocks: usize,
    /// How many words of it were compared.
    pub words: usize,
    /// Bytes of the file up to the end of its text, as places count them.
    #[serde(default)]
    pub bytes: u64,
}

/// One of several versions of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VersionView {
    /// The path of the first version.
    pub of: String,
    /// Its place among them, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
}

/// A path that was not read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SkippedView {
    /// The path as given.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A finding with its places in files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FindingView {
    /// `TT` and three digits.
    pub code: String,
    /// The rule, or the name of the code.
    pub rule: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// What is so, in one line.
    pub message: String,
    /// The same for the same texts, wherever they stand.
    pub fingerprint: String,
    /// With a baseline: `new`, `changed` or `known`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub status: Option<String>,
    /// What silences it, where it is shown all the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suppressed: Option<SuppressionView>,
    /// Whether somebody who is quoted or reported is on a side.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub disputed: bool,
    /// Shingles in both texts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub overlap: Option<usize>,
    /// Shingles in either text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub union: Option<usize>,
    /// What to do about it.
    pub help: String,
    /// The places.
    pub members: Vec<MemberView>,
    /// Why it is a finding.
    pub evidence: EvidenceView,
}

/// What silences a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SuppressionView {
    /// `comment`, `allow` or `baseline`.
    pub by: String,
    /// Why, as somebody wrote.
    pub reason: String,
}

/// Why a finding is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum EvidenceView {
    /// Of a copy.
    Copy(CopyEvidenceView),
    /// Of claims that cannot hold together.
    Conflict(ConflictEvidenceView),
    /// Of a copy that differs in facts.
    Drift(DriftEvidenceView),
    /// Of an article that cannot be right by itself.
    Slip(SlipEvidenceView),
}

/// Why a copy is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CopyEvidenceView {
    /// `exact`, `near`, `contained` or `passage`.
    pub relation: String,
    /// How many blocks were copied.
    pub blocks: usize,
    /// Words of the original.
    pub words: usize,
    /// Words that are the same in the copy that shares least.
    pub shared_words: usize,
    /// How many articles have the text.
    pub articles: usize,
    /// SHA-256 of the normalized words, where all copies have the same.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sha256: Option<String>,
    /// For each copy the steps from the original in which it differs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alignments: Option<Vec<Vec<StepView>>>,
}

/// One difference between an original and a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StepView {
    /// `deleted`, `inserted`, `replaced` or `moved`.
    pub kind: String,
    /// Bytes of the quote of the original, half-open.
    pub original: (usize, usize),
    /// Bytes of the quote of the copy, half-open.
    pub copy: (usize, usize),
}

/// Why claims cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConflictEvidenceView {
    /// What all of them speak of.
    pub key: String,
    /// The answers.
    pub sides: Vec<SideView>,
    /// The chain that does not close, for an impossible order.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub steps: Vec<String>,
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SideView {
    /// What it is.
    pub value: String,
    /// How many members give it.
    pub members: usize,
    /// How many of them are no copies of another.
    pub sources: usize,
}

/// What differs between copies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DriftEvidenceView {
    /// Each difference in fact.
    pub changes: Vec<ChangeView>,
}

/// What stands in one text, and what in its place in the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeView {
    /// `figure`, `date`, `name`, `negation` or `direction`.
    pub kind: String,
    /// The words of the original.
    pub original: String,
    /// The words of the copy.
    pub copy: String,
}

/// Which check an article fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SlipEvidenceView {
    /// Its name.
    pub check: String,
}

/// A place a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MemberView {
    /// The file, or `FILE#ID` of a record.
    pub path: String,
    /// Where it starts.
    pub start: PositionView,
    /// Where it ends: after its last character.
    pub end: PositionView,
    /// The text as read, unabridged.
    pub quote: String,
    /// `original`, `copy`, `claim` or `fact`.
    pub role: String,
    /// Whether it is outside what was asked to be reported, or was known before.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub related: bool,
    /// How it was read, where it is a claim.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub reading: Option<ReadingView>,
    /// Words of the quote to point at.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub marks: Vec<MarkView>,
    /// The lines of the file it stands on, abridged.
    pub context: Vec<LineView>,
}

/// A place in the file on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PositionView {
    /// Bytes from 0.
    pub byte: u64,
    /// Lines from 1.
    pub line: usize,
    /// Code points from 1.
    pub column: usize,
    /// Bytes of the line from 1, in UTF-8; 0 in reports that do not tell.
    #[serde(default)]
    pub byte_column: usize,
}

/// How a claim was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReadingView {
    /// What it says, in normal form.
    pub text: String,
    /// The kind of value: `date`, `number`, `money`, `name` …
    #[serde(default)]
    pub kind: String,
    /// The words it was read from.
    pub of: String,
    /// The side it is on, from 1.
    pub side: usize,
    /// Who says so, where it is not the article.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speaker: Option<String>,
    /// Whether words leave it open.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub hedged: bool,
    /// Whether the words are copied from another article of the finding's corpus, and count with that one.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub copy: bool,
    /// A date in EDTF.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub edtf: Option<String>,
    /// First day; open where missing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<String>,
    /// Day after the last; open where missing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub to: Option<String>,
    /// Least amount, as a decimal; open where missing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub min: Option<String>,
    /// Greatest amount, as a decimal; open where missing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub max: Option<String>,
    /// What the amounts are of, where they have a unit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
}

/// Words of a quote to point at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MarkView {
    /// First byte of the quote.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// `same`, `changed`, `moved` or `value`.
    pub kind: String,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LineView {
    /// Its number from 1.
    pub line: usize,
    /// Its text, abridged at its end.
    pub text: String,
}

/// A text that stands more than once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterView {
    /// The finding that tells of it.
    pub fingerprint: String,
    /// How loosely the copies relate to the original.
    pub relation: String,
    /// How many blocks it has.
    pub blocks: usize,
    /// How many words it has.
    pub words: usize,
    /// All places, the original first.
    pub members: Vec<ClusterMember>,
}

/// One place of a cluster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClusterMember {
    /// The file, or `FILE#ID` of a record.
    pub path: String,
    /// First line.
    pub start_line: usize,
    /// Last line.
    pub end_line: usize,
    /// `original` or `copy`.
    pub role: String,
}

/// Counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Stats {
    /// Documents read.
    pub documents: usize,
    /// Blocks of them.
    pub blocks: usize,
    /// Blocks that are furniture.
    pub furniture: usize,
    /// Texts, of furniture and others, that stand in more articles than a story would.
    #[serde(default)]
    pub boilerplate: usize,
    /// Words compared.
    pub words: usize,
    /// Claims read.
    pub claims: usize,
    /// Paths skipped.
    pub skipped: usize,
    /// Findings by code.
    pub by_code: BTreeMap<String, usize>,
    /// Findings by severity.
    pub by_severity: BTreeMap<String, usize>,
    /// With a baseline, how many findings are new, changed, known and gone.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statuses: Option<Statuses>,
}
