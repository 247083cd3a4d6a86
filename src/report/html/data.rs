//! What the page loads when it is asked for: an index of all findings, and parcels of them, packed.
//!
//! Packing is raw DEFLATE (RFC 1951) in Base64, which browsers unpack by themselves; `miniz_oxide` packs the same bytes on
//! every machine, as faster libraries do not.

use super::card::{Card, rank};
use crate::report::model::{FindingView, Report};
use crate::report::stretch::shown;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// How hard to pack: of 0 to 10, where the page is as small as with 6 but for a tenth.
const LEVEL: u8 = 3;
/// Sources that are offered for the filter.
const MOST_SOURCES: usize = 500;

/// A finding in a parcel: its article, unless that stands in the page, and what the report says.
#[derive(Serialize)]
struct Packed<'a> {
    html: Option<&'a str>,
    finding: &'a FindingView,
    /// The publisher and the day of each member.
    origins: &'a [(Option<&'a str>, Option<&'a str>)],
}

/// All findings in parcels of so many, the first without their articles.
pub(super) fn parcels(cards: &[Card<'_>], articles: &[String], size: usize) -> io::Result<Vec<String>> {
    let packed = |(place, (card, article)): (usize, (&Card<'_>, &String))| {
        let html = (place >= size).then_some(article.as_str());
        serde_json::to_value(Packed { html, finding: card.finding, origins: &card.origins })
            .map_err(io::Error::from)
    };
    let all = cards.iter().zip(articles).enumerate().map(packed).collect::<io::Result<Vec<_>>>()?;
    let pack = |parcel: &[serde_json::Value]| {
        let text = serde_json::to_vec(parcel)?;
        Ok(STANDARD.encode(miniz_oxide::deflate::compress_to_vec(&text, LEVEL)))
    };
    all.chunks(size).map(pack).collect()
}

/// A row of the index; kept short, as there is one for each finding.
#[derive(Serialize)]
struct Entry<'a>(&'a str, &'a str, usize, &'a str, &'a [&'a str], usize, &'a str, &'a str);

/// For each finding its anchor, code, severity, rule, sources, words, headline and status, as JSON that can stand in a page.
pub(super) fn index(cards: &[Card<'_>]) -> String {
    let entry = |card| {
        let Card { anchor, code, severity, rule, sources, words, headline, status, .. }: &Card<'_> = card;
        serde_json::to_string(&Entry(anchor, code, rank(severity), rule, sources, *words, headline, status))
            .unwrap_or_default()
    };
    let entries: Vec<String> = cards.iter().map(entry).collect();
    // `</script>` and `<!--` would end the element that holds it.
    format!("[{}]", entries.join(",\n").replace('<', "\\u003c"))
}

/// Severities with how many findings they have, the worst first.
pub(super) fn counts(report: &Report) -> Vec<(&str, usize)> {
    let mut counts: Vec<(&str, usize)> =
        report.stats.by_severity.iter().map(|(name, n)| (name.as_str(), *n)).collect();
    counts.sort_by_key(|(name, _)| rank(name));
    counts
}

/// Codes with their headings and how many findings they have.
pub(super) fn kinds<'a>(cards: &'a [Card<'_>]) -> Vec<(&'a str, &'a str, usize)> {
    let mut kinds: BTreeMap<&str, (&str, usize)> = BTreeMap::new();
    cards.iter().for_each(|card| kinds.entry(card.code).or_insert((card.kind, 0)).1 += 1);
    kinds.into_iter().map(|(code, (kind, n))| (code, kind, n)).collect()
}

/// Statuses with how many findings they have; none without a baseline.
pub(super) fn statuses<'a>(cards: &'a [Card<'_>]) -> Vec<(&'a str, usize)> {
    let mut statuses: BTreeMap<&str, usize> = BTreeMap::new();
    let with_status = cards.iter().filter(|card| !card.status.is_empty());
    with_status.for_each(|card| *statuses.entry(card.status).or_default() += 1);
    statuses.into_iter().collect()
}

/// Rules with how many findings they have.
pub(super) fn rules<'a>(cards: &'a [Card<'_>]) -> Vec<(&'a str, usize)> {
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    cards.iter().for_each(|card| *rules.entry(card.rule).or_default() += 1);
    rules.into_iter().collect()
}

/// The publishers, or paths, that findings speak of.
pub(super) fn sources(cards: &[Card<'_>]) -> Vec<String> {
    let mut sources: Vec<&str> = cards.iter().flat_map(|card| card.sources.iter().copied()).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.truncate(MOST_SOURCES);
    sources.into_iter().map(shown).collect()
}
