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
use std::ops::Range;

/// One word: where it stands and its folded form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its place in the text that was given.
    pub span: Span,
    /// NFKC, case folded; borrowed where the text already reads so.
    pub folded: Cow<'a, str>,
}

/// How a word was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form<'a> {
    /// ASCII letters and digits as they stand; folding them is making them lower-case.
    Ascii,
    /// Folded already.
    Folded(&'a str),
}

/// The words of `text` in order; spans are offset by `base`.
pub fn words(text: &str, base: usize) -> Vec<Word<'_>> {
    let mut out = Vec::with_capacity(text.len() / 6);
    scan_words(text, |range, form| {
        let span = Span::new(base + range.start, base + range.end);
        let folded = match form {
            Form::Folded(folded) => Cow::Owned(folded.to_owned()),
            Form::Ascii => lower_case(&text[range]),
        };
        out.push(Word { span, folded });
    });
    out
}

/// Meets every word of `text` in order without storing any: its range of bytes, and its form.
///
/// ASCII words cost no allocation and some 10 ns; a word with other characters in it is folded on its own.
pub fn scan_words(text: &str, mut each: impl FnMut(Range<usize>, Form<'_>)) {
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let end = start + ascii_run(bytes, start);
        match bytes.get(end) {
            Some(byte) if !byte.is_ascii() => {
                let c = text[end..].chars().next().expect("a character starts behind an ASCII byte");
                if is_inside(c) {
                    let rest = &text[end..];
                    let stop = rest.find(|c| !is_inside(c)).map_or(bytes.len(), |length| end + length);
                    scan_unicode(&text[start..stop], start, &mut each);
                    start = stop;
                    continue;
                }
                if end > start {
                    each(start..end, Form::Ascii);
                }
                start = end + c.len_utf8();
            }
            _ => {
                if end > start {
                    each(start..end, Form::Ascii);
                }
                start = end + 1;
            }
        }
    }
}

fn lower_case(word: &str) -> Cow<'_, str> {
    if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    }
}

/// How many ASCII letters and digits stand in a row from `at`.
fn ascii_run(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(eight) = bytes.get(end..end + 8) {
        let others = !alphanumeric_lanes(u64::from_le_bytes(eight.try_into().expect("eight bytes"))) & HIGH;
        if others != 0 {
            return end - at + others.trailing_zeros() as usize / 8;
        }
        end += 8;
    }
    end - at + bytes[end..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x80 * ONES;
/// The bit that tells lower-case letters from capitals.
const CASE: u64 = 0x20 * ONES;

/// The high bit of each byte that is an ASCII letter or digit; eight bytes are compared at once, each with its
/// own high bit set so that no subtraction borrows from its neighbor (Lamport, 1975).
fn alphanumeric_lanes(eight: u64) -> u64 {
    let at_least = |lanes: u64, byte: u8| (lanes | HIGH) - u64::from(byte) * ONES;
    let lower = (eight | CASE) & !HIGH;
    let plain = eight & !HIGH;
    let letters = at_least(lower, b'a') & !at_least(lower, b'z' + 1);
    let digits = at_least(plain, b'0') & !at_least(plain, b'9' + 1);
    (letters | digits) & !eight
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

/// The words of a run that holds other characters than ASCII.
fn scan_unicode(run: &str, start: usize, each: &mut impl FnMut(Range<usize>, Form<'_>)) {
    let folded = fold(run);
    if folded.chars().any(is_spaceless) {
        return scan_spaceless(run, start, each);
    }
    for word in folded.split(|c: char| !c.is_alphanumeric() && !is_mark(c)).filter(|word| !word.is_empty()) {
        each(start..start + run.len(), Form::Folded(word));
    }
}

/// A folded character and the place it came from.
type Placed = (char, Span);

/// Words and bigrams of a run in which scripts without spaces stand.
fn scan_spaceless(run: &str, start: usize, each: &mut impl FnMut(Range<usize>, Form<'_>)) {
    let letters = placed(run, start);
    let kind = |&(c, _): &Placed| (is_spaceless(c), c.is_alphanumeric() || is_mark(c));
    for piece in letters.chunk_by(|a, b| kind(a) == kind(b)) {
        let width = match kind(&piece[0]) {
            (true, _) => 2.min(piece.len()),
            (false, true) => piece.len(),
            (false, false) => continue,
        };
        for word in piece.windows(width) {
            let letters: String = word.iter().map(|(c, _)| *c).collect();
            let range = word[0].1.start as usize..word[width - 1].1.end as usize;
            each(range, Form::Folded(&NFKC.normalize(&letters)));
        }
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
        /// The letters of a text in full width fold to its ASCII letters, by the other path.
        #[test]
        fn both_paths_give_the_same_words(text in "[ -~]{0,80}") {
            let wide = |c: char| if c.is_ascii_alphanumeric() {
                char::from_u32(c as u32 + 0xfee0).expect("a full-width form")
            } else {
                c
            };
            let fold = |text: &str| -> Vec<String> {
                words(text, 0).into_iter().map(|word| word.folded.into_owned()).collect()
            };
            prop_assert_eq!(fold(&text), fold(&text.chars().map(wide).collect::<String>()));
            let plain = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
            prop_assert_eq!(fold(&text), plain.map(str::to_ascii_lowercase).collect::<Vec<_>>());
        }

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
