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

fn push_unicode<'a>(run: &'a str, start: usize, out: &mut Vec<Word<'a>>) {
    let folded = fold(run);
    if folded.chars().any(is_spaceless) {
        return push_spaceless(run, start, out);
    }
    let span = Span::new(start, start + run.len());
    for word in folded.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()) {
        out.push(Word { span, folded: Cow::Owned(word.to_owned()) });
    }
}

/// A folded character and the place it came from.
type Placed = (char, Span);

/// Words and bigrams of a run in which scripts without spaces stand.
fn push_spaceless(run: &str, start: usize, out: &mut Vec<Word<'_>>) {
    let letters = placed(run, start);
    let kind = |&(c, _): &Placed| (is_spaceless(c), c.is_alphanumeric() || is_mark(c));
    for piece in letters.chunk_by(|a, b| kind(a) == kind(b)) {
        let width = match kind(&piece[0]) {
            (true, _) => 2.min(piece.len()),
            (false, true) => piece.len(),
            (false, false) => continue,
        };
        out.extend(piece.windows(width).map(|word| Word {
            span: word[0].1.join(word[width - 1].1),
            folded: Cow::Owned(
                NFKC.normalize(&word.iter().map(|(c, _)| *c).collect::<String>()).into_owned(),
            ),
        }));
    }
}

/// The folded characters of a run; a letter and the marks behind it are folded together.
fn placed(run: &str, start: usize) -> Vec<Placed> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(first) = run[from..].chars().next() {
        let behind = from + first.len_utf8();
        let is_tail = |c: char| is_mark(c) || is_zero_width(c);
        let to = run[behind..].find(|c| !is_tail(c)).map_or(run.len(), |length| behind + length);
        let span = Span::new(start + from, start + to);
        out.extend(fold(&run[from..to]).chars().map(|c| (c, span)));
        from = to;
    }
    out
}

/// Normalising before and after folding makes the result stable (Unicode 16.0, definition D146).
fn fold(text: &str) -> String {
    let visible: String = text.chars().filter(|&c| !is_zero_width(c)).collect();
    let folded = CaseMapper::new().fold_string(&NFKC.normalize(&visible)).into_owned();
    NFKC.normalize(&folded).into_owned()
}

fn is_spaceless(c: char) -> bool {
    // The long-vowel mark of kana belongs to no one script.
    c == 'ー'
        || !c.is_ascii()
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
    use super::words;
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
            let fold = |text: &str| -> Vec<String> {
                words(text, 0).into_iter().map(|word| word.folded.into_owned()).collect()
            };
            let once = fold(&text);
            prop_assert_eq!(fold(&once.join(" ")), once);
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
