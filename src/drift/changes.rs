//! What differs in fact between two copies of a text.

use super::passage::Passage;
use super::{figures, names, negation, opposites};
use crate::clause::Cues;
use crate::corpus::{Block, Document, Span};
use crate::matching::{Alignment, Edit, EditKind, align};
use crate::names::{Directory, Roster, Speech};
use crate::value::Value;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The type of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// A number, with its unit or without.
    Figure,
    /// A day, a month, a year, a weekday.
    Date,
    /// Who or where.
    Name,
    /// A "not" that one of the two has.
    Negation,
    /// An opposite: rose and fell, before and after.
    Direction,
}

impl ChangeKind {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Direction => "direction",
        }
    }
}

/// What stands in one text and what in its place in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its type.
    pub kind: ChangeKind,
    /// The words of the first text; for a "not" that it lacks, the word behind its place.
    pub a: Span,
    /// The words of the second.
    pub b: Span,
}

/// What two texts that share most of their words say of each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What differs in fact, in the order of the first.
    pub changes: Vec<Change>,
    /// Words that differ beside these, in the text where they are more.
    pub other_words: usize,
    /// Whether each is about somebody the other does not name: a formula, filled in for two of them.
    pub is_of_others: bool,
    /// Whether several figures differ and few are the same: a formula, filled in anew.
    pub is_refilled: bool,
    /// Whether a date in the same words is another day in either: "today", written on two days.
    pub is_of_other_days: bool,
}

impl Change {
    /// What either text says, each with the block it stands in: the words, and of a "not" those beside it too, as one of
    /// the two lacks it.
    pub fn texts(&self, a: (&str, Span), b: (&str, Span)) -> (String, String) {
        let words = |(text, block): (&str, Span), words: Span| match self.kind {
            ChangeKind::Negation => phrase(text, block, words),
            _ => words.of(text).to_owned(),
        };
        (words(a, self.a), words(b, self.b))
    }
}

/// Changed words with a word before them and one behind, in one line.
pub fn phrase(text: &str, block: Span, words: Span) -> String {
    let (start, end) = (block.start as usize, block.end as usize);
    let (from, to) = (words.start as usize, words.end as usize);
    let is_gap = |c: char| c.is_whitespace();
    let before = text[start..from].trim_end_matches(is_gap);
    let first = before.rfind(is_gap).map_or(start, |at| start + at + 1);
    let behind = &text[to..end];
    let skipped = behind.len() - behind.trim_start_matches(is_gap).len();
    let last = behind[skipped..].find(is_gap).map_or(end, |at| to + skipped + at);
    let words = text[first..last].split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches([',', ';', ':', '.']).to_owned()
}

/// Compares stretches of documents; who is named in a document is looked up once.
pub struct Comparer<'a> {
    speech: Speech<'a>,
    rosters: FxHashMap<usize, Roster<'a>>,
}

/// One pair of texts, aligned.
pub(super) struct Pair<'p, 'a> {
    pub(super) a: &'p Passage<'a>,
    pub(super) b: &'p Passage<'a>,
    pub(super) cues: &'p Cues,
    pub(super) directory: &'p Directory<'p>,
    alignment: Alignment,
    /// For each compared word of `a` its partner in `b`.
    partner: Vec<Option<usize>>,
    /// Whether each compared word of `b` has one.
    is_met: Vec<bool>,
}

/// One place where the texts differ: tokens of either side, one of them possibly none.
pub(super) struct Place {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
    /// The compared words.
    words: (Range<usize>, Range<usize>),
}

/// Words on either side of a place that must mostly agree for it to be the same statement.
const CONTEXT: usize = 8;
/// The most places that are looked into: texts that differ in more are two texts.
const MOST_PLACES: usize = 200;
/// The longest replacement that is looked into, in words: longer ones are other sentences.
const LONGEST: usize = 10;

impl<'a> Comparer<'a> {
    /// Nothing is looked up yet.
    pub fn new(speech: Speech<'a>) -> Self {
        Self { speech, rosters: FxHashMap::default() }
    }

    /// Compares a stretch of one document with one of another.
    ///
    /// O(n·d) for `n` words and `d` differences, and once for each document as long as it takes to read its names.
    pub fn compare(
        &mut self,
        (first, one): (usize, (&'a Document, &[Block])),
        (second, two): (usize, (&'a Document, &[Block])),
        spans: (Span, Span),
    ) -> Comparison {
        let directory = self.speech.directory;
        for (number, (document, blocks)) in [(first, one), (second, two)] {
            self.rosters.entry(number).or_insert_with(|| directory.roster(document, blocks));
        }
        let passage = |number: &usize, document: &'a Document, span| {
            Passage::new(document, span, &self.rosters[number], &self.speech)
        };
        let (a, b) = (passage(&first, one.0, spans.0), passage(&second, two.0, spans.1));
        let pair = Pair::new(&a, &b, &self.speech);
        let changes = pair.changes();
        Comparison {
            other_words: pair.other_words(&changes),
            is_of_others: pair.is_of_others(&changes),
            is_refilled: pair.is_refilled(&changes),
            is_of_other_days: pair.is_of_other_days(),
            changes,
        }
    }
}

impl<'p, 'a> Pair<'p, 'a> {
    fn new(a: &'p Passage<'a>, b: &'p Passage<'a>, speech: &Speech<'p>) -> Self {
        let alignment = align(&a.hashes, &b.hashes);
        let (mut partner, mut is_met) = (vec![None; a.words.len()], vec![false; b.words.len()]);
        for edit in alignment.edits.iter().filter(|edit| edit.kind == EditKind::Same) {
            for (a, b) in edit.a.clone().zip(edit.b.clone()) {
                partner[a] = Some(b);
                is_met[b] = true;
            }
        }
        Self { a, b, cues: speech.cues, directory: speech.directory, alignment, partner, is_met }
    }

    fn other_words(&self, changes: &[Change]) -> usize {
        let lone = |passage: &Passage<'_>, shared: usize, of: fn(&Change) -> Span| {
            let is_changed = |at: &&usize| {
                let span = passage.tokens[**at].span;
                changes.iter().any(|change| of(change).start <= span.start && span.end <= of(change).end)
            };
            let changed = passage.words.iter().filter(is_changed).count();
            (passage.words.len() - shared).saturating_sub(changed)
        };
        let shared = self.partner.iter().flatten().count();
        lone(self.a, shared, |change| change.a).max(lone(self.b, shared, |change| change.b))
    }

    fn is_of_others(&self, changes: &[Change]) -> bool {
        let (Some(one), Some(two)) = (self.a.subject(), self.b.subject()) else { return false };
        let is_own = |subject: &Range<usize>, passage: &Passage<'_>, other: &Passage<'_>| {
            passage.telling(subject).iter().any(|word| !other.has(&[word]))
        };
        // Where nothing else differs the name is what drifted.
        let is_all =
            changes.len() == 1 && changes[0].kind == ChangeKind::Name && self.other_words(changes) == 0;
        is_own(&one, self.a, self.b)
            && is_own(&two, self.b, self.a)
            && !is_all
            && !names::are_one_entity(self, &one, &two)
    }

    fn is_refilled(&self, changes: &[Change]) -> bool {
        let changed = changes.iter().filter(|change| change.kind == ChangeKind::Figure).count();
        changed > 1 && 2 * changed > self.a.figures()
    }

    fn is_of_other_days(&self) -> bool {
        if self.a.published == self.b.published {
            return false;
        }
        let partner = |word: usize| self.partner.get(word).copied().flatten();
        let mut dates = self.a.values().filter(|found| matches!(found.value, Value::Date(_)));
        dates.any(|found| {
            let words = word_range(&self.a.words, &found.tokens);
            let Some(first) = partner(words.start) else { return false };
            let is_same = words.clone().zip(first..).all(|(a, b)| partner(a) == Some(b));
            if !is_same {
                return false;
            }
            let there = self.b.values_at(&self.b.range(&(first..first + words.len())));
            there.iter().any(|other| found.value.is_disjoint(&other.value))
        })
    }

    fn changes(&self) -> Vec<Change> {
        let mut found: Vec<Change> = Vec::new();
        for place in self.places().take(MOST_PLACES) {
            let in_words = || {
                names::change(self, &place)
                    .or_else(|| negation::change(self, &place))
                    .or_else(|| opposites::change(self, &place))
            };
            let is_settled = figures::are_settled(self, &place);
            let in_words = || (!is_settled && self.is_english()).then(in_words).flatten();
            let change = figures::change(self, &place).or_else(in_words);
            // A figure of two words can be cut by the alignment.
            found.extend(change.filter(|change| !found.iter().any(|known| known.a == change.a)));
        }
        without_cancelled(found)
    }

    /// Whether names, negations and opposites can be told: in other languages capitals and words mean other things.
    fn is_english(&self) -> bool {
        self.a.is_english && self.b.is_english
    }

    /// Where the texts differ and the words around agree.
    fn places(&self) -> impl Iterator<Item = Place> {
        let is_moved = |edit: &Edit| {
            self.alignment.moved.iter().any(|moved| {
                moved.a.start < edit.a.end && edit.a.start < moved.a.end
                    || moved.b.start < edit.b.end && edit.b.start < moved.b.end
            })
        };
        let differs = |edit: &&Edit| edit.kind != EditKind::Same && edit.a.len().max(edit.b.len()) <= LONGEST;
        let edits = self.alignment.edits.iter().filter(differs).filter(move |edit| !is_moved(edit));
        let is_spelling = |edit: &Edit| {
            let joined =
                |passage: &Passage<'_>, words: &Range<usize>| passage.norms(&passage.range(words)).concat();
            joined(self.a, &edit.a) == joined(self.b, &edit.b)
        };
        edits.filter(move |edit| self.is_same_statement(edit) && !is_spelling(edit)).map(|edit| Place {
            a: self.a.range(&edit.a),
            b: self.b.range(&edit.b),
            words: (edit.a.clone(), edit.b.clone()),
        })
    }

    /// Whether most of the words around stand in the other text too.
    fn is_same_statement(&self, edit: &Edit) -> bool {
        let before = edit.a.start.saturating_sub(CONTEXT)..edit.a.start;
        let behind = edit.a.end..(edit.a.end + CONTEXT).min(self.partner.len());
        let around = before.len() + behind.len();
        let same = before.chain(behind).filter(|&at| self.partner[at].is_some()).count();
        same >= 2 && same * 3 >= around * 2
    }

    /// Whether the word before a run of tokens of `a` is the one before a run of `b`, and the same behind it.
    pub(super) fn neighbours(&self, a: &Range<usize>, b: &Range<usize>) -> (bool, bool) {
        let (first, second) = (word_range(&self.a.words, a), word_range(&self.b.words, b));
        let are_partners = |one: Option<usize>, two: Option<usize>| {
            one.zip(two).is_some_and(|(a, b)| self.partner.get(a) == Some(&Some(b)))
        };
        (
            are_partners(first.start.checked_sub(1), second.start.checked_sub(1)),
            are_partners(Some(first.end), Some(second.end)),
        )
    }

    /// Whether a token of `a`, or else of `b`, has a partner in the other text.
    pub(super) fn is_shared(&self, token: usize, is_of_a: bool) -> bool {
        let words = if is_of_a { &self.a.words } else { &self.b.words };
        let Ok(word) = words.binary_search(&token) else { return false };
        if is_of_a { self.partner[word].is_some() } else { self.is_met[word] }
    }

    /// Whether words stand one behind the other in `a`, or else in `b`, without partners in the other text.
    pub(super) fn stands_free(&self, words: &[&str], is_of_a: bool) -> bool {
        let passage = if is_of_a { self.a } else { self.b };
        passage.runs(words).any(|first| !self.is_shared(passage.words[first], is_of_a))
    }

    /// Whether names near a place have no partners on both sides: they stand elsewhere in the other text.
    pub(super) fn has_names_moved(&self, place: &Place) -> bool {
        const NEAR: usize = 6;
        let has = |passage: &Passage<'_>, range: &Range<usize>, is_of_a: bool| {
            let near = range.start.saturating_sub(NEAR)..(range.end + NEAR).min(passage.tokens.len());
            near.into_iter().any(|at| passage.is_name(at) && !self.is_shared(at, is_of_a))
        };
        has(self.a, &place.a, true) && has(self.b, &place.b, false)
    }

    /// A change between these tokens.
    pub(super) fn change(&self, kind: ChangeKind, a: &Range<usize>, b: &Range<usize>) -> Change {
        Change { kind, a: self.a.span(a), b: self.b.span(b) }
    }

    /// The tokens of a place, or where it has none the word behind it, which then is in both texts.
    pub(super) fn shown(&self, place: &Place) -> Option<(Range<usize>, Range<usize>)> {
        let or_next = |range: &Range<usize>, words: &Range<usize>, all: &[usize]| {
            let next = all.get(words.end).or_else(|| all.last())?;
            Some(if range.is_empty() { *next..*next + 1 } else { range.clone() })
        };
        Some((
            or_next(&place.a, &place.words.0, &self.a.words)?,
            or_next(&place.b, &place.words.1, &self.b.words)?,
        ))
    }
}

/// Drops a "not" and an opposite close by: "did not get it right" is "got it wrong".
fn without_cancelled(changes: Vec<Change>) -> Vec<Change> {
    /// Bytes between them.
    const NEAR: u32 = 30;
    let is_near =
        |one: &Change, two: &Change| one.a.start < two.a.end + NEAR && two.a.start < one.a.end + NEAR;
    let has = |kind: ChangeKind, change: &Change| {
        changes.iter().any(|other| other.kind == kind && is_near(change, other))
    };
    let is_cancelled = |change: &Change| match change.kind {
        ChangeKind::Negation => has(ChangeKind::Direction, change),
        ChangeKind::Direction => has(ChangeKind::Negation, change),
        _ => false,
    };
    changes.iter().filter(|change| !is_cancelled(change)).cloned().collect()
}

/// The compared words among some tokens.
fn word_range(words: &[usize], tokens: &Range<usize>) -> Range<usize> {
    words.partition_point(|&at| at < tokens.start)..words.partition_point(|&at| at < tokens.end)
}
