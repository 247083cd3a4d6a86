//! Claims that cannot hold together.
//!
//! Takes the claims of all documents, gives [`Conflict`]s. Two claims conflict if they speak of the
//! same key at the same time and their values are disjoint (`judge`); what is said of "the storm" is compared only between
//! articles that tell one story (`story`). What a speaker says against the article's own words, or against another speaker,
//! is a dispute, not an error; an article that reports a dispute contradicts nobody. Claims are held against what is
//! known (`facts`) and against the order of things (`timeline`). Knows nothing of the wording of messages.

mod facts;
mod judge;
mod story;
mod timeline;

use crate::corpus::Dateline;
use crate::extract::Claim;
use crate::rules::{RuleSet, Scope, ValueSpec};
use crate::value::Value;
use std::collections::BTreeMap;
use story::{Stories, Teller};

pub use story::{FEW_DOCUMENTS, MOST_DAYS};
pub use timeline::Step;

/// Where claims come from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The day the document speaks from.
    pub dateline: Option<Dateline>,
    /// Its claims in the order of the text.
    pub claims: &'a [Claim],
    /// The words of names in it, sorted.
    pub names: &'a [String],
    /// Hashes of its other telling words, sorted.
    pub topics: &'a [u32],
    /// For each claim the document that its block was copied from; itself where it was not.
    pub origins: &'a [usize],
}

/// One claim by its document and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClaimRef {
    /// The document, by its place in the corpus.
    pub document: usize,
    /// The claim, by its place among the document's.
    pub claim: usize,
}

/// Who disagrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Two articles in their own words.
    Sources,
    /// An article and somebody who is quoted or reported.
    Disputed,
    /// Only people who are quoted or reported.
    Speakers,
    /// An article and what is known.
    Fact,
    /// Articles, over the order of things.
    Timeline,
}

/// Claims that can hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// What they say, in the words of the first.
    pub value: Value,
    /// The claims, one a document and speaker, in order.
    pub claims: Vec<ClaimRef>,
    /// How many of them are no copies of another.
    pub sources: usize,
    /// The fact that says so, by its place in the rule set.
    pub fact: Option<usize>,
}

/// Claims that cannot hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// The rule, by its place in the set.
    pub rule: usize,
    /// Who disagrees.
    pub class: Class,
    /// At least two; one for a timeline that one article breaks alone.
    pub sides: Vec<Side>,
    /// Whether all that one side says is hedged, or told by others.
    pub is_hedged: bool,
    /// How the order of things rules it out.
    pub steps: Vec<Step>,
}

/// All conflicts, in the order of rules and keys.
///
/// Grouping is O(n log n) in the claims. Inside a key, equal values are judged together: time grows with
/// the pairs of different values, and with the pairs of claims only where few of them can be compared.
///
/// With `is_one_story` every document tells the same story; else their names and days decide.
pub fn conflicts(rules: &RuleSet, sources: &[Source<'_>], is_one_story: bool) -> Vec<Conflict> {
    let tellers: Vec<Teller<'_>> = sources.iter().map(Teller::of).collect();
    let stories = if is_one_story { Stories::one(tellers.len()) } else { Stories::new(&tellers) };
    let mut by_key: BTreeMap<(usize, &str, Option<usize>), Vec<ClaimRef>> = BTreeMap::new();
    for (document, source) in sources.iter().enumerate() {
        for (claim, read) in source.claims.iter().enumerate() {
            let rule = &rules.rules[read.rule];
            if matches!(rule.value, ValueSpec::Order(..)) {
                continue;
            }
            // What is compared inside an article only is grouped by the article, what is told of a story by the story.
            let alone = match (rule.scope, read.in_story) {
                (Scope::Within, _) => Some(document),
                (_, true) => Some(stories.number(document)),
                _ => None,
            };
            by_key.entry((read.rule, &read.key, alone)).or_default().push(ClaimRef { document, claim });
        }
    }
    let judge = |((rule, ..), claims): ((usize, &str, Option<usize>), Vec<ClaimRef>)| {
        judge::Judge { rule: &rules.rules[rule], sources, stories: &stories, all: claims }.conflict(rule)
    };
    let mut found: Vec<Conflict> = by_key.into_iter().filter_map(judge).collect();
    found.extend(facts::against_facts(rules, sources));
    found.extend(timeline::impossible(rules, sources, &stories));
    found.sort_by_key(|conflict| conflict.rule);
    found
}

/// What two claims of one key are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They cannot both be right.
    Conflict,
    /// They can both be right.
    Agree,
    /// The rule compares other articles, or only statements of one.
    OutOfScope,
    /// The articles do not tell one story.
    OtherStories,
    /// They speak of different times, or it is not known of which.
    OtherTimes,
    /// One of the articles tells both values, so that they are of two things.
    BothKnown,
    /// One article reports what people say against each other.
    OneArticleReports,
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Conflict => "they cannot both be right: a conflict",
            Self::Agree => "they can both be right",
            Self::OutOfScope => "not compared: the rule's `scope` leaves this pair out",
            Self::OtherStories => "not compared: the articles share too few names to tell one story (check --one-story takes them for one)",
            Self::OtherTimes => "not compared: they speak of different days, or the day of an article is not known",
            Self::BothKnown => "not told: one of the articles tells both values, so they are of two things",
            Self::OneArticleReports => "not told: one article reports who says what",
        })
    }
}

/// What a claim of one document is to a claim of another, or the same; `None` where they are of two rules or keys.
pub fn verdict(
    rules: &RuleSet,
    sources: &[Source<'_>],
    is_one_story: bool,
    a: ClaimRef,
    b: ClaimRef,
) -> Option<Verdict> {
    let claim = |at: ClaimRef| &sources[at.document].claims[at.claim];
    if claim(a).rule != claim(b).rule || claim(a).key != claim(b).key {
        return None;
    }
    let tellers: Vec<Teller<'_>> = sources.iter().map(Teller::of).collect();
    let stories = if is_one_story { Stories::one(tellers.len()) } else { Stories::new(&tellers) };
    let same = |document: usize| {
        let own = sources[document].claims.iter().enumerate();
        own.filter(|(_, other)| other.rule == claim(a).rule && other.key == claim(a).key)
            .map(move |(index, _)| ClaimRef { document, claim: index })
    };
    let all = (0..sources.len()).flat_map(same).collect();
    let judge = judge::Judge { rule: &rules.rules[claim(a).rule], sources, stories: &stories, all };
    Some(judge.verdict(a, b))
}

impl Side {
    /// One claim's side.
    fn of(value: Value, at: ClaimRef) -> Self {
        Self { value, claims: vec![at], sources: 1, fact: None }
    }
}
