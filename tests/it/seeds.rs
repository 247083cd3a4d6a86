//! The demonstration corpus: exactly what stands twice, exactly one dispute, and none of the traps.

use super::{check_json, root, run_in, stdout};
use serde_json::Value;
use std::collections::BTreeSet;

/// A finding as `CODE article:line …`, members in order.
fn told(finding: &Value) -> String {
    let place = |member: &Value| {
        let path = member["path"].as_str().unwrap();
        match path.strip_prefix("seeds/") {
            Some(name) => format!("{}:{}", &name[..3], member["start"]["line"]),
            None => path.to_owned(),
        }
    };
    let places: Vec<String> = finding["members"].as_array().unwrap().iter().map(place).collect();
    format!("{} {}", finding["code"].as_str().unwrap(), places.join(" "))
}

fn findings(args: &[&str]) -> Vec<String> {
    let report = check_json(root(), &[&["seeds", "--isolated"], args].concat());
    report["findings"].as_array().unwrap().iter().map(told).collect()
}

/// What is wrong in the seeds: World War II in the 1950s (I2), arms that are sent and may soon be shared (X2), the dispute
/// over arms (X1), help for a state before it was founded (X3), copies, and who congratulated whom (I1).
const EXPECTED: [&str; 9] = [
    "TT250 000:33 builtin:facts/wars.toml",
    "TT200 001:33 004:7",
    "TT210 001:33 002:10 003:19 003:19",
    "TT201 001:41 000:33 builtin:facts/wars.toml",
    "TT100 002:2 002:4",
    "TT100 002:7 002:11",
    "TT200 003:1 003:5",
    "TT103 004:19 004:25",
    "TT103 004:27 004:37",
];

#[test]
fn what_is_wrong_is_found_and_nothing_else() {
    assert_eq!(findings(&["--metadata", "tests/seeds-metadata.toml"]), EXPECTED);
}

#[test]
fn without_datelines_nobody_knows_which_of_two_came_first() {
    let expected: Vec<&str> =
        EXPECTED.into_iter().filter(|finding| *finding != "TT200 001:33 004:7").collect();
    assert_eq!(findings(&[]), expected);
}

#[test]
fn how_much_each_matters() {
    let report = check_json(root(), &["seeds", "--isolated", "--metadata", "tests/seeds-metadata.toml"]);
    let severity = |code: &str, rule: &str| {
        let found = report["findings"].as_array().unwrap().iter();
        let mut found = found.filter(|finding| finding["code"] == code && finding["rule"] == rule);
        found.next().unwrap()["severity"].as_str().unwrap().to_owned()
    };
    for (code, rule, expected) in [
        ("TT210", "arms-supply", "warning"),
        ("TT200", "arms-sharing", "warning"),
        ("TT201", "support-during", "error"),
        ("TT200", "birthday-greeting", "error"),
        ("TT250", "support-during", "error"),
    ] {
        assert_eq!(severity(code, rule), expected, "{code} {rule}");
    }
}

/// Claims of the gold annotation by article, line, rule, and what the key and the value begin with. Everything that is
/// read of the seeds stands here: nothing is read wrongly.
const GOLD: [(&str, &str, &str, &str); 34] = [
    ("000:5", "meeting-length", "the story | 2019 | length of the meeting", "PT3H"),
    ("000:29", "decorated", "vladimir-putin | kim-jong-un | decorated", "yes"),
    ("000:31", "attended", "the story | kim-jong-un | ceremony | attended", "no"),
    ("000:33", "support-during", "north-korea | supported during | world-war-ii", "195X"),
    ("001:11", "signed", "the story | signed", "2024-06-19"),
    ("001:15", "said-on", "the story | vladimir-putin | spoke on", "2024-06-19"),
    ("001:21", "said-on", "the story | antony-blinken | spoke on", "2024-06-18"),
    ("001:33", "arms-supply", "north-korea | russia | arms", "yes"),
    ("001:33", "arms-sharing", "north-korea+russia | share arms", "yes"),
    ("001:35", "last-visit", "vladimir-putin | north-korea | last visit", "2000"),
    ("001:41", "founded", "the story | north-korea | founded", "1948"),
    ("001:41", "official-name", "north-korea | official name", "North Korea"),
    ("002:7", "held-on", "the story | meeting | on", "2025-08-15"),
    ("002:7", "held-on", "the story | discussion | on", "2025-08-12"),
    ("002:9", "nk-soldiers", "North Korean soldiers with Russia", "at least 10,000"),
    ("002:10", "arms-supply", "north-korea | russia | arms", "yes"),
    ("002:11", "held-on", "the story | meeting | on", "2025-08-15"),
    ("002:11", "held-on", "the story | discussion | on", "2025-08-12"),
    ("002:13", "nk-soldiers", "North Korean soldiers with Russia", "at least 10,000"),
    ("002:14", "arms-supply", "north-korea | russia | arms", "yes"),
    (
        "003:1",
        "birthday-greeting",
        "birthday greeting | kim-jong-un+vladimir-putin",
        "Kim Jong-un to Vladimir Putin",
    ),
    ("003:3", "birthday", "the story | vladimir-putin | birthday", "70 year"),
    (
        "003:5",
        "birthday-greeting",
        "birthday greeting | kim-jong-un+vladimir-putin",
        "Vladimir Putin to Kim Jong-un",
    ),
    ("003:7", "founded", "the story | north-korea | founded", "1947-03-12/1991-12-26"),
    ("003:7", "korean-war-start", "Korean War | began", "1950"),
    ("003:7", "korean-war-end", "Korean War | ended", "1953"),
    ("003:9", "dissolved", "the story | soviet-union | dissolved", "199X"),
    (
        "003:13",
        "first-meeting-place",
        "kim-jong-un+vladimir-putin | place of the first meeting",
        "Vladivostok",
    ),
    ("003:13", "first-meeting", "kim-jong-un+vladimir-putin | first meeting", "2019"),
    ("003:17", "recognises", "recognises | independence", "North Korea"),
    ("003:19", "arms-supply", "north-korea | russia | arms", "yes"),
    ("003:19", "arms-supply", "north-korea | russia | arms", "no"),
    ("004:7", "arms-sharing", "north-korea+russia | share arms", "no"),
    ("004:23", "failed-attempts", "the story | failed attempts", "2"),
];

#[test]
fn what_is_read_is_what_stands_there() {
    let args = [
        "claims",
        "seeds",
        "--isolated",
        "-q",
        "--metadata",
        "tests/seeds-metadata.toml",
        "--output-format",
        "tsv",
    ];
    let output = run_in(root(), &args);
    let text = stdout(&output);
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let place = format!("{}:{}", &fields[0]["seeds/".len()..][..3], fields[1]);
        (place, fields[2].to_owned(), fields[3].to_owned(), fields[4].to_owned())
    };
    let found: Vec<_> = text.lines().map(row).collect();
    let gold = GOLD.map(|(place, rule, key, value)| {
        (place.to_owned(), rule.to_owned(), key.to_owned(), value.to_owned())
    });
    assert_eq!(found, gold);
    // The second half of 002 repeats its first: these stand there once more, the rest are 28 claims of the annotation.
    assert!(found.len() - 4 >= 28);
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
