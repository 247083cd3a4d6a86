//! A repository that grows step by step, as a real one does: what is reported of changes, and what a baseline remembers.

use super::{check_json, folder, run_in, stderr, stdout};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

const FERRY: &str = "The ferry to Lemden will not sail on Sunday, as divers have to look at its propeller, the harbour office said in the morning.";
const SCHOOL: &str = "Nobody was in the old school when its roof came down under the snow, and the town will now tear down what is left of it.";
const MARKET: &str = "The market moves to the square behind the church until autumn, because the stones of the old place have to be laid anew.";

fn git(at: &Path, args: &[&str]) {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=Anna",
            "-c",
            "user.email=anna@example.org",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(args)
        .current_dir(at)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {}", stderr(&output));
}

fn commit(at: &Path, message: &str) {
    git(at, &["add", "-A"]);
    git(at, &["commit", "-qm", message]);
}

/// An article of these paragraphs between others of its own.
fn article(name: &str, paragraphs: &[&str]) -> String {
    // Too short to be compared.
    let own = |at: usize| format!("{name} has more, {at}.");
    let mut text = format!("# The news of {name}\n");
    for (at, paragraph) in paragraphs.iter().enumerate() {
        text.push_str(&format!("\n{}\n\n{paragraph}\n", own(at)));
    }
    text
}

/// The codes of what is reported, each with the place to look at first.
fn told(at: &Path, args: &[&str]) -> Vec<String> {
    let output = run_in(at, &[&["check", "--isolated", "-q", "--output-format", "concise"], args].concat());
    assert!(output.status.code() != Some(2), "{args:?}: {}", stderr(&output));
    let mut lines: Vec<String> = stdout(&output)
        .lines()
        .map(|line| {
            let (path, rest) = line.split_once(':').unwrap();
            let code = rest.split_once('[').unwrap().1.split_once(']').unwrap().0;
            format!("{code} {}", path.trim_start_matches("./"))
        })
        .collect();
    lines.sort();
    lines
}

fn code(at: &Path, args: &[&str]) -> Option<i32> {
    run_in(at, &[&["check", "--isolated", "-q"], args].concat()).status.code()
}

#[test]
fn changes_are_reported_step_by_step() {
    let at = folder(&[
        ("wire/a.md", article("Lemden", &[FERRY]).as_bytes()),
        ("wire/b.md", article("Ossel", &[SCHOOL, SCHOOL]).as_bytes()),
    ]);
    let at = at.path();
    git(at, &["init", "-q", "-b", "main"]);
    // Before the first commit all that is staged is new.
    git(at, &["add", "-A"]);
    assert_eq!(told(at, &["--staged"]), ["TT100 wire/b.md"]);
    commit(at, "two articles");
    assert_eq!(told(at, &["--staged"]), [""; 0]);
    assert_eq!(told(at, &["--since", "main"]), [""; 0]);
    assert_eq!(
        code(at, &["--since", "main", "--fail-level", "info"]),
        Some(0),
        "an empty selection is no failure"
    );
    assert_eq!(told(at, &["."]), ["TT100 wire/b.md"]);
    git(at, &["switch", "-qc", "topic"]);

    // An article is added that copies a paragraph: untracked, staged, committed.
    std::fs::write(at.join("wire/c d.md"), article("Tarn", &[FERRY, MARKET])).unwrap();
    assert_eq!(told(at, &["--since", "main"]), ["TT101 wire/c d.md"]);
    assert_eq!(told(at, &["--staged"]), [""; 0]);
    git(at, &["add", "-A"]);
    assert_eq!(told(at, &["--staged"]), ["TT101 wire/c d.md"]);
    commit(at, "a third");
    assert_eq!(told(at, &["--since", "main"]), ["TT101 wire/c d.md"]);
    assert_eq!(told(at, &["--since", "HEAD"]), [""; 0]);

    // A paragraph is pasted twice; from a folder below it is the same.
    std::fs::write(at.join("wire/a.md"), article("Lemden", &[FERRY, FERRY])).unwrap();
    assert_eq!(told(at, &["--since", "HEAD"]), ["TT100 wire/a.md", "TT101 wire/a.md"]);
    assert_eq!(
        told(&at.join("wire"), &["--since", "HEAD", ".."]),
        ["TT100 ../wire/a.md", "TT101 ../wire/a.md"]
    );
    assert_eq!(told(at, &["--since", "HEAD", "--cross-only"]), ["TT101 wire/a.md"]);
    commit(at, "pasted");

    // The figure of one copy is edited.
    let edited = article("Ossel", &[SCHOOL, SCHOOL]).replace("old school", "old mill");
    std::fs::write(at.join("wire/b.md"), edited.replacen("old mill", "old school", 1)).unwrap();
    assert!(told(at, &["--since", "HEAD"]).iter().all(|line| line.ends_with("wire/b.md")));
    git(at, &["checkout", "-q", "wire/b.md"]);

    // What is renamed or moved did not change; what is moved and edited did.
    git(at, &["mv", "wire/b.md", "wire/e.md"]);
    assert_eq!(told(at, &["--staged"]), [""; 0]);
    assert_eq!(told(at, &["--since", "HEAD"]), [""; 0]);
    std::fs::create_dir(at.join("local")).unwrap();
    git(at, &["mv", "wire/e.md", "local/e.md"]);
    std::fs::write(
        at.join("local/e.md"),
        format!("{}\nOne line more.\n", article("Ossel", &[SCHOOL, SCHOOL])),
    )
    .unwrap();
    git(at, &["add", "-A"]);
    assert_eq!(told(at, &["--staged"]), ["TT100 local/e.md"]);
    commit(at, "moved");

    // Others go on meanwhile; a merge brings their article, which is not of this branch.
    git(at, &["switch", "-q", "main"]);
    std::fs::write(at.join("wire/f.md"), article("Norvik", &[MARKET, MARKET])).unwrap();
    commit(at, "theirs");
    git(at, &["switch", "-q", "topic"]);
    assert!(
        !told(at, &["--since", "main"]).iter().any(|line| line.contains("f.md")),
        "what they added since is not ours"
    );
    git(at, &["merge", "-q", "-m", "merge", "main"]);
    let ours = told(at, &["--since", "main"]);
    assert!(ours.iter().any(|line| line.starts_with("TT101") && line.contains("c d.md")), "{ours:?}");
    assert!(!ours.iter().any(|line| line.starts_with("TT100") && line.contains("f.md")), "{ours:?}");

    // In another worktree, and in a clone without history.
    let elsewhere = folder(&[]);
    let worktree = elsewhere.path().join("tree");
    git(at, &["worktree", "add", "-q", &worktree.display().to_string(), "main"]);
    std::fs::write(worktree.join("wire/g.md"), article("Kiel", &[FERRY])).unwrap();
    assert_eq!(told(&worktree, &["--since", "main"]), ["TT101 wire/g.md"]);
    git(at, &["worktree", "remove", "--force", &worktree.display().to_string()]);
    let shallow = folder(&[]);
    git(
        shallow.path(),
        &["clone", "-q", "--depth", "1", "--no-single-branch", &format!("file://{}", at.display()), "clone"],
    );
    let clone = shallow.path().join("clone");
    let output = run_in(&clone, &["check", "--isolated", "--since", "origin/main"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("no common commit") && stderr(&output).contains("help: in a shallow clone"),
        "{}",
        stderr(&output)
    );
    let output = run_in(at, &["check", "--isolated", "--since", "nobranch"]);
    assert!(
        output.status.code() == Some(2) && stderr(&output).contains("`nobranch` is no revision"),
        "{}",
        stderr(&output)
    );
    let output = run_in(at, &["check", "--isolated", "--since", "--output=x"]);
    assert_eq!(output.status.code(), Some(2));
    let nowhere = folder(&[("a.md", b"One.")]);
    let output = run_in(nowhere.path(), &["check", "--isolated", "--staged"]);
    assert!(
        output.status.code() == Some(2) && stderr(&output).contains("not a git repository"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_it_is_compared_with_is_related() {
    let at = folder(&[
        ("new/a.md", article("Lemden", &[FERRY]).as_bytes()),
        ("archive/b.md", article("Ossel", &[FERRY, SCHOOL, SCHOOL]).as_bytes()),
    ]);
    let at = at.path();
    assert_eq!(told(at, &["new", "--against", "archive"]), ["TT101 new/a.md"]);
    assert_eq!(told(at, &["new", "archive"]).len(), 2);
    assert_eq!(told(at, &["new", "archive", "--cross-only"]).len(), 1);
    let output =
        run_in(at, &["check", "--isolated", "-q", "new", "--against", "archive", "--output-format", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for member in report["findings"][0]["members"].as_array().unwrap() {
        let is_archive = member["path"].as_str().unwrap().starts_with("archive");
        assert_eq!(member["related"].as_bool().unwrap_or(false), is_archive);
    }
    // Where the original is what changed, it is the place to look at.
    let at = folder(&[
        ("a/old.md", article("Lemden", &[FERRY]).as_bytes()),
        ("b/new.md", article("Ossel", &[FERRY]).as_bytes()),
    ]);
    assert_eq!(told(at.path(), &["a", "--against", "b"]), ["TT101 a/old.md"]);
    assert_eq!(told(at.path(), &["b", "--against", "a"]), ["TT101 b/new.md"]);
}

#[test]
fn a_baseline_forgets_nothing_and_tells_what_is_new() {
    let at = folder(&[
        ("a.md", article("Lemden", &[FERRY, FERRY]).as_bytes()),
        ("b.md", article("Ossel", &[SCHOOL, SCHOOL]).as_bytes()),
    ]);
    let at = at.path();
    fn with<'a>(args: &[&'a str]) -> Vec<&'a str> {
        [&["--baseline", "known.json", "."], args].concat()
    }
    let output = run_in(at, &[&["check", "--isolated"], &with(&[])[..]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("help: --write-baseline writes one"), "{}", stderr(&output));
    assert_eq!(code(at, &with(&["--write-baseline"])), Some(0));
    let written = std::fs::read(at.join("known.json")).unwrap();
    assert_eq!(code(at, &with(&["--write-baseline"])), Some(0));
    assert_eq!(std::fs::read(at.join("known.json")).unwrap(), written, "the same findings, the same bytes");
    assert_eq!(code(at, &with(&[])), Some(0));
    assert_eq!(told(at, &with(&[])), [""; 0]);
    let statuses = |args: &[&str]| -> Vec<String> {
        let output = run_in(
            at,
            &[&["check", "--isolated", "-q", "--show-known", "--output-format", "json"], &with(args)[..]]
                .concat(),
        );
        let report: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", stderr(&output)));
        let mut all: Vec<String> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|finding| finding["status"].as_str().unwrap().to_owned())
            .collect();
        all.sort();
        let counted = &report["stats"]["statuses"];
        all.push(["new", "changed", "known", "gone"].map(|name| counted[name].to_string()).join(" "));
        all
    };
    assert_eq!(statuses(&[]), ["known", "known", "0 0 2 0"]);

    // People see it too.
    let shown = |format: &str| {
        stdout(&run_in(
            at,
            &[&["check", "--isolated", "-q", "--show-known", "--output-format", format], &with(&[])[..]]
                .concat(),
        ))
    };
    assert!(
        shown("concise").lines().all(|line| line.ends_with("(known)"))
            && shown("full").contains("= status: known")
    );
    assert!(shown("html").contains("<option value=\"known\">known (2)</option>"));

    // Lines move, a file is renamed, other text is edited.
    let text = std::fs::read_to_string(at.join("a.md"))
        .unwrap()
        .replace("# The news", "An opening line.\n\n# All the news");
    std::fs::write(at.join("renamed.md"), text.replace("has more", "says more")).unwrap();
    std::fs::remove_file(at.join("a.md")).unwrap();
    assert_eq!(statuses(&[]), ["known", "known", "0 0 2 0"]);

    // A new one is told alone; --fail-on-new fails for a warning too.
    std::fs::write(at.join("c.md"), article("Tarn", &[MARKET])).unwrap();
    std::fs::write(at.join("d.md"), article("Kiel", &[MARKET])).unwrap();
    assert_eq!(told(at, &with(&[])), ["TT101 d.md"]);
    assert_eq!((code(at, &with(&[])), code(at, &with(&["--fail-on-new"]))), (Some(0), Some(1)));
    assert_eq!(code(at, &with(&["--fail-on-new", "--exit-zero"])), Some(0));
    std::fs::remove_file(at.join("d.md")).unwrap();

    // A known text stands once more: a change, told where it is new.
    std::fs::write(at.join("b.md"), article("Ossel", &[SCHOOL, SCHOOL, SCHOOL])).unwrap();
    assert_eq!(statuses(&[]), ["changed", "known", "0 1 1 0"]);
    let output =
        run_in(at, &[&["check", "--isolated", "-q", "--output-format", "json"], &with(&[])[..]].concat());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let related: Vec<bool> = report["findings"][0]["members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|member| member["related"].as_bool().unwrap_or(false))
        .collect();
    assert_eq!(related, [true, true, false]);
    assert_eq!(code(at, &with(&[])), Some(1));

    // What is gone is counted, and taken out on request; nothing else is.
    std::fs::write(at.join("b.md"), article("Ossel", &[SCHOOL])).unwrap();
    assert_eq!(statuses(&[]), ["known", "0 0 1 1"]);
    assert_eq!(code(at, &with(&["--prune-baseline"])), Some(0));
    assert_eq!(statuses(&[]), ["known", "0 0 1 0"]);

    for (text, told) in [
        ("{", "not a baseline"),
        ("{\"schema_version\": 9, \"findings\": []}", "version 9"),
        ("[]", "not a baseline"),
    ] {
        std::fs::write(at.join("known.json"), text).unwrap();
        let output = run_in(at, &[&["check", "--isolated"], &with(&[])[..]].concat());
        assert!(output.status.code() == Some(2) && stderr(&output).contains(told), "{}", stderr(&output));
    }
    assert_eq!(code(at, &[".", "--fail-on-new"]), Some(2), "without a baseline nothing is new");
}

/// Five hundred old findings, and one that is new.
#[test]
fn an_old_repository_is_adopted() {
    let paragraph = |number: usize| {
        (0..24)
            .map(|word| format!("w{}", (number * 7919 + word * 104_729) % 999_983))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let files: Vec<(String, String)> = (0..50)
        .map(|file| {
            let text = (0..10)
                .map(|at| paragraph(file * 10 + at))
                .map(|text| format!("{text}\n\nBetween them.\n\n{text}\n\n"))
                .collect();
            (format!("{file}.md"), text)
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let at = folder(&files);
    let at = at.path();
    assert_eq!(told(at, &["."]).len(), 500);
    assert_eq!(code(at, &[".", "--baseline", "known.json", "--write-baseline"]), Some(0));
    assert_eq!(code(at, &[".", "--baseline", "known.json", "--fail-level", "info"]), Some(0));
    let output = run_in(at, &["check", ".", "--isolated", "--baseline", "known.json"]);
    assert!(
        stderr(&output).contains("no findings in 50 documents (0 new, 0 changed, 500 known, 0 gone)"),
        "{}",
        stderr(&output)
    );
    std::fs::write(
        at.join("7.md"),
        format!(
            "{}\n{FERRY}\n\nBetween them.\n\n{FERRY}\n",
            std::fs::read_to_string(at.join("7.md")).unwrap()
        ),
    )
    .unwrap();
    assert_eq!(told(at, &[".", "--baseline", "known.json"]), ["TT100 7.md"]);
    assert_eq!(code(at, &[".", "--baseline", "known.json"]), Some(1));
    // Silenced with a reason.
    std::fs::write(at.join("twicetold.toml"), "[[allow]]\nrule = \"pasted-twice\"\nbetween = [\"7.md\"]\nquote = \"divers have to look\"\nreason = \"said twice on purpose\"\n").unwrap();
    assert_eq!(run_in(at, &["check", ".", "-q", "--baseline", "known.json"]).status.code(), Some(0));
}

#[test]
fn findings_are_selected_by_name() {
    let at = folder(&[
        ("a.md", article("Lemden", &[FERRY, FERRY]).as_bytes()),
        ("b.md", article("Ossel", &[SCHOOL]).as_bytes()),
        ("c.md", article("Tarn", &[SCHOOL]).as_bytes()),
    ]);
    let codes = |args: &[&str]| {
        told(at.path(), &[args, &["."]].concat()).iter().map(|line| line[..5].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[]), ["TT100", "TT101"]);
    assert_eq!(codes(&["--select", "TT100"]), ["TT100"]);
    assert_eq!(codes(&["--select", "TT1"]), ["TT100", "TT101"]);
    assert_eq!(codes(&["--select", "ALL", "--ignore", "copied-across"]), ["TT100"]);
    assert_eq!(codes(&["--ignore", "TT1"]), [""; 0]);
    assert_eq!(codes(&["--select", "TT2", "--extend-select", "TT101"]), ["TT101"]);
    assert_eq!(codes(&["--min-severity", "error"]), ["TT100"]);
    assert_eq!(code(at.path(), &["."]), Some(1));
    assert_eq!(code(at.path(), &[".", "--exit-zero"]), Some(0));
    let output = run_in(at.path(), &["check", ".", "--isolated", "--select", "copied-acros"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `copied-across`?"), "{}", stderr(&output));
}

#[test]
fn comments_silence_findings_with_a_reason() {
    let at = folder(&[]);
    let at = at.path();
    let write = |name: &str, text: &str| std::fs::write(at.join(name), text).unwrap();
    let next = "<!-- twicetold-disable-next-line TT100 -- said twice on purpose -->";
    write("a.md", &format!("# Lemden\n\n{FERRY}\n\nThen this.\n\n{next}\n{FERRY}\n"));
    assert_eq!(told(at, &["a.md"]), [""; 0]);
    assert_eq!(told(at, &["a.md", "--show-suppressed"]), ["TT100 a.md"]);
    let shown = |args: &[&str]| stdout(&run_in(at, &[&["check", "--isolated", "-q", "a.md"], args].concat()));
    assert!(
        shown(&["--show-suppressed", "--output-format", "concise"])
            .contains("(suppressed: said twice on purpose)")
    );
    assert!(shown(&["--show-suppressed"]).contains("= suppressed: said twice on purpose"));
    for format in ["grouped", "markdown", "html"] {
        assert!(
            shown(&["--show-suppressed", "--output-format", format]).contains("said twice on purpose"),
            "{format}"
        );
    }
    let json: Value =
        serde_json::from_str(&shown(&["--show-suppressed", "--output-format", "json"])).unwrap();
    assert_eq!(
        json["findings"][0]["suppressed"],
        serde_json::json!({ "by": "comment", "reason": "said twice on purpose" })
    );
    // Code scanning hears nothing of it, and it fails nothing, unless there are too many.
    assert!(shown(&["--show-suppressed", "--output-format", "sarif"]).contains("\"results\": []"));
    assert_eq!(code(at, &["a.md"]), Some(0));
    assert_eq!(code(at, &["a.md", "--max-suppressed", "1"]), Some(0));
    assert_eq!(code(at, &["a.md", "--max-suppressed", "0"]), Some(1));
    assert!(
        stderr(&run_in(at, &["check", "--isolated", "a.md"]))
            .contains("no findings in 1 document, 1 suppressed")
    );

    // By name and family, for all, for a stretch, for the article; in a page as in Markdown.
    for (before, between, expected) in [
        ("", "<!-- twicetold-disable-next-line pasted-twice -->", &[][..]),
        ("", "<!-- twicetold-disable-next-line TT1 -->", &[]),
        ("", "<!-- twicetold-disable-next-line -->", &[]),
        ("", "<!-- twicetold-disable-next-line TT101, TT100 -- both -->", &[]),
        ("", "<!--\n  twicetold-disable-next-line TT100 -- a\n  long reason\n-->", &[]),
        ("<!-- twicetold-disable-file TT100 -- a refrain -->", "", &[]),
        ("<!-- twicetold-disable TT100 -->", "<!-- twicetold-enable TT100 -->", &[]),
        ("", "<!-- twicetold-disable-next-line TT102 -->", &["TT100", "TT903"]),
        ("", "<!-- twicetold-disable-next-line TT10O -->", &["TT100", "TT904"]),
        ("", "<!-- twicetold-disabel TT100 -->", &["TT100", "TT904"]),
        ("<!-- twicetold-disable TT100 --><!-- twicetold-enable TT100 -->", "", &["TT100", "TT903"]),
        ("<!-- twicetold-enable -->", "", &["TT100", "TT903"]),
        ("<!-- some other comment about twicetold-disable -->", "", &["TT100"]),
        ("`<!-- twicetold-disable-file -->`", "", &["TT100"]),
    ] {
        write("b.md", &format!("# Lemden\n\n{before}\n\n{FERRY}\n\nThen this.\n\n{between}\n\n{FERRY}\n"));
        let page = format!(
            "<!doctype html><title>T</title><article><h1>Lemden</h1>\n{before}\n<p>{FERRY}</p>\n<p>Then this.</p>\n{between}\n<p>{FERRY}</p></article>"
        );
        write("b.html", &page.replace('`', ""));
        for name in ["b.md", "b.html"] {
            // In a page there is no code span to hold it.
            if before.starts_with('`') && name == "b.html" {
                continue;
            }
            let codes: Vec<String> = told(at, &[name]).iter().map(|line| line[..5].to_owned()).collect();
            assert_eq!(codes, expected, "{name}: {before} {between}");
        }
    }
    // Plain text has no comments, and script holds none.
    write("c.txt", &format!("{FERRY}\n\nThen this.\n\n{next}\n\n{FERRY}\n"));
    assert_eq!(told(at, &["c.txt"]), ["TT100 c.txt"]);
    write(
        "d.html",
        &format!(
            "<article><h1>Lemden</h1><script>let a = '{next}'</script><p>{FERRY}</p><p>Then.</p><p>{FERRY}</p></article>"
        ),
    );
    assert_eq!(told(at, &["d.html"]), ["TT100 d.html"]);
    // The message says where the comment stands.
    write("e.md", &format!("# Lemden\n\n<!-- twicetold-disable-file TT10O -->\n\n{FERRY}\n"));
    let text = stdout(&run_in(at, &["check", "--isolated", "e.md"]));
    assert!(
        text.contains("the comment on line 3 names `TT10O`") && text.contains("did you mean `TT100`?"),
        "{text}"
    );
    assert_eq!(told(at, &["e.md", "--ignore", "TT9"]), [""; 0]);
    // What is left out of a run is not unused.
    assert_eq!(told(at, &["a.md", "--ignore", "TT100"]), [""; 0]);
    assert_eq!(told(at, &["a.md", "--select", "TT2,TT9"]), [""; 0]);
    // Many comments cost no more than the text is long.
    let many = "<!-- twicetold-disable TT100 -->\n\n<!-- twicetold-enable TT101 -->\n\nOne.\n\n".repeat(5000);
    write("f.md", &many);
    let started = std::time::Instant::now();
    assert_eq!(code(at, &["f.md", "--output-format", "json=f.json"]), Some(0));
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

#[test]
fn front_matter_and_records_silence_their_article() {
    let at = folder(&[]);
    let at = at.path();
    let body = format!("{FERRY}\n\nThen this.\n\n{FERRY}\n");
    for (front, expected) in [
        ("---\ntwicetold-disable: TT100 -- a refrain\n---\n", &[][..]),
        ("---\ntwicetold-disable: [TT102 -- x, pasted-twice]\n---\n", &["TT903"]),
        ("---\ntwicetold-disable: [TT100 -- x, foo]\n---\n", &["TT904"]),
        ("---\nTwicetold-Disable: true\n---\n", &[]),
        ("+++\ntwicetold-disable = [\"TT1\"]\n+++\n", &[]),
        ("+++\ntwicetold-disable = \"ALL\"\n+++\n", &[]),
        ("---\ntwicetold-disable: false\n---\n", &["TT100"]),
        ("---\ntwicetold-disable: [1, 2]\n---\n", &["TT100"]),
        ("---\ntwicetold-disable: TT102\n---\n", &["TT100", "TT903"]),
        ("---\ntwicetold-disable: TT10O\n---\n", &["TT100", "TT904"]),
    ] {
        std::fs::write(at.join("a.md"), format!("{front}# Lemden\n\n{body}")).unwrap();
        let mut codes: Vec<String> = told(at, &["a.md"]).iter().map(|line| line[..5].to_owned()).collect();
        codes.sort();
        assert_eq!(codes, expected, "{front}");
    }
    let record = |id: &str, field: Value| {
        serde_json::json!({ "id": id, "text": body, "series": "one", "twicetold-disable": field }).to_string()
    };
    let lines = [
        record("silent", "TT100 -- a refrain".into()),
        record("list", serde_json::json!(["TT100"])),
        record("all", true.into()),
        record("none", Value::Null),
        record("other", "TT200".into()),
    ];
    std::fs::write(at.join("feed.jsonl"), lines.join("\n")).unwrap();
    assert_eq!(
        told(at, &["feed.jsonl"]),
        ["TT100 feed.jsonl#none", "TT100 feed.jsonl#other", "TT903 feed.jsonl#other"]
    );
    let shown = check_json(at, &["feed.jsonl", "--isolated", "--show-suppressed"]);
    assert_eq!(
        shown["findings"]
            .as_array()
            .unwrap()
            .iter()
            .find(|f| f["members"][0]["path"] == "feed.jsonl#silent")
            .unwrap()["suppressed"],
        serde_json::json!({ "by": "field", "reason": "a refrain" })
    );
    // A metadata file says it for articles that cannot.
    std::fs::write(at.join("c.txt"), &body).unwrap();
    for (field, expected) in
        [("\"TT100 -- a song\"", 0), ("[\"TT100\"]", 0), ("true", 0), ("false", 1), ("\"\"", 1)]
    {
        std::fs::write(at.join("m.toml"), format!("[\"c.txt\"]\ntwicetold-disable = {field}\n")).unwrap();
        let line = format!("{{\"path\":\"c.txt\",\"twicetold-disable\":{field}}}\n");
        std::fs::write(at.join("m.jsonl"), line).unwrap();
        for table in ["m.toml", "m.jsonl"] {
            assert_eq!(told(at, &["c.txt", "--metadata", table]).len(), expected, "{table}: {field}");
        }
    }
    // The message names the field.
    std::fs::write(at.join("a.md"), format!("---\ntwicetold-disable: TT102\n---\n# Lemden\n\n{FERRY}\n"))
        .unwrap();
    let text = stdout(&run_in(at, &["check", "--isolated", "a.md", "--output-format", "concise"]));
    assert!(text.contains("a.md:4:3: warning[TT903] the field twicetold-disable silences nothing"), "{text}");
}

#[test]
fn a_configuration_to_start_from() {
    let at = folder(&[("a.md", article("Lemden", &[FERRY, FERRY]).as_bytes())]);
    let output = run_in(at.path(), &["init"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("--write-baseline"));
    let written = std::fs::read_to_string(at.path().join("twicetold.toml")).unwrap();
    assert_eq!(run_in(at.path(), &["check", ".", "-q"]).status.code(), Some(1));
    // With all that it offers switched on, but for what names files that are not there.
    let is_comment = |line: &&str| line.starts_with("# ") && (line.contains(" = ") || line.contains("[["));
    let all: Vec<&str> = written
        .lines()
        .map(|line| if is_comment(&line) { &line[2..] } else { line })
        .filter(|line| {
            let files = ["extend", "metadata", "furniture", "rule-files"];
            !files.iter().any(|key| line.starts_with(key))
        })
        .collect();
    std::fs::write(at.path().join("twicetold.toml"), all.join("\n")).unwrap();
    let output = run_in(at.path(), &["check", "."]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let again = run_in(at.path(), &["init"]);
    assert!(again.status.code() == Some(2) && stderr(&again).contains("is there already"));
    assert_eq!(std::fs::read_to_string(at.path().join("twicetold.toml")).unwrap(), all.join("\n"));
    assert_eq!(run_in(at.path(), &["init", "nowhere"]).status.code(), Some(2));
}

#[test]
fn shells_and_manuals_know_the_arguments() {
    let at = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let text = stdout(&run_in(at.path(), &["completions", shell]));
        assert!(
            text.contains("twicetold") && text.contains("since") && text.contains("word-diff"),
            "{shell}"
        );
    }
    std::fs::write(at.path().join("complete.bash"), stdout(&run_in(at.path(), &["completions", "bash"])))
        .unwrap();
    if let Ok(bash) = Command::new("bash").args(["-n", "complete.bash"]).current_dir(at.path()).output() {
        assert!(bash.status.success(), "{}", stderr(&bash));
    }
    assert_eq!(run_in(at.path(), &["man", "pages"]).status.code(), Some(0));
    let page = |name: &str| std::fs::read_to_string(at.path().join("pages").join(name)).unwrap();
    assert!(
        page("twicetold.1").contains(".TH twicetold 1")
            && page("twicetold.1").contains("twicetold\\-diff(1)")
    );
    assert!(
        page("twicetold-check.1").contains("\\-\\-since")
            && page("twicetold-check.1").contains("twicetold\\-check")
    );
    assert!(page("twicetold-diff.1").contains("\\-\\-word\\-diff"));
}
