//! Which patterns can match a sentence at all: those all of whose needed words stand in it.
//!
//! The words of all patterns are looked up once for each token, so that rules whose words do not occur cost nothing.
//! (A hash look-up of whole words does here what an Aho-Corasick automaton does for literals inside words.)

use crate::rules::{Element, RuleSet, ValueKind};
use crate::value::{Found, Token, Value};
use rustc_hash::FxHashMap;

/// A phrase by its rule and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Candidate {
    pub(super) rule: usize,
    pub(super) phrase: usize,
}

/// A phrase, and for each step that is a word the words of which one must stand in the sentence.
#[derive(Debug)]
struct Entry {
    candidate: Candidate,
    needed: Vec<Vec<u32>>,
}

/// All phrases by the rarest step of each.
#[derive(Debug, Default)]
pub(super) struct PhraseIndex<'a> {
    numbers: FxHashMap<&'a str, u32>,
    /// For each word the phrases that it calls up.
    by_word: Vec<Vec<u32>>,
    /// The phrases without a word, by the kind of value they need.
    by_value: Vec<(ValueKind, u32)>,
    entries: Vec<Entry>,
}

/// The words of a sentence, marked; made once and used for all.
#[derive(Debug)]
pub(super) struct Present {
    is_there: Vec<bool>,
    words: Vec<u32>,
}

impl Present {
    pub(super) fn new(index: &PhraseIndex<'_>) -> Self {
        Self { is_there: vec![false; index.by_word.len()], words: Vec::new() }
    }
}

/// Words that stand in most sentences and call up nothing where a pattern has another.
const COMMON: [&str; 70] = [
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "been",
    "before",
    "by",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "in",
    "into",
    "is",
    "it",
    "its",
    "more",
    "of",
    "on",
    "one",
    "or",
    "over",
    "people",
    "said",
    "say",
    "says",
    "she",
    "than",
    "that",
    "the",
    "their",
    "they",
    "this",
    "to",
    "two",
    "up",
    "was",
    "were",
    "when",
    "which",
    "who",
    "will",
    "with",
    "would",
    "year",
    "years",
    "after",
    "'s",
    "not",
    "new",
    "first",
    "last",
    "make",
    "made",
    "take",
    "took",
    "government",
    "company",
    "about",
    "out",
    "day",
    "time",
    "become",
];

impl<'a> PhraseIndex<'a> {
    /// Indexes all phrases; linear in them.
    pub(super) fn new(rules: &'a RuleSet) -> Self {
        let mut index = Self::default();
        for (rule, compiled) in rules.rules.iter().enumerate() {
            for (phrase, found) in compiled.phrases.iter().enumerate() {
                index.add(Candidate { rule, phrase }, &found.pattern.elements);
            }
        }
        index
    }

    fn add(&mut self, candidate: Candidate, elements: &'a [Element]) {
        let groups: Vec<Vec<&str>> = elements.iter().filter_map(needed).collect();
        let cost = |group: &&Vec<&str>| {
            let common = group.iter().filter(|word| COMMON.contains(word)).count();
            common * 1_000 + group.len()
        };
        let entry = self.entries.len() as u32;
        let rarest = groups.iter().min_by_key(cost).cloned();
        if rarest.is_none() {
            self.by_value.extend(elements.iter().find_map(Element::value_kind).map(|kind| (kind, entry)));
        }
        for word in rarest.into_iter().flatten() {
            let number = self.number(word);
            self.by_word[number as usize].push(entry);
        }
        let needed =
            groups.iter().map(|group| group.iter().map(|word| self.number(word)).collect()).collect();
        self.entries.push(Entry { candidate, needed });
    }

    fn number(&mut self, word: &'a str) -> u32 {
        let next = self.by_word.len() as u32;
        let number = *self.numbers.entry(word).or_insert(next);
        if number == next {
            self.by_word.push(Vec::new());
        }
        number
    }

    /// The phrases that can match a sentence, by rule. Linear in its tokens and in the phrases that their words call up.
    pub(super) fn candidates(
        &self,
        tokens: &[Token<'_>],
        values: &[Found<Value>],
        present: &mut Present,
    ) -> Vec<Candidate> {
        for token in tokens {
            // The plural's apostrophe is the singular's "'s".
            let norm = if token.is("'") { "'s" } else { &*token.norm };
            if let Some(&number) =
                self.numbers.get(norm).filter(|number| !present.is_there[**number as usize])
            {
                present.is_there[number as usize] = true;
                present.words.push(number);
            }
        }
        // A bare number may be an age.
        let has = |kind: ValueKind| {
            values.iter().any(|found| {
                kind.holds(&found.value) || kind == ValueKind::Age && ValueKind::Count.holds(&found.value)
            })
        };
        let by_value = self.by_value.iter().filter(|(kind, _)| has(*kind)).map(|(_, entry)| entry);
        let called = present.words.iter().flat_map(|&word| &self.by_word[word as usize]).chain(by_value);
        let is_met = |group: &Vec<u32>| group.iter().any(|&word| present.is_there[word as usize]);
        let mut found: Vec<Candidate> = called
            .map(|&entry| &self.entries[entry as usize])
            .filter(|entry| entry.needed.iter().all(is_met))
            .map(|entry| entry.candidate)
            .collect();
        for word in present.words.drain(..) {
            present.is_there[word as usize] = false;
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The words of which one stands wherever the step matches.
fn needed(element: &Element) -> Option<Vec<&str>> {
    match element {
        Element::Word(forms) => Some(forms.words().iter().map(String::as_str).collect()),
        Element::Slot(slot) if !slot.words.is_empty() => {
            Some(slot.words.keys().map(String::as_str).collect())
        }
        Element::Either(runs) => runs
            .iter()
            .map(|run| run.iter().filter_map(needed).min_by_key(Vec::len))
            .collect::<Option<Vec<_>>>()
            .map(|all| all.concat()),
        _ => None,
    }
}
