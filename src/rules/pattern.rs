//! The pattern language: sentences with slots.
//!
//! | written | matches |
//! |---|---|
//! | `meet` | the word in all its forms: meets, met, meeting |
//! | `=founded` | exactly this word |
//! | `(summit\|first meeting)` | one of several runs of words |
//! | `word?`, `(…)?` | it, or nothing |
//! | `~3` | up to three words inside the clause |
//! | `{when:date}` | a value or a name of this type; `a\|b` for either |
//!
//! Case, hyphens and commas between words do not matter.

use super::entity::EntityKind;
use super::inflect::Inflector;
use crate::value::{Token, TokenKind, tokens};

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
    /// One word in any of these forms; sorted, lower case.
    Word(Vec<String>),
    /// Up to so many words.
    Gap(usize),
    /// A value or a name.
    Slot(Slot),
    /// These steps or none.
    Optional(Vec<Element>),
    /// One of these runs of steps.
    Either(Vec<Vec<Element>>),
}

/// A place for a value or a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its number in the rule.
    pub index: usize,
    /// What may stand in it.
    pub kinds: Vec<SlotKind>,
}

/// What may stand in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A name that stands for one entity of this kind.
    Entity(EntityKind),
    /// Words that stand for two: "Anna and Ben", "the two leaders".
    Pair(EntityKind),
    /// A day, a month, a year, or a run of them.
    Date,
    /// A number of things.
    Count,
}

impl SlotKind {
    /// The kind of entity that stands in it, where one does.
    pub fn entity(self) -> Option<EntityKind> {
        match self {
            Self::Entity(kind) | Self::Pair(kind) => Some(kind),
            Self::Date | Self::Count => None,
        }
    }
}

const KINDS: [(&str, SlotKind); 10] = [
    ("person", SlotKind::Entity(EntityKind::Person)),
    ("country", SlotKind::Entity(EntityKind::Country)),
    ("organisation", SlotKind::Entity(EntityKind::Organisation)),
    ("place", SlotKind::Entity(EntityKind::Place)),
    ("event", SlotKind::Entity(EntityKind::Event)),
    ("persons", SlotKind::Pair(EntityKind::Person)),
    ("countries", SlotKind::Pair(EntityKind::Country)),
    ("date", SlotKind::Date),
    ("period", SlotKind::Date),
    ("count", SlotKind::Count),
];

/// The longest gap, in words.
const WIDEST_GAP: usize = 20;

/// How deep groups may stand in each other.
const DEEPEST_GROUP: usize = 8;
/// The most steps behind each other in a pattern or an alternative.
const LONGEST_RUN: usize = 64;

/// What is wrong with a pattern, and at which byte of it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PatternError {
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Pattern {
    /// Reads a pattern; new slot names are added to `slots`. Without an inflector every word is exact.
    pub(super) fn parse(
        text: &str,
        slots: &mut Vec<String>,
        inflector: Option<&Inflector>,
    ) -> Result<Self, PatternError> {
        let mut parser = Parser { text, at: 0, depth: 0, slots, inflector };
        let elements = parser.run(false)?;
        parser.expect_end()?;
        if !elements.iter().any(Element::is_anchor) {
            return Err(parser.error(0, "a pattern needs a word that is not optional", None));
        }
        Ok(Self { text: text.to_owned(), elements })
    }
}

impl Pattern {
    /// How many slots it needs: one more than the highest number.
    pub fn slot_count(&self) -> usize {
        self.elements.iter().map(Element::slot_count).max().unwrap_or(0)
    }
}

impl Element {
    fn slot_count(&self) -> usize {
        match self {
            Self::Slot(slot) => slot.index + 1,
            Self::Optional(inner) => inner.iter().map(Self::slot_count).max().unwrap_or(0),
            Self::Either(runs) => runs.iter().flatten().map(Self::slot_count).max().unwrap_or(0),
            Self::Word(_) | Self::Gap(_) => 0,
        }
    }

    /// Whether words stand here in every match.
    fn is_anchor(&self) -> bool {
        match self {
            Self::Word(_) => true,
            Self::Either(runs) => runs.iter().all(|run| run.iter().any(Self::is_anchor)),
            _ => false,
        }
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    slots: &'a mut Vec<String>,
    inflector: Option<&'a Inflector>,
}

impl Parser<'_> {
    fn error(&self, offset: usize, message: impl Into<String>, help: Option<String>) -> PatternError {
        PatternError { offset, message: message.into(), help }
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, expected: char) -> bool {
        let is_next = self.peek() == Some(expected);
        if is_next {
            self.at += expected.len_utf8();
        }
        is_next
    }

    /// The characters up to one for which `stops` holds.
    fn until(&mut self, stops: impl Fn(char) -> bool) -> &str {
        let start = self.at;
        self.at = self.text[start..].find(stops).map_or(self.text.len(), |length| start + length);
        &self.text[start..self.at]
    }

    fn expect_end(&self) -> Result<(), PatternError> {
        match self.peek() {
            None => Ok(()),
            Some(c) => Err(self.error(self.at, format!("`{c}` has no beginning"), None)),
        }
    }

    /// Steps up to the end, or up to `|` or `)` inside a group.
    fn run(&mut self, is_group: bool) -> Result<Vec<Element>, PatternError> {
        let mut elements = Vec::new();
        loop {
            self.until(|c| !c.is_whitespace() && c != ',');
            match self.peek() {
                None | Some(')') => return Ok(elements),
                Some('|') if is_group => return Ok(elements),
                Some('|') => {
                    return Err(self.error(
                        self.at,
                        "`|` stands outside a group",
                        Some("write (this|that)".to_owned()),
                    ));
                }
                Some(_) if elements.len() == LONGEST_RUN => {
                    return Err(self.error(
                        self.at,
                        format!("more than {LONGEST_RUN} words behind each other"),
                        None,
                    ));
                }
                Some(_) => {
                    let element = self.element()?;
                    let is_optional = self.eat('?');
                    elements.push(if is_optional { Element::Optional(vec![element]) } else { element });
                }
            }
        }
    }

    fn element(&mut self) -> Result<Element, PatternError> {
        let start = self.at;
        if self.eat('(') {
            if self.depth == DEEPEST_GROUP {
                return Err(self.error(
                    start,
                    format!("more than {DEEPEST_GROUP} groups in each other"),
                    None,
                ));
            }
            self.depth += 1;
            let group = self.group(start);
            self.depth -= 1;
            return group;
        }
        if self.eat('{') {
            return self.slot(start);
        }
        if self.eat('~') {
            return self.gap(start);
        }
        let is_exact = self.eat('=');
        let word = self.until(|c| c.is_whitespace() || "(){}|?~=,".contains(c)).to_owned();
        if word.is_empty() {
            return Err(self.error(self.at, "a word is missing here", None));
        }
        Ok(self.word(&word, is_exact))
    }

    /// A word is taken apart as it is in an article: one with a hyphen is a run of words, `U.S.` is `us`.
    fn word(&self, word: &str, is_exact: bool) -> Element {
        if word.starts_with(['\'', '’']) {
            return Element::Word(vec![word.replace('’', "'").to_lowercase()]);
        }
        let form = |token: Token<'_>| {
            let inflector = self.inflector.filter(|_| !is_exact && token.kind == TokenKind::Word);
            let exact = || vec![token.norm.to_string()];
            Element::Word(
                inflector.map_or_else(exact, |inflector| inflector.forms(&token.norm).into_iter().collect()),
            )
        };
        let mut parts: Vec<Element> = tokens(word, 0).into_iter().map(form).collect();
        if parts.len() == 1 { parts.remove(0) } else { Element::Either(vec![parts]) }
    }

    fn group(&mut self, start: usize) -> Result<Element, PatternError> {
        let mut runs = Vec::new();
        loop {
            let before = self.at;
            let run = self.run(true)?;
            if run.is_empty() {
                return Err(self.error(
                    before,
                    "an alternative is empty",
                    Some("write (…)? for what may be missing".to_owned()),
                ));
            }
            runs.push(run);
            if self.eat(')') {
                return Ok(Element::Either(runs));
            }
            if !self.eat('|') {
                return Err(self.error(start, "this group has no end", Some("close it with `)`".to_owned())));
            }
        }
    }

    fn gap(&mut self, start: usize) -> Result<Element, PatternError> {
        let width =
            self.until(|c| !c.is_ascii_digit()).parse().ok().filter(|width| (1..=WIDEST_GAP).contains(width));
        width.map(Element::Gap).ok_or_else(|| {
            self.error(
                start,
                format!("a gap is from 1 to {WIDEST_GAP} words wide"),
                Some("write ~3 for up to three words".to_owned()),
            )
        })
    }

    fn slot(&mut self, start: usize) -> Result<Element, PatternError> {
        let body_at = self.at;
        let body = self.until(|c| c == '}').to_owned();
        if !self.eat('}') {
            return Err(self.error(start, "this slot has no end", Some("close it with `}`".to_owned())));
        }
        let Some((name, kinds)) = body.split_once(':').filter(|(name, _)| !name.trim().is_empty()) else {
            return Err(self.error(
                start,
                "a slot has a name and a type",
                Some("write {when:date}".to_owned()),
            ));
        };
        let kinds_at = body_at + name.len() + 1;
        let kinds =
            kinds.split('|').map(|kind| self.kind(kind.trim(), kinds_at)).collect::<Result<_, _>>()?;
        let name = name.trim();
        let known = self.slots.iter().position(|slot| slot == name);
        let index = known.unwrap_or_else(|| {
            self.slots.push(name.to_owned());
            self.slots.len() - 1
        });
        Ok(Element::Slot(Slot { index, kinds }))
    }

    fn kind(&self, name: &str, offset: usize) -> Result<SlotKind, PatternError> {
        let known = || KINDS.iter().map(|(known, _)| *known);
        KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind).ok_or_else(|| {
            let help = match crate::corpus::nearest(name, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the types are {}", known().collect::<Vec<_>>().join(", ")),
            };
            self.error(offset, format!("unknown type `{name}`"), Some(help))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Element, Inflector, Pattern};

    fn parse(text: &str) -> Result<Pattern, String> {
        let mut slots = Vec::new();
        Pattern::parse(text, &mut slots, Some(&Inflector::new()))
            .map_err(|error| format!("{}: {}", error.offset, error.message))
    }

    #[test]
    fn every_kind_of_step() {
        let pattern =
            parse("{when:date} ~3 {a:person|organisation} (=met|hold talks)? with, 's").expect("a pattern");
        let kinds: Vec<&str> = pattern
            .elements
            .iter()
            .map(|element| match element {
                Element::Word(_) => "word",
                Element::Gap(_) => "gap",
                Element::Slot(_) => "slot",
                Element::Optional(_) => "optional",
                Element::Either(_) => "either",
            })
            .collect();
        assert_eq!(kinds, ["slot", "gap", "slot", "optional", "word", "word"]);
    }

    #[test]
    fn errors_point_at_the_character() {
        for (text, error) in [
            ("meet (in|at", "5: this group has no end"),
            ("meet {when}", "5: a slot has a name and a type"),
            ("meet {when:dat}", "11: unknown type `dat`"),
            ("meet {when:date", "5: this slot has no end"),
            ("meet ~ x", "5: a gap is from 1 to 20 words wide"),
            ("meet ~99 x", "5: a gap is from 1 to 20 words wide"),
            ("a | b", "2: `|` stands outside a group"),
            ("meet )", "5: `)` has no beginning"),
            ("meet (a||b)", "8: an alternative is empty"),
            ("{a:person}?", "0: a pattern needs a word that is not optional"),
            ("meet ?", "5: a word is missing here"),
            (&"(".repeat(100_000), "8: more than 8 groups in each other"),
            (&"a ".repeat(100), "128: more than 64 words behind each other"),
        ] {
            assert_eq!(parse(text).map(|pattern| pattern.text), Err(error.to_owned()), "{text}");
        }
    }
}
