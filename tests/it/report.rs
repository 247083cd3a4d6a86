//! Saved reports, drawn again: whole byte for byte, in part counted anew, and broken ones refused.

use super::{check_json, folder, root, run_in, stderr, stdout};
use serde_json::{Value, json};

const FORMATS: [&str; 15] = [
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "csv",
    "markdown",
    "html",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "rdjsonl",
];

/// Cases of every kind of finding.
const CASES: [&str; 8] = [
    "tests/cases/story-a-01-flood",
    "tests/cases/drifted-copy",
    "tests/cases/copied-across",
    "tests/cases/pasted-twice",
    "tests/cases/slips-inside",
    "tests/cases/changed-between-versions",
    "tests/cases/format-docx",
    "tests/cases/records",
];

#[test]
fn every_format_comes_back_byte_for_byte() {
    let at = folder(&[]);
    for (name, paths) in [("seeds", &["seeds"][..]), ("cases", &CASES)] {
        let out = |what: &str| at.path().join(format!("{name}.{what}")).display().to_string();
        let direct: Vec<String> = FORMATS.iter().map(|format| format!("{format}={}", out(format))).collect();
        let mut args = [&["check", "--isolated", "-q"], paths].concat();
        direct.iter().for_each(|target| args.extend(["--output-format", target]));
        assert_eq!(run_in(root(), &args).status.code(), Some(1));
        for format in FORMATS {
            let target = format!("{format}={}", out("again"));
            let output = run_in(root(), &["report", &out("json"), "-q", "--output-format", &target]);
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
            let read = |path: &str| std::fs::read(path).unwrap();
            assert!(read(&out("again")) == read(&out(format)), "{name} as {format} differs");
            // And the same to standard output.
            let printed = run_in(root(), &["report", &out("json"), "-q", "--output-format", format]);
            assert!(printed.stdout == read(&out(format)), "{name} as {format} differs on standard output");
        }
    }
}

#[test]
fn every_report_is_as_the_schema_says() {
    let schema: Value = serde_json::from_str(&stdout(&run_in(root(), &["schema", "report"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut paths: Vec<String> = std::fs::read_dir(root().join("tests/cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path().display().to_string())
        .collect();
    paths.push("seeds".to_owned());
    assert!(paths.len() > 30);
    for path in &paths {
        let report = check_json(root(), &["--isolated", "-q", path]);
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0], "{path}");
    }
    assert!(!validator.is_valid(&json!({ "schema_version": 1 })));
}

#[test]
fn a_part_of_a_report_is_counted_anew() {
    let at = folder(&[]);
    let json = at.path().join("r.json").display().to_string();
    run_in(
        root(),
        &[
            "check",
            "seeds",
            "--isolated",
            "-q",
            "--metadata",
            "tests/seeds-metadata.toml",
            "--output-format",
            &format!("json={json}"),
        ],
    );
    let part = |args: &[&str]| -> Vec<String> {
        let output = run_in(root(), &[&["report", &json, "-q", "--output-format", "json"], args].concat());
        let report: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
        let codes: Vec<String> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect();
        let counted: u64 =
            report["stats"]["by_severity"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
        assert_eq!(counted, codes.len() as u64);
        let of_copies =
            codes.iter().filter(|code| ["TT100", "TT101", "TT102", "TT103"].contains(&code.as_str())).count();
        assert_eq!(report["clusters"].as_array().unwrap().len(), of_copies);
        codes
    };
    let all = part(&[]);
    assert!(all.len() >= 8, "{all:?}");
    assert!(
        part(&["--select", "TT1"]).iter().all(|code| code.starts_with("TT1"))
            && !part(&["--select", "TT1"]).is_empty()
    );
    assert_eq!(part(&["--select", "excerpt"]), ["TT103", "TT103"]);
    assert_eq!(part(&["--select", "TT210,TT100"]), ["TT210", "TT100", "TT100"]);
    assert_eq!(part(&["--select", "birthday-greeting"]), ["TT200"]);
    assert!(!part(&["--ignore", "TT1"]).iter().any(|code| code.starts_with("TT1")));
    assert!(!part(&["--min-severity", "error"]).contains(&"TT210".to_owned()));
    assert_eq!(part(&["--min-severity", "info"]), all);
    let of_one = part(&["--path", "**/004_*"]);
    assert!(
        of_one.len() < all.len() && of_one.iter().filter(|code| *code == "TT103").count() == 2,
        "{of_one:?}"
    );
    assert!(part(&["--source", "Nobody"]).is_empty());
    assert!(!part(&["--source", "Fox News"]).is_empty() && part(&["--source", "Fox News"]).len() < all.len());
    let output = run_in(root(), &["report", &json, "--select", "TT100,rewriten"]);
    assert!(stderr(&output).contains("no finding of this report has the code, name or rule `rewriten`"));
    let output = run_in(root(), &["report", &json, "--path", "a[b"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("`a[b` is no glob"));
}

#[test]
fn what_is_no_report_is_refused_with_its_place() {
    let at = folder(&[
        ("empty.json", b""),
        ("list.json", b"[1, 2]"),
        ("cut.json", b"{\n  \"schema_version\": 1,\n"),
        ("page.html", b"<html>"),
        ("late.json", b""),
    ]);
    for name in ["empty.json", "list.json", "cut.json", "page.html", "nowhere.json", "."] {
        let output = run_in(at.path(), &["report", name, "--output-format", "html=out.html"]);
        assert_eq!(output.status.code(), Some(2), "{name}");
        assert!(stderr(&output).contains(name), "{}", stderr(&output));
        assert!(!at.path().join("out.html").exists());
    }
    let output = run_in(at.path(), &["report", "cut.json"]);
    assert!(stderr(&output).contains("line 3") && stderr(&output).contains("help: "), "{}", stderr(&output));
    let mut report = check_json(root(), &["seeds", "--isolated", "-q"]);
    report["schema_version"] = json!(2);
    std::fs::write(at.path().join("late.json"), report.to_string()).unwrap();
    let output = run_in(at.path(), &["report", "late.json"]);
    assert!(
        stderr(&output).contains("a report of version 2, and this program knows up to 1"),
        "{}",
        stderr(&output)
    );
}

/// A report is a file like any other: whatever stands in it, nothing panics.
#[test]
fn a_hostile_report_is_only_text() {
    let mut report = check_json(root(), &["seeds", "--isolated", "-q"]);
    for finding in report["findings"].as_array_mut().unwrap() {
        finding["code"] = json!("TT999");
        finding["message"] = json!("");
        finding["help"] = json!("</script><img>\u{1b}");
        for member in finding["members"].as_array_mut().unwrap() {
            member["quote"] = json!("é<!--\u{1b}[31m𝒳");
            member["marks"] = json!([{ "start": 1, "end": 3, "kind": "value" }, { "start": 90, "end": 7, "kind": "other" }, { "start": 0, "end": 2, "kind": "same" }]);
            member["start"] = json!({ "byte": u64::MAX, "line": usize::MAX, "column": 0 });
            member["end"] = json!({ "byte": 0, "line": 0, "column": 0 });
            if member.get("reading").is_some() {
                member["reading"]["side"] = json!(usize::MAX);
                member["reading"]["from"] = json!("-9999-01-01");
                member["reading"]["to"] = json!("9999-12-31");
                member["reading"]["min"] = json!("1e999");
            }
        }
    }
    for cluster in report["clusters"].as_array_mut().unwrap() {
        cluster["words"] = json!(usize::MAX);
        cluster["members"][0]["path"] = json!("elsewhere");
    }
    // A finding of nothing.
    let mut bare = report["findings"][0].clone();
    bare["members"] = json!([]);
    report["findings"].as_array_mut().unwrap().push(bare);
    let at = folder(&[("r.json", report.to_string().as_bytes())]);
    for format in FORMATS {
        let output = run_in(at.path(), &["report", "r.json", "-q", "--output-format", format]);
        assert_eq!(output.status.code(), Some(0), "{format}: {}", stderr(&output));
        let text = String::from_utf8(output.stdout).unwrap();
        if ["full", "concise", "grouped", "markdown", "html", "junit", "checkstyle"].contains(&format) {
            assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{format}");
        }
        assert!(!["markdown", "html"].contains(&format) || !text.contains("<img>"), "{format}");
    }
}

#[test]
fn what_a_shell_wrote_is_read() {
    let report = run_in(root(), &["check", "seeds", "--isolated", "-q", "--output-format", "json"]).stdout;
    let text = String::from_utf8(report.clone()).unwrap();
    let with_mark = [b"\xef\xbb\xbf".as_slice(), &report].concat();
    let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let at = folder(&[
        ("mark.json", &with_mark),
        ("wide.json", &wide),
        ("long.json", format!("{{\"schema_version\": 1, \"tool\": \"{}\"}}", "x".repeat(1 << 20)).as_bytes()),
    ]);
    for name in ["mark.json", "wide.json"] {
        assert_eq!(
            run_in(at.path(), &["report", name, "-q", "--output-format", "json"]).stdout,
            report,
            "{name}"
        );
    }
    assert!(stderr(&run_in(at.path(), &["report", "long.json"])).len() < 1000);
}

#[test]
fn ids_that_are_none_are_refused() {
    let report = check_json(root(), &["seeds", "--isolated", "-q"]);
    let at = folder(&[]);
    for (place, id) in [
        ("/findings/1/code", "TT9é\u{202e}"),
        ("/findings/1/code", "E501"),
        ("/findings/1/severity", "</script><script>"),
        ("/findings/1/rule", "a b"),
        ("/findings/1/fingerprint", "\" onload=\""),
        ("/findings/1/members/0/role", "<img>"),
        ("/findings/1/members/0/marks/0/kind", ""),
    ] {
        let mut report = report.clone();
        *report.pointer_mut(place).unwrap() = json!(id);
        std::fs::write(at.path().join("r.json"), report.to_string()).unwrap();
        let output = run_in(at.path(), &["report", "r.json"]);
        assert_eq!(output.status.code(), Some(2), "{place}");
        assert!(stderr(&output).contains("finding 2 has a strange"), "{}", stderr(&output));
    }
}

#[test]
fn markdown_fits_into_a_comment() {
    let paragraph = |number: usize| {
        (0..40)
            .map(|word| format!("w{}", (number * 7919 + word * 104_729) % 99_991))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let article: String = (0..400)
        .map(|number| format!("{}\n\nBetween {number}.\n\n{}\n\n", paragraph(number), paragraph(number)))
        .collect();
    let at = folder(&[("a.txt", article.as_bytes())]);
    let text = stdout(&run_in(at.path(), &["check", "a.txt", "--isolated", "--output-format", "markdown"]));
    let length = text.chars().count();
    assert!((40_000..65_536).contains(&length), "{length}");
    assert!(text.trim_end().ends_with("more: see the whole report."), "{}", &text[text.len() - 200..]);
}

#[test]
fn a_spreadsheet_meets_no_formula() {
    let formula =
        "=HYPERLINK(\"x\",\"y\") is how this paragraph begins, and it goes on for some more words than ten.";
    let at = folder(&[("@a,b\".txt", format!("{formula}\n\nBetween.\n\n{formula}\n").as_bytes())]);
    let text = stdout(&run_in(at.path(), &["check", ".", "--isolated", "-q", "--output-format", "csv"]));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let quote = reader.headers().unwrap().iter().position(|name| name == "quote").unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!(row[quote].starts_with("'=HYPERLINK(\"x\",\"y\")"), "{row:?}");
    }
}
