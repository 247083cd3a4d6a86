//! From what the user named to the files to read.

use super::format::Format;
use super::reader::File;
use super::{Error, Input};
use crate::corpus::{PathGlobs, Skipped, shown_path};
use ignore::{DirEntry, WalkBuilder};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files below the inputs, each once, sorted; what is passed over is pushed to `skipped`.
///
/// Folders are walked as ripgrep does: hidden files and what `.gitignore` names are left out, and
/// symbolic links are not followed, so that no loop and no file outside is reached.
pub(super) fn files(
    inputs: &[Input],
    exclude: &PathGlobs,
    skipped: &mut Vec<Skipped>,
) -> Result<Vec<File<'static>>, Error> {
    // One file reached by two ways is read once, by the name it was given first in path order.
    let mut found: BTreeMap<PathBuf, (PathBuf, bool)> = BTreeMap::new();
    let mut add = |path: &Path, real: PathBuf, was_named: bool| {
        let known = found.entry(real).or_insert_with(|| (path.to_owned(), was_named));
        known.1 |= was_named;
        if path < known.0.as_path() {
            known.0 = path.to_owned();
        }
    };
    for input in inputs {
        let Input::Path(path) = input else { continue };
        match std::fs::metadata(path) {
            Err(error) => skipped.push(skip(path, Error::from(error).to_string(), true)),
            Ok(meta) if meta.is_dir() => walk(path, exclude, &mut add, skipped),
            Ok(meta) if meta.is_file() => add(path, real(path), true),
            Ok(_) => skipped.push(skip(path, "neither a file nor a folder".to_owned(), true)),
        }
    }
    let mut paths: Vec<(PathBuf, bool)> = found.into_values().collect();
    paths.sort();
    Ok(paths.iter().map(|(path, was_named)| File::of_path(path, *was_named)).collect())
}

/// The path by which a file is known, whatever way leads to it.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn walk(
    root: &Path,
    exclude: &PathGlobs,
    add: &mut impl FnMut(&Path, PathBuf, bool),
    skipped: &mut Vec<Skipped>,
) {
    // No link is followed below the root: only the way to it needs to be asked for.
    let real_root = real(root);
    let mut add = |path: &Path| {
        let below = path.strip_prefix(root).map(|below| real_root.join(below));
        add(path, below.unwrap_or_else(|_| real(path)), false);
    };
    let excluded = exclude.clone();
    let walker = WalkBuilder::new(root).filter_entry(move |entry| !excluded.is_match(entry.path())).build();
    for entry in walker {
        match entry {
            Ok(entry) => visit(&entry, &mut add, skipped),
            Err(error) => skipped.push(skip_error(root, &error)),
        }
    }
}

fn visit(entry: &DirEntry, add: &mut impl FnMut(&Path), skipped: &mut Vec<Skipped>) {
    let path = entry.path();
    let Some(kind) = entry.file_type().filter(|kind| !kind.is_dir()) else { return };
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    if kind.is_symlink() {
        skipped.push(skip(
            path,
            "a symbolic link, which is not followed; name its target to read it".to_owned(),
            false,
        ));
    } else if !kind.is_file() {
        skipped.push(skip(path, "neither a file nor a folder".to_owned(), false));
    } else if Format::is_known_extension(&extension) {
        add(path);
    } else {
        let reason = "not a kind of file that is read; name it to read it as plain text";
        skipped.push(Skipped { is_other_kind: true, ..skip(path, reason.to_owned(), false) });
    }
}

fn skip(path: &Path, reason: String, was_named: bool) -> Skipped {
    Skipped { path: shown_path(path), reason, was_named, is_other_kind: false }
}

/// A folder that was named and cannot be read is trouble; one found on the way is not.
fn skip_error(root: &Path, error: &ignore::Error) -> Skipped {
    let path = path_of(error).unwrap_or(root);
    let reason = error
        .io_error()
        .map_or_else(|| error.to_string(), |io| Error::from(std::io::Error::from(io.kind())).to_string());
    skip(path, reason, path == root)
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}
