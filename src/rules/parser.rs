//! Reads patterns as they are written; what is wrong with one is told with its place.

use super::inflect::Inflector;
use super::pattern::{Element, Forms, Pattern, SLOT_KINDS, Slot, SlotKind};
use crate::value::{Token, TokenKind, tokens};
use std::collections::BTreeMap;

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

/// What patterns of a file are read with.
pub(super) struct Grammar<'a> {
    /// Makes the forms of words; without it every word is exact.
    pub(super) inflector: Option<&'a Inflector>,
    /// What `@name` stands for.
    pub(super) defined: &'a BTreeMap<String, String>,
}

/// The most steps of a pattern once everything that is defined stands in it.
const MOST_ELEMENTS: usize = 5_000;

impl Pattern {
    /// Reads a pattern, as one or, where a verb is marked, as the active and the passive one; new slot names are
    /// added to `slots`.
    pub(super) fn parse(
        text: &str,
        slots: &mut Vec<String>,
        grammar: &Grammar<'_>,
    ) -> Result<Vec<Self>, PatternError> {
        let mut parser = Parser { text, at: 0, depth: 0, n_elements: 0, within: Vec::new(), slots, grammar };
        let elements = parser.run(false)?;
        parser.expect_end()?;
        if !elements.iter().any(Element::is_anchor) && !elements.iter().any(Element::is_value) {
            let help = "without one it would match nearly everything";
            return Err(parser.error(
                0,
                "a pattern needs a word or a value that is not optional",
                Some(help.to_owned()),
            ));
        }
        let runs = voices(elements).ok_or_else(|| {
            let at = text.find('^').unwrap_or(0);
            parser.error(
                at,
                "a marked verb stands between two slots",
                Some("write {a:person} ^found {b:organisation}".to_owned()),
            )
        })?;
        Ok(runs.into_iter().map(|elements| Self { text: text.to_owned(), elements }).collect())
    }
}

/// The active and the passive runs of one with a marked verb; `None` where the verb does not stand between slots.
fn voices(elements: Vec<Element>) -> Option<Vec<Vec<Element>>> {
    let Some(at) = elements.iter().position(|element| matches!(element, Element::Verb(..))) else {
        return Some(vec![elements]);
    };
    let Element::Verb(forms, participles) = elements[at].clone() else { return None };
    let subject_at = elements[..at].iter().rposition(|element| matches!(element, Element::Slot(_)))?;
    let object_at =
        at + 1 + elements[at + 1..].iter().position(|element| matches!(element, Element::Slot(_)))?;
    let is_thin =
        |run: &[Element]| run.iter().all(|element| matches!(element, Element::Gap(_) | Element::Optional(_)));
    if !is_thin(&elements[subject_at + 1..at]) || !is_thin(&elements[at + 1..object_at]) {
        return None;
    }
    let word = |word: &str| Element::Word(Forms::new(vec![word.to_owned()]));
    let be = ["are", "be", "been", "being", "is", "was", "were"].map(str::to_owned).to_vec();
    let active = [&elements[..at], &[Element::Word(Forms::new(forms))], &elements[at + 1..]].concat();
    let (before, rest) = (&elements[..subject_at], &elements[object_at + 1..]);
    let (subject, object) = (elements[subject_at].clone(), elements[object_at].clone());
    let by = [Element::Gap(2), word("by"), Element::Optional(vec![word("the")]), subject];
    let was = [
        object,
        Element::Optional(vec![Element::Word(Forms::new(be))]),
        Element::Gap(1),
        Element::Word(Forms::new(participles)),
    ];
    let mut runs = vec![active, [before, &was, &by, rest].concat()];
    if !rest.is_empty() {
        runs.push([before, &was, rest, &by].concat());
    }
    Some(runs)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    /// Steps read so far, those of definitions as well.
    n_elements: usize,
    /// The definitions that are being read.
    within: Vec<String>,
    slots: &'a mut Vec<String>,
    grammar: &'a Grammar<'a>,
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
                    self.n_elements += 1;
                    if self.n_elements > MOST_ELEMENTS {
                        return Err(self.error(
                            self.at,
                            format!("a pattern has at most {MOST_ELEMENTS} words"),
                            Some("write several patterns".to_owned()),
                        ));
                    }
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
        if self.eat('@') {
            return self.defined(start);
        }
        if self.eat('"') {
            return self.quote(start);
        }
        let is_marked = self.eat('^');
        let is_exact = self.eat('=');
        let word = self.until(|c| c.is_whitespace() || "(){}|?~=,@^\"".contains(c)).to_owned();
        if word.is_empty() {
            return Err(self.error(self.at, "a word is missing here", None));
        }
        if is_marked {
            return self.verb(&word, start);
        }
        Ok(self.word(&word, is_exact))
    }

    /// `"exactly these words"`
    fn quote(&mut self, start: usize) -> Result<Element, PatternError> {
        let words = self.until(|c| c == '"').to_owned();
        if !self.eat('"') {
            return Err(self.error(
                start,
                "this quotation has no end",
                Some("close it with `\"`".to_owned()),
            ));
        }
        if words.trim().is_empty() {
            return Err(self.error(start, "a quotation is empty", None));
        }
        Ok(self.word(words.trim(), true))
    }

    /// `^found`, a verb that may be active or passive.
    fn verb(&self, word: &str, start: usize) -> Result<Element, PatternError> {
        let inflector = self.grammar.inflector.filter(|_| self.depth == 0).ok_or_else(|| {
            self.error(start, "a marked verb stands outside groups, in the pattern of a rule", None)
        })?;
        let forms = inflector.forms(word).into_iter().collect();
        Ok(Element::Verb(forms, inflector.participles(word).into_iter().collect()))
    }

    /// `@dead`, which stands for what the file defines.
    fn defined(&mut self, start: usize) -> Result<Element, PatternError> {
        let name = self.until(|c| !(c.is_alphanumeric() || c == '-' || c == '_')).to_owned();
        let Some(text) = self.grammar.defined.get(&name) else {
            let near = crate::corpus::nearest(&name, self.grammar.defined.keys().map(String::as_str));
            let help = near.map_or_else(
                || "define it under [define]".to_owned(),
                |near| format!("did you mean `@{near}`?"),
            );
            return Err(self.error(start, format!("`@{name}` is not defined"), Some(help)));
        };
        if self.within.contains(&name) {
            return Err(self.error(start, format!("`@{name}` is defined by itself"), None));
        }
        let mut within = self.within.clone();
        within.push(name.clone());
        let mut inner = Parser {
            text,
            at: 0,
            depth: self.depth,
            n_elements: self.n_elements,
            within,
            slots: self.slots,
            grammar: self.grammar,
        };
        let run = inner.run(false).and_then(|run| inner.expect_end().map(|()| run));
        let n_elements = inner.n_elements;
        self.n_elements = n_elements;
        match run {
            Ok(run) if run.is_empty() => Err(self.error(start, format!("`@{name}` is empty"), None)),
            Ok(mut run) if run.len() == 1 => Ok(run.remove(0)),
            Ok(run) => Ok(Element::Either(vec![run])),
            Err(error) => Err(PatternError {
                offset: start,
                message: format!("in `@{name}`: {}", error.message),
                ..error
            }),
        }
    }

    /// A word is taken apart as it is in an article: one with a hyphen is a run of words, `U.S.` is `us`.
    fn word(&self, word: &str, is_exact: bool) -> Element {
        if word.starts_with(['\'', '’']) {
            return Element::Word(Forms::new(vec![word.replace('’', "'").to_lowercase()]));
        }
        let form = |token: Token<'_>| {
            let inflector = self.grammar.inflector.filter(|_| !is_exact && token.kind == TokenKind::Word);
            let exact = || vec![token.norm.to_string()];
            Element::Word(Forms::new(
                inflector.map_or_else(exact, |inflector| inflector.forms(&token.norm).into_iter().collect()),
            ))
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
        let leaps = self.eat('~');
        let width =
            self.until(|c| !c.is_ascii_digit()).parse().ok().filter(|width| (1..=WIDEST_GAP).contains(width));
        width.map(if leaps { Element::Leap } else { Element::Gap }).ok_or_else(|| {
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
        let listed = kinds.trim().strip_prefix('(').and_then(|list| list.strip_suffix(')'));
        let words = listed.map_or(Ok(BTreeMap::new()), |list| self.listed(list, kinds_at))?;
        let kinds = match listed {
            Some(_) => Vec::new(),
            None => {
                kinds.split('|').map(|kind| self.kind(kind.trim(), kinds_at)).collect::<Result<_, _>>()?
            }
        };
        let name = name.trim();
        let known = self.slots.iter().position(|slot| slot == name);
        let index = known.unwrap_or_else(|| {
            self.slots.push(name.to_owned());
            self.slots.len() - 1
        });
        Ok(Element::Slot(Slot { index, kinds, words }))
    }

    /// The words of a list with their forms.
    fn listed(&self, list: &str, offset: usize) -> Result<BTreeMap<String, String>, PatternError> {
        let mut words = BTreeMap::new();
        for word in list.split('|').map(str::trim) {
            if word.is_empty() || word.contains(char::is_whitespace) {
                let help = "write {what:(dam|levee)}".to_owned();
                return Err(self.error(offset, "a list in a slot holds single words", Some(help)));
            }
            let base = word.trim_start_matches('=').to_lowercase();
            let inflector = self.grammar.inflector.filter(|_| !word.starts_with('='));
            let forms = inflector.map_or_else(|| [base.clone()].into(), |inflector| inflector.forms(&base));
            words.extend(forms.into_iter().map(|form| (form, base.clone())));
        }
        Ok(words)
    }

    fn kind(&self, name: &str, offset: usize) -> Result<SlotKind, PatternError> {
        let known = || SLOT_KINDS.iter().map(|(known, _)| *known);
        SLOT_KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind).ok_or_else(|| {
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
    use super::{Element, Grammar, Inflector, Pattern};

    fn parse(text: &str) -> Result<Pattern, String> {
        let mut slots = Vec::new();
        let defined = [("hurt", "(hurt|injure)"), ("round", "a @round")];
        let defined = defined.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        let inflector = Inflector::new();
        let grammar = Grammar { inflector: Some(&inflector), defined: &defined };
        Pattern::parse(text, &mut slots, &grammar)
            .map(|mut patterns| patterns.remove(0))
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
                Element::Leap(_) => "leap",
                Element::Slot(_) => "slot",
                Element::Optional(_) => "optional",
                Element::Either(_) => "either",
                Element::Verb(..) => "verb",
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
            ("{a:person}?", "0: a pattern needs a word or a value that is not optional"),
            ("meet ?", "5: a word is missing here"),
            ("meet \"at sea", "5: this quotation has no end"),
            ("meet @huts", "5: `@huts` is not defined"),
            ("meet @round", "5: in `@round`: `@round` is defined by itself"),
            ("^meet {b:person}", "0: a marked verb stands between two slots"),
            (&"(".repeat(100_000), "8: more than 8 groups in each other"),
            (&"a ".repeat(100), "128: more than 64 words behind each other"),
        ] {
            assert_eq!(parse(text).map(|pattern| pattern.text), Err(error.to_owned()), "{text}");
        }
    }
}
