//! The report as it is written to JSON: a promise to machines, in which fields are only added.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Everything a run found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

/// The program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The settings that decide what is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentView {
    /// Its path as given.
    pub path: String,
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
}

/// One of several versions of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionView {
    /// The path of the first version.
    pub of: String,
    /// Its place among them, from 1.
    pub number: usize,
    /// How many there are.
    pub count: usize,
}

/// A path that was not read, or not wholly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedView {
    /// The path as given.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A finding with its places in files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    pub evidence: serde_json::Value,
}

/// A place a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionView {
    /// Bytes from 0.
    pub byte: u64,
    /// Lines from 1.
    pub line: usize,
    /// Code points from 1.
    pub column: usize,
}

/// How a claim was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadingView {
    /// What it says, in normal form.
    pub text: String,
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
}

/// Words of a quote to point at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkView {
    /// First byte of the quote.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// `same`, `changed` or `value`.
    pub kind: String,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineView {
    /// Its number from 1.
    pub line: usize,
    /// Its text, abridged at its end.
    pub text: String,
}

/// A text that stands more than once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
}
