//! Hostile input: clear messages, the right exit codes, no panic, nothing lost.

use super::{folder, run_in, stderr, stdout, twicetold};
use std::path::Path;

/// An article with a pair of copies, so that a run has something to find.
const TWICE: &str = "The ferry stayed at its pier all morning, since the engine had been taken apart.\n\n\
    Nobody minded, and the kiosk sold more ice than on any other day.\n\n\
    The ferry stayed at its pier all morning, since the engine had been taken apart.\n";

/// Runs `check` and asserts the exit code and that standard error holds the words.
fn check(at: &Path, args: &[&str], code: i32, words: &[&str]) -> String {
    let output = run_in(at, &[&["check", "--isolated"], args].concat());
    let told = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(!told.contains("panicked"), "{told}");
    for word in words {
        assert!(told.contains(word), "`{word}` is missing in: {told}");
    }
    stdout(&output)
}

#[test]
fn a_folder_of_trouble() {
    let at = folder(&[
        ("good.txt", TWICE.as_bytes()),
        ("binary.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0"),
        ("empty.txt", b""),
        ("blank.txt", b" \n\n\t\r\n"),
        (
            "wide.txt",
            &"\u{feff}Wide text, read as such.\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes)
                .collect::<Vec<_>>(),
        ),
        ("picture.png", b"\x89PNG\r\n"),
        (
            "control.txt",
            b"A line with \x01\x02\x03 and an escape \x1b[31m in it, which no terminal may obey.\n",
        ),
    ]);
    let found = check(
        at.path(),
        &["."],
        1,
        &["warning: skipped ./binary.txt: not text", "5 documents", "1 skipped", "1 file not of a kind"],
    );
    assert!(found.contains("error[TT100]"), "{found}");
    // Named, the same binary is trouble, and what can be read is still told.
    let found = check(at.path(), &["binary.txt", "good.txt"], 2, &["error: skipped binary.txt: not text"]);
    assert!(found.contains("error[TT100]"), "{found}");
}

#[test]
fn a_path_that_is_not_there() {
    let at = folder(&[("good.txt", TWICE.as_bytes())]);
    check(
        at.path(),
        &["nowhere.txt"],
        2,
        &["error: skipped nowhere.txt: cannot be opened: no such file or directory"],
    );
    let found = check(at.path(), &["good.txt", "nowhere"], 2, &["error: skipped nowhere"]);
    assert!(found.contains("error[TT100]"));
}

#[test]
fn nothing_to_read() {
    let at = folder(&[("picture.png", b"x")]);
    check(at.path(), &["."], 2, &["no article to read", "help: "]);
    check(at.path(), &[], 2, &["no article to read"]);
    check(at.path(), &[".", "--allow-empty"], 0, &["no findings in 0 documents"]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_loops_end() {
    let at = folder(&[("sub/good.txt", TWICE.as_bytes())]);
    std::os::unix::fs::symlink(at.path(), at.path().join("sub/up")).unwrap();
    std::os::unix::fs::symlink("round.txt", at.path().join("round.txt")).unwrap();
    std::os::unix::fs::symlink("sub/good.txt", at.path().join("again.txt")).unwrap();
    let found = check(
        at.path(),
        &["."],
        1,
        &["skipped ./sub/up: a symbolic link", "skipped ./round.txt: a symbolic link", "1 document,"],
    );
    assert_eq!(found.matches("error[").count(), 1);
    check(at.path(), &["round.txt"], 2, &["error: skipped round.txt: cannot be opened"]);
    check(at.path(), &["again.txt"], 1, &["1 document"]);
}

/// A file that may not be read. Whoever runs the tests as root runs the program as nobody.
#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let at = folder(&[("good.txt", TWICE.as_bytes()), ("locked.txt", TWICE.as_bytes())]);
    let allow =
        |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let program = at.path().join("twicetold");
    std::fs::copy(env!("CARGO_BIN_EXE_twicetold"), &program).unwrap();
    allow(at.path(), 0o755);
    allow(&program, 0o755);
    allow(&at.path().join("locked.txt"), 0o000);
    let run = |args: &[&str]| {
        let mut command = std::process::Command::new(&program);
        command.args(args).current_dir(at.path());
        let is_root = std::fs::File::open(at.path().join("locked.txt")).is_ok();
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        command.output().unwrap()
    };
    let walked = run(&["check", ".", "--isolated"]);
    assert_eq!(walked.status.code(), Some(1), "{}", stderr(&walked));
    assert!(
        stderr(&walked).contains("warning: skipped ./locked.txt: cannot be opened: permission denied"),
        "{}",
        stderr(&walked)
    );
    let named = run(&["check", "locked.txt", "good.txt", "--isolated"]);
    assert_eq!(named.status.code(), Some(2));
}

#[test]
fn a_rule_file_with_a_typo() {
    let rules = "format = 1\npack = \"p\"\n\n[[rule]]\nid = \"a\"\nsummary = \"s\"\npatern = [\"meet\"]\n";
    let at = folder(&[("good.txt", TWICE.as_bytes()), ("my.toml", rules.as_bytes())]);
    check(
        at.path(),
        &["good.txt", "--rules", "my.toml"],
        2,
        &["my.toml:7:1: unknown key `patern`", "help: did you mean `patterns`?"],
    );
    check(at.path(), &["good.txt", "--rules", "none.toml"], 2, &["none.toml: no such file or directory"]);
    check(at.path(), &["good.txt", "--rules", "."], 2, &["my.toml:7:1"]);
}

#[test]
fn hostile_rules_and_articles_do_not_panic() {
    // Every rule that can be matched anywhere, with slots in what it denies.
    let rules = r#"
format = 1
pack = "p"
[[entity]]
id = "a"
type = "place"
names = ["Alpha"]
within = "b"
[[entity]]
id = "b"
type = "place"
names = ["Beta"]
within = "a"
[[rule]]
id = "everything"
summary = "matches nearly everything"
patterns = ["(a|the|in|of)? ~20 (the|of|Alpha|Beta) ~20 {w:place}"]
deny = ["never {d:date} {c:count}", "a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? a? b"]
key = ["k"]
value = "{w}"
[[rule.test]]
valid = ["x"]
[[rule.test]]
invalid = ["x"]
"#;
    let text = "a ".repeat(2_000) + &"The harbour of Alpha, in the Alpha of Beta; the Beta. ".repeat(400);
    let at = folder(&[
        ("a.txt", text.as_bytes()),
        ("b.txt", "in the Beta of Alpha\u{202e}\u{0}".replace('\0', "").as_bytes()),
        ("r.toml", rules.as_bytes()),
    ]);
    let output = run_in(at.path(), &["check", ".", "--isolated", "--rules", "r.toml"]);
    assert!([Some(0), Some(1)].contains(&output.status.code()), "{}", stderr(&output));
}

#[test]
fn a_configuration_with_a_typo() {
    let at = folder(&[("good.txt", TWICE.as_bytes()), ("twicetold.toml", b"[corpus]\nexclud = [\"x\"]\n")]);
    let output = run_in(at.path(), &["check", "good.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("twicetold.toml:2:1: unknown key `exclud`\nhelp: did you mean `exclude`?"),
        "{}",
        stderr(&output)
    );
    check(at.path(), &["good.txt"], 1, &[]);
}

#[test]
fn bad_values_of_options() {
    let at = folder(&[("good.txt", TWICE.as_bytes())]);
    for (args, word) in [
        (["--jaccard", "2"], "above 0 and up to 1"),
        (["--containment", "x"], "above 0 and up to 1"),
        (["--output-format", "jsn"], "did you mean `json`?"),
        (["--output-format", "json="], "a file is missing"),
        (["--exclude", "a{b"], "exclude pattern"),
        (["--metadata", "none.toml"], "no such file or directory"),
        (["--files-from", "none"], "list of paths none"),
        (["--config", "none.toml"], "none.toml"),
    ] {
        let output = run_in(at.path(), &["check", "good.txt", args[0], args[1]]);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(word), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn long_lines_and_many_repeats_take_linear_time() {
    let long = "word ".repeat(200_000);
    let repeats = "The same short paragraph stands here again and again and again.\n\n".repeat(3_000);
    let unclosed = "\"(".repeat(100_000);
    let at = folder(&[
        ("long.txt", long.as_bytes()),
        ("repeats.txt", repeats.as_bytes()),
        ("unclosed.txt", unclosed.as_bytes()),
    ]);
    let started = std::time::Instant::now();
    let found = check(at.path(), &[".", "--output-format", "concise"], 1, &[]);
    assert!(
        found.lines().count() < 10 && found.len() < 1_000,
        "copies of one paragraph are one finding: {found}"
    );
    assert!(found.contains("and 2996 more places"), "{found}");
    assert!(started.elapsed().as_secs() < 60);
}

#[test]
fn an_output_file_is_whole_or_not_there() {
    let at = folder(&[("good.txt", TWICE.as_bytes())]);
    check(
        at.path(),
        &["good.txt", "--output-format", "json=missing/report.json"],
        2,
        &["failed to write missing/report.json"],
    );
    check(
        at.path(),
        &["good.txt", "--output-format", "json=report.json", "--output-format", "html=page.html"],
        1,
        &[],
    );
    let names: Vec<_> =
        std::fs::read_dir(at.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(std::fs::read_to_string(at.path().join("page.html")).unwrap().ends_with("</html>\n"));
}

#[test]
fn a_reader_that_goes_away_is_no_trouble() {
    let at = folder(&[("good.txt", TWICE.repeat(2_000).as_bytes())]);
    let mut child = twicetold()
        .args(["check", "good.txt", "--isolated", "--output-format", "json"])
        .current_dir(at.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    assert_ne!(output.status.code(), Some(101));
}

#[cfg(unix)]
#[test]
fn devices_and_links_stay_what_they_are() {
    let at = folder(&[("good.txt", TWICE.as_bytes()), ("real.json", b"old")]);
    std::os::unix::fs::symlink("real.json", at.path().join("link.json")).unwrap();
    check(at.path(), &["good.txt", "--output-format", "json=link.json"], 1, &[]);
    assert!(std::fs::symlink_metadata(at.path().join("link.json")).unwrap().is_symlink());
    assert!(std::fs::read_to_string(at.path().join("real.json")).unwrap().contains("TT100"));
    // A named pipe stands for a device here: it is written to, not replaced.
    let pipe = at.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    check(at.path(), &["good.txt", "--output-format", "json=pipe"], 1, &[]);
    assert!(reader.join().unwrap().contains("TT100"));
    assert!(!std::fs::symlink_metadata(&pipe).unwrap().is_file());
}

#[test]
fn much_of_what_is_read_twice_takes_linear_time() {
    let they = "Putin met Kim Jong Un. They talked for long and they said that it went well.\n".repeat(2_000);
    let dots = ".".repeat(200_000);
    let initials = "a.".repeat(100_000) + "bc";
    let dated = "in 2019 with 5 men ".repeat(20_000);
    let lists = "Related stories\n\n".repeat(5_000) + &"word ".repeat(60) + "end.";
    let claims: String = (0..10_000)
        .map(|n| {
            format!(
                "{{\"id\":{n},\"text\":\"In {} Kim Jong Un and Vladimir Putin met for the first time.\"}}\n",
                2018 + n % 2
            )
        })
        .collect();
    let at = folder(&[
        ("they.txt", they.as_bytes()),
        ("dots.txt", dots.as_bytes()),
        ("initials.txt", initials.as_bytes()),
        ("dated.txt", dated.as_bytes()),
        ("lists.txt", lists.as_bytes()),
        ("claims.jsonl", claims.as_bytes()),
    ]);
    for file in ["they.txt", "dots.txt", "initials.txt", "dated.txt", "lists.txt", "claims.jsonl"] {
        let started = std::time::Instant::now();
        let output =
            run_in(at.path(), &["check", file, "--isolated", "--quiet", "--output-format", "concise"]);
        assert!([Some(0), Some(1)].contains(&output.status.code()), "{file}: {}", stderr(&output));
        assert!(started.elapsed().as_secs() < 30, "{file} took {:?}", started.elapsed());
    }
}

#[test]
fn text_in_scripts_without_capitals_is_text() {
    let text = "한국어 기사의 첫 번째 단락은 여러 낱말로 되어 있고 두 번 나타난다.";
    let other = "두 번째 단락은 전혀 다른 이야기를 하고 있으며 한 번만 나타난다.";
    let at = folder(&[("ko.txt", format!("{text}\n\n{other}\n\n{text}\n").as_bytes())]);
    assert!(check(at.path(), &["ko.txt"], 1, &[]).contains("TT100"));
}
