//! From text to what it is compared by: its words, their digest and their shingles.
//!
//! Takes text, gives hashes; compares nothing.
//!
//! The published fingerprint of a text is the SHA-256 of its [`words`] in UTF-8 with one space
//! between them (scheme `words-sha256`). The hashes of words and shingles are an inner matter: 64
//! bits, never written anywhere.

mod hash;
mod published;

pub use hash::{run_hash, shingle_hashes, word_hashes};
pub use published::Digest;

use crate::corpus::{Span, words};

/// Words in a shingle.
pub const SHINGLE_WORDS: usize = 3;

/// What a block is known by: texts of equal prints have the same words in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Print {
    /// 128 bits over the words in order. Two texts of other words meet by chance once in 10^38 pairs.
    pub digest: u128,
    /// How many words it has.
    pub words: u32,
}

impl Print {
    /// The print of a text's words, given as their hashes.
    pub fn of(words: &[u64]) -> Self {
        let halves = [hash::chain(words, 1), hash::chain(words, 2)];
        Self {
            digest: u128::from(halves[0]) << 64 | u128::from(halves[1]),
            words: u32::try_from(words.len()).expect("`read` refuses documents over 1 GiB"),
        }
    }
}

/// The words of a text with their places in it: what an alignment is shown by.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    /// Where each word stands.
    pub spans: Vec<Span>,
    /// The hash of each word.
    pub hashes: Vec<u64>,
}

impl WordList {
    /// The words of a stretch of a document's text. Linear.
    pub fn of(text: &str, span: Span) -> Self {
        let mut list = Self::default();
        hash::each_word(span.of(text), |range, hash| {
            let base = span.start as usize;
            list.spans.push(Span::new(base + range.start, base + range.end));
            list.hashes.push(hash);
        });
        list
    }
}

/// The published fingerprint of a text.
pub fn published(text: &str) -> Digest {
    Digest::of(words(text, 0).iter().map(|word| word.folded.as_ref()))
}

#[cfg(test)]
mod tests {
    use super::{Print, published, word_hashes};

    fn print(text: &str) -> Print {
        Print::of(&word_hashes(text))
    }

    #[test]
    fn spelling_that_does_not_matter() {
        assert_eq!(print("Kim Jong-un’s “visit”"), print("KIM JONG UN'S visit"));
        assert_ne!(print("in 2018"), print("in 2019"));
        assert_ne!(print("a b"), print("b a"));
        assert_ne!(print(""), print("a"));
    }

    #[test]
    fn the_published_fingerprint_is_plain_sha256() {
        // printf 'text told twice' | sha256sum
        let digest = published("Text told: twice!").to_string();
        assert!(digest.starts_with("71c42d4391c3a6c7"), "{digest}");
    }
}
