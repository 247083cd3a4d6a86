//! What git knows: files of revisions (`REV:PATH`), and which files changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether a text names a file of a revision, and is no file itself.
pub(crate) fn is_revision(text: &str) -> bool {
    !text.starts_with('-') && text.contains(':') && !Path::new(text).exists()
}

/// The bytes of `REV:PATH`.
///
/// # Errors
///
/// What git says where there is no such revision, path or repository, in one line.
pub(crate) fn blob(spec: &str) -> Result<Vec<u8>, String> {
    // `cat-file` runs neither filters nor external diffs of a repository's configuration.
    run(&["cat-file", "blob", spec])
}

/// Which changes are asked for.
pub(crate) enum Changes<'a> {
    /// Since the current branch left this revision: commits, staged and unstaged changes, and untracked files.
    Since(&'a str),
    /// What is staged for the next commit.
    Staged,
}

/// The files that changed, by their real paths. What was only renamed did not change, what was deleted is no more.
///
/// # Errors
///
/// No repository, no such revision, a history that does not reach back to it; in one line, with the way out.
pub(crate) fn changed(changes: &Changes<'_>) -> Result<BTreeSet<PathBuf>, String> {
    let top = PathBuf::from(path(trimmed(&run(&["rev-parse", "--show-toplevel"])?)));
    let filter = ["--name-status", "-z", "--find-renames", "--diff-filter=ACMRT", "--no-ext-diff"];
    let mut files = BTreeSet::new();
    let listed = match changes {
        Changes::Staged => run(&[&["diff", "--cached"], &filter[..], &["--"]].concat())?,
        Changes::Since(revision) => {
            let base = base(revision)?;
            let top = top.display().to_string();
            let untracked = run(&["-C", &top, "ls-files", "--others", "--exclude-standard", "-z"])?;
            files.extend(untracked.split(|byte| *byte == 0).map(path).map(PathBuf::from));
            run(&[&["diff"], &filter[..], &[&base, "--"]].concat())?
        }
    };
    let mut fields = listed.split(|byte| *byte == 0);
    while let (Some(status), Some(name)) = (fields.next(), fields.next()) {
        let is_renamed = matches!(status.first(), Some(b'R' | b'C'));
        let name = if is_renamed { fields.next().unwrap_or_default() } else { name };
        if !is_renamed || &status[1..] != b"100" {
            files.insert(PathBuf::from(path(name)));
        }
    }
    let real = |file: PathBuf| top.join(file).canonicalize().ok();
    Ok(files.into_iter().filter(|file| !file.as_os_str().is_empty()).filter_map(real).collect())
}

/// The commit at which the current branch left a revision.
fn base(revision: &str) -> Result<String, String> {
    let commit = format!("{revision}^{{commit}}");
    run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])
        .map_err(|_| format!("`{revision}` is no revision of this repository\nhelp: fetch it (git fetch origin {revision}), or name another"))?;
    let base = run(&["merge-base", "--", revision, "HEAD"]).map_err(|_| {
        format!("the history of `{revision}` and the current branch has no common commit\nhelp: in a shallow clone fetch more of it (git fetch --unshallow; fetch-depth: 0 in a workflow)")
    })?;
    Ok(trimmed(&base).iter().map(|byte| char::from(*byte)).collect())
}

fn run(args: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git")
        .args(args)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("git cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let told = String::from_utf8_lossy(&output.stderr);
    let line = told.lines().find(|line| !line.trim().is_empty()).unwrap_or("git fails without a word");
    Err(line.trim_start_matches("fatal: ").to_owned())
}

/// A path as git writes it with `-z`: bytes.
#[cfg(unix)]
fn path(bytes: &[u8]) -> std::ffi::OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes.to_vec())
}

/// A path as git writes it with `-z`: UTF-8.
#[cfg(not(unix))]
fn path(bytes: &[u8]) -> std::ffi::OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn trimmed(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii()
}
