//! Blocks that go on together: consecutive copied blocks are one run, and so is most of an article.

use super::unit::{Relation, Unit};
use crate::matching::Run;
use std::collections::BTreeMap;

/// One block that copies another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) original: usize,
    pub(super) copy: usize,
    pub(super) relation: Relation,
}

/// Consecutive blocks of one document, or a run of words in one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stretch {
    /// The blocks, as places among the units.
    pub units: Run,
    /// The words of the run, where it is only part of its one block.
    pub words: Option<Run>,
}

impl Stretch {
    /// From the first to the last of some blocks.
    pub(super) fn of_units(units: impl Iterator<Item = usize> + Clone) -> Self {
        let (start, end) = (units.clone().min().unwrap_or(0), units.max().map_or(0, |last| last + 1));
        Self { units: Run { start, end }, words: None }
    }
}

/// An original and one copy of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copied {
    pub(super) relation: Relation,
    pub(super) original: Stretch,
    pub(super) copy: Stretch,
    /// How many blocks of the copy stand in the original.
    pub(super) blocks: usize,
}

/// Blocks of an article that stand in another from which on the two are told as a whole.
const MOST_OF_AN_ARTICLE: usize = 3;

/// Joins links whose originals and copies go on together, and those of two articles that mostly agree.
pub(super) fn runs(units: &[Unit<'_>], links: Vec<Link>) -> Vec<Copied> {
    let mut blocks_of: BTreeMap<usize, usize> = BTreeMap::new();
    units.iter().for_each(|unit| *blocks_of.entry(unit.document).or_default() += 1);
    let mut by_articles: BTreeMap<(usize, usize), Vec<Link>> = BTreeMap::new();
    for link in links {
        let documents = (units[link.original].document, units[link.copy].document);
        by_articles.entry(documents).or_default().push(link);
    }
    let of_articles = |((original, copy), links): ((usize, usize), Vec<Link>)| {
        let smaller = blocks_of[&original].min(blocks_of[&copy]);
        let is_whole = original != copy && links.len() >= MOST_OF_AN_ARTICLE && 2 * links.len() >= smaller;
        if is_whole { vec![copied(&links)] } else { consecutive(links, original == copy) }
    };
    by_articles.into_iter().flat_map(of_articles).collect()
}

/// Runs of the links of two articles, or of one.
fn consecutive(mut links: Vec<Link>, is_inside: bool) -> Vec<Copied> {
    // Links of one diagonal (the same distance from original to copy) stand next to each other.
    links.sort_by_key(|link| (link.copy as i64 - link.original as i64, link.copy, link.relation));
    let follows = |last: &Link, next: &Link| {
        next.copy == last.copy + 1
            && next.original == last.original + 1
            // A paste with a change in it stays a paste; an edited story is one rewritten story.
            && (next.relation == last.relation
                || !is_inside && next.relation.max(last.relation) == Relation::Near)
    };
    links.chunk_by(follows).map(copied).collect()
}

fn copied(links: &[Link]) -> Copied {
    // An article that is rewritten here and quoted there is rewritten.
    let loosest = links.iter().map(|link| link.relation).max().unwrap_or(Relation::Exact);
    let relation = if links.len() > 1 { loosest.min(Relation::Near) } else { loosest };
    Copied {
        relation,
        original: Stretch::of_units(links.iter().map(|link| link.original)),
        copy: Stretch::of_units(links.iter().map(|link| link.copy)),
        blocks: links.len(),
    }
}
