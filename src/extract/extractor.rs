//! Reads the claims of a document by all rules.

use super::article::{Paragraph, paragraphs};
use super::claim::{Certainty, Claim, SlotText};
use super::denial::denial;
use super::matcher::{Capture, Match, Matcher};
use super::mentions::Lexicon;
use crate::clause::{Attitude, Cues, Statement, attitude};
use crate::corpus::{Block, Document, Span};
use crate::rules::{DateGrain, Element, EntityId, Guard, KeyPart, Rule, RuleSet, ValueSpec};
use crate::value::{DateOrder, Grain, Place, Token, Value};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::ops::Range;

/// A rule set made ready to read documents.
#[derive(Debug)]
pub struct Extractor<'a> {
    rules: &'a RuleSet,
    lexicon: Lexicon<'a>,
    cues: Cues,
    /// Rules and patterns by the words of which one stands in all their matches.
    by_anchor: FxHashMap<&'a str, Vec<(usize, usize)>>,
    order: DateOrder,
}

impl<'a> Extractor<'a> {
    /// Prepares a rule set; linear in it.
    pub fn compile(rules: &'a RuleSet) -> Self {
        let mut by_anchor: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
        for (index, rule) in rules.rules.iter().enumerate() {
            for (number, pattern) in rule.patterns.iter().enumerate() {
                let anchors = pattern.elements.iter().find_map(anchors).unwrap_or_default();
                anchors.into_iter().for_each(|word| by_anchor.entry(word).or_default().push((index, number)));
            }
        }
        Self {
            rules,
            lexicon: Lexicon::new(rules),
            cues: Cues::new(),
            by_anchor,
            order: DateOrder::default(),
        }
    }

    /// The extractor with numeric dates read in this order.
    #[must_use]
    pub fn reading(self, order: DateOrder) -> Self {
        Self { order, ..self }
    }

    /// The rules it reads by.
    pub fn rules(&self) -> &'a RuleSet {
        self.rules
    }

    /// The claims of a document in the order of the text. Linear in it, times the rules whose words occur.
    pub fn claims(&self, document: &Document, blocks: &[Block]) -> Vec<Claim> {
        let known = self.lexicon.survey(document, blocks, &self.cues);
        let mut claims = Vec::new();
        let mut previous: Vec<Claim> = Vec::new();
        let mut before: Vec<EntityId> = Vec::new();
        for paragraph in paragraphs(document, blocks, self.order) {
            let mentions = self.lexicon.mentions(&paragraph, &known, &before, &self.cues);
            before = mentions.iter().flat_map(|mention| mention.entities.iter().copied()).collect();
            let matcher = Matcher {
                paragraph: &paragraph,
                mentions: &mentions,
                entities: &self.rules.entities,
                cues: &self.cues,
            };
            for (sentence, span) in &paragraph.sentences {
                let read = self.sentence(document, &matcher, sentence, *span);
                if read.is_empty() {
                    // What is denied stays what the next sentence may deny as well.
                    let denied = self.denied(&paragraph, sentence, *span, &previous);
                    if denied.is_empty() {
                        previous.clear();
                    }
                    claims.extend(denied);
                } else {
                    claims.extend(read.iter().cloned());
                    previous = read;
                }
            }
        }
        claims
    }

    fn sentence(
        &self,
        document: &Document,
        matcher: &Matcher<'_>,
        sentence: &Range<usize>,
        span: Span,
    ) -> Vec<Claim> {
        let tokens = &matcher.paragraph.tokens[sentence.clone()];
        let mut candidates: Vec<(usize, usize)> = tokens
            .iter()
            .filter_map(|token| self.by_anchor.get(token.norm.as_ref()))
            .flatten()
            .copied()
            .collect();
        candidates.sort_unstable();
        candidates.dedup();
        let mut claims = Vec::new();
        for same_rule in candidates.chunk_by(|a, b| a.0 == b.0) {
            let index = same_rule[0].0;
            let rule = &self.rules.rules[index];
            if !document.metadata.is_language(&rule.language) || !has_required(rule, tokens) {
                continue;
            }
            let patterns = same_rule.iter().map(|&(_, number)| number);
            let matches = best_matches(rule, matcher, patterns, sentence);
            // What a rule denies is looked for only where it has something to say: matches are rare.
            if matches.is_empty() || is_denied(rule, matcher, sentence) {
                continue;
            }
            for (number, found) in matches {
                let reading = Reading {
                    extractor: self,
                    rule,
                    matcher,
                    sentence,
                    found: &found,
                    defaults: &rule.defaults[number],
                };
                claims.extend(reading.claim(index, span));
            }
        }
        claims
    }

    /// What a sentence takes back of the one before it.
    fn denied(
        &self,
        paragraph: &Paragraph<'_>,
        sentence: &Range<usize>,
        span: Span,
        previous: &[Claim],
    ) -> Vec<Claim> {
        let said = previous.iter().filter_map(|claim| match claim.value {
            Value::YesNo(yes) => Some((claim, yes)),
            _ => None,
        });
        let mut said = said.peekable();
        if said.peek().is_none() {
            return Vec::new();
        }
        let Some(denial) = denial(paragraph, sentence, &self.cues) else { return Vec::new() };
        let value_span = paragraph.span(&denial.tokens);
        said.map(|(claim, yes)| Claim {
            value: Value::YesNo(!yes),
            certainty: Certainty::default(),
            speaker: Some(denial.speaker.clone()),
            span,
            value_span,
            block: paragraph.block,
            ..claim.clone()
        })
        .collect()
    }
}

/// Whether a sentence has a word that the rule asks for.
fn has_required(rule: &Rule, tokens: &[Token<'_>]) -> bool {
    rule.require_any.is_empty()
        || tokens.iter().any(|token| rule.require_any.iter().any(|word| token.is(word)))
}

/// Whether something stands in a sentence that keeps the rule silent.
fn is_denied(rule: &Rule, matcher: &Matcher<'_>, sentence: &Range<usize>) -> bool {
    rule.deny.iter().any(|deny| !matcher.matches(deny, deny.slot_count(), sentence).is_empty())
}

/// The longest matches first, none overlapping another; of equal ones the first pattern's.
fn best_matches(
    rule: &Rule,
    matcher: &Matcher<'_>,
    patterns: impl Iterator<Item = usize>,
    sentence: &Range<usize>,
) -> Vec<(usize, Match)> {
    let mut found: Vec<(usize, Match)> = patterns
        .flat_map(|number| {
            matcher
                .matches(&rule.patterns[number], rule.slots.len(), sentence)
                .into_iter()
                .map(move |found| (number, found))
        })
        .collect();
    found.sort_by_key(|(number, found)| (Reverse(found.tokens.len()), *number, found.tokens.start));
    let mut kept: Vec<(usize, Match)> = Vec::new();
    for (number, found) in found {
        let is_free = kept.iter().all(|(_, other)| {
            other.tokens.end <= found.tokens.start || found.tokens.end <= other.tokens.start
        });
        if is_free {
            kept.push((number, found));
        }
    }
    kept.sort_by_key(|(_, found)| found.tokens.start);
    kept
}

/// The words of which one stands wherever the step matches.
fn anchors(element: &Element) -> Option<Vec<&str>> {
    match element {
        Element::Word(forms) => Some(forms.iter().map(String::as_str).collect()),
        Element::Either(runs) => runs
            .iter()
            .map(|run| run.iter().find_map(anchors))
            .collect::<Option<Vec<_>>>()
            .map(|all| all.concat()),
        _ => None,
    }
}

/// One match on its way to a claim.
struct Reading<'r> {
    extractor: &'r Extractor<'r>,
    rule: &'r Rule,
    matcher: &'r Matcher<'r>,
    sentence: &'r Range<usize>,
    found: &'r Match,
    defaults: &'r [(usize, EntityId)],
}

impl Reading<'_> {
    fn claim(&self, rule: usize, span: Span) -> Option<Claim> {
        let paragraph = self.matcher.paragraph;
        let statement = Statement {
            tokens: &paragraph.tokens,
            sentence: (self.sentence.start, self.sentence.end),
            about: (self.found.tokens.start, self.found.tokens.end),
            loose: &self.found.loose,
            is_quoted: &paragraph.is_quoted,
        };
        let attitude = attitude(&statement, &self.extractor.cues);
        if !self.is_let_through(&attitude) {
            return None;
        }
        let (value, value_tokens) = self.value(attitude.is_negated)?;
        let parts: Vec<(String, String)> =
            self.rule.key.iter().map(|part| self.key_part(part)).collect::<Option<_>>()?;
        let dates = &self.matcher.paragraph.dates;
        let first = dates.partition_point(|date| date.tokens.start < self.sentence.start);
        let mut own_times =
            dates[first..].iter().map(|date| &date.tokens).take_while(|date| date.end <= self.sentence.end);
        let has_own_time =
            own_times.any(|date| date.end <= value_tokens.start || value_tokens.end <= date.start);
        // What was not so at some time may have been so at another.
        if value == Value::YesNo(false) && has_own_time {
            return None;
        }
        Some(Claim {
            rule,
            key: parts.iter().map(|(normal, _)| normal.as_str()).collect::<Vec<_>>().join(" | "),
            subject: parts.first().map(|(_, shown)| shown.clone()).unwrap_or_default(),
            has_own_time,
            value,
            certainty: Certainty { is_hedged: attitude.is_hedged },
            speaker: attitude.speaker,
            span,
            value_span: self.matcher.paragraph.span(&value_tokens),
            block: self.matcher.paragraph.block,
            slots: (0..self.rule.slots.len()).map(|slot| self.slot_text(slot)).collect(),
        })
    }

    fn is_let_through(&self, attitude: &Attitude) -> bool {
        let guards = &self.rule.guards;
        let skips = |is: bool, guard: Guard| is && guard == Guard::Skip;
        let is_plain = !attitude.is_question && !attitude.is_unclear;
        let may_negate = self.rule.value == ValueSpec::YesNo || !attitude.is_negated;
        is_plain
            && may_negate
            && !skips(attitude.is_hedged, guards.hedged)
            && !skips(attitude.speaker.is_some(), guards.reported)
            && !skips(attitude.is_future, guards.future)
            && !skips(attitude.is_hypothetical, guards.hypothetical)
    }

    /// What stands in a slot, or what the pattern puts there by default where the paragraph names it.
    fn capture(&self, slot: usize) -> Option<(Capture, Range<usize>)> {
        let default = || {
            let (_, entity) = *self.defaults.iter().find(|(index, _)| *index == slot)?;
            let is_named = self.matcher.mentions.iter().any(|mention| mention.entities.contains(&entity));
            is_named.then(|| (Capture::Entity(entity), self.found.tokens.clone()))
        };
        self.found.captures[slot].clone().or_else(default)
    }

    fn value(&self, is_negated: bool) -> Option<(Value, Range<usize>)> {
        let slot = match self.rule.value {
            ValueSpec::YesNo => return Some((Value::YesNo(!is_negated), self.found.tokens.clone())),
            ValueSpec::Slot(slot) | ValueSpec::Start(slot) | ValueSpec::End(slot) => slot,
        };
        let (capture, tokens) = self.capture(slot)?;
        let paragraph = self.matcher.paragraph;
        let value = match capture {
            Capture::Date(index) => {
                let date = &paragraph.dates[index].value;
                let date = match self.rule.value {
                    ValueSpec::Start(_) => date.first()?,
                    ValueSpec::End(_) => date.last()?,
                    _ => date.clone(),
                };
                (!date.is_unknown()).then_some(Value::Date(date))?
            }
            Capture::Count(index) => Value::Count(paragraph.counts[index].value),
            Capture::Entity(id) => self.entity_value(id),
            Capture::Pair(..) => return None,
        };
        Some((value, tokens))
    }

    fn entity_value(&self, id: EntityId) -> Value {
        let entities = &self.extractor.rules.entities;
        let entity = &entities[id.0];
        if entity.kind != crate::rules::EntityKind::Place {
            return Value::Name(vec![entity.name.clone()]);
        }
        // A circle of places in a rule file ends where it has been walked once.
        let mut within = Vec::new();
        let mut next = entity.within;
        while let Some(larger) = next.filter(|_| within.len() < entities.len()) {
            within.push(entities[larger.0].name.clone());
            next = entities[larger.0].within;
        }
        Value::Place(Place { name: entity.name.clone(), within })
    }

    fn key_part(&self, part: &KeyPart) -> Option<(String, String)> {
        match part {
            KeyPart::Literal(text) => Some((text.clone(), text.clone())),
            KeyPart::Slot(slot) => self.slot_text(*slot).map(|text| (text.normal, text.shown)),
            KeyPart::Set(slots) => self.set(slots),
            KeyPart::Date(slot, grain) => self.date(*slot, *grain).map(|date| (date.clone(), date)),
        }
    }

    fn set(&self, slots: &[usize]) -> Option<(String, String)> {
        let mut members: Vec<EntityId> = Vec::new();
        for slot in slots {
            match self.capture(*slot) {
                Some((Capture::Entity(id), _)) => members.push(id),
                Some((Capture::Pair(a, b), _)) => members.extend([a, b]),
                _ => {}
            }
        }
        members.sort_unstable();
        members.dedup();
        (members.len() > 1).then(|| self.names(&members))
    }

    fn names(&self, ids: &[EntityId]) -> (String, String) {
        let entity = |id: &EntityId| &self.extractor.rules.entities[id.0];
        let normal: Vec<&str> = ids.iter().map(|id| entity(id).id.as_str()).collect();
        let shown: Vec<&str> = ids.iter().map(|id| entity(id).name.as_str()).collect();
        (normal.join("+"), shown.join(" and "))
    }

    /// The unit of a grain that a date lies in, where it is told finely enough and has one reading.
    fn date(&self, slot: usize, grain: DateGrain) -> Option<String> {
        let Some((Capture::Date(index), _)) = self.capture(slot) else { return None };
        let date = &self.matcher.paragraph.dates[index].value;
        let (limit, format) = match grain {
            DateGrain::Day => (Grain::Day, "%Y-%m-%d"),
            DateGrain::Month => (Grain::Month, "%Y-%m"),
            DateGrain::Year => (Grain::Year, "%Y"),
        };
        let [days] = date.readings.as_slice() else { return None };
        let is_fine = date.grain <= limit && date.ends.is_none() && !date.is_about && days.to.is_some();
        is_fine.then(|| days.from.map(|from| from.strftime(format).to_string()))?
    }

    fn slot_text(&self, slot: usize) -> Option<SlotText> {
        let (normal, shown) = match self.capture(slot)?.0 {
            Capture::Entity(id) => self.names(&[id]),
            Capture::Pair(a, b) => self.names(&[a, b]),
            Capture::Date(index) => {
                let text = self.matcher.paragraph.dates[index].value.to_string();
                (text.clone(), text)
            }
            Capture::Count(index) => {
                let text = self.matcher.paragraph.counts[index].value.to_string();
                (text.clone(), text)
            }
        };
        Some(SlotText { normal, shown })
    }
}
