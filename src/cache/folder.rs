//! The folder of a cache: its files, and the marks that tell other programs what it is.

use super::SHARDS;
use super::shard::Shard;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What tells that a folder is a cache of this program: backups pass over a folder with such a file (bford.info/cachedir).
const TAG: (&str, &str) = (
    "CACHEDIR.TAG",
    "Signature: 8a477f597d28d172789f06886806bc55\n# What twicetold has read; `twicetold clean` removes it.\n",
);
/// Files beside it, by which git and those who search pass over all that is in the folder.
const IGNORED: [&str; 2] = [".gitignore", ".ignore"];
const IGNORE_ALL: &str = "*\n";
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

/// Makes the folder and its marks, and takes away what killed runs have left. A folder that is somebody else's stays as it
/// is.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if !is_cache(folder) {
        if fs::read_dir(folder)?.next().is_some() {
            return Err(io::Error::other("the folder holds other things, and is no cache"));
        }
        // The tag comes first: what has it is a cache, whole or not.
        fs::write(folder.join(TAG.0), TAG.1)?;
    }
    for name in IGNORED.map(|name| folder.join(name)).iter().filter(|name| !name.exists()) {
        fs::write(name, IGNORE_ALL)?;
    }
    for path in shards(folder)?.filter(|path| is(path, UNFINISHED)) {
        let age =
            fs::metadata(&path).and_then(|meta| meta.modified()).ok().and_then(|time| time.elapsed().ok());
        if age.is_some_and(|age| age > ABANDONED) {
            // Somebody else may have been faster.
            _ = fs::remove_file(path);
        }
    }
    Ok(())
}

/// Whether a folder says of itself that it is a cache of this program.
fn is_cache(folder: &Path) -> bool {
    fs::read_to_string(folder.join(TAG.0)).is_ok_and(|tag| tag == TAG.1)
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
/// A folder that is no cache, a file that the system does not let go; a folder that is not there is clean.
pub fn clean(folder: &Path) -> io::Result<Cleaned> {
    let mut cleaned = Cleaned::default();
    let is_empty = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => true,
        entries => entries?.next().is_none(),
    };
    if is_empty {
        return Ok(cleaned);
    }
    if !is_cache(folder) {
        return Err(io::Error::other("it is no cache of twicetold, and stays as it is"));
    }
    let is_own_ignore = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text == IGNORE_ALL);
    let ignored = IGNORED.map(|name| folder.join(name)).into_iter().filter(is_own_ignore);
    // The tag goes last: what is left of a clean-up that breaks off is a cache still.
    for path in shards(folder)?.chain(ignored).chain([folder.join(TAG.0)]) {
        cleaned.bytes += fs::metadata(&path).map_or(0, |meta| meta.len());
        fs::remove_file(path)?;
        cleaned.files += 1;
    }
    // Where others have put something into it, or it is the current folder, it stays.
    _ = fs::remove_dir(folder);
    Ok(cleaned)
}

/// The shards in a folder, finished and not: `07.shard`, `07.4711.tmp`.
fn shards(folder: &Path) -> io::Result<impl Iterator<Item = PathBuf>> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_shard = move |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let parts: Vec<&str> = name.split('.').collect();
        let number = parts[0].parse::<usize>().ok().filter(|_| parts[0].len() == 2 && is_number(parts[0]));
        number.is_some_and(|number| number < SHARDS)
            && match parts[1..] {
                [SHARD] => true,
                [process, UNFINISHED] => is_number(process),
                _ => false,
            }
    };
    Ok(fs::read_dir(folder)?.filter_map(Result::ok).map(|entry| entry.path()).filter(is_shard))
}

fn is(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|end| end == extension)
}
