//! Every span leads back to the bytes, the line and the column of the file on disk.

use super::{check_json, root};
use serde_json::Value;
use std::path::Path;

/// The file's text by its first bytes: UTF-16 with a mark, else UTF-8.
fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => String::from_utf16(&units(rest)).unwrap(),
        _ => String::from_utf8(bytes.to_vec()).unwrap(),
    }
}

fn units(bytes: &[u8]) -> Vec<u16> {
    bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect()
}

/// Checks a member of a plain text file against the bytes on disk.
fn check_member(folder: &Path, member: &Value) {
    let path = member["path"].as_str().unwrap();
    // Facts stand in the files that come with the program.
    let file = path
        .strip_prefix("builtin:")
        .map_or_else(|| folder.join(path), |name| root().join("rules").join(name));
    let bytes = std::fs::read(file).unwrap();
    let number = |end: &str, field: &str| usize::try_from(member[end][field].as_u64().unwrap()).unwrap();
    let slice = &bytes[number("start", "byte")..number("end", "byte")];
    let is_wide = bytes.starts_with(&[0xff, 0xfe]);
    let text = if is_wide {
        String::from_utf16(&units(slice)).unwrap()
    } else {
        String::from_utf8(slice.to_vec()).unwrap()
    };
    assert_eq!(text, member["quote"].as_str().unwrap());
    let whole = decode(&bytes);
    let lines: Vec<&str> = whole.trim_start_matches('\u{feff}').split('\n').collect();
    let line: String =
        lines[number("start", "line") - 1].chars().skip(number("start", "column") - 1).collect();
    assert!(line.starts_with(text.lines().next().unwrap()), "{line}");
    for mark in member["marks"].as_array().into_iter().flatten() {
        let range = mark["start"].as_u64().unwrap() as usize..mark["end"].as_u64().unwrap() as usize;
        assert!(text.get(range).is_some_and(|marked| !marked.is_empty()));
    }
}

fn check_folder(folder: &Path, least: usize) {
    let report = check_json(folder, &[".", "--isolated", "--exclude", "expected.txt"]);
    let members: Vec<&Value> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|finding| finding["members"].as_array().unwrap())
        .collect();
    assert!(members.len() >= least, "{report:#}");
    members.into_iter().for_each(|member| check_member(folder, member));
}

#[test]
fn the_seeds() {
    check_folder(&root().join("seeds"), 12);
}

#[test]
fn marks_line_ends_and_wide_characters() {
    check_folder(&root().join("tests/cases/encodings"), 2);
}

#[test]
fn plain_cases() {
    for case in ["first-meeting-conflict", "copied-across"] {
        check_folder(&root().join("tests/cases").join(case), 2);
    }
}

#[test]
fn markdown_leads_to_its_source() {
    let folder = root().join("tests/cases/arms-disputed");
    let report = check_json(&folder, &["a.md", "b.md", "--isolated"]);
    let member = &report["findings"][0]["members"][0];
    assert_eq!(
        member["quote"],
        "For more than a year North Korea has shipped artillery shells to the Russian army, mostly by rail."
    );
    let source = std::fs::read_to_string(folder.join("a.md")).unwrap();
    let byte = |end: &str| member[end]["byte"].as_u64().unwrap() as usize;
    let slice = &source[byte("start")..byte("end")];
    assert!(
        slice.starts_with("For more than a year **North Korea**")
            && slice.ends_with("(https://example.org/rail)."),
        "{slice}"
    );
    assert_eq!(source.lines().nth(member["start"]["line"].as_u64().unwrap() as usize - 1).unwrap(), slice);
}
