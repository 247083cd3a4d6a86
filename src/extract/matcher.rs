//! Runs a pattern over the tokens of a sentence.

use super::article::Paragraph;
use super::nouns::{is_determiner, nouns};
use crate::clause::{Cue, Cues};
use crate::names::{Mention, Roster};
use crate::rules::{Element, EntityId, EntityKind, Forms, Pattern, Slot, SlotKind, ValueKind};
use crate::value::{Token, TokenKind, Value};
use rustc_hash::FxHashSet;
use std::ops::Range;

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Capture {
    /// One entity.
    Entity(EntityId),
    /// Two, in the order of their ids.
    Pair(EntityId, EntityId),
    /// A value, by its place among those of the paragraph.
    Value(usize),
    /// A noun, by its tokens.
    Noun(Range<usize>),
    /// A word of a list, as it is listed.
    Word(String),
}

/// A pattern's match.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// The tokens from the first to the last that matched.
    pub(super) tokens: Range<usize>,
    /// What the slots hold, and the tokens it was read from, by the slot's number.
    pub(super) captures: Vec<Option<(Capture, Range<usize>)>>,
    /// The tokens that only a gap took.
    pub(super) loose: Vec<usize>,
}

/// A paragraph ready for patterns.
pub(super) struct Matcher<'a> {
    pub(super) paragraph: &'a Paragraph<'a>,
    pub(super) mentions: &'a [Mention],
    pub(super) roster: &'a Roster<'a>,
    pub(super) cues: &'a Cues,
    /// Happenings whose days are known.
    pub(super) dated: &'a FxHashSet<EntityId>,
}

/// Slots and gap tokens so far.
#[derive(Clone, Debug)]
struct State {
    captures: Vec<Option<(Capture, Range<usize>)>>,
    loose: Vec<usize>,
    /// Where the last name ended, and what it was: the subject of what follows.
    subject: Option<(usize, EntityKind)>,
    /// Steps taken.
    steps: usize,
    /// Where the match starts.
    start: usize,
}

/// The most steps a pattern takes from one place; one that needs more does not match there. A pattern of
/// three gaps of six words takes a few hundred.
const MOST_STEPS: usize = 20_000;
/// The most steps it takes in a sentence.
const MOST_STEPS_IN_SENTENCE: usize = 200_000;

/// Words that make the noun behind them a part of what stands before.
const PREPOSITIONS: [&str; 14] = [
    "of", "to", "for", "with", "from", "by", "about", "on", "at", "in", "against", "under", "near", "between",
];

/// What to do with the place behind a match; whether the whole then matches.
type Then<'t> = &'t mut dyn FnMut(usize, &mut State) -> bool;

impl Matcher<'_> {
    /// The matches of a pattern in a sentence, one for each start, gaps as narrow as they can be.
    ///
    /// Time grows with the sentence and, for each place where the pattern starts, with the product
    /// of the widths of its gaps, up to [`MOST_STEPS`] and in all [`MOST_STEPS_IN_SENTENCE`].
    pub(super) fn matches(&self, pattern: &Pattern, n_slots: usize, sentence: &Range<usize>) -> Vec<Match> {
        let mut left = MOST_STEPS_IN_SENTENCE;
        sentence
            .clone()
            .filter_map(|start| self.match_at(pattern, n_slots, start, sentence.end, &mut left))
            .collect()
    }

    fn match_at(
        &self,
        pattern: &Pattern,
        n_slots: usize,
        start: usize,
        end: usize,
        left: &mut usize,
    ) -> Option<Match> {
        // A match starts at a word or a value ("$4"), not at a mark that could be passed over.
        if self.tokens()[start].kind == TokenKind::Mark && self.value_at(start).is_none() || *left == 0 {
            return None;
        }
        let mut state =
            State { captures: vec![None; n_slots], loose: Vec::new(), subject: None, steps: 0, start };
        let mut stop = None;
        let matched = self.run(&pattern.elements, start, end, &mut state, &mut |at, _| {
            stop = Some(at);
            true
        });
        *left = left.saturating_sub(state.steps);
        let stop = stop.filter(|stop| matched && *stop > start && !self.owns(*stop, &state))?;
        Some(Match { tokens: start..stop, captures: state.captures, loose: state.loose })
    }

    fn tokens(&self) -> &[Token<'_>] {
        &self.paragraph.tokens
    }

    /// Matches steps one after the other, then what comes behind.
    fn run(&self, elements: &[Element], at: usize, end: usize, state: &mut State, then: Then<'_>) -> bool {
        state.steps += 1;
        if state.steps > MOST_STEPS {
            return false;
        }
        let Some((first, rest)) = elements.split_first() else { return then(at, state) };
        if self.owns(at, state) {
            match first {
                // A gap must not swallow the "'s", but what stands behind the gap may take it.
                Element::Gap(_) | Element::Leap(_) => return self.run(rest, at, end, state, then),
                _ if !may_be_possessive(first) => return false,
                _ => {}
            }
        }
        let mut go_on = |at: usize, state: &mut State| self.run(rest, at, end, state, then);
        match first {
            Element::Word(forms) => {
                self.places(at, end).any(|at| self.is_word(at, forms) && go_on(at + 1, state))
            }
            Element::Slot(slot) => {
                // What is far from its verb must not be part of another noun's phrase.
                let is_far = !slot.words.is_empty() && matches!(rest.first(), Some(Element::Leap(_)));
                let may_stand = |at: usize, state: &State| !is_far || !self.is_inside_phrase(at, state);
                self.places(at, end)
                    .any(|at| may_stand(at, state) && self.slot(slot, at, end, state, &mut go_on))
            }
            Element::Gap(width) => self.gap(*width, at, end, state, &mut go_on),
            Element::Leap(width) => self.leap(*width, at, end, state, &mut go_on),
            Element::Optional(inner) => self.run(inner, at, end, state, &mut go_on) || go_on(at, state),
            Element::Either(runs) => runs.iter().any(|run| self.run(run, at, end, state, &mut go_on)),
            // Patterns are read with every marked verb made active or passive.
            Element::Verb(..) => false,
        }
    }

    /// Whether the name before this token owns what follows: in "Putin's adviser" Putin does nothing.
    fn owns(&self, at: usize, state: &State) -> bool {
        let is_behind_name = state.subject.is_some_and(|(end, _)| end == at);
        is_behind_name && self.tokens().get(at).is_some_and(|token| token.is("'s") || token.is("'"))
    }

    /// Whether the name only tells more of another noun: "an adviser to Putin", "the army of Russia".
    fn is_attribute(&self, at: usize, kind: SlotKind, state: &State) -> bool {
        let is_actor = matches!(
            kind.entity(),
            Some(EntityKind::Person | EntityKind::Country | EntityKind::Organisation)
        ) || matches!(kind, SlotKind::Any | SlotKind::Name);
        let behind_the = at > 0 && is_determiner(&self.tokens()[at - 1].norm);
        let before = at.checked_sub(1 + usize::from(behind_the)).filter(|_| is_actor);
        before.is_some_and(|before| {
            let is_own = before >= state.start && !state.loose.contains(&before);
            // ", and they …" opens a clause.
            let opens = before > 0 && self.tokens()[before - 1].is(",") && self.tokens()[before].is("and");
            !is_own
                && !opens
                && (PREPOSITIONS.contains(&&*self.tokens()[before].norm)
                    || ["and", "or"].contains(&&*self.tokens()[before].norm))
        })
    }

    /// Whether a listed noun stands in a phrase behind another noun: in "the pipeline attached to the old bridge
    /// collapsed" no bridge does.
    fn is_inside_phrase(&self, at: usize, state: &State) -> bool {
        // Words between the article and its noun.
        const MOST_ADJECTIVES: usize = 3;
        let tokens = self.tokens();
        let determiner =
            (at.saturating_sub(MOST_ADJECTIVES)..at).rev().find(|&at| is_determiner(&tokens[at].norm));
        let first = determiner.unwrap_or(at);
        let before = first.checked_sub(1).filter(|before| *before < state.start);
        before.is_some_and(|before| PREPOSITIONS.contains(&&*tokens[before].norm))
    }

    /// The place itself, and the one behind a comma, a bracket or a quotation mark.
    fn places(&self, at: usize, end: usize) -> impl Iterator<Item = usize> {
        let skips = self.tokens().get(at).is_some_and(|token| [",", "(", "\"", "'"].contains(&&*token.norm));
        (at..=at + usize::from(skips)).filter(move |&at| at < end)
    }

    fn is_word(&self, at: usize, forms: &Forms) -> bool {
        let norm = self.tokens()[at].norm.as_ref();
        // The plural's apostrophe, as in "the leaders' meeting", is the singular's "'s".
        let norm = if norm == "'" { "'s" } else { norm };
        forms.has(norm)
    }

    fn gap(&self, width: usize, at: usize, end: usize, state: &mut State, then: Then<'_>) -> bool {
        // Between a subject and its verb nobody else of its kind may stand, who could be the subject.
        let subject = state.subject.filter(|(end, _)| *end == at).map(|(_, kind)| kind);
        self.gap_behind(subject, width, at, end, state, then)
    }

    fn gap_behind(
        &self,
        subject: Option<EntityKind>,
        width: usize,
        at: usize,
        end: usize,
        state: &mut State,
        then: Then<'_>,
    ) -> bool {
        let kept = state.loose.len();
        let (mut at, mut words) = (at, 0);
        loop {
            if then(at, state) {
                return true;
            }
            // "Solheim, who has run it since 2018, will …": what stands between commas behind a subject may be passed over.
            if let Some(behind) = subject.and_then(|_| self.aside(at, end))
                && self.gap_behind(subject, width - words, behind, end, state, then)
            {
                return true;
            }
            // "He stole in and headed …": another verb of the same subject.
            let goes_on = subject.is_some() && self.tokens().get(at).is_some_and(|token| token.is("and"));
            let is_inside = at < end
                && words < width
                && (goes_on || !self.ends_clause(at))
                && !subject.is_some_and(|kind| self.names_another(at, kind))
                && !self.counts_another(at, state);
            if !is_inside {
                state.loose.truncate(kept);
                return false;
            }
            words += usize::from(self.tokens()[at].kind != TokenKind::Mark);
            state.loose.push(at);
            at += 1;
        }
    }

    /// Whether a second number starts at a token behind the one that was read: "17 were killed and 22 are
    /// missing" says nothing of 17 missing.
    fn counts_another(&self, at: usize, state: &State) -> bool {
        let value = |index: usize| &self.paragraph.values[index].value;
        let is_number =
            |found: &Value| matches!(found, Value::Count(_) | Value::Money(..) | Value::Percent(_));
        let starts = self.value_at(at).map(value).filter(|found| is_number(found));
        starts.is_some_and(|starts| {
            state.captures.iter().flatten().any(|(capture, _)| match capture {
                Capture::Value(index) => {
                    std::mem::discriminant(value(*index)) == std::mem::discriminant(starts)
                }
                _ => false,
            })
        })
    }

    /// A gap that clauses do not end.
    fn leap(&self, width: usize, at: usize, end: usize, state: &mut State, then: Then<'_>) -> bool {
        // What stands far from both ends belongs to another clause and says nothing of how this one is meant.
        const NEAR: usize = 4;
        let kept = state.loose.len();
        let (first, mut words) = (at, 0);
        for at in first.. {
            state.loose.truncate(kept);
            state.loose.extend(at.saturating_sub(NEAR).max(first)..at);
            if then(at, state) {
                return true;
            }
            let is_inside = at < end && words < width && !self.tokens()[at].is(";");
            if !is_inside {
                break;
            }
            words += usize::from(self.tokens()[at].kind != TokenKind::Mark);
        }
        state.loose.truncate(kept);
        false
    }

    /// Where the words between two commas end that only tell more of a name: a relative clause, an age, an office.
    fn aside(&self, at: usize, end: usize) -> Option<usize> {
        const LONGEST: usize = 18;
        let tokens = self.tokens();
        if !tokens.get(at).is_some_and(|token| token.is(",")) {
            return None;
        }
        let close = (at + 2..end.min(at + LONGEST)).find(|&at| tokens[at].is(","))?;
        // Two people behind each other are a list; an open name there is more likely a firm: "who runs Halvard Line".
        let is_person =
            |mention: &Mention| self.roster.entity(mention.entities[0]).kind == EntityKind::Person;
        let names_person = (at + 1..close).any(|at| self.mentions_at(at).any(is_person));
        (!names_person && !tokens[close + 1..end.min(close + 2)].iter().any(|token| token.is("and")))
            .then_some(close + 1)
    }

    /// Whether a gap must stop before this token.
    fn ends_clause(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let token = &tokens[at];
        match token.kind {
            // A hyphen in "Ema-2" ends nothing.
            TokenKind::Mark if token.is("-") => {
                !token.is_glued || !tokens.get(at + 1).is_some_and(|next| next.is_glued)
            }
            TokenKind::Mark => ![",", "\"", "'", "(", ")", "%", "$", "&", "/"].contains(&&*token.norm),
            TokenKind::Number => false,
            // "More than $40 million" is one amount.
            TokenKind::Word
                if token.is("than")
                    && at > 0
                    && ["more", "less", "fewer"].contains(&&*tokens[at - 1].norm) =>
            {
                false
            }
            TokenKind::Word if self.cues.is(token, Cue::Subordinators) => true,
            // "Told reporters he backs it": whoever is named so is the subject of another clause.
            TokenKind::Word if ["he", "she", "they", "we", "i"].contains(&&*token.norm) => true,
            // What is said is another clause, unless the subject itself does it: "has admitted sending".
            // "Four were confirmed dead" is one clause.
            TokenKind::Word if at > 0 && self.cues.is(&tokens[at - 1], Cue::Copulas) => false,
            TokenKind::Word if self.cues.is_report(tokens, at) => !tokens
                .get(at + 1)
                .is_some_and(|next| next.is("to") || next.is("of") || next.norm.ends_with("ing")),
            TokenKind::Word if token.is("and") || token.is("or") => {
                let behind_comma = at > 0 && tokens[at - 1].is(",");
                let opens = tokens.get(at + 1).is_none_or(|next| self.opens_clause(next));
                behind_comma || opens
            }
            TokenKind::Word => false,
        }
    }

    /// The mentions that start at a token.
    fn mentions_at(&self, at: usize) -> impl Iterator<Item = &Mention> {
        let first = self.mentions.partition_point(|mention| mention.tokens.start < at);
        self.mentions[first..].iter().take_while(move |mention| mention.tokens.start == at)
    }

    /// Whether "and" before this word joins two clauses rather than two nouns: "and signed".
    fn opens_clause(&self, word: &Token<'_>) -> bool {
        self.cues.is(word, Cue::ClauseStarts) || word.norm.len() > 4 && word.norm.ends_with("ed")
    }

    /// Whether a name of this kind starts at a token.
    fn names_another(&self, at: usize, kind: EntityKind) -> bool {
        self.mentions_at(at).any(|mention| {
            let entity = self.roster.entity(mention.entities[0]);
            let is_thin =
                kind == EntityKind::Person && entity.kind == EntityKind::Name && !entity.name.contains(' ');
            entity.kind.fits(kind) && !is_thin
        })
    }

    fn slot(&self, slot: &Slot, at: usize, end: usize, state: &mut State, then: Then<'_>) -> bool {
        if let Some(word) = slot.words.get(&*self.tokens()[at].norm) {
            let before = state.captures[slot.index].replace((Capture::Word(word.clone()), at..at + 1));
            let matched = then(at + 1, state);
            if !matched {
                state.captures[slot.index] = before;
            }
            return matched;
        }
        let kinds: Vec<SlotKind> =
            slot.kinds.iter().copied().filter(|kind| !self.is_attribute(at, *kind, state)).collect();
        kinds.iter().any(|kind| {
            self.fillings(*kind, at, end).into_iter().filter(|(_, range)| range.end <= end).any(
                |(capture, range)| {
                    let before =
                        (state.captures[slot.index].replace((capture, range.clone())), state.subject);
                    state.subject = kind.entity().map(|kind| (range.end, kind));
                    let matched = then(range.end, state);
                    if !matched {
                        (state.captures[slot.index], state.subject) = before;
                    }
                    matched
                },
            )
        })
    }

    /// What can fill a slot of this kind from a token on, the longest first.
    fn fillings(&self, kind: SlotKind, at: usize, end: usize) -> Vec<(Capture, Range<usize>)> {
        let mut found: Vec<(Capture, Range<usize>)> = match kind {
            SlotKind::Entity(kind) => self.named(at, 1, Some(kind)).collect(),
            SlotKind::Pair(kind) => self.named(at, 2, Some(kind)).collect(),
            SlotKind::Name => self.named(at, 1, None).collect(),
            SlotKind::Any => {
                let names: Vec<_> = self.named(at, 1, None).collect();
                let nouns = nouns(self.tokens(), at, end, self.cues).into_iter();
                // "its July offering" names no July, "First Chicago Ltd" no "Chicago Ltd".
                let is_other = |range: &Range<usize>| {
                    !names.iter().any(|(_, name)| name == range)
                        && !self.holds_date(range)
                        && !self.is_inside_name(range.start)
                };
                let nouns: Vec<_> =
                    nouns.filter(is_other).map(|range| (Capture::Noun(range.clone()), range)).collect();
                names.into_iter().chain(nouns).collect()
            }
            SlotKind::Value(kind) => self
                .value_at(at)
                .filter(|_| {
                    kind != ValueKind::Count || !self.is_whole_of_part(at) && !self.is_age_of_name(at)
                })
                .filter(|index| {
                    kind.holds(&self.paragraph.values[*index].value)
                        || kind == ValueKind::Age && self.is_bare_age(*index)
                })
                .map(|index| (Capture::Value(index), self.paragraph.values[index].tokens.clone()))
                .into_iter()
                .chain(self.happenings(kind, at))
                .collect(),
        };
        // A capital is a town before it is a government.
        let is_exact = |capture: &Capture| match capture {
            Capture::Entity(id) | Capture::Pair(id, _) => kind.entity() == Some(self.roster.entity(*id).kind),
            _ => true,
        };
        found.sort_by_key(|(capture, range)| (std::cmp::Reverse(range.end), !is_exact(capture)));
        found
    }

    /// Whether a number only tells of how many a part was meant: "one of its eight crew members was killed".
    fn is_whole_of_part(&self, at: usize) -> bool {
        const PARTS: [&str; 9] = ["one", "some", "many", "most", "half", "few", "several", "none", "percent"];
        let tokens = self.tokens();
        let Some(mut before) = at.checked_sub(1) else { return false };
        // "Of its remaining 885 employees"
        let is_plain = |at: usize| {
            tokens[at].kind == TokenKind::Word && !is_determiner(&tokens[at].norm) && !tokens[at].is("of")
        };
        if before > 0 && is_plain(before) && is_determiner(&tokens[before - 1].norm) {
            before -= 1;
        }
        let determiner = usize::from(is_determiner(&tokens[before].norm));
        // "of Brazil's 700,000 workers"
        let owner = usize::from(tokens[before].is("'s")) * 2;
        let Some(of) = before.checked_sub(determiner.max(owner)).filter(|of| tokens[*of].is("of")) else {
            return false;
        };
        let is_value = |part: usize| {
            let behind = self.paragraph.values.partition_point(|value| value.tokens.start <= part);
            behind > 0 && self.paragraph.values[behind - 1].tokens.contains(&part)
        };
        // "Every one of its 860 employees" is all of them.
        let is_all = of > 1 && ["every", "each"].contains(&&*tokens[of - 2].norm);
        !is_all
            && of.checked_sub(1).is_some_and(|part| is_value(part) || PARTS.contains(&&*tokens[part].norm))
    }

    /// Whether a date stands in these tokens or runs into them.
    fn holds_date(&self, range: &Range<usize>) -> bool {
        let values = &self.paragraph.values;
        let first = values.partition_point(|value| value.tokens.end <= range.start);
        let inside = values[first..].iter().take_while(|value| value.tokens.start < range.end);
        inside.into_iter().any(|value| matches!(value.value, Value::Date(_)))
    }

    /// Whether a name of more words has begun before a token and goes on over it.
    fn is_inside_name(&self, at: usize) -> bool {
        let behind = self.mentions.partition_point(|mention| mention.tokens.start < at);
        // Mentions are short: those that start far before end before.
        let near = self.mentions[..behind].iter().rev().take(4);
        near.into_iter().any(|mention| mention.is_name && mention.tokens.contains(&at))
    }

    /// A happening whose days are known, where a date is asked for: "early in the Cold War".
    fn happenings(&self, kind: ValueKind, at: usize) -> impl Iterator<Item = (Capture, Range<usize>)> {
        let is_dated = |id: &EntityId| self.dated.contains(id);
        let found = self.named(at, 1, Some(EntityKind::Event)).filter(move |_| kind == ValueKind::Date);
        found.filter(move |(capture, _)| matches!(capture, Capture::Entity(id) if is_dated(id)))
    }

    /// Whether a number stands between commas behind a name: "Sgt. Weirick, 26, was arrested".
    fn is_age_of_name(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let is_comma = |at: usize| tokens.get(at).is_some_and(|token| token.is(","));
        let end = self.value_at(at).map_or(at + 1, |index| self.paragraph.values[index].tokens.end);
        at > 1 && is_comma(at - 1) && is_comma(end) && tokens[at - 2].is_capitalized()
    }

    /// Whether a number stands as ages do: "Lopez, 45, said", "died at 92".
    fn is_bare_age(&self, index: usize) -> bool {
        let found = &self.paragraph.values[index];
        let Value::Count(amount) = &found.value else { return false };
        let is_age =
            amount.exact().is_some_and(|age| age.scale() == 0 && age >= 5.into() && age <= 115.into());
        let tokens = self.tokens();
        let before = found.tokens.start.checked_sub(1).map_or("", |at| tokens[at].norm.as_ref());
        let behind = tokens.get(found.tokens.end).map_or(".", |token| token.norm.as_ref());
        // "Anna Berg (45)", and not the figures of a table: "Excelso 105 (110)".
        let is_of_nobody =
            before == "(" && !found.tokens.start.checked_sub(2).is_some_and(|at| tokens[at].is_capitalized());
        let is_closed = [",", ")", ".", ";", "and", "-", "\"", "who"].contains(&behind);
        is_age
            && is_closed
            && !is_of_nobody
            && [",", "(", "at", "aged", "was", "age", "is", "of", "be", "turned"].contains(&before)
    }

    /// The mentions of so many entities, all of a kind, from a token or from the "the" on it.
    fn named(
        &self,
        at: usize,
        n: usize,
        kind: Option<EntityKind>,
    ) -> impl Iterator<Item = (Capture, Range<usize>)> {
        let article = usize::from(self.tokens()[at].is("the"));
        let behind = self.mentions_at(at + 1).filter(move |_| article == 1);
        let fits = move |id: &EntityId| {
            kind.is_none_or(|kind| {
                let entity = self.roster.entity(*id);
                // One capital is too little to make a person of.
                let is_thin = kind == EntityKind::Person
                    && entity.kind == EntityKind::Name
                    && !entity.name.contains(' ');
                entity.kind.fits(kind) && !is_thin
            })
        };
        // A pronoun for a person is no place and no company, whatever its name could be.
        let may_point = matches!(kind, None | Some(EntityKind::Person | EntityKind::Country));
        self.mentions_at(at)
            .chain(behind)
            .filter(move |mention| mention.is_name || may_point)
            .filter(move |mention| mention.entities.len() == n && mention.entities.iter().all(fits))
            .map(move |mention| {
                let capture = match mention.entities.as_slice() {
                    [a, b] => Capture::Pair(*a, *b),
                    entities => Capture::Entity(entities[0]),
                };
                (capture, at..mention.tokens.end)
            })
    }

    /// The value that starts at a token; values are sorted and apart.
    fn value_at(&self, at: usize) -> Option<usize> {
        self.paragraph.values.binary_search_by_key(&at, |value| value.tokens.start).ok()
    }
}

/// Whether a step can take the "'s" behind a name.
fn may_be_possessive(element: &Element) -> bool {
    match element {
        Element::Word(forms) => forms.words().iter().any(|form| form.starts_with('\'')),
        Element::Optional(_) | Element::Either(_) => true,
        Element::Slot(_) | Element::Gap(_) | Element::Leap(_) | Element::Verb(..) => false,
    }
}
