//! The tokens that values and patterns are read from.
//!
//! Unlike the words duplicates are compared by, tokens keep figures whole (`10,000`) and keep
//! punctuation, which ends clauses. A hyphen between letters is no token, so `Jong-un` and
//! `Jong Un` read alike.

use crate::corpus::Span;
use rust_decimal::Decimal;
use std::borrow::Cow;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, or letters followed by digits (`G7`).
    Word,
    /// Digits, with grouping commas or a decimal point.
    Number,
    /// A mark.
    Mark,
}

/// A word, a figure or a mark of punctuation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// Where it stands.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// As written.
    pub text: &'a str,
    /// Lower case, initials without full stops (`us` for `U.S.`); quotation marks as `"` and `'`, dashes as `-`.
    pub norm: Cow<'a, str>,
    /// The figure's value, where it is one of at most 28 digits.
    pub number: Option<Decimal>,
    /// Whether no blank stands before it.
    pub is_glued: bool,
}

impl Token<'_> {
    /// Whether the token is this word or mark.
    pub fn is(&self, norm: &str) -> bool {
        self.norm == norm
    }

    /// Whether it starts with a capital letter.
    pub fn is_capitalized(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// The figure, in a language with this decimal mark.
    pub(super) fn value(&self, decimal: char) -> Option<Decimal> {
        if decimal == '.' { self.number } else { figure(self.text, decimal) }
    }

    /// The figure, where it is a whole number without a decimal point.
    pub fn whole(&self) -> Option<i64> {
        let number = self.number.filter(|n| n.scale() == 0)?;
        i64::try_from(number).ok()
    }
}

/// The tokens of `text` in order; spans are offset by `base`. Linear in the text.
pub fn tokens(text: &str, base: usize) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    let mut glued = false;
    while let Some(c) = text[at..].chars().next() {
        let length = match c {
            _ if c.is_whitespace() || is_invisible(c) => c.len_utf8(),
            _ if c.is_ascii_digit() => number_length(text, at),
            _ if is_letter(c) => initials_length(&text[at..]).unwrap_or_else(|| word_length(&text[at..])),
            _ => c.len_utf8(),
        };
        let piece = &text[at..at + length];
        if c.is_whitespace() {
            glued = false;
        } else if !is_invisible(c) && !is_inner_hyphen(text, at, c) {
            push(piece, base + at, glued, &mut out);
            glued = true;
        }
        at += length;
    }
    out
}

fn push<'a>(piece: &'a str, start: usize, is_glued: bool, out: &mut Vec<Token<'a>>) {
    let first = piece.chars().next().unwrap_or(' ');
    let kind = match first {
        c if c.is_ascii_digit() => TokenKind::Number,
        c if is_letter(c) => TokenKind::Word,
        _ => TokenKind::Mark,
    };
    let cut = if kind == TokenKind::Word { contraction(piece) } else { piece.len() };
    let mut add = |text: &'a str, start: usize, is_glued: bool| {
        out.push(Token {
            span: Span::new(start, start + text.len()),
            kind,
            text,
            norm: norm(text, kind),
            number: number(text, kind),
            is_glued,
        });
    };
    add(&piece[..cut], start, is_glued);
    if cut < piece.len() {
        add(&piece[cut..], start + cut, true);
    }
}

fn norm(text: &str, kind: TokenKind) -> Cow<'_, str> {
    match (kind, text) {
        (TokenKind::Mark, "“" | "”" | "„" | "«" | "»" | "\"") => "\"".into(),
        (TokenKind::Mark, "‘" | "’" | "‚" | "'") => "'".into(),
        (TokenKind::Mark, "-" | "‐" | "‑" | "–" | "−" | "—" | "―") => "-".into(),
        (TokenKind::Word, _) if text.ends_with('.') => text.replace('.', "").to_lowercase().into(),
        // Most words of a text are in lower case already.
        _ if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) => text.into(),
        _ => text.replace('’', "'").to_lowercase().into(),
    }
}

fn number(text: &str, kind: TokenKind) -> Option<Decimal> {
    (kind == TokenKind::Number).then(|| figure(text, '.')).flatten()
}

/// What digits mean where this is the decimal mark; the other one groups.
fn figure(text: &str, decimal: char) -> Option<Decimal> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let group = if decimal == '.' { ',' } else { '.' };
    let last = text.rsplit(group).next().unwrap_or("");
    // `1,5` has no group in it, so the mark is the other decimal one, as in `1.5` where the comma is.
    let is_swapped = text.contains(group) && last.len() < 3 && last.bytes().all(|b| b.is_ascii_digit())
        || text.find(decimal) < text.find(group) && text.contains(decimal);
    let (decimal, group) = if is_swapped { (group, decimal) } else { (decimal, group) };
    text.replace(group, "").replace(decimal, ".").parse().ok()
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn is_inner_hyphen(text: &str, at: usize, c: char) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| is_letter(c) && !c.is_ascii_digit());
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
        && letter(text[..at].chars().next_back())
        && letter(text[at + c.len_utf8()..].chars().next())
}

/// Digits with the marks in them: groups of three behind commas or full stops, one decimal mark with digits behind it.
///
/// `1,5` is one figure where it is no list, `25.4.2019` is three.
fn number_length(text: &str, at: usize) -> usize {
    let (before, text) = text.split_at(at);
    let digits = |from: usize| text[from..].bytes().take_while(u8::is_ascii_digit).count();
    let is_at = |end: usize, mark: char| text[end..].starts_with(mark);
    // A figure behind a mark behind a figure is one of a date or a list.
    let goes_on = |mark: char| {
        before.strip_suffix(mark).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
    };
    let first = digits(0);
    let grouped = |mark: char| {
        let mut end = first;
        while first <= 3 && is_at(end, mark) && digits(end + 1) == 3 {
            end += 4;
        }
        // 12,34,567: groups of two, and three at the end.
        let mut indian = first;
        while first <= 2 && is_at(indian, mark) && digits(indian + 1) == 2 {
            indian += 3;
        }
        if indian > first && is_at(indian, mark) && digits(indian + 1) == 3 { indian + 4 } else { end }
    };
    let (commas, stops) = (grouped(','), grouped('.'));
    let (mut end, mark) = if stops > first && is_at(stops, ',') { (stops, ',') } else { (commas, '.') };
    let decimals = |end: usize, mark: char| if is_at(end, mark) { digits(end + 1) } else { 0 };
    let count = decimals(end, mark);
    let is_last = |count: usize| !(is_at(end + 1 + count, mark) && digits(end + 2 + count) > 0);
    if count > 0 && is_last(count) && !goes_on(mark) {
        end += 1 + count;
    } else if mark == '.' && end == first && (1..=2).contains(&decimals(end, ',')) && end <= 3 {
        let behind = end + 1 + decimals(end, ',');
        let is_list = is_at(behind, ',') || goes_on(',');
        end = if is_list { end } else { behind };
    }
    end
}

/// Two or more single letters with a full stop behind each: `U.S.`, `a.m.`
fn initials_length(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let (mut length, mut n) = (0, 0);
    // Longer runs are no initials; without the bound a run of them would be read again from every letter.
    while let (Some(letter), Some('.')) = (chars.next().filter(|c| c.is_alphabetic()), chars.next()) {
        length += letter.len_utf8() + 1;
        n += 1;
        if n > 8 {
            return None;
        }
    }
    (n > 1 && !text[length..].chars().next().is_some_and(is_letter)).then_some(length)
}

fn word_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’') && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic());
        if !is_letter(c) && !is_invisible(c) && !joins {
            return at;
        }
    }
    text.len()
}

/// Where `Kim's` and `didn't` come apart; the length where they do not.
fn contraction(word: &str) -> usize {
    const ENDINGS: [&str; 6] = ["s", "ll", "re", "ve", "d", "m"];
    let Some((at, mark)) = word.char_indices().rev().find(|&(_, c)| matches!(c, '\'' | '’')) else {
        return word.len();
    };
    let ending = word[at + mark.len_utf8()..].to_lowercase();
    let is_not = ending == "t" && word[..at].ends_with(['n', 'N']);
    match at {
        0 => word.len(),
        _ if is_not && at > 1 => at - 1,
        _ if ENDINGS.contains(&ending.as_str()) => at,
        _ => word.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cow, tokens};
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    fn check(text: &str, expected: &str) {
        let norms: Vec<Cow<'_, str>> = tokens(text, 0).into_iter().map(|token| token.norm).collect();
        assert_eq!(norms.join(" "), expected, "{text}");
    }

    #[test]
    fn figures_stay_whole_and_hyphens_between_letters_vanish() {
        check("Kim Jong-un’s 10,000 men, 1.5 percent.", "kim jong un 's 10,000 men , 1.5 percent .");
        check("He didn't; the G7 won’t.", "he did n't ; the g7 wo n't .");
        check("1950–53 and the 1990s", "1950 - 53 and the 1990 s");
        check("“slave-like”", "\" slave like \"");
        check("1,2,3 and 1.2.3", "1 , 2 , 3 and 1 . 2 . 3");
        check("25.4.2019, 1.000,5 and 12,34,567.89", "25 . 4 . 2019 , 1.000,5 and 12,34,567.89");
        check("the U.S. and J. Doe at 5 a.m.", "the us and j . doe at 5 am");
        check("O'Neill's l’état", "o'neill 's l'état");
    }

    proptest! {
        #[test]
        fn spans_slice(text in any::<String>()) {
            let mut last = 0;
            for token in tokens(&text, 0) {
                prop_assert!(token.span.start >= last);
                last = token.span.end;
                prop_assert_eq!(token.span.of(&text), token.text);
            }
        }
    }
}
