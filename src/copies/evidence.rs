//! What speaks for a copy: how much two blocks share, how rare it is, and what stands in place of the rest.
//!
//! On agency news half of the blocks that resemble each other across stories are stock phrases and a third
//! are formulas with other figures ("raised its stake in N to N shares, or N pct"). A copy shares words that
//! few others have; a formula has the same words around other names and numbers, again and again.

use super::unit::Unit;
use crate::corpus::Span;
use crate::fingerprint::WordList;
use crate::matching::{Alignment, Edit, EditKind, align};
use crate::value::is_number_word;
use rustc_hash::FxHashMap;

/// Shared words for each changed name or figure, below which a text is a formula that was filled in anew.
const WORDS_PER_CHANGE: usize = 25;
/// The longest replacement that is looked into: longer ones are other sentences.
const LONGEST_CHANGE: usize = 8;
/// A text that stands in more articles than this is no evidence that two of them are one story.
pub const FEW: usize = 4;
/// Rare shingles that two blocks share at least if nothing else speaks for a copy.
const RARE: u32 = 6;

/// Words of a block that stands in another article as a whole, to speak for itself.
const WHOLE: usize = 12;

/// What two blocks share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Resemblance {
    /// Words that are the same.
    pub(super) words: usize,
    /// Whether the rest is other names and figures in the same places.
    pub(super) is_formula: bool,
}

/// Aligns two blocks and looks at what differs. O(n·d).
pub(super) fn resemblance(one: &Unit<'_>, two: &Unit<'_>) -> Resemblance {
    let list = |text: &str| WordList::of(text, Span::new(0, text.len()));
    let (a, b) = (list(one.text), list(two.text));
    let alignment = align(&a.hashes, &b.hashes);
    let words = alignment.shared();
    let changes = changes(&alignment, one.text, &a.spans, two.text, &b.spans);
    Resemblance { words, is_formula: changes * WORDS_PER_CHANGE > words }
}

/// How many names and figures have others in their place. What is deleted here and inserted there counts
/// as well: an alignment may find a small word in common between them.
fn changes(alignment: &Alignment, one: &str, a: &[Span], two: &str, b: &[Span]) -> usize {
    let is_short = |edit: &&Edit| edit.a.len().max(edit.b.len()) <= LONGEST_CHANGE;
    let edits = || alignment.edits.iter().filter(|edit| edit.kind != EditKind::Same).filter(is_short);
    let figures = |text: &str, words: &[Span]| words.iter().filter(|word| is_figure(text, **word)).count();
    let has_name = |text: &str, words: &[Span]| words.iter().any(|word| is_name(text, *word));
    let sum = |of: &dyn Fn(&Edit) -> usize| edits().map(of).sum::<usize>();
    let gone = sum(&|edit| figures(one, &a[edit.a.clone()]));
    let come = sum(&|edit| figures(two, &b[edit.b.clone()]));
    let names_gone = sum(&|edit| usize::from(has_name(one, &a[edit.a.clone()])));
    let names_come = sum(&|edit| usize::from(has_name(two, &b[edit.b.clone()])));
    gone.min(come) + names_gone.min(names_come)
}

fn is_figure(text: &str, span: Span) -> bool {
    let word = span.of(text);
    word.contains(|c: char| c.is_ascii_digit()) || is_number_word(word)
}

/// Words that begin a sentence with a capital without being a name.
const FUNCTION_WORDS: [&str; 36] = [
    "A", "After", "All", "An", "And", "As", "At", "Before", "But", "By", "During", "For", "From", "He",
    "His", "However", "I", "If", "In", "It", "Its", "Of", "On", "She", "Since", "That", "The", "Their",
    "There", "They", "This", "To", "We", "When", "While", "With",
];

fn is_name(text: &str, span: Span) -> bool {
    let word = span.of(text);
    word.starts_with(char::is_uppercase) && !FUNCTION_WORDS.contains(&word)
}

/// What two articles share in all.
#[derive(Clone, Copy, Debug, Default)]
struct Weight {
    /// A pair of blocks speaks for itself.
    is_strong: bool,
    /// Blocks, words and rare shingles of texts that few articles have.
    blocks: usize,
    words: usize,
    rare: u32,
    /// Words of all shared texts, common ones too.
    all_words: usize,
}

/// Which articles are one story.
#[derive(Debug, Default)]
pub(super) struct Stories {
    weights: FxHashMap<(usize, usize), Weight>,
    /// The words of each article.
    words: FxHashMap<usize, usize>,
}

/// A block of one article that resembles one of another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hint {
    pub(super) documents: (usize, usize),
    pub(super) words: usize,
    pub(super) rare: u32,
    /// How many articles have the text.
    pub(super) articles: usize,
    /// Whether all words are the same.
    pub(super) is_exact: bool,
}

impl Hint {
    /// Whether it says enough by itself: `least` words, or a whole block of fewer, and rare ones.
    pub(super) fn is_strong(&self, least: usize) -> bool {
        let least = if self.is_exact { least.min(WHOLE) } else { least };
        self.words >= least && self.rare >= RARE && self.articles <= FEW
    }
}

impl Stories {
    pub(super) fn new(units: &[Unit<'_>]) -> Self {
        let mut words: FxHashMap<usize, usize> = FxHashMap::default();
        for unit in units {
            *words.entry(unit.document).or_default() += unit.print.words as usize;
        }
        Self { weights: FxHashMap::default(), words }
    }

    pub(super) fn add(&mut self, hint: &Hint, least: usize) {
        let weight = self.weights.entry(ordered(hint.documents)).or_default();
        weight.is_strong |= hint.is_strong(least);
        weight.all_words += hint.words;
        if hint.articles <= FEW {
            weight.blocks += 1;
            weight.words += hint.words;
            weight.rare += hint.rare;
        }
    }

    /// Whether two articles are one story, so that whatever stands in both is a copy: a pair of blocks that
    /// speaks for itself, several that do together, or most of the shorter article.
    pub(super) fn is_one(&self, documents: (usize, usize)) -> bool {
        let Some(weight) = self.weights.get(&ordered(documents)) else { return false };
        let shorter = self.words[&documents.0].min(self.words[&documents.1]);
        weight.is_strong
            || weight.blocks >= 2 && weight.words >= 30 && weight.rare >= 2 * RARE
            || weight.blocks >= 3 && weight.words >= 120
            || weight.all_words >= 30 && 2 * weight.all_words >= shorter
    }
}

fn ordered((a, b): (usize, usize)) -> (usize, usize) {
    (a.min(b), a.max(b))
}

#[cfg(test)]
mod tests {
    use super::resemblance;
    use crate::copies::Unit;
    use crate::fingerprint::{Print, word_hashes};

    fn check(one: &str, two: &str, is_formula: bool) {
        let unit = |text| Unit {
            document: 0,
            position: 0,
            text,
            print: Print::of(&word_hashes(text)),
            series: None,
            seniority: 0,
        };
        let found = resemblance(&unit(one), &unit(two));
        assert_eq!(found.is_formula, is_formula, "{found:?}: {one} / {two}");
    }

    #[test]
    fn formulas_and_edits() {
        check(
            "Harbour traffic: seven ferries and 12 barges waited at Northpier on Monday, the port office said.",
            "Harbour traffic: nine ferries and 14 barges waited at Northpier on Friday, the port office said.",
            true,
        );
        check(
            "Brandt Mills Ltd said its board declared a three for one split, payable in spring.",
            "Oldham Ropes Ltd said its board declared a three for one split, payable in spring.",
            true,
        );
        check(
            "The council voted late on Tuesday to close the northern pier, which has been crumbling for years.",
            "The council voted on Tuesday to shut the northern pier, which had been crumbling for years.",
            false,
        );
        check(
            "But nobody was hurt when the barge broke loose.",
            "Nobody was hurt when the barge broke loose.",
            false,
        );
    }
}
