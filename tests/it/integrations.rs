//! What is around the program: the action's scripts, the archives of a release, the problem matcher, the hook.

use super::{root, run_in, stderr, stdout, twicetold};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Runs a script of the action in the repository.
fn script(name: &str, args: &[&str], variables: &[(&str, &Path)]) -> Output {
    let mut command = Command::new("bash");
    command.arg(root().join(".github/action").join(name)).args(args).current_dir(root());
    command.envs(variables.iter().copied()).output().unwrap()
}

/// A release as `pack.sh` makes it, of the binary under test.
fn release(at: &Path) -> PathBuf {
    let target = "x86_64-unknown-linux-musl";
    let built = at.join("target").join(target).join("release");
    std::fs::create_dir_all(&built).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_twicetold"), built.join("twicetold")).unwrap();
    let folder = at.join("releases/v0.1.0");
    let packed =
        script("pack.sh", &[target, folder.to_str().unwrap()], &[("CARGO_TARGET_DIR", &at.join("target"))]);
    assert!(packed.status.success(), "{}", stderr(&packed));
    folder.join(format!("twicetold-{target}.tar.gz"))
}

#[test]
fn a_release_is_packed_fetched_and_run() {
    if !cfg!(target_os = "linux") || !has("bash") || !has("curl") {
        eprintln!("skipped: bash, curl and Linux are wanted");
        return;
    }
    let at = tempfile::tempdir().unwrap();
    let archive = release(at.path());
    let listed = Command::new("tar").arg("-tzf").arg(&archive).output().unwrap();
    for file in
        ["twicetold", "LICENSE-MIT", "README.md", "man/twicetold-check.1", "completions/twicetold.fish"]
    {
        let line = format!("twicetold-x86_64-unknown-linux-musl/{file}");
        assert!(stdout(&listed).lines().any(|listed| listed == line), "{file}: {}", stdout(&listed));
    }
    let (path, temp) = (at.path().join("path"), at.path().join("temp"));
    std::fs::create_dir(&temp).unwrap();
    let releases = format!("file://{}", at.path().join("releases").display());
    let install = |version: &str| {
        let variables: [(&str, &Path); 7] = [
            ("RELEASES", Path::new(&releases)),
            ("VERSION", Path::new(version)),
            ("SOURCE", Path::new("/nowhere")),
            ("RUNNER_OS", Path::new("Linux")),
            ("RUNNER_ARCH", Path::new("X64")),
            ("RUNNER_TEMP", &temp),
            ("GITHUB_PATH", &path),
        ];
        script("install.sh", &[], &variables)
    };
    let installed = install("v0.1.0");
    assert!(installed.status.success(), "{}", stderr(&installed));
    assert_eq!(stdout(&installed), format!("twicetold {}\n", env!("CARGO_PKG_VERSION")));
    let folder = std::fs::read_to_string(&path).unwrap();
    assert!(Path::new(folder.trim()).join("twicetold").is_file());
    // A branch has no release: it is built, which fails where there is no source.
    let built = install("main");
    assert!(!built.status.success() && stdout(&built).contains("building from source"), "{}", stderr(&built));
    // What is not what its sum says is not run.
    let mut bytes = std::fs::read(&archive).unwrap();
    bytes.push(0);
    std::fs::write(&archive, bytes).unwrap();
    let broken = install("v0.1.0");
    assert!(!broken.status.success() && stdout(&broken).contains("::error::"), "{}", stdout(&broken));
}

#[test]
fn the_action_checks_and_keeps_the_exit_code() {
    if !has("bash") || cfg!(windows) {
        eprintln!("skipped: bash is wanted");
        return;
    }
    let binary = Path::new(env!("CARGO_BIN_EXE_twicetold")).parent().unwrap();
    let path = format!("{}:{}", binary.display(), std::env::var("PATH").unwrap());
    let run = |paths: &str, args: &str| {
        let at = tempfile::tempdir().unwrap();
        let output = at.path().join("output");
        let variables: [(&str, &Path); 6] = [
            ("PATH", Path::new(&path)),
            ("PATHS", Path::new(paths)),
            ("ARGS", Path::new(args)),
            ("RUNNER_TEMP", at.path()),
            ("GITHUB_OUTPUT", &output),
            ("GITHUB_STEP_SUMMARY", &at.path().join("summary")),
        ];
        let ran = script("check.sh", &[], &variables);
        assert!(ran.status.success(), "findings are judged later: {}", stderr(&ran));
        let sarif = std::fs::read_to_string(at.path().join("twicetold.sarif")).ok();
        (std::fs::read_to_string(output).unwrap(), sarif, stdout(&ran))
    };
    let (output, sarif, told) = run("seeds", "");
    assert!(output.starts_with("code=1\nsarif=/"), "{output}");
    assert!(told.contains("::error ") && sarif.unwrap().contains("\"version\": \"2.1.0\""));
    assert!(run("seeds", "--isolated\n--fail-level=none\r\n\n").0.starts_with("code=0\n"));
    assert!(run("seeds/00[01]*.txt", "--select\nTT300").0.starts_with("code=0\n"));
    let (output, sarif, _) = run("nowhere", "");
    assert!(output.starts_with("code=2\n"), "{output}");
    drop(sarif);
    // Nothing of the inputs is a command.
    let (output, ..) = run("$(touch /tmp/twicetold-pwned) seeds", "--published=2024;touch");
    assert!(output.starts_with("code=2\n") && !Path::new("/tmp/twicetold-pwned").exists(), "{output}");
}

#[test]
fn the_problem_matcher_reads_concise_lines() {
    let text = std::fs::read_to_string(root().join(".github/problem-matcher.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let pattern = &json["problemMatcher"][0]["pattern"][0];
    let regex = regex::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let group = |name: &str| usize::try_from(pattern[name].as_u64().unwrap()).unwrap();
    let output = stdout(&run_in(root(), &["check", "seeds", "--isolated", "--output-format", "concise"]));
    assert!(output.lines().count() > 5);
    for line in output.lines() {
        let found = regex.captures(line).unwrap_or_else(|| panic!("{line}"));
        let part = |name: &str| found[group(name)].to_owned();
        assert!(root().join(part("file")).is_file() && part("line").parse::<usize>().is_ok(), "{line}");
        assert!(
            ["error", "warning", "info"].contains(&part("severity").as_str())
                && part("code").starts_with("TT")
        );
    }
}

#[test]
fn the_hook_and_the_packages_say_what_the_program_knows() {
    let hook = std::fs::read_to_string(root().join(".pre-commit-hooks.yaml")).unwrap();
    let entry = hook.lines().find_map(|line| line.trim().strip_prefix("entry: twicetold ")).unwrap();
    let help = twicetold().args(entry.split(' ')).arg("--help").output().unwrap();
    assert!(help.status.success() && entry.contains("--staged") && hook.contains("pass_filenames: false"));
    // A wheel and a crate have one version: the wheel takes it from the crate.
    let project: toml::Table =
        std::fs::read_to_string(root().join("pyproject.toml")).unwrap().parse().unwrap();
    assert_eq!(project["project"]["dynamic"][0].as_str(), Some("version"));
    assert_eq!(project["tool"]["maturin"]["bindings"].as_str(), Some("bin"));
    // Archives have the name that `cargo binstall` and the action ask for.
    let cargo: toml::Table = std::fs::read_to_string(root().join("Cargo.toml")).unwrap().parse().unwrap();
    let url = cargo["package"]["metadata"]["binstall"]["pkg-url"].as_str().unwrap();
    assert!(url.ends_with("/v{ version }/{ name }-{ target }.tar.gz"), "{url}");
}
