//! Where the configuration is.

use std::path::{Path, PathBuf};

/// The names a configuration goes by; the first wins.
const NAMES: [&str; 2] = ["twicetold.toml", ".twicetold.toml"];

/// The nearest configuration at or above a path, up to the root of its git repository, else of the file system.
///
/// `start` must be absolute, since the current directory is not known here.
pub fn discover(start: &Path) -> Option<PathBuf> {
    let folder = if start.is_dir() { start } else { start.parent()? };
    for folder in folder.ancestors() {
        if let Some(found) = NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file()) {
            return Some(found);
        }
        if folder.join(".git").exists() {
            return None;
        }
    }
    None
}
