//! Which words of a paragraph stand for whom.
//!
//! A full name stands for itself. A short name stands for whoever the document names in full by it; where it names two,
//! it may be either and is of no use to a rule. A pronoun stands for the one person it can mean, "the mayor" for the one
//! who is given that title, "the two leaders" for the two named just before.

use super::directory::{Directory, Segment};
use super::roster::{Roster, name_words};
use super::words::Sort;
use crate::clause::Cues;
use crate::rules::{Alias, AliasKind, EntityId, EntityKind};
use crate::value::{DateOrder, Token, TokenKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// Words that stand for an entity, or for two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words, as indices of tokens.
    pub tokens: Range<usize>,
    /// One entity, or two in the order of their ids.
    pub entities: Vec<EntityId>,
    /// Whether it is named there, rather than pointed at.
    pub is_name: bool,
}

/// What texts are read with.
#[derive(Clone, Copy, Debug)]
pub struct Speech<'a> {
    /// The names that are known.
    pub directory: &'a Directory<'a>,
    /// Words with a meaning for clauses.
    pub cues: &'a Cues,
    /// How numeric dates are read.
    pub order: DateOrder,
}

/// What paragraphs pass on to the next: whom a pronoun may point back to.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// Everybody in the paragraph before.
    pub(super) before: Vec<EntityId>,
    /// The one person that is spoken of.
    pub(super) person: Option<EntityId>,
    /// The last two that were named together.
    pub(super) pair: Option<Vec<EntityId>>,
    /// Everybody who has been named in full so far.
    introduced: BTreeSet<EntityId>,
}

/// Words that place names stand behind.
const PLACE_WORDS: [&str; 9] = ["in", "near", "outside", "around", "toward", "towards", "at", "to", "from"];

/// Reads mentions with a roster.
#[derive(Clone, Copy)]
pub struct Mentions<'a, 'd> {
    /// The names that are known.
    pub directory: &'a Directory<'d>,
    /// Those of the document.
    pub roster: &'a Roster<'d>,
    /// Words with a meaning for clauses.
    pub cues: &'a Cues,
}

impl Mentions<'_, '_> {
    /// The mentions of a paragraph, sorted; none overlap but a pair and those it is made of, and one name of two kinds.
    pub fn of(&self, tokens: &[Token<'_>], context: &mut Context) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for segment in self.directory.segments(tokens, &self.roster.habits) {
            for entity in self.resolve(tokens, &segment, &context.introduced) {
                context.introduced.insert(entity);
                found.push(Mention { tokens: segment.tokens.clone(), entities: vec![entity], is_name: true });
            }
        }
        let mut found = self.joined(tokens, found);
        found.extend(self.titles(tokens, &found));
        found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
        let pairs = self.pairs(tokens, &found);
        found.extend(pairs);
        found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
        let pointing = self.pointing(tokens, &found, context);
        found.extend(pointing);
        found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
        // A pattern may name the title itself: "mayor {who:person}".
        let titled: Vec<Mention> = found
            .iter()
            .filter_map(|mention| {
                let name = mention.tokens.clone().find(|&at| !self.is_title(&tokens[at]))?;
                let is_cut = mention.is_name && mention.entities.len() == 1 && name > mention.tokens.start;
                is_cut.then(|| Mention { tokens: name..mention.tokens.end, ..mention.clone() })
            })
            .collect();
        found.extend(titled);
        found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
        context.before = found.iter().flat_map(|mention| mention.entities.iter().copied()).collect();
        found
    }

    fn is_title(&self, token: &Token<'_>) -> bool {
        token.is(".") || self.directory.words.is(&token.norm, Sort::Title)
    }

    pub(super) fn kind(&self, id: EntityId) -> EntityKind {
        self.roster.entity(id).kind
    }

    pub(super) fn is_person(&self, id: EntityId) -> bool {
        self.kind(id) == EntityKind::Person
    }

    /// Whom a name can stand for there, at most one of a kind.
    fn resolve(
        &self,
        tokens: &[Token<'_>],
        segment: &Segment<'_>,
        introduced: &BTreeSet<EntityId>,
    ) -> Vec<EntityId> {
        if segment.aliases.is_empty() {
            return self.resolve_open(tokens, segment, introduced).into_iter().collect();
        }
        let kinds = [
            EntityKind::Person,
            EntityKind::Country,
            EntityKind::Organisation,
            EntityKind::Place,
            EntityKind::Event,
        ];
        let of_kind = |kind| {
            let candidates: BTreeSet<EntityId> = segment
                .aliases
                .iter()
                .filter(|alias| {
                    self.kind(alias.entity) == kind && self.stands(alias, tokens, segment, introduced)
                })
                .map(|alias| alias.entity)
                .collect();
            candidates.first().copied().filter(|_| candidates.len() == 1)
        };
        kinds.into_iter().filter_map(of_kind).collect()
    }

    /// Whether an alias that is written there can be meant there.
    fn stands(
        &self,
        alias: &Alias,
        tokens: &[Token<'_>],
        segment: &Segment<'_>,
        introduced: &BTreeSet<EntityId>,
    ) -> bool {
        let is_person = self.is_person(alias.entity);
        let others = || {
            self.roster
                .bearers(&alias.words)
                .iter()
                .any(|bearer| *bearer != alias.entity && !self.is_thing(*bearer))
        };
        let before = segment.tokens.start.checked_sub(1).map(|before| tokens[before].norm.as_ref());
        let is_titled = segment.tokens.start < segment.name.start;
        match alias.kind {
            AliasKind::Full if is_person => !others(),
            // "Houston" beside "Whitney Houston" is the town only behind a word that towns stand behind.
            AliasKind::Full => {
                !is_titled && (!others() || before.is_some_and(|word| PLACE_WORDS.contains(&word)))
            }
            // Of two that bear the name, the one whom the reader knows by now.
            AliasKind::Short if is_person => {
                let is_known_alone = introduced.contains(&alias.entity)
                    && !self
                        .roster
                        .bearers(&alias.words)
                        .iter()
                        .any(|other| *other != alias.entity && introduced.contains(other));
                self.roster.named.contains(&alias.entity) && (is_known_alone || !others())
            }
            AliasKind::Short => !is_titled && !others(),
            // "Russian President Boris Yeltsin" is not the Russian president of the rules.
            AliasKind::Role => !is_person || !self.names_another(tokens, segment.name.end, alias.entity),
            AliasKind::Adjective => false,
        }
    }

    /// Whether nobody would call it by a part of its name alone: a happening, a place with a word for what it is.
    fn is_thing(&self, id: EntityId) -> bool {
        matches!(
            self.kind(id),
            EntityKind::Event | EntityKind::Place | EntityKind::Country | EntityKind::Organisation
        )
    }

    fn names_another(&self, tokens: &[Token<'_>], at: usize, entity: EntityId) -> bool {
        let behind = &tokens[at.min(tokens.len())..];
        let Some(next) = behind.first().filter(|next| next.kind == TokenKind::Word && next.is_capitalized())
        else {
            return false;
        };
        let segments = self.directory.segments(&behind[..behind.len().min(6)], &self.roster.habits);
        let is_own = segments.first().is_some_and(|segment| {
            segment.tokens.start == 0 && segment.aliases.iter().any(|alias| alias.entity == entity)
        });
        !is_own && !crate::value::is_calendar_word(&next.norm)
    }

    /// Whom a name that nobody listed stands for.
    fn resolve_open(
        &self,
        tokens: &[Token<'_>],
        segment: &Segment<'_>,
        introduced: &BTreeSet<EntityId>,
    ) -> Option<EntityId> {
        let words = name_words(&tokens[segment.name.clone()], self.directory.words);
        let own = self.roster.open_entity(&words);
        let is_titled = segment.tokens.start < segment.name.start;
        let before = segment.tokens.start.checked_sub(1).map(|before| tokens[before].norm.as_ref());
        let mut longer: BTreeSet<EntityId> = self.roster.bearers(&words).iter().copied().collect();
        // "in Harlow" is the town, beside "Harlow Steel".
        if before.is_some_and(|word| ["in", "near", "outside"].contains(&word)) && !is_titled {
            longer.retain(|id| self.kind(*id) == EntityKind::Place && own.is_none());
        }
        if is_titled {
            longer.retain(|id| matches!(self.kind(*id), EntityKind::Person | EntityKind::Name));
        }
        longer.retain(|id| self.kind(*id) != EntityKind::Event);
        if own.is_some_and(|own| matches!(self.kind(own), EntityKind::Place)) && !is_titled {
            longer.clear();
        }
        // Of two that bear the name, the one whom the reader knows by now.
        let known: Vec<EntityId> = longer.intersection(introduced).copied().collect();
        if longer.len() > 1 && known.len() == 1 {
            return known.first().copied();
        }
        match longer.len() {
            0 => own.or_else(|| self.without_first(&words)),
            1 => longer.first().copied(),
            _ => None,
        }
    }

    /// "Veteran Luca Moretti" opens a sentence about Luca Moretti.
    fn without_first(&self, words: &[String]) -> Option<EntityId> {
        (words.len() > 2).then(|| self.roster.open_entity(&words[1..])).flatten()
    }

    /// Two mentions of one side by side are one: "the Russian president, Vladimir Putin,".
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
        for (index, first) in found.iter().enumerate() {
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
            let near = found[index + 1..].iter().take_while(|second| second.tokens.start <= start + 3);
            for second in near.filter(follows) {
                let (a, b) = (first.entities[0], second.entities[0]);
                if a != b && self.pairable(a, b) && first.entities.len() == 1 && second.entities.len() == 1 {
                    out.push(Mention {
                        tokens: first.tokens.start..second.tokens.end,
                        entities: vec![a.min(b), a.max(b)],
                        is_name: true,
                    });
                }
            }
        }
        out
    }

    fn pairable(&self, a: EntityId, b: EntityId) -> bool {
        self.kind(a) == self.kind(b)
    }
}
