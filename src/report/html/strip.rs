//! The map of an article: which parts of it stand elsewhere, and where it is contradicted.

use super::card::{Card, rank};
use crate::report::model::{DocumentView, EvidenceView, Report};
use crate::report::stretch::shown;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// One article, drawn as a strip from its first byte to its last.
#[derive(Serialize)]
pub(super) struct Strip {
    path: String,
    title: Option<String>,
    source: Option<String>,
    published: Option<String>,
    /// Hundredths of it that stand elsewhere too.
    share: usize,
    parts: Vec<Part>,
    /// Parts beyond those that are drawn.
    more: usize,
}

/// A part of an article that a finding speaks of; places are hundredths of the strip.
#[derive(Serialize)]
struct Part {
    anchor: String,
    label: String,
    start: String,
    width: String,
    severity: String,
    is_copy: bool,
}

/// Articles and parts that are drawn.
const MOST_STRIPS: usize = 20;
const MOST_PARTS: usize = 24;
/// The least width of a part, in hundredths.
const THINNEST: f64 = 0.6;

/// What a card says of one article.
struct Spot<'c, 'r> {
    card: &'c Card<'r>,
    from: u64,
    to: u64,
    lines: (usize, usize),
}

/// The articles that findings speak of, those that share most first, and how many are left out.
pub(super) fn strips(report: &Report, cards: &[Card<'_>]) -> (Vec<Strip>, usize) {
    let mut spots: FxHashMap<&str, Vec<Spot<'_, '_>>> = FxHashMap::default();
    for card in cards {
        for member in &card.finding.members {
            spots.entry(&member.path).or_default().push(Spot {
                card,
                from: member.start.byte,
                to: member.end.byte,
                lines: (member.start.line, member.end.line),
            });
        }
    }
    let drawn = |document: &DocumentView| strip(document, spots.get(document.path.as_str())?);
    let mut strips: Vec<Strip> = report.documents.iter().filter_map(drawn).collect();
    strips.sort_by(|a, b| b.share.cmp(&a.share).then_with(|| a.path.cmp(&b.path)));
    let left = strips.len().saturating_sub(MOST_STRIPS);
    strips.truncate(MOST_STRIPS);
    (strips, left)
}

fn strip(document: &DocumentView, spots: &[Spot<'_, '_>]) -> Option<Strip> {
    let length = document.bytes.max(spots.iter().map(|spot| spot.to).max()?).max(1);
    let mut in_order: Vec<&Spot<'_, '_>> = spots.iter().collect();
    in_order.sort_by_key(|spot| (rank(spot.card.severity), spot.from, spot.card.number));
    let more = in_order.len().saturating_sub(MOST_PARTS);
    in_order.truncate(MOST_PARTS);
    in_order.sort_by_key(|spot| (spot.from, spot.card.number));
    let hundredths = |bytes: u64| bytes as f64 * 100.0 / length as f64;
    let part = |spot: &&Spot<'_, '_>| {
        let width = hundredths(spot.to.saturating_sub(spot.from)).max(THINNEST);
        Part {
            anchor: spot.card.anchor.clone(),
            label: label(spot),
            start: format!("{:.2}", hundredths(spot.from).min(100.0 - width)),
            width: format!("{width:.2}"),
            severity: spot.card.severity.to_owned(),
            is_copy: is_copy(spot),
        }
    };
    Some(Strip {
        path: shown(&document.path),
        title: document.title.as_deref().map(shown),
        source: document.source.as_deref().map(shown),
        published: document.published.clone(),
        share: hundredths(covered(spots)) as usize,
        parts: in_order.iter().map(part).collect(),
        more,
    })
}

fn label(spot: &Spot<'_, '_>) -> String {
    let (first, last) = spot.lines;
    let lines = if first == last { format!("line {first}") } else { format!("lines {first}–{last}") };
    format!("{lines}: {}", spot.card.kind.to_lowercase())
}

fn is_copy(spot: &Spot<'_, '_>) -> bool {
    matches!(spot.card.finding.evidence, EvidenceView::Copy(_) | EvidenceView::Drift(_))
}

/// Bytes that copies cover, each counted once.
fn covered(spots: &[Spot<'_, '_>]) -> u64 {
    let mut copies: Vec<(u64, u64)> =
        spots.iter().filter(|spot| is_copy(spot)).map(|spot| (spot.from, spot.to)).collect();
    copies.sort_unstable();
    let (mut bytes, mut end) = (0, 0);
    for (from, to) in copies {
        bytes += to.saturating_sub(from.max(end));
        end = end.max(to);
    }
    bytes
}
