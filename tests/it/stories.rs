//! Articles on made-up events, three tellings each, written by people who knew no rule: what is found of the planted
//! contradictions, and that none of the planted traps is sprung.
//!
//! The articles are the folders `tests/cases/story-*`, the truth `tests/stories/*.json`. The sets were scored blind when
//! they were new (3, 4, 8, 7, 5, 5 and 5 of 25 found, 1, 0, 1, 1, 0, 0 and 1 of 40 traps flagged) and served to improve the
//! rules since, so the figures below say that nothing is lost, not how well unknown articles are read.

use super::{check_json, root};
use serde_json::Value;
use std::collections::BTreeMap;

/// One planted pair of statements.
struct Planted {
    group: String,
    kind: String,
    /// The file and the sentence of each side.
    sides: [(String, String); 2],
}

fn planted(set: &str, list: &str) -> Vec<Planted> {
    let path = root().join(format!("tests/stories/{set}.json"));
    let truth: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let side = |value: &Value| (text(&value["file"]), normal(value["text"].as_str().unwrap()));
    let entry = |value: &Value| Planted {
        group: text(&value["group"]),
        kind: text(&value["kind"]),
        sides: [side(&value["a"]), side(&value["b"])],
    };
    truth[list].as_array().unwrap().iter().map(entry).collect()
}

fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a finding has the two sentences on different sides.
fn is_told(finding: &Value, planted: &Planted) -> bool {
    let sides = |(file, text): &(String, String)| -> Vec<u64> {
        let members = finding["members"].as_array().unwrap().iter();
        members
            .filter(|member| {
                let quote = normal(member["quote"].as_str().unwrap());
                member["path"].as_str().unwrap().ends_with(file.as_str())
                    && (text.contains(&quote) || quote.contains(text.as_str()))
            })
            .filter_map(|member| member["reading"]["side"].as_u64())
            .collect()
    };
    let (one, two) = (sides(&planted.sides[0]), sides(&planted.sides[1]));
    finding["code"].as_str().unwrap() >= "TT2" && one.iter().any(|side| two.iter().any(|other| side != other))
}

/// Found contradictions, and sprung traps.
fn score(set: &str) -> (usize, Vec<String>) {
    let (conflicts, traps) = (planted(set, "conflicts"), planted(set, "traps"));
    assert_eq!((conflicts.len(), traps.len()), (25, 40));
    let mut findings: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for planted in conflicts.iter().chain(&traps) {
        findings.entry(planted.group.clone()).or_insert_with(|| {
            let report = check_json(root(), &[&format!("tests/cases/{}", planted.group), "--isolated"]);
            report["findings"].as_array().unwrap().clone()
        });
    }
    let is_told =
        |planted: &Planted| findings[&planted.group].iter().any(|finding| is_told(finding, planted));
    let sprung =
        traps.iter().filter(|trap| is_told(trap)).map(|trap| format!("{}: {}", trap.group, trap.kind));
    (conflicts.iter().filter(|conflict| is_told(conflict)).count(), sprung.collect())
}

#[test]
fn planted_contradictions_are_found_and_no_trap_is_sprung() {
    for (set, least) in [("a", 22), ("b", 22), ("c", 19), ("d", 18), ("e", 18), ("f", 14), ("g", 13)] {
        let (found, sprung) = score(set);
        assert!(found >= least, "set {set}: {found} of 25 found, {least} were");
        assert!(sprung.is_empty(), "set {set}: {sprung:?}");
    }
}
