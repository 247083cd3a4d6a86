//! Articles as they come: every format says the same, from the right places, and pages give their articles.

use super::{check_json, folder, root, run_in, stderr, stdout};
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The folders of `tests/cases` that hold the same two articles.
fn format_folders() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("tests/cases")).unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.file_name().unwrap().to_string_lossy().starts_with("format-"));
    folders.sort();
    folders
}

/// Words in lower case: what is left of a text in any markup.
fn words(text: &str) -> Vec<String> {
    let text = text.replace('\u{ad}', "");
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut is_tag = false;
    for c in text.chars() {
        match c {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            _ if !is_tag => out.push(c),
            _ => {}
        }
    }
    out
}

/// The bytes that positions of a member count in: the file, the unpacked part, the record's text.
fn content(folder: &Path, path: &str) -> Vec<u8> {
    if let Some((archive, part)) = path.split_once('!') {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(folder.join(archive)).unwrap()).unwrap();
        let mut bytes = Vec::new();
        archive.by_name(part).unwrap().read_to_end(&mut bytes).unwrap();
        return bytes;
    }
    let Some((file, id)) = path.split_once('#') else { return std::fs::read(folder.join(path)).unwrap() };
    let bytes = std::fs::read(folder.join(file)).unwrap();
    if !file.ends_with(".jsonl") {
        return bytes;
    }
    let records = String::from_utf8(bytes).unwrap();
    let mut records = records.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    records.find(|record| record["id"] == id).unwrap()["text"].as_str().unwrap().as_bytes().to_vec()
}

/// What stands at a place, decoded as its format asks.
fn decoded(path: &str, slice: &str) -> String {
    let unescaped = |text: &str| htmlize::unescape(text).into_owned();
    let in_json = |text: &str| serde_json::from_str::<String>(&format!("\"{text}\"")).unwrap();
    let file = path.split(['#', '!']).next().unwrap();
    match file.rsplit('.').next().unwrap() {
        "json" | "ninjs" => unescaped(&without_tags(&in_json(slice))),
        // In a feed tags may stand as they are or escaped.
        "rss" | "xml" | "newsml" => unescaped(&without_tags(&unescaped(&without_tags(slice)))),
        "docx" => unescaped(&without_deleted(slice)),
        "html" => unescaped(&without_tags(slice)),
        "md" => unescaped(&slice.replace("](https://westhaven.example/mast)", "")),
        _ => slice.to_owned(),
    }
}

fn without_deleted(xml: &str) -> String {
    let mut text = xml.to_owned();
    while let (Some(from), Some(to)) = (text.find("<w:del "), text.find("</w:del>")) {
        text.replace_range(from..to, "");
    }
    without_tags(&text)
}

#[test]
fn every_format_says_the_same_from_the_right_places() {
    let folders = format_folders();
    assert!(folders.len() >= 10, "{folders:?}");
    let mut expected: Option<Vec<(String, Vec<Vec<String>>)>> = None;
    for folder in folders {
        let report = check_json(&folder, &[".", "--isolated", "--exclude", "expected.txt"]);
        let mut found = Vec::new();
        for finding in report["findings"].as_array().unwrap() {
            let mut quotes = Vec::new();
            for member in finding["members"].as_array().unwrap() {
                check_place(&folder, member);
                quotes.push(words(member["quote"].as_str().unwrap()));
            }
            quotes.sort();
            found.push((finding["code"].as_str().unwrap().to_owned(), quotes));
        }
        found.sort();
        assert_eq!(found.len(), 3, "{}", folder.display());
        let expected = expected.get_or_insert_with(|| found.clone());
        assert_eq!(&found, expected, "{}", folder.display());
        for document in report["documents"].as_array().unwrap() {
            assert_eq!(document["lang"], "en", "{document}");
            assert!(document["published"].as_str().unwrap().starts_with("2024-03-"), "{document}");
        }
    }
}

fn check_place(folder: &Path, member: &Value) {
    let path = member["path"].as_str().unwrap();
    let bytes = content(folder, path);
    let number = |end: &str, field: &str| member[end][field].as_u64().unwrap() as usize;
    let slice = std::str::from_utf8(&bytes[number("start", "byte")..number("end", "byte")]).unwrap();
    let quote = member["quote"].as_str().unwrap();
    assert_eq!(words(&decoded(path, slice)), words(quote), "{path}: {slice}");
    if path.contains('!') {
        // Here lines are paragraphs.
        let before = std::str::from_utf8(&bytes[..number("start", "byte")]).unwrap();
        let paragraphs = before.matches("<w:p>").count() + before.matches("<w:p/>").count();
        assert_eq!(number("start", "line"), paragraphs, "{path}");
        return;
    }
    let text = std::str::from_utf8(&bytes).unwrap().trim_start_matches('\u{feff}');
    let line = text.split('\n').nth(number("start", "line") - 1).unwrap();
    let rest: String = line.chars().skip(number("start", "column") - 1).collect();
    assert!(
        slice.starts_with(rest.trim_end().lines().next().unwrap()) || rest.starts_with(slice),
        "{path}: {rest}"
    );
}

/// Ten pages with all that stands around articles; beside each the lines that are its article.
#[test]
fn pages_give_their_articles_and_nothing_else() {
    let folder = root().join("tests/pages");
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "html"));
    assert!(pages.len() >= 10);
    let (mut kept, mut article, mut left, mut chrome, mut wrong) = (0, 0, 0, 0, Vec::new());
    for page in &pages {
        let lines = std::fs::read_to_string(page.with_extension("txt")).unwrap();
        let expected: Vec<Vec<String>> = lines.lines().map(words).collect();
        let blocks = blocks(&folder, page.file_name().unwrap().to_str().unwrap());
        let shown: Vec<Vec<String>> =
            blocks.iter().filter(|(kind, ..)| kind != "furniture").map(|(_, text, _)| words(text)).collect();
        for line in &expected {
            article += 1;
            kept += usize::from(shown.contains(line));
            if !shown.contains(line) {
                wrong.push(format!("{}: lost: {}", page.display(), line.join(" ")));
            }
        }
        for (kind, text, reason) in blocks.iter().filter(|(_, text, _)| !expected.contains(&words(text))) {
            chrome += 1;
            if kind != "furniture" {
                left += 1;
                wrong.push(format!("{}: kept as {kind} ({reason}): {text}", page.display()));
            }
        }
    }
    assert!(chrome > article, "the pages have chrome");
    assert!(kept * 100 >= article * 99 && left * 100 <= chrome, "{}", wrong.join("\n"));
}

/// Kind, text and reason of the blocks of a file.
fn blocks(folder: &Path, file: &str) -> Vec<(String, String, String)> {
    let output = run_in(folder, &["blocks", "--isolated", "--output-format", "json-lines", file]);
    let text = |block: &Value, key: &str| block[key].as_str().unwrap().to_owned();
    let lines = stdout(&output);
    let lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.map(|block| (text(&block, "block"), text(&block, "text"), text(&block, "reason"))).collect()
}

/// The lines of the seeds that are no running text; all others are paragraphs.
#[test]
fn the_blocks_of_the_seeds_are_what_they_are() {
    let kinds: [(&str, &str, &[usize]); 10] = [
        ("000", "furniture", &[19, 27, 35]),
        ("000", "heading", &[1]),
        (
            "001",
            "furniture",
            &[
                1, 5, 7, 17, 27, 37, 47, 49, 51, 53, 55, 57, 59, 61, 63, 65, 67, 69, 71, 73, 75, 77, 79, 81,
                83, 85, 87,
            ],
        ),
        ("001", "heading", &[3]),
        ("001", "caption", &[9, 19, 29, 39]),
        ("002", "heading", &[2, 4]),
        ("003", "furniture", &[21]),
        ("004", "heading", &[1]),
        ("004", "caption", &[13, 25, 37]),
        ("004", "furniture", &[47]),
    ];
    let output = run_in(root(), &["blocks", "--isolated", "--output-format", "json-lines", "seeds"]);
    let mut found = Vec::new();
    for line in stdout(&output).lines() {
        let block: Value = serde_json::from_str(line).unwrap();
        let article = block["doc"].as_str().unwrap()["seeds/".len()..][..3].to_owned();
        let line = block["at"]["start"]["line"].as_u64().unwrap() as usize;
        found.push((article, block["block"].as_str().unwrap().to_owned(), line));
    }
    assert_eq!(found.len(), 110);
    for (article, kind, line) in found {
        let expected = kinds.iter().find(|(a, _, lines)| *a == article && lines.contains(&line));
        assert_eq!(kind, expected.map_or("paragraph", |(_, kind, _)| kind), "{article}:{line}");
    }
}

#[test]
fn files_are_listed_with_their_formats() {
    let folder = folder(&[
        ("a.txt", b"Text.".as_slice()),
        ("b.MD", b"# Title"),
        ("page.htm", b"<p>x"),
        ("feed.xml", b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>"),
        ("news.json", b"{\"uri\":\"x\",\"body_text\":\"y\"}"),
        ("package.json", b"{\"name\":\"x\"}"),
        ("drawing.xml", b"<svg/>"),
        ("picture.png", b"\x89PNG"),
    ]);
    let output = run_in(folder.path(), &["check", "--show-files", "."]);
    assert_eq!(
        stdout(&output),
        "txt     ./a.txt\nmd      ./b.MD\nfeed    ./feed.xml\nninjs   ./news.json\nhtml    ./page.htm\n"
    );
    let told = stderr(&output);
    for name in ["package.json", "drawing.xml", "picture.png"] {
        assert!(told.contains(name), "{told}");
    }
    assert_eq!(output.status.code(), Some(0));
    // A file that is named is read as text, unless it is a container of something else.
    let output = run_in(folder.path(), &["blocks", "--show-files", "picture.png", "package.json"]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("txt     picture.png\n", Some(2)));
    let output = run_in(folder.path(), &["blocks", "--show-files", "--input-format", "md", "package.json"]);
    assert_eq!((stdout(&output).as_str(), output.status.code()), ("md      package.json\n", Some(0)));
}

#[test]
fn what_is_asked_for_is_done() {
    let page = b"<html><p>The pier of Ostby will be closed to all visitors from Monday on, the town said.</p></html>";
    let folder = folder(&[("a.txt", page.as_slice()), ("b.txt", b"\xcf\xf0\xe8\xe2\xe5\xf2")]);
    let blocks = |args: &[&str]| {
        stdout(&run_in(folder.path(), &[&["blocks", "--output-format", "json-lines"], args].concat()))
    };
    assert!(blocks(&["a.txt"]).contains("<html>"));
    assert!(!blocks(&["a.txt", "--input-format", "html"]).contains("<html>"));
    assert!(blocks(&["b.txt", "--encoding", "windows-1251"]).contains("Привет"));
    let output = run_in(folder.path(), &["blocks", "b.txt", "--encoding", "klingon"]);
    assert!(stderr(&output).contains("`klingon` is no encoding"), "{}", stderr(&output));
    let report = check_json(folder.path(), &["a.txt", "--published", "2024-06"]);
    assert_eq!(report["documents"][0]["published"], "2024-06");
    let output = run_in(folder.path(), &["check", "a.txt", "--published", "spring"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_furniture_table_of_ones_own_comes_first() {
    let folder = folder(&[
        ("a.txt", b"The pier is closed\n\nVisitors will have to wait until the spring, the mayor of Ostby said.\n\nThe Ostby Post thanks its readers\n".as_slice()),
        ("twicetold.toml", b"[corpus]\nfurniture = [\"own.toml\"]\n"),
        ("own.toml", b"[[pattern]]\nkind = \"furniture\"\nreason = \"house line\"\nphrases = [\"the ostby post thanks **\"]\n"),
    ]);
    let kinds = |folder: &Path| stdout(&run_in(folder, &["blocks", "--output-format", "table", "a.txt"]));
    assert!(kinds(folder.path()).contains("furniture  house line"), "{}", kinds(folder.path()));
    std::fs::write(folder.path().join("own.toml"), "[[pattern]]\nkind = \"x\"\n").unwrap();
    let output = run_in(folder.path(), &["check", "a.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("own.toml:2:8"), "{}", stderr(&output));
}

/// The plain body of a record of news is divided as a plain file is.
#[test]
fn plain_bodies_have_paragraphs() {
    let body = "The pier of Ostby will be closed to all visitors from\nMonday on, the town said.\nRepairs will take until the spring, and\ncost more than was planned.\n\n• a bullet of it\n• and another";
    let news = serde_json::json!({ "uri": "x", "headline": "The pier is closed", "body_text": body });
    let folder = folder(&[("a.ninjs", news.to_string().as_bytes())]);
    let blocks: Vec<(String, String)> =
        blocks(folder.path(), "a.ninjs").into_iter().map(|(kind, text, _)| (kind, text)).collect();
    let expected = [
        ("heading", "The pier is closed"),
        ("paragraph", "The pier of Ostby will be closed to all visitors from\nMonday on, the town said."),
        ("paragraph", "Repairs will take until the spring, and\ncost more than was planned."),
        ("list item", "a bullet of it"),
        ("list item", "and another"),
    ];
    assert_eq!(blocks, expected.map(|(kind, text)| (kind.to_owned(), text.to_owned())));
}

/// English rules read English only; what a page or a table says of the language holds.
#[test]
fn other_languages_are_told_and_left_alone() {
    let german = "Der Bürgermeister von Altenried sagte am Dienstag, die Brücke werde frühestens im kommenden Frühjahr wieder geöffnet. Kim Jong Un and Vladimir Putin first met in 2018, steht auf einem Schild.\n";
    let english = "Kim Jong Un and Vladimir Putin first met in April 2019, a plaque in the old town hall of the city says in large letters that nobody can pass by.\n";
    let folder = folder(&[("a.txt", german.as_bytes()), ("b.txt", english.as_bytes())]);
    let report = check_json(folder.path(), &["."]);
    let langs: Vec<&str> =
        report["documents"].as_array().unwrap().iter().map(|d| d["lang"].as_str().unwrap()).collect();
    assert_eq!((langs, report["findings"].as_array().unwrap().len()), (vec!["de", "en"], 0));
    std::fs::write(folder.path().join("m.toml"), "[\"a.txt\"]\nlang = \"en\"\n").unwrap();
    let report = check_json(folder.path(), &["a.txt", "b.txt", "--metadata", "m.toml"]);
    assert_eq!(report["findings"][0]["code"], "TT200");
}
