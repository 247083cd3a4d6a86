//! Rule files that are broken, hostile or contradict each other, and the verbs that show what rules do.

use super::{root, run_in, stderr, stdout};
use std::fs;
use std::process::Output;
use tempfile::TempDir;

const HEAD: &str = "format = 1\npack = \"own\"\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn check_with(files: &[(&str, &str)], rules: &str) -> Output {
    let folder = folder(&[files, &[("a.txt", "The bridge of Ossel was opened in 1901.")]].concat());
    run_in(folder.path(), &["check", "a.txt", "--rules", rules])
}

/// The run cannot go on, and says where and why.
fn refused(files: &[(&str, &str)], rules: &str, expected: &[&str]) {
    let output = check_with(files, rules);
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{told}");
    for part in expected {
        assert!(told.contains(part), "`{part}` is not in:\n{told}");
    }
}

#[test]
fn a_broken_file_has_a_place_and_a_way_out() {
    refused(&[("r.toml", "format = 1\npack = \"own\"\n[[rule]\n")], "r.toml", &["r.toml:3:"]);
    refused(
        &[("r.toml", "format = 2\npack = \"own\"\n")],
        "r.toml",
        &["format 2 is not known", "write format = 1"],
    );
    let rule = format!("{HEAD}[[rule]]\nid = \"r\"\npatterns = []\nkey = [\"k\"]\npolarity = \"yes/no\"\n");
    refused(&[("r.toml", &rule)], "r.toml", &["r.toml:4:6", "has no pattern"]);
}

#[test]
fn a_rule_that_matches_everything_is_refused() {
    for pattern in ["{a:any}", "{a:name}?", "~9", "{a:person} ~9 {b:any}"] {
        let rule = format!(
            "{HEAD}[[rule]]\nid = \"r\"\npatterns = [\"{pattern}\"]\nkey = [\"k\"]\npolarity = \"yes/no\"\n"
        );
        refused(&[("r.toml", &rule)], "r.toml", &["r.toml:5:14", "needs a word or a value"]);
    }
}

#[test]
fn ten_thousand_alternatives_are_too_many() {
    let words: Vec<String> = (0..10_000).map(|n| format!("w{n}")).collect();
    let rule = format!(
        "{HEAD}[[rule]]\nid = \"r\"\npatterns = [\"({})\"]\nkey = [\"k\"]\npolarity = \"yes/no\"\n",
        words.join("|")
    );
    refused(&[("r.toml", &rule)], "r.toml", &["at most 5000 words", "write several patterns"]);
    let patterns: Vec<String> = (0..600).map(|n| format!("\"w{n}\"")).collect();
    let rule = format!(
        "{HEAD}[[rule]]\nid = \"r\"\npatterns = [{}]\nkey = [\"k\"]\npolarity = \"yes/no\"\n",
        patterns.join(",")
    );
    refused(&[("r.toml", &rule)], "r.toml", &["has 600 patterns", "divide it"]);
}

#[test]
fn files_that_extend_each_other_in_a_circle_are_refused() {
    let a = format!("extends = [\"b.toml\"]\n{HEAD}");
    let b = format!("extends = [\"a.toml\"]\n{HEAD}");
    refused(
        &[("a.toml", &a), ("b.toml", &b)],
        "a.toml",
        &["b.toml:1:12", "extends itself", "take one of them out"],
    );
    let own = format!("extends = [\"a.toml\"]\n{HEAD}");
    refused(&[("a.toml", &own)], "a.toml", &["extends itself"]);
    let missing = format!("extends = [\"none.toml\"]\n{HEAD}");
    refused(
        &[("a.toml", &missing)],
        "a.toml",
        &["a.toml:1:12", "cannot read none.toml", "relative to the file"],
    );
}

#[test]
fn definitions_come_with_the_file_that_is_extended() {
    let base = format!("{HEAD}[define]\nopened = \"(=opened|=inaugurated)\"\n");
    let rule = "extends = [\"base.toml\"]\nformat = 1\npack = \"more\"\n[[entity]]\nid = \"b\"\ntype = \"place\"\nnames = [\"Long Bridge\"]\n\
                [[rule]]\nid = \"bridge\"\npatterns = [\"{what:place} be @opened in {when:date}\"]\nkey = [\"{what}\"]\nvalue = \"{when}\"\n\
                [[rule.test]]\ninvalid = [\"Long Bridge was opened in 1901.\", \"Long Bridge was inaugurated in 1903.\"]\n\
                [[rule.test]]\nvalid = [\"Long Bridge was opened in 1901.\"]\n";
    let folder = folder(&[("base.toml", &base), ("rule.toml", rule)]);
    let output = run_in(folder.path(), &["test", "rule.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", stdout(&output), stderr(&output));
    // Without the base nobody knows the name.
    let alone = rule.replace("extends = [\"base.toml\"]\n", "");
    refused(&[("rule.toml", &alone)], "rule.toml", &["`@opened` is not defined", "[define]"]);
}

#[test]
fn two_rules_of_one_id_are_refused() {
    let rule = "[[rule]]\nid = \"killed\"\npatterns = [\"meet\"]\nkey = [\"k\"]\npolarity = \"yes/no\"\n";
    refused(
        &[("r.toml", &format!("{HEAD}{rule}"))],
        "r.toml",
        &["r.toml:4:6", "`killed` is taken by a rule of builtin:general/casualties.toml", "unique"],
    );
}

#[test]
fn a_fact_that_contradicts_a_fact_is_refused() {
    let fact = |from: &str| {
        format!("[[fact]]\nevent = \"Tarn War\"\nfrom = {from}\nto = 1812-05-06\nsource = \"a book\"\n")
    };
    let twice = format!("{HEAD}{}{}", fact("1811-01-01"), fact("1810-01-01"));
    refused(
        &[("f.toml", &twice)],
        "f.toml",
        &["f.toml:8:1", "the days of Tarn War contradict those of f.toml:3", "source you trust"],
    );
    let backwards = format!("{HEAD}{}", fact("1813-01-01"));
    refused(&[("f.toml", &backwards)], "f.toml", &["it ends before it begins"]);
    let builtin =
        format!("{HEAD}[[fact]]\nstate = \"north-korea\"\nfrom = 1950-01-01\nsource = \"a book\"\n");
    refused(&[("f.toml", &builtin)], "f.toml", &["contradict those of builtin:facts/states.toml"]);
    let nothing = format!("{HEAD}[[fact]]\nsource = \"a book\"\n");
    refused(&[("f.toml", &nothing)], "f.toml", &["a fact is about one"]);
}

#[test]
fn patterns_that_cost_much_end() {
    let gaps = "a ~20 a ~20 a ~20 a ~20 a ~20 z";
    let rule = format!(
        "{HEAD}[[rule]]\nid = \"r\"\npatterns = [\"{gaps}\"]\nkey = [\"k\"]\npolarity = \"yes/no\"\n"
    );
    let folder = folder(&[("r.toml", &rule), ("a.txt", &format!("z {}.", "a ".repeat(5_000)))]);
    let start = std::time::Instant::now();
    let output = run_in(folder.path(), &["check", "a.txt", "--rules", "r.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(start.elapsed().as_secs() < 60);
}

#[test]
fn packs_are_switched_off_by_name() {
    let articles = [
        ("a.txt", "North Korea was founded in 1950."),
        ("twicetold.toml", "[conflicts]\ndisable = [\"events\"]\n"),
        ("wrong.toml", "[conflicts]\ndisable = [\"evnts\"]\n"),
    ];
    let folder = folder(&articles);
    assert_eq!(run_in(folder.path(), &["check", "a.txt", "--isolated"]).status.code(), Some(1));
    assert_eq!(run_in(folder.path(), &["check", "a.txt"]).status.code(), Some(0));
    let wrong = run_in(folder.path(), &["check", "a.txt", "--config", "wrong.toml"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        stderr(&wrong)
            .contains("wrong.toml:2:12: no pack has the name `evnts`\nhelp: did you mean `events`?"),
        "{}",
        stderr(&wrong)
    );
}

#[test]
fn what_an_editor_allows_is_not_told() {
    let config =
        "[[allow]]\nrule = \"founded\"\nbetween = [\"a.txt\"]\nreason = \"a joke\"\nuntil = 2026-06-30\n";
    let folder = folder(&[("a.txt", "North Korea was founded in 1950."), ("twicetold.toml", config)]);
    let run = |args: &[&str]| {
        run_in(folder.path(), &[&["check", "a.txt", "--output-format", "concise"], args].concat())
    };
    let allowed = run(&["--today", "2026-06-30"]);
    assert_eq!((allowed.status.code(), stdout(&allowed).as_str()), (Some(0), ""));
    assert!(stderr(&allowed).contains("1 allowed"), "{}", stderr(&allowed));
    let over = run(&["--today", "2026-07-01"]);
    assert_eq!(over.status.code(), Some(1));
    assert!(
        stdout(&over).contains(
            "twicetold.toml:1:1: warning[TT901] allowed until 2026-06-30 and still found: founded (a joke)"
        ),
        "{}",
        stdout(&over)
    );
    fs::write(folder.path().join("a.txt"), "North Korea was founded in 1948.").unwrap();
    let unused = run(&["--today", "2026-06-01"]);
    assert!(
        stdout(&unused).contains("warning[TT902] nothing of rule `founded` is found"),
        "{}",
        stdout(&unused)
    );
    assert_eq!(unused.status.code(), Some(0));
}

#[test]
fn an_allowance_says_what_and_why() {
    for (entry, expected) in [
        ("rule = \"founded\"\nreason = \"x\"", "would allow everything"),
        ("rule = \"fonded\"\nbetween = [\"a\"]\nreason = \"x\"", "did you mean `founded`?"),
        ("rule = \"founded\"\nbetween = [\"a\"]", "missing field `reason`"),
        ("rule = \"founded\"\nquote = \" … \"\nreason = \"x\"", "would allow everything"),
        ("rule = \"founded\"\nbetween = [\"a\"]\nreason = \" \"", "its reason is empty"),
        ("rule = \"founded\"\nbetween = [\"a\"]\nreason = \"x\"\nuntil = \"soon\"", "\"soon\" is no day"),
    ] {
        let folder = folder(&[("a.txt", "Text."), ("twicetold.toml", &format!("[[allow]]\n{entry}\n"))]);
        let output = run_in(folder.path(), &["check", "a.txt"]);
        assert_eq!(output.status.code(), Some(2));
        let told = stderr(&output);
        assert!(told.contains("twicetold.toml:") && told.contains(expected), "{told}");
    }
}

#[test]
fn why_tells_what_kept_a_pair_silent() {
    let articles = [
        ("a.txt", "North Korea was founded in 1948.\n\nThe union claims that 5,000 people marched in Ossel."),
        (
            "b.txt",
            "North Korea will be founded in 1950, he joked.\n\nNorth Korea was founded in September 1948.",
        ),
    ];
    let folder = folder(&articles);
    let why = |a: &str, b: &str| run_in(folder.path(), &["why", a, b, "--isolated"]);
    let agree = why("a.txt:1", "b.txt:3");
    assert!(
        stdout(&agree).contains("founded: 1948 and 1948-09: they can both be right"),
        "{}",
        stdout(&agree)
    );
    let planned = stdout(&why("a.txt:1", "b.txt:1"));
    assert!(planned.contains("silent  founded: it is planned (guard.future)"), "{planned}");
    let partial = stdout(&why("a.txt:3", "b.txt:3"));
    assert!(partial.contains("silent  crowd:") && partial.contains("nothing to compare"), "{partial}");
    for (a, expected) in
        [("a.txt", "`a.txt` is no place"), ("a.txt:99", "nothing of the article stands on line 99")]
    {
        let output = why(a, "b.txt:1");
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn claims_are_written_for_people_and_machines() {
    let folder = folder(&[("a.txt", "North Korea was founded in 1948, \"long ago\".")]);
    let claims = |format: &str| {
        stdout(&run_in(
            folder.path(),
            &["claims", "a.txt", "--isolated", "--rule", "founded", "--output-format", format],
        ))
    };
    let line: serde_json::Value = serde_json::from_str(&claims("json-lines")).unwrap();
    assert_eq!(
        (&line["rule"], &line["value"], &line["of"]),
        (&"founded".into(), &"1948".into(), &"1948".into())
    );
    assert_eq!(line["slots"]["what"], "north-korea");
    let csv = claims("csv");
    assert!(
        csv.starts_with(
            "doc,line,rule,key,value,as_of,since,hedged,reported,speaker,quote\na.txt,1,founded,"
        ),
        "{csv}"
    );
    assert!(csv.trim_end().ends_with("\"North Korea was founded in 1948, \"\"long ago\"\".\""), "{csv}");
    assert!(claims("table").contains("founded"));
}

#[test]
fn every_rule_is_listed_and_explained() {
    let list = stdout(&run_in(root(), &["rule", "--isolated"]));
    assert!(list.lines().count() > 100 && list.contains("first-meeting"));
    let rule = stdout(&run_in(root(), &["rule", "killed", "--isolated"]));
    for part in [
        "how many people died",
        "Sentences it knows:",
        "Flagged together:",
        "Not flagged:",
        "killed = \"off\"",
        "[[allow]]",
    ] {
        assert!(rule.contains(part), "{part} is not in {rule}");
    }
    let typo = run_in(root(), &["rule", "kiled", "--isolated"]);
    assert_eq!(typo.status.code(), Some(2));
    assert!(stderr(&typo).contains("did you mean `killed`?"));
}

#[test]
fn rule_files_follow_their_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(&stdout(&run_in(root(), &["schema", "rules"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let read = |path: &std::path::Path| -> serde_json::Value {
        let table: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        serde_json::to_value(dates_as_text(toml::Value::Table(table))).unwrap()
    };
    let mut n_files = 0;
    for folder in ["rules/general", "rules/facts"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let errors: Vec<String> =
                validator.iter_errors(&read(&path)).map(|error| error.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
            n_files += 1;
        }
    }
    assert!(n_files > 8);
    let wrong = serde_json::json!({ "format": 1, "pack": "p", "rule": [{ "id": "r", "patern": ["x"] }] });
    assert!(!validator.is_valid(&wrong));
}

/// JSON has no dates: an editor that validates TOML sees them as text.
fn dates_as_text(value: toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(day) => toml::Value::String(day.to_string()),
        toml::Value::Array(list) => list.into_iter().map(dates_as_text).collect::<Vec<_>>().into(),
        toml::Value::Table(table) => {
            table.into_iter().map(|(key, value)| (key, dates_as_text(value))).collect::<toml::Table>().into()
        }
        other => other,
    }
}
