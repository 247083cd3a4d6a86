//! From runs of copied blocks to sets: one text with all its copies, and texts of many articles.

use super::evidence::FEW;
use super::finder::Finder;
use super::groups::{Group, others};
use super::runs::{Copied, Stretch};
use super::set::{CopyKind, CopySet};
use super::unit::Relation;
use crate::matching::Run;
use std::collections::BTreeMap;

/// Copies of a boilerplate that are told by their place.
const BOILERPLATE_SHOWN: usize = 4;

impl Finder<'_> {
    pub(super) fn sets_of(&self, runs: Vec<Copied>, kind: CopyKind) -> Vec<CopySet> {
        let mut sets: BTreeMap<(Stretch, bool, Relation), CopySet> = BTreeMap::new();
        for Copied { relation, original, copy, blocks } in runs {
            let document = |stretch: Stretch| self.units[stretch.units.start].document;
            let is_inside = document(original) == document(copy);
            // Across articles an edited copy is told with the others; inside one a paste stays a paste.
            let key = (original, is_inside, if is_inside { relation } else { relation.max(Relation::Near) });
            let articles = if is_inside { 1 } else { 2 };
            let set = sets.entry(key).or_insert_with(|| CopySet {
                kind,
                relation,
                is_inside,
                original,
                copies: Vec::new(),
                blocks,
                articles,
            });
            set.relation = set.relation.max(relation);
            set.blocks = set.blocks.min(blocks);
            set.copies.push(copy);
            set.articles = if is_inside { 1 } else { set.copies.len() + 1 };
        }
        sets.into_values().collect()
    }

    /// Texts that many articles carry which are not one story: each is told once.
    pub(super) fn boilerplate(&self) -> Vec<CopySet> {
        let is_told = |group: &&Group| {
            let unexplained = others(self.units, group)
                .filter(|&copy| !self.is_evident_twin(group.units[0], copy, group))
                .count();
            unexplained >= FEW
        };
        let is_long =
            |group: &&Group| self.units[group.units[0]].print.words as usize >= self.options.across_words;
        let common = self.groups.iter().filter(|group| group.articles > FEW).filter(is_long).filter(is_told);
        let mut common: Vec<&Group> = common.collect();
        common.sort_by_key(|group| group.units[0]);
        let goes_on = |last: &&Group, next: &&Group| {
            next.units[0] == last.units[0] + 1
                && self.units[next.units[0]].document == self.units[last.units[0]].document
                && next.articles == last.articles
        };
        let set = |run: &[&Group]| {
            let stretch = |place: usize, copy: usize| {
                // The blocks of the run, where they stand together in the copy too.
                let is_run = place > 0 && (1..run.len()).all(|at| run[at].units.contains(&(copy + at)));
                let end = if place == 0 || is_run { copy + run.len() } else { copy + 1 };
                Stretch { units: Run { start: copy, end }, words: None }
            };
            let copies = others(self.units, run[0]).take(BOILERPLATE_SHOWN);
            CopySet {
                kind: CopyKind::Boilerplate,
                relation: Relation::Exact,
                is_inside: false,
                original: stretch(0, run[0].units[0]),
                copies: copies.map(|copy| stretch(1, copy)).collect(),
                blocks: run.len(),
                articles: run[0].articles,
            }
        };
        common.chunk_by(goes_on).map(set).collect()
    }
}
