//! `--fix` takes out what was pasted twice in a row and nothing else, and `--diff` shows it first.

use super::{folder, run_in, stderr, stdout};
use std::path::Path;

const FERRY: &str = "The ferry to Lemden will not sail on Sunday, as divers have to look at its propeller, the harbour office said in the morning.";
const SCHOOL: &str = "Nobody was in the old school when its roof came down under the snow, and the town will now tear down what is left of it.";
const MARKET: &str = "The market moves to the square behind the church until autumn, because the stones of the old place have to be laid anew.";
const FESTE: &str = "Für das Fest am Häuptlingsweiher haben die Brüder Größe und Güte der Würste geprüft und über vierzig Fässer kühl gelagert.";

/// Mends a file of these bytes and gives what it holds then.
fn fixed(name: &str, bytes: &[u8], args: &[&str]) -> Vec<u8> {
    let at = folder(&[(name, bytes)]);
    let output = run_in(at.path(), &[&["check", name, "--isolated", "--fix", "--exit-zero"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let names: Vec<_> =
        std::fs::read_dir(at.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 1, "nothing else is left: {names:?}");
    std::fs::read(at.path().join(name)).unwrap()
}

fn text(name: &str, text: &str) -> String {
    String::from_utf8(fixed(name, text.as_bytes(), &[])).unwrap()
}

#[test]
fn what_follows_itself_is_removed() {
    let once = format!("# Lemden\n\n{FERRY}\n\n{SCHOOL}\n\n{MARKET}\n");
    for (name, pasted) in [
        ("a.md", format!("# Lemden\n\n{FERRY}\n\n{FERRY}\n\n{SCHOOL}\n\n{MARKET}\n")),
        ("a.md", format!("# Lemden\n\n{FERRY}\n\n{FERRY}\n\n\n\n{FERRY}\n\n{SCHOOL}\n\n{MARKET}\n")),
        ("a.md", format!("# Lemden\n\n{FERRY}\n\n{SCHOOL}\n\n{FERRY}\n\n{SCHOOL}\n\n{MARKET}\n")),
        (
            "a.txt",
            format!("# Lemden\n\n{FERRY}\n\n{SCHOOL}\n\n{MARKET}\n\n{FERRY}\n\n{SCHOOL}\n\n{MARKET}\n"),
        ),
        (
            "a.txt",
            format!("# Lemden\n\n{FERRY}\n\n{FERRY}\n\n{SCHOOL}\n\n{SCHOOL}\n\n{MARKET}\n\n{MARKET}\n"),
        ),
    ] {
        assert_eq!(text(name, &pasted), once, "{pasted}");
    }
    // Lines of a paragraph of its own, and no line break at the end.
    assert_eq!(text("a.txt", &format!("Lemden\n{FERRY}\n{FERRY}")), format!("Lemden\n{FERRY}"));
    let wrapped = FERRY.replace(", ", ",\n");
    assert_eq!(
        text("a.md", &format!("{wrapped}\n\n{wrapped}\n\n{SCHOOL}\n")),
        format!("{wrapped}\n\n{SCHOOL}\n")
    );
    assert_eq!(
        text("a.md", &format!("- {FERRY}\n- {FERRY}\n- {SCHOOL}\n")),
        format!("- {FERRY}\n- {SCHOOL}\n")
    );
    // With its markup.
    let bold = FERRY.replace("Sunday", "**Sunday**").replace("The ferry", "*The ferry*");
    assert_eq!(text("a.md", &format!("{bold}\n\n{bold}\n\n{SCHOOL}\n")), format!("{bold}\n\n{SCHOOL}\n"));
}

#[test]
fn whatever_may_be_meant_stays() {
    let link = |target: &str| FERRY.replace("Lemden", &format!("[Lemden](/{target})"));
    for (name, kept) in [
        // Not in a row, or with something between.
        ("a.md", format!("{FERRY}\n\n{SCHOOL}\n\n{FERRY}\n")),
        ("a.md", format!("{FERRY}\n\n* * *\n\n{FERRY}\n")),
        ("a.md", format!("{FERRY}\n\n![](ferry.png)\n\n{FERRY}\n")),
        ("a.md", format!("{FERRY}\n\n<!-- a note -->\n\n{FERRY}\n")),
        ("a.md", format!("1. {FERRY}\n2. {FERRY}\n")),
        ("a.md", format!("> {FERRY}\n>\n> {FERRY}\n")),
        ("a.md", format!("{FERRY}\n\n> {FERRY}\n")),
        // Not the same to the byte.
        ("a.md", format!("{}\n\n{}\n", link("a"), link("b"))),
        ("a.md", format!("{FERRY}\n\n{}\n", FERRY.replace("propeller", "rudder"))),
        ("a.md", format!("{FERRY}\n\n{}\n", FERRY.replace("Sunday", "**Sunday**"))),
        ("a.txt", format!("{FERRY}\n\n{}\n", FERRY.to_uppercase())),
        // A heading of the same words, and an item that keeps its list loose.
        ("a.md", format!("{FERRY}\n\n{FERRY}\n---\n\n{SCHOOL}\n")),
        ("a.md", format!("- {SCHOOL}\n- {FERRY}\n\n- {FERRY}\n- {MARKET}\n")),
        ("a.md", format!("1) {FERRY}\n\n1) {FERRY}\n")),
        // Too short for anybody to say.
        ("a.md", "Going, going.\n\nGoing, going.\n\nGone.\n".to_owned()),
        // Of other formats nobody knows which lines go together.
        ("a.html", format!("<article><h1>Lemden</h1>\n<p>{FERRY}</p>\n<p>{FERRY}</p>\n</article>")),
        ("a.jsonl", serde_json::json!({ "id": "1", "text": format!("{FERRY}\n\n{FERRY}") }).to_string()),
    ] {
        assert_eq!(text(name, &kept), kept, "{name}");
    }
}

#[test]
fn encodings_line_ends_and_modes_are_kept() {
    let pasted = |end: &str| [FESTE, FESTE, SCHOOL].join(&format!("{end}{end}")) + end;
    let once = |end: &str| [FESTE, SCHOOL].join(&format!("{end}{end}")) + end;
    let utf_16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    let latin =
        |text: &str| -> Vec<u8> { text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect() };
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(fixed("a.txt", pasted(end).as_bytes(), &[]), once(end).as_bytes(), "{end:?}");
        assert_eq!(fixed("a.txt", &utf_16(&pasted(end)), &[]), utf_16(&once(end)), "{end:?}");
        assert_eq!(
            fixed("a.txt", &latin(&pasted(end)), &["--encoding", "windows-1252"]),
            latin(&once(end)),
            "{end:?}"
        );
        let bom = format!("\u{feff}{}", pasted(end));
        assert_eq!(
            fixed("a.md", bom.as_bytes(), &[]),
            format!("\u{feff}{}", once(end)).as_bytes(),
            "{end:?}"
        );
    }
    // Bytes that are no text stay what they are.
    let broken =
        [b"\xff\xfe\xfd ", FERRY.as_bytes(), b"\n\n", SCHOOL.as_bytes(), b"\n\n", SCHOOL.as_bytes(), b"\n"]
            .concat();
    let mended = fixed("a.txt", &broken, &["--encoding", "utf-8"]);
    assert!(
        mended == broken || mended == [&broken[..broken.len() - SCHOOL.len() - 2]].concat(),
        "{}",
        mended.len()
    );
}

#[cfg(unix)]
#[test]
fn modes_and_links_are_kept() {
    use std::os::unix::fs::PermissionsExt;
    let twice = format!("{FERRY}\n\n{FERRY}\n");
    let at = folder(&[("real/a.md", twice.as_bytes()), ("locked.md", twice.as_bytes())]);
    let path = |name: &str| at.path().join(name);
    let mode = |name: &str| std::fs::metadata(path(name)).unwrap().permissions().mode() & 0o7777;
    std::fs::set_permissions(path("real/a.md"), std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::set_permissions(path("locked.md"), std::fs::Permissions::from_mode(0o444)).unwrap();
    std::os::unix::fs::symlink("real/a.md", path("link.md")).unwrap();
    std::fs::write(path("one.md"), &twice).unwrap();
    std::fs::hard_link(path("one.md"), path("two.md")).unwrap();
    let linked = run_in(at.path(), &["check", "one.md", "--isolated", "--fix"]);
    assert!(stderr(&linked).contains("one.md is not fixed: it has another name"), "{}", stderr(&linked));
    assert_eq!(std::fs::read_to_string(path("two.md")).unwrap(), twice);
    let output = run_in(at.path(), &["check", "link.md", "locked.md", "--isolated", "--fix"]);
    assert!(std::fs::symlink_metadata(path("link.md")).unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(path("real/a.md")).unwrap(), format!("{FERRY}\n"));
    assert_eq!((mode("real/a.md"), mode("locked.md")), (0o640, 0o444));
    assert_eq!(std::fs::read_to_string(path("locked.md")).unwrap(), twice);
    assert!(
        stderr(&output).contains("warning: locked.md is not fixed: it may not be written to"),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(1), "what is not fixed is found");
}

#[test]
fn what_is_silenced_known_or_not_asked_for_stays() {
    let twice = format!("{FERRY}\n\n{FERRY}\n");
    let silenced = format!("<!-- twicetold-disable TT100 -- a refrain -->\n\n{twice}");
    assert_eq!(text("a.md", &silenced), silenced);
    let both = |args: &[&str], config: &str| {
        let at = folder(&[
            ("a.md", twice.as_bytes()),
            ("b.md", format!("{SCHOOL}\n\n{SCHOOL}\n").as_bytes()),
            ("twicetold.toml", config.as_bytes()),
        ]);
        run_in(at.path(), &["check", "a.md", "--baseline", "known.json", "--write-baseline"]);
        let output = run_in(at.path(), &[&["check", "--fix"], args].concat());
        assert_ne!(output.status.code(), Some(2), "{}", stderr(&output));
        let length =
            |name: &str| std::fs::read_to_string(at.path().join(name)).unwrap().matches("\n\n").count();
        (length("a.md"), length("b.md"))
    };
    assert_eq!(both(&["."], ""), (0, 0));
    assert_eq!(both(&[".", "--baseline", "known.json"], ""), (1, 0));
    assert_eq!(both(&["b.md", "--against", "a.md"], ""), (1, 0));
    assert_eq!(both(&[".", "--ignore", "TT100"], ""), (1, 1));
    assert_eq!(
        both(&["."], "[[allow]]\nrule = \"pasted-twice\"\nbetween = [\"b.md\"]\nreason = \"x\"\n"),
        (0, 1)
    );
    assert_eq!(both(&["."], "[[overrides]]\nfiles = [\"a.md\"]\nrules = { TT100 = \"off\" }\n"), (1, 0));
}

#[test]
fn the_difference_is_shown_first() {
    let twice = format!("# Lemden\n\n{FERRY}\n\n{FERRY}\n\n{SCHOOL}\n");
    let at = folder(&[("a.md", twice.as_bytes()), ("b.md", SCHOOL.as_bytes())]);
    let at = at.path();
    let plain = run_in(at, &["check", ".", "--isolated"]);
    assert!(
        stderr(&plain).contains("help: --fix removes a copy that follows its original"),
        "{}",
        stderr(&plain)
    );
    let diff = run_in(at, &["check", ".", "--isolated", "--diff"]);
    assert_eq!(diff.status.code(), Some(1));
    let shown = stdout(&diff);
    assert!(shown.starts_with("--- a/a.md\n+++ b/a.md\n@@ "), "{shown}");
    assert!(shown.contains(&format!("\n-{FERRY}\n")) && !shown.contains("b.md"), "{shown}");
    assert!(stderr(&diff).contains("--fix would remove 1 copy from 1 file"));
    assert_eq!(std::fs::read_to_string(at.join("a.md")).unwrap(), twice);
    // `git apply` takes it, and it is what --fix does.
    std::fs::create_dir(at.join("patched")).unwrap();
    std::fs::copy(at.join("a.md"), at.join("patched/a.md")).unwrap();
    std::fs::write(at.join("change.diff"), &shown).unwrap();
    let git = std::process::Command::new("git")
        .args(["apply", "-p1", "../change.diff"])
        .current_dir(at.join("patched"))
        .status()
        .unwrap();
    assert!(git.success());
    let fix = run_in(at, &["check", "a.md", "b.md", "--isolated", "--fix"]);
    assert!(stderr(&fix).contains(", 1 fixed"), "{}", stderr(&fix));
    assert_eq!(std::fs::read(at.join("a.md")).unwrap(), std::fs::read(at.join("patched/a.md")).unwrap());
    let nothing = run_in(at, &["check", "a.md", "--isolated", "--diff"]);
    assert_eq!((nothing.status.code(), stdout(&nothing).as_str()), (Some(0), ""));
    assert!(stderr(&nothing).contains("nothing to fix"));
    for (args, told) in [
        (&["check", "-", "--fix"][..], "standard input is none"),
        (&["check", ".", "--fix", "--diff"], "cannot be used with"),
        (&["check", ".", "--diff", "--output-format", "json"], "--diff shows changes and no findings"),
    ] {
        let output = run_in(at, args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(told), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_patch_of_any_file_can_be_applied() {
    let twice = format!("{FESTE}\r\n\r\n{FESTE}\r\n");
    let latin: Vec<u8> = twice.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let bom = format!("\u{feff}{FERRY}\n\n{FERRY}");
    let cr = format!("{FERRY}\r\r{FERRY}\r");
    let files: [(&str, &[u8]); 6] = [
        ("crlf.md", twice.as_bytes()),
        ("latin.txt", &latin),
        ("deep er/b\u{fc}m.md", bom.as_bytes()),
        ("tab\tbed.md", bom.as_bytes()),
        ("cr.txt", cr.as_bytes()),
        (
            "wide.txt",
            &[0xff, 0xfe]
                .into_iter()
                .chain(twice.encode_utf16().flat_map(u16::to_le_bytes))
                .collect::<Vec<u8>>(),
        ),
    ];
    let at = folder(&files);
    let git =
        |args: &[&str]| std::process::Command::new("git").args(args).current_dir(at.path()).output().unwrap();
    git(&["init", "-q"]);
    // From a folder inside, and by absolute paths, names start at the root.
    let deep = at.path().join("deep er");
    let diff = run_in(&deep, &["check", "..", "--isolated", "--diff"]);
    let shown = String::from_utf8_lossy(&diff.stdout).into_owned();
    assert!(shown.contains("+++ b/crlf.md") && shown.contains("+++ \"b/tab\\011bed.md\""), "{shown}");
    for unshown in ["cr.txt", "wide.txt"] {
        assert!(
            stderr(&diff).contains(&format!("warning: ../{unshown} would be fixed")),
            "{}",
            stderr(&diff)
        );
    }
    std::fs::write(at.path().join(".git/change.diff"), &diff.stdout).unwrap();
    let applied = git(&["apply", ".git/change.diff"]);
    assert!(applied.status.success(), "{}\n{}", stderr(&applied), String::from_utf8_lossy(&diff.stdout));
    let by_patch: Vec<Vec<u8>> =
        files.iter().map(|(name, _)| std::fs::read(at.path().join(name)).unwrap()).collect();
    for (name, bytes) in files {
        std::fs::write(at.path().join(name), bytes).unwrap();
    }
    run_in(at.path(), &["check", ".", "--isolated", "--fix"]);
    for ((name, bytes), by_patch) in files.iter().zip(by_patch).take(4) {
        let fixed = std::fs::read(at.path().join(name)).unwrap();
        assert!(fixed == by_patch && fixed.len() < bytes.len(), "{name}");
    }
}

#[test]
fn conflicts_are_never_fixed() {
    for case in ["first-meeting-conflict", "drifted-copy", "slips-inside", "copied-across"] {
        let from = super::root().join("tests/cases").join(case);
        let at = tempfile::tempdir().unwrap();
        let names: Vec<String> = std::fs::read_dir(&from)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| !name.contains("expected") && !name.contains("toml"))
            .collect();
        for name in &names {
            std::fs::copy(from.join(name), at.path().join(name)).unwrap();
        }
        let output = run_in(at.path(), &["check", ".", "--isolated", "--fix"]);
        assert!(!stderr(&output).contains("fixed"), "{case}: {}", stderr(&output));
        for name in &names {
            assert_eq!(
                std::fs::read(at.path().join(name)).unwrap(),
                std::fs::read(from.join(name)).unwrap(),
                "{case}/{name}"
            );
        }
    }
}

#[test]
fn articles_of_any_make_lose_their_repetitions_and_nothing_else() {
    let paragraphs = [FERRY, SCHOOL, MARKET, "A short line.", "* * *"];
    let at = tempfile::tempdir().unwrap();
    let mut state = 7_u32;
    let mut random = |below: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 16) as usize % below
    };
    let file = |number: usize, folder: &Path| folder.join(format!("{number}.md"));
    let texts: Vec<String> = (0..60)
        .map(|_| {
            let length = 1 + random(7);
            (0..length).map(|_| format!("{}\n\n", paragraphs[random(paragraphs.len())])).collect()
        })
        .collect();
    for (number, text) in texts.iter().enumerate() {
        std::fs::write(file(number, at.path()), text).unwrap();
    }
    let fix = || {
        run_in(at.path(), &["check", ".", "--isolated", "--fix", "--exit-zero", "-q", "--select", "TT100"])
    };
    assert_eq!(fix().status.code(), Some(0));
    let blocks = |text: &str| -> Vec<String> {
        text.split("\n\n").filter(|block| !block.is_empty()).map(str::to_owned).collect()
    };
    let is_long = |block: &str| block.split(' ').count() > 8;
    for (number, text) in texts.iter().enumerate() {
        let found = std::fs::read_to_string(file(number, at.path())).unwrap();
        let (old, new) = (blocks(text), blocks(&found));
        // What is left stands there in the same order, and nothing long follows itself.
        let mut rest = old.iter();
        assert!(new.iter().all(|block| rest.any(|other| other == block)), "{text}");
        assert!(!new.windows(2).any(|pair| pair[0] == pair[1] && is_long(&pair[0])), "{text}\n---\n{found}");
        let kinds = |blocks: &[String]| blocks.iter().cloned().collect::<std::collections::BTreeSet<_>>();
        assert_eq!(kinds(&old), kinds(&new), "nothing is lost");
    }
    let before: Vec<Vec<u8>> =
        (0..60).map(|number| std::fs::read(file(number, at.path())).unwrap()).collect();
    fix();
    let after: Vec<Vec<u8>> = (0..60).map(|number| std::fs::read(file(number, at.path())).unwrap()).collect();
    assert_eq!(before, after, "a second time there is nothing to do");
}
