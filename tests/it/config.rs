//! Where configuration comes from, what holds of it, and what is said where it is wrong.

use super::{check_json, folder, run_in, stderr, stdout, twicetold};
use serde_json::Value;
use std::path::Path;

/// A paragraph, pasted into two articles and twice into one.
const LOCK: &str = "The lock keeper of Ostermoor closed both gates before dawn, when the water stood a hand below \
                    the crest, and sent the two barges that had waited back to the basin of the old sugar works.";
const MILL: &str = "Nobody has ground any corn in the mill of Hallenbeck since the winter in which its wheel froze \
                    to the sluice, yet the miller's widow oils the shaft every spring as her husband had done.";

/// `a.md` says the same twice, and so does `archive/b.md` once more.
fn corpus(more: &[(&str, &str)]) -> tempfile::TempDir {
    let twice =
        format!("# Locks\n\n{LOCK}\n\nBetween them stands another paragraph of no great length.\n\n{LOCK}\n");
    let once = format!("# Mills\n\n{MILL}\n");
    let again = format!("# Archive\n\n{MILL}\n\nAnd it was told that this was so.\n");
    let mut files = vec![("a.md", twice.as_str()), ("c.md", &once), ("archive/b.md", &again)];
    files.extend(more);
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    folder(&files)
}

/// The codes and severities of the findings, and where the first of their places is.
fn found(at: &Path, args: &[&str]) -> Vec<String> {
    let report = check_json(at, args);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| format!("{} {}", text(&finding["code"]), text(&finding["severity"]))).collect()
}

#[test]
fn a_configuration_adds_to_the_one_it_extends() {
    let at = corpus(&[
        (
            "house/base.toml",
            "[corpus]\nexclude = [\"c.md\"]\n[rules]\nTT100 = \"info\"\nTT101 = \"error\"\n[duplicates]\nmin-words = 12\n",
        ),
        (
            "twicetold.toml",
            "extend = \"house/base.toml\"\n[corpus]\nexclude = [\"nothing\"]\n[rules]\nTT100 = \"warning\"\n",
        ),
    ]);
    let at = at.path();
    assert_eq!(found(at, &["."]), ["TT100 warning"]);
    assert_eq!(found(at, &[".", "--isolated"]), ["TT100 error", "TT101 warning"]);
    // By itself its globs speak of its own folder.
    assert_eq!(found(at, &[".", "--config", "house/base.toml"]), ["TT100 info", "TT101 error"]);
    // Paths are of the file in which they stand, wherever the run is.
    std::fs::write(at.join("house/base.toml"), "[corpus]\nfurniture = [\"own.toml\"]\n").unwrap();
    let told = stderr(&run_in(at, &["check", "."]));
    assert!(told.contains("house/own.toml: no such file"), "{told}");
}

#[test]
fn what_cannot_be_extended_is_told_where_it_is_named() {
    let at = corpus(&[
        ("twicetold.toml", "# mine\nextend = \"none.toml\"\n"),
        ("one.toml", "extend = \"two.toml\"\n"),
        ("two.toml", "\nextend = \"./one.toml\"\n"),
        ("self.toml", "extend = \"self.toml\"\n"),
        ("broken.toml", "extend = \"wrong.toml\"\n"),
        ("wrong.toml", "[corpus]\nexclud = []\n"),
        ("number.toml", "extend = 3\n"),
    ]);
    for (args, expected) in [
        (&[][..], "twicetold.toml:2:10: `none.toml` cannot be read: no such file"),
        (&["--config", "one.toml"], "two.toml:2:10: `./one.toml` extends this file, which extends it"),
        (&["--config", "self.toml"], "self.toml:1:10: `self.toml` extends this file"),
        (&["--config", "broken.toml"], "wrong.toml:2:1: unknown key `exclud`\nhelp: did you mean `exclude`?"),
        (&["--config", "number.toml"], "number.toml:1:10: invalid type: integer `3`"),
        (
            &["--isolated", "--config", "extend=one.toml"],
            "only a file can extend another\nhelp: name the file with --config FILE",
        ),
        (&["--config", "absent.toml"], "failed to read the configuration absent.toml: no such file"),
        (&["--config", "one.toml", "--config", "self.toml"], "two configurations are named"),
        (&["--isolated", "--config", "one.toml"], "--isolated and --config one.toml do not go together"),
    ] {
        let output = run_in(at.path(), &[&["check", "a.md"], args].concat());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(stderr(&output).contains(expected), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn another_version_is_asked_for_before_its_keys_are() {
    let own = env!("CARGO_PKG_VERSION");
    for (line, expected) in [
        ("required-version = \">=77.1\"\nkey-of-the-future = 1\n", ":1:1: this is version"),
        ("[corpus]\n", ""),
        ("required-version = \"newest\"\n", "`newest` names no versions"),
        ("required-version = 7\n", "invalid type: integer `7`"),
        (&format!("required-version = \">={own}, <77\"\n"), ""),
    ] {
        let at = corpus(&[("twicetold.toml", line)]);
        let output = run_in(at.path(), &["check", "c.md", "-q"]);
        let code = if expected.is_empty() { 0 } else { 2 };
        assert_eq!(output.status.code(), Some(code), "{line}: {}", stderr(&output));
        assert!(stderr(&output).contains(expected), "{line}: {}", stderr(&output));
    }
}

#[test]
fn a_single_setting_stands_over_the_file() {
    let at = corpus(&[
        ("twicetold.toml", "[rules]\nTT100 = \"info\"\n"),
        ("x=y.toml", "[rules]\nTT1 = \"off\"\n"),
    ]);
    let at = at.path();
    for (args, expected) in [
        (&["--config", "rules.TT100=warning"][..], &["TT100 warning", "TT101 warning"][..]),
        (&["--config", "rules.TT100 = \"off\"", "--config", "rules={TT101 = \"info\"}"], &["TT101 info"]),
        (
            &["--config", "rules.TT100=off", "--config", "rules.TT100=error"],
            &["TT100 error", "TT101 warning"],
        ),
        (&["--config", "duplicates.min-words=200"], &[]),
        (&["--config", "duplicates.cross-only=true"], &["TT101 warning"]),
        (&["--config", "corpus.exclude=['archive']"], &["TT100 info"]),
        (&["--isolated", "--config", "rules.TT101=off"], &["TT100 error"]),
        // A file of such a name is a file.
        (&["--config", "x=y.toml"], &[]),
    ] {
        assert_eq!(found(at, &[&["."], args].concat()), expected, "{args:?}");
    }
    for (setting, expected) in [
        ("rules.TT100=loud", "--config 'rules.TT100=loud': unknown variant `loud`, expected one of"),
        ("rules.TT999=off", "`TT999` is neither a code nor a rule"),
        ("corpus.exclud=[]", "unknown key `exclud`\nhelp: did you mean `exclude`?"),
        ("exclude=[\"a\"]", "unknown key `exclude`\nhelp: it stands under [corpus]"),
        ("corpus.exclude=[\"a\"", "--config 'corpus.exclude=[\"a\"': "),
        ("duplicates.jaccard=1.5", "`1.5` is not a number above 0 and up to 1"),
        ("duplicates.min-words=-3", "invalid value: integer `-3`"),
        ("=", "--config '=': "),
        ("corpus.input-format=htlm", "`htlm` is no format\nhelp: did you mean"),
        ("corpus.encoding=utf-9", "`utf-9` is no encoding"),
    ] {
        let output = run_in(at, &["check", ".", "--config", setting]);
        assert_eq!(output.status.code(), Some(2), "{setting}");
        assert!(stderr(&output).contains(expected), "{setting}: {}", stderr(&output));
    }
}

#[test]
fn the_environment_names_a_configuration() {
    let at =
        corpus(&[("twicetold.toml", "[rules]\nTT1 = \"off\"\n"), ("ci.toml", "[rules]\nTT1 = \"info\"\n")]);
    let codes = |name: &str, value: &str, args: &[&str]| {
        let mut command = twicetold();
        command.current_dir(at.path()).env(name, value).args(["check", ".", "--output-format", "concise"]);
        let output = command.args(args).output().unwrap();
        (output.status.code(), stdout(&output).matches("info[TT1").count())
    };
    assert_eq!(codes("TWICETOLD_CONFIG", "ci.toml", &[]), (Some(0), 2));
    // Set and empty is not set; what is said on the command line comes first.
    assert_eq!(codes("TWICETOLD_CONFIG", "", &[]), (Some(0), 0));
    assert_eq!(codes("TWICETOLD_CONFIG", "ci.toml", &["--config", "twicetold.toml"]), (Some(0), 0));
    assert_eq!(codes("TWICETOLD_CONFIG", "ci.toml", &["--config", "rules.TT101=off"]), (Some(0), 1));
    assert_eq!(codes("TWICETOLD_CONFIG", "ci.toml", &["--isolated"]), (Some(1), 0));
    assert_eq!(codes("TWICETOLD_CONFIG", "nowhere.toml", &[]), (Some(2), 0));
}

#[test]
fn the_environment_says_what_flags_say() {
    let at = corpus(&[]);
    let run = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = twicetold();
        command.current_dir(at.path()).envs(variables.iter().copied()).args(["check", "."]);
        let output = command.args(args).output().unwrap();
        (output.status.code(), stdout(&output), stderr(&output))
    };
    let (code, text, _) =
        run(&[("TWICETOLD_OUTPUT_FORMAT", "concise"), ("TWICETOLD_FAIL_LEVEL", "none")], &[]);
    assert!(code == Some(0) && text.lines().all(|line| line.contains("[TT")), "{text}");
    let (code, text, _) = run(&[("TWICETOLD_OUTPUT_FORMAT", "concise")], &["--output-format", "json"]);
    assert!(code == Some(1) && text.starts_with('{'), "the command line comes first: {text}");
    let (_, text, _) = run(&[("TWICETOLD_COLOR", "always"), ("TWICETOLD_THREADS", "1")], &[]);
    assert!(text.contains("\u{1b}["), "{text}");
    for name in ["OUTPUT_FORMAT", "FAIL_LEVEL", "COLOR", "THREADS", "CACHE_DIR", "NO_CACHE", "CONFIG"] {
        let name = format!("TWICETOLD_{name}");
        assert_eq!(run(&[(&name, "")], &[]).0, Some(1), "{name} is set to nothing");
        if !name.contains("CACHE") {
            assert_eq!(run(&[(&name, "nonsense")], &[]).0, Some(2), "{name} is nonsense");
        }
    }
    assert_eq!(run(&[("TWICETOLD_OUTPUT_FORMAT", "json")], &["--diff"]).0, Some(0));
}

#[test]
fn some_files_have_severities_of_their_own() {
    let at = corpus(&[(
        "twicetold.toml",
        "[[overrides]]\nfiles = [\"archive\"]\nrules = { TT1 = \"off\" }\n\n[[overrides]]\nfiles = [\"a.*\"]\nrules = { pasted-twice = \"info\" }\n",
    )]);
    let at = at.path();
    assert_eq!(found(at, &["."]), ["TT100 info"]);
    assert_eq!(
        found(at, &[".", "--config", "overrides=[{files=['archive/**'], rules={TT101='error'}}]"]),
        ["TT100 info", "TT101 error"]
    );
    for (entry, expected) in [
        ("files = [\"[a\"]\nrules = {}", "twicetold.toml:2:10: `[a` is no glob"),
        (
            "files = [\"a\"]\nrules = { TT9999 = \"off\" }",
            "twicetold.toml:3:11: `TT9999` is neither a code nor a rule",
        ),
        ("file = [\"a\"]", "unknown key `file`\nhelp: did you mean `files`?"),
        ("files = [\"a\"]", "missing field `rules`"),
        ("files = []\nrules = {}", "twicetold.toml:1:1: an entry for no files changes nothing"),
    ] {
        std::fs::write(at.join("twicetold.toml"), format!("[[overrides]]\n{entry}\n")).unwrap();
        let output = run_in(at, &["check", "."]);
        assert_eq!(output.status.code(), Some(2), "{entry}");
        assert!(stderr(&output).contains(expected), "{entry}: {}", stderr(&output));
    }
}

#[test]
fn globs_start_from_the_folder_of_their_file() {
    let at = corpus(&[
        (
            "twicetold.toml",
            "[corpus]\nexclude = [\"archive/b.md\"]\n[[overrides]]\nfiles = [\"sub/*.md\"]\nrules = { TT100 = \"info\" }\n[[allow]]\nrule = \"TT1\"\nbetween = [\"sub/deep/e.md\"]\nreason = \"meant\"\n",
        ),
        ("sub/d.md", &format!("{LOCK}\n\nAnd this.\n\n{LOCK}\n")),
        ("sub/deep/e.md", &format!("{MILL}\n\nAnd that.\n\n{MILL}\n")),
    ]);
    let top = at.path();
    let name = top.file_name().unwrap().to_str().unwrap();
    // Wherever one stands and however the path is given.
    for (folder, path) in
        [("", "."), ("sub", ".."), ("sub/deep", "../.."), ("..", name), ("", top.to_str().unwrap())]
    {
        let report = check_json(&top.join(folder), &[path]);
        let documents = report["documents"].as_array().unwrap().len();
        let mut severities: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|finding| finding["code"] == "TT100")
            .map(|finding| finding["severity"].as_str().unwrap())
            .collect();
        severities.sort_unstable();
        assert_eq!((documents, severities), (4, vec!["error", "info"]), "{folder} {path}");
        let codes: Vec<&Value> =
            report["findings"].as_array().unwrap().iter().map(|finding| &finding["code"]).collect();
        assert!(!codes.iter().any(|code| *code == "TT902"), "{folder} {path}: {codes:?}");
    }
    // What lies above the folder is nobody's business.
    std::fs::write(
        top.join("twicetold.toml"),
        format!("[[overrides]]\nfiles = [\"{name}\"]\nrules = {{ TT1 = \"off\" }}\n"),
    )
    .unwrap();
    assert_eq!(run_in(top, &["check", top.join("a.md").to_str().unwrap(), "-q"]).status.code(), Some(1));
}

#[test]
fn sections_say_what_their_flags_say() {
    let gazette = "[\"c.md\"]\nsource = \"Gazette\"\n";
    let at = corpus(&[
        ("conf/m.toml", gazette),
        (
            "conf/twicetold.toml",
            "[corpus]\nmetadata = \"m.toml\"\ninput-format = \"md\"\nencoding = \"utf-8\"\n",
        ),
        ("story.toml", "[conflicts]\none-story = true\n"),
        ("one.txt", "The factory in Brell was founded in 1901 by the brothers Anton and Emil Sorge."),
        ("two.txt", "The council looked at plans for a school. The budget comes to 3 million euros."),
    ]);
    let at = at.path();
    let report = check_json(at, &[".", "--config", "conf/twicetold.toml"]);
    let sources: Vec<&str> = report["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|document| document["source"].as_str())
        .collect();
    assert_eq!(sources, ["Gazette"]);
    let listed = stdout(&run_in(at, &["check", ".", "--show-files", "--config", "conf/twicetold.toml"]));
    assert!(listed.lines().all(|line| line.starts_with("md ")), "{listed}");
    // A flag comes first, also where it says what would hold anyway.
    let auto = ["check", ".", "--show-files", "--config", "conf/twicetold.toml", "--input-format", "auto"];
    assert!(stdout(&run_in(at, &auto)).contains("txt"), "{}", stdout(&run_in(at, &auto)));
    assert_eq!(run_in(at, &["check", ".", "--config", "story.toml", "-q"]).status.code(), Some(1));
}

#[test]
fn what_holds_is_shown_with_its_places_and_means_the_same() {
    let at = corpus(&[
        (
            "house/base.toml",
            "[corpus]\nexclude = [\"drafts\"]\nfurniture = [\"lines.toml\"]\n[rules]\nTT103 = \"info\"\n[[allow]]\nrule = \"pasted-twice\"\nbetween = [\"a.md\"]\nreason = \"a \\\"refrain\\\"\\nof two lines\"\nuntil = 2039-12-31\n",
        ),
        (
            "house/lines.toml",
            "[[pattern]]\nkind = \"furniture\"\nreason = \"house line\"\nphrases = [\"the ostby post thanks **\"]\n",
        ),
        (
            "twicetold.toml",
            "extend = \"house/base.toml\"\nrequired-version = \">=0.0.1\"\n[corpus]\nexclude = [\"tmp\"]\n[duplicates]\njaccard = 0.625\n[[overrides]]\nfiles = [\"archive\"]\nrules = { TT101 = \"info\" }\n",
        ),
    ]);
    let at = at.path();
    let output = run_in(at, &["config", "show", "--config", "rules.TT103=off"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let shown = stdout(&output);
    for (line, place) in [
        ("exclude = [\"drafts\", \"tmp\"]", "house/base.toml, twicetold.toml"),
        ("jaccard = 0.625", "twicetold.toml"),
        ("containment = 0.5", "default"),
        ("min-words = 8", "default"),
        ("TT103 = \"off\"", "--config 'rules.TT103=off'"),
        ("[[allow]]", "house/base.toml"),
        ("[[overrides]]", "twicetold.toml"),
    ] {
        let found =
            shown.lines().find(|shown| shown.starts_with(line)).unwrap_or_else(|| panic!("{line}: {shown}"));
        assert_eq!(found.rsplit_once("  # ").map(|(_, place)| place), Some(place), "{shown}");
    }
    assert!(shown.contains("/house/lines.toml\"]") && shown.starts_with("# globs start from "), "{shown}");
    std::fs::write(at.join("again.toml"), &shown).unwrap();
    let again = stdout(&run_in(at, &["config", "show", "--config", "again.toml"]));
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.split("  #").next().unwrap().trim_end().to_owned()).collect()
    };
    assert_eq!(lines(&shown), lines(&again));
    assert_eq!(found(at, &["."]), found(at, &[".", "--config", "again.toml"]));
    // Nothing is shown that could not be used.
    std::fs::write(at.join("twicetold.toml"), "[rules]\nTT777 = \"off\"\n").unwrap();
    let output = run_in(at, &["config", "show"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), ""));
}

#[test]
fn configurations_follow_their_schema() {
    let at = corpus(&[]);
    let schema: Value = serde_json::from_str(&stdout(&run_in(at.path(), &["schema", "config"]))).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors = |text: &str| {
        let table: toml::Table = text.parse().unwrap();
        let text = serde_json::to_string(&table).unwrap();
        // What writes JSON of TOML wraps dates.
        let text = text.replace("{\"$__toml_private_datetime\":\"2039-12-31\"}", "\"2039-12-31\"");
        validator.iter_errors(&serde_json::from_str(&text).unwrap()).count()
    };
    assert_eq!(
        errors(
            "extend = \"b.toml\"\n[corpus]\nexclude = []\n[duplicates]\njaccard = 0.5\n[conflicts]\ndate-order = \"auto\"\n[rules]\nTT1 = \"off\"\n[[overrides]]\nfiles = [\"a\"]\nrules = {}\n[[allow]]\nrule = \"x\"\nreason = \"y\"\nuntil = 2039-12-31\n"
        ),
        0
    );
    assert_eq!(errors(&stdout(&run_in(at.path(), &["config", "show"]))), 0);
    for wrong in [
        "exclude = []",
        "[corpus]\nexclude = 1",
        "[rules]\nTT1 = \"loud\"",
        "[duplicates]\njaccard = 2.0",
        "[[allow]]\nrule = \"x\"",
    ] {
        assert!(errors(wrong) > 0, "{wrong}");
    }
}
