//! Where sentences end.

use crate::corpus::Span;

/// Words whose full stop seldom ends a sentence, in lower case.
const ABBREVIATIONS: [&str; 58] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "capt", "sgt", "maj", "cmdr", "adm", "sen", "rep",
    "gov", "rev", "st", "jr", "sr", "hon", "pres", "supt", "det", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thurs", "fri", "no",
    "nos", "vs", "v", "approx", "est", "fig", "inc", "ltd", "co", "corp", "bros", "dept", "etc", "al",
];

/// Whether a text ends with a word whose full stop seldom ends a sentence: "Mr.", "U.S.".
pub(super) fn ends_abbreviated(text: &str) -> bool {
    let Some(last) = text.split_whitespace().next_back().and_then(|word| word.strip_suffix('.')) else {
        return false;
    };
    let word = last.to_lowercase();
    word.contains('.') || word.chars().count() == 1 || ABBREVIATIONS.contains(&word.as_str())
}

/// Words that open sentences so often that the full stop of "U.S." before them ends one.
const OPENERS: [&str; 26] = [
    "The",
    "He",
    "She",
    "It",
    "They",
    "We",
    "But",
    "And",
    "In",
    "On",
    "At",
    "A",
    "An",
    "This",
    "That",
    "These",
    "However",
    "Meanwhile",
    "After",
    "Before",
    "As",
    "If",
    "When",
    "While",
    "His",
    "Her",
];

/// The sentences of `block`, as spans of the document's `text`, in order and without the blanks
/// between them. Linear in the block.
pub fn sentences(text: &str, block: Span) -> Vec<Span> {
    let whole = block.of(text);
    let base = block.start as usize;
    let mut out = Vec::new();
    let (mut start, mut seen) = (0, 0);
    for (at, _) in whole.match_indices(['.', '!', '?', '…', '。', '！', '？']) {
        // Marks behind each other are read once.
        if at < seen {
            continue;
        }
        let (end, ends) = sentence_end(whole, at);
        seen = end;
        if ends && end > start {
            let blanks = whole[start..end].len() - whole[start..end].trim_start().len();
            out.push(Span::new(base + start + blanks, base + end));
            start = end;
        }
    }
    let rest = whole[start..].trim();
    if !rest.is_empty() {
        let from = base + start + whole[start..].len() - whole[start..].trim_start().len();
        out.push(Span::new(from, from + rest.len()));
    }
    out
}

/// The end of the marks from `at` on, with the quotation marks and brackets behind them, and whether a
/// sentence ends there.
fn sentence_end(text: &str, at: usize) -> (usize, bool) {
    let mark = text[at..].chars().next().unwrap_or('.');
    let behind = at + mark.len_utf8();
    let is_wide = matches!(mark, '。' | '！' | '？');
    let rest = text[behind..].trim_start_matches(['"', '\'', '”', '’', '»', ')', ']', '.', '!', '?', '…']);
    let end = text.len() - rest.len();
    if is_wide || rest.is_empty() {
        return (end, true);
    }
    if !rest.starts_with(char::is_whitespace) {
        return (end, false);
    }
    // What opens the next sentence stands within a few characters.
    let opens =
        rest.trim_start().trim_start_matches(['"', '\'', '“', '‘', '«', '(', '[', '—', '–', '-', ' ']);
    let is_new =
        opens.chars().next().is_none_or(|c| c.is_uppercase() || c.is_numeric() || !c.is_alphanumeric());
    (end, is_new && !(mark == '.' && is_abbreviated(&text[..at], opens)))
}

fn is_abbreviated(before: &str, next: &str) -> bool {
    let word =
        before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '“' | '‘')).next().unwrap_or("");
    let next_word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    // An initial ("J. Smith"), or letters with full stops between them ("U.S.").
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    if word.contains('.') {
        return !OPENERS.contains(&next_word);
    }
    is_initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::{Span, sentences};
    use proptest::prelude::{any, prop_assert, proptest};

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            sentences(text, Span::new(0, text.len())).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn full_stops_that_end_sentences() {
        check("One. Two! Three?", &["One.", "Two!", "Three?"]);
        check("He said: \"We go.\" Then he went.", &["He said: \"We go.\"", "Then he went."]);
        check(
            "Mr. Lee met U.S. Secretary J. Doe on Jan. 5. He left the U.S. The end.",
            &["Mr. Lee met U.S. Secretary J. Doe on Jan. 5.", "He left the U.S.", "The end."],
        );
        check("It cost 1.5 million. 20 men came.", &["It cost 1.5 million.", "20 men came."]);
        check("no capital. here it goes on", &["no capital. here it goes on"]);
        check("終わった。次の文。", &["終わった。", "次の文。"]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn sentences_run_forwards_and_keep_all_words(text in any::<String>()) {
            let spans = sentences(&text, Span::new(0, text.len()));
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let kept: usize = spans.iter().map(|span| span.of(&text).chars().filter(|c| !c.is_whitespace()).count()).sum();
            prop_assert!(kept == text.chars().filter(|c| !c.is_whitespace()).count());
        }
    }
}
