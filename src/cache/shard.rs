//! One file of a cache: entries by key, behind a head that says whose they are and whether they are whole.

use crate::pipeline::Key;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io;

/// What every shard starts with: the format, and the build that wrote it. Another build may read other claims from the same
/// text.
const HEAD: &[u8] = concat!("twicetold cache 1 ", env!("TWICETOLD_BUILD"), "\n").as_bytes();
/// Bytes of the checksum behind the head.
const SUM: usize = 32;

/// What is kept of one document.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// The day on which it was last asked for, more or less.
    day: i32,
    notes: ByteBuf,
}

/// Entries by key.
#[derive(Debug, Default)]
pub(super) struct Shard {
    entries: BTreeMap<Key, Entry>,
    is_changed: bool,
}

impl Shard {
    /// Reads a file; nothing where it is another build's, or not as it was written.
    pub(super) fn parse(file: &[u8]) -> Option<Self> {
        let (sum, body) = file.strip_prefix(HEAD)?.split_at_checked(SUM)?;
        let is_whole = Sha256::digest(body).as_slice() == sum;
        let entries = is_whole.then(|| postcard::from_bytes(body).ok())??;
        Some(Self { entries, is_changed: false })
    }

    /// The file.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let body = postcard::to_stdvec(&self.entries).map_err(io::Error::other)?;
        Ok([HEAD, &Sha256::digest(&body), &body].concat())
    }

    pub(super) fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// What is kept under a key; that it was asked for today is noted where the last note is older than some days.
    pub(super) fn get(&mut self, key: &Key, today: i32, noted_days: i32) -> Option<Vec<u8>> {
        let entry = self.entries.get_mut(key)?;
        if today - entry.day > noted_days {
            entry.day = today;
            self.is_changed = true;
        }
        Some(entry.notes.to_vec())
    }

    pub(super) fn insert(&mut self, key: Key, day: i32, notes: Vec<u8>) {
        self.entries.insert(key, Entry { day, notes: ByteBuf::from(notes) });
        self.is_changed = true;
    }

    /// Drops what was last asked for before a day.
    pub(super) fn drop_before(&mut self, day: i32) {
        self.entries.retain(|_, entry| entry.day >= day);
    }
}
