//! Paragraphs of plain text.
//!
//! A blank line ends a paragraph. So does a line end where lines are longer than anyone wraps
//! them, a line set in from the margin behind one that is not, and a bullet.

use super::Draft;
use super::sentences::ends_abbreviated;
use crate::corpus::{BlockKind, Span, is_whole};
use std::borrow::Cow;

/// Lines of more code points than this were not wrapped: each is a paragraph of its own.
const LONGEST_WRAPPED: usize = 120;

/// Narrower columns are verse, addresses and tables: their lines end where they want.
const NARROWEST_WRAPPED: usize = 40;

#[derive(Clone, Copy)]
struct Line<'a> {
    /// Without the blanks around it.
    span: Span,
    text: &'a str,
    is_indented: bool,
}

impl Line<'_> {
    fn columns(&self) -> usize {
        self.text.chars().count()
    }
}

/// The paragraphs in order, without the blanks around them. Linear in the text.
pub(super) fn paragraphs(text: &str) -> Vec<Draft> {
    let lines = lines(text);
    lines.split(|line| line.span.is_empty()).flat_map(chunk).collect()
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let mut out = Vec::new();
    // "\r\n" gives an empty line between its two characters, which must not end a paragraph.
    for raw in text.split_inclusive(['\n', '\r']) {
        let trimmed = raw.trim();
        let is_inside_crlf = raw == "\n" && text[..start].ends_with('\r');
        if !is_inside_crlf {
            let blanks = raw.len() - raw.trim_start().len();
            let from = start + if trimmed.is_empty() { 0 } else { blanks };
            out.push(Line {
                span: Span::new(from, from + trimmed.len()),
                text: trimmed,
                is_indented: blanks >= 2 || raw.starts_with('\t'),
            });
        }
        start += raw.len();
    }
    out
}

/// The paragraphs of lines without a blank one among them.
fn chunk(lines: &[Line<'_>]) -> Vec<Draft> {
    let is_unwrapped = is_unwrapped(lines);
    let width = lines.iter().map(Line::columns).max().unwrap_or(0);
    let mut drafts: Vec<Draft> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let bullet = bullet_length(line.text);
        let previous = index.checked_sub(1).map(|index| &lines[index]);
        let starts = is_unwrapped
            || bullet > 0
            || previous.is_none_or(|previous| starts_paragraph(previous, line, width));
        match drafts.last_mut().filter(|_| !starts) {
            Some(open) => open.span = open.span.join(line.span),
            None => {
                let span = Span::new(line.span.start as usize + bullet, line.span.end as usize);
                let declared = (bullet > 0).then_some((BlockKind::ListItem, Cow::Borrowed("bullet")));
                drafts.push(Draft { span, declared, linked: 0 });
            }
        }
    }
    drafts
}

/// Whether each line is a paragraph: one is longer than anyone wraps, or nearly all are whole sentences.
fn is_unwrapped(lines: &[Line<'_>]) -> bool {
    let is_long = lines.iter().any(|line| line.text.chars().nth(LONGEST_WRAPPED).is_some());
    is_long
        || lines.len() > 2 && lines.iter().filter(|line| is_whole(line.text)).count() * 5 >= lines.len() * 4
}

/// A line set in from the margin starts a paragraph, and so does one behind a sentence that ended early: the
/// first word of the next would have had room on its line.
fn starts_paragraph(previous: &Line<'_>, line: &Line<'_>, width: usize) -> bool {
    let word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let had_room = width >= NARROWEST_WRAPPED && previous.columns() + 1 + word <= width;
    had_room && is_whole(previous.text) && !ends_abbreviated(previous.text)
        || line.is_indented
            && (!previous.is_indented || previous.text.ends_with(['.', '!', '?', '"', '”', ')']))
}

/// The bytes of a bullet and the blanks behind it; 0 where there is none or nothing behind it.
fn bullet_length(line: &str) -> usize {
    let rest = line.strip_prefix(['•', '‣', '▪', '●', '◦', '*', '-', '–']).unwrap_or(line);
    let text = rest.trim_start();
    if rest.len() == line.len() || text.len() == rest.len() || text.is_empty() {
        0
    } else {
        line.len() - text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::paragraphs;
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = paragraphs(text).iter().map(|draft| draft.span.of(text)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn paragraphs_of_each_layout() {
        check("", &[]);
        check(" \n\n One. \n\n\nTwo\nwrapped.\r\n\r\nThree.\u{a0}\n", &["One.", "Two\nwrapped.", "Three."]);
        let long = "word ".repeat(30);
        let text = format!("{long}\nShort title\n\nx\n");
        check(&text, &[long.trim(), "Short title", "x"]);
        check(
            "First wrapped\nparagraph.\n    Second set\nin.\n    Third.\n    Fourth.\n",
            &["First wrapped\nparagraph.", "Second set\nin.", "Third.", "Fourth."],
        );
        check("Lead:\n• one\n• two goes\non\n- three", &["Lead:", "one", "two goes\non", "three"]);
        check(
            "Head\nOne is.\nTwo is.\nThree is.\nFour is.",
            &["Head", "One is.", "Two is.", "Three is.", "Four is."],
        );
        check(
            "A paragraph of mail that somebody wrapped where it\nhad no more room for words.\nAnother paragraph stands right behind it, without\na blank line.",
            &[
                "A paragraph of mail that somebody wrapped where it\nhad no more room for words.",
                "Another paragraph stands right behind it, without\na blank line.",
            ],
        );
        check(
            "The board of the harbour said that the U.S.\nauthorities had not been asked for their leave in time.",
            &[
                "The board of the harbour said that the U.S.\nauthorities had not been asked for their leave in time.",
            ],
        );
        check("a\rb\r\rc", &["a\rb", "c"]);
    }

    proptest! {
        #[test]
        fn every_word_is_in_one_paragraph(text in "[a-zé,. \\t\\n\\r\u{a0}]{0,200}") {
            let drafts = paragraphs(&text);
            let kept: usize = drafts.iter().map(|draft| draft.span.of(&text).split_whitespace().count()).sum();
            prop_assert_eq!(kept, text.split_whitespace().count());
        }

        #[test]
        fn paragraphs_stand_apart(text in any::<String>()) {
            prop_assert!(paragraphs(&text).windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }
}
