//! Files as git has them: `REV:PATH`, as `git show` spells it.

use std::path::Path;
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
    let output = Command::new("git")
        .args(["cat-file", "blob", spec])
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
