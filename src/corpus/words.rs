//! The words of a text, as duplicates are compared by.
//!
//! NFKC, full case folding, zero-width characters dropped; a word is a maximal run of
//! alphanumeric characters and combining marks. `Jong-un`, `Jong Un` and `JONG‑UN` give the
//! same two words, and quotation marks, dashes and apostrophes never matter. Scripts that are
//! written without spaces give the bigrams of their characters.

use super::Span;
use icu_casemap::CaseMapper;
use icu_normalizer::{ComposingNormalizer, ComposingNormalizerBorrowed};
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup, Script};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};
use std::borrow::Cow;

/// One word: where it stands and its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its place in the text that was given.
    pub span: Span,
    /// NFKC, case folded; borrowed where the text already reads so.
    pub folded: Cow<'a, str>,
}

/// The words of `text` in order; spans are offset by `base`.
pub fn words(text: &str, base: usize) -> Vec<Word<'_>> {
    let mut out = Vec::with_capacity(text.len() / 6);
    let mut rest = 0;
    while let Some(length) = text[rest..].find(is_inside) {
        let start = rest + length;
        let end = text[start..].find(|c| !is_inside(c)).map_or(text.len(), |length| start + length);
        push_run(&text[start..end], base + start, &mut out);
        rest = end;
    }
    out
}

fn is_inside(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    c.is_alphanumeric() || is_mark(c) || is_zero_width(c) || folds_to_letters(c)
}

/// Symbols such as `№` or `™` become letters under NFKC.
fn folds_to_letters(c: char) -> bool {
    // Quotation marks and dashes are by far the most common non-ASCII characters of news: no letters.
    !('\u{2010}'..='\u{2027}').contains(&c)
        && NFKC.normalize(c.encode_utf8(&mut [0; 4])).chars().any(char::is_alphanumeric)
}

fn is_mark(c: char) -> bool {
    GeneralCategoryGroup::Mark.contains(CATEGORY.get(c))
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn push_run<'a>(run: &'a str, start: usize, out: &mut Vec<Word<'a>>) {
    let span = Span::new(start, start + run.len());
    if run.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        out.push(Word { span, folded: Cow::Borrowed(run) });
    } else if run.is_ascii() {
        out.push(Word { span, folded: Cow::Owned(run.to_ascii_lowercase()) });
    } else {
        push_unicode(run, start, out);
    }
}

/// Characters of one run, either all of a script without spaces or none.
fn push_unicode<'a>(run: &'a str, start: usize, out: &mut Vec<Word<'a>>) {
    let mut from = 0;
    while from < run.len() {
        let rest = &run[from..];
        let spaceless = rest.chars().next().is_some_and(is_spaceless);
        let belongs = |c: char| is_spaceless(c) == spaceless || is_mark(c) || is_zero_width(c);
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        let (piece, at) = (&rest[..length], start + from);
        if spaceless {
            push_bigrams(piece, at, out)
        } else {
            push_folded(piece, at, out)
        }
        from += length;
    }
}

fn push_folded(piece: &str, start: usize, out: &mut Vec<Word<'_>>) {
    let span = Span::new(start, start + piece.len());
    let folded = fold(piece);
    for word in folded.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()) {
        out.push(Word { span, folded: Cow::Owned(word.to_owned()) });
    }
}

fn push_bigrams(piece: &str, start: usize, out: &mut Vec<Word<'_>>) {
    let letters: Vec<(usize, char)> = piece.char_indices().filter(|&(_, c)| !is_zero_width(c)).collect();
    let end_of = |index: usize| letters.get(index + 1).map_or(piece.len(), |&(at, _)| at);
    for index in 0..letters.len().saturating_sub(1).max(1).min(letters.len()) {
        let last = (index + 1).min(letters.len() - 1);
        let span = Span::new(start + letters[index].0, start + end_of(last));
        let bigram: String = letters[index..=last].iter().map(|&(_, c)| c).collect();
        out.push(Word { span, folded: Cow::Owned(fold(&bigram)) });
    }
}

/// Normalising before and after folding makes the result stable (Unicode 16.0, definition D146).
fn fold(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| !is_zero_width(c)).collect();
    let folded = CaseMapper::new().fold_string(&NFKC.normalize(&visible)).into_owned();
    NFKC.normalize(&folded).into_owned()
}

fn is_spaceless(c: char) -> bool {
    !c.is_ascii()
        && matches!(
            SCRIPT.get(c),
            Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
        )
}

static CATEGORY: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::new();
static SCRIPT: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::new();
static NFKC: ComposingNormalizerBorrowed<'static> = ComposingNormalizer::new_nfkc();

#[cfg(test)]
mod tests {
    use super::{is_inside, words};
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = words(text, 0).iter().map(|word| word.folded.to_string()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn what_a_word_is() {
        check("", &[]);
        check("Kim Jong-un", &["kim", "jong", "un"]);
        check("KIM JONG\u{2011}UN", &["kim", "jong", "un"]);
        check("Putin’s \"10,000\" men", &["putin", "s", "10", "000", "men"]);
        check("Straße STRASSE", &["strasse", "strasse"]);
        check("co\u{ad}operate zero\u{200b}width", &["cooperate", "zerowidth"]);
        check("ﬁne №5 ½", &["fine", "no5", "1", "2"]);
        check("e\u{301}tude étude", &["étude", "étude"]);
        check("平壌で会談", &["平壌", "壌で", "で会", "会談"]);
        check("abc平壌", &["abc", "平壌"]);
        check("平", &["平"]);
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in any::<String>()) {
            let once: Vec<String> = words(&text, 0).into_iter().map(|word| word.folded.into_owned()).collect();
            for word in &once {
                prop_assert!(!word.is_empty());
                prop_assert!(word.chars().all(is_inside), "{word:?}");
            }
        }

        #[test]
        fn spans_slice_and_run_forwards(text in any::<String>()) {
            let mut last = 0;
            for word in words(&text, 0) {
                prop_assert!(word.span.start >= last);
                last = word.span.start;
                prop_assert_eq!(word.span.of(&text).is_empty(), false);
            }
        }
    }
}
