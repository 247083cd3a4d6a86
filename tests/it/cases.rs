//! Each folder of `tests/cases` is a test: `check .` in it says what `expected.txt` says.
//!
//! `metadata.toml` and `twicetold.toml` in the folder are used. To write `expected.txt` anew, run the
//! tests with `UPDATE_CASES=1` and read the difference.

use super::{root, run_in, stderr, stdout};
use std::path::Path;

#[test]
fn every_case_says_what_is_expected() {
    let mut folders: Vec<_> =
        std::fs::read_dir(root().join("tests/cases")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 8, "the cases are there");
    let wrong: Vec<String> = folders.iter().filter_map(|folder| difference(folder)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn difference(folder: &Path) -> Option<String> {
    let mut args = vec!["check", ".", "--exclude", "expected.txt"];
    if folder.join("metadata.toml").exists() {
        args.extend(["--metadata", "metadata.toml"]);
    }
    let output = run_in(folder, &args);
    let found = format!("{}exit {}\n{}", stdout(&output), output.status.code().unwrap(), stderr(&output));
    let file = folder.join("expected.txt");
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&file, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    (found != expected)
        .then(|| format!("{}:\n--- expected\n{expected}\n--- found\n{found}", folder.display()))
}
