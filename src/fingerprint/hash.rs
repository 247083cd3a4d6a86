//! Hashes of words and of runs of words.
//!
//! All mixing is multiply-and-fold, the step of wyhash (Wang Yi, 2019): the two halves of a 128-bit
//! product are xored, so that every bit of both factors reaches every bit of the result.

use super::SHINGLE_WORDS;
use crate::corpus::{Form, scan_words};
use std::ops::Range;

/// Odd numbers without a pattern: the first digits of the fractional parts of π.
const KEYS: [u64; 4] =
    [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7345, 0xa409_3822_299f_31d1, 0x082e_fa98_ec4e_6c89];

/// Bit 5 of every byte: set, it makes an ASCII letter lower-case and leaves a digit as it is.
const LOWER: u64 = 0x2020_2020_2020_2020;

#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a ^ KEYS[0]) * u128::from(b ^ KEYS[1]);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hashes of a text's words in order.
pub fn word_hashes(text: &str) -> Vec<u64> {
    let mut out = Vec::with_capacity(text.len() / 5);
    each_word(text, |_, hash| out.push(hash));
    out
}

/// Meets every word of a text: its range of bytes, and the hash of its folded form.
pub(super) fn each_word(text: &str, mut each: impl FnMut(Range<usize>, u64)) {
    let bytes = text.as_bytes();
    scan_words(text, |range, form| {
        let hash = match form {
            Form::Ascii => ascii_hash(bytes, &range),
            Form::Folded(word) => folded_hash(word.as_bytes()),
        };
        each(range, hash);
    });
}

/// The hash of a folded word. No word holds a NUL byte, so filling up with NUL is unambiguous.
fn folded_hash(word: &[u8]) -> u64 {
    word.chunks(8).fold(KEYS[2], |hash, chunk| mix(hash, padded(chunk)))
}

fn padded(chunk: &[u8]) -> u64 {
    let mut eight = [0; 8];
    eight[..chunk.len()].copy_from_slice(chunk);
    u64::from_le_bytes(eight)
}

/// [`folded_hash`] of an ASCII word that is not folded yet, eight bytes at a time.
#[inline]
fn ascii_hash(text: &[u8], word: &Range<usize>) -> u64 {
    let (mut hash, mut at) = (KEYS[2], word.start);
    while at < word.end {
        let length = (word.end - at).min(8);
        // Reading on behind the word and masking spares copying its last bytes one by one.
        let eight = match text.get(at..at + 8) {
            Some(eight) => u64::from_le_bytes(eight.try_into().expect("eight bytes")),
            None => padded(&text[at..word.end]),
        };
        hash = mix(hash, (eight | LOWER) & (u64::MAX >> (64 - 8 * length)));
        at += length;
    }
    hash
}

/// The hashes of the shingles of a text, given by its words, in order and with repeats: each run of
/// [`SHINGLE_WORDS`] words; of a shorter text one of all its words, of an empty one none.
pub fn shingle_hashes(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    let short = (1..SHINGLE_WORDS).contains(&words.len()).then(|| run_hash(words));
    let hash = |run: &[u64]| mix(mix(run[0], run[1].rotate_left(29)), run[2].rotate_left(43));
    words.windows(SHINGLE_WORDS).map(hash).chain(short)
}

/// A 64-bit hash of a run of word hashes; order and length matter.
pub fn run_hash(words: &[u64]) -> u64 {
    chain(words, 0)
}

pub(super) fn chain(words: &[u64], seed: usize) -> u64 {
    let start = KEYS[seed].wrapping_add(words.len() as u64);
    words.iter().fold(start, |hash, &word| mix(hash ^ KEYS[3], word.rotate_left(17)) ^ word)
}

#[cfg(test)]
mod tests {
    use super::{folded_hash, shingle_hashes, word_hashes};
    use crate::corpus::words;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn shingles_of_short_texts() {
        let count = |text: &str| shingle_hashes(&word_hashes(text)).count();
        assert_eq!([count(""), count("a"), count("a b"), count("a b c"), count("a b c d")], [0, 1, 1, 1, 2]);
    }

    proptest! {
        #[test]
        fn the_fast_hash_is_the_plain_one(ascii in "[ -~]{0,60}", text in any::<String>()) {
            for text in [ascii, text] {
                let plain: Vec<u64> =
                    words(&text, 0).iter().map(|word| folded_hash(word.folded.as_bytes())).collect();
                prop_assert_eq!(word_hashes(&text), plain);
            }
        }
    }
}
