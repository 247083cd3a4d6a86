//! Versions of an article next to each other, as files, records, standard input and revisions of a real repository.

use super::{folder, root, run_in, stderr, stdout, twicetold};
use serde_json::Value;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

const FIRST: &str = "tests/versions/first.md";
const SECOND: &str = "tests/versions/second.md";
const THIRD: &str = "tests/versions/third.md";

fn diff(at: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let output = run_in(at, &[&["diff", "--isolated"], args].concat());
    (output.status.code(), stdout(&output), stderr(&output))
}

fn json(at: &Path, witnesses: &[&str]) -> Value {
    let (_, text, told) = diff(at, &[witnesses, &["--output-format", "json"]].concat());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {told}"))
}

#[test]
fn facts_come_first_then_wording() {
    let (code, text, _) = diff(root(), &[FIRST, SECOND]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("diff_full", text);
    assert!(text.find("1.2 million euros").unwrap() < text.find("What changed in wording").unwrap());
    insta::assert_snapshot!("diff_side_by_side", diff(root(), &[FIRST, SECOND, "-y"]).1);
    insta::assert_snapshot!("diff_word_diff", diff(root(), &[FIRST, SECOND, "--word-diff"]).1);
    insta::assert_snapshot!("diff_markdown", diff(root(), &[FIRST, SECOND, "--output-format", "markdown"]).1);
    insta::assert_snapshot!("diff_three", diff(root(), &[FIRST, SECOND, THIRD]).1);
}

#[test]
fn colors_only_help() {
    let plain = diff(root(), &[FIRST, SECOND, "--color", "never"]).1;
    let colored = diff(root(), &[FIRST, SECOND, "--color", "always"]).1;
    assert!(colored.contains("\u{1b}[31m[-two-]") && !plain.contains('\u{1b}'));
    let codes = regex::Regex::new("\u{1b}\\[[0-9;]*m").unwrap();
    assert_eq!(codes.replace_all(&colored, ""), plain);
}

/// The halves of the article that was pasted twice.
#[test]
fn what_was_pasted_twice_is_the_same() {
    let seed = std::fs::read_dir(root().join("seeds")).unwrap().map(|entry| entry.unwrap().path());
    let seed = seed.into_iter().find(|path| path.display().to_string().contains("/002_")).unwrap();
    let text = std::fs::read_to_string(seed).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let (first, second) = (lines[6..10].join("\n"), lines[10..14].join("\n"));
    let at = folder(&[("first.txt", first.as_bytes()), ("second.txt", second.as_bytes())]);
    let (code, text, _) = diff(at.path(), &["first.txt", "second.txt"]);
    assert_eq!(code, Some(0));
    assert!(text.contains("the same (4 paragraphs)"), "{text}");
}

/// What the difference makes of the first text.
fn applied(difference: &Value, first: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for row in difference["rows"].as_array().unwrap() {
        let [base, cell] = row["cells"].as_array().unwrap().as_slice() else { panic!("two witnesses") };
        if cell.is_null() {
            continue;
        }
        let text = if let Some(words) = cell["words"].as_array() {
            let stays = words.iter().filter(|words| words["kind"] != "deleted");
            stays.map(|words| words["text"].as_str().unwrap()).collect::<String>()
        } else if base.is_null() {
            cell["text"].as_str().unwrap().to_owned()
        } else {
            let blocks = |end: usize| base["blocks"][end].as_u64().unwrap() as usize;
            first[blocks(0)..blocks(1)].join("\n\n")
        };
        out.extend(text.split("\n\n").map(str::to_owned));
    }
    out
}

/// The blocks of a text, as the difference of it and nothing tells them.
fn blocks(at: &Path, file: &str) -> Vec<String> {
    std::fs::write(at.join("nothing"), "").unwrap();
    let rows = json(at, &["nothing", file])["rows"].as_array().unwrap().clone();
    rows.iter().map(|row| row["cells"][1]["text"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_difference_applied_to_the_first_gives_the_second() {
    let read = |path: &str| std::fs::read(root().join(path)).unwrap();
    let at = folder(&[("a.md", &read(FIRST)), ("b.md", &read(SECOND)), ("c.md", &read(THIRD))]);
    // And articles that a seeded generator takes apart: sentences dropped, doubled, swapped, joined and edited.
    let text = String::from_utf8(read(FIRST)).unwrap();
    let paragraphs: Vec<&str> = text.split("\n\n").skip(2).collect();
    let mut seed = 3_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % below
    };
    let mut names: Vec<String> = ["a.md", "b.md", "c.md"].map(str::to_owned).to_vec();
    for number in 0..12 {
        let mut own: Vec<String> = paragraphs.iter().map(|paragraph| (*paragraph).to_owned()).collect();
        for _ in 0..4 {
            let (at, length) = (next(own.len()), own.len());
            match next(5) {
                0 => _ = own.remove(at),
                1 => own.insert(at, own[at].clone()),
                2 => own.swap(at, (at + 2) % length),
                3 => own[at] = own[at].replace("the", "a").replace("years", "months"),
                _ => own[at] = format!("{} {}", own[at].trim(), paragraphs[next(paragraphs.len())].trim()),
            }
        }
        let name = format!("{number}.md");
        std::fs::write(at.path().join(&name), own.join("\n\n")).unwrap();
        names.push(name);
    }
    for (one, two) in names.iter().flat_map(|one| names.iter().take(6).map(move |two| (one, two))) {
        let difference = json(at.path(), &[one, two]);
        let (first, second) = (blocks(at.path(), one), blocks(at.path(), two));
        assert_eq!(applied(&difference, &first), second, "{one} {two}");
        assert_eq!(difference["same"].as_bool().unwrap(), first == second, "{one} {two}");
    }
}

#[test]
fn every_difference_is_as_the_schema_says() {
    let schema: Value = serde_json::from_str(&stdout(&run_in(root(), &["schema", "diff"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for witnesses in
        [&[FIRST, SECOND][..], &[FIRST, FIRST], &[FIRST, SECOND, THIRD], &[THIRD, FIRST, SECOND, FIRST]]
    {
        let difference = json(root(), witnesses);
        let errors: Vec<String> = validator
            .iter_errors(&difference)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, [""; 0], "{witnesses:?}");
    }
}

#[test]
fn three_witnesses_are_a_table() {
    let difference = json(root(), &[FIRST, SECOND, THIRD]);
    let rows = difference["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["cells"].as_array().unwrap().len() == 3));
    for (witness, file) in [FIRST, SECOND, THIRD].iter().enumerate() {
        let n = difference["witnesses"][witness]["blocks"].as_u64().unwrap();
        let met: u64 = rows
            .iter()
            .filter(|row| !row["cells"][witness].is_null())
            .map(|row| {
                row["cells"][witness]["blocks"][1].as_u64().unwrap()
                    - row["cells"][witness]["blocks"][0].as_u64().unwrap()
            })
            .sum();
        assert_eq!(met, n, "{file}");
    }
    let facts: Vec<&str> = difference["facts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fact| fact["b"]["text"].as_str().unwrap())
        .collect();
    assert!(facts.contains(&"Monday") && facts.contains(&"May") && facts.contains(&"12,000"), "{facts:?}");
}

#[cfg(unix)]
#[test]
fn records_standard_input_and_nothing() {
    let records = "{\"id\":\"x\",\"text\":\"The bridge was opened in 1931.\"}\n{\"id\":\"y\",\"text\":\"The bridge was opened in 1932.\"}\n";
    let at = folder(&[
        ("wire.jsonl", records.as_bytes()),
        ("a.txt", b"The bridge was opened in 1931."),
        ("empty.txt", b""),
        ("sub/b.txt", b"x"),
    ]);
    let (code, text, _) = diff(at.path(), &["wire.jsonl#x", "wire.jsonl#y"]);
    assert_eq!(code, Some(1));
    assert!(text.contains("date") && text.contains("[-1931-]{+1932+}"), "{text}");
    assert_eq!(diff(at.path(), &["wire.jsonl#x", "a.txt"]).0, Some(0));
    assert_eq!(diff(at.path(), &["empty.txt", "/dev/null"]).0, Some(0));
    let mut child = twicetold()
        .args(["diff", "--isolated", "a.txt", "-"])
        .current_dir(at.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"The bridge was opened in 1931.\n").unwrap();
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
    for (args, told) in [
        (&["wire.jsonl", "a.txt"][..], "has 2 articles"),
        (&["wire.jsonl#z", "a.txt"], "has no record `z`"),
        (&["sub", "a.txt"], "is a folder"),
        (&["nowhere.txt", "a.txt"], "no such file"),
        (&["HEAD:a.txt", "a.txt"], "git"),
        (&["a.txt"], "WITNESS"),
        (&["-", "-"], "standard input can be read once"),
        (&["a.txt", "a.txt", "a.txt", "--word-diff"], "show two witnesses"),
        (&["a.txt", "a.txt", "--output-format", "json=x", "--output-format", "html=x"], "two outputs"),
        (&["a.txt", "a.txt", "--output-format", "csv"], "unknown output format"),
        (&["a.txt", "a.txt", "-y", "--word-diff"], "cannot be used with"),
    ] {
        let (code, _, error) = diff(at.path(), args);
        assert_eq!(code, Some(2), "{args:?}");
        assert!(error.contains(told), "{args:?}: {error}");
    }
    std::fs::write(at.path().join("binary.txt"), [0, 1, 2, 255, 0, 7]).unwrap();
    assert_eq!(diff(at.path(), &["binary.txt", "a.txt"]).0, Some(2));
}

#[test]
fn page_furniture_counts_on_request() {
    let text = |shares: &str| {
        format!(
            "# A headline for the bridge\n\nThe bridge was opened in 1931 and is closed now.\n\n{shares}\n\nIt will be repaired next year, the city said on Monday.\n"
        )
    };
    let at = folder(&[
        ("a.md", text("CLICK HERE TO GET THE APP").as_bytes()),
        ("b.md", text("Share on Facebook").as_bytes()),
    ]);
    assert_eq!(diff(at.path(), &["a.md", "b.md"]).0, Some(0));
    assert_eq!(diff(at.path(), &["a.md", "b.md", "--furniture"]).0, Some(1));
    assert_eq!(json(at.path(), &["a.md", "b.md"])["witnesses"][0]["furniture"], 1);
}

#[test]
fn what_joins_paragraphs_keeps_its_facts() {
    let first = "The plant in Kiel would not open this year, the owner said on Monday.\n\nIt was to bring 80 jobs to the harbour.\n";
    let second = "The plant in Kiel would open this year, the owner said on Monday. It was to bring 85 jobs to the harbour.\n";
    let at = folder(&[("a.md", first.as_bytes()), ("b.md", second.as_bytes())]);
    let facts = |witnesses: &[&str]| json(at.path(), witnesses)["facts"].as_array().unwrap().len();
    assert_eq!(facts(&["a.md", "b.md"]), 2);
    assert_eq!(facts(&["a.md", "b.md", "b.md"]), 4);
    assert_eq!(facts(&["b.md", "a.md", "b.md"]), 2);
}

#[test]
fn accents_are_the_same_however_they_are_written() {
    let at = folder(&[
        ("a.txt", "Mayor Köhler spoke.".as_bytes()),
        ("b.txt", "Mayor Ko\u{308}hler spoke.".as_bytes()),
    ]);
    assert_eq!(diff(at.path(), &["a.txt", "b.txt"]).0, Some(0));
}

/// Words that repeat without end cost no more than others.
#[test]
fn one_word_again_and_again() {
    let texts = |n: usize| ("a ".repeat(n), format!("{}{}", "a ".repeat(n - 1000), "b ".repeat(1000)));
    let (one, two) = texts(100_000);
    let (short, other) = texts(10_000);
    let at = folder(&[
        ("a.txt", one.as_bytes()),
        ("b.txt", two.as_bytes()),
        ("c.txt", short.as_bytes()),
        ("d.txt", other.as_bytes()),
    ]);
    let started = std::time::Instant::now();
    assert_eq!(diff(at.path(), &["a.txt", "b.txt"]).0, Some(1));
    let output = run_in(at.path(), &["check", "c.txt", "d.txt", "--isolated", "-q"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

#[test]
fn hostile_texts_are_compared_too() {
    let word = "Wort".repeat(100_000);
    let all_other: (String, String) = (
        (0..20_000).map(|at| format!("a{at} ")).collect(),
        (0..20_000).map(|at| format!("b{at} ")).collect(),
    );
    let many: (String, String) = (
        (0..3000).map(|at| format!("The same words {at}.\n\n")).collect(),
        (0..3000).rev().map(|at| format!("The same words {at}!\n\n")).collect(),
    );
    let markup = "<script>document.title = 1</script> [-not a mark-] {+nor this+} \u{202e}\u{1b}[31m";
    let at = folder(&[
        ("a.txt", format!("One {word} two.\n\n{}\n\n{markup} three\n\n{}", all_other.0, many.0).as_bytes()),
        ("b.txt", format!("One {word}e two.\n\n{}\n\n{markup} four\n\n{}", all_other.1, many.1).as_bytes()),
    ]);
    let started = std::time::Instant::now();
    for args in [
        &["--output-format", "full"][..],
        &["-y"],
        &["--word-diff"],
        &["--output-format", "markdown"],
        &["--output-format", "html"],
    ] {
        let (code, text, error) = diff(at.path(), &[&["a.txt", "b.txt"], args].concat());
        assert_eq!(code, Some(1), "{args:?}: {error}");
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{args:?}");
        let is_page = args.iter().any(|format| ["markdown", "html"].contains(format));
        assert!(!is_page || !text.contains("<script>document"), "{args:?}");
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

fn git(at: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=Anna", "-c", "user.email=anna@example.org", "-c", "commit.gpgsign=false"])
        .args(args)
        .current_dir(at)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success() || args[0] == "difftool", "{args:?}: {}", stderr(&output));
    stdout(&output)
}

#[cfg(unix)]
#[test]
fn revisions_of_a_real_repository() {
    let read = |path: &str| std::fs::read(root().join(path)).unwrap();
    let at = folder(&[("wire/a.md", &read(FIRST))]);
    git(at.path(), &["init", "-q", "-b", "main"]);
    git(at.path(), &["add", "."]);
    git(at.path(), &["commit", "-qm", "first"]);
    std::fs::write(at.path().join("wire/a.md"), read(SECOND)).unwrap();
    let (code, text, _) = diff(at.path(), &["HEAD:wire/a.md", "wire/a.md"]);
    assert_eq!(code, Some(1));
    assert!(text.starts_with("HEAD:wire/a.md → wire/a.md\n") && text.contains("1.4 million euros"), "{text}");
    // From a folder below, as git spells it, and from the index.
    let below = at.path().join("wire");
    assert_eq!(diff(&below, &["HEAD:./a.md", "HEAD:wire/a.md"]).0, Some(0));
    git(at.path(), &["add", "."]);
    assert_eq!(diff(at.path(), &[":wire/a.md", "wire/a.md"]).0, Some(0));
    for (spec, told) in [("HEAD:nowhere.md", "nowhere.md"), ("nobranch:wire/a.md", "nobranch")] {
        let (code, _, error) = diff(at.path(), &[spec, "wire/a.md"]);
        assert_eq!(code, Some(2));
        assert!(error.contains(told) && error.contains("help: write REV:PATH"), "{error}");
    }
    // As `git difftool` calls it, with a path that has a blank.
    std::fs::rename(at.path().join("wire/a.md"), at.path().join("wire/a b.md")).unwrap();
    git(at.path(), &["add", "-A"]);
    git(at.path(), &["commit", "-qm", "second"]);
    std::fs::write(at.path().join("wire/a b.md"), read(THIRD)).unwrap();
    let tool = format!("'{}' diff --isolated", env!("CARGO_BIN_EXE_twicetold"));
    let text = git(at.path(), &["difftool", "--no-prompt", &format!("--extcmd={tool}")]);
    assert!(text.contains("What changed in fact") && text.contains("Monday"), "{text}");
    git(at.path(), &["rm", "-q", "--cached", "wire/a b.md"]);
    let text = git(at.path(), &["difftool", "--no-prompt", "--cached", &format!("--extcmd={tool}")]);
    assert!(text.contains("/dev/null") && text.contains("removed"), "{text}");
}
