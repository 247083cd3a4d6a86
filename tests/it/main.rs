//! Whole-program tests: the real binary on real files.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod adopt;
mod browser;
mod cache;
mod cases;
mod config;
mod determinism;
mod diff;
mod drift;
mod fix;
mod formats;
mod hostile;
mod hostile_formats;
mod inputs;
mod integrations;
mod machines;
mod options;
mod page;
mod pairs;
mod report;
mod rule_files;
mod scale;
mod seeds;
mod spans;
mod stories;
mod values;
mod watch;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The binary under test, without what the surroundings could change about it.
fn twicetold() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_twicetold"));
    let surroundings = std::env::vars_os().map(|(name, _)| name);
    for name in surroundings.filter(|name| name.to_string_lossy().starts_with("TWICETOLD_")) {
        command.env_remove(name);
    }
    // What one test reads is no secret to another, and it is kept nowhere.
    command.env("TWICETOLD_NO_CACHE", "1");
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command
}

/// Runs the binary in a folder.
fn run_in(folder: &Path, args: &[&str]) -> Output {
    twicetold().args(args).current_dir(folder).output().unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Runs `check` and reads its JSON.
fn check_json(folder: &Path, args: &[&str]) -> serde_json::Value {
    let output = run_in(folder, &[&["check", "--output-format", "json"], args].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", stderr(&output)))
}

/// A temporary folder with these files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

/// All files below a folder, sorted.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
