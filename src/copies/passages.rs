//! Reused passages: runs of words in blocks that do not resemble each other as a whole.

use super::evidence::FEW;
use super::finder::Finder;
use super::groups::closest;
use super::quotes::{holds_sentence, is_quotation};
use super::runs::{Copied, Stretch};
use super::set::{CopyKind, CopySet};
use super::unit::Relation;
use crate::corpus::Span;
use crate::fingerprint::WordList;
use crate::matching::{Passages, Run, Texts};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;

impl Finder<'_> {
    /// Runs of words that blocks share which do not resemble each other as a whole.
    pub(super) fn passage_sets(&self) -> Vec<CopySet> {
        let related: FxHashSet<(u32, u32)> =
            self.pairs.iter().map(|judged| (judged.pair.a, judged.pair.b)).collect();
        let pair = |a: u32, b: u32| closest(self.units, &self.groups[a as usize], &self.groups[b as usize]);
        let is_inside = |(a, b): (usize, usize)| self.units[a].document == self.units[b].document;
        let (mut copies, mut quotes) = (Vec::new(), Vec::new());
        for (inside, least) in [(true, self.options.inside_words), (false, self.options.across_words)] {
            let may_share = |a: u32, b: u32| {
                !related.contains(&(a.min(b), a.max(b)))
                    && pair(a, b).is_some_and(|pair| is_inside(pair) == inside)
            };
            for passage in Passages::new(self, least, Some(FEW)).all(may_share) {
                let Some((one, two)) = pair(passage.a, passage.b) else { continue };
                let stretch =
                    |unit, words| Stretch { units: Run { start: unit, end: unit + 1 }, words: Some(words) };
                let (one, two) = (stretch(one, passage.reuse.a), stretch(two, passage.reuse.b));
                if inside && passage.reuse.shared() < self.options.across_words && !self.is_sentence(&one) {
                    continue;
                }
                let is_first_senior =
                    self.units[one.units.start].rank() <= self.units[two.units.start].rank();
                let (original, copy) = if is_first_senior { (one, two) } else { (two, one) };
                let copied = Copied { relation: Relation::Passage, original, copy, blocks: 1 };
                let is_quote = !inside && self.is_quoted(&original) && self.is_quoted(&copy);
                if is_quote { quotes.push(copied) } else { copies.push(copied) }
            }
        }
        let mut sets = self.sets_of(self.longest(copies), CopyKind::Copy);
        sets.extend(self.sets_of(self.longest(quotes), CopyKind::SharedQuote));
        sets
    }

    /// Whether a run of words holds a sentence as a whole: parts of sentences recur in any article.
    fn is_sentence(&self, stretch: &Stretch) -> bool {
        let unit = &self.units[stretch.units.start];
        let Some(words) = stretch.words else { return false };
        let spans = WordList::of(unit.text, Span::new(0, unit.text.len())).spans;
        holds_sentence(unit.text, &spans[words.range()], self.options.inside_words)
    }

    fn is_quoted(&self, stretch: &Stretch) -> bool {
        let unit = &self.units[stretch.units.start];
        let Some(words) = stretch.words else { return false };
        let spans = WordList::of(unit.text, Span::new(0, unit.text.len())).spans;
        is_quotation(unit, spans[words.range()].iter().copied())
    }

    /// Drops a run whose words in the copy lie inside a longer one, or in the same one of an earlier original.
    fn longest(&self, mut runs: Vec<Copied>) -> Vec<Copied> {
        let length = |stretch: &Stretch| stretch.words.map_or(0, Run::len);
        runs.sort_by_key(|run| {
            (Reverse(length(&run.copy)), self.units[run.original.units.start].rank(), run.original, run.copy)
        });
        let mut kept: FxHashMap<usize, Vec<Run>> = FxHashMap::default();
        runs.retain(|run| {
            let Some(words) = run.copy.words else { return true };
            let known = kept.entry(run.copy.units.start).or_default();
            let is_new = !known.iter().any(|run| run.contains(words));
            if is_new {
                known.push(words);
            }
            is_new
        });
        runs
    }
}

impl Texts for Finder<'_> {
    fn len(&self) -> usize {
        self.groups.len()
    }

    fn words(&self, text: usize) -> Vec<u64> {
        self.units[self.groups[text].units[0]].words()
    }

    fn total_words(&self) -> usize {
        self.groups.iter().map(|group| self.units[group.units[0]].print.words as usize).sum()
    }
}
