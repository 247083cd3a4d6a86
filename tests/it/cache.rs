//! What is kept from run to run changes nothing but the time, whatever happens to it.

use super::{root, stderr, stdout, twicetold};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

/// Articles of the test cases, as many as a cache is of use for.
fn articles() -> Vec<String> {
    let folders = std::fs::read_dir(root().join("tests/cases")).unwrap();
    let names = folders.map(|folder| folder.unwrap().file_name().to_string_lossy().into_owned());
    let sets = ["story-a", "story-b", "story-c"];
    let is_wanted = |name: &String| sets.iter().any(|set| name.starts_with(set));
    let mut names: Vec<String> = names.filter(is_wanted).collect();
    names.sort();
    names.iter().map(|name| format!("tests/cases/{name}")).collect()
}

/// A run over them, as JSON, with a cache.
fn check(cache: &Path, args: &[&str]) -> Command {
    let mut command = twicetold();
    command.current_dir(root()).env_remove("TWICETOLD_NO_CACHE").env("TWICETOLD_CACHE_DIR", cache);
    command.arg("check").args(articles()).args(["--isolated", "--output-format", "json"]).args(args);
    command
}

fn output(cache: &Path, args: &[&str]) -> Output {
    let output = check(cache, args).output().unwrap();
    assert_ne!(output.status.code(), Some(2), "{}", stderr(&output));
    output
}

/// The same without one: what is right.
fn truth(args: &[&str]) -> Output {
    output(Path::new(""), &[&["--no-cache"], args].concat())
}

/// How many documents were known and how many read anew, as `--timings` tells.
fn counts(cache: &Path, args: &[&str]) -> (usize, usize) {
    let told = stderr(&output(cache, &[&["--timings"], args].concat()));
    let line = told.lines().find(|line| line.starts_with("cache ")).unwrap().to_owned();
    let numbers: Vec<usize> = line.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    (numbers[0], numbers[1])
}

/// The shards of a cache, and how many files killed runs have left.
fn files(cache: &Path) -> (Vec<Vec<u8>>, usize) {
    let paths = || std::fs::read_dir(cache).into_iter().flatten().map(|entry| entry.unwrap().path());
    let is = |path: &Path, end: &str| path.extension().is_some_and(|extension| extension == end);
    let shards = paths().filter(|path| is(path, "shard")).map(|path| std::fs::read(path).unwrap()).collect();
    (shards, paths().filter(|path| is(path, "tmp")).count())
}

#[test]
fn a_second_run_says_the_same() {
    let at = tempfile::tempdir().unwrap();
    let cache = at.path().join("cache");
    let expected = truth(&[]);
    assert!(!cache.exists());
    let documents = counts(&cache, &[]).1;
    assert!(documents >= 60, "{documents}");
    assert_eq!(counts(&cache, &[]), (documents, 0));
    let again = output(&cache, &[]);
    assert_eq!((again.status.code(), &again.stdout), (expected.status.code(), &expected.stdout));
    // Other options read other things, and are kept beside the first.
    for args in [
        &["--date-order", "day-month-year"][..],
        &["--published", "2021-03-04"],
        &["--config", "conflicts.disable=['events']"],
        &["--jaccard", "0.8"],
        &["--encoding", "windows-1252"],
        &["-j", "1"],
    ] {
        let expected = truth(args);
        for _ in 0..2 {
            assert_eq!(output(&cache, args).stdout, expected.stdout, "{args:?}");
        }
    }
    assert_eq!(output(&cache, &[]).stdout, expected.stdout);
    // It is marked as what it is, and `clean` takes it away.
    assert!(std::fs::read_to_string(cache.join("CACHEDIR.TAG")).unwrap().starts_with("Signature: 8a477f59"));
    let cleaned = twicetold().args(["clean", "--cache-dir"]).arg(&cache).output().unwrap();
    assert!(cleaned.status.success() && stderr(&cleaned).contains("files from"), "{}", stderr(&cleaned));
    assert!(!cache.exists());
    let nothing = twicetold().args(["clean", "--cache-dir"]).arg(&cache).output().unwrap();
    assert!(nothing.status.success() && stderr(&nothing).contains("nothing to clean"));
}

#[test]
fn small_runs_and_runs_that_want_none_keep_nothing() {
    let at = tempfile::tempdir().unwrap();
    let cache = at.path().join("cache");
    let mut small = twicetold();
    small
        .current_dir(root())
        .env_remove("TWICETOLD_NO_CACHE")
        .args(["check", "seeds", "--cache-dir"])
        .arg(&cache);
    small.output().unwrap();
    output(&cache, &["--no-cache"]);
    for yes in ["1", "true", "yes"] {
        let mut command = check(&cache, &[]);
        assert_eq!(command.env("TWICETOLD_NO_CACHE", yes).output().unwrap().status.code(), Some(1), "{yes}");
        assert!(!cache.exists(), "{yes}");
    }
    for no in ["", "0", "false"] {
        let mut command = check(&cache, &[]);
        assert_eq!(command.env("TWICETOLD_NO_CACHE", no).output().unwrap().status.code(), Some(1), "{no}");
        assert!(cache.exists(), "{no}");
        std::fs::remove_dir_all(&cache).unwrap();
    }
    // The user's folder for caches is the default.
    let mut command = check(&cache, &[]);
    command.env_remove("TWICETOLD_CACHE_DIR").env("XDG_CACHE_HOME", at.path().join("xdg"));
    command.output().unwrap();
    if cfg!(target_os = "linux") {
        assert!(at.path().join("xdg/twicetold/CACHEDIR.TAG").exists());
    }
}

#[test]
fn runs_at_once_do_not_disturb_each_other() {
    let at = tempfile::tempdir().unwrap();
    let cache = at.path().join("cache");
    let expected = truth(&[]).stdout;
    for _ in 0..3 {
        let runs: Vec<Child> = (0..4)
            .map(|_| check(&cache, &["-q"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
            .collect();
        for run in runs {
            let output = run.wait_with_output().unwrap();
            assert_eq!(output.stdout, expected, "{}", stderr(&output));
            assert_eq!(stderr(&output), "");
        }
    }
    assert_eq!(counts(&cache, &[]).1, 0);
    assert_eq!(files(&cache).1, 0);
}

#[test]
fn a_run_that_is_killed_leaves_nothing_half_written() {
    let at = tempfile::tempdir().unwrap();
    let cache = at.path().join("cache");
    let (json, baseline) = (at.path().join("out.json"), at.path().join("known.json"));
    let args = [
        &format!("--output-format=json={}", json.display()),
        "--baseline",
        &baseline.display().to_string(),
        "--write-baseline",
    ]
    .map(str::to_owned);
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let expected = truth(&[]).stdout;
    // How long a whole run takes, so that the moments lie all over it.
    let started = std::time::Instant::now();
    output(&cache, &args);
    let whole = started.elapsed();
    let (known, report) = (std::fs::read(&baseline).unwrap(), std::fs::read(&json).unwrap());
    // Moments without a pattern, the same at every run of the test (Weyl's sequence).
    for moment in (1..=10_u32).map(|n| f64::from(n) * 0.618_034 % 1.0) {
        if moment < 0.5 {
            std::fs::remove_dir_all(&cache).unwrap();
        }
        let mut run = check(&cache, &args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * moment));
        run.kill().unwrap();
        run.wait().unwrap();
        assert_eq!(std::fs::read(&json).unwrap(), report, "after {moment}");
        assert_eq!(std::fs::read(&baseline).unwrap(), known, "after {moment}");
        assert_eq!(output(&cache, &["-q"]).stdout, expected, "after {moment}");
    }
    assert_eq!(counts(&cache, &[]).1, 0);
}

#[test]
fn a_cache_that_was_tampered_with_is_read_anew() {
    let at = tempfile::tempdir().unwrap();
    let cache = at.path().join("cache");
    let expected = output(&cache, &["-q"]).stdout;
    let shards = || {
        std::fs::read_dir(&cache)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "shard"))
    };
    for (number, shard) in shards().enumerate() {
        let bytes = std::fs::read(&shard).unwrap();
        let broken = match number % 4 {
            0 => bytes[..bytes.len() / 2].to_vec(),
            1 => bytes.iter().rev().copied().collect(),
            2 => Vec::new(),
            _ => bytes.iter().map(|byte| byte ^ 0x20).collect(),
        };
        std::fs::write(&shard, broken).unwrap();
    }
    assert_eq!(output(&cache, &["-q"]).stdout, expected);
    assert_eq!(counts(&cache, &[]).1, 0, "it is whole again");
    // A folder with other things in it stays what it is.
    let other = at.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join(".gitignore"), "secret\n").unwrap();
    let told = output(&other, &[]);
    assert_eq!(told.stdout, expected);
    assert!(stderr(&told).contains("the folder holds other things"), "{}", stderr(&told));
    let clean = twicetold().args(["clean", "--cache-dir"]).arg(&other).output().unwrap();
    assert!(clean.status.code() == Some(2) && stderr(&clean).contains("it is no cache of twicetold"));
    assert_eq!(std::fs::read_dir(&other).unwrap().count(), 1);
    // A cache among the articles is none of them, whether git knows of it or not.
    let inside = at.path().join("articles");
    std::fs::create_dir(&inside).unwrap();
    let text = std::fs::read_to_string(root().join("tests/cases/story-a-01-flood/a.md")).unwrap();
    for number in 0..80 {
        std::fs::write(inside.join(format!("{number}.md")), text.replace('e', &format!("e{number}")))
            .unwrap();
    }
    let run = || {
        let mut command = twicetold();
        command.current_dir(&inside).env_remove("TWICETOLD_NO_CACHE");
        command.args(["check", ".", "--isolated", "--cache-dir", "kept", "--output-format", "json"]);
        command.output().unwrap().stdout
    };
    let first = run();
    assert!(inside.join("kept/CACHEDIR.TAG").exists());
    assert!(first == run());
    // A folder that is a file, and one that cannot be made.
    let file = at.path().join("file");
    std::fs::write(&file, "mine").unwrap();
    for folder in [file.clone(), file.join("below")] {
        let told = output(&folder, &[]);
        assert_eq!(told.stdout, expected);
        assert!(
            stderr(&told).contains("cannot be written") && stderr(&told).contains("--no-cache"),
            "{}",
            stderr(&told)
        );
        assert_eq!(stderr(&output(&folder, &["-q"])), "");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}

/// Runs a command where no file can grow beyond some blocks of 512 bytes, as if the disk were full.
#[cfg(unix)]
fn on_a_full_disk(command: &Command, blocks: u32) -> Output {
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\""));
    shell.arg(command.get_program()).args(command.get_args()).current_dir(root());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => shell.env(name, value),
            None => shell.env_remove(name),
        };
    }
    shell.output().unwrap()
}

#[cfg(unix)]
#[test]
fn a_full_disk_costs_time_and_nothing_else() {
    let at = tempfile::tempdir().unwrap();
    let cache = at.path().join("cache");
    let expected = truth(&[]).stdout;
    for blocks in [0, 1, 4, 16] {
        let output = on_a_full_disk(&check(&cache, &[]), blocks);
        assert_eq!(output.stdout, expected, "{blocks}: {}", stderr(&output));
        assert!(
            blocks > 4 || stderr(&output).contains("warning: the cache"),
            "{blocks}: {}",
            stderr(&output)
        );
        assert_eq!(files(&cache).1, 0, "nothing is left half-written");
        assert_eq!(super::stdout(&self::output(&cache, &["-q"])).as_bytes(), expected);
        std::fs::remove_dir_all(&cache).unwrap();
    }
    // A report and a baseline that find no room: the old ones stay, and the run says so.
    let (json, baseline) = (at.path().join("out.json"), at.path().join("known.json"));
    std::fs::write(&json, "old").unwrap();
    std::fs::write(&baseline, "old").unwrap();
    let path = |path: &Path| path.display().to_string();
    let report = on_a_full_disk(&check(&cache, &["--output-format", &format!("json={}", path(&json))]), 1);
    assert_eq!(report.status.code(), Some(2));
    assert!(
        stderr(&report).contains("failed to write") && stderr(&report).contains("out.json"),
        "{}",
        stderr(&report)
    );
    let known = on_a_full_disk(&check(&cache, &["--baseline", &path(&baseline), "--write-baseline"]), 1);
    assert_eq!(known.status.code(), Some(2), "{}", stderr(&known));
    for file in [&json, &baseline] {
        assert_eq!(std::fs::read_to_string(file).unwrap(), "old");
    }
    let left: Vec<String> = std::fs::read_dir(at.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "cache")
        .collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

/// On a disk that is full in truth, where one can be made: a small file system in memory, for which one has to be root.
#[cfg(target_os = "linux")]
#[test]
fn a_small_file_system_fills_up() {
    let at = tempfile::tempdir().unwrap();
    let disk = at.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mount = |name: &str, args: &[&str]| {
        Command::new(name)
            .args(args)
            .arg(&disk)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    };
    if !mount("mount", &["-t", "tmpfs", "-o", "size=64k", "tmpfs"]) {
        eprintln!(
            "skipped: no file system can be mounted here; the test with a limit on files stands in for it"
        );
        return;
    }
    let cache = disk.join("cache");
    let outputs = [output(&cache, &[]), output(&cache, &[])];
    let (shards, left) = files(&cache);
    let is_unmounted = mount("umount", &[]);
    let expected = truth(&[]).stdout;
    for output in outputs {
        assert_eq!(output.stdout, expected);
        assert!(stderr(&output).contains("warning: the cache"), "{}", stderr(&output));
    }
    assert!(shards.iter().all(|shard| !shard.is_empty()) && left == 0, "{left} files are left");
    assert!(is_unmounted);
}

#[test]
fn the_help_names_the_variables() {
    let help = stdout(&twicetold().args(["check", "--help"]).output().unwrap());
    assert!(
        help.contains("[env: TWICETOLD_CACHE_DIR]") && help.contains("[env: TWICETOLD_NO_CACHE]"),
        "{help}"
    );
}
