//! Gives the program a name for what it was built of, so that nothing another build has kept is taken for its own.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for root in ["src", "rules", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={root}");
        collect(Path::new(root), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        (file.to_string_lossy().replace('\\', "/"), std::fs::read(&file)?).hash(&mut hasher);
    }
    println!("cargo::rustc-env=TWICETOLD_BUILD={:016x}", hasher.finish());
    Ok(())
}

/// All files at or below a path; none where there is nothing, as a dependency has no lock file.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}
