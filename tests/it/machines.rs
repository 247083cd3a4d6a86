//! Formats that other programs read, held against their published schemas, with the texts and paths that break naive writers.

use super::{folder, root, run_in, stderr, stdout, twicetold};
use serde_json::{Value, json};
use std::path::Path;

/// Articles with all that a writer of formats may stumble over, told twice.
fn articles() -> tempfile::TempDir {
    let paragraph = "Emoji 🦢 and <tags> & \"quotes\", 100 % of them, a [bracket](link): all stand in this paragraph of some words, twice over.";
    let record =
        |id: &str| json!({ "id": id, "text": format!("A record of its own. {paragraph}") }).to_string();
    folder(&[
        (
            "ärzte und mehr/a b.md",
            format!("Before.\r\n\r\n{paragraph}\r\n\r\nBetween.\r\n\r\n{paragraph}\r\n").as_bytes(),
        ),
        ("c#1,2:3.md", format!("Elsewhere it stands too.\n\n🦢🦢 {paragraph}\n").as_bytes()),
        ("wire.jsonl", format!("{}\n{}\n", record("x/1"), record("y 2")).as_bytes()),
    ])
}

fn check(at: &Path, format: &str) -> String {
    let output = run_in(at, &["check", ".", "--isolated", "-q", "--output-format", format]);
    assert!(output.status.code() != Some(2), "{}", stderr(&output));
    stdout(&output)
}

fn errors(schema: &Value, found: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(found).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The published schema of SARIF, where `.ci/run` has put it. In CI it must be there.
fn sarif_schema() -> Option<Value> {
    let text = std::fs::read_to_string(root().join("target/checked/sarif.json")).ok();
    if text.is_none() {
        assert!(
            std::env::var_os("TWICETOLD_NEEDS_BROWSER").is_none(),
            "the schema of SARIF must be there in CI"
        );
        eprintln!("skipped: no schema of SARIF in target/checked; `.ci/run` puts it there");
    }
    let mut schema: Option<Value> = text.map(|text| serde_json::from_str(&text).unwrap());
    // A pattern of the published schema, for a field that is not written here, has a bracket too many.
    for owner in ["run", "toolComponent"] {
        let place = format!("/definitions/{owner}/properties/language");
        if let Some(Value::Object(language)) = schema.as_mut().and_then(|schema| schema.pointer_mut(&place)) {
            language.remove("pattern");
        }
    }
    schema
}

#[test]
fn sarif_is_as_its_schema_says() {
    let at = articles();
    let log: Value = serde_json::from_str(&check(at.path(), "sarif")).unwrap();
    if let Some(schema) = sarif_schema() {
        assert_eq!(errors(&schema, &log), [""; 0]);
        let seeds = run_in(root(), &["check", "seeds", "--isolated", "-q", "--output-format", "sarif"]);
        assert_eq!(errors(&schema, &serde_json::from_slice(&seeds.stdout).unwrap()), [""; 0]);
        let nothing = run_in(
            at.path(),
            &["check", "wire.jsonl", "--isolated", "-q", "--min-words", "90", "--output-format", "sarif"],
        );
        assert_eq!(errors(&schema, &serde_json::from_slice(&nothing.stdout).unwrap()), [""; 0]);
        assert!(!errors(&schema, &json!({ "version": "2.1.0", "runs": 7 })).is_empty());
    }
    let results = log["runs"][0]["results"].as_array().unwrap();
    let uris: Vec<&str> = results
        .iter()
        .flat_map(|result| {
            result["locations"]
                .as_array()
                .unwrap()
                .iter()
                .chain(result["relatedLocations"].as_array().unwrap())
        })
        .map(|location| location["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap())
        .collect();
    assert!(
        uris.contains(&"%C3%A4rzte%20und%20mehr/a%20b.md") && uris.contains(&"c%231%2C2%3A3.md"),
        "{uris:?}"
    );
    let line_hash = regex::Regex::new("^[0-9a-f]{16}:[0-9]+$").unwrap();
    for result in results {
        let text = result["message"]["text"].as_str().unwrap();
        for related in result["relatedLocations"].as_array().unwrap() {
            assert!(text.contains(&format!("]({})", related["id"])), "{text}");
        }
        let hash = result["partialFingerprints"]["primaryLocationLineHash"].as_str().unwrap();
        assert!(line_hash.is_match(hash), "{hash}");
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        // A record has no lines of the file.
        let location = &result["locations"][0];
        let is_record = location.get("logicalLocations").is_some();
        assert_eq!(location["physicalLocation"].get("region").is_none(), is_record);
    }
}

/// Columns count code points in SARIF, bytes in rdjson, and JSON has both.
#[test]
fn columns_count_what_their_readers_count() {
    let (one, two) =
        ("Nobody was hurt when two empty barges broke loose and hit the old iron bridge.", "🦢ä ");
    let at = folder(&[
        ("a.jsonl", b""),
        ("b.md", format!("<b>{two}</b>{one}\n\nBetween the two.\n\n{one}\n").as_bytes()),
    ]);
    std::fs::remove_file(at.path().join("a.jsonl")).unwrap();
    let report: Value = serde_json::from_str(&check(at.path(), "json")).unwrap();
    let line = "<b>🦢ä </b>";
    for member in report["findings"][0]["members"].as_array().unwrap() {
        let (start, column) = (&member["start"], member["start"]["column"].as_u64().unwrap());
        let before: String = std::fs::read_to_string(at.path().join("b.md"))
            .unwrap()
            .lines()
            .nth(start["line"].as_u64().unwrap() as usize - 1)
            .unwrap()
            .chars()
            .take(column as usize - 1)
            .collect();
        assert_eq!(start["byte_column"].as_u64().unwrap() as usize, before.len() + 1, "{before} {line}");
    }
    let rdjson: Value = serde_json::from_str(&check(at.path(), "rdjson")).unwrap();
    let sarif: Value = serde_json::from_str(&check(at.path(), "sarif")).unwrap();
    let copy = &report["findings"][0]["members"][1]["start"];
    assert_eq!(rdjson["diagnostics"][0]["location"]["range"]["start"]["column"], copy["byte_column"]);
    assert_eq!(
        sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"],
        copy["column"]
    );
}

/// The fields that GitLab reads, by its documentation of code quality reports.
#[test]
fn gitlab_is_as_documented() {
    let at = articles();
    let found: Value = serde_json::from_str(&check(at.path(), "gitlab")).unwrap();
    let schema = json!({ "type": "array", "minItems": 1, "items": { "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": { "type": "string" }, "check_name": { "type": "string" }, "fingerprint": { "type": "string", "minLength": 8 },
            "severity": { "enum": ["info", "minor", "major", "critical", "blocker"] },
            "location": { "type": "object", "required": ["path", "lines"], "properties": {
                "path": { "type": "string", "not": { "pattern": "^\\./" } },
                "lines": { "type": "object", "required": ["begin"], "properties": { "begin": { "type": "integer", "minimum": 1 } } } } } } } });
    assert_eq!(errors(&schema, &found), [""; 0]);
    let mut prints: Vec<&str> =
        found.as_array().unwrap().iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    let n = prints.len();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), n, "no two issues are taken for one");
}

/// The messages of reviewdog's diagnostic format, by its protocol definition.
#[test]
fn rdjson_is_as_defined() {
    let at = articles();
    let position = json!({ "type": "object", "required": ["line"], "additionalProperties": false, "properties": { "line": { "type": "integer", "minimum": 1 }, "column": { "type": "integer", "minimum": 1 } } });
    let location = json!({ "type": "object", "required": ["path"], "additionalProperties": false, "properties": { "path": { "type": "string" },
        "range": { "type": "object", "additionalProperties": false, "properties": { "start": position, "end": position } } } });
    let source = json!({ "type": "object", "additionalProperties": false, "properties": { "name": { "type": "string" }, "url": { "type": "string" } } });
    let diagnostic = json!({ "type": "object", "required": ["message", "location"], "additionalProperties": false, "properties": {
        "message": { "type": "string" }, "location": location, "severity": { "enum": ["UNKNOWN_SEVERITY", "ERROR", "WARNING", "INFO"] }, "source": source,
        "code": { "type": "object", "additionalProperties": false, "properties": { "value": { "type": "string" }, "url": { "type": "string" } } },
        "related_locations": { "type": "array", "items": { "type": "object", "properties": { "message": { "type": "string" }, "location": location } } } } });
    let all = json!({ "type": "object", "required": ["diagnostics"], "additionalProperties": false, "properties": { "source": source, "severity": {}, "diagnostics": { "type": "array", "minItems": 1, "items": diagnostic } } });
    assert_eq!(errors(&all, &serde_json::from_str(&check(at.path(), "rdjson")).unwrap()), [""; 0]);
    let lines = check(at.path(), "rdjsonl");
    assert!(lines.lines().count() >= 2);
    for line in lines.lines() {
        assert_eq!(errors(&diagnostic, &serde_json::from_str(line).unwrap()), [""; 0]);
    }
}

#[test]
fn xml_is_well_formed_and_complete() {
    let at = articles();
    let n = serde_json::from_str::<Value>(&check(at.path(), "json")).unwrap()["findings"]
        .as_array()
        .unwrap()
        .len();
    let text = check(at.path(), "checkstyle");
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut files, mut errors) = (Vec::new(), 0);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) if tag.name().as_ref() == "file" => {
                files.push(tag.try_get_attribute("name").unwrap().unwrap().value.into_owned());
            }
            Event::Empty(tag) if tag.name().as_ref() == "error" => {
                let value = |name: &str| tag.try_get_attribute(name).unwrap().unwrap().value.into_owned();
                assert!(
                    value("line").parse::<usize>().unwrap() > 0
                        && value("column").parse::<usize>().unwrap() > 0
                );
                assert!(
                    ["error", "warning", "info"].contains(&value("severity").as_str())
                        && !value("message").is_empty()
                );
                errors += 1;
            }
            _ => {}
        }
    }
    assert_eq!(errors, n);
    assert!(files.iter().any(|file| file == "ärzte und mehr/a b.md"), "{files:?}");
    let suites = quick_junit::Report::deserialize_from_str(&check(at.path(), "junit")).unwrap();
    let cases = &suites.test_suites[0].test_cases;
    assert_eq!(cases.len(), 4, "a case for each article");
    assert_eq!(suites.tests, 4);
    assert!(suites.failures >= 2);
}

#[test]
fn github_is_told_the_ten_worst_of_each_level() {
    let paragraph = |number: usize| {
        (0..20)
            .map(|word| format!("w{}", (number * 7919 + word * 104_729) % 99_991))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let article: String = (0..14)
        .map(|number| format!("{}\n\nBetween {number}.\n\n{}\n\n", paragraph(number), paragraph(number)))
        .collect();
    let at = folder(&[("sub/a%,b:c.md", article.as_bytes())]);
    let summary = at.path().join("summary.md");
    std::fs::write(&summary, "before\n").unwrap();
    let output = twicetold()
        .args(["check", "sub", "--isolated", "-q", "--output-format", "github"])
        .current_dir(at.path())
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let text = stdout(&output);
    assert_eq!(
        text.lines().filter(|line| line.starts_with("::error file=sub/a%25%2Cb%3Ac.md,line=")).count(),
        10,
        "{text}"
    );
    assert!(text.ends_with("::notice title=twicetold::4 more of level error are not shown here\n"), "{text}");
    let told = std::fs::read_to_string(&summary).unwrap();
    assert!(told.starts_with("before\n## twicetold: 14 errors in 1 document"), "{told}");
    // Without the format nothing is written there.
    let quiet = twicetold()
        .args(["check", "sub", "--isolated", "-q"])
        .current_dir(at.path())
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    assert_eq!(quiet.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&summary).unwrap(), told);
}

#[test]
fn machines_hear_paths_from_the_root_of_the_repository() {
    let at = articles();
    std::fs::create_dir(at.path().join(".git")).unwrap();
    let below = at.path().join("ärzte und mehr");
    let text = stdout(&run_in(
        &below,
        &["check", "a b.md", "../c#1,2:3.md", "--isolated", "-q", "--output-format", "gitlab"],
    ));
    assert!(
        text.contains("\"path\": \"ärzte und mehr/a b.md\"") && !text.contains("\"path\": \".."),
        "{text}"
    );
    // People hear them as they wrote them.
    let text = stdout(&run_in(
        &below,
        &["check", "a b.md", "../c#1,2:3.md", "--isolated", "-q", "--output-format", "grouped"],
    ));
    assert!(text.starts_with("../c#1,2:3.md\n") || text.starts_with("a b.md\n"), "{text}");
}

/// More than code scanning takes: the worst are told, and that others are left out.
#[test]
fn sarif_keeps_within_its_limits() {
    let at = articles();
    let mut report: Value = serde_json::from_str(&check(at.path(), "json")).unwrap();
    let mut finding = report["findings"][0].clone();
    let member = finding["members"][0].clone();
    finding["members"] = Value::Array(vec![member; 150]);
    finding["severity"] = json!("error");
    let mut all = vec![finding];
    for number in 0..5005 {
        let mut other = report["findings"][1].clone();
        other["severity"] = json!("info");
        other["fingerprint"] = json!(format!("{number:032x}"));
        all.insert(0, other);
    }
    report["findings"] = Value::Array(all);
    std::fs::write(at.path().join("many.json"), report.to_string()).unwrap();
    let output = run_in(at.path(), &["report", "many.json", "-q", "--output-format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 5000);
    assert_eq!(run["results"][0]["level"], "error", "the worst is not left out");
    assert_eq!(run["results"][0]["relatedLocations"].as_array().unwrap().len(), 100);
    assert!(run["results"][0]["message"]["text"].as_str().unwrap().ends_with("and 49 more"));
    let told = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert_eq!(told, "5000 of 5006 findings are told, the worst first");
    if let Some(schema) = sarif_schema() {
        assert_eq!(errors(&schema, &log), [""; 0]);
    }
}
