//! What was read of documents, kept in a folder from run to run.
//!
//! Takes a folder and a day, gives a [`Memory`]. A cache is never an authority: what it does not have, or has and cannot be
//! read, is read anew, and what it has is named by the content it was read from. So two runs at once, a run that is killed
//! and a full disk cost time and nothing else.
//!
//! The folder holds shards, by the first bits of the key. A shard is read when first asked for and written as a whole, to a
//! file of another name that is then renamed.

mod folder;
mod shard;

pub use folder::{Cleaned, clean};

use crate::pipeline::{Key, Memory, Notes};
use shard::Shard;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};

/// How many files a cache is spread over: a change writes only its own.
const SHARDS: usize = 64;

/// Days after which what nobody asked for is dropped.
const KEPT_DAYS: i32 = 30;
/// Days after which it is noted again that somebody asked: not at every run, so that a run that changes nothing writes
/// nothing.
const NOTED_DAYS: i32 = 7;

/// A cache in a folder, which need not be there.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    today: i32,
    shards: Vec<OnceLock<Mutex<Shard>>>,
    recalled: AtomicUsize,
    kept: AtomicUsize,
}

impl Cache {
    /// Opens a cache; nothing is read yet. `today` counts days from any day.
    pub fn new(folder: PathBuf, today: i32) -> Self {
        let shards = (0..SHARDS).map(|_| OnceLock::new()).collect();
        Self { folder, today, shards, recalled: AtomicUsize::new(0), kept: AtomicUsize::new(0) }
    }

    /// How many documents were known, and how many were read anew.
    pub fn counts(&self) -> (usize, usize) {
        (self.recalled.load(Ordering::Relaxed), self.kept.load(Ordering::Relaxed))
    }

    /// Writes what is new.
    ///
    /// # Errors
    ///
    /// A folder that cannot be made or written to; what was there before is there still.
    pub fn save(&self) -> io::Result<()> {
        let mut is_made = false;
        for (number, shard) in self.shards.iter().enumerate() {
            let Some(Ok(mut shard)) = shard.get().map(Mutex::lock) else { continue };
            if shard.is_changed() {
                if !std::mem::replace(&mut is_made, true) {
                    folder::make(&self.folder)?;
                }
                shard.drop_before(self.today - KEPT_DAYS);
                folder::replace(&self.folder, number, &shard.bytes()?)?;
            }
        }
        Ok(())
    }

    fn shard(&self, key: &Key) -> &Mutex<Shard> {
        let number = usize::from(key[0]) % SHARDS;
        self.shards[number].get_or_init(|| Mutex::new(folder::read(&self.folder, number).unwrap_or_default()))
    }
}

impl Memory for Cache {
    fn recall(&self, key: &Key) -> Option<Notes> {
        let bytes = self.shard(key).lock().ok()?.get(key, self.today, NOTED_DAYS)?;
        let (notes, rest) = postcard::take_from_bytes(&bytes).ok()?;
        let is_whole = rest.is_empty();
        self.recalled.fetch_add(usize::from(is_whole), Ordering::Relaxed);
        is_whole.then_some(notes)
    }

    fn keep(&self, key: Key, notes: &Notes) {
        self.kept.fetch_add(1, Ordering::Relaxed);
        if let (Ok(bytes), Ok(mut shard)) = (postcard::to_stdvec(notes), self.shard(&key).lock()) {
            shard.insert(key, self.today, bytes);
        }
    }
}

#[cfg(test)]
mod tests;
