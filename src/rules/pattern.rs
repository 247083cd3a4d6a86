//! The pattern language: sentences with slots.
//!
//! | written | matches |
//! |---|---|
//! | `meet` | the word in all its forms: meets, met, meeting |
//! | `=founded` | exactly this word |
//! | `(summit\|first meeting)` | one of several runs of words |
//! | `word?`, `(…)?` | it, or nothing |
//! | `~3` | up to three words inside the clause |
//! | `~~9` | up to nine words of the sentence, over clauses and all |
//! | `"hermit kingdom"` | exactly these words |
//! | `{when:date}` | a value or a name of this type; `a\|b` for either |
//! | `{what:(dam\|levee)}` | one of these words, in all its forms; the slot holds the word as listed |
//! | `@dead` | what the file's `[define]` gives this name |
//! | `{a:person} ^found {b:organisation} …` | active and passive: "a founded b", "b was founded by a" |
//!
//! Case, hyphens and commas between words do not matter.

use super::entity::EntityKind;
use crate::value::{DateSet, Value};
use std::collections::BTreeMap;

/// A sentence with slots, ready to be matched.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written.
    pub text: String,
    /// What has to stand in the sentence, in order.
    pub elements: Vec<Element>,
}

/// One step of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// One word in any of these forms.
    Word(Forms),
    /// Up to so many words of the clause.
    Gap(usize),
    /// Up to so many words of the sentence.
    Leap(usize),
    /// A value or a name.
    Slot(Slot),
    /// These steps or none.
    Optional(Vec<Element>),
    /// One of these runs of steps.
    Either(Vec<Vec<Element>>),
    /// A marked verb: its forms, and its participles. Stands in no pattern that was read.
    Verb(Vec<String>, Vec<String>),
}

/// The forms of a word; sorted, lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forms {
    words: Vec<String>,
    /// The first letters, one bit each: most words of a text are told apart by them.
    initials: u64,
}

impl Forms {
    pub(super) fn new(mut words: Vec<String>) -> Self {
        words.sort_unstable();
        words.dedup();
        let initials = words.iter().fold(0, |bits, word| bits | Self::initial(word));
        Self { words, initials }
    }

    fn initial(word: &str) -> u64 {
        1 << (word.as_bytes().first().copied().unwrap_or_default() & 63)
    }

    /// Whether a word, in lower case, is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.initials & Self::initial(word) != 0
            && self.words.binary_search_by(|form| form.as_str().cmp(word)).is_ok()
    }

    /// The forms.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

/// A place for a value or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its number in the rule.
    pub index: usize,
    /// What may stand in it.
    pub kinds: Vec<SlotKind>,
    /// The words that may, each form with the word it is a form of.
    pub words: BTreeMap<String, String>,
}

/// What may stand in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A name that stands for one entity of this kind.
    Entity(EntityKind),
    /// Words that stand for two: "Anna and Ben", "the two leaders".
    Pair(EntityKind),
    /// A value of this kind.
    Value(ValueKind),
    /// A name of any kind.
    Name,
    /// A noun with the words before it, or a name.
    Any,
}

/// What kind of value stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// A day, a month, a year, or a run of them.
    Date,
    /// A number of things.
    Count,
    /// An amount of a currency.
    Money,
    /// Hundredths.
    Percent,
    /// A length of time.
    Duration,
    /// How old somebody is.
    Age,
    /// An amount of a unit.
    Quantity,
    /// An amount of a unit of this family.
    Measured(&'static str),
    /// A rank.
    Ordinal,
    /// Two numbers against each other.
    Score,
}

impl ValueKind {
    /// Whether a value is of this kind.
    pub fn holds(self, value: &Value) -> bool {
        // People and votes are whole: "average lives of 7.85 years" counts nothing.
        if let (Self::Count, Value::Count(number)) = (self, value) {
            return number.exact().is_none_or(|exact| exact.is_integer());
        }
        if let (Self::Measured(family), Value::Quantity(_, unit)) = (self, value) {
            return unit.family() == family;
        }
        matches!(
            (self, value),
            (Self::Date, Value::Date(_))
                                | (Self::Money, Value::Money(..))
                | (Self::Percent, Value::Percent(_))
                | (Self::Duration, Value::Duration(_))
                // "Within 24 hours" is a time from now, and a length.
                | (Self::Duration, Value::Date(DateSet { length: Some(_), .. }))
                | (Self::Age, Value::Age(_))
                | (Self::Quantity, Value::Quantity(..))
                | (Self::Ordinal, Value::Ordinal(_))
                | (Self::Score, Value::Score(..))
        )
    }
}

impl SlotKind {
    /// The kind of entity that stands in it, where one does.
    pub fn entity(self) -> Option<EntityKind> {
        match self {
            Self::Entity(kind) | Self::Pair(kind) => Some(kind),
            Self::Value(_) | Self::Name | Self::Any => None,
        }
    }
}

/// The types of slots by the names they have in patterns.
pub const SLOT_KINDS: [(&str, SlotKind); 23] = [
    ("person", SlotKind::Entity(EntityKind::Person)),
    ("country", SlotKind::Entity(EntityKind::Country)),
    ("organisation", SlotKind::Entity(EntityKind::Organisation)),
    ("place", SlotKind::Entity(EntityKind::Place)),
    ("event", SlotKind::Entity(EntityKind::Event)),
    ("persons", SlotKind::Pair(EntityKind::Person)),
    ("countries", SlotKind::Pair(EntityKind::Country)),
    ("name", SlotKind::Name),
    ("any", SlotKind::Any),
    ("date", SlotKind::Value(ValueKind::Date)),
    ("period", SlotKind::Value(ValueKind::Date)),
    ("count", SlotKind::Value(ValueKind::Count)),
    ("money", SlotKind::Value(ValueKind::Money)),
    ("percent", SlotKind::Value(ValueKind::Percent)),
    ("duration", SlotKind::Value(ValueKind::Duration)),
    ("age", SlotKind::Value(ValueKind::Age)),
    ("quantity", SlotKind::Value(ValueKind::Quantity)),
    ("length", SlotKind::Value(ValueKind::Measured("length"))),
    ("speed", SlotKind::Value(ValueKind::Measured("speed"))),
    ("area", SlotKind::Value(ValueKind::Measured("area"))),
    ("mass", SlotKind::Value(ValueKind::Measured("mass"))),
    ("ordinal", SlotKind::Value(ValueKind::Ordinal)),
    ("score", SlotKind::Value(ValueKind::Score)),
];

impl Pattern {
    /// How many slots it needs: one more than the highest number.
    pub fn slot_count(&self) -> usize {
        self.elements.iter().map(Element::slot_count).max().unwrap_or(0)
    }
}

impl Pattern {
    /// What may stand in a slot, in any of its places.
    pub fn slot_kinds(&self, slot: usize) -> Vec<SlotKind> {
        let mut kinds = Vec::new();
        self.elements.iter().for_each(|element| element.slot_kinds(slot, &mut kinds));
        kinds
    }
}

impl Element {
    fn slot_kinds(&self, slot: usize, kinds: &mut Vec<SlotKind>) {
        match self {
            Self::Slot(found) if found.index == slot => kinds.extend(&found.kinds),
            Self::Optional(run) => run.iter().for_each(|element| element.slot_kinds(slot, kinds)),
            Self::Either(runs) => runs.iter().flatten().for_each(|element| element.slot_kinds(slot, kinds)),
            _ => {}
        }
    }

    fn slot_count(&self) -> usize {
        match self {
            Self::Slot(slot) => slot.index + 1,
            Self::Optional(inner) => inner.iter().map(Self::slot_count).max().unwrap_or(0),
            Self::Either(runs) => runs.iter().flatten().map(Self::slot_count).max().unwrap_or(0),
            Self::Word(_) | Self::Gap(_) | Self::Leap(_) | Self::Verb(..) => 0,
        }
    }

    /// Whether a value stands here in every match.
    pub(super) fn is_value(&self) -> bool {
        self.value_kind().is_some()
    }

    /// The kind of value that stands here in every match.
    pub fn value_kind(&self) -> Option<ValueKind> {
        match self {
            Self::Slot(Slot { kinds, .. }) => match kinds.as_slice() {
                [SlotKind::Value(kind)] => Some(*kind),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether words stand here in every match.
    pub(super) fn is_anchor(&self) -> bool {
        match self {
            Self::Word(_) | Self::Verb(..) => true,
            Self::Slot(slot) => !slot.words.is_empty(),
            Self::Either(runs) => runs.iter().all(|run| run.iter().any(Self::is_anchor)),
            _ => false,
        }
    }
}
