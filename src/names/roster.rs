//! Who and what a document names: known entities, and those it alone introduces.

use super::directory::{Directory, Segment};
use super::runs::Habits;
use super::words::{NameWords, Sort};
use crate::corpus::{Block, BlockKind, Document};
use crate::rules::{AliasKind, Entity, EntityId, EntityKind};
use crate::value::{Token, TokenKind, tokens};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;

/// The entities of one document.
#[derive(Debug)]
pub struct Roster<'a> {
    known: &'a [Entity],
    open: Vec<Entity>,
    by_words: FxHashMap<String, EntityId>,
    /// Known entities that are named in full.
    pub(super) named: FxHashSet<EntityId>,
    /// Who bears a first or a last word of a longer name.
    bearers: FxHashMap<String, BTreeSet<EntityId>>,
    /// The titles somebody is given, by their last word.
    pub(super) titled: FxHashMap<String, BTreeSet<EntityId>>,
    pub(super) habits: Habits,
}

/// What speaks for a name being of each kind.
#[derive(Clone, Copy, Debug, Default)]
struct Votes {
    person: u32,
    place: u32,
    organisation: u32,
    event: u32,
    /// Occurrences that cannot owe their capital to a sentence.
    sure: u32,
}

/// A name as it is collected.
#[derive(Debug, Default)]
struct Name {
    words: Vec<String>,
    shown: String,
    votes: Votes,
    titles: BTreeSet<String>,
}

impl<'a> Roster<'a> {
    /// The entity of an id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        self.known.get(id.0).unwrap_or_else(|| &self.open[id.0 - self.known.len()])
    }

    /// The larger places a place lies in, the nearest first.
    pub fn within(&self, id: EntityId) -> Vec<EntityId> {
        let mut within: Vec<EntityId> = Vec::new();
        let mut next = self.entity(id).within;
        // A circle of places in a rule file ends where it has been walked once.
        while let Some(larger) = next.filter(|larger| !within.contains(larger) && *larger != id) {
            within.push(larger);
            next = self.entity(larger).within;
        }
        within
    }

    /// The ids of the names that no rule file knows.
    pub fn open(&self) -> impl Iterator<Item = EntityId> {
        (0..self.open.len()).map(|index| EntityId(self.known.len() + index))
    }

    /// The words of a name that tell one story from others.
    pub fn telling_words(&self, id: EntityId) -> Vec<String> {
        let entity = self.entity(id);
        if entity.kind == EntityKind::Country {
            return Vec::new();
        }
        let words = NameWords::builtin();
        let is_common = |word: &str| {
            word.len() < 3
                || self.habits.is_lower(word)
                || words.is_any(word)
                || entity.id.contains('-') && words.is(word, Sort::Given)
        };
        let own: Vec<String> =
            entity.id.split('-').filter(|word| !is_common(word)).map(str::to_owned).collect();
        // A known town of several words is one name: "new-york".
        if id.0 < self.known.len() && own.len() > 1 && entity.kind != EntityKind::Person {
            vec![own.join("-")]
        } else {
            own
        }
    }

    /// The words of a document's headline that are names, as far as their capitals tell. The first has one anyway: it
    /// counts where the text nowhere writes it without.
    pub fn headline_words(&self, document: &Document) -> Vec<String> {
        let words = NameWords::builtin();
        let is_name = |token: &Token<'_>| {
            token.kind == TokenKind::Word
                && token.is_capitalized()
                && token.norm.len() > 3
                && !self.habits.is_lower(&token.norm)
                && !words.is_any(&token.norm)
        };
        headline(document).iter().filter(|token| is_name(token)).map(|token| token.norm.to_string()).collect()
    }

    /// Known entities that the document names in full, in no order.
    pub fn named(&self) -> Vec<EntityId> {
        let mut named: Vec<EntityId> = self.named.iter().copied().collect();
        named.sort_unstable();
        named
    }

    /// The open entity that is written with these words.
    pub(super) fn open_entity(&self, words: &[String]) -> Option<EntityId> {
        self.by_words.get(&words.join(" ")).copied()
    }

    /// Who bears these words as the first or the last of a longer name.
    pub(super) fn bearers(&self, words: &[String]) -> &BTreeSet<EntityId> {
        static NOBODY: BTreeSet<EntityId> = BTreeSet::new();
        self.bearers.get(&words.join(" ")).unwrap_or(&NOBODY)
    }
}

/// The words of a name: lower case, without initials and the legal form of a company.
pub(super) fn name_words(tokens: &[Token<'_>], words: &NameWords) -> Vec<String> {
    let is_initial = |token: &Token<'_>| token.text.chars().count() == 1 && tokens.len() > 1;
    let mut out: Vec<String> = tokens
        .iter()
        .filter(|token| (token.kind == TokenKind::Word && !is_initial(token)) || token.is("&"))
        .map(|token| token.norm.to_string())
        .collect();
    while out.len() > 1 && out.last().is_some_and(|last| words.is(last, Sort::LegalEnd)) {
        out.pop();
    }
    out
}

impl<'a> Directory<'a> {
    /// Reads through all blocks but furniture and collects who is named. Linear in the document.
    pub fn roster(&self, document: &Document, blocks: &[Block]) -> Roster<'a> {
        let is_read = |block: &&Block| !matches!(block.kind, BlockKind::Furniture | BlockKind::Code);
        let texts: Vec<(Vec<Token<'_>>, bool)> = blocks
            .iter()
            .filter(is_read)
            .map(|block| {
                let start = block.span.start as usize;
                (tokens(block.span.of(&document.text), start), block.kind == BlockKind::Heading)
            })
            .collect();
        let mut habits = Habits::default();
        // Headlines may be written in capitals throughout.
        texts.iter().filter(|(_, is_heading)| !is_heading).for_each(|(tokens, _)| habits.learn(tokens));
        habits.learn(&headline(document));
        let mut survey = Survey {
            directory: self,
            named: FxHashSet::default(),
            names: Vec::new(),
            by_words: FxHashMap::default(),
            within: Vec::new(),
            titled: Vec::new(),
        };
        for (tokens, is_heading) in &texts {
            let segments = self.segments(tokens, &habits);
            segments.iter().for_each(|segment| survey.take(&document.text, tokens, segment, *is_heading));
            survey.nest(tokens, &segments);
        }
        survey.finish(habits)
    }
}

/// The tokens of a document's headline, where it is written like a sentence: in "Builder Jailed" every word has its
/// capital from the style.
fn headline(document: &Document) -> Vec<Token<'_>> {
    // Small words stay small in titles of any style.
    const LEAST: usize = 4;
    let tokens = tokens(document.metadata.title.as_deref().unwrap_or_default(), 0);
    let is_sentence = tokens
        .iter()
        .any(|token| token.kind == TokenKind::Word && token.norm.len() > LEAST && !token.is_capitalized());
    if is_sentence { tokens } else { Vec::new() }
}

/// A roster under construction.
struct Survey<'d, 'a> {
    directory: &'d Directory<'a>,
    named: FxHashSet<EntityId>,
    names: Vec<Name>,
    by_words: FxHashMap<String, usize>,
    /// Places and what they lie in, as words.
    within: Vec<(Vec<String>, Vec<String>)>,
    titled: Vec<(String, EntityId)>,
}

impl<'a> Survey<'_, 'a> {
    fn take(&mut self, text: &str, tokens: &[Token<'_>], segment: &Segment<'a>, is_heading: bool) {
        let titles = || {
            tokens[segment.tokens.start..segment.name.start]
                .iter()
                .filter(|token| token.kind == TokenKind::Word)
        };
        for alias in segment.aliases.iter().filter(|alias| alias.kind == AliasKind::Full) {
            self.named.insert(alias.entity);
            self.titled.extend(titles().map(|title| (title.norm.to_string(), alias.entity)));
        }
        if !segment.aliases.is_empty() || is_heading {
            return;
        }
        let words = name_words(&tokens[segment.name.clone()], self.directory.words);
        if words.is_empty() {
            return;
        }
        let next = self.names.len();
        let index = *self.by_words.entry(words.join(" ")).or_insert(next);
        if index == next {
            let run = &tokens[segment.name.clone()];
            let shown = run[0]
                .span
                .join(run[run.len() - 1].span)
                .of(text)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            self.names.push(Name { words, shown, ..Name::default() });
        }
        let titled: Vec<String> = titles().map(|title| title.norm.to_string()).collect();
        let votes = self.votes(tokens, segment);
        let name = &mut self.names[index];
        name.votes.person += votes.person;
        name.votes.place += votes.place;
        name.votes.organisation += votes.organisation;
        name.votes.event += votes.event;
        name.votes.sure += votes.sure;
        name.titles.extend(titled);
    }

    /// What the words in and beside a name tell of its kind.
    fn votes(&self, tokens: &[Token<'_>], segment: &Segment<'a>) -> Votes {
        let words = self.directory.words;
        let is = |at: usize, sort| words.is(&tokens[at].norm, sort);
        let (first, last) = (segment.name.start, segment.name.end - 1);
        let word =
            |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or("", |token| token.norm.as_ref());
        let (before, behind, second) =
            (word(segment.tokens.start.checked_sub(1)), word(Some(last + 1)), word(Some(last + 2)));
        let mut votes = Votes { sure: u32::from(!segment.is_doubtful), ..Votes::default() };
        let is_long = segment.name.len() > 1;
        if segment.tokens.start < segment.name.start {
            votes.person += 4;
        }
        let has_head =
            is(last, Sort::OrganisationEnd) || (first..=last).any(|at| is(at, Sort::OrganisationStart));
        if is_long && has_head {
            votes.organisation += 6;
        }
        // "Lead manager Hambros Bank Ltd": a firm may have what a person has, a person is never limited.
        if is_long && is(last, Sort::LegalEnd) {
            votes.organisation += 8;
        }
        if is_long && (is(last, Sort::PlaceEnd) || is(first, Sort::PlaceStart)) {
            votes.place += 6;
        }
        if is_long && (is(last, Sort::EventEnd) || is(first, Sort::EventStart)) {
            votes.event += 7;
        }
        if is_long && is(first, Sort::Given) {
            votes.person += 3;
        }
        let is_acronym =
            tokens[first].text.chars().count() > 1 && tokens[first].text.chars().all(char::is_uppercase);
        if !is_long && is_acronym {
            votes.organisation += 3;
        }
        let kind_word = segment.tokens.start.checked_sub(2).map_or("", |at| tokens[at].norm.as_ref());
        if before == "of"
            && (words.is(kind_word, Sort::PlaceEnd)
                || ["town", "city", "suburb", "county", "hamlet"].contains(&kind_word))
        {
            votes.place += 5;
        }
        if ["in", "near", "outside", "around", "toward", "towards"].contains(&before) {
            votes.place += 2;
        }
        if ["'s"].contains(&behind)
            && [
                "wife", "husband", "father", "mother", "son", "daughter", "brother", "sister", "lawyer",
                "family",
            ]
            .contains(&second)
        {
            votes.person += 3;
        }
        if behind == ","
            && tokens
                .get(last + 2)
                .is_some_and(|token| token.whole().is_some_and(|age| (10..110).contains(&age)))
        {
            votes.person += 3;
        }
        if behind == "," && second == "who" {
            votes.person += 2;
        }
        votes
    }

    /// Learns from "Harlow, Westshire" and "Harlow in Westshire" what lies in what.
    fn nest(&mut self, tokens: &[Token<'_>], segments: &[Segment<'a>]) {
        for pair in segments.windows(2) {
            let between = &tokens[pair[0].name.end..pair[1].name.start.max(pair[0].name.end)];
            let is_nested = match between {
                [comma] => comma.is(","),
                [small, ..] if between.len() <= 2 => {
                    small.is("in") && between.iter().skip(1).all(|token| token.is("the"))
                }
                _ => false,
            };
            if is_nested && pair[1].tokens.start == pair[1].name.start {
                let words =
                    |segment: &Segment<'_>| name_words(&tokens[segment.name.clone()], self.directory.words);
                self.within.push((words(&pair[0]), words(&pair[1])));
            }
        }
    }

    fn finish(self, habits: Habits) -> Roster<'a> {
        let known: &'a [Entity] = &self.directory.rules.entities;
        let mut roster = Roster {
            known,
            open: Vec::new(),
            by_words: FxHashMap::default(),
            named: self.named,
            bearers: FxHashMap::default(),
            titled: FxHashMap::default(),
            habits,
        };
        for name in &self.names {
            // A word that only ever opens sentences is seldom a name.
            if name.votes.sure == 0 && name.words.len() == 1 && name.votes.person < 4 {
                continue;
            }
            let id = EntityId(known.len() + roster.open.len());
            roster.by_words.insert(name.words.join(" "), id);
            let kind = kind(&name.votes, &name.words);
            roster.open.push(Entity {
                id: open_id(&name.words, kind),
                kind,
                name: name.shown.clone(),
                within: None,
                is_region: false,
            });
            for title in &name.titles {
                roster.titled.entry(title.clone()).or_default().insert(id);
            }
            roster.bear(&name.words, id);
        }
        for id in roster.named() {
            let entity = &known[id.0];
            let words: Vec<String> =
                tokens(&entity.name, 0).iter().map(|token| token.norm.to_string()).collect();
            if entity.kind == EntityKind::Person {
                roster.bear(&words, id);
            }
        }
        for (title, id) in self.titled {
            roster.titled.entry(title).or_default().insert(id);
        }
        for (inner, outer) in &self.within {
            let known_place = |words: &[String]| self.directory.named(words);
            let larger = roster.open_entity(outer).or_else(|| known_place(outer));
            let smaller = roster.open_entity(inner).filter(|_| inner != outer);
            if let (Some(smaller), Some(larger)) = (smaller, larger) {
                let is_place = |id| {
                    matches!(
                        roster.entity(id).kind,
                        EntityKind::Place | EntityKind::Country | EntityKind::Name
                    )
                };
                if is_place(smaller) && is_place(larger) {
                    roster.open[smaller.0 - known.len()].within.get_or_insert(larger);
                }
            }
        }
        roster
    }
}

impl Roster<'_> {
    fn bear(&mut self, words: &[String], id: EntityId) {
        if words.len() < 2 {
            return;
        }
        for length in 1..words.len() {
            self.bearers.entry(words[..length].join(" ")).or_default().insert(id);
            self.bearers.entry(words[words.len() - length..].join(" ")).or_default().insert(id);
        }
    }
}

/// What an open name is known by over documents: a person by the first name and the last, where one stands between.
fn open_id(words: &[String], kind: EntityKind) -> String {
    match words {
        [first, _, last] if kind == EntityKind::Person && NameWords::builtin().is(first, Sort::Given) => {
            format!("{first}-{last}")
        }
        _ => words.join("-"),
    }
}

/// The kind that most speaks for; an open name where nothing does, or where two kinds are alike.
fn kind(votes: &Votes, words: &[String]) -> EntityKind {
    let mut kinds = [
        (votes.person, EntityKind::Person),
        (votes.place, EntityKind::Place),
        (votes.organisation, EntityKind::Organisation),
        (votes.event, EntityKind::Event),
    ];
    kinds.sort_by_key(|(votes, _)| std::cmp::Reverse(*votes));
    let is_clear = kinds[0].0 >= 2 && kinds[0].0 > kinds[1].0 + kinds[1].0 / 2;
    match kinds[0].1 {
        EntityKind::Person if words.len() > 4 => EntityKind::Name,
        kind if is_clear => kind,
        _ => EntityKind::Name,
    }
}
