//! From a block to what it is compared by: its words, their digest and their shingles.
//!
//! Takes text, gives a [`Fingerprint`]; compares nothing.
//!
//! The published fingerprint of a text is the SHA-256 of its [`words`] in UTF-8 with one space
//! between them (scheme `words-sha256`). Word and shingle hashes are an inner matter: 64 bits,
//! never written anywhere.

use crate::corpus::{Span, Word, words};
use sha2::{Digest as _, Sha256};
use std::fmt;
use xxhash_rust::xxh3::xxh3_64;

/// Words in a shingle.
pub const SHINGLE_WORDS: usize = 3;

/// SHA-256 of a text's words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of words in order.
    pub fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut hasher = Sha256::new();
        for (index, word) in words.enumerate() {
            if index > 0 {
                hasher.update(b" ");
            }
            hasher.update(word.as_bytes());
        }
        Self(hasher.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// What a block is compared by.
#[derive(Clone, Debug)]
pub struct Fingerprint {
    /// Where each word stands in the document's text.
    pub spans: Vec<Span>,
    /// The hash of each word.
    pub words: Vec<u64>,
    /// The digest of the words.
    pub digest: Digest,
    /// The hashes of the shingles, sorted, each once.
    pub shingles: Vec<u64>,
}

/// The fingerprint of a stretch of a document's text. Linear, plus sorting the shingles.
pub fn fingerprint(text: &str, span: Span) -> Fingerprint {
    let words = words(span.of(text), span.start as usize);
    let hashes: Vec<u64> = words.iter().map(|word| xxh3_64(word.folded.as_bytes())).collect();
    Fingerprint {
        digest: Digest::of(words.iter().map(|word| word.folded.as_ref())),
        shingles: shingles(&hashes),
        spans: words.iter().map(|Word { span, .. }| *span).collect(),
        words: hashes,
    }
}

/// Runs of [`SHINGLE_WORDS`] words; a shorter text is one shingle of all its words, an empty one none.
fn shingles(words: &[u64]) -> Vec<u64> {
    let mut out: Vec<u64> = match words.len() {
        0 => Vec::new(),
        1..SHINGLE_WORDS => vec![run_hash(words)],
        _ => words.windows(SHINGLE_WORDS).map(run_hash).collect(),
    };
    out.sort_unstable();
    out.dedup();
    out
}

/// A 64-bit hash of a run of word hashes; order matters.
pub fn run_hash(words: &[u64]) -> u64 {
    words.iter().fold(words.len() as u64, |hash, &word| {
        // Multiply and fold, the mixing step of wyhash: every bit of both inputs reaches every bit of the result.
        let product = u128::from(hash ^ 0x9e37_79b9_7f4a_7c15) * u128::from(word ^ 0xd1b5_4a32_d192_ed03);
        (product as u64) ^ ((product >> 64) as u64).rotate_left(29) ^ word
    })
}

#[cfg(test)]
mod tests {
    use super::{Span, fingerprint};

    fn print(text: &str) -> super::Fingerprint {
        fingerprint(text, Span::new(0, text.len()))
    }

    #[test]
    fn spelling_that_does_not_matter() {
        assert_eq!(print("Kim Jong-un’s “visit”").digest, print("KIM JONG UN'S visit").digest);
        assert_ne!(print("in 2018").digest, print("in 2019").digest);
    }

    #[test]
    fn the_published_fingerprint_is_plain_sha256() {
        // printf 'text told twice' | sha256sum
        let expected = "71c42d4391c3a6c7";
        assert!(
            print("Text told: twice!").digest.to_string().starts_with(expected),
            "{}",
            print("Text told: twice!").digest
        );
    }

    #[test]
    fn shingles_are_a_set() {
        assert_eq!(print("").shingles.len(), 0);
        assert_eq!(print("a b").shingles.len(), 1);
        assert_eq!(print("a b c d").shingles.len(), 2);
        assert_eq!(print("a a a a a a").shingles.len(), 1);
    }
}
