//! Words that stand for somebody without the name: "he", "the mayor", "the 47-year-old architect", "the two leaders".

use super::mentions::{Context, Mention, Mentions};
use super::words::Sort;
use crate::clause::{Cue, Cues};
use crate::rules::{EntityId, EntityKind};
use crate::value::{Token, TokenKind};
use std::collections::BTreeSet;
use std::ops::Range;

impl Mentions<'_, '_> {
    /// "The mayor", where one person is given that title.
    pub(super) fn titles(&self, tokens: &[Token<'_>], found: &[Mention]) -> Vec<Mention> {
        let words = self.directory.words;
        let mut out = Vec::new();
        for at in (1..tokens.len()).filter(|&at| tokens[at - 1].is("the")) {
            let goes_on = tokens.get(at + 1).is_some_and(|next| {
                words.is(&next.norm, Sort::Title)
                    || next.is("of")
                    || next.is("'s")
                    || next.is_capitalized() && next.kind == TokenKind::Word
            });
            let is_office = words.is(&tokens[at].norm, Sort::Office);
            if !is_office || goes_on || found.iter().any(|mention| mention.tokens.contains(&at)) {
                continue;
            }
            let bearers = self.roster.titled.get(&*tokens[at].norm);
            if let Some(bearer) =
                bearers.filter(|bearers| bearers.len() == 1).and_then(|bearers| bearers.first())
            {
                out.push(Mention { tokens: at - 1..at + 1, entities: vec![*bearer], is_name: false });
            }
        }
        out
    }

    /// "He", "they", "the two leaders". Linear, plus sorting.
    pub(super) fn pointing(
        &self,
        tokens: &[Token<'_>],
        found: &[Mention],
        context: &mut Context,
    ) -> Vec<Mention> {
        let mut by_end: Vec<&Mention> = found.iter().collect();
        by_end.sort_by_key(|mention| mention.tokens.end);
        let mut named: BTreeSet<EntityId> = BTreeSet::new();
        let mut next = 0;
        let mut out = Vec::new();
        for at in 0..tokens.len() {
            while let Some(mention) = by_end.get(next).filter(|mention| mention.tokens.end <= at) {
                named.extend(&mention.entities);
                if mention.entities.len() == 2 {
                    context.pair = Some(mention.entities.clone());
                }
                next += 1;
            }
            if !matches!(&*tokens[at].norm, "he" | "she" | "him" | "her" | "they" | "their" | "the" | "both")
            {
                continue;
            }
            if let Some(words) = self.one_person_words(tokens, at, found) {
                let one = self.spoken_of(&named, context);
                out.extend(one.map(|one| Mention { tokens: words, entities: vec![one], is_name: false }));
                continue;
            }
            let Some((length, kind)) = group_at(tokens, at, self.cues) else { continue };
            let pair = match kind {
                Some(kind) => self.two(&named, &context.before, kind),
                None => self.they(&named, context),
            };
            if let Some(pair) = pair {
                out.push(Mention { tokens: at..at + length, entities: pair, is_name: false });
            }
        }
        let persons: BTreeSet<EntityId> = named.into_iter().filter(|id| self.may_be_person(*id)).collect();
        match persons.len() {
            0 => {}
            1 => context.person = persons.first().copied(),
            _ => context.person = None,
        }
        out
    }

    /// The words there that stand for the one person who is spoken of: "he", "the 47-year-old architect", "the disgraced
    /// bookkeeper".
    fn one_person_words(&self, tokens: &[Token<'_>], at: usize, found: &[Mention]) -> Option<Range<usize>> {
        if is_pronoun(tokens, at) {
            return Some(at..at + 1);
        }
        let is_name = || found.iter().any(|mention| mention.tokens.contains(&(at + 1)));
        aged_noun(tokens, at)
            .filter(|noun| self.is_for_person(&tokens[noun.start]))
            .or_else(|| self.occupation(tokens, at).filter(|_| !is_name()).map(|length| at..at + length))
    }

    /// Whether a noun stands for a person: the architect is one, the 30-year-old smelter none.
    fn is_for_person(&self, noun: &Token<'_>) -> bool {
        noun.is("old") || self.directory.words.is(&noun.norm, Sort::Occupation)
    }

    /// The one person who is named in the paragraph, or spoken of before it.
    fn spoken_of(&self, named: &BTreeSet<EntityId>, context: &Context) -> Option<EntityId> {
        let mut persons = named.iter().copied().filter(|id| self.may_be_person(*id));
        match (persons.next(), persons.next()) {
            (None, _) => context.person,
            (one, None) => one,
            _ => None,
        }
    }

    /// The length of "the", perhaps an adjective, and a noun for a person, behind which nothing names another.
    fn occupation(&self, tokens: &[Token<'_>], at: usize) -> Option<usize> {
        if !tokens[at].is("the") {
            return None;
        }
        let is_noun = |at: usize| {
            tokens.get(at).is_some_and(|noun| {
                !noun.is_capitalized() && self.directory.words.is(&noun.norm, Sort::Occupation)
            })
        };
        let noun = (1..3).find(|offset| is_noun(at + offset))?;
        let goes_on = tokens.get(at + noun + 1).is_some_and(|next| {
            ["of", "who", "whose", "'s", "for", "from", "and"].contains(&&*next.norm)
                || next.kind == TokenKind::Word && (next.is_capitalized() || is_noun(at + noun + 1))
        });
        let is_other = self.directory.words.is(&tokens[at + 1].norm, Sort::Other);
        (!goes_on && !is_other).then_some(noun + 1)
    }

    fn may_be_person(&self, id: EntityId) -> bool {
        let entity = self.roster.entity(id);
        entity.kind == EntityKind::Person || entity.kind == EntityKind::Name && entity.name.contains(' ')
    }

    /// "They": two persons, or the two that were named together last.
    fn they(&self, named: &BTreeSet<EntityId>, context: &Context) -> Option<Vec<EntityId>> {
        let persons = self.two(named, &context.before, EntityKind::Person);
        let pair = context
            .pair
            .clone()
            .filter(|pair| pair.iter().all(|id| named.contains(id) || context.before.contains(id)));
        let is_persons = |pair: &Vec<EntityId>| self.is_person(pair[0]);
        match (persons, pair) {
            (Some(persons), pair) if pair.as_ref().is_none_or(is_persons) => Some(persons),
            (None, pair) => pair,
            _ => None,
        }
    }

    /// The two of a kind that are named, in the paragraph before where there are less than two in this one.
    fn two(
        &self,
        named: &BTreeSet<EntityId>,
        before: &[EntityId],
        kind: EntityKind,
    ) -> Option<Vec<EntityId>> {
        let is_kind =
            |id: &EntityId| self.kind(*id) == kind || kind == EntityKind::Person && self.may_be_person(*id);
        let mut pair: Vec<EntityId> = named.iter().copied().filter(is_kind).collect();
        if pair.len() < 2 {
            pair.extend(before.iter().copied().filter(is_kind));
            pair.sort_unstable();
            pair.dedup();
        }
        (pair.len() == 2).then_some(pair)
    }
}

/// Whether a pronoun stands for a person there, and not before a noun: "her", not "her rival".
fn is_pronoun(tokens: &[Token<'_>], at: usize) -> bool {
    const BEHIND_HER: [&str; 14] =
        ["in", "on", "at", "to", "for", "with", "by", "from", "of", "and", "as", "a", "the", "about"];
    match &*tokens[at].norm {
        "he" | "she" | "him" => true,
        "her" => tokens
            .get(at + 1)
            .is_none_or(|next| next.kind != TokenKind::Word || BEHIND_HER.contains(&&*next.norm)),
        _ => false,
    }
}

/// The noun of "the 47-year-old architect", or the last word of "the 47-year-old".
fn aged_noun(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let is = |offset: usize, norm: &str| tokens.get(at + offset).is_some_and(|token| token.is(norm));
    let is_number = tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number);
    // The tokens of "47-year-old" are 47, -, year, old.
    let old = (2..6).find(|&offset| is(offset, "old")).filter(|_| is(0, "the") && is_number)?;
    let noun = at + old + 1;
    let is_noun = tokens.get(noun).is_some_and(|token| {
        token.kind == TokenKind::Word && !token.is_capitalized() && token.norm.len() > 3
    });
    Some(if is_noun { noun..noun + 1 } else { noun - 1..noun })
}

/// "the two leaders", "both countries", "the pair", "they": its length and whom it can stand for.
fn group_at(tokens: &[Token<'_>], at: usize, cues: &Cues) -> Option<(usize, Option<EntityKind>)> {
    let is = |offset: usize, norm: &str| tokens.get(at + offset).is_some_and(|token| token.is(norm));
    if is(0, "they") || is(0, "their") {
        return Some((1, None));
    }
    let noun = match (is(0, "the"), is(0, "both"), is(1, "two")) {
        (true, _, true) => 2,
        (_, true, _) => 1,
        (true, ..) if is(1, "pair") => return Some((2, Some(EntityKind::Person))),
        (true, ..) => 1,
        _ => return None,
    };
    let token = tokens.get(at + noun)?;
    if cues.is(token, Cue::PairsOfPersons) {
        return Some((noun + 1, Some(EntityKind::Person)));
    }
    if cues.is(token, Cue::PairsOfCountries) {
        return Some((noun + 1, Some(EntityKind::Country)));
    }
    // "The two met in Oslo".
    (noun == 2 && !token.is_capitalized()).then_some((2, Some(EntityKind::Person)))
}
