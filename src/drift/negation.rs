//! A "not" that one of the texts has.

use super::changes::{Change, ChangeKind, Pair, Place};
use super::passage::Passage;
use crate::clause::Cue;
use crate::value::TokenKind;
use std::ops::Range;

/// Words that come and go with a "not" and say nothing themselves.
const HELPERS: [&str; 40] = [
    "do", "does", "did", "is", "are", "was", "were", "be", "been", "has", "have", "had", "will", "would",
    "can", "could", "ca", "wo", "any", "some", "the", "a", "an", "also", "still", "yet", "all", "many",
    "several", "numerous", "with", "of", "to", "that", "its", "their", "certain", "various", "ever",
    "already",
];

/// The same words with and without a "not".
pub(super) fn change(pair: &Pair<'_, '_>, place: &Place) -> Option<Change> {
    let (not_a, not_b) = (negators(pair, pair.a, &place.a), negators(pair, pair.b, &place.b));
    if not_a.len() % 2 == not_b.len() % 2 {
        return None;
    }
    let whole = |passage: &Passage<'_>| negators(pair, passage, &(0..passage.tokens.len())).len();
    // A "not" that moved is still there.
    if whole(pair.a) == whole(pair.b) {
        return None;
    }
    if has_free(pair, place) {
        return None;
    }
    let (mut rest_a, mut rest_b) = (content(pair, pair.a, &place.a), content(pair, pair.b, &place.b));
    rest_a.sort();
    rest_b.sort();
    let (a, b) = pair.shown(place)?;
    (rest_a == rest_b).then(|| pair.change(ChangeKind::Negation, &a, &b))
}

/// Whether a "not" of its own stands close by in the text that lacks one here: "is not now", "is now not".
fn has_free(pair: &Pair<'_, '_>, place: &Place) -> bool {
    const NEAR: usize = 5;
    let around = |range: &Range<usize>, passage: &Passage<'_>| {
        let from = range.start.saturating_sub(NEAR)..range.start;
        let behind = range.end..(range.end + NEAR).min(passage.tokens.len());
        [from, behind]
    };
    let Some((a, b)) = pair.shown(place) else { return false };
    let free_a = around(&a, pair.a)
        .iter()
        .flat_map(|range| negators(pair, pair.a, range))
        .any(|at| !pair.is_shared(at, true));
    let free_b = around(&b, pair.b)
        .iter()
        .flat_map(|range| negators(pair, pair.b, range))
        .any(|at| !pair.is_shared(at, false));
    free_a || free_b
}

/// The tokens that say no.
fn negators(pair: &Pair<'_, '_>, passage: &Passage<'_>, range: &Range<usize>) -> Vec<usize> {
    let is_harmless = |at: usize| {
        let next = passage.tokens.get(at + 1);
        next.is_some_and(|next| pair.cues.is(next, Cue::Harmless) || next.is("so"))
    };
    // "No. 10", "no one"
    let is_number = |at: usize| {
        passage.tokens.get(at + 1).is_some_and(|next| next.is(".") && passage.tokens[at].is("no"))
    };
    let is_negator = |at: &usize| pair.cues.is(&passage.tokens[*at], Cue::Negators);
    range.clone().filter(is_negator).filter(|at| !is_harmless(*at) && !is_number(*at)).collect()
}

/// The first letters of the other words: "provides" and "provide" are one.
fn content(pair: &Pair<'_, '_>, passage: &Passage<'_>, range: &Range<usize>) -> Vec<String> {
    const STEM: usize = 5;
    let is_content = |at: &usize| {
        let token = &passage.tokens[*at];
        token.kind != TokenKind::Mark
            && !HELPERS.contains(&&*token.norm)
            && !pair.cues.is(token, Cue::Negators)
            && !["'s", "one"].contains(&&*token.norm)
    };
    let stem = |at: usize| passage.tokens[at].norm.chars().take(STEM).collect::<String>();
    range
        .clone()
        .filter(is_content)
        .map(stem)
        .map(|stem| stem.trim_end_matches(['s', 'd', 'e']).to_owned())
        .collect()
}
