//! What is compared of two places, and what keeps it silent.

use super::{Settings, Survey, origins, sources};
use crate::corpus::{Corpus, Span};
use crate::extract::{Claim, Unread};
use crate::fingerprint::{SHINGLE_WORDS, shingle_hashes, word_hashes};
use crate::reconcile::{ClaimRef, Verdict, verdict};
use crate::rules::RuleSet;
use std::collections::BTreeSet;

/// A stretch of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// The document, by its place in the corpus.
    pub document: usize,
    /// The stretch.
    pub span: Span,
}

/// What a stretch says.
#[derive(Clone, Debug, Default)]
pub struct Told<'a> {
    /// Its claims, by their place among the document's.
    pub claims: Vec<(usize, &'a Claim)>,
    /// What rules kept silent about.
    pub unread: Vec<&'a Unread>,
    /// The block it lies in, by its place among the document's.
    pub block: Option<usize>,
}

/// How many words two blocks share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Shingles in both.
    pub shared: usize,
    /// Shingles of the first block.
    pub a: usize,
    /// Shingles of the second.
    pub b: usize,
    /// Whether check would look at the pair at all.
    pub is_near: bool,
    /// Whether one holds so much of the other.
    pub is_contained: bool,
}

/// Two places, compared.
#[derive(Clone, Debug)]
pub struct Comparison<'a> {
    /// What the first says.
    pub a: Told<'a>,
    /// What the second says.
    pub b: Told<'a>,
    /// Pairs of claims of one rule and key, by their places in the two lists, and what they are to each other.
    pub pairs: Vec<(usize, usize, Verdict)>,
    /// The words that the two blocks share, where both lie in one that is compared.
    pub overlap: Option<Overlap>,
}

/// Compares two places of a corpus that was surveyed.
pub fn compare<'a>(
    corpus: &'a Corpus,
    surveys: &'a [Survey],
    rules: &RuleSet,
    settings: &Settings,
    (a, b): (Site, Site),
) -> Comparison<'a> {
    let origins = origins(surveys, &Default::default());
    let sources = sources(corpus, surveys, &origins);
    let (one, two) = (told(&surveys[a.document], a), told(&surveys[b.document], b));
    let mut pairs = Vec::new();
    for (first, (claim, _)) in one.claims.iter().enumerate() {
        for (second, (other, _)) in two.claims.iter().enumerate() {
            let at = |document, claim: &usize| ClaimRef { document, claim: *claim };
            let (x, y) = (at(a.document, claim), at(b.document, other));
            if x != y {
                let found = verdict(rules, &sources, settings.is_one_story, x, y);
                pairs.extend(found.map(|verdict| (first, second, verdict)));
            }
        }
    }
    let text = |site: Site, block: Option<usize>| {
        let block = &surveys[site.document].blocks[block?];
        block.kind.is_compared().then(|| block.span.of(&corpus.documents[site.document].text))
    };
    let overlap = text(a, one.block).zip(text(b, two.block)).map(|(a, b)| overlap(a, b, settings));
    Comparison { a: one, b: two, pairs, overlap }
}

fn told<'a>(survey: &'a Survey, site: Site) -> Told<'a> {
    let meets = |span: Span| span.start < site.span.end && site.span.start < span.end;
    Told {
        claims: survey.claims.iter().enumerate().filter(|(_, claim)| meets(claim.span)).collect(),
        unread: survey.unread.iter().filter(|unread| meets(unread.span)).collect(),
        block: survey.blocks.iter().position(|block| meets(block.span)),
    }
}

fn overlap(a: &str, b: &str, settings: &Settings) -> Overlap {
    let shingles = |text: &str| -> BTreeSet<u64> {
        let words = word_hashes(text);
        // A shorter text has one shingle of all its words.
        if words.len() < SHINGLE_WORDS {
            words.into_iter().collect()
        } else {
            shingle_hashes(&words).collect()
        }
    };
    let (a, b) = (shingles(a), shingles(b));
    let shared = a.intersection(&b).count();
    let is_met = |ratio: crate::matching::Ratio, whole: usize| ratio.is_met(shared as u64, whole as u64);
    Overlap {
        shared,
        a: a.len(),
        b: b.len(),
        is_near: is_met(settings.matching.jaccard, a.len() + b.len() - shared),
        is_contained: is_met(settings.matching.containment, a.len().min(b.len())),
    }
}
