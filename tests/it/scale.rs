//! Inputs that turn a careless join quadratic: few findings, bounded time and memory.

use super::{check_json, folder, run_in, stdout};
use serde_json::Value;
use std::time::{Duration, Instant};

/// What each of these takes at most; a quadratic step takes minutes.
const PATIENCE: Duration = Duration::from_secs(180);

const FOOTER: &str = "Sign up for the letter of the harbour office and read every Friday morning which \
                      ships are due, which piers are closed, and what the weather will be on the water.";

/// A sentence that no other number gives.
fn sentence(number: usize) -> String {
    let word = |place: usize| format!("w{}", (number * 31 + place * place * 7919) % 1_000_003);
    (0..25).map(word).collect::<Vec<_>>().join(" ")
}

fn records(texts: impl Iterator<Item = String>) -> Vec<u8> {
    let line = |(id, text): (usize, String)| {
        format!("{}\n", serde_json::json!({ "id": id.to_string(), "text": text }))
    };
    texts.enumerate().map(line).collect::<String>().into_bytes()
}

/// The findings of `check` on these records, and the pairs that `pairs --distinct` finds by containment.
fn run(texts: impl Iterator<Item = String>) -> (Value, usize) {
    let at = folder(&[("r.jsonl", &records(texts))]);
    let started = Instant::now();
    let report = check_json(at.path(), &["r.jsonl"]);
    let args = [
        "pairs",
        "r.jsonl",
        "--unit",
        "record",
        "--containment",
        "0.5",
        "--distinct",
        "--output-format",
        "tsv",
    ];
    let pairs = stdout(&run_in(at.path(), &args)).lines().count();
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    (report, pairs)
}

fn told(report: &Value) -> Vec<String> {
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            format!("{} {}", finding["code"].as_str().unwrap(), finding["message"].as_str().unwrap())
        })
        .collect()
}

#[test]
fn copies_of_one_paragraph() {
    let (report, pairs) = run((0..20_000).map(|_| FOOTER.to_owned()));
    assert_eq!(pairs, 19_999);
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
    assert_eq!(report["findings"][0]["code"], "TT101", "articles of nothing else are copies");
}

#[test]
fn articles_that_share_a_footer() {
    let (report, _) =
        run((0..3_000).map(|n| format!("{}\n\n{}\n\n{FOOTER}", sentence(2 * n), sentence(2 * n + 1))));
    assert_eq!(told(&report), ["TT106 line 5 of r.jsonl#0 stands in 3000 articles (31 words)"]);
    assert_eq!(report["stats"]["boilerplate"], 1);
    // The same with a date in it: every footer is another text.
    let dated = (0..3_000).map(|n| format!("{}\n\n{FOOTER} Issue {n} of {}.", sentence(n), n * 7));
    assert_eq!(told(&run_check(dated)), [""; 0]);
}

fn run_check(texts: impl Iterator<Item = String>) -> Value {
    let at = folder(&[("r.jsonl", &records(texts))]);
    let started = Instant::now();
    let report = check_json(at.path(), &["r.jsonl"]);
    assert!(started.elapsed() < PATIENCE, "{:?}", started.elapsed());
    report
}

#[test]
fn one_paragraph_of_a_million_words() {
    let long = (0..300_000_u64).map(|n| format!("w{}", n * n % 999_983)).collect::<Vec<_>>().join(" ");
    let edited = long.replacen("w4 ", "v ", 50);
    let (report, pairs) = run([long, edited, sentence(1)].into_iter());
    assert_eq!(pairs, 1);
    assert_eq!(report["findings"][0]["code"], "TT102");
}

#[test]
fn one_word_again_and_again() {
    let (report, pairs) = run((1..600).map(|n| "again ".repeat(n)));
    assert!(report["findings"].as_array().unwrap().len() <= 2);
    assert!(pairs > 0);
    let (report, pairs) = run((0..50_000).map(|n| format!("word{n}")));
    assert_eq!((told(&report).len(), pairs), (0, 0));
}
