//! The cache of a run: where it is, whether it is of use, and what is said of it.

use crate::args::{CacheArgs, CleanArgs};
use crate::trouble::Trouble;
use crate::{Outcome, screen};
use etcetera::BaseStrategy;
use std::ops::Range;
use std::path::PathBuf;
use twicetold::cache::{Cache, clean};

/// Texts of fewer bytes are read in less time than a cache takes, and those of more would fill a disk.
const WORTHWHILE: Range<usize> = 100_000..500_000_000;

/// Opens the cache where it is wanted and of use.
pub(crate) fn open(args: &CacheArgs, bytes: usize, today: jiff::civil::Date) -> Option<Cache> {
    let folder = folder(args).filter(|_| !args.no_cache && WORTHWHILE.contains(&bytes))?;
    let days = today.since(jiff::civil::date(1970, 1, 1)).ok()?.get_days();
    Some(Cache::new(folder, days))
}

/// Writes what is new; a cache that cannot be written costs time and nothing else.
pub(crate) fn save(cache: &Cache, args: &CacheArgs, is_quiet: bool) {
    if let (Err(error), false) = (cache.save(), is_quiet) {
        let folder = folder(args).unwrap_or_default();
        screen::tell(&format!(
            "warning: the cache {} cannot be written: {error}\nhelp: name another folder with --cache-dir, or pass --no-cache",
            folder.display()
        ));
    }
}

/// The folder that is named, else the user's own.
fn folder(args: &CacheArgs) -> Option<PathBuf> {
    let own = || Some(etcetera::choose_base_strategy().ok()?.cache_dir().join("twicetold"));
    args.cache_dir.clone().or_else(own)
}

/// Runs `clean`.
pub(crate) fn run(args: &CleanArgs) -> Result<Outcome, Trouble> {
    let folder = folder(&args.cache).ok_or_else(|| {
        Trouble::Usage("this system names no folder for caches\nhelp: name it with --cache-dir".to_owned())
    })?;
    let name = folder.display().to_string();
    let cleaned =
        clean(&folder).map_err(|error| Trouble::Usage(format!("failed to clean {name}: {error}")))?;
    screen::tell(&match cleaned.files {
        0 => format!("nothing to clean in {name}"),
        files => format!("removed {files} files from {name} ({:.1} MB)", cleaned.bytes as f64 / 1e6),
    });
    Ok(Outcome::Clean)
}
