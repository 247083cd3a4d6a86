//! The demonstration corpus: exactly what stands twice, exactly one dispute, and none of the traps.

use super::{check_json, root};
use serde_json::Value;
use std::collections::BTreeSet;

/// A finding as `CODE article:line …`, members in order.
fn told(finding: &Value) -> String {
    let place = |member: &Value| {
        let path = member["path"].as_str().unwrap();
        format!("{}:{}", &path["seeds/".len()..][..3], member["start"]["line"])
    };
    let places: Vec<String> = finding["members"].as_array().unwrap().iter().map(place).collect();
    format!("{} {}", finding["code"].as_str().unwrap(), places.join(" "))
}

fn findings(args: &[&str]) -> Vec<String> {
    let report = check_json(root(), &[&["seeds", "--isolated"], args].concat());
    report["findings"].as_array().unwrap().iter().map(told).collect()
}

const EXPECTED: [&str; 5] = [
    "TT210 001:33 002:10 003:19 003:19",
    "TT100 002:2 002:4",
    "TT100 002:7 002:11",
    "TT103 004:19 004:25",
    "TT103 004:27 004:37",
];

#[test]
fn with_and_without_datelines_the_same_is_found() {
    assert_eq!(findings(&[]), EXPECTED);
    assert_eq!(findings(&["--metadata", "tests/seeds-metadata.toml"]), EXPECTED);
}

#[test]
fn the_copied_paragraphs_are_one_finding() {
    let report = check_json(root(), &["seeds", "--isolated"]);
    let messages: Vec<&str> =
        report["findings"].as_array().unwrap().iter().map(|f| f["message"].as_str().unwrap()).collect();
    assert!(
        messages.contains(&"lines 7–10 stand again at lines 11–14 (4 paragraphs, 249 words)"),
        "{messages:?}"
    );
    assert!(messages.contains(&"line 2 stands again at line 4 (10 words)"), "{messages:?}");
}

#[test]
fn the_dispute_names_its_speakers_and_is_no_error() {
    let report = check_json(root(), &["seeds", "--isolated"]);
    let dispute =
        report["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "TT210").unwrap();
    assert_eq!((&dispute["severity"], &dispute["disputed"]), (&"warning".into(), &true.into()));
    let speakers: Vec<&Value> =
        dispute["members"].as_array().unwrap().iter().map(|member| &member["reading"]["speaker"]).collect();
    assert_eq!(speakers, [&Value::Null, &Value::Null, &"The United States".into(), &"both countries".into()]);
}

/// The pairs that look like conflicts and are none, as article and line of either side
/// (`N14`, `N16`, `N17` and others stand inside one article). Whatever else is found, no finding
/// may hold both lines of a pair.
const TRAPS: [(&str, [&str; 2]); 31] = [
    ("N1", ["000:21", "003:13"]),
    ("N2", ["001:35", "001:29"]),
    ("N3", ["001:35", "003:13"]),
    ("N4", ["004:13", "003:13"]),
    ("N4", ["000:21", "001:19"]),
    ("N5", ["001:19", "001:29"]),
    ("N5", ["001:29", "001:39"]),
    ("N5", ["001:19", "001:39"]),
    ("N6", ["003:7", "000:33"]),
    ("N7", ["001:41", "003:7"]),
    ("N8", ["001:43", "001:41"]),
    ("N8", ["001:43", "003:7"]),
    ("N9", ["000:7", "003:17"]),
    ("N10", ["002:9", "001:27"]),
    ("N11", ["004:11", "001:11"]),
    ("N12", ["003:11", "003:15"]),
    ("N13", ["001:11", "002:7"]),
    ("N13", ["001:21", "003:3"]),
    ("N13", ["002:7", "003:3"]),
    ("N14", ["003:13", "004:27"]),
    ("N15", ["001:3", "001:11"]),
    ("N16", ["000:29", "000:31"]),
    ("N17", ["001:7", "001:11"]),
    ("N17", ["002:4", "002:6"]),
    ("N18", ["001:57", "001:11"]),
    ("N19", ["000:13", "000:5"]),
    ("N21", ["004:23", "004:41"]),
    ("N22", ["000:9", "003:13"]),
    ("N22", ["000:9", "004:9"]),
    ("N23", ["002:9", "002:8"]),
    ("N24", ["001:11", "003:5"]),
];

#[test]
fn no_trap_is_sprung() {
    for metadata in [&[][..], &["--metadata", "tests/seeds-metadata.toml"]] {
        for finding in findings(metadata) {
            let places: BTreeSet<&str> = finding.split(' ').skip(1).collect();
            for (name, pair) in TRAPS {
                assert!(!pair.iter().all(|place| places.contains(place)), "{name}: {finding}");
            }
            // N20: one sentence that reports a dispute is no conflict of its article with itself.
            assert_ne!(places, BTreeSet::from(["003:19"]), "N20: {finding}");
        }
    }
}
