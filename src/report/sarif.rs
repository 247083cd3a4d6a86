//! SARIF 2.1.0 (OASIS), written for what code scanning reads of it: the first location, related locations that the message
//! links to, the help of rules in Markdown, and fingerprints that hold while lines move.

use super::location::{Location, Locations, named};
use super::markdown::escaped;
use super::model::{FindingView, MemberView, PositionView};
use super::{Renderer, Report, Style, kinds};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

/// `sarif`
pub(super) struct Sarif;

/// Results that code scanning takes of one run, the worst first, and locations that belong to one.
const MOST_RESULTS: usize = 5000;
const MOST_RELATED: usize = 100;
/// What stays as it is in a path that is a URI (RFC 3986).
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl Renderer for Sarif {
    fn render(&self, report: &Report, style: &Style<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let locations = Locations::new(report, style.base);
        let mut findings: Vec<&FindingView> = report.open_findings().collect();
        let n_all = findings.len();
        findings.sort_by_key(|finding| level(&finding.severity).1);
        findings.truncate(MOST_RESULTS);
        let rules: BTreeMap<String, &FindingView> =
            findings.iter().rev().map(|finding| (rule_id(finding), *finding)).collect();
        let place: FxHashMap<&str, usize> =
            rules.keys().enumerate().map(|(place, id)| (id.as_str(), place)).collect();
        let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
        let results: Vec<Value> = findings
            .iter()
            .filter_map(|finding| {
                let id = rule_id(finding);
                let count = seen.entry(finding.fingerprint.as_str()).or_default();
                *count += 1;
                result(finding, &id, place[id.as_str()], *count, &locations)
            })
            .collect();
        let mut invocation = json!({ "executionSuccessful": true });
        if results.len() < n_all {
            let text = format!("{} of {n_all} findings are told, the worst first", results.len());
            invocation["toolExecutionNotifications"] =
                json!([{ "level": "warning", "message": { "text": text } }]);
        }
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": report.tool.name,
                    "semanticVersion": report.tool.version,
                    "rules": rules.iter().map(|(id, finding)| rule(id, finding)).collect::<Vec<_>>(),
                } },
                "invocations": [invocation],
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &log)?;
        out.write_all(b"\n")
    }
}

/// The code, and behind it the rule where the code has many.
fn rule_id(finding: &FindingView) -> String {
    match kinds::name(&finding.code) == finding.rule {
        true => finding.code.clone(),
        false => format!("{}/{}", finding.code, finding.rule),
    }
}

/// The level of a severity, and its rank.
fn level(severity: &str) -> (&'static str, usize) {
    match severity {
        "error" => ("error", 0),
        "warning" => ("warning", 1),
        _ => ("note", 2),
    }
}

fn rule(id: &str, finding: &FindingView) -> Value {
    let title = kinds::title(&finding.code);
    let silence = format!(
        "To silence one finding, add an `[[allow]]` entry to `twicetold.toml`; `{} = \"off\"` under `[rules]` silences all.",
        finding.rule
    );
    json!({
        "id": id,
        "name": finding.rule,
        "shortDescription": { "text": title },
        "help": {
            "text": format!("{}. {}", finding.help, silence.replace('`', "")),
            "markdown": format!("{}.\n\n{silence}", escaped(&finding.help)),
        },
        "defaultConfiguration": { "level": level(&finding.severity).0 },
        "properties": { "tags": ["text", family(&finding.code)] },
    })
}

fn family(code: &str) -> &'static str {
    match code.get(..3) {
        Some("TT1") => "duplicate",
        Some("TT2") => "conflict",
        Some("TT3") => "slip",
        _ => "housekeeping",
    }
}

fn result(
    finding: &FindingView,
    id: &str,
    index: usize,
    count: usize,
    locations: &Locations<'_>,
) -> Option<Value> {
    let (first, others) = locations.told(finding)?;
    let linked: Vec<(usize, &MemberView, Location<'_>)> = others
        .iter()
        .filter_map(|member| Some((*member, locations.of(member)?)))
        .take(MOST_RELATED)
        .enumerate()
        .map(|(place, (member, location))| (place + 1, member, location))
        .collect();
    let mut message = linkless(&finding.message);
    let links = linked
        .iter()
        .map(|(number, member, _)| format!("[{}]({number})", linkless(&named(locations, member))));
    let unlinked = others
        .iter()
        .filter(|member| locations.of(member).is_none())
        .map(|member| linkless(&named(locations, member)));
    let n_left = others.iter().filter(|member| locations.of(member).is_some()).count() - linked.len();
    let left = (n_left > 0).then(|| format!("and {n_left} more"));
    let places: Vec<String> = links.chain(unlinked).chain(left).collect();
    if !places.is_empty() {
        message.push_str(&format!(". See {}", places.join(", ")));
    }
    let related: Vec<Value> = linked
        .iter()
        .map(|(number, member, location)| {
            let mut related = physical(location);
            related["id"] = json!(number);
            related["message"] = json!({ "text": told(member) });
            related
        })
        .collect();
    let hash = finding.fingerprint.get(..16).unwrap_or(&finding.fingerprint);
    Some(json!({
        "ruleId": id,
        "ruleIndex": index,
        "level": level(&finding.severity).0,
        "message": { "text": message },
        "locations": [physical(&first)],
        "relatedLocations": related,
        "partialFingerprints": { "primaryLocationLineHash": format!("{hash}:{count}"), "twicetold/v1": finding.fingerprint },
    }))
}

/// What a member says or is, in a few words.
fn told(member: &MemberView) -> String {
    match &member.reading {
        Some(reading) => format!("read as {}", reading.text),
        None => member.role.clone(),
    }
}

fn physical(location: &Location<'_>) -> Value {
    let uri = utf8_percent_encode(&location.path, KEPT).to_string();
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some((start, end)) = location.lines {
        physical["region"] = region(start, end);
    }
    let mut out = json!({ "physicalLocation": physical });
    if let Some(record) = location.record {
        out["logicalLocations"] = json!([{ "name": record, "kind": "record" }]);
    }
    out
}

fn region(start: &PositionView, end: &PositionView) -> Value {
    json!({
        "startLine": start.line.max(1), "startColumn": start.column.max(1),
        "endLine": end.line.max(start.line).max(1), "endColumn": end.column.max(1),
    })
}

/// Text of a message in which brackets are no links (SARIF 2.1.0, 3.11.6).
fn linkless(text: &str) -> String {
    text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}
