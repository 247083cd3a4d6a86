//! Findings that were there before: what was decided to live with, so that only what is new is told.
//!
//! A finding is known by its rule and the texts of its members, normalized and hashed, with how often each stands. It stays
//! known when lines move, files are renamed and other text is edited; a copy more of a known text is a change, and only the
//! copy that is new is told of.

use super::model::{FindingView, MemberView, Report};
use crate::corpus::words;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Known findings, as they are written to a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The version of this structure.
    schema_version: u32,
    /// The findings, sorted.
    findings: Vec<Entry>,
}

/// A known finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    code: String,
    rule: String,
    /// By the hash of a text how often it stands.
    texts: BTreeMap<String, usize>,
}

/// How many findings are what, held against a baseline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Statuses {
    /// Not there before.
    pub new: usize,
    /// There before, with fewer or other places.
    pub changed: usize,
    /// There before as they are.
    pub known: usize,
    /// There before, and no longer.
    pub gone: usize,
}

const SCHEMA_VERSION: u32 = 1;

impl Baseline {
    /// All findings of a report.
    pub fn of(report: &Report) -> Self {
        let mut findings: Vec<Entry> = report.findings.iter().map(entry).collect();
        findings.sort();
        Self { schema_version: SCHEMA_VERSION, findings }
    }

    /// Reads a baseline back.
    ///
    /// # Errors
    ///
    /// Text that is none, with line and column, and a version that is not known.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        let baseline: Self =
            serde_json::from_slice(json).map_err(|error| format!("not a baseline: {error}"))?;
        match baseline.schema_version {
            SCHEMA_VERSION => Ok(baseline),
            version => {
                Err(format!("a baseline of version {version}, and this program knows {SCHEMA_VERSION}"))
            }
        }
    }

    /// As text, a finding a line, so that a difference of two is easy to read.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self
            .findings
            .iter()
            .map(|entry| format!("    {}", serde_json::to_string(entry).unwrap_or_default()))
            .collect();
        let body = if lines.is_empty() { String::new() } else { format!("\n{}\n  ", lines.join(",\n")) };
        format!("{{\n  \"schema_version\": {},\n  \"findings\": [{body}]\n}}\n", self.schema_version)
    }

    /// Gives every finding of a report its status, and the places that were known before their mark. Gives the baseline
    /// without what is gone. Linear but for findings that share a text.
    pub fn mark(&self, report: &mut Report) -> Self {
        let mut left: Vec<Option<&Entry>> = self.findings.iter().map(Some).collect();
        let mut places: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
        for (place, entry) in self.findings.iter().enumerate() {
            for text in entry.texts.keys() {
                places.entry((&entry.rule, text)).or_default().push(place);
            }
        }
        let mut statuses = Statuses::default();
        let entries: Vec<Entry> = report.findings.iter().map(entry).collect();
        let mut met: Vec<Option<usize>> = vec![None; entries.len()];
        // What is the same comes first, so that nothing else takes its entry.
        for is_whole in [true, false] {
            for (entry, met) in entries.iter().zip(&mut met).filter(|(_, met)| met.is_none()) {
                let known = entry
                    .texts
                    .keys()
                    .filter_map(|text| places.get(&(entry.rule.as_str(), text.as_str())))
                    .flatten();
                let fits = |place: &&usize| {
                    left[**place].is_some_and(|known| !is_whole || known.texts == entry.texts)
                };
                *met = known.filter(fits).min().copied();
                if let Some(place) = *met {
                    left[place] = None;
                }
            }
        }
        for ((finding, entry), met) in report.findings.iter_mut().zip(&entries).zip(&met) {
            let known = met.map(|place| &self.findings[place].texts);
            let status = match known {
                None => "new",
                Some(known)
                    if entry
                        .texts
                        .iter()
                        .all(|(text, n)| known.get(text).is_some_and(|known| n <= known)) =>
                {
                    "known"
                }
                Some(_) => "changed",
            };
            match status {
                "new" => statuses.new += 1,
                "known" => statuses.known += 1,
                _ => statuses.changed += 1,
            }
            finding.status = Some(status.to_owned());
            if status == "changed" {
                relate(&mut finding.members, known.cloned().unwrap_or_default());
            }
        }
        statuses.gone = left.iter().flatten().count();
        report.stats.statuses = Some(statuses);
        let findings = self
            .findings
            .iter()
            .zip(&left)
            .filter(|(_, left)| left.is_none())
            .map(|(entry, _)| entry.clone());
        Self { schema_version: SCHEMA_VERSION, findings: findings.collect() }
    }
}

/// Members that were known are only related to the one that is new.
fn relate(members: &mut [MemberView], mut known: BTreeMap<String, usize>) {
    for member in members {
        if let Some(left) = known.get_mut(&hash(&member.quote)).filter(|left| **left > 0) {
            *left -= 1;
            member.related = true;
        }
    }
}

fn entry(finding: &FindingView) -> Entry {
    let mut texts = BTreeMap::new();
    for member in &finding.members {
        *texts.entry(hash(&member.quote)).or_default() += 1;
    }
    Entry { code: finding.code.clone(), rule: finding.rule.clone(), texts }
}

/// The words of a text, hashed: 16 hexadecimal digits.
fn hash(quote: &str) -> String {
    let mut hasher = Sha256::new();
    for word in words(quote, 0) {
        hasher.update(word.folded.as_bytes());
        hasher.update(b" ");
    }
    hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
