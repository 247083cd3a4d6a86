//! Drawings of the whole: article maps, who shares text with whom, which copies stand where, and when claims are dated.

use super::axis::day;
use super::card::Card;
use super::strip::{Strip, strips};
use crate::report::model::{ClusterView, Report};
use crate::report::stretch::shown;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::BTreeMap;

/// All drawings.
#[derive(Serialize)]
pub(super) struct Overview {
    strips: Vec<Strip>,
    strips_left: usize,
    heat: Option<Heat>,
    matrix: Option<Matrix>,
    timeline: Option<Timeline>,
}

/// Words that sources share, two by two.
#[derive(Serialize)]
struct Heat {
    sources: Vec<String>,
    cells: Vec<Cell>,
    left: usize,
    /// The pairs that share most, in words.
    most: Vec<String>,
}

#[derive(Serialize)]
struct Cell {
    x: usize,
    y: usize,
    words: usize,
    /// Hundredths of the darkest shade.
    shade: usize,
    title: String,
}

/// Which texts stand in which source.
#[derive(Serialize)]
struct Matrix {
    sources: Vec<String>,
    rows: Vec<Row>,
    left: usize,
}

#[derive(Serialize)]
struct Row {
    anchor: String,
    label: String,
    words: usize,
    /// For each source: how often, and whether the original stands there.
    cells: Vec<(usize, bool)>,
}

/// Dated claims that differ, on one scale.
#[derive(Serialize)]
struct Timeline {
    from: String,
    to: String,
    rows: Vec<Line>,
    left: usize,
}

#[derive(Serialize)]
struct Line {
    anchor: String,
    headline: String,
    /// Start and width in hundredths, side, and what it says.
    marks: Vec<(String, String, usize, String)>,
}

/// Sources, rows and lines that are drawn.
const MOST_SOURCES: usize = 24;
const MOST_ROWS: usize = 30;

/// Draws everything there is something to draw of.
pub(super) fn overview(report: &Report, cards: &[Card<'_>]) -> Overview {
    let (strips, strips_left) = strips(report, cards);
    let source: FxHashMap<&str, &str> = report
        .documents
        .iter()
        .map(|document| (document.path.as_str(), document.source.as_deref().unwrap_or(&document.path)))
        .collect();
    let source = |path: &str| source.get(path).copied().unwrap_or_default().to_owned();
    Overview {
        strips,
        strips_left,
        heat: heat(report, &source),
        matrix: matrix(report, cards, &source),
        timeline: timeline(cards),
    }
}

/// Adds words; a report that was made up may tell of more than there can be.
fn add(sum: &mut usize, words: usize) {
    *sum = sum.saturating_add(words);
}

fn heat(report: &Report, source: &dyn Fn(&str) -> String) -> Option<Heat> {
    let mut shared: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut of_source: BTreeMap<String, usize> = BTreeMap::new();
    for cluster in &report.clusters {
        let mut sources: Vec<String> = cluster.members.iter().map(|member| source(&member.path)).collect();
        sources.sort_unstable();
        sources.dedup();
        sources.truncate(MOST_SOURCES);
        for (place, one) in sources.iter().enumerate() {
            for two in &sources[place + 1..] {
                add(shared.entry((one.clone(), two.clone())).or_default(), cluster.words);
                add(of_source.entry(one.clone()).or_default(), cluster.words);
                add(of_source.entry(two.clone()).or_default(), cluster.words);
            }
        }
    }
    let mut sources: Vec<(String, usize)> = of_source.into_iter().collect();
    sources.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let left = sources.len().saturating_sub(MOST_SOURCES);
    sources.truncate(MOST_SOURCES);
    let mut sources: Vec<String> = sources.into_iter().map(|(source, _)| source).collect();
    sources.sort_unstable();
    let darkest = shared.values().copied().max()?;
    let words = |one: &String, two: &String| {
        let key = if one < two { (one.clone(), two.clone()) } else { (two.clone(), one.clone()) };
        shared.get(&key).copied().unwrap_or(0)
    };
    let mut cells = Vec::new();
    for (y, one) in sources.iter().enumerate() {
        for (x, two) in sources.iter().enumerate().filter(|(x, _)| *x != y) {
            let words = words(one, two);
            if words > 0 {
                let title = told(one, two, words);
                cells.push(Cell {
                    x,
                    y,
                    words,
                    shade: 15 + (words as f64 * 85.0 / darkest as f64) as usize,
                    title,
                });
            }
        }
    }
    let mut most: Vec<(&(String, String), &usize)> = shared.iter().collect();
    most.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let most = most.into_iter().take(5).map(|((one, two), words)| told(one, two, *words)).collect();
    Some(Heat { sources: sources.iter().map(|source| short(source)).collect(), cells, left, most })
}

/// A label as long as there is room for.
fn short(source: &str) -> String {
    const LETTERS: usize = 26;
    let source = shown(source);
    match source.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &source[..end]),
        None => source,
    }
}

fn told(one: &str, two: &str, words: usize) -> String {
    format!("{} and {}: {words} words", shown(one), shown(two))
}

fn matrix(report: &Report, cards: &[Card<'_>], source: &dyn Fn(&str) -> String) -> Option<Matrix> {
    let anchors: FxHashMap<&str, &Card<'_>> =
        cards.iter().rev().map(|card| (card.finding.fingerprint.as_str(), card)).collect();
    let mut clusters: Vec<&ClusterView> = report.clusters.iter().collect();
    clusters.sort_by_key(|cluster| std::cmp::Reverse(cluster.words.saturating_mul(cluster.members.len())));
    let left = clusters.len().saturating_sub(MOST_ROWS);
    clusters.truncate(MOST_ROWS);
    let mut sources: Vec<String> =
        clusters.iter().flat_map(|cluster| &cluster.members).map(|member| source(&member.path)).collect();
    sources.sort_unstable();
    sources.dedup();
    sources.truncate(MOST_SOURCES);
    let row = |cluster: &ClusterView| {
        let card = anchors.get(cluster.fingerprint.as_str())?;
        let cell = |of: &String| {
            let here = || cluster.members.iter().filter(|member| source(&member.path) == *of);
            (here().count(), here().any(|member| member.role == "original"))
        };
        let label = card.finding.members.first().map_or("", |member| member.quote.as_str());
        Some(Row {
            anchor: card.anchor.clone(),
            label: opening(label),
            words: cluster.words,
            cells: sources.iter().map(cell).collect(),
        })
    };
    let rows: Vec<Row> = clusters.iter().filter_map(|cluster| row(cluster)).collect();
    if rows.is_empty() {
        return None;
    }
    Some(Matrix { sources: sources.iter().map(|source| shown(source)).collect(), rows, left })
}

/// The first words of a text.
fn opening(text: &str) -> String {
    const WORDS: usize = 8;
    const LETTERS: usize = 60;
    let words: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    let text: String = words.join(" ").chars().take(LETTERS).collect();
    format!("{}…", shown(&text))
}

fn timeline(cards: &[Card<'_>]) -> Option<Timeline> {
    let mut rows = Vec::new();
    for card in cards {
        let mut dated: Vec<(usize, f64, f64, &str)> = Vec::new();
        for reading in card.finding.members.iter().filter_map(|member| member.reading.as_ref()) {
            let (from, to) = (day(reading.from.as_deref()), day(reading.to.as_deref()));
            let Some((from, to)) = from.or(to).zip(to.or(from)) else { continue };
            if dated.iter().all(|(side, ..)| *side != reading.side) {
                dated.push((reading.side, from, to, &reading.text));
            }
        }
        if !dated.is_empty() {
            rows.push((card, dated));
        }
    }
    let left = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let ends = || rows.iter().flat_map(|(_, dated)| dated).flat_map(|(_, from, to, _)| [*from, *to]);
    let (least, most) = ends().fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
    if least >= most {
        return None;
    }
    let place = |at: f64| (at - least) / (most - least) * 98.0 + 1.0;
    let mark = |(side, from, to, text): &(usize, f64, f64, &str)| {
        let width = (place(*to) - place(*from)).max(0.8);
        (format!("{:.2}", place(*from).min(99.5 - width)), format!("{width:.2}"), *side, shown(text))
    };
    let line = |(card, dated): &(&Card<'_>, Vec<(usize, f64, f64, &str)>)| Line {
        anchor: card.anchor.clone(),
        headline: card.headline.clone(),
        marks: dated.iter().map(mark).collect(),
    };
    let (from, to) = (super::axis::end_of_scale(least, true), super::axis::end_of_scale(most, true));
    Some(Timeline { from, to, rows: rows.iter().map(line).collect(), left })
}
