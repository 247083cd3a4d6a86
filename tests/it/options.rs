//! Every option changes something, and `--help` says so.

use super::{check_json, folder, run_in, stderr, stdout, twicetold};
use serde_json::Value;
use std::io::Write as _;
use std::path::Path;

const ONE: &str =
    "Nobody was hurt when two empty barges broke loose and drifted against the old iron bridge at night.\n";

fn codes(folder: &Path, args: &[&str]) -> Vec<String> {
    let report = check_json(folder, args);
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["code"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn help_is_as_reviewed() {
    for verb in ["check", "diff", "report", "blocks", "pairs", "values", "test"] {
        let output = twicetold().args([verb, "--help"]).env("COLUMNS", "100").output().unwrap();
        insta::assert_snapshot!(format!("help_{verb}"), stdout(&output));
    }
}

#[test]
fn thresholds() {
    let (start, end) =
        ("the barges broke loose at noon and drifted past the old pier", "towards the open sea");
    let one = format!("Nobody was hurt when {start}, under the bridge and then slowly {end}.");
    let two = format!("People on the shore watched as {start} without anybody on board {end}.");
    let at = folder(&[("a.txt", one.as_bytes()), ("b.txt", two.as_bytes())]);
    assert_eq!(codes(at.path(), &["."]), [""; 0]);
    assert_eq!(
        codes(at.path(), &[".", "--jaccard", "0.3", "--containment", "1"]),
        [""; 0],
        "16 words are no evidence"
    );
    let more = "and along the sandbanks of the estuary where seals were lying in the sun";
    let at = folder(&[
        ("a.txt", format!("{one} It went on {more}.").as_bytes()),
        ("b.txt", format!("{two} They drifted {more}.").as_bytes()),
    ]);
    assert_eq!(codes(at.path(), &[".", "--jaccard", "0.7", "--containment", "1"]), [""; 0]);
    assert_eq!(codes(at.path(), &[".", "--jaccard", "0.3", "--containment", "1"]), ["TT102"]);
    let at = folder(&[("a.txt", format!("{ONE}\nand\n\n{ONE}").as_bytes())]);
    assert_eq!(codes(at.path(), &["."]), ["TT100"]);
    assert_eq!(codes(at.path(), &[".", "--min-words", "40"]), [""; 0]);
}

#[test]
fn fail_levels() {
    let at = folder(&[("a.txt", ONE.as_bytes()), ("b.txt", ONE.as_bytes())]);
    for (level, code) in [("error", 0), ("warning", 1), ("info", 1), ("none", 0)] {
        assert_eq!(
            run_in(at.path(), &["check", ".", "--fail-level", level]).status.code(),
            Some(code),
            "{level}"
        );
    }
}

#[test]
fn what_is_read() {
    let at = folder(&[
        ("a.txt", ONE.as_bytes()),
        ("sub/b.txt", ONE.as_bytes()),
        ("list", b"a.txt\n\nsub\n"),
        ("notes", ONE.as_bytes()),
    ]);
    let documents = |args: &[&str]| -> Vec<String> {
        let report = check_json(at.path(), args);
        report["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|document| document["path"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(documents(&["."]), ["./a.txt", "./sub/b.txt"]);
    assert_eq!(documents(&[".", "--exclude", "sub"]), ["./a.txt"]);
    assert_eq!(documents(&[".", "--exclude", "*.txt", "--allow-empty"]), [""; 0]);
    assert_eq!(documents(&["--files-from", "list"]), ["a.txt", "sub/b.txt"]);
    assert_eq!(documents(&["notes"]), ["notes"]);
}

#[test]
fn standard_input() {
    let at = folder(&[]);
    let run = |args: &[&str], input: &str| {
        let mut child = twicetold()
            .args([&["check", "--output-format", "json"], args].concat())
            .current_dir(at.path())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        serde_json::from_slice::<Value>(&child.wait_with_output().unwrap().stdout).unwrap()
    };
    let report = run(&["-"], &format!("{ONE}\nand\n\n{ONE}"));
    assert_eq!(
        (&report["documents"][0]["path"], &report["findings"][0]["code"]),
        (&"-".into(), &"TT100".into())
    );
    let report = run(&["-", "--stdin-filename", "draft.md"], &format!("---\ntitle: Draft\n---\n\n{ONE}"));
    assert_eq!(
        (&report["documents"][0]["path"], &report["documents"][0]["title"]),
        (&"draft.md".into(), &"Draft".into())
    );
}

#[test]
fn metadata_makes_the_earlier_article_the_original() {
    let metadata =
        "[\"b.txt\"]\npublished = 2020-01-01\nsource = \"Gazette\"\n[\"a.txt\"]\npublished = 2021-01-01\n";
    let at = folder(&[("a.txt", ONE.as_bytes()), ("b.txt", ONE.as_bytes()), ("m.toml", metadata.as_bytes())]);
    let original = |args: &[&str]| {
        check_json(at.path(), args)["findings"][0]["members"][0]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(original(&["."]), "./a.txt");
    assert_eq!(original(&[".", "--metadata", "m.toml"]), "./b.txt");
    let report = check_json(at.path(), &[".", "--metadata", "m.toml"]);
    assert_eq!(report["documents"][1]["source"], "Gazette");
}

#[test]
fn configuration_is_found_upward_and_can_be_left_out() {
    let config = "[corpus]\nexclude = [\"old\"]\n[rules]\nTT101 = \"error\"\n";
    let at = folder(&[
        ("twicetold.toml", config.as_bytes()),
        ("news/a.txt", ONE.as_bytes()),
        ("news/b.txt", ONE.as_bytes()),
        ("news/old/c.txt", ONE.as_bytes()),
        ("other.toml", b"[rules]\ncopied-across = \"off\"\n"),
        ("wrong.toml", b"[rules]\nTT999 = \"off\"\n"),
    ]);
    let check =
        |args: &[&str]| run_in(at.path(), &[&["check", "news", "--output-format", "concise"], args].concat());
    assert_eq!(check(&[]).status.code(), Some(1));
    assert_eq!(stderr(&check(&[])), "1 error in 2 documents\n");
    assert_eq!(check(&["--isolated"]).status.code(), Some(0));
    assert_eq!(stderr(&check(&["--config", "other.toml"])), "no findings in 3 documents\n");
    assert!(
        stderr(&check(&["--config", "wrong.toml"]))
            .contains("wrong.toml:2:1: `TT999` is neither a code nor a rule")
    );
}

#[test]
fn rules_are_added_and_tested() {
    let rules = r#"
format = 1
pack = "bridges"

[[entity]]
id = "long-bridge"
type = "place"
names = ["Long Bridge"]

[[rule]]
id = "bridge-opening"
summary = "when a bridge was opened"
patterns = ["{what:place} be (=opened|=inaugurated) ~6 {when:date}"]
key = ["{what}", "opened"]
value = "{when}"
message = "when was {what} opened? {sides}"

[[rule.test]]
invalid = ["Long Bridge was opened in 1901.", "Long Bridge was inaugurated on 3 May 1903."]
[[rule.test]]
valid = ["Long Bridge was opened in 1901.", "Long Bridge was opened in June 1901."]
[[rule.extract]]
text = "The Long Bridge was opened in 1901."
is = { what = "long-bridge", when = "1901" }
"#;
    let broken = rules
        .replace("bridge-opening", "bridge-closing")
        .replace("in 1901.\", \"Long Bridge was opened", "in 1902.\", \"Long Bridge was opened");
    let at = folder(&[
        ("a.txt", b"The Long Bridge was opened in 1901. It is made of iron."),
        ("b.txt", b"Nobody remembers it, but the Long Bridge was inaugurated with a brass band in 1904."),
        ("packs/bridges.toml", rules.as_bytes()),
        ("broken.toml", broken.as_bytes()),
    ]);
    let report = check_json(at.path(), &["a.txt", "b.txt", "--rules", "packs"]);
    assert_eq!(report["findings"][0]["message"], "when was Long Bridge opened? 1901 or 1904");
    assert_eq!(report["findings"][0]["members"][1]["reading"]["from"], "1904-01-01");
    let passed = run_in(at.path(), &["test", "packs"]);
    assert_eq!(passed.status.code(), Some(0), "{}", stdout(&passed));
    assert!(stderr(&passed).contains("all passed"));
    assert_eq!(stderr(&passed), "3 tests of 1 rule: all passed\n");
    let shipped = run_in(super::root(), &["test"]);
    assert!(stderr(&shipped).contains("all passed"), "{}", stdout(&shipped));
    let failed = run_in(at.path(), &["test", "broken.toml"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(
        stdout(&failed).contains("FAIL bridge-closing, test 2: noisy: valid articles were flagged TT200"),
        "{}",
        stdout(&failed)
    );
}

#[test]
fn colors_only_where_they_are_wanted() {
    let at = folder(&[("a.txt", ONE.as_bytes()), ("b.txt", ONE.as_bytes())]);
    let has_color = |args: &[&str], env: &[(&str, &str)]| {
        let output = twicetold()
            .args([&["check", "."], args].concat())
            .envs(env.iter().copied())
            .current_dir(at.path())
            .output()
            .unwrap();
        stdout(&output).contains('\x1b')
    };
    assert!(!has_color(&[], &[]));
    assert!(has_color(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!has_color(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(has_color(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_color(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn quiet_says_nothing_but_findings() {
    let at = folder(&[("a.txt", ONE.as_bytes()), ("b.txt", ONE.as_bytes()), ("c.txt", b"\0")]);
    assert!(stderr(&run_in(at.path(), &["check", "."])).contains("1 warning in 2 documents, 1 skipped"));
    assert_eq!(stderr(&run_in(at.path(), &["check", ".", "--quiet"])), "");
}

#[test]
fn blocks_say_what_and_why() {
    let at = folder(&[(
        "page.txt",
        format!("A heading without an end\n\n{ONE}\nShare\n\n3 hours ago\n").as_bytes(),
    )]);
    let output = run_in(at.path(), &["blocks", "page.txt"]);
    let lines: Vec<Value> = stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let kinds: Vec<(&str, &str)> =
        lines.iter().map(|l| (l["block"].as_str().unwrap(), l["reason"].as_str().unwrap())).collect();
    assert_eq!(
        kinds,
        [
            ("heading", "first, without a full stop"),
            ("paragraph", "running text"),
            ("furniture", "button"),
            ("furniture", "age of a post"),
        ]
    );
    assert_eq!(
        (&lines[1]["doc"], &lines[1]["start"], &lines[1]["at"]["start"]["line"]),
        (&"page.txt".into(), &26.into(), &3.into())
    );
    let table = run_in(at.path(), &["blocks", "page.txt", "--output-format", "table"]);
    assert!(stdout(&table).contains("     5  furniture  button"), "{}", stdout(&table));
}

#[test]
fn series_are_not_compared_within() {
    let line = |id: &str, series: &str| format!("{{\"id\":\"{id}\",\"text\":\"{}\"{series}}}\n", ONE.trim());
    let wire = ",\"series\":\"wire\"";
    let at = folder(&[
        ("same.jsonl", (line("a", wire) + &line("b", wire)).as_bytes()),
        ("other.jsonl", (line("a", wire) + &line("b", "")).as_bytes()),
    ]);
    assert_eq!(codes(at.path(), &["same.jsonl"]), [""; 0]);
    assert_eq!(codes(at.path(), &["other.jsonl"]), ["TT101"]);
}
