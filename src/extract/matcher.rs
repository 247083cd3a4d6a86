//! Runs a pattern over the tokens of a sentence.

use super::article::Paragraph;
use super::mentions::Mention;
use crate::clause::{Cue, Cues};
use crate::rules::{Element, Entity, EntityId, EntityKind, Pattern, Slot, SlotKind};
use crate::value::{Found, Token, TokenKind};
use std::ops::Range;

/// What stands in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Capture {
    /// One entity.
    Entity(EntityId),
    /// Two, in the order of their ids.
    Pair(EntityId, EntityId),
    /// A date, by its place among those of the paragraph.
    Date(usize),
    /// A count, by its place among those of the paragraph.
    Count(usize),
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
    pub(super) entities: &'a [Entity],
    pub(super) cues: &'a Cues,
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

/// What to do with the place behind a match; whether the whole then matches.
type Then<'t> = &'t mut dyn FnMut(usize, &mut State) -> bool;

impl Matcher<'_> {
    /// The matches of a pattern in a sentence, one for each start, gaps as narrow as they can be.
    ///
    /// Time grows with the sentence and, for each place where the pattern starts, with the product
    /// of the widths of its gaps, up to [`MOST_STEPS`].
    pub(super) fn matches(&self, pattern: &Pattern, n_slots: usize, sentence: &Range<usize>) -> Vec<Match> {
        sentence.clone().filter_map(|start| self.match_at(pattern, n_slots, start, sentence.end)).collect()
    }

    fn match_at(&self, pattern: &Pattern, n_slots: usize, start: usize, end: usize) -> Option<Match> {
        // A match starts at a word, not at a mark that could be passed over.
        if self.tokens()[start].kind == TokenKind::Mark {
            return None;
        }
        let mut state =
            State { captures: vec![None; n_slots], loose: Vec::new(), subject: None, steps: 0, start };
        let mut stop = None;
        let matched = self.run(&pattern.elements, start, end, &mut state, &mut |at, _| {
            stop = Some(at);
            true
        });
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
                Element::Gap(_) => return self.run(rest, at, end, state, then),
                _ if !may_be_possessive(first) => return false,
                _ => {}
            }
        }
        let mut go_on = |at: usize, state: &mut State| self.run(rest, at, end, state, then);
        match first {
            Element::Word(forms) => {
                self.places(at, end).any(|at| self.is_word(at, forms) && go_on(at + 1, state))
            }
            Element::Slot(slot) => self.places(at, end).any(|at| self.slot(slot, at, end, state, &mut go_on)),
            Element::Gap(width) => self.gap(*width, at, end, state, &mut go_on),
            Element::Optional(inner) => self.run(inner, at, end, state, &mut go_on) || go_on(at, state),
            Element::Either(runs) => runs.iter().any(|run| self.run(run, at, end, state, &mut go_on)),
        }
    }

    /// Whether the name before this token owns what follows: in "Putin's adviser" Putin does nothing.
    fn owns(&self, at: usize, state: &State) -> bool {
        let is_behind_name = state.subject.is_some_and(|(end, _)| end == at);
        is_behind_name && self.tokens().get(at).is_some_and(|token| token.is("'s") || token.is("'"))
    }

    /// Whether the name only tells more of another noun: "an adviser to Putin", "the army of Russia".
    fn is_attribute(&self, at: usize, kind: SlotKind, state: &State) -> bool {
        const BEFORE: [&str; 16] = [
            "of", "to", "for", "with", "from", "by", "about", "on", "at", "in", "against", "under", "near",
            "and", "or", "between",
        ];
        let is_actor = matches!(kind.entity(), Some(EntityKind::Person | EntityKind::Country));
        let behind_the = at > 0 && self.tokens()[at - 1].is("the");
        let before = at.checked_sub(1 + usize::from(behind_the)).filter(|_| is_actor);
        before.is_some_and(|before| {
            let is_own = before >= state.start && !state.loose.contains(&before);
            !is_own && BEFORE.contains(&self.tokens()[before].norm.as_ref())
        })
    }

    /// The place itself, and the one behind a comma, a bracket or a quotation mark.
    fn places(&self, at: usize, end: usize) -> impl Iterator<Item = usize> {
        let skips = self.tokens().get(at).is_some_and(|token| [",", "(", "\"", "'"].contains(&&*token.norm));
        (at..=at + usize::from(skips)).filter(move |&at| at < end)
    }

    fn is_word(&self, at: usize, forms: &[String]) -> bool {
        let norm = self.tokens()[at].norm.as_ref();
        // The plural's apostrophe, as in "the leaders' meeting", is the singular's "'s".
        let norm = if norm == "'" { "'s" } else { norm };
        forms.binary_search_by(|form| form.as_str().cmp(norm)).is_ok()
    }

    fn gap(&self, width: usize, at: usize, end: usize, state: &mut State, then: Then<'_>) -> bool {
        let kept = state.loose.len();
        // Between a subject and its verb nobody else of its kind may stand, who could be the subject.
        let subject = state.subject.filter(|(end, _)| *end == at).map(|(_, kind)| kind);
        let (mut at, mut words) = (at, 0);
        loop {
            if then(at, state) {
                return true;
            }
            let is_inside = at < end
                && words < width
                && !self.ends_clause(at)
                && !subject.is_some_and(|kind| self.names_another(at, kind));
            if !is_inside {
                state.loose.truncate(kept);
                return false;
            }
            words += usize::from(self.tokens()[at].kind != TokenKind::Mark);
            state.loose.push(at);
            at += 1;
        }
    }

    /// Whether a gap must stop before this token.
    fn ends_clause(&self, at: usize) -> bool {
        let tokens = self.tokens();
        let token = &tokens[at];
        match token.kind {
            TokenKind::Mark => ![",", "\"", "'", "(", ")", "%", "$", "&", "/"].contains(&&*token.norm),
            TokenKind::Number => false,
            TokenKind::Word if self.cues.is(token, Cue::Subordinators) => true,
            // What is said is another clause, unless the subject itself does it: "has admitted sending".
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
        self.mentions_at(at).any(|mention| self.entities[mention.entities[0].0].kind == kind)
    }

    fn slot(&self, slot: &Slot, at: usize, end: usize, state: &mut State, then: Then<'_>) -> bool {
        let kinds: Vec<SlotKind> =
            slot.kinds.iter().copied().filter(|kind| !self.is_attribute(at, *kind, state)).collect();
        kinds.iter().any(|kind| {
            self.fillings(*kind, at).into_iter().filter(|(_, range)| range.end <= end).any(
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
    fn fillings(&self, kind: SlotKind, at: usize) -> Vec<(Capture, Range<usize>)> {
        let article = usize::from(self.tokens()[at].is("the"));
        let of_kind = |n: usize, kind| {
            let behind = self.mentions_at(at + 1).filter(move |_| article == 1);
            self.mentions_at(at).chain(behind).filter(move |mention| {
                mention.entities.len() == n
                    && mention.entities.iter().all(|id| self.entities[id.0].kind == kind)
            })
        };
        let mut found: Vec<(Capture, Range<usize>)> = match kind {
            SlotKind::Entity(kind) => of_kind(1, kind)
                .map(|mention| (Capture::Entity(mention.entities[0]), at..mention.tokens.end))
                .collect(),
            SlotKind::Pair(kind) => of_kind(2, kind)
                .map(|mention| {
                    (Capture::Pair(mention.entities[0], mention.entities[1]), at..mention.tokens.end)
                })
                .collect(),
            SlotKind::Date => starting_at(&self.paragraph.dates, at)
                .map(|index| (Capture::Date(index), self.paragraph.dates[index].tokens.clone()))
                .into_iter()
                .collect(),
            SlotKind::Count => starting_at(&self.paragraph.counts, at)
                .map(|index| (Capture::Count(index), self.paragraph.counts[index].tokens.clone()))
                .into_iter()
                .collect(),
        };
        found.sort_by_key(|(_, range)| std::cmp::Reverse(range.end));
        found
    }
}

/// Whether a step can take the "'s" behind a name.
fn may_be_possessive(element: &Element) -> bool {
    match element {
        Element::Word(forms) => forms.iter().any(|form| form.starts_with('\'')),
        Element::Optional(_) | Element::Either(_) => true,
        Element::Slot(_) | Element::Gap(_) => false,
    }
}

/// The value that starts at a token; values are sorted and apart.
fn starting_at<T>(values: &[Found<T>], at: usize) -> Option<usize> {
    values.binary_search_by_key(&at, |value| value.tokens.start).ok()
}
