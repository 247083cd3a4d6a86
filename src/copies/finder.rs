//! Every pair of blocks that meets a threshold, weighed, and the links that remain.

use super::CopyOptions;
use super::cluster::clusters;
use super::evidence::{Hint, Resemblance, Stories, resemblance};
use super::groups::{Earlier, Group, batches, closest, groups, others};
use super::quotes::is_quotation;
use super::runs::Link;
use super::unit::{Relation, Unit};
use crate::corpus::Span;
use crate::fingerprint::WordList;
use crate::matching::{Join, Measure, Pair, Rarity};
use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The shingles of more texts than this are no sign of a copy; see [`Rarity`].
const RARITY: Rarity = Rarity { rare_texts: 4, most_texts: Some(64) };

/// Pairs, weighed.
pub(super) struct Finder<'a> {
    pub(super) units: &'a [Unit<'a>],
    pub(super) options: &'a CopyOptions,
    /// Units of equal words, each list sorted by rank; the first of each stands for all.
    pub(super) groups: Vec<Group>,
    /// Pairs of groups that meet a threshold.
    pub(super) pairs: Vec<Judged>,
    stories: Stories,
}

/// Two groups that resemble each other, and the two units of them that are told of.
#[derive(Clone, Copy)]
pub(super) struct Judged {
    pub(super) pair: Pair,
    original: usize,
    copy: usize,
    is_inside: bool,
    resemblance: Resemblance,
    articles: usize,
}

/// Two blocks that share most of their words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kin {
    /// The earlier one, by its place among the units.
    pub original: usize,
    /// The other.
    pub copy: usize,
    /// Words that are the same.
    pub words: usize,
    /// Whether other texts that stand in both articles show them to be one story; true inside one article.
    pub is_one_story: bool,
}

/// Orders what may hold a block: in its own article first, then by the words they share.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Closeness {
    is_across: bool,
    words: Reverse<usize>,
    original: usize,
    copy: usize,
}

#[derive(Default)]
pub(super) struct Links {
    pub(super) copies: Vec<Link>,
    pub(super) quotes: Vec<Link>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(units: &'a [Unit<'a>], options: &'a CopyOptions) -> Self {
        let mut groups = groups(units, options.min_words);
        let measure = Measure::Containment(options.jaccard.min(options.containment));
        let join = Join::new(batches(units, &groups), &vec![false; groups.len()], measure, RARITY);
        (0..).zip(&mut groups).for_each(|(number, group)| group.rare = join.rare(number));
        let mut pairs = join.pairs();
        drop(join);
        pairs.retain(|pair| {
            pair.overlap.is_near(options.jaccard) || pair.overlap.is_contained(options.containment)
        });
        let pairs = pairs.into_par_iter().filter_map(|pair| judge(units, &groups, pair)).collect();
        let mut finder = Self { units, options, groups, pairs, stories: Stories::new(units) };
        finder.weigh();
        finder
    }

    /// Adds up what speaks for each two articles being one story. A group counts for its first article
    /// with each other one, not for each with each.
    fn weigh(&mut self) {
        let least = self.options.across_words;
        for group in self.groups.iter().filter(|group| group.articles > 1) {
            for copy in others(self.units, group) {
                let hint = self.hint(group.units[0], copy, group);
                self.stories.add(&hint, least);
            }
        }
        for judged in self.pairs.iter().filter(|judged| !judged.is_inside && !judged.resemblance.is_formula) {
            self.stories.add(&self.hint_of(judged), least);
        }
    }

    fn hint(&self, original: usize, copy: usize, group: &Group) -> Hint {
        Hint {
            documents: (self.units[original].document, self.units[copy].document),
            words: self.units[original].print.words as usize,
            rare: group.rare,
            articles: group.articles,
            is_exact: true,
        }
    }

    fn hint_of(&self, judged: &Judged) -> Hint {
        Hint {
            documents: (self.units[judged.original].document, self.units[judged.copy].document),
            words: judged.resemblance.words,
            rare: judged.pair.rare,
            articles: judged.articles,
            is_exact: false,
        }
    }

    /// Whether a pair is told of.
    fn is_evident(&self, judged: &Judged) -> bool {
        if judged.is_inside {
            return judged.resemblance.words >= self.options.inside_words && !judged.resemblance.is_formula;
        }
        let hint = self.hint_of(judged);
        let is_near = judged.pair.overlap.is_near(self.options.jaccard);
        self.stories.is_one(hint.documents) && (is_near || hint.words >= self.options.across_words)
    }

    /// Whether the same words in two articles are told of as a copy.
    pub(super) fn is_evident_twin(&self, original: usize, copy: usize, group: &Group) -> bool {
        let hint = self.hint(original, copy, group);
        hint.documents.0 == hint.documents.1
            || hint.is_strong(self.options.across_words)
            || self.stories.is_one(hint.documents)
    }

    /// All pairs of blocks, formulas among them.
    pub(super) fn kin(&self) -> Vec<Kin> {
        let kin = |judged: &Judged| {
            let documents = (self.units[judged.original].document, self.units[judged.copy].document);
            Kin {
                original: judged.original,
                copy: judged.copy,
                words: judged.resemblance.words,
                is_one_story: judged.is_inside || self.stories.is_one(documents),
            }
        };
        self.pairs.iter().map(kin).collect()
    }

    pub(super) fn links(&self) -> Links {
        let evident: Vec<Judged> =
            self.pairs.iter().copied().filter(|judged| self.is_evident(judged)).collect();
        let near: Vec<Pair> = evident
            .iter()
            .map(|judged| judged.pair)
            .filter(|pair| pair.overlap.is_near(self.options.jaccard))
            .collect();
        let mut cluster_of: Vec<usize> = (0..self.groups.len()).collect();
        let mut members: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
        for cluster in clusters(self.groups.len(), &near) {
            cluster.members.iter().for_each(|&group| cluster_of[group] = cluster.members[0]);
        }
        for (group, same) in self.groups.iter().enumerate() {
            members
                .entry(cluster_of[group])
                .or_default()
                .extend(same.units.iter().map(|&unit| (group, unit)));
        }
        let mut links: Vec<Link> =
            members.values_mut().flat_map(|members| self.cluster_links(members)).collect();
        links.extend(self.contained_links(&evident, &cluster_of));
        // What is quoted in a copied story is a part of the copy.
        let documents = |link: &Link| (self.units[link.original].document, self.units[link.copy].document);
        let (quotes, mut copies): (Vec<Link>, Vec<Link>) =
            links.into_iter().partition(|link| self.is_quote(link));
        let copied: FxHashSet<(usize, usize)> = copies.iter().map(documents).collect();
        let (parts, quotes) = quotes.into_iter().partition(|link| copied.contains(&documents(link)));
        copies.extend::<Vec<Link>>(parts);
        Links { copies, quotes }
    }

    /// Links every member to an earlier one of its own document, else to the original; the same words
    /// come before words that only resemble them.
    fn cluster_links(&self, members: &mut [(usize, usize)]) -> Vec<Link> {
        members.sort_by_key(|&(_, unit)| self.units[unit].rank());
        let mut same = Earlier::default();
        let mut alike: FxHashMap<usize, Earlier> = FxHashMap::default();
        let mut links = Vec::new();
        for &(group, copy) in members.iter() {
            let unit = &self.units[copy];
            let own = alike.entry(group).or_default();
            let (exact, near) = (own.of(unit), same.of(unit));
            let exact = exact.filter(|&exact| self.is_evident_twin(exact, copy, &self.groups[group]));
            let is_inside =
                |found: &Option<usize>| found.is_some_and(|at| self.units[at].document == unit.document);
            let near = near.filter(|&at| self.units[at].print != unit.print);
            let link = match (exact, near) {
                (exact, near) if is_inside(&near) && !is_inside(&exact) => {
                    near.map(|at| (at, Relation::Near))
                }
                (Some(exact), _) => Some((exact, Relation::Exact)),
                (None, near) => near.map(|at| (at, Relation::Near)),
            };
            links.extend(link.map(|(original, relation)| Link { original, copy, relation }));
            own.add(copy, unit);
            same.add(copy, unit);
        }
        links
    }

    /// The closest container of each block that is contained and not already a copy of it.
    fn contained_links(&self, evident: &[Judged], cluster_of: &[usize]) -> Vec<Link> {
        let mut best: BTreeMap<usize, Closeness> = BTreeMap::new();
        for judged in evident {
            let (a, b) = (judged.pair.a as usize, judged.pair.b as usize);
            if cluster_of[a] == cluster_of[b] {
                continue;
            }
            let small = if judged.pair.overlap.a <= judged.pair.overlap.b { a } else { b };
            let candidate = Closeness {
                is_across: !judged.is_inside,
                words: Reverse(judged.resemblance.words),
                original: judged.original,
                copy: judged.copy,
            };
            best.entry(small).and_modify(|known| *known = (*known).min(candidate)).or_insert(candidate);
        }
        let link = |found: Closeness| Link {
            original: found.original,
            copy: found.copy,
            relation: Relation::Contained,
        };
        best.into_values().map(link).collect()
    }

    /// Whether what a block of another article shares is what somebody said.
    fn is_quote(&self, link: &Link) -> bool {
        let (one, two) = (&self.units[link.original], &self.units[link.copy]);
        if one.document == two.document {
            return false;
        }
        let words = |unit: &Unit<'_>| WordList::of(unit.text, Span::new(0, unit.text.len())).spans;
        is_quotation(one, words(one).into_iter()) && is_quotation(two, words(two).into_iter())
    }
}

/// How two groups resemble each other; `None` where no two of their units are to be compared.
fn judge(units: &[Unit<'_>], groups: &[Group], pair: Pair) -> Option<Judged> {
    let (a, b) = (&groups[pair.a as usize], &groups[pair.b as usize]);
    let (one, two) = closest(units, a, b)?;
    let is_first_senior = units[one].rank() < units[two].rank();
    let (original, copy) = if is_first_senior { (one, two) } else { (two, one) };
    Some(Judged {
        pair,
        original,
        copy,
        is_inside: units[one].document == units[two].document,
        resemblance: resemblance(&units[original], &units[copy]),
        articles: a.articles.max(b.articles),
    })
}
