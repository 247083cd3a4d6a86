//! What the marks between words say: which words are quoted, and where sentences begin and end.

use super::unit::Unit;
use crate::corpus::Span;

/// What ends a sentence.
const ENDS: [char; 4] = ['.', '!', '?', '。'];
/// Words that a quotation has at least to be a sentence.
const SENTENCE: usize = 8;

/// Whether words of a block are a quotation: at least a sentence of them, and nearly all in quotation marks.
pub(super) fn is_quotation(unit: &Unit<'_>, words: impl Iterator<Item = Span>) -> bool {
    let quoted = quoted(unit.text);
    let (mut n, mut inside) = (0, 0);
    for span in words {
        n += 1;
        inside += usize::from(quoted.iter().any(|&(start, end)| start <= span.start && span.end <= end));
    }
    inside >= SENTENCE && inside * 5 >= n * 4
}

/// Whether a run of words holds a whole sentence of at least so many words.
pub(super) fn holds_sentence(text: &str, words: &[Span], least: usize) -> bool {
    let ends = |gap: &str| gap.contains(ENDS) && !gap.ends_with(char::is_alphanumeric);
    let gap_before = |at: usize| match at.checked_sub(1) {
        Some(before) => &text[words[before].end as usize..words[at].start as usize],
        None => &text[..words[0].start as usize],
    };
    let is_start = |at: usize| match at {
        // Before the run stands another sentence, or nothing but marks.
        0 => {
            let before = gap_before(0);
            let other = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !ENDS.contains(&c));
            other.is_empty() || other.ends_with(ENDS) && before[other.len()..].contains(char::is_whitespace)
        }
        _ => ends(gap_before(at)) && gap_before(at).contains(char::is_whitespace),
    };
    let behind = words.last().map_or("", |last| &text[last.end as usize..]);
    let is_last_end = behind.trim_start_matches(['"', '”', '’', ')']).is_empty() || behind.starts_with(ENDS);
    let starts: Vec<usize> = (0..words.len()).filter(|&at| is_start(at)).collect();
    let mut bounds = starts.clone();
    bounds.extend(is_last_end.then_some(words.len()));
    bounds.windows(2).any(|pair| pair[1] - pair[0] >= least)
}

/// The stretches in double quotation marks; one that is not closed goes on to the end of the block.
fn quoted(text: &str) -> Vec<(u32, u32)> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        let is_opening = matches!(c, '“' | '„' | '«') || c == '"' && open.is_none();
        let is_closing = matches!(c, '”' | '»') || c == '"' && open.is_some() || c == '“' && open.is_some();
        match open {
            Some(start) if is_closing => {
                out.push((start as u32, at as u32));
                open = None;
            }
            None if is_opening => open = Some(at),
            _ => {}
        }
    }
    out.extend(open.map(|start| (start as u32, text.len() as u32)));
    out
}

#[cfg(test)]
mod tests {
    use super::{holds_sentence, quoted};
    use crate::corpus::Span;
    use crate::fingerprint::WordList;

    #[test]
    fn sentences_and_parts_of_them() {
        let check = |text: &str, run: std::ops::Range<usize>, expected: bool| {
            let words = WordList::of(text, Span::new(0, text.len())).spans;
            assert_eq!(holds_sentence(text, &words[run], 4), expected, "{text}");
        };
        check("The pier is closed for now. Nobody knows why.", 0..6, true);
        check("The pier is closed for now. Nobody knows why.", 1..9, false);
        check("The pier is closed for now, he said.", 0..6, false);
        check("Rain fell. “The pier is closed.” He left", 2..6, true);
        check("Rain fell. The pier is closed", 2..6, true);
        check("Sales of 38.0 million marks were off.", 3..8, false);
    }

    #[test]
    fn marks_of_many_kinds() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> =
                quoted(text).iter().map(|&(start, end)| &text[start as usize..end as usize]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("He said: \"Never.\" And \"no\".", &["\"Never.", "\"no"]);
        check("“Never,” she said. “Not", &["“Never,", "“Not"]);
        check("Er sagte: „Nie“, dann «non»", &["„Nie", "«non"]);
        check("nothing", &[]);
    }
}
