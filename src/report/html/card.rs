//! A finding as the page shows it.

use super::axis::{Axis, axis};
use crate::report::full::reading_text;
use crate::report::kinds;
use crate::report::model::{
    ChangeView, CopyEvidenceView, DocumentView, EvidenceView, FindingView, MarkView, MemberView, Report,
    SideView, StepView,
};
use crate::report::stretch::{Stretch, shown, stretches};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// A finding, ready to be shown.
#[derive(Serialize)]
pub(super) struct Card<'a> {
    /// Where it stands among all, from 1, in the order of the page.
    pub(super) number: usize,
    pub(super) anchor: String,
    pub(super) code: &'a str,
    pub(super) kind: &'a str,
    pub(super) severity: &'a str,
    pub(super) rule: &'a str,
    /// What a baseline says of it; empty without one.
    pub(super) status: &'a str,
    pub(super) headline: String,
    pub(super) is_disputed: bool,
    /// Why a comment silences it.
    pub(super) suppressed: Option<String>,
    pub(super) help: String,
    /// Words of its longest member.
    pub(super) words: usize,
    /// What is told of copies in one line.
    pub(super) facts: Vec<String>,
    pub(super) changes: &'a [ChangeView],
    /// Texts side by side; the first is open.
    pub(super) comparisons: Vec<Comparison<'a>>,
    pub(super) sides: Vec<Side<'a>>,
    pub(super) quotes: Vec<Quote<'a>>,
    /// Places that are only named.
    pub(super) places: Vec<Place<'a>>,
    pub(super) why: Option<String>,
    pub(super) axis: Option<Axis>,
    pub(super) steps: Vec<String>,
    /// What to write into the configuration to silence it.
    pub(super) silence: String,
    #[serde(skip)]
    pub(super) finding: &'a FindingView,
    /// The publishers of its members, or their paths.
    #[serde(skip)]
    pub(super) sources: Vec<&'a str>,
    /// The publisher and the day of each member.
    #[serde(skip)]
    pub(super) origins: Vec<(Option<&'a str>, Option<&'a str>)>,
}

/// Two texts next to each other.
#[derive(Serialize)]
pub(super) struct Comparison<'a> {
    left: Quote<'a>,
    right: Quote<'a>,
}

/// One answer of a conflict, and who gives it.
#[derive(Serialize)]
pub(super) struct Side<'a> {
    number: usize,
    value: String,
    agreed: String,
    quotes: Vec<Quote<'a>>,
    places: Vec<Place<'a>>,
}

/// Where something stands.
#[derive(Clone, Serialize)]
pub(super) struct Place<'a> {
    role: &'a str,
    path: String,
    line: usize,
    column: usize,
    source: Option<&'a str>,
    published: Option<&'a str>,
}

/// Words of an article.
#[derive(Serialize)]
pub(super) struct Quote<'a> {
    place: Place<'a>,
    reading: Option<String>,
    pieces: Vec<Stretch>,
}

/// Quotes of one finding that are shown; further places are only named.
const MOST_SHOWN: usize = 8;
/// Places that are named; further ones are counted.
const MOST_NAMED: usize = 100;
/// Letters of a headline.
const LONGEST_HEADLINE: usize = 300;

/// All findings, the worst first, of one severity by code, of one code as in the report.
pub(super) fn cards<'a>(report: &'a Report) -> Vec<Card<'a>> {
    let documents: FxHashMap<&str, &DocumentView> =
        report.documents.iter().map(|document| (document.path.as_str(), document)).collect();
    let mut findings: Vec<&FindingView> = report.findings.iter().collect();
    findings.sort_by(|a, b| {
        let order = |finding: &FindingView| rank(&finding.severity);
        order(a).cmp(&order(b)).then_with(|| a.code.cmp(&b.code))
    });
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    let card = |(number, finding): (usize, &'a FindingView)| {
        let count = seen.entry(finding.fingerprint.as_str()).or_default();
        *count += 1;
        // A second finding about the same words is numbered.
        let anchor = match *count {
            1 => format!("f-{}", finding.fingerprint),
            count => format!("f-{}-{count}", finding.fingerprint),
        };
        Maker { finding, documents: &documents }.card(number, anchor)
    };
    (1..).zip(findings).map(card).collect()
}

/// The worst first.
pub(super) fn rank(severity: &str) -> usize {
    ["error", "warning", "info"].iter().position(|name| *name == severity).unwrap_or(3)
}

struct Maker<'a, 'd> {
    finding: &'a FindingView,
    documents: &'d FxHashMap<&'a str, &'a DocumentView>,
}

impl<'a> Maker<'a, '_> {
    fn card(&self, number: usize, anchor: String) -> Card<'a> {
        let finding = self.finding;
        let words = finding.members.iter().map(|member| member.quote.split_whitespace().count()).max();
        let mut card = Card {
            number,
            anchor,
            code: &finding.code,
            kind: kinds::title(&finding.code),
            severity: &finding.severity,
            rule: &finding.rule,
            status: finding.status.as_deref().unwrap_or_default(),
            headline: headline(&finding.message),
            is_disputed: finding.disputed,
            suppressed: finding.suppressed.as_ref().map(|by| shown(&by.reason)),
            help: shown(&finding.help),
            words: words.unwrap_or(0),
            facts: Vec::new(),
            changes: &[],
            comparisons: Vec::new(),
            sides: Vec::new(),
            quotes: Vec::new(),
            places: Vec::new(),
            why: None,
            axis: None,
            steps: Vec::new(),
            silence: silence(finding),
            finding,
            sources: self.sources(),
            origins: finding
                .members
                .iter()
                .map(|member| self.place(member))
                .map(|at| (at.source, at.published))
                .collect(),
        };
        match &finding.evidence {
            EvidenceView::Copy(copy) => self.copy(copy, &mut card),
            EvidenceView::Drift(drift) => {
                card.changes = &drift.changes;
                self.pairs(&mut card);
            }
            EvidenceView::Conflict(conflict) => {
                card.steps = conflict.steps.iter().map(|step| shown(step)).collect();
                card.sides = (1..)
                    .zip(&conflict.sides)
                    .map(|(number, side)| self.side(number, side, !conflict.steps.is_empty()))
                    .collect();
                card.why = Some(self.why(&conflict.steps));
                card.axis = axis(&finding.members);
            }
            EvidenceView::Slip(_) => {
                let (quotes, places) = self.shown(finding.members.iter());
                (card.quotes, card.places) = (quotes, places);
            }
        }
        card
    }

    fn sources(&self) -> Vec<&'a str> {
        let source =
            |member: &'a MemberView| self.document(member).and_then(|document| document.source.as_deref());
        let mut all: Vec<&str> =
            self.finding.members.iter().map(|member| source(member).unwrap_or(&member.path)).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn document(&self, member: &MemberView) -> Option<&'a DocumentView> {
        self.documents.get(member.path.as_str()).copied()
    }

    fn place(&self, member: &'a MemberView) -> Place<'a> {
        let document = self.document(member);
        Place {
            role: &member.role,
            path: shown(&member.path),
            line: member.start.line,
            column: member.start.column,
            source: document.and_then(|document| document.source.as_deref()),
            published: document.and_then(|document| document.published.as_deref()),
        }
    }

    fn quote(&self, member: &'a MemberView, marks: &[MarkView]) -> Quote<'a> {
        Quote {
            place: self.place(member),
            reading: member.reading.as_ref().map(|reading| shown(&reading_text(reading))),
            pieces: stretches(&member.quote, marks),
        }
    }

    /// The first as quotes, the others as places.
    fn shown(&self, members: impl Iterator<Item = &'a MemberView>) -> (Vec<Quote<'a>>, Vec<Place<'a>>) {
        let members: Vec<&MemberView> = members.collect();
        let (first, others) = members.split_at(members.len().min(MOST_SHOWN));
        (first.iter().map(|member| self.quote(member, &member.marks)).collect(), self.named(others))
    }

    fn named(&self, members: &[&'a MemberView]) -> Vec<Place<'a>> {
        members.iter().take(MOST_NAMED).map(|member| self.place(member)).collect()
    }

    /// Copies of the same words are shown once; others beside the original.
    fn copy(&self, copy: &CopyEvidenceView, card: &mut Card<'a>) {
        card.facts = copy_facts(copy, self.finding);
        let Some((original, copies)) = self.finding.members.split_first() else { return };
        let Some(alignments) = &copy.alignments else {
            card.quotes = vec![self.quote(original, &[])];
            card.places = self.named(&copies.iter().collect::<Vec<_>>());
            return;
        };
        let is_excerpt = copy.relation == "contained";
        let compared = |(place, member): (usize, &'a MemberView)| {
            let marks = match (place, alignments.get(place)) {
                (0, _) | (_, None) => original.marks.clone(),
                (_, Some(steps)) => marks_of_original(steps, original.quote.len(), is_excerpt),
            };
            Comparison { left: self.quote(original, &marks), right: self.quote(member, &member.marks) }
        };
        card.comparisons = copies.iter().enumerate().take(MOST_SHOWN).map(compared).collect();
        card.places = self.named(&copies.iter().skip(MOST_SHOWN).collect::<Vec<_>>());
    }

    /// Originals and copies, two by two.
    fn pairs(&self, card: &mut Card<'a>) {
        let (pairs, rest) = self.finding.members.as_chunks::<2>();
        let compared = |[one, two]: &'a [MemberView; 2]| Comparison {
            left: self.quote(one, &one.marks),
            right: self.quote(two, &two.marks),
        };
        card.comparisons = pairs.iter().take(MOST_SHOWN).map(compared).collect();
        let others = pairs.iter().skip(MOST_SHOWN).flatten().chain(rest);
        card.places = self.named(&others.collect::<Vec<_>>());
    }

    fn side(&self, number: usize, side: &SideView, is_chain: bool) -> Side<'a> {
        let is_here =
            |member: &&'a MemberView| member.reading.as_ref().is_some_and(|reading| reading.side == number);
        let (quotes, places) = self.shown(self.finding.members.iter().filter(is_here));
        // In a chain of times each side is shown by what it was read as.
        let reading = self.finding.members.iter().find(is_here).and_then(|member| member.reading.as_ref());
        let value = reading.filter(|_| is_chain).map_or(side.value.as_str(), |reading| reading.text.as_str());
        Side { number, value: shown(value), agreed: agreed(side.members, side.sources), quotes, places }
    }

    /// Why the sides cannot hold together, in words.
    fn why(&self, steps: &[String]) -> String {
        let readings = || self.finding.members.iter().filter_map(|member| member.reading.as_ref());
        let kind = readings().next().map_or("", |reading| reading.kind.as_str());
        let reason = match (steps.is_empty(), kind) {
            (false, _) => "Taken together these steps lead in a circle: one of them must be wrong.",
            (_, "date") => "No day lies in both.",
            (_, "number" | "money" | "percent" | "percentage points" | "quantity" | "age" | "duration") => {
                "No amount fits both, as far as they are rounded."
            }
            (_, "yes-no") => "One says it is so, the other that it is not.",
            (_, "roles") => "Each has the two the other way round.",
            (_, "place") => "Neither place lies in the other.",
            (_, "ordinal") => "It has one rank only.",
            _ => "Only one of them can be right.",
        };
        let hedged = if readings().any(|reading| reading.hedged) { " One side is hedged." } else { "" };
        format!("{reason}{hedged}")
    }
}

/// The message with a capital, as long as a headline may be.
fn headline(message: &str) -> String {
    let mut letters = message.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    let mut text: String = capital.chain(letters).take(LONGEST_HEADLINE).collect();
    if message.chars().nth(LONGEST_HEADLINE).is_some() {
        text.push('…');
    }
    shown(&text)
}

fn counted(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

fn copy_facts(copy: &CopyEvidenceView, finding: &FindingView) -> Vec<String> {
    let mut facts = vec![counted(copy.words, "word")];
    if copy.blocks > 1 {
        facts.push(counted(copy.blocks, "paragraph"));
    }
    if copy.alignments.is_some() {
        facts.push(format!("{} shared", counted(copy.shared_words, "word")));
    }
    if let (Some(overlap), Some(union @ 1..)) = (finding.overlap, finding.union) {
        facts.push(format!("{overlap} of {union} shingles"));
    }
    if copy.articles > 1 {
        facts.push(format!("in {}", counted(copy.articles, "article")));
    }
    facts
}

/// `2 sources agree`, and how many places there are beside them.
fn agreed(members: usize, sources: usize) -> String {
    let told = match sources {
        1 => "1 source".to_owned(),
        n => format!("{n} sources agree"),
    };
    if members > sources { format!("{told}, {} with their copies", counted(members, "place")) } else { told }
}

/// What a comparison marks in the original, from the steps to a copy.
fn marks_of_original(steps: &[StepView], length: usize, is_excerpt: bool) -> Vec<MarkView> {
    let mut marks: Vec<MarkView> = Vec::new();
    let mut push = |start: usize, end: usize, kind: &str| {
        if start < end && marks.last().is_none_or(|last| last.end <= start) {
            marks.push(MarkView { start, end, kind: kind.to_owned() });
        }
    };
    let mut steps: Vec<&StepView> = steps.iter().collect();
    steps.sort_by_key(|step| (step.original, step.kind != "moved"));
    let mut at = 0;
    for step in steps {
        let (start, end) = step.original;
        match is_excerpt {
            true if step.kind != "moved" => push(at, start, "same"),
            true => {}
            false => push(start, end, if step.kind == "moved" { "moved" } else { "changed" }),
        }
        at = at.max(end);
    }
    if is_excerpt {
        push(at, length, "same");
    }
    marks
}

/// An `[[allow]]` entry for `twicetold.toml`.
fn silence(finding: &FindingView) -> String {
    let mut paths: Vec<&str> = finding
        .members
        .iter()
        .filter(|member| member.role != "fact")
        .map(|member| member.path.as_str())
        .collect();
    paths.sort_unstable();
    paths.dedup();
    paths.truncate(MOST_SHOWN);
    // A TOML basic string is written as a JSON string is, but for the slash that neither escapes.
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let between: Vec<String> = paths.iter().map(|path| quoted(path)).collect();
    shown(&format!(
        "[[allow]]\nrule = {}\nbetween = [{}]\nreason = \"\"",
        quoted(&finding.rule),
        between.join(", ")
    ))
}
