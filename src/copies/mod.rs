//! From pairs to copies: what an editor would call one.
//!
//! Takes the blocks of a corpus, gives [`CopySet`]s. `finder` has all pairs of blocks looked up, `evidence`
//! weighs them, `cluster` finds what belongs together, `runs` joins blocks that go on together, `told` puts
//! one text and all its copies together, `passages` looks for runs of words in the rest, and `quotes` tells
//! copied words from quoted ones. Knows nothing of rules and claims.

mod cluster;
mod evidence;
mod finder;
mod groups;
mod passages;
mod quotes;
mod runs;
mod set;
mod told;
mod unit;

pub use cluster::{Cluster, clusters};
pub use evidence::FEW as FEW_ARTICLES;
pub use finder::Kin;
pub use runs::Stretch;
pub use set::{CopyKind, CopySet};
pub use unit::{Relation, Unit};

use crate::matching::Ratio;
use finder::Finder;
use runs::runs;

/// What counts as a copy.
#[derive(Clone, Copy, Debug)]
pub struct CopyOptions {
    /// Least Jaccard similarity of near copies, 0 to 1.
    pub jaccard: Ratio,
    /// Least share of the smaller block's shingles that contained copies have, 0 to 1.
    pub containment: Ratio,
    /// Blocks of fewer words are not compared.
    pub min_words: usize,
    /// Words that two blocks of one article must share to count as contained or reused.
    pub inside_words: usize,
    /// Words that blocks of two articles must share to count as contained or reused.
    pub across_words: usize,
}

impl Default for CopyOptions {
    fn default() -> Self {
        Self {
            jaccard: Ratio::HALF,
            containment: Ratio::HALF,
            min_words: 8,
            inside_words: 10,
            across_words: 20,
        }
    }
}

/// What stands twice.
#[derive(Clone, Debug, Default)]
pub struct Copies {
    /// What an editor would call copies.
    pub sets: Vec<CopySet>,
    /// The pairs of blocks that are mostly the same, whatever stands in place of the rest.
    pub kin: Vec<Kin>,
}

/// All that an editor would call a copy among the units, which are sorted by document and position.
///
/// Every pair that meets the thresholds and shares a shingle of at most 64 texts is looked at; what is told
/// of them is a matter of evidence. Time grows with the text and with these pairs.
pub fn copies(units: &[Unit<'_>], options: &CopyOptions) -> Copies {
    let finder = Finder::new(units, options);
    let links = finder.links();
    let mut sets = finder.sets_of(runs(units, links.copies), CopyKind::Copy);
    sets.extend(finder.sets_of(runs(units, links.quotes), CopyKind::SharedQuote));
    sets.extend(finder.boilerplate());
    sets.extend(finder.passage_sets());
    sets.sort_by(|x, y| {
        (&x.original, x.relation, x.is_inside, x.kind).cmp(&(&y.original, y.relation, y.is_inside, y.kind))
    });
    Copies { sets, kin: finder.kin() }
}

#[cfg(test)]
mod tests {
    use super::{CopyOptions, CopySet, Stretch, Unit, copies};
    use crate::fingerprint::{Print, word_hashes};

    /// Documents as lists of blocks; shows each set as `relation original -> copies` in "document.block" notation.
    fn check(documents: &[&[&str]], expected: &[&str]) {
        let units: Vec<Unit<'_>> = documents
            .iter()
            .enumerate()
            .flat_map(|(document, blocks)| {
                blocks.iter().enumerate().map(move |(position, text)| Unit {
                    document,
                    position,
                    text,
                    print: Print::of(&word_hashes(text)),
                    series: None,
                    seniority: document,
                })
            })
            .collect();
        let name = |stretch: &Stretch| {
            let (first, last) = (&units[stretch.units.start], &units[stretch.units.end - 1]);
            let end = if stretch.units.len() > 1 { format!("-{}", last.position) } else { String::new() };
            format!("{}.{}{end}", first.document, first.position)
        };
        let show = |set: &CopySet| {
            let copies: Vec<String> = set.copies.iter().map(name).collect();
            format!("{} {} -> {}", set.relation.name(), name(&set.original), copies.join(", "))
        };
        let found: Vec<String> = copies(&units, &CopyOptions::default()).sets.iter().map(show).collect();
        assert_eq!(found, expected);
    }

    const A: &str =
        "the harbour master closed the northern pier on the evening before the storm reached the town";
    const B: &str =
        "fishermen had carried their nets and boxes to the market hall in the course of the afternoon";
    const C: &str =
        "a spokeswoman for the town council said that repairs would cost more than anybody had expected";
    const D: &str = "nobody was hurt when two empty barges broke loose and drifted against the old iron bridge and sank there in the shallow water of the upper harbour basin";
    const D2: &str = "nobody was hurt when two empty barges broke loose and at last drifted against the old iron bridge and sank there in the shallow water of the upper harbour basin";

    #[test]
    fn consecutive_blocks_are_one_run() {
        check(&[&[A, B, C, D, A, B, C]], &["exact 0.0-2 -> 0.4-6"]);
    }

    #[test]
    fn every_copy_of_a_passage_is_in_one_set() {
        check(&[&[A, B], &[C, A, B], &[A, B, D]], &["exact 0.0-1 -> 1.1-2, 2.0-1"]);
    }

    #[test]
    fn a_repeat_inside_a_copy_is_told_of_its_own_article() {
        check(&[&[A, B], &[A, C, A]], &["exact 0.0 -> 1.0", "exact 1.0 -> 1.2"]);
    }

    #[test]
    fn edits_and_excerpts() {
        check(&[&[D, A], &[D2]], &["near 0.0 -> 1.0"]);
        let joined = format!("{A} {B} {C}");
        check(&[&[&joined], &[A]], &[]);
        check(&[&[&joined, "filler", B]], &["contained 0.0 -> 0.2"]);
        check(&[&["short text"], &["short text"]], &[]);
    }

    #[test]
    fn a_quotation_in_a_copied_story_is_part_of_it() {
        let quote = "“We have carried this town for ninety years and shall not be put ashore by a spreadsheet,” she said.";
        check(&[&[A, quote, B, D], &[A, quote, B, C]], &["exact 0.0-2 -> 1.0-2"]);
    }

    #[test]
    fn shared_passages() {
        let one = format!("{A} {B} {C} {D} and one more half sentence of its own about the weather");
        let filler = "completely other words stand here as a filler that nobody else has used so far and there are some more \
                      of those to make the overlap small enough to matter when all of them are counted by whoever reads it";
        let two = format!(
            "{filler} {A} {B} with an end of its own that goes on for some time after the shared run"
        );
        check(&[&[&one], &[&two]], &["passage 0.0 -> 1.0"]);
    }
}
