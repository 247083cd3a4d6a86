//! One self-contained page: findings by kind, both sides next to each other, words marked.
//!
//! No script, no network; the template escapes everything that comes from articles.

use super::full::reading_text;
use super::model::{FindingView, MemberView};
use super::wrap::visible;
use super::{Renderer, Report, Style};
use crate::findings::Code;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, context};
use serde::Serialize;
use std::io;

const TEMPLATE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");

/// `html`
pub(super) struct Html;

impl Renderer for Html {
    fn render(&self, report: &Report, _: &Style, out: &mut dyn io::Write) -> io::Result<()> {
        let mut environment = Environment::new();
        environment.add_template("page.html", TEMPLATE).map_err(io::Error::other)?;
        let page = environment.get_template("page.html").map_err(io::Error::other)?;
        let groups = groups(report);
        let context = context! { report => Value::from(Serde(report)), groups => Value::from(Serde(groups)), style => STYLE };
        page.render_captured_to(context, &mut *out).map_err(io::Error::other)?;
        out.write_all(b"\n")
    }
}

/// Findings of one code.
#[derive(Serialize)]
struct Group<'a> {
    code: &'a str,
    title: String,
    help: &'a str,
    severity: &'a str,
    findings: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    finding: &'a FindingView,
    anchor: String,
    /// The message with a capital.
    headline: String,
    members: Vec<Side<'a>>,
}

#[derive(Serialize)]
struct Side<'a> {
    member: &'a MemberView,
    label: String,
    reading: Option<String>,
    pieces: Vec<PageText<'a>>,
}

/// A stretch of a quote and how it is marked.
#[derive(Serialize)]
struct PageText<'a> {
    text: std::borrow::Cow<'a, str>,
    mark: &'a str,
}

/// The worst first; of one severity by code.
fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut codes: Vec<&str> = report.findings.iter().map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut seen = std::collections::BTreeMap::new();
    codes.into_iter().map(|code| group(code, report, &mut seen)).collect()
}

fn group<'a>(
    code: &'a str,
    report: &'a Report,
    seen: &mut std::collections::BTreeMap<&'a str, usize>,
) -> Group<'a> {
    let number = code.trim_start_matches("TT").parse().ok();
    let known = number.and_then(Code::of_number);
    let own = report.findings.iter().filter(|finding| finding.code == code);
    let findings: Vec<Entry<'_>> = own.map(|finding| entry(finding, seen)).collect();
    Group {
        code,
        title: known.map_or_else(|| code.to_owned(), |code| code.title.to_owned()),
        help: findings.first().map_or("", |entry| entry.finding.help.as_str()),
        severity: findings.first().map_or("info", |entry| entry.finding.severity.as_str()),
        findings,
    }
}

/// Anchors are fingerprints; a second finding about the same words is numbered.
fn entry<'a>(finding: &'a FindingView, seen: &mut std::collections::BTreeMap<&'a str, usize>) -> Entry<'a> {
    let count = seen.entry(finding.fingerprint.as_str()).or_default();
    *count += 1;
    let anchor = if *count == 1 {
        format!("f-{}", finding.fingerprint)
    } else {
        format!("f-{}-{count}", finding.fingerprint)
    };
    let mut letters = finding.message.chars();
    let capital = letters.next().into_iter().flat_map(char::to_uppercase);
    let headline = visible(&capital.chain(letters).collect::<String>()).into_owned();
    Entry { finding, anchor, headline, members: finding.members.iter().map(side).collect() }
}

fn side(member: &MemberView) -> Side<'_> {
    let label = match (&member.reading, member.role.as_str()) {
        (Some(reading), _) => format!("Side {}: {}", reading.side, reading.text),
        (None, "original") => "Original".to_owned(),
        (None, "copy") => "Copy".to_owned(),
        (None, _) => "The article".to_owned(),
    };
    Side { member, label, reading: member.reading.as_ref().map(reading_text), pieces: pieces(member) }
}

fn pieces(member: &MemberView) -> Vec<PageText<'_>> {
    let quote = member.quote.as_str();
    let mut out = Vec::new();
    let mut at = 0;
    let mut push = |text: Option<&'_ str>, mark| {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            out.push((text.to_owned(), mark));
        }
    };
    for mark in &member.marks {
        push(quote.get(at..mark.start), "");
        push(quote.get(mark.start..mark.end), mark.kind.as_str());
        at = mark.end;
    }
    push(quote.get(at..), "");
    let shown = |text: String| {
        text.split('\n')
            .map(|line| visible(line.trim_end_matches('\r')).into_owned())
            .collect::<Vec<_>>()
            .join("\n")
    };
    out.into_iter().map(|(text, mark)| PageText { text: shown(text).into(), mark }).collect()
}
