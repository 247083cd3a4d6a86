//! Matches the patterns of dates at a place of a text, and what stands in them.

use super::date::{DateSet, Grain};
use super::grammar::{Atom, Builtin, Edge, Level, Slot};
use super::makers::{Capture, Captures, Meaning, Scene, Tense};
use super::numeral::{cardinal, ordinal, whole};
use super::places::Places;
use super::reader::Reader;
use super::text::Text;
use super::token::TokenKind;
use super::{Value, amounts, lengths, lexicon};
use crate::corpus::Dateline;
use rust_decimal::Decimal;
use std::cell::RefCell;

/// How deep points may stand in points: "two weeks before the end of last year".
const DEEPEST: usize = 3;

/// The most ways a pattern is matched at one place.
const MOST_MATCHES: usize = 32;

// The levels of the grammar.
const POINTS: usize = 0;
const RANGES: usize = 1;
const BOUNDS: usize = 2;
const OTHERS: usize = 3;

/// A pattern's match: its tokens, its rule, and what it kept.
type Match = (usize, usize, Vec<(Slot, Capture)>);

/// What was asked for: the level of the grammar, the place, and the depth.
type Asked = (usize, usize, usize);

/// What a pattern's match means, and its tokens.
type Meant = Option<(usize, Meaning)>;

/// A date that was read, and its tokens.
pub(super) type Read = Option<(usize, DateSet)>;

/// Matches patterns at places of a text.
pub(super) struct Matcher<'m, 't, 'a> {
    pub(super) text: &'m Text<'a>,
    pub(super) places: &'m Places<'t, 'a>,
    pub(super) reader: &'m Reader,
    pub(super) anchor: Option<&'m DateSet>,
    /// What was read at a place, by depth: patterns ask for the same many times.
    pub(super) known: RefCell<Vec<(Asked, Meant)>>,
}

impl Matcher<'_, '_, '_> {
    /// The best value that starts at a place.
    pub(super) fn best(&self, at: usize) -> Option<(std::ops::Range<usize>, Value)> {
        let amount = amounts::amount(self.text, at);
        let time = lengths::length(self.text, at);
        let date = self.bounded(at).filter(|(len, date)| self.may_be_date(at, *len, date));
        let other = self.other(at);
        let mut best: Option<(std::ops::Range<usize>, Value)> = None;
        // In the order of preference between values of the same tokens.
        let candidates = [
            date.map(|(len, date)| (at..at + len, Value::Date(date))),
            other,
            time,
            amount,
            lengths::rank(self.text, at),
        ];
        for candidate in candidates.into_iter().flatten() {
            if best.as_ref().is_none_or(|(tokens, _)| candidate.0.end > tokens.end) {
                best = Some(candidate);
            }
        }
        best
    }

    /// A date that can be something else is one only where the words around show it.
    fn may_be_date(&self, at: usize, len: usize, date: &DateSet) -> bool {
        // "May" at the start of a sentence asks.
        let is_may = len == 1 && self.text.is_word(at, "may") && at == self.places.sentence.start;
        if is_may && date.grain == Grain::Month && self.text.tokens.len() > 1 {
            return false;
        }
        // "They march 20 miles", "He may 5 times": a verb without a capital, and a number that counts.
        let language = self.text.language;
        let is_verb = !self.text.tokens[at].is_capitalized()
            && language.is_soft(self.text.words[at])
            && self.text.is(language.ids.month, at);
        if is_verb && date.grain == Grain::Day && self.text.is_kind(at + len, TokenKind::Word) {
            return false;
        }
        // "Theresa May", "Mrs May": a name before a month that is one too; "April Jones".
        let is_name = |at: usize| {
            let token = self
                .text
                .tokens
                .get(at)
                .filter(|token| token.kind == TokenKind::Word && token.is_capitalized());
            token.is_some_and(|token| self.text.words[at] == 0 && !token.text.chars().all(char::is_uppercase))
        };
        let is_month = len == 1 && date.grain == Grain::Month && self.text.is(language.ids.month, at);
        let is_behind_name = at > self.places.sentence.start && is_name(at - 1);
        let is_first_name =
            is_name(at + 1) && (at == self.places.sentence.start || !self.text.is_no_noun(at - 1));
        if is_month && (is_behind_name || is_first_name) {
            return false;
        }
        // Halves and quarters of matches.
        let has_year = (at..at + len).any(|at| self.text.is_kind(at, TokenKind::Number));
        let is_part = matches!(date.grain, Grain::Quarter | Grain::Half) && !has_year;
        !(is_part && self.places.is_sport(at))
    }

    /// The end of words that are no value although parts of them could be one.
    pub(super) fn nothing(&self, at: usize) -> Option<usize> {
        match self.meaning(POINTS, at, 0)? {
            (len, Meaning::Nothing) => Some(at + len),
            _ => None,
        }
    }

    fn other(&self, at: usize) -> Option<(std::ops::Range<usize>, Value)> {
        let (len, meaning) = self.meaning(OTHERS, at, 0)?;
        // "In the past decade", "the past three months": what follows tells which past.
        let ids = &self.text.language.ids;
        let goes_on = [ids.unit, ids.few, ids.count].iter().any(|class| self.text.is(*class, at + len))
            || cardinal(self.text, at + len).is_some();
        let value = match meaning {
            Meaning::Vague(_) if goes_on => return None,
            Meaning::Recurring => Value::Recurring,
            Meaning::Vague(reference) => Value::Vague(reference),
            Meaning::Date(date) => Value::Date(date),
            Meaning::Nothing => return None,
        };
        Some((at..at + len, value))
    }

    /// A period with or without bounds.
    fn bounded(&self, at: usize) -> Read {
        let bounded = self.date_of(BOUNDS, at, 0);
        let period = self.period(at, 0);
        longer(bounded, period)
    }

    fn period(&self, at: usize, depth: usize) -> Read {
        longer(self.date_of(RANGES, at, depth), self.point(at, depth))
    }

    fn point(&self, at: usize, depth: usize) -> Read {
        self.date_of(POINTS, at, depth)
    }

    fn date_of(&self, level: usize, at: usize, depth: usize) -> Read {
        match self.meaning(level, at, depth)? {
            (len, Meaning::Date(date)) => Some((len, date)),
            _ => None,
        }
    }

    /// The longest match of a level's patterns that means something; looked for once.
    fn meaning(&self, level: usize, at: usize, depth: usize) -> Meant {
        let asked = (level, at, depth);
        if let Some((_, known)) = self.known.borrow().iter().find(|(place, _)| *place == asked) {
            return known.clone();
        }
        let found = self.matched(level, at, depth);
        self.known.borrow_mut().push((asked, found.clone()));
        found
    }

    fn matched(&self, level: usize, at: usize, depth: usize) -> Meant {
        let patterns = &self.text.language.grammar.levels[level];
        if patterns.nodes.is_empty() {
            return None;
        }
        let mut search = Search {
            matcher: self,
            level: patterns,
            start: at,
            depth,
            captures: Vec::new(),
            matches: Vec::new(),
        };
        search.run();
        let mut matches = search.matches;
        matches.sort_by_key(|(len, rule, _)| (std::cmp::Reverse(*len), *rule));
        matches.into_iter().find_map(|(len, rule, captures)| {
            let rule = &patterns.rules[rule];
            let meaning = (rule.make)(&self.scene(at, at + len), &Captures(&captures, &rule.with))?;
            Some((len, meaning))
        })
    }

    /// Whether "by" or "until" stands before a place: what is told before it may lie long before the limit.
    fn is_limit(&self, at: usize) -> bool {
        let bound =
            at.checked_sub(1).and_then(|before| self.text.class(self.text.language.ids.bound, before));
        bound.is_some_and(|(len, value)| len == 1 && lexicon::name(value) == "until")
    }

    fn scene(&self, at: usize, end: usize) -> Scene<'_> {
        let dateline = self.reader.reading.dateline;
        Scene {
            today: dateline.and_then(Dateline::day),
            year: dateline.map(|dateline| dateline.from.year()),
            tense: if self.is_limit(at) { Tense::Unclear } else { self.places.tense(at, end) },
            anchor: self.anchor,
            is_length: self.places.tells_length(at),
        }
    }

    fn atom(&self, atom: &Atom, start: usize, at: usize, depth: usize) -> Option<(usize, Capture)> {
        match atom {
            // A full stop belongs to a date where it ends an abbreviation or a figure, and not a sentence.
            Atom::Word(word) => {
                let is_here = self.text.words.get(at) == Some(word);
                let is_stop = || self.text.is_word(at, ".") && !self.text.is_abbreviated(at);
                (is_here && !is_stop()).then_some((1, Capture::Int(1)))
            }
            Atom::Class { class, is_capital } => {
                let (len, value) = self.text.class(*class, at)?;
                let is_soft = *is_capital && self.text.language.is_soft(self.text.words[at]);
                let is_shown = !is_soft || self.text.tokens[at].is_capitalized();
                is_shown.then_some((len, Capture::Int(value)))
            }
            Atom::Value(builtin) => self.builtin(*builtin, start, at, depth),
        }
    }

    fn builtin(&self, builtin: Builtin, start: usize, at: usize, depth: usize) -> Option<(usize, Capture)> {
        let token = self.text.tokens.get(at)?;
        let int = |len: usize, value: Decimal| Some((len, Capture::Int(i64::try_from(value).ok()?)));
        match builtin {
            Builtin::Date => self.given(at).map(|(len, date)| (len, Capture::Date(date))),
            Builtin::Dom => self.day_of_month(at),
            Builtin::Nth => {
                let rank = ordinal(self.text, at).filter(|rank| rank.value <= Decimal::ONE_HUNDRED)?;
                int(rank.len, rank.value)
            }
            Builtin::Year => self.year(at),
            Builtin::FreeYear => self.free_year(start, at),
            Builtin::TensYear => {
                let year = token.whole().filter(|year| token.text.len() == 4 && year % 10 == 0)?;
                (1_000..2_200).contains(&year).then_some((1, Capture::Int(year)))
            }
            Builtin::Yy => {
                let next = self.text.tokens.get(at + 1);
                let ends = next.is_none_or(|next| {
                    next.kind == TokenKind::Mark && !["%", "-", "/"].contains(&&*next.norm)
                });
                self.two_digits(at).filter(|_| ends)
            }
            Builtin::Yy2 => self.two_digits(at),
            Builtin::N => {
                if let Some(number) = whole(self.text, at) {
                    return int(number.len, number.value).filter(|_| number.value < Decimal::from(100_000));
                }
                let (len, value) = self.text.class(self.text.language.ids.count, at)?;
                Some((len, Capture::Int(value)))
            }
            Builtin::Number => {
                let value =
                    token.whole().filter(|_| token.kind == TokenKind::Number && token.text.len() < 5)?;
                Some((1, Capture::Int(value)))
            }
            Builtin::AfterOn => {
                let is_behind =
                    at.checked_sub(1).is_some_and(|before| self.text.is(self.text.language.ids.on, before));
                is_behind.then_some((0, Capture::Int(1)))
            }
            Builtin::NoNoun => self.text.is_no_noun(at).then_some((0, Capture::Int(1))),
            Builtin::Length => {
                let (len, length, grain) = lengths::plain_length(self.text, at)?;
                Some((len, Capture::Length(length, grain)))
            }
            Builtin::Point | Builtin::Period => {
                // A point that starts where the pattern does would be looked for without end.
                let deeper = if at == start { depth + 2 } else { depth + 1 };
                let read = (deeper < DEEPEST + 1).then(|| {
                    if builtin == Builtin::Point { self.point(at, deeper) } else { self.period(at, deeper) }
                })?;
                read.map(|(len, date)| (len, Capture::Date(date)))
            }
        }
    }
}

/// A walk along the patterns of a level, from one place.
struct Search<'s, 'm, 't, 'a> {
    matcher: &'s Matcher<'m, 't, 'a>,
    level: &'s Level,
    start: usize,
    depth: usize,
    /// What the patterns on the way have kept.
    captures: Vec<(Slot, Capture)>,
    matches: Vec<Match>,
}

impl<'s> Search<'s, '_, '_, '_> {
    /// Follows the edges of the root that the token at hand can take.
    fn run(&mut self) {
        let text = self.matcher.text;
        let Some(&word) = text.words.get(self.start) else { return };
        let level = self.level;
        let root = &level.nodes[0].edges;
        if word != 0 {
            level
                .by_word
                .get(&word)
                .into_iter()
                .flatten()
                .for_each(|index| self.follow(&root[*index], self.start));
            let mut last = None;
            for class in text.language.classes_of(word) {
                if last.replace(class) != Some(class) {
                    let edges = level.by_class.get(&class).into_iter().flatten();
                    edges.for_each(|index| self.follow(&root[*index], self.start));
                }
            }
        }
        level.by_value.iter().for_each(|index| self.follow(&root[*index], self.start));
    }

    fn walk(&mut self, node: usize, at: usize) {
        let level: &'s Level = self.level;
        let node = &level.nodes[node];
        if let Some(rule) = node.rule.filter(|_| at > self.start && self.matches.len() < MOST_MATCHES) {
            self.matches.push((at - self.start, rule, self.captures.clone()));
        }
        node.edges.iter().for_each(|edge| self.follow(edge, at));
    }

    fn follow(&mut self, edge: &Edge, at: usize) {
        let Some((len, capture)) = self.matcher.atom(&edge.atom, self.start, at, self.depth) else { return };
        let kept = edge.slot.map(|slot| self.captures.push((slot, capture)));
        self.walk(edge.to, at + len);
        if kept.is_some() {
            self.captures.pop();
        }
    }
}

fn longer(one: Read, other: Read) -> Read {
    match (&one, &other) {
        (Some((a, _)), Some((b, _))) if b > a => other,
        (None, _) => other,
        _ => one,
    }
}
