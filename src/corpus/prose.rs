//! What the look of a text tells of what it is.

use super::words::scan_words;

/// Whole sentences of at least so many words are running text, and no teasers.
const SHORTEST_SENTENCE: usize = 12;
/// Of so many words a text is running text however it ends.
const LONG: usize = 41;

/// How many words a text has. Linear.
pub fn count_words(text: &str) -> usize {
    let mut n = 0;
    scan_words(text, |_, _| n += 1);
    n
}

/// Whether a text ends as sentences do, or announces what follows.
pub fn ends_sentence(text: &str) -> bool {
    without_closers(text).ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟'])
}

/// Whether a text ends with a full stop, a question mark or an exclamation mark, behind which quotation marks
/// and brackets may close.
pub fn is_whole(text: &str) -> bool {
    without_closers(text).ends_with(['.', '!', '?', '。', '！', '？', '।', '؟'])
}

/// Whether a text is running text rather than a teaser or a label: long, or a whole sentence of some length.
pub fn is_running_text(text: &str) -> bool {
    let words = count_words(text);
    words >= LONG || words >= SHORTEST_SENTENCE && is_whole(text)
}

fn without_closers(text: &str) -> &str {
    text.trim_end_matches(['"', '\'', '”', '’', ')', ']', '»', '」', ' ', '\u{a0}'])
}
