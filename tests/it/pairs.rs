//! `twicetold pairs`: complete, streamed, the same for any number of threads and any order.

use super::{folder, root, run_in, stderr, stdout, twicetold};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Write;
use std::process::Stdio;

const A: &str =
    "the harbour master closed the northern pier on the evening before the storm reached the town";
const B: &str =
    "fishermen had carried their nets and boxes to the market hall in the course of the afternoon";

fn lines(records: &[(&str, &str)]) -> Vec<u8> {
    let line = |(id, text): &(&str, &str)| format!("{}\n", serde_json::json!({ "id": id, "text": text }));
    records.iter().map(line).collect::<String>().into_bytes()
}

fn pairs(folder: &std::path::Path, args: &[&str]) -> Vec<Value> {
    let output = run_in(folder, &[&["pairs"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn records_by_all_three_relations() {
    let (both, turned) = (format!("{A} {B}"), format!("{B} and {A}"));
    let records = lines(&[("one", A), ("two", &both), ("three", &turned), ("four", A), ("none", "")]);
    let at = folder(&[("r.jsonl", &records)]);
    let found = |args: &[&str]| -> BTreeSet<String> {
        let args = [&["r.jsonl", "--unit", "record", "--output-format", "tsv"], args].concat();
        let output = run_in(at.path(), &[&["pairs"], args.as_slice()].concat());
        stdout(&output).lines().map(str::to_owned).collect()
    };
    let set = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<BTreeSet<String>>();
    assert_eq!(found(&["--jaccard", "0.7"]), set(&["one\tfour\t14\t14\t14", "two\tthree\t29\t31\t32"]));
    assert_eq!(found(&["--jaccard", "1"]), set(&["one\tfour\t14\t14\t14"]));
    let contained = found(&["--containment", "0.8"]);
    assert!(contained.contains("one\ttwo\t14\t14\t31") && contained.contains("three\tfour\t14\t32\t14"));
    assert_eq!(contained.len(), 6, "{contained:?}");
    let passages = found(&["--passage", "8"]);
    assert!(passages.contains("two\tthree\t16\t33\t34\t0\t16\t18\t34"), "{passages:?}");
    assert!(
        passages.contains("two\tthree\t17\t33\t34\t16\t33\t0\t17"),
        "what is moved is kept: {passages:?}"
    );
    assert_eq!(found(&["--containment", "0.8", "--min-words", "17"]), set(&["two\tthree\t29\t31\t32"]));
    assert_eq!(found(&["--containment", "0.8", "--distinct"]).len(), 4, "`four` is paired with `one` only");
}

#[test]
fn json_lines_lead_to_words_bytes_and_steps() {
    let records = lines(&[("é", &format!("Zoë: {A}!")), ("7", &format!("“{A}”, {B}"))]);
    let at = folder(&[("r.jsonl", &records)]);
    let [passage] = pairs(at.path(), &["r.jsonl", "--unit", "record", "--passage", "8"]).try_into().unwrap();
    assert_eq!((&passage["a"], &passage["b"], &passage["overlap"]), (&"é".into(), &"7".into(), &16.into()));
    assert_eq!((&passage["size_a"], &passage["size_b"]), (&17.into(), &33.into()));
    assert_eq!(
        (&passage["a_words"], &passage["b_words"]),
        (&serde_json::json!([1, 17]), &serde_json::json!([0, 16]))
    );
    let bytes =
        |side: &str| passage[side][0].as_u64().unwrap() as usize..passage[side][1].as_u64().unwrap() as usize;
    assert_eq!(&format!("Zoë: {A}!")[bytes("a_bytes")], A);
    assert_eq!(&format!("“{A}”, {B}")[bytes("b_bytes")], A);
    let [pair] = pairs(at.path(), &["r.jsonl", "--unit", "record", "--containment", "0.9", "--align"])
        .try_into()
        .unwrap();
    let steps: Vec<&str> =
        pair["alignment"].as_array().unwrap().iter().map(|step| step["kind"].as_str().unwrap()).collect();
    assert_eq!(steps, ["deleted", "same", "inserted"]);
}

#[test]
fn blocks_of_articles_lead_to_the_file() {
    let at = folder(&[
        ("a.md", format!("# Pier\n\n{A}.\n\n{B}.\n").as_bytes()),
        ("b.txt", format!("{B}.\n").as_bytes()),
    ]);
    let [pair] = pairs(at.path(), &["."]).try_into().unwrap();
    assert_eq!((pair["a"].as_str(), pair["b"].as_str()), (Some("./a.md:5"), Some("./b.txt:1")));
    let start = pair["a_at"]["start"]["byte"].as_u64().unwrap() as usize;
    let text = std::fs::read_to_string(at.path().join("a.md")).unwrap();
    assert!(text[start..].starts_with(B));
}

#[test]
fn threads_and_the_order_of_records_change_nothing() {
    let texts: Vec<String> = (0..300)
        .map(|n: u64| (0..30).map(|word| format!("w{} ", (n / 3 + word * word * (n % 2 + 1)) % 97)).collect())
        .collect();
    let ids: Vec<String> = (0..texts.len()).map(|n| n.to_string()).collect();
    let mut records: Vec<(&str, &str)> =
        ids.iter().zip(&texts).map(|(id, text)| (id.as_str(), text.as_str())).collect();
    let at = folder(&[("r.jsonl", &lines(&records))]);
    for search in [["--jaccard", "0.4"], ["--containment", "0.4"], ["--passage", "6"]] {
        let run = |threads: &str| {
            let args = [
                &["pairs", "r.jsonl", "--unit", "record", "-j", threads, "--output-format", "tsv"][..],
                &search,
            ]
            .concat();
            stdout(&run_in(at.path(), &args))
        };
        let one = run("1");
        assert!(one.lines().count() > 100, "{search:?}");
        assert_eq!(one, run("2"));
        assert_eq!(one, run("5"));
    }
    let shared = |at: &std::path::Path| -> BTreeSet<String> {
        let found = pairs(at, &["r.jsonl", "--unit", "record", "--containment", "0.4"]);
        let key = |pair: &Value| {
            let mut ends = [pair["a"].to_string(), pair["b"].to_string()];
            ends.sort();
            format!("{} {}", ends.join(" "), pair["overlap"])
        };
        found.iter().map(key).collect()
    };
    let forth = shared(at.path());
    records.reverse();
    let back = folder(&[("r.jsonl", &lines(&records))]);
    assert_eq!(forth, shared(back.path()));
}

#[test]
fn series_are_not_compared_within() {
    let line =
        |id: &str, series: &str| serde_json::json!({ "id": id, "series": series, "text": A }).to_string();
    let records = [line("1", "x"), line("2", "x"), line("3", "y")].join("\n");
    let at = folder(&[("r.jsonl", records.as_bytes())]);
    for search in [["--jaccard", "0.5"], ["--passage", "8"]] {
        let found = pairs(at.path(), &[&["r.jsonl", "--unit", "record"][..], &search].concat());
        let ends: Vec<(&str, &str)> =
            found.iter().map(|pair| (pair["a"].as_str().unwrap(), pair["b"].as_str().unwrap())).collect();
        assert_eq!(ends, [("1", "3"), ("2", "3")]);
    }
}

#[test]
fn standard_input_bad_lines_and_a_reader_that_leaves() {
    let mut child = twicetold()
        .args(["pairs", "-", "--stdin-filename", "r.jsonl", "--unit", "record", "--output-format", "tsv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = [&lines(&[("1", A)])[..], b"{oops\n", &lines(&[("2\t3", A)])].concat();
    child.stdin.take().unwrap().write_all(&input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), "1\t2 3\t14\t14\t14\n".to_owned()));
    assert!(stderr(&output).contains("skipped -: line 2: not a JSON object"), "{}", stderr(&output));
    let missing = run_in(root(), &["pairs", "--unit", "record", "no-such.jsonl"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(stderr(&missing).contains("no-such.jsonl"), "{}", stderr(&missing));
    // Two thousand texts of the same words are two million pairs, of which a reader takes a few.
    let many: Vec<u8> = (0..2000).flat_map(|n| lines(&[(&n.to_string(), A)])).collect();
    let at = folder(&[("r.jsonl", &many)]);
    let mut child = twicetold()
        .args(["pairs", "r.jsonl", "--unit", "record"])
        .current_dir(at.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(pairs(at.path(), &["r.jsonl", "--unit", "record", "--distinct"]).len(), 1999);
}

#[test]
fn timings_are_told_on_request() {
    let output = run_in(root(), &["pairs", "seeds", "--timings", "--output-format", "table"]);
    assert!(
        stderr(&output).lines().any(|line| line.starts_with("match") && line.ends_with("MB/s")),
        "{}",
        stderr(&output)
    );
    assert!(stdout(&output).contains("8 of     8 and     8 shingles  seeds/002_dfb1fa002a5929e0.txt:2"));
}
