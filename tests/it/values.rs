//! `values`: what is read out of articles, and where it leads.

use super::{folder, root, run_in, stderr, stdout, twicetold};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

fn values(folder: &Path, args: &[&str]) -> Vec<Value> {
    let output = run_in(folder, &[&["values", "--output-format", "json-lines"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// `article:text=from/to` of every date of the seeds under the true datelines.
fn seed_dates() -> Vec<String> {
    let all = values(root(), &["seeds", "--isolated", "--metadata", "tests/seeds-metadata.toml"]);
    let date = |value: &&Value| value["kind"] == "date";
    let show = |value: &Value| {
        let article = &value["doc"].as_str().unwrap()["seeds/".len()..][..3];
        let end = |key: &str| value[key].as_str().unwrap_or("..").to_owned();
        format!("{article}:{}={}/{}", value["text"].as_str().unwrap(), end("from"), end("to"))
    };
    all.iter().filter(date).map(show).collect()
}

#[test]
fn the_seeds_under_their_true_datelines() {
    let dates = seed_dates();
    for expected in [
        "000:the 1950s=1950-01-01/1960-01-01",
        "001:Wednesday=2024-06-19/2024-06-20",
        "001:Tuesday=2024-06-18/2024-06-19",
        "002:Friday=2025-08-15/2025-08-16",
        "002:last year=2024-01-01/2025-01-01",
        "003:Friday=2022-10-07/2022-10-08",
        "003:October 7=2022-10-07/2022-10-08",
        "003:1950–53=1950-01-01/1954-01-01",
        "003:the 1990s=1990-01-01/2000-01-01",
        "004:Up until today=../2023-09-14",
    ] {
        assert!(dates.iter().any(|date| date == expected), "{expected} is not in {dates:#?}");
    }
    // "10 hours ago" and the like stand in the page furniture of 001.
    let furniture = dates.iter().filter(|date| date.starts_with("001:") && date.contains("ago"));
    assert_eq!(furniture.count(), 0, "{dates:#?}");
}

#[test]
fn values_lead_to_the_file() {
    let text = "Über die Brücke.\n\nThe “old” bridge cost $1.2bn on 3 May 2012, about 40 km from here.\n";
    let at = folder(&[("a.txt", text.as_bytes())]);
    let found = values(at.path(), &["a.txt"]);
    let kinds: Vec<&str> = found.iter().map(|value| value["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["money", "date", "quantity"]);
    for value in &found {
        let at = &value["at"];
        let bytes =
            at["start"]["byte"].as_u64().unwrap() as usize..at["end"]["byte"].as_u64().unwrap() as usize;
        assert_eq!(&text[bytes], value["text"].as_str().unwrap());
        let points: String = text
            .chars()
            .skip(value["start"].as_u64().unwrap() as usize)
            .take((value["end"].as_u64().unwrap() - value["start"].as_u64().unwrap()) as usize)
            .collect();
        assert_eq!(points, value["text"].as_str().unwrap());
    }
    let money = &found[0];
    assert_eq!(
        (&money["min"], &money["max"], &money["unit"]),
        (&"1200000000".into(), &"1200000000".into(), &"USD".into())
    );
    assert_eq!((&found[2]["min"], &found[2]["mod"]), (&"40".into(), &"about".into()));
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, sample) = readme.split_once("$ cat bridge.txt\n").unwrap();
    let (article, sample) =
        sample.split_once("$ twicetold values --published 2024-06-19 bridge.txt\n").unwrap();
    let (printed, _) = sample.split_once("```").unwrap();
    let at = folder(&[("bridge.txt", article.as_bytes())]);
    let args = ["values", "--published", "2024-06-19", "bridge.txt", "--output-format", "table"];
    assert_eq!(stdout(&run_in(at.path(), &args)), printed);
}

#[test]
fn a_table_for_people() {
    let at = folder(&[("a.txt", b"It was opened on 3 May 2012 by about 300 people.\n")]);
    let output = run_in(at.path(), &["values", "a.txt", "--output-format", "table"]);
    assert_eq!(
        stdout(&output),
        format!(
            "a.txt\n     1  {:<11}  {:<40}  2012-05-03\n     1  {:<11}  {:<40}  270 to 330\n",
            "date", "3 May 2012", "number", "300"
        )
    );
}

#[test]
fn the_order_of_dates_is_a_setting() {
    let files: [(&str, &[u8]); 2] = [
        ("a.txt", b"It was opened on 03/04/2019 by the mayor.\n"),
        ("day.toml", b"[conflicts]\ndate-order = \"day-month-year\"\n"),
    ];
    let at = folder(&files);
    let from = |args: &[&str]| {
        values(at.path(), &[&["a.txt", "--published", "2019-06-01"], args].concat())[0].clone()
    };
    let both = from(&[]);
    assert_eq!(both["readings"].as_array().unwrap().len(), 2);
    assert_eq!(from(&["--date-order", "day-month-year"])["from"], "2019-04-03");
    assert_eq!(from(&["--date-order", "month-day-year"])["from"], "2019-03-04");
    assert_eq!(from(&["--config", "day.toml"])["from"], "2019-04-03");
    assert_eq!(from(&["--config", "day.toml", "--date-order", "month-day-year"])["from"], "2019-03-04");
    let output = run_in(at.path(), &["values", "a.txt", "--date-order", "year"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn claims_read_dates_in_the_order_that_is_set() {
    let rule = "format = 1\npack = \"b\"\n[[entity]]\nid = \"b\"\ntype = \"place\"\nnames = [\"Long Bridge\"]\n[[rule]]\nid = \"opening\"\n\
        summary = \"when\"\npatterns = [\"{what:place} be (=opened) ~6 {when:date}\"]\nkey = [\"{what}\"]\nvalue = \"{when}\"\n\
        message = \"when was {what} opened? {sides}\"\n";
    let at = folder(&[
        ("a.txt", b"Long Bridge was opened on 03/04/2019."),
        ("b.txt", b"Long Bridge was opened on 3 April 2019."),
        ("c.txt", b"Long Bridge was opened on 4 March 2019."),
        ("r.toml", rule.as_bytes()),
    ]);
    let count = |files: [&str; 2], args: &[&str]| {
        let all =
            [&["check", files[0], files[1], "--rules", "r.toml", "--output-format", "concise", "-q"], args]
                .concat();
        stdout(&run_in(at.path(), &all)).lines().count()
    };
    assert_eq!(count(["b.txt", "c.txt"], &[]), 1, "two days");
    assert_eq!(count(["a.txt", "b.txt"], &[]) + count(["a.txt", "c.txt"], &[]), 0, "either day");
    assert_eq!(count(["a.txt", "c.txt"], &["--date-order", "day-month-year"]), 1);
    assert_eq!(count(["a.txt", "b.txt"], &["--date-order", "month-day-year"]), 1);
}

#[test]
fn hostile_text_takes_linear_time() {
    let words = "between 3 and 12 of September since the end of last year about two and a half million dozen hundred thirds of a ";
    let digits = "9".repeat(10_000);
    let time = |bytes: usize| {
        let mut line = String::with_capacity(bytes);
        while line.len() < bytes {
            line.push_str(words);
            write!(line, "${digits} from 1950–53 to 29 February 2023 1/2/3/4/5-6-7-8 ").unwrap();
        }
        let at = folder(&[("a.txt", line.as_bytes())]);
        let start = Instant::now();
        for published in ["0000-01-01", "9999-12-30", "2024-02-29"] {
            let output = twicetold()
                .args(["values", "-q", "--published", published])
                .arg(at.path().join("a.txt"))
                .output()
                .unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        }
        start.elapsed().as_secs_f64()
    };
    let (small, large) = (time(200_000), time(2_000_000));
    assert!(large < small.max(0.2) * 25.0, "{small} s, then {large} s");
}
