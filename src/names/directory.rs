//! The names that rule files know, found in a text beside those that nobody listed.

use super::runs::{Habits, Run, RunReader};
use super::words::NameWords;
use crate::rules::{Alias, AliasKind, EntityId, RuleSet};
use crate::value::{Token, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The aliases of a rule set by their first word.
#[derive(Debug)]
pub struct Directory<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) words: &'static NameWords,
    by_first: FxHashMap<&'a str, Vec<&'a Alias>>,
}

/// A name in a text, known or not.
#[derive(Clone, Debug)]
pub(super) struct Segment<'a> {
    /// The name with its titles.
    pub(super) tokens: Range<usize>,
    /// The name alone.
    pub(super) name: Range<usize>,
    /// The aliases it is written as; none where nobody knows it.
    pub(super) aliases: Vec<&'a Alias>,
    /// Whether its capital may come from the start of a sentence.
    pub(super) is_doubtful: bool,
}

impl<'a> Directory<'a> {
    /// Sorts the aliases; linear in them.
    pub fn new(rules: &'a RuleSet) -> Self {
        let mut by_first: FxHashMap<&str, Vec<&Alias>> = FxHashMap::default();
        for alias in &rules.aliases {
            if let Some(first) = alias.words.first() {
                by_first.entry(first.as_str()).or_default().push(alias);
            }
        }
        Self { rules, words: NameWords::builtin(), by_first }
    }

    /// The first entity that goes by these words, a state by its people's too: "American".
    pub fn named(&self, words: &[String]) -> Option<EntityId> {
        let aliases = self.by_first.get(words.first()?.as_str())?;
        aliases.iter().find(|alias| alias.words == words).map(|alias| alias.entity)
    }

    /// The longest aliases that start at a token: their length and all that are so written.
    fn longest(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Vec<&'a Alias>)> {
        let matches = |alias: &&&Alias| {
            let run = tokens.get(at..at + alias.words.len());
            run.is_some_and(|run| {
                run.iter().zip(&alias.words).all(|(token, word)| token.is(word)) && is_written_so(run, alias)
            })
        };
        let found: Vec<&Alias> =
            self.by_first.get(tokens[at].norm.as_ref())?.iter().filter(matches).copied().collect();
        let length = found.iter().map(|alias| alias.words.len()).max()?;
        Some((length, found.into_iter().filter(|alias| alias.words.len() == length).collect()))
    }

    /// How many tokens an adjective of origin takes at a place.
    pub(super) fn origin(&self, tokens: &[Token<'_>], at: usize) -> usize {
        let is_origin = |(length, aliases): (usize, Vec<&Alias>)| {
            aliases.iter().all(|alias| alias.kind == AliasKind::Adjective).then_some(length)
        };
        tokens.get(at).and_then(|_| self.longest(tokens, at)).and_then(is_origin).unwrap_or(0)
    }

    /// The names of a text in order, none overlapping another.
    pub(super) fn segments(&self, tokens: &[Token<'_>], habits: &Habits) -> Vec<Segment<'a>> {
        let origin = |at: usize| self.origin(tokens, at);
        let runs = RunReader { tokens, habits, words: self.words, origin: &origin }.runs();
        let mut runs = runs.into_iter().peekable();
        let mut out = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            while runs.peek().is_some_and(|run| run.name.end <= at) {
                runs.next();
            }
            let run = runs.peek().filter(|run| run.name.contains(&at));
            let segment = match (self.longest(tokens, at), run) {
                (Some((length, aliases)), run)
                    if run.is_none_or(|run| self.goes_on(tokens, at + length, run.name.end)) =>
                {
                    let start = run.filter(|run| run.name.start == at).map_or(at, |run| run.tokens.start);
                    Segment { tokens: start..at + length, name: at..at + length, aliases, is_doubtful: false }
                }
                // "Communist North Korea" opens a sentence about North Korea.
                (_, Some(run))
                    if run.is_doubtful
                        && run.name.start == at
                        && run.name.len() > 1
                        && self.starts_known(tokens, at + 1, run.name.end) =>
                {
                    at += 1;
                    continue;
                }
                (_, Some(run)) if run.name.start == at => open(run),
                (_, Some(run)) => {
                    open(&Run { tokens: at..run.name.end, name: at..run.name.end, ..run.clone() })
                }
                (_, None) => {
                    at += 1;
                    continue;
                }
            };
            at = segment.name.end;
            if !segment.aliases.iter().any(|alias| alias.kind == AliasKind::Adjective)
                || segment.aliases.is_empty()
            {
                out.push(segment);
            }
        }
        out
    }

    /// Whether a known name starts at a place and known names fill the run from there.
    fn starts_known(&self, tokens: &[Token<'_>], at: usize, end: usize) -> bool {
        at < end && self.goes_on(tokens, at, end)
    }

    /// Whether known names fill a run from a place to its end.
    fn goes_on(&self, tokens: &[Token<'_>], at: usize, end: usize) -> bool {
        at >= end
            || self.longest(tokens, at).is_some_and(|(length, _)| self.goes_on(tokens, at + length, end))
    }
}

fn open<'a>(run: &Run) -> Segment<'a> {
    Segment {
        tokens: run.tokens.clone(),
        name: run.name.clone(),
        aliases: Vec::new(),
        is_doubtful: run.is_doubtful,
    }
}

/// Names start with a capital; initials are written in capitals.
fn is_written_so(run: &[Token<'_>], alias: &Alias) -> bool {
    match alias.kind {
        _ if alias.is_acronym => run.iter().all(|token| token.text.chars().all(|c| !c.is_lowercase())),
        AliasKind::Role => true,
        _ => run.iter().all(|token| {
            token.is_capitalized()
                || token.kind != TokenKind::Word
                || ["'s", "of", "and", "the", "on", "in", "against", "da", "de"].contains(&&*token.norm)
                || is_common_part(token, run)
        }),
    }
}

/// Names of happenings have small words in them: "war in Ukraine", "invasion of Ukraine", "fall of the Berlin Wall".
fn is_common_part(token: &Token<'_>, run: &[Token<'_>]) -> bool {
    run.len() > 1
        && [
            "war",
            "invasion",
            "fall",
            "attacks",
            "crisis",
            "disaster",
            "landing",
            "cosmodrome",
            "spaceport",
            "missile",
            "moon",
            "civil",
            "collapse",
            "annexation",
        ]
        .contains(&&*token.norm)
}
