//! A quote in stretches: what is marked, what is not, and what of it need not be read.

use super::model::MarkView;
use super::wrap::visible;
use serde::Serialize;

/// A stretch of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Stretch {
    /// Its text, without what a screen would obey.
    pub(super) text: String,
    /// The kind of its mark; empty where it has none.
    pub(super) mark: String,
    /// How many words of it are folded away; 0 where it is shown.
    pub(super) folded: usize,
}

/// Bytes of unmarked text that are shown beside a mark, and at the start and the end of a long quote without marks.
const BESIDE: usize = 160;
const AT_THE_ENDS: usize = 700;
/// The fewest bytes that are worth folding away.
const LEAST: usize = 240;
/// Bytes in which a blank is looked for, so that no word is cut.
const SLACK: usize = 40;

/// Takes a quote apart at its marks, and folds long stretches between them. Linear in the quote.
///
/// Marks that do not fit the quote, as they may come from a file, are passed over.
pub(super) fn stretches(quote: &str, marks: &[MarkView]) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut at = 0;
    let beside = if marks.is_empty() { AT_THE_ENDS } else { BESIDE };
    for mark in marks {
        let (Some(before), Some(text)) = (quote.get(at..mark.start), quote.get(mark.start..mark.end)) else {
            continue;
        };
        let head = if at == 0 { 0 } else { beside };
        unmarked(before, head, beside, &mut out);
        match text.len() > 2 * AT_THE_ENDS + LEAST {
            true => pieces(text, AT_THE_ENDS, AT_THE_ENDS, &mark.kind, &mut out),
            false => push(text, &mark.kind, &mut out),
        }
        at = mark.end;
    }
    let tail = if marks.is_empty() { beside } else { 0 };
    unmarked(quote.get(at..).unwrap_or_default(), beside, tail, &mut out);
    out
}

fn unmarked(text: &str, head: usize, tail: usize, out: &mut Vec<Stretch>) {
    match text.len() > head + tail + LEAST {
        true => pieces(text, head, tail, "", out),
        false => push(text, "", out),
    }
}

/// The head and the tail of a text, and what lies between them, folded.
fn pieces(text: &str, head: usize, tail: usize, mark: &str, out: &mut Vec<Stretch>) {
    let first = cut_after(text, head);
    let last = cut_before(text, text.len() - tail).max(first);
    push(&text[..first], mark, out);
    let folded = text[first..last].split_whitespace().count();
    if folded > 0 {
        out.push(Stretch { text: shown(&text[first..last]), mark: mark.to_owned(), folded });
    }
    push(&text[last..], mark, out);
}

fn push(text: &str, mark: &str, out: &mut Vec<Stretch>) {
    if !text.is_empty() {
        out.push(Stretch { text: shown(text), mark: mark.to_owned(), folded: 0 });
    }
}

/// The end of the word at an offset, or of the character where the word is long.
fn cut_after(text: &str, at: usize) -> usize {
    let at = ceil(text, at);
    if at == 0 {
        return 0;
    }
    let window = floor(text, at + SLACK);
    text[at..window].find(char::is_whitespace).map_or(at, |blank| at + blank)
}

/// The start of the word at an offset, or of the character where the word is long.
fn cut_before(text: &str, at: usize) -> usize {
    let at = floor(text, at);
    if at == text.len() {
        return at;
    }
    let window = ceil(text, at.saturating_sub(SLACK));
    let behind = |(offset, c): (usize, char)| window + offset + c.len_utf8();
    text[window..at].char_indices().rfind(|(_, c)| c.is_whitespace()).map_or(at, behind)
}

/// The last start of a character up to an offset.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The first start of a character from an offset on.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// Text without what a screen would obey, line by line.
pub(super) fn shown(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(|line| visible(line.trim_end_matches('\r'))).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{MarkView, stretches};
    use proptest::prelude::{any, prop_assert_eq, proptest};

    fn mark(start: usize, end: usize) -> MarkView {
        MarkView { start, end, kind: "value".to_owned() }
    }

    #[test]
    fn what_lies_between_marks_is_folded() {
        let words = "one two three four five ".repeat(60);
        let quote = format!("{words}HERE {words}THERE {words}");
        let (here, there) = (words.len(), 2 * words.len() + 5);
        let parts = stretches(&quote, &[mark(here, here + 4), mark(there, there + 5)]);
        let folds: Vec<bool> = parts.iter().map(|part| part.folded > 0).collect();
        assert_eq!(folds, [true, false, false, false, true, false, false, false, true], "{parts:#?}");
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), quote);
    }

    #[test]
    fn a_short_quote_and_one_long_word() {
        assert_eq!(stretches("Four words are here", &[]).len(), 1);
        let word = "ä".repeat(500_000);
        let parts = stretches(&word, &[]);
        assert_eq!(parts.iter().map(|part| part.folded).collect::<Vec<_>>(), [0, 1, 0]);
        assert!(parts[0].text.len() < 1000 && parts[2].text.len() < 1000);
    }

    proptest! {
        /// Whatever a file says of marks, nothing is lost and nothing panics.
        #[test]
        fn nothing_is_lost(quote in "[a-zäß .]{0,900}", at in any::<(u16, u16)>()) {
            let (start, end) = (usize::from(at.0) % 1000, usize::from(at.1) % 1000);
            let parts = stretches(&quote, &[mark(start, end), mark(end, start)]);
            prop_assert_eq!(parts.into_iter().map(|part| part.text).collect::<String>(), quote);
        }
    }
}
