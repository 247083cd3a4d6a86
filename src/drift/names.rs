//! Names that others stand in place of.

use super::changes::{Change, ChangeKind, Pair, Place};
use super::opposites::Opposites;
use super::passage::Passage;
use crate::names::{NameWords, Sort, without_accent};
use crate::rules::Entity;
use crate::value::TokenKind;
use std::ops::Range;

/// Words beside a name that tell no more of it.
const FILLERS: [&str; 12] = ["the", "a", "an", "of", "in", "at", "'s", "'", "and", "for", "on", "from"];

/// Titles that stand for a name.
const RANKS: [&str; 14] = [
    "prince",
    "princess",
    "duke",
    "duchess",
    "earl",
    "king",
    "queen",
    "pope",
    "lord",
    "lady",
    "cardinal",
    "archbishop",
    "bishop",
    "sultan",
];

/// A name of one text and another in its place.
pub(super) fn change(pair: &Pair<'_, '_>, place: &Place) -> Option<Change> {
    if pair.a.is_table() || pair.b.is_table() {
        return None;
    }
    // "Prince William" is the Prince of Wales: who bears a title is not known.
    let has_rank = |passage: &Passage<'_>, range: &Range<usize>| {
        let from = range.start.saturating_sub(2);
        passage.tokens[from..range.end].iter().any(|token| RANKS.contains(&&*token.norm))
    };
    if has_rank(pair.a, &place.a) || has_rank(pair.b, &place.b) {
        return None;
    }
    let (a, b) = (name_at(pair.a, &place.a)?, name_at(pair.b, &place.b)?);
    let (one, two) = (pair.a.norms(&a), pair.b.norms(&b));
    let (before, behind) = pair.neighbours(&a, &b);
    let is_same = one.is_empty()
        || two.is_empty()
        || one.iter().any(|word| two.contains(word))
        || is_short_form(&one, &two, is_acronym(pair.a, &a))
        || is_short_form(&two, &one, is_acronym(pair.b, &b))
        || is_spelling(&one, &two)
        || are_one_entity(pair, &a, &b);
    // What stands on its own in another place was moved.
    let is_elsewhere = pair.stands_free(&one, false) || pair.stands_free(&two, true);
    (!is_same && !is_elsewhere && (before || behind)).then(|| pair.change(ChangeKind::Name, &a, &b))
}

/// The name among some tokens, where they are nothing else but titles and small words.
fn name_at(passage: &Passage<'_>, place: &Range<usize>) -> Option<Range<usize>> {
    let words = NameWords::builtin();
    let is_small = |at: usize| {
        let token = &passage.tokens[at];
        token.kind == TokenKind::Mark || FILLERS.contains(&&*token.norm)
    };
    // "President Anna Holm", but not "European Union".
    let is_title = |at: &usize| is_small(*at) || words.is(&passage.tokens[*at].norm, Sort::Title);
    let parts: Vec<usize> = place.clone().skip_while(is_title).filter(|at| !is_small(*at)).collect();
    let is_value = passage.has_figure(place) && !passage.values_at(place).is_empty();
    let (first, last) = (*parts.first()?, *parts.last()?);
    (!is_value && parts.iter().all(|&at| passage.is_name(at))).then_some(first..last + 1)
}

/// Whether one name is written as the first letters of the other, or as a part of it: "EU" and "European Union", "USDA"
/// and "US Agriculture Department", "EC" and "Community".
fn is_short_form(short: &[&str], long: &[&str], is_acronym: bool) -> bool {
    const LONGEST_ACRONYM: usize = 5;
    let [word] = short else { return false };
    let words = || long.iter().filter(|word| !FILLERS.contains(word));
    let mut initials: Vec<char> = Vec::new();
    for long in words() {
        // "US" gives both its letters.
        let letters = if long.len() <= 2 { long.len() } else { 1 };
        initials.extend(long.chars().take(letters));
    }
    let mut letters: Vec<char> = word.chars().collect();
    initials.sort_unstable();
    letters.sort_unstable();
    // An acronym may leave words of the name to the text: "EC Commission", "General Motors (GM)".
    let is_part = is_acronym
        && word.len() <= LONGEST_ACRONYM
        && words().any(|long| {
            long.len() >= LONGEST_ACRONYM && long.chars().next().is_some_and(|first| word.contains(first))
        });
    let starts = |long: &&&str| {
        word.len() >= 3
            && long.len() > word.len()
            && word.get(..3).is_some_and(|start| long.starts_with(start))
    };
    // "BoE" has the "o" of "Bank of England".
    let without_small: Vec<char> = letters.iter().copied().filter(|letter| *letter != 'o').collect();
    initials == letters
        || is_acronym && initials == without_small
        || is_part
        || long.iter().any(|long| starts(&long))
}

/// Whether a name is one word in capitals, or nearly.
fn is_acronym(passage: &Passage<'_>, range: &Range<usize>) -> bool {
    // "BoE", "MoD"
    let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
    let text = passage.tokens[range.start].text;
    range.len() == 1 && (!text.chars().any(char::is_lowercase) || text.len() <= 4 && capitals(text) > 1)
}

/// Whether two names are ways to spell one.
fn is_spelling(one: &[&str], two: &[&str]) -> bool {
    const ALIKE: f64 = 0.85;
    let (one, two) = (folded(one), folded(two));
    one == two || Opposites::builtin().are_aliases(&one, &two) || strsim::jaro_winkler(&one, &two) >= ALIKE
}

/// A name without accents, in which "ü" is "ue" and "u", and "Mt" is "Mount".
fn folded(words: &[&str]) -> String {
    const SHORT: [(&str, &str); 5] =
        [("mt", "mount"), ("ft", "fort"), ("st", "saint"), ("utd", "united"), ("univ", "university")];
    let long = |word: &&str| {
        SHORT.iter().find(|(short, _)| short == word).map_or(*word, |(_, long)| *long).to_owned()
    };
    let joined = words.iter().map(long).collect::<Vec<_>>().join(" ");
    let plain: String = joined.chars().map(without_accent).collect();
    plain.replace("ue", "u").replace("oe", "o").replace("ae", "a").replace("ss", "s")
}

/// Whether both texts name one and the same, or one the place that the other lies in: "British" and "UK", "Kyiv" and
/// "Ukraine".
pub(super) fn are_one_entity(pair: &Pair<'_, '_>, a: &Range<usize>, b: &Range<usize>) -> bool {
    let known = |passage: &Passage<'_>, range: &Range<usize>| {
        let words: Vec<String> = passage.norms(range).iter().map(|word| (*word).to_owned()).collect();
        pair.directory.named(&words)
    };
    let (one, two) = (known(pair.a, a), known(pair.b, b));
    let (of_a, of_b) = (pair.a.entities(a), pair.b.entities(b));
    let are_one =
        |one: &Entity, two: &Entity| one.id == two.id || pair.a.lies_in(one, two) || pair.b.lies_in(two, one);
    one.is_some() && one == two || of_a.iter().any(|one| of_b.iter().any(|two| are_one(one, two)))
}
