//! One match on its way to a claim: what its words mean, how it is meant, and what it is about.

use super::claim::{Certainty, Claim, SlotText};
use super::extractor::Extractor;
use super::matcher::{Capture, Match, Matcher};
use super::nouns::normal;
use super::silence::Silence;
use crate::clause::{Attitude, Cue, Statement, attitude};
use crate::corpus::{Dateline, Span};
use crate::rules::{DateGrain, EntityId, Guard, KeyPart, Phrase, Rule, SlotKind, ValueKind, ValueSpec};
use crate::value::{Age, DateSet, Days, Duration, Grain, Place, Value};
use std::ops::Range;

/// How many days before the day of an article its own story can lie.
const STORY_DAYS: i64 = 45;

/// One match on its way to a claim.
pub(super) struct Sentence<'r> {
    pub(super) extractor: &'r Extractor<'r>,
    pub(super) rule: &'r Rule,
    pub(super) phrase: &'r Phrase,
    pub(super) matcher: &'r Matcher<'r>,
    pub(super) sentence: &'r Range<usize>,
    pub(super) found: &'r Match,
    pub(super) dateline: Option<Dateline>,
}

impl Sentence<'_> {
    pub(super) fn claim(&self, rule: usize, span: Span) -> Result<Claim, Silence> {
        let paragraph = self.matcher.paragraph;
        let statement = Statement {
            tokens: &paragraph.tokens,
            sentence: (self.sentence.start, self.sentence.end),
            about: (self.found.tokens.start, self.found.tokens.end),
            loose: &self.found.loose,
            is_quoted: &paragraph.is_quoted,
        };
        let attitude = attitude(&statement, self.extractor.cues());
        let is_not_yet = self.rule.onset && self.is_not_yet(&attitude);
        if let Some(silence) = self.guard(&attitude).filter(|_| !is_not_yet) {
            return Err(silence);
        }
        let is_no = attitude.is_negated != self.phrase.says_no || is_not_yet;
        let (value, value_tokens) = self.value(is_no).ok_or(Silence::NoValue)?;
        let in_story = self.rule.key.contains(&KeyPart::Story)
            || self.rule.key.contains(&KeyPart::StoryUnlessKnown) && !self.names_known();
        // Whom the key names tells enough: it is another event only where nothing but the story stands in it.
        let is_bare = self.rule.key.iter().all(|part| matches!(part, KeyPart::Story | KeyPart::Literal(_)));
        if self.rule.key.contains(&KeyPart::Story) && is_bare && self.is_of_another_story(&value_tokens) {
            return Err(Silence::AnotherEvent);
        }
        let parts: Vec<(String, String)> = self
            .rule
            .key
            .iter()
            .map(|part| self.key_part(part))
            .collect::<Option<_>>()
            .ok_or(Silence::NoKey)?;
        let has_own_time = self.own_dates(&value_tokens).next().is_some();
        let since = if self.rule.onset { self.since() } else { None };
        // What was not so at some time may have been so at another.
        if value == Value::YesNo(false) && has_own_time && !in_story {
            return Err(Silence::AnotherTime);
        }
        let is_reported =
            attitude.speaker.is_some() && !attitude.is_partial && self.rule.value != ValueSpec::YesNo;
        // What is planned is held against plans only.
        let is_plan = attitude.is_future && !is_not_yet && self.rule.guards.future != Guard::Same;
        let plan = is_plan.then(|| "planned".to_owned());
        let shown = |part: &&(String, String)| part.0 != STORY;
        Ok(Claim {
            rule,
            key: parts
                .iter()
                .map(|(normal, _)| normal.as_str())
                .chain(plan.as_deref())
                .collect::<Vec<_>>()
                .join(" | "),
            subject: parts.iter().find(shown).map(|(_, shown)| shown.clone()).unwrap_or_default(),
            in_story,
            has_own_time,
            value,
            certainty: Certainty { is_hedged: attitude.is_hedged || is_not_yet, is_reported },
            speaker: attitude.speaker.filter(|_| self.rule.guards.reported != Guard::Same),
            cardinality: self.phrase.cardinality,
            day: self.own_dates(&value_tokens).find(|date| date.grain == Grain::Day).cloned(),
            since,
            is_not_yet,
            within: self.rule.within.and_then(|slot| self.entity(slot)),
            bounds: self.bounds(),
            span,
            value_span: self.matcher.paragraph.span(&value_tokens),
            block: self.matcher.paragraph.block,
            slots: (0..self.rule.slots.len()).map(|slot| self.slot_text(slot)).collect(),
        })
    }

    /// The guard of the rule that keeps a statement silent.
    fn guard(&self, attitude: &Attitude) -> Option<Silence> {
        let guards = &self.rule.guards;
        let skips = |is: bool, guard: Guard| is && !matches!(guard, Guard::Mark | Guard::Same);
        let is_yes_no = self.rule.value == ValueSpec::YesNo;
        // A figure of somebody who has a side is that side's figure; a yes or no is a dispute worth telling.
        let partial = guards.partial.unwrap_or(if is_yes_no { Guard::Mark } else { Guard::Skip });
        let checks = [
            (attitude.is_question, Silence::Question),
            (attitude.is_unclear, Silence::Unclear),
            (attitude.is_negated && !is_yes_no, Silence::Negated),
            (skips(attitude.is_hedged, guards.hedged), Silence::Hedged),
            (skips(attitude.speaker.is_some(), guards.reported), Silence::Reported),
            (skips(attitude.is_partial, partial), Silence::Partial),
            (skips(attitude.is_future, guards.future), Silence::Planned),
            (skips(attitude.is_hypothetical, guards.hypothetical), Silence::Supposed),
        ];
        checks.into_iter().find(|(is, _)| *is).map(|(_, silence)| silence)
    }

    /// Whether the words say that it may soon be so: that it is not so yet.
    fn is_not_yet(&self, attitude: &Attitude) -> bool {
        let guards = &self.rule.guards;
        let is_open = attitude.is_future && guards.future == Guard::Onset
            || attitude.is_hypothetical && guards.hypothetical == Guard::Onset;
        let from = self.found.tokens.start.saturating_sub(4).max(self.sentence.start);
        let tokens = &self.matcher.paragraph.tokens[from..self.found.tokens.end];
        let is_plain = !attitude.is_question && !attitude.is_negated && attitude.speaker.is_none();
        is_plain && is_open && tokens.iter().any(|token| self.extractor.cues().is(token, Cue::Onsets))
    }

    /// "Since March", "since the war began", where the happening is known.
    fn since(&self) -> Option<DateSet> {
        let tokens = &self.matcher.paragraph.tokens;
        let since = self.sentence.clone().find(|&at| tokens[at].is("since"))?;
        let reach = since..(since + 10).min(self.sentence.end);
        if let Some((_, date)) = self.matcher.paragraph.dates_in(&reach).next() {
            return date.first().or_else(|| (!date.is_unknown()).then(|| date.clone()));
        }
        let facts = &self.extractor.rules().facts;
        let mut inside = self.matcher.mentions.iter().filter(|mention| reach.contains(&mention.tokens.start));
        let day = inside.find_map(|mention| {
            facts
                .iter()
                .find(|fact| fact.office.is_none() && mention.entities == [fact.subject])
                .and_then(|fact| fact.from)
        })?;
        Some(DateSet::of(Days::unit(day, Grain::Day)?, Grain::Day))
    }

    /// The dates of the sentence that are not its value.
    fn own_dates<'s>(&'s self, value: &'s Range<usize>) -> impl Iterator<Item = &'s DateSet> {
        let dates = self.matcher.paragraph.dates_in(self.sentence);
        dates
            .filter(|(tokens, _)| tokens.end <= value.start || value.end <= tokens.start)
            .map(|(_, date)| date)
    }

    /// Whether the sentence speaks of another time than the article, or of another thing of the kind.
    fn is_of_another_story(&self, value: &Range<usize>) -> bool {
        let tokens = &self.matcher.paragraph.tokens;
        // ", who came in 2013": another clause has its own time.
        let opens = |at: &usize| {
            tokens[*at].is(",") && tokens.get(at + 1).is_some_and(|next| RELATIVES.contains(&&*next.norm))
        };
        let end = (self.found.tokens.end..self.sentence.end).find(opens).unwrap_or(self.sentence.end);
        let is_far_off = |(at, date): (&Range<usize>, &DateSet)| {
            at.start < end && (at.end <= value.start || value.end <= at.start) && is_far(date, self.dateline)
        };
        let from = self.found.tokens.start.saturating_sub(6).max(self.sentence.start);
        let is_other =
            (from..self.found.tokens.end).any(|at| self.extractor.cues().is(&tokens[at], Cue::Others));
        // "In 2021 negotiations": a year that reads like a number of things.
        let is_past_year = |at: usize| {
            let year = tokens[at].whole().filter(|year| (1900..=2100).contains(year));
            let before = at.checked_sub(1).is_some_and(|before| tokens[before].is("in"));
            before && year.zip(self.dateline).is_some_and(|(year, day)| year + 1 < i64::from(day.from.year()))
        };
        let is_past = self.matcher.paragraph.dates_in(self.sentence).any(is_far_off)
            || (self.sentence.start..end).any(|at| !value.contains(&at) && is_past_year(at));
        is_other || is_past && self.rule.guards.past == Guard::Skip
    }

    /// What stands in a slot, or what the pattern puts there by default where the paragraph names it.
    fn capture(&self, slot: usize) -> Option<(Capture, Range<usize>)> {
        let default = || {
            let (_, entity) = *self.phrase.defaults.iter().find(|(index, _)| *index == slot)?;
            let is_named = self.matcher.mentions.iter().any(|mention| mention.entities.contains(&entity));
            is_named.then(|| (Capture::Entity(entity), self.found.tokens.clone()))
        };
        self.found.captures[slot].clone().or_else(default)
    }

    /// The one entity in a slot.
    fn entity(&self, slot: usize) -> Option<EntityId> {
        match self.capture(slot)?.0 {
            Capture::Entity(id) => Some(id),
            _ => None,
        }
    }

    fn bounds(&self) -> Vec<(crate::rules::Bound, String, String)> {
        let bound = |(bound, slot): &(crate::rules::Bound, usize)| {
            let text = self.slot_text(*slot)?;
            Some((*bound, text.normal, text.shown))
        };
        self.rule.bounds.iter().filter_map(bound).collect()
    }

    fn value(&self, is_no: bool) -> Option<(Value, Range<usize>)> {
        let slot = match self.rule.value {
            ValueSpec::YesNo => return Some((Value::YesNo(!is_no), self.found.tokens.clone())),
            ValueSpec::Roles(from, to) | ValueSpec::Order(from, to) => {
                let (from, to) = (self.slot_text(from)?, self.slot_text(to)?);
                return Some((Value::Roles(from.shown, to.shown), self.found.tokens.clone()));
            }
            ValueSpec::Slot(slot) | ValueSpec::Start(slot) | ValueSpec::End(slot) => slot,
        };
        let (capture, tokens) = self.capture(slot)?;
        let paragraph = self.matcher.paragraph;
        let value = match capture {
            Capture::Value(index) => match paragraph.date(index) {
                Some(date) if self.asks_for(slot, ValueKind::Duration) => {
                    Value::Duration(Duration::of(date.length?).at_most())
                }
                Some(date) => {
                    let date = match self.rule.value {
                        ValueSpec::Start(_) => date.first().unwrap_or_else(|| date.clone()),
                        ValueSpec::End(_) => date.last()?,
                        _ => date.clone(),
                    };
                    (!date.is_unknown()).then_some(Value::Date(date))?
                }
                None => self.aged(slot, &paragraph.values[index].value),
            },
            Capture::Entity(id) => self.period(slot, id).unwrap_or_else(|| self.entity_value(id)),
            Capture::Noun(tokens) => Value::Name(vec![normal(&paragraph.tokens[tokens])]),
            Capture::Word(word) => Value::Name(vec![word]),
            Capture::Pair(..) => return None,
        };
        Some((value, tokens))
    }

    /// The days of a happening, where a date is asked for.
    fn period(&self, slot: usize, id: EntityId) -> Option<Value> {
        if !self.phrase.pattern.slot_kinds(slot).contains(&SlotKind::Value(ValueKind::Date)) {
            return None;
        }
        let fact =
            self.extractor.rules().facts.iter().find(|fact| fact.subject == id && fact.office.is_none())?;
        let day = |date: Option<jiff::civil::Date>| date.and_then(|date| Days::unit(date, Grain::Day));
        let days = Days { from: day(fact.from)?.from, to: day(fact.to)?.to };
        Some(Value::Date(DateSet::of(days, Grain::Year)))
    }

    /// A bare number where an age may stand is one of years.
    fn aged(&self, slot: usize, value: &Value) -> Value {
        match value {
            Value::Count(amount) if self.asks_for(slot, ValueKind::Age) => {
                Value::Age(Age { amount: *amount, unit: "year" })
            }
            other => other.clone(),
        }
    }

    /// Whether values of a kind may stand in a slot, and no dates.
    fn asks_for(&self, slot: usize, kind: ValueKind) -> bool {
        let kinds = self.phrase.pattern.slot_kinds(slot);
        kinds.contains(&SlotKind::Value(kind)) && !kinds.contains(&SlotKind::Value(ValueKind::Date))
    }

    fn entity_value(&self, id: EntityId) -> Value {
        use crate::rules::EntityKind::{Country, Place as Somewhere};
        let roster = self.matcher.roster;
        let entity = roster.entity(id);
        let is_place = matches!(entity.kind, Somewhere | Country)
            || entity.kind == crate::rules::EntityKind::Name && self.asks_for_place();
        if !is_place {
            return Value::Name(vec![entity.name.clone()]);
        }
        let within = roster.within(id).into_iter().map(|larger| roster.entity(larger).name.clone()).collect();
        let is_known = id.0 < self.extractor.rules().entities.len();
        Value::Place(Place { name: entity.name.clone(), within, is_known, is_region: entity.is_region })
    }

    /// Whether the rule's value is a place wherever it stands.
    fn asks_for_place(&self) -> bool {
        use crate::rules::EntityKind;
        let ValueSpec::Slot(slot) = self.rule.value else { return false };
        self.phrase.pattern.slot_kinds(slot).contains(&SlotKind::Entity(EntityKind::Place))
    }

    fn key_part(&self, part: &KeyPart) -> Option<(String, String)> {
        match part {
            KeyPart::Literal(text) => Some((text.clone(), text.clone())),
            KeyPart::Slot(slot) => self.slot_text(*slot).map(|text| (text.normal, text.shown)),
            KeyPart::Head(slot) => self.slot_text(*slot).map(|text| {
                let is_noun = matches!(self.capture(*slot), Some((Capture::Noun(_), _)));
                let head = text.normal.rsplit(' ').next().filter(|_| is_noun).map(str::to_owned);
                (head.unwrap_or(text.normal), text.shown)
            }),
            KeyPart::Set(slots) => self.set(slots),
            KeyPart::Date(slot, grain) => self.date(*slot, *grain).map(|date| (date.clone(), date)),
            KeyPart::Story | KeyPart::StoryUnlessKnown => Some((STORY.to_owned(), STORY.to_owned())),
        }
    }

    /// Whether all entities of the key are known to the rule files.
    fn names_known(&self) -> bool {
        let n_known = self.extractor.rules().entities.len();
        let slots = self.rule.key.iter().flat_map(|part| match part {
            KeyPart::Slot(slot) => vec![*slot],
            KeyPart::Set(slots) => slots.clone(),
            _ => Vec::new(),
        });
        slots.filter_map(|slot| self.capture(slot)).all(|(capture, _)| match capture {
            Capture::Entity(id) => id.0 < n_known,
            Capture::Pair(a, b) => a.0 < n_known && b.0 < n_known,
            Capture::Value(_) | Capture::Noun(_) | Capture::Word(_) => false,
        })
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
        // Ids of open names differ from document to document: their words do not.
        members.sort_by_key(|id| self.matcher.roster.entity(*id).id.clone());
        members.dedup();
        (members.len() > 1).then(|| self.names(&members))
    }

    fn names(&self, ids: &[EntityId]) -> (String, String) {
        let entity = |id: &EntityId| self.matcher.roster.entity(*id);
        let normal: Vec<&str> = ids.iter().map(|id| entity(id).id.as_str()).collect();
        let shown: Vec<&str> = ids.iter().map(|id| entity(id).name.as_str()).collect();
        (normal.join("+"), shown.join(" and "))
    }

    /// The unit of a grain that a date lies in, where it is told finely enough and has one reading.
    fn date(&self, slot: usize, grain: DateGrain) -> Option<String> {
        let Some((Capture::Value(index), _)) = self.capture(slot) else { return None };
        let date = self.matcher.paragraph.date(index)?;
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
        let (normal_form, shown) = match self.capture(slot)?.0 {
            Capture::Entity(id) => self.names(&[id]),
            Capture::Pair(a, b) => {
                let mut pair = [a, b];
                pair.sort_by_key(|id| self.matcher.roster.entity(*id).id.clone());
                self.names(&pair)
            }
            Capture::Value(index) => {
                let text = self.matcher.paragraph.values[index].value.to_string();
                (text.clone(), text)
            }
            Capture::Noun(tokens) => {
                let text = normal(&self.matcher.paragraph.tokens[tokens]);
                (text.clone(), text)
            }
            Capture::Word(word) => (word.clone(), word),
        };
        Some(SlotText { normal: normal_form, shown })
    }
}

/// The key of what the article is about.
pub(super) const STORY: &str = "the story";

/// Whether a date lies long before the day of an article; without such a day, whether it names a year or more. What
/// is to come is told of the same story.
/// Words that open a clause on what stands before them.
const RELATIVES: [&str; 5] = ["who", "which", "whose", "where", "when"];

fn is_far(date: &DateSet, dateline: Option<Dateline>) -> bool {
    let Some(dateline) = dateline else {
        return date.grain >= Grain::Year && date.readings.iter().all(|days| days.to.is_some());
    };
    let Ok(from) = dateline.from.checked_sub(jiff::Span::new().days(STORY_DAYS)) else { return false };
    !date.readings.is_empty() && date.readings.iter().all(|days| days.to.is_some_and(|end| end <= from))
}
