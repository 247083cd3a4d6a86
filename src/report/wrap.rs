//! Long paragraphs on a narrow screen, with the marked words kept in sight.

use std::borrow::Cow;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks a line (without line ends) at blanks into rows of at most `width` columns; a longer word
/// is cut. Linear.
pub(super) fn wrap(line: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = Vec::new();
    let (mut start, mut columns, mut last_blank) = (0, 0, None);
    for (at, c) in line.char_indices() {
        if c == ' ' {
            last_blank = Some(at);
            columns += 1;
            continue;
        }
        let wide = char_width(c);
        if columns + wide > width.max(2) && at > start {
            // Without a blank to break at, the word itself is cut.
            let (end, next): (usize, usize) = last_blank.map_or((at, at), |blank: usize| (blank, blank + 1));
            rows.push(start..end);
            columns = line[next..at].chars().map(char_width).sum();
            start = next;
            last_blank = None;
        }
        columns += wide;
    }
    rows.push(start..line.len());
    rows
}

/// Columns of a text on a terminal.
pub(super) fn width(text: &str) -> usize {
    visible(text).width()
}

fn char_width(c: char) -> usize {
    if is_hidden(c) { 1 } else { c.width().unwrap_or(1) }
}

/// The text without what a terminal would obey: control characters and direction marks become U+FFFD.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_hidden) {
        let show = |c| match c {
            '\t' => ' ',
            _ if is_hidden(c) => '\u{fffd}',
            _ => c,
        };
        Cow::Owned(text.chars().map(show).collect())
    } else {
        Cow::Borrowed(text)
    }
}

fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::{visible, wrap};
    use proptest::prelude::{any, prop_assert, proptest};

    #[test]
    fn rows_break_at_blanks() {
        let rows = |line: &'static str, width| {
            wrap(line, width).into_iter().map(|row| &line[row]).collect::<Vec<_>>()
        };
        assert_eq!(rows("one two three", 7), ["one two", "three"]);
        assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(rows("", 7), [""]);
        assert_eq!(rows("平壌で会談", 4), ["平壌", "で会", "談"]);
    }

    #[test]
    fn escapes_are_shown_not_obeyed() {
        assert_eq!(visible("a\x1b[31mb\u{202e}\tc"), "a\u{fffd}[31mb\u{fffd} c");
    }

    proptest! {
        #[test]
        fn rows_run_forwards(line in any::<String>(), width in 0_usize..20) {
            let rows = wrap(&line, width);
            prop_assert!(rows.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(rows.iter().all(|row| line.get(row.clone()).is_some()));
        }
    }
}
