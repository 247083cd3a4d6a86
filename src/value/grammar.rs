//! The patterns of dates: runs of words, classes and values, and what is made of them.
//!
//! | written | matches |
//! |---|---|
//! | `the`, `to\|until`, `-` | the word or mark, or one of them |
//! | `{month}`, `{month:first}` | a word of the class; its value is kept under its name, or under another |
//! | `{Weekday}` | the same, where soft words need a capital letter |
//! | `word?`, `(a b)?`, `(a\|b c)` | it or nothing; one of several runs |
//! | `word:slot` | the word; that it stands there is kept |
//!
//! All patterns of a level are one trie, so a place is read once for all of them.

use super::lexicon::{Class, Language, Word};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a step of a pattern asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Atom {
    /// This word.
    Word(Word),
    /// A word of a class; `is_capital` where soft words need a capital letter.
    Class { class: Class, is_capital: bool },
    /// What the reader reads itself.
    Value(Builtin),
}

/// Values that are read by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Builtin {
    /// `2019-04-25`, `25/04/2019`.
    Date,
    /// A day of the month: `25`, `25th`, "twenty-fifth".
    Dom,
    /// A rank.
    Nth,
    /// A year of four digits or in words, where something else shows that it is one.
    Year,
    /// A year that stands alone.
    FreeYear,
    /// `1990` before "s".
    TensYear,
    /// Two digits at the end of a date: `3 Feb 82`.
    Yy,
    /// Two digits.
    Yy2,
    /// A whole number.
    N,
    /// A whole number in digits.
    Number,
    /// A length of time.
    Length,
    /// Nothing, behind a word of class `on`.
    AfterOn,
    /// Nothing, before what is no noun.
    NoNoun,
    /// A date or period without bounds.
    Point,
    /// A range, or a date or period.
    Period,
}

const BUILTINS: [(&str, Builtin); 15] = [
    ("date", Builtin::Date),
    ("dom", Builtin::Dom),
    ("nth", Builtin::Nth),
    ("year", Builtin::Year),
    ("free_year", Builtin::FreeYear),
    ("tens_year", Builtin::TensYear),
    ("yy", Builtin::Yy),
    ("yy2", Builtin::Yy2),
    ("n", Builtin::N),
    ("number", Builtin::Number),
    ("length", Builtin::Length),
    ("after_on", Builtin::AfterOn),
    ("no_noun", Builtin::NoNoun),
    ("point", Builtin::Point),
    ("period", Builtin::Period),
];

/// Rules as they are written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    make: String,
    patterns: Vec<String>,
    #[serde(default)]
    with: BTreeMap<String, toml::Value>,
}

/// What is made where a pattern matches.
#[derive(Debug)]
pub(super) struct Rule {
    /// The name of the maker.
    pub(super) make: super::makers::Maker,
    /// What the rule adds to the captures.
    pub(super) with: Vec<(Slot, i64)>,
}

/// A name under which a pattern keeps what it read.
pub(super) type Slot = &'static str;

/// Where a pattern ends or goes on.
#[derive(Debug, Default)]
pub(super) struct Node {
    pub(super) edges: Vec<Edge>,
    /// The first rule whose pattern ends here.
    pub(super) rule: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Edge {
    pub(super) atom: Atom,
    pub(super) slot: Option<Slot>,
    pub(super) to: usize,
}

/// The patterns of one level.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) nodes: Vec<Node>,
    pub(super) rules: Vec<Rule>,
    /// The root's edges by their word.
    pub(super) by_word: FxHashMap<Word, Vec<usize>>,
    /// The root's edges by their class.
    pub(super) by_class: FxHashMap<Class, Vec<usize>>,
    /// The root's other edges.
    pub(super) by_value: Vec<usize>,
}

/// All levels: points, ranges of points, bounds of ranges, and what is no date.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    pub(super) levels: [Level; 4],
}

/// The names of slots; a pattern may use no other.
const SLOTS: &[Slot] = &[
    "no_noun",
    "date",
    "dom",
    "dom2",
    "nth",
    "year",
    "until",
    "short",
    "tens",
    "n",
    "length",
    "point",
    "last",
    "period",
    "other",
    "anchor",
    "within",
    "unit",
    "month",
    "from_month",
    "to_month",
    "weekday",
    "weekdays",
    "season",
    "dir",
    "daypart",
    "part",
    "bound",
    "few",
    "holiday",
    "today",
    "vague",
    "again",
    "often",
    "last_now",
    "sign",
    "deictic",
    "soft",
    "shift",
    "skip",
    "forward",
    "back",
    "year_shift",
    "yy2",
    "coming",
    "any",
    "first_now",
    "after_on",
];

impl Grammar {
    /// Adds the patterns of a rule to a level.
    pub(super) fn add(&mut self, level: usize, file: &RuleFile, language: &mut Language) {
        let level = &mut self.levels[level];
        if level.nodes.is_empty() {
            level.nodes.push(Node::default());
        }
        let value = |value: &toml::Value| match value {
            toml::Value::Integer(number) => *number,
            other => super::lexicon::named(other.as_str().unwrap_or("")),
        };
        let with = file.with.iter().map(|(name, given)| (slot(name), value(given))).collect();
        let make = super::makers::any_maker(&file.make).expect("a test reads every rule");
        level.rules.push(Rule { make, with });
        let rule = level.rules.len() - 1;
        for pattern in &file.patterns {
            for steps in expanded(pattern) {
                level.insert(&steps, rule, language);
            }
        }
    }
}

impl Level {
    fn insert(&mut self, steps: &[&str], rule: usize, language: &mut Language) {
        let mut at = 0;
        for step in steps {
            let (atom, slot) = atom(step, language);
            let known = self.nodes[at].edges.iter().find(|edge| edge.atom == atom && edge.slot == slot);
            at = match known {
                Some(edge) => edge.to,
                None => self.add_edge(at, atom, slot),
            };
        }
        self.nodes[at].rule.get_or_insert(rule);
    }

    fn add_edge(&mut self, at: usize, atom: Atom, slot: Option<Slot>) -> usize {
        let to = self.nodes.len();
        self.nodes.push(Node::default());
        let index = self.nodes[at].edges.len();
        if at == 0 {
            match atom {
                Atom::Word(word) => self.by_word.entry(word).or_default().push(index),
                Atom::Class { class, .. } => self.by_class.entry(class).or_default().push(index),
                Atom::Value(_) => self.by_value.push(index),
            }
        }
        self.nodes[at].edges.push(Edge { atom, slot, to });
        to
    }
}

fn slot(name: &str) -> Slot {
    SLOTS.iter().find(|known| **known == name).unwrap_or_else(|| panic!("no slot is named {name}"))
}

fn atom(step: &str, language: &mut Language) -> (Atom, Option<Slot>) {
    let Some(body) = step.strip_prefix('{').and_then(|step| step.strip_suffix('}')) else {
        let (word, name) = step.split_once(':').map_or((step, None), |(word, name)| (word, Some(name)));
        return (Atom::Word(language.intern(word)), name.map(slot));
    };
    let (class, name) = body.split_once(':').unwrap_or((body, body));
    let is_capital = class.starts_with(char::is_uppercase);
    let (class, name) = (class.to_lowercase(), name.to_lowercase());
    let builtin = BUILTINS.iter().find(|(known, _)| *known == class);
    let name = match (&*name, builtin) {
        ("free_year" | "tens_year" | "yy", _) => "year",
        ("number", _) => "n",
        (name, _) => name,
    };
    let atom = match builtin {
        Some((_, builtin)) => Atom::Value(*builtin),
        None => Atom::Class { class: language.intern_class(&class), is_capital },
    };
    (atom, Some(slot(name)))
}

/// The runs of steps that a pattern stands for: options and alternatives written out.
fn expanded(pattern: &str) -> Vec<Vec<&str>> {
    let mut rest = pattern;
    alternatives(&mut rest)
}

fn alternatives<'p>(rest: &mut &'p str) -> Vec<Vec<&'p str>> {
    let mut all = Vec::new();
    loop {
        all.extend(sequence(rest));
        match rest.strip_prefix('|') {
            Some(more) => *rest = more,
            None => return all,
        }
    }
}

fn sequence<'p>(rest: &mut &'p str) -> Vec<Vec<&'p str>> {
    let mut runs: Vec<Vec<&'p str>> = vec![Vec::new()];
    loop {
        *rest = rest.trim_start();
        if rest.is_empty() || rest.starts_with(['|', ')']) {
            return runs;
        }
        let mut step = if let Some(inside) = rest.strip_prefix('(') {
            *rest = inside;
            let group = alternatives(rest);
            *rest = rest.strip_prefix(')').unwrap_or(rest);
            group
        } else {
            let length = rest.find([' ', '|', ')', '(']).unwrap_or(rest.len());
            let word = &rest[..length];
            let (word, length) = word.find('?').map_or((word, length), |mark| (&word[..mark], mark));
            *rest = &rest[length..];
            vec![vec![word]]
        };
        if let Some(more) = rest.strip_prefix('?') {
            *rest = more;
            step.push(Vec::new());
        }
        runs = runs.iter().flat_map(|run| step.iter().map(|more| [run.as_slice(), more].concat())).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::expanded;

    #[test]
    fn options_and_alternatives_are_written_out() {
        assert_eq!(expanded("the? {n}"), [vec!["the", "{n}"], vec!["{n}"]]);
        assert_eq!(
            expanded("from (a|b c)? -"),
            [vec!["from", "a", "-"], vec!["from", "b", "c", "-"], vec!["from", "-"]]
        );
    }
}
