//! The folder of a cache: its files, and the marks that tell other programs what it is.

use super::SHARDS;
use super::shard::Shard;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Files beside the shards: backups pass over a folder with such a tag (bford.info/cachedir), and git over all in it.
const MARKS: [(&str, &str); 2] = [
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# What twicetold has read; `twicetold clean` removes it.\n",
    ),
    (".gitignore", "*\n"),
];
const SHARD: &str = "shard";
const UNFINISHED: &str = "tmp";
/// How old a file must be that a killed run has left: no run that is still writing is as slow.
const ABANDONED: Duration = Duration::from_secs(3600);

/// What a clean-up removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Files.
    pub files: usize,
    /// Their bytes.
    pub bytes: u64,
}

fn shard_path(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:02}.{SHARD}"))
}

/// A shard, where it is there and whole.
pub(super) fn read(folder: &Path, number: usize) -> Option<Shard> {
    Shard::parse(&fs::read(shard_path(folder, number)).ok()?)
}

/// Makes the folder and its marks, and takes away what killed runs have left.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, text) in MARKS {
        match fs::OpenOptions::new().write(true).create_new(true).open(folder.join(name)) {
            Ok(mut file) => io::Write::write_all(&mut file, text.as_bytes())?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    for path in own_files(folder)?.filter(|path| is(path, UNFINISHED)) {
        let age =
            fs::metadata(&path).and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > ABANDONED) {
            // Somebody else may have been faster.
            _ = fs::remove_file(path);
        }
    }
    Ok(())
}

/// Writes a shard beside the old one and puts it into its place.
pub(super) fn replace(folder: &Path, number: usize, bytes: &[u8]) -> io::Result<()> {
    let path = shard_path(folder, number);
    let unfinished = path.with_extension(format!("{}.{UNFINISHED}", std::process::id()));
    let written = fs::write(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, &path));
    written.inspect_err(|_| _ = fs::remove_file(&unfinished))
}

/// Removes a cache: its own files and nothing else, and the folder where nothing else is in it.
///
/// # Errors
///
/// A folder or a file that the system does not let go; a folder that is not there is clean.
pub fn clean(folder: &Path) -> io::Result<Cleaned> {
    let mut cleaned = Cleaned::default();
    let files = match own_files(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(cleaned),
        files => files?,
    };
    for path in files {
        cleaned.bytes += fs::metadata(&path).map_or(0, |meta| meta.len());
        fs::remove_file(path)?;
        cleaned.files += 1;
    }
    match fs::remove_dir(folder) {
        Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => Err(error),
        _ => Ok(cleaned),
    }
}

/// The files in a folder that a cache has made.
fn own_files(folder: &Path) -> io::Result<impl Iterator<Item = PathBuf>> {
    let is_own = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let number = name.split('.').next().and_then(|number| number.parse::<usize>().ok());
        let is_shard =
            number.is_some_and(|number| number < SHARDS) && (is(path, SHARD) || is(path, UNFINISHED));
        is_shard || MARKS.iter().any(|(mark, _)| *mark == name)
    };
    Ok(fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).filter(is_own))
}

fn is(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|end| end == extension)
}
