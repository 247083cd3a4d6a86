//! The formats: reviewed snapshots, and the promise that JSON keeps.

use super::{check_json, root, run_in, stdout};

fn seeds(format: &str) -> String {
    stdout(&run_in(root(), &["check", "seeds", "--isolated", "--output-format", format]))
}

#[test]
fn full_is_as_reviewed() {
    insta::assert_snapshot!("seeds_full", seeds("full"));
}

#[test]
fn concise_is_as_reviewed() {
    insta::assert_snapshot!("seeds_concise", seeds("concise"));
}

#[test]
fn json_keeps_its_skeleton() {
    let report = check_json(root(), &["seeds", "--isolated", "--metadata", "tests/seeds-metadata.toml"]);
    let keys: Vec<&String> = report.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["schema_version", "tool", "settings", "documents", "skipped", "findings", "clusters", "stats"]
    );
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["tool"]["name"], "twicetold");
    assert_eq!(
        (&report["documents"][0]["published"], &report["documents"][1]["published"]),
        (&"2022-04".into(), &"2024-06-19".into())
    );
    for finding in report["findings"].as_array().unwrap() {
        assert_eq!(finding["fingerprint"].as_str().unwrap().len(), 32);
        assert!(finding["members"].as_array().unwrap().len() > 1);
        assert!(finding["evidence"].is_object());
        for member in finding["members"].as_array().unwrap() {
            for field in ["path", "start", "end", "quote", "role", "context"] {
                assert!(!member[field].is_null(), "{field}");
            }
        }
    }
    let copies = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["code"].as_str().unwrap() < "TT200");
    assert_eq!(copies.count(), report["clusters"].as_array().unwrap().len());
}

#[test]
fn fingerprints_do_not_depend_on_lines_and_paths() {
    let text = std::fs::read_to_string(root().join("seeds/002_dfb1fa002a5929e0.txt")).unwrap();
    let moved = super::folder(&[(
        "elsewhere/b.txt",
        format!("A new first line, long enough to be a paragraph.\n\n\n{text}").as_bytes(),
    )]);
    let prints = |folder: &std::path::Path, path: &str| -> Vec<String> {
        let report = check_json(folder, &[path, "--isolated"]);
        report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["fingerprint"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(prints(root(), "seeds/002_dfb1fa002a5929e0.txt"), prints(moved.path(), "elsewhere"));
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let concise = seeds("concise");
    assert!(readme.contains(&concise), "{concise}");
    let full = seeds("full");
    let quoted = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    for line in quoted.lines().filter(|line| line.trim() != "…") {
        assert!(full.contains(line), "{line}");
    }
}

#[test]
fn the_rule_of_the_readme_passes_its_tests() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let rule = readme
        .split("```toml\n")
        .map(|block| block.split("```").next().unwrap())
        .find(|block| block.contains("[[rule]]"));
    let at = super::folder(&[("bridges.toml", rule.unwrap().as_bytes())]);
    let output = run_in(at.path(), &["test", "bridges.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}
