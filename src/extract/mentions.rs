//! Which words name which entity, resolved over the whole document.
//!
//! A full name stands for itself. A short name stands for the entity of that name which the
//! document names in full; where it names two, or somebody the rules do not know, it stands for
//! any of them and is of no use to a rule. "The two leaders" are the two named just before.

use super::article::Paragraph;
use crate::clause::{Cue, Cues};
use crate::corpus::{Block, BlockKind, Document};
use crate::rules::{Alias, AliasKind, Entity, EntityId, EntityKind, RuleSet};
use crate::value::{Token, TokenKind, is_calendar_word, tokens};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words that stand for an entity, or for two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) tokens: Range<usize>,
    /// One entity, or two in the order of their ids.
    pub(super) entities: Vec<EntityId>,
}

/// The aliases of a rule set by their first word.
#[derive(Debug)]
pub(super) struct Lexicon<'a> {
    rules: &'a RuleSet,
    by_first: FxHashMap<&'a str, Vec<&'a Alias>>,
}

/// What the whole document says about names.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Entities that are named in full.
    named: FxHashSet<EntityId>,
    /// Short names that somebody else bears too.
    contested: FxHashSet<String>,
}

/// Adjectives of origin that stand before names.
const ORIGINS: [&str; 14] = [
    "russian",
    "korean",
    "chinese",
    "american",
    "soviet",
    "ukrainian",
    "japanese",
    "north",
    "south",
    "british",
    "french",
    "german",
    "us",
    "communist",
];

impl<'a> Lexicon<'a> {
    pub(super) fn new(rules: &'a RuleSet) -> Self {
        let mut by_first: FxHashMap<&str, Vec<&Alias>> = FxHashMap::default();
        for alias in &rules.aliases {
            if let Some(first) = alias.words.first() {
                by_first.entry(first.as_str()).or_default().push(alias);
            }
        }
        Self { rules, by_first }
    }

    fn entity(&self, id: EntityId) -> &Entity {
        &self.rules.entities[id.0]
    }

    /// The longest aliases that start at a token: their length and all that bear them.
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

    /// Reads through all blocks but furniture and collects who is named in full.
    pub(super) fn survey(&self, document: &Document, blocks: &[Block], cues: &Cues) -> Known {
        let mut known = Known::default();
        for block in
            blocks.iter().filter(|block| !matches!(block.kind, BlockKind::Furniture | BlockKind::Code))
        {
            let tokens = tokens(block.span.of(&document.text), 0);
            let mut at = 0;
            while at < tokens.len() {
                let Some((length, aliases)) = self.longest(&tokens, at) else {
                    at += 1;
                    continue;
                };
                let is_part = self.is_part_of_other_name(&tokens, &(at..at + length), cues);
                for alias in &aliases {
                    match alias.kind {
                        AliasKind::Full if !is_part => _ = known.named.insert(alias.entity),
                        AliasKind::Short if is_part && block.kind == BlockKind::Paragraph => {
                            known.contested.insert(alias.words.join(" "));
                        }
                        _ => {}
                    }
                }
                at += length;
            }
        }
        known
    }

    /// Whether capitals right before or behind make the words part of a name that is not known.
    fn is_part_of_other_name(&self, tokens: &[Token<'_>], range: &Range<usize>, cues: &Cues) -> bool {
        let is_name = |at: usize| self.is_name_word(&tokens[at], cues) && self.longest(tokens, at).is_none();
        let behind = range.end < tokens.len() && is_name(range.end);
        // The first word of a sentence has its capital from there, unless it can only be a name.
        let starts = |at: usize| {
            (at == 0 || tokens[at - 1].kind == TokenKind::Mark) && cues.is(&tokens[at], Cue::Openers)
        };
        let before =
            range.len() == 1 && range.start > 0 && is_name(range.start - 1) && !starts(range.start - 1);
        behind || before
    }

    /// The mentions of a paragraph, sorted; none overlap except a pair and those it is made of.
    ///
    /// `before` are the entities of the paragraph before, to which "the two leaders" may point back.
    pub(super) fn mentions(
        &self,
        paragraph: &Paragraph<'_>,
        known: &Known,
        before: &[EntityId],
        cues: &Cues,
    ) -> Vec<Mention> {
        let tokens = &paragraph.tokens;
        let mut found: Vec<Mention> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let Some((length, aliases)) = self.longest(tokens, at) else {
                at += 1;
                continue;
            };
            let range = at..at + length;
            at += length;
            for kind in [
                EntityKind::Person,
                EntityKind::Country,
                EntityKind::Organisation,
                EntityKind::Place,
                EntityKind::Event,
            ] {
                let mut candidates: Vec<&Alias> =
                    aliases.iter().filter(|alias| self.entity(alias.entity).kind == kind).copied().collect();
                candidates.retain(|alias| self.stands(alias, tokens, &range, known, cues));
                if let [only] = candidates.as_slice() {
                    let with_title = title_start(tokens, range.start, cues)..range.end;
                    found.push(Mention { tokens: with_title, entities: vec![only.entity] });
                }
            }
        }
        let mut found = self.joined(tokens, found);
        let pairs = self.pairs(tokens, &found);
        found.extend(pairs);
        let groups = self.groups(paragraph, &found, before, cues);
        found.extend(groups);
        found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
        found
    }

    /// Whether an alias that is written there can be meant there.
    fn stands(
        &self,
        alias: &Alias,
        tokens: &[Token<'_>],
        range: &Range<usize>,
        known: &Known,
        cues: &Cues,
    ) -> bool {
        let is_person = self.entity(alias.entity).kind == EntityKind::Person;
        match alias.kind {
            AliasKind::Full => !(is_person && self.is_part_of_other_name(tokens, range, cues)),
            AliasKind::Short if is_person => {
                known.named.contains(&alias.entity)
                    && !known.contested.contains(&alias.words.join(" "))
                    && !self.is_part_of_other_name(tokens, range, cues)
            }
            AliasKind::Short => true,
            // "Russian President Boris Yeltsin" is not the Russian president of the rules.
            AliasKind::Role => !is_person || !self.names_another(tokens, range.end, alias.entity),
        }
    }

    fn names_another(&self, tokens: &[Token<'_>], at: usize, entity: EntityId) -> bool {
        let Some(next) = tokens.get(at).filter(|next| next.kind == TokenKind::Word && next.is_capitalized())
        else {
            return false;
        };
        let is_own = self
            .longest(tokens, at)
            .is_some_and(|(_, aliases)| aliases.iter().any(|alias| alias.entity == entity));
        !is_own && !is_calendar_word(&next.norm)
    }

    /// Two mentions of one person side by side are one: "the Russian president, Vladimir Putin,".
    fn joined(&self, tokens: &[Token<'_>], found: Vec<Mention>) -> Vec<Mention> {
        let mut out: Vec<Mention> = Vec::new();
        for mention in found {
            let same = out.last_mut().filter(|last| {
                let between = tokens.get(last.tokens.end..mention.tokens.start).unwrap_or_default();
                last.entities == mention.entities
                    && between.iter().all(|token| token.is(",") || token.is("the"))
            });
            match same {
                Some(last) => {
                    let closes = tokens.get(last.tokens.end).is_some_and(|t| t.is(","))
                        && tokens.get(mention.tokens.end).is_some_and(|t| t.is(","));
                    last.tokens.end = mention.tokens.end + usize::from(closes);
                }
                None => out.push(mention),
            }
        }
        out
    }

    /// "Anna and Ben".
    fn pairs(&self, tokens: &[Token<'_>], found: &[Mention]) -> Vec<Mention> {
        let mut out = Vec::new();
        for first in found {
            let joint = first.tokens.end;
            if !tokens.get(joint).is_some_and(|token| token.is("and") || token.is("&")) {
                continue;
            }
            let start = joint + 1 + usize::from(tokens.get(joint + 1).is_some_and(|token| token.is("the")));
            // "Kim and Russia's Putin": a country may own the second.
            let follows = |second: &&Mention| {
                let own = second.tokens.start;
                own == start || own > start && own <= start + 3 && tokens[own - 1].is("'s")
            };
            for second in found.iter().filter(follows) {
                let (a, b) = (first.entities[0], second.entities[0]);
                if a != b && self.entity(a).kind == self.entity(b).kind {
                    out.push(Mention {
                        tokens: first.tokens.start..second.tokens.end,
                        entities: vec![a.min(b), a.max(b)],
                    });
                }
            }
        }
        out
    }

    /// "The two leaders", where the sentences before name two, and nobody else. Linear, plus sorting.
    fn groups(
        &self,
        paragraph: &Paragraph<'_>,
        found: &[Mention],
        before: &[EntityId],
        cues: &Cues,
    ) -> Vec<Mention> {
        let tokens = &paragraph.tokens;
        let mut by_end: Vec<&Mention> = found.iter().collect();
        by_end.sort_by_key(|mention| mention.tokens.end);
        let mut named: BTreeSet<EntityId> = BTreeSet::new();
        let mut next = 0;
        let mut out = Vec::new();
        let stranger = self.first_stranger(tokens, found, cues);
        for at in 0..tokens.len() {
            while let Some(mention) = by_end.get(next).filter(|mention| mention.tokens.end <= at) {
                named.extend(&mention.entities);
                next += 1;
            }
            let Some((length, kind)) = group_at(tokens, at, cues) else { continue };
            let is_sure = kind != EntityKind::Person || stranger.is_none_or(|stranger| stranger >= at);
            if let Some(pair) = self.two(&named, before, kind).filter(|_| is_sure) {
                out.push(Mention { tokens: at..at + length, entities: pair });
            }
        }
        out
    }

    /// The two of a kind that are named, in the paragraph before where there are less than two in this one.
    fn two(
        &self,
        named: &BTreeSet<EntityId>,
        before: &[EntityId],
        kind: EntityKind,
    ) -> Option<Vec<EntityId>> {
        let is_kind = |id: &EntityId| self.entity(*id).kind == kind;
        let mut pair: Vec<EntityId> = named.iter().copied().filter(is_kind).collect();
        if pair.len() < 2 {
            pair.extend(before.iter().copied().filter(is_kind));
            pair.sort_unstable();
            pair.dedup();
        }
        (pair.len() == 2).then_some(pair)
    }

    /// Where somebody is first named whom the rules do not know: two capitals in a row, not behind a word
    /// that places stand behind.
    fn first_stranger(&self, tokens: &[Token<'_>], found: &[Mention], cues: &Cues) -> Option<usize> {
        const OF_PLACES: [&str; 9] = ["in", "at", "of", "the", "to", "from", "near", "on", "a"];
        let mut is_known = vec![false; tokens.len()];
        for mention in found {
            is_known[mention.tokens.clone()].fill(true);
        }
        let is_name = |at: usize| !is_known[at] && self.is_name_word(&tokens[at], cues);
        (1..tokens.len().saturating_sub(1)).find(|&at| {
            let before = &tokens[at - 1];
            let leads = before.kind == TokenKind::Word && !OF_PLACES.contains(&&*before.norm);
            leads && is_name(at) && is_name(at + 1)
        })
    }

    /// Whether a word has its capital from a name rather than from the calendar, an office or an origin.
    fn is_name_word(&self, token: &Token<'_>, cues: &Cues) -> bool {
        token.kind == TokenKind::Word
            && token.is_capitalized()
            && !is_calendar_word(&token.norm)
            && !cues.is(token, Cue::Titles)
            && !ORIGINS.contains(&&*token.norm)
    }
}

/// Names start with a capital; initials are written in capitals.
fn is_written_so(run: &[Token<'_>], alias: &Alias) -> bool {
    match alias.kind {
        _ if alias.is_acronym => run.iter().all(|token| token.text.chars().all(|c| !c.is_lowercase())),
        AliasKind::Full | AliasKind::Short => run.iter().all(|token| {
            token.is_capitalized() || token.kind != TokenKind::Word || token.is("'s") || token.is("of")
        }),
        AliasKind::Role => true,
    }
}

/// Where the titles before a name start: "President", "Chairman".
fn title_start(tokens: &[Token<'_>], start: usize, cues: &Cues) -> usize {
    let is_title = |at: usize| cues.is(&tokens[at], Cue::Titles) && tokens[at].is_capitalized();
    let mut from = start;
    loop {
        // "Mr. Lee": the full stop of an abbreviation stands between.
        let stop = usize::from(from > 1 && tokens[from - 1].is(".") && tokens[from - 1].is_glued);
        match from.checked_sub(1 + stop).filter(|&at| is_title(at)) {
            Some(at) => from = at,
            None => return from,
        }
    }
}

/// "the two leaders", "both countries", "the pair", "they": its length and whom it can stand for.
fn group_at(tokens: &[Token<'_>], at: usize, cues: &Cues) -> Option<(usize, EntityKind)> {
    let is = |offset: usize, norm: &str| tokens.get(at + offset).is_some_and(|token| token.is(norm));
    if is(0, "they") || is(0, "their") {
        return Some((1, EntityKind::Person));
    }
    let noun = match (is(0, "the"), is(0, "both"), is(1, "two")) {
        (true, _, true) => 2,
        (_, true, _) => 1,
        (true, ..) if is(1, "pair") => return Some((2, EntityKind::Person)),
        (true, ..) if is(1, "two") => return None,
        (true, ..) => 1,
        _ => return None,
    };
    let token = tokens.get(at + noun)?;
    if cues.is(token, Cue::PairsOfPersons) {
        return Some((noun + 1, EntityKind::Person));
    }
    cues.is(token, Cue::PairsOfCountries).then_some((noun + 1, EntityKind::Country))
}
