//! Finds the values of a text.
//!
//! At every place that a value can start, dates and amounts are read side by side and the longer one is taken; idioms,
//! codes and addresses are passed over. Every step looks at a bounded number of tokens, so the whole is linear.

use super::amounts;
use super::calendar::Cycle;
use super::date::{DateSet, Days, Grain};
use super::grammar::{Atom, Builtin, Level, Slot};
use super::length::{self, Length};
use super::lexicon::{self, Language};
use super::makers::{Capture, Captures, Meaning, Scene, Tense};
use super::numeral::{cardinal, ordinal, whole};
use super::text::Text;
use super::token::{Token, TokenKind};
use super::{Found, Value};
use crate::corpus::Dateline;
use jiff::civil::Date;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// How the day and the month stand in `03/04/2019`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// Either way, unless one of the figures is no month: both readings are kept. American English leads with the month.
    #[default]
    Auto,
    /// 3 April.
    DayMonthYear,
    /// March 4.
    MonthDayYear,
}

/// What values are read with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading {
    /// The day of writing, from which "last week" is told.
    pub dateline: Option<Dateline>,
    /// How numeric dates are read.
    pub order: DateOrder,
}

/// Reads values in one language.
#[derive(Clone, Copy)]
pub struct Reader {
    language: Option<&'static Language>,
    is_month_first: bool,
    reading: Reading,
}

impl Reader {
    /// A reader for a language by its BCP 47 tag; English where nobody knows it. In a language without a table
    /// nothing is read.
    pub fn new(language: Option<&str>, reading: Reading) -> Self {
        let is_american =
            language.is_none_or(|tag| matches!(tag.to_ascii_lowercase().as_str(), "en" | "en-us" | "und"));
        Self { language: lexicon::language(language), is_month_first: is_american, reading }
    }

    /// The values of a text in order, never overlapping. Dates that are told from others ("a year earlier") are
    /// anchored to the last one before them, which starts as `anchor` and is left there.
    pub fn values(&self, tokens: &[Token<'_>], anchor: &mut Option<DateSet>) -> Vec<Found<Value>> {
        let Some(language) = self.language else { return Vec::new() };
        let text = Text::new(tokens, language);
        let mut found = Vec::new();
        let mut at = 0;
        let mut places = Places::new(&text);
        while at < tokens.len() {
            places.move_to(at);
            if let Some(end) = places.passed_over(at) {
                at = end.max(at + 1);
                continue;
            }
            if !places.can_start(at) {
                at += 1;
                continue;
            }
            let matcher = Matcher {
                text: &text,
                places: &places,
                reader: self,
                anchor: anchor.as_ref(),
                points: RefCell::default(),
            };
            match matcher.best(at) {
                Some((tokens, value)) => {
                    if let Value::Date(date) = &value
                        && date.readings[0].from.is_some()
                    {
                        *anchor = Some(date.clone());
                    }
                    at = tokens.end;
                    found.push(Found { tokens, value });
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The dates of a text, read in English without a context; for lines that are nothing but a date.
pub fn dates(tokens: &[Token<'_>], dateline: Option<Dateline>) -> Vec<Found<DateSet>> {
    let reader = Reader::new(None, Reading { dateline, order: DateOrder::default() });
    let values = reader.values(tokens, &mut None);
    let date = |found: Found<Value>| match found.value {
        Value::Date(value) => Some(Found { tokens: found.tokens, value }),
        _ => None,
    };
    values.into_iter().filter_map(date).collect()
}

/// What is known of places: sentences, and runs that hold no value.
struct Places<'t, 'a> {
    text: &'t Text<'a>,
    /// The sentence at hand.
    sentence: std::ops::Range<usize>,
}

impl<'t, 'a> Places<'t, 'a> {
    fn new(text: &'t Text<'a>) -> Self {
        Self { text, sentence: 0..0 }
    }

    /// Finds the sentence of a place that is not before the last one's.
    fn move_to(&mut self, at: usize) {
        while at >= self.sentence.end {
            let start = self.sentence.end;
            let ends = |at: &usize| {
                let token = &self.text.tokens[*at];
                let next = self.text.tokens.get(at + 1);
                matches!(&*token.norm, "." | "?" | "!" | ";")
                    && next.is_none_or(|next| {
                        !next.is_glued && (next.is_capitalized() || next.kind != TokenKind::Word)
                    })
                    && !(token.is(".")
                        && *at > 0
                        && self.text.tokens[at - 1].is_capitalized()
                        && self.text.tokens[at - 1].text.len() <= 4)
            };
            self.sentence = start
                ..(start..self.text.tokens.len()).find(ends).map_or(self.text.tokens.len(), |end| end + 1);
        }
    }

    /// When the clause of a place takes place: by the nearest verb before it in the sentence, else behind it.
    fn tense(&self, at: usize, end: usize) -> Tense {
        let ids = &self.text.language.ids;
        let cue = |at: usize| {
            if self.text.is(ids.future, at) {
                return Some(Tense::Future);
            }
            let token = &self.text.tokens[at];
            let has_ending = token.kind == TokenKind::Word
                && token.norm.len() > 4
                && self.text.language.past_endings.iter().any(|ending| token.norm.ends_with(ending.as_str()));
            let is_past = self.text.is(ids.past, at) || has_ending && !self.text.is(ids.not_past, at);
            is_past.then_some(Tense::Past)
        };
        let start = self.sentence.start.max(at.saturating_sub(TENSE_REACH));
        let before = (start..at).rev().find_map(cue);
        let behind = || (end..self.sentence.end.min(end + TENSE_REACH)).find_map(cue);
        before.or_else(behind).unwrap_or(Tense::Unclear)
    }

    /// Whether words just before a place say that a length is told: "the first time in".
    fn tells_length(&self, at: usize) -> bool {
        let ids = &self.text.language.ids;
        (at.saturating_sub(3).max(self.sentence.start)..at).any(|at| self.text.is(ids.length_cue_words, at))
    }

    /// Whether a value can start with the token: a figure, or a word of some table.
    fn can_start(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        token.kind != TokenKind::Word
            || self.text.words[at] != 0
            || token.norm.len() > 6
            || token.text.contains(char::is_numeric)
    }

    /// The end of an idiom, an address, a phone number or a code that starts here.
    fn passed_over(&self, at: usize) -> Option<usize> {
        if let Some((len, _)) = self.text.class(self.text.language.ids.idiom, at) {
            return Some(at + len);
        }
        if self.text.is_glued(at) {
            return None;
        }
        self.address(at).or_else(|| self.model_number(at))
    }

    /// `747-400`, `737-400s`: two figures of three digits, the first the larger, behind no word that tells of a score.
    fn model_number(&self, at: usize) -> Option<usize> {
        let digits = |at: usize| {
            let token = self.text.tokens.get(at).filter(|token| token.text.len() == 3)?;
            token.whole()
        };
        let (first, second) = (digits(at)?, digits(at + 2)?);
        let is_joined =
            self.text.is_word(at + 1, "-") && self.text.is_glued(at + 1) && self.text.is_glued(at + 2);
        let is_model = is_joined && first >= second && !amounts::is_scored(self.text, at);
        is_model.then_some(at + 3 + usize::from(self.text.has_tail(at + 3)))
    }

    /// `http://…`, `www.…`, `name@host`, `123-12-1234`, `ABC-123-X`, `(206) 555-1212`.
    fn address(&self, at: usize) -> Option<usize> {
        let tokens = self.text.tokens;
        let end = (at + 1..tokens.len())
            .take(LONGEST_CHUNK)
            .find(|&at| !tokens[at].is_glued)
            .unwrap_or(tokens.len().min(at + 1 + LONGEST_CHUNK));
        let chunk = &tokens[at..end];
        if chunk.len() < 3 {
            return None;
        }
        let is = |mark: &str| chunk.iter().position(|token| token.is(mark));
        let is_link = chunk[0].is("www")
            || is(":")
                .is_some_and(|at| chunk[at..].len() > 2 && chunk[at + 1].is("/") && chunk[at + 2].is("/"));
        let is_mail = is("@").is_some_and(|at| at > 0 && at + 1 < chunk.len());
        if is_link || is_mail {
            return Some(end);
        }
        // Three groups of digits or more, and none of them a date's.
        let dashes = chunk.iter().filter(|token| token.is("-")).count();
        let digits: Vec<usize> = chunk
            .iter()
            .filter(|token| token.kind == TokenKind::Number)
            .map(|token| token.text.len())
            .collect();
        let words: Vec<&Token<'_>> = chunk.iter().filter(|token| token.kind == TokenKind::Word).collect();
        let is_code = |token: &&Token<'_>| {
            token.text.bytes().any(|b| b.is_ascii_digit())
                || token.text.len() > 1 && token.text.bytes().all(|b| b.is_ascii_uppercase())
        };
        let mixes = !words.is_empty()
            && dashes > 0
            && !digits.is_empty()
            && words.iter().any(is_code)
            && chunk[0].kind == TokenKind::Word
            && !self.text.is(self.text.language.ids.month, at)
            && self.date(at).is_none()
            && !self.is_tabled(at);
        let is_phone = words.is_empty() && dashes >= 2 && digits.len() >= 3 && self.date(at).is_none();
        (mixes || is_phone).then_some(end)
    }

    /// Whether a word is one of a quarter or a currency, before which a dash is no part of a code.
    fn is_tabled(&self, at: usize) -> bool {
        let ids = &self.text.language.ids;
        self.text.is(ids.code, at)
            || self.text.is(self.text.language.class("quarter_code"), at)
            || self.text.is(self.text.language.class("half_code"), at)
    }

    /// Day, month and year in figures, in the order they stand, with the tokens they take: `2019-04-25`, `03/04/2019`,
    /// `20200701`, `12-2015`.
    fn date(&self, at: usize) -> Option<(usize, [Option<i16>; 3])> {
        let text = self.text;
        let part = |at: usize| {
            let token = text.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
            let digits = token.text.bytes().all(|byte| byte.is_ascii_digit());
            Some((token.text.len(), token.text.parse::<i16>().ok().filter(|_| digits)?))
        };
        if text.tokens.get(at)?.text.len() == 8 && !text.has_tail(at + 1) {
            let digits = text.tokens[at].text;
            let number = |range: std::ops::Range<usize>| digits.get(range)?.parse::<i16>().ok();
            let (year, month, day) = (number(0..4)?, number(4..6)?, number(6..8)?);
            let is_date =
                (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
            return is_date.then_some((1, [Some(year), Some(month), Some(day)]));
        }
        let mark = |at: usize| {
            let token = text.tokens.get(at)?;
            (token.is("-") || token.is("/") || token.is(".")).then_some(&*token.norm)
        };
        let joint = mark(at + 1).filter(|_| text.is_glued(at + 1) && text.is_glued(at + 2));
        let Some(joint) = joint else {
            // `2016 10 16`
            let (year, month, day) = (part(at)?, part(at + 1)?, part(at + 2)?);
            let is_date = year.0 == 4
                && month.0 == 2
                && day.0 == 2
                && !text.is_glued(at + 1)
                && (1..=12).contains(&month.1);
            return is_date.then_some((3, [Some(year.1), Some(month.1), Some(day.1)]));
        };
        let (first, second) = (part(at)?, part(at + 2)?);
        let third = (mark(at + 3) == Some(joint) && text.is_glued(at + 3) && text.is_glued(at + 4))
            .then(|| part(at + 4))
            .flatten();
        match (first, second, third) {
            ((4, year), (1 | 2, month), Some((1 | 2, day)))
                if (1..=12).contains(&month) && (1..=31).contains(&day) =>
            {
                (!text.has_tail(at + 5)).then_some((5, [Some(year), Some(month), Some(day)]))
            }
            ((1 | 2, one), (1 | 2, two), Some((length @ (2 | 4), year)))
                if (one <= 12 || two <= 12) && one.max(two) <= 31 && one.min(two) > 0 =>
            {
                let year = match length {
                    4 => year,
                    _ if year < 50 => year + 2000,
                    _ => year + 1900,
                };
                ((1000..2200).contains(&year) && !text.has_tail(at + 5))
                    .then_some((5, [None, Some(one * 100 + two), Some(year)]))
            }
            ((1 | 2, month), (4, year), None)
                if joint != "." && (1..=12).contains(&month) && (1900..2100).contains(&year) =>
            {
                (!text.is_glued(at + 3) || text.is_word(at + 3, "."))
                    .then_some((3, [Some(year), Some(month), None]))
            }
            ((4, year), (2, month), None)
                if joint == "-"
                    && (1..=12).contains(&month)
                    && (1900..2100).contains(&year)
                    && !text.is_glued(at + 3) =>
            {
                Some((3, [Some(year), Some(month), None]))
            }
            _ => None,
        }
    }
}

/// Tokens that are looked at for a tense on each side.
const TENSE_REACH: usize = 30;
/// The longest address, in tokens.
const LONGEST_CHUNK: usize = 200;
/// How deep points may stand in points: "two weeks before the end of last year".
const DEEPEST: usize = 3;
/// The most ways a pattern is matched at one place.
const MOST_MATCHES: usize = 32;

const POINTS: usize = 0;
const RANGES: usize = 1;
const BOUNDS: usize = 2;
const OTHERS: usize = 3;

/// A pattern's match: its tokens, its rule, and what it kept.
type Match = (usize, usize, Vec<(Slot, Capture)>);
/// A date that was read, and its tokens.
type Read = Option<(usize, DateSet)>;

/// Matches patterns at places of a text.
struct Matcher<'m, 't, 'a> {
    text: &'m Text<'a>,
    places: &'m Places<'t, 'a>,
    reader: &'m Reader,
    anchor: Option<&'m DateSet>,
    /// What was read at a place, by depth: patterns ask for the same points many times.
    points: RefCell<FxHashMap<(usize, usize, usize), Read>>,
}

impl Matcher<'_, '_, '_> {
    /// The best value that starts at a place.
    fn best(&self, at: usize) -> Option<(std::ops::Range<usize>, Value)> {
        let amount = amounts::amount(self.text, at);
        let time = amounts::length(self.text, at);
        let date = self.bounded(at).filter(|(len, date)| self.may_be_date(at, *len, date));
        let other = self.other(at);
        let mut best: Option<(std::ops::Range<usize>, Value)> = None;
        // In the order of preference between values of the same tokens.
        let candidates = [
            date.map(|(len, date)| (at..at + len, Value::Date(date))),
            other,
            time,
            amount,
            amounts::rank(self.text, at),
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
        !(is_may && date.grain == Grain::Month && self.text.tokens.len() > 1)
    }

    fn other(&self, at: usize) -> Option<(std::ops::Range<usize>, Value)> {
        let (len, meaning) = self.meaning(OTHERS, at, 0)?;
        let value = match meaning {
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
        if let Some(known) = self.points.borrow().get(&(level, at, depth)) {
            return known.clone();
        }
        let read = self.meaning(level, at, depth).and_then(|(len, meaning)| match meaning {
            Meaning::Date(date) => Some((len, date)),
            _ => None,
        });
        self.points.borrow_mut().insert((level, at, depth), read.clone());
        read
    }

    /// The longest match of a level's patterns that means something.
    fn meaning(&self, level: usize, at: usize, depth: usize) -> Option<(usize, Meaning)> {
        let patterns = &self.text.language.grammar.levels[level];
        if patterns.nodes.is_empty() {
            return None;
        }
        let mut matches = Vec::new();
        self.start(patterns, at, depth, &mut matches);
        matches.sort_by_key(|(len, rule, _)| (std::cmp::Reverse(*len), *rule));
        matches.into_iter().find_map(|(len, rule, captures)| {
            let rule = &patterns.rules[rule];
            let meaning = (rule.make)(&self.scene(at, at + len), &Captures(&captures, &rule.with))?;
            Some((len, meaning))
        })
    }

    fn scene(&self, at: usize, end: usize) -> Scene<'_> {
        let dateline = self.reader.reading.dateline;
        Scene {
            today: dateline.and_then(Dateline::day),
            year: dateline.map(|dateline| dateline.from.year()),
            tense: self.places.tense(at, end),
            anchor: self.anchor,
            is_length: self.places.tells_length(at),
        }
    }

    /// Follows the edges of the root that the token at hand can take.
    fn start(&self, level: &Level, at: usize, depth: usize, matches: &mut Vec<Match>) {
        let Some(&word) = self.text.words.get(at) else { return };
        let root = &level.nodes[0].edges;
        let mut captures = Vec::new();
        let mut follow = |index: &usize| {
            self.follow(level, &root[*index], at, at, depth, &mut captures, matches);
        };
        if word != 0 {
            level.by_word.get(&word).into_iter().flatten().for_each(&mut follow);
            let mut last = None;
            for class in self.text.language.classes_of(word) {
                if last.replace(class) != Some(class) {
                    level.by_class.get(&class).into_iter().flatten().for_each(&mut follow);
                }
            }
        }
        level.by_value.iter().for_each(&mut follow);
    }

    fn walk(
        &self,
        level: &Level,
        node: usize,
        start: usize,
        at: usize,
        depth: usize,
        captures: &mut Vec<(Slot, Capture)>,
        matches: &mut Vec<Match>,
    ) {
        let node = &level.nodes[node];
        if let Some(rule) = node.rule.filter(|_| at > start && matches.len() < MOST_MATCHES) {
            matches.push((at - start, rule, captures.clone()));
        }
        for edge in &node.edges {
            self.follow(level, edge, start, at, depth, captures, matches);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the state of a search in a trie")]
    fn follow(
        &self,
        level: &Level,
        edge: &super::grammar::Edge,
        start: usize,
        at: usize,
        depth: usize,
        captures: &mut Vec<(Slot, Capture)>,
        matches: &mut Vec<Match>,
    ) {
        let Some((len, capture)) = self.atom(&edge.atom, start, at, depth) else { return };
        let kept = edge.slot.map(|slot| captures.push((slot, capture)));
        self.walk(level, edge.to, start, at + len, depth, captures, matches);
        if kept.is_some() {
            captures.pop();
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
            Builtin::Length => {
                let (len, length, grain) = amounts::plain_length(self.text, at)?;
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

    fn two_digits(&self, at: usize) -> Option<(usize, Capture)> {
        let token = self.text.tokens.get(at).filter(|token| token.text.len() == 2)?;
        let value = token.whole().filter(|_| {
            !self.text.has_tail(at + 1) || self.text.is_word(at + 1, "s") || self.text.is_word(at + 1, "'s")
        })?;
        Some((1, Capture::Int(value)))
    }

    /// `25`, `25th`, "twenty-fifth".
    fn day_of_month(&self, at: usize) -> Option<(usize, Capture)> {
        if let Some(rank) = ordinal(self.text, at) {
            let day = i64::try_from(rank.value).ok().filter(|day| (1..=31).contains(day))?;
            return Some((rank.len, Capture::Int(day)));
        }
        let token = &self.text.tokens[at];
        if token.kind == TokenKind::Number {
            let day = token.whole().filter(|day| token.text.len() <= 2 && (1..=31).contains(day))?;
            let is_counted = self.text.is_word(at + 1, "%")
                || self.text.has_tail(at + 1)
                || self.text.is_word(at + 1, ":") && self.text.is_glued(at + 2);
            return (!is_counted).then_some((1, Capture::Int(day)));
        }
        // "may twenty nine", "fifteen August"
        let number = cardinal(self.text, at)
            .filter(|number| !number.is_figure && number.value.fract() == Decimal::ZERO)?;
        let day = i64::try_from(number.value).ok().filter(|day| (1..=31).contains(day))?;
        Some((number.len, Capture::Int(day)))
    }

    /// Four digits, or words: "nineteen ninety-one", "two thousand and five".
    fn year(&self, at: usize) -> Option<(usize, Capture)> {
        let token = &self.text.tokens[at];
        let is_year = |year: &i64| (1_000..2_200).contains(year);
        if token.kind == TokenKind::Number {
            let year = token.whole().filter(|year| token.text.len() == 4 && is_year(year))?;
            return (!self.text.has_tail(at + 1) || self.text.is_word(at + 1, "'s"))
                .then_some((1, Capture::Int(year)));
        }
        if token.kind == TokenKind::Mark {
            return None;
        }
        let first = cardinal(self.text, at)
            .filter(|number| !number.is_figure && number.value.fract() == Decimal::ZERO)?;
        let value = i64::try_from(first.value).ok()?;
        if let Some(rest) = (10..22).contains(&value).then(|| cardinal(self.text, at + first.len)).flatten() {
            let rest_value = i64::try_from(rest.value).ok().filter(|rest| (10..100).contains(rest))?;
            return Some((first.len + rest.len, Capture::Int(value * 100 + rest_value)));
        }
        is_year(&value).then_some((first.len, Capture::Int(value)))
    }

    /// A bare figure is a year behind words that years stand behind, unless it counts something.
    fn free_year(&self, start: usize, at: usize) -> Option<(usize, Capture)> {
        let text = self.text;
        let (len, year) = self.year(at)?;
        let token = &text.tokens[at];
        if token.kind != TokenKind::Number {
            // "nineteen ninety-one"; "two thousand" alone is a number.
            return (len > 1 && !text.is_word(at + 1, "thousand") && !text.is_word(at + 1, "hundred"))
                .then_some((len, year));
        }
        let before = at.checked_sub(1).map(|before| &text.tokens[before]);
        let is_part = token.is_glued
            && before.is_some_and(|before| {
                !["(", "\"", "'", "[", "-", "/", "=", "<", ">", "~"].contains(&&*before.norm)
            });
        let money = before.is_some_and(|before| ["$", "€", "£", "¥", "#"].contains(&&*before.norm));
        let next = text.tokens.get(at + 1);
        let ids = &text.language.ids;
        let measured = text.is(ids.measure, at + 1)
            || text.is(ids.currency, at + 1)
            || text.is(ids.percent, at + 1)
            || text.is(ids.unit, at + 1) && !text.is_word(at + 1, "second");
        let counts = next.is_some_and(|next| {
            next.kind == TokenKind::Word
                && next.norm.len() > 3
                && next.norm.ends_with('s')
                && !next.norm.ends_with("ss")
                && !next.is_glued
                && !next.is_capitalized()
        });
        let scaled =
            text.words.get(at + 1).is_some_and(|word| text.language.numerals.scales.contains_key(word));
        let people = ["people", "men", "women", "children"].iter().any(|word| text.is_word(at + 1, word));
        let is_range = before.is_some_and(|before| before.is("-"))
            && start == at
            && text.is_glued(at)
            && at > 1
            && text.tokens[at - 2].kind == TokenKind::Number;
        // "1953-50" is no range, so that its first half is no year either.
        let is_broken = text.is_word(at + 1, "-")
            && text.is_glued(at + 1)
            && text.is_glued(at + 2)
            && text.is_kind(at + 2, TokenKind::Number);
        let is_shown = !is_broken && self.is_year_shown(at) || text.tokens.len() == len;
        (!is_part && !money && !measured && !counts && !scaled && !people && !is_range && is_shown)
            .then_some((len, year))
    }

    /// Whether the words before or behind a figure let it be a year.
    fn is_year_shown(&self, at: usize) -> bool {
        const BEFORE: &[&str] = &[
            "or",
            "in",
            "since",
            "until",
            "till",
            "by",
            "during",
            "before",
            "after",
            "early",
            "mid",
            "late",
            "from",
            "to",
            "between",
            "and",
            "the",
            "(",
            "-",
            "of",
            "year",
            "for",
            "through",
            "around",
            "about",
            "circa",
            "than",
            "on",
            ",",
            "=",
            ">",
            "<",
            "summer",
            "winter",
            "spring",
            "autumn",
            "fall",
            "im",
            "seit",
            "bis",
            "von",
            "und",
            "jahr",
            "zwischen",
            "but",
            "not",
            "is",
            "was",
            "\"",
            "[",
            "fiscal",
            "last",
            "its",
            "throughout",
            "a",
            "an",
            "his",
            "her",
            "their",
            "this",
            "that",
            "our",
            "whose",
            "under",
            "back",
            "into",
            "as",
            "when",
            "with",
        ];
        let Some(before) = at.checked_sub(1) else { return true };
        let token = &self.text.tokens[before];
        let is_quiet = BEFORE.contains(&&*token.norm);
        // "Of 2000 soldiers" and "the 1500 people" count; "the 2019 summit" does not.
        is_quiet
            || token.kind == TokenKind::Mark && !token.is_glued
            || self.text.is(self.text.language.ids.month, before)
    }

    /// A date in figures.
    fn given(&self, at: usize) -> Read {
        if self.text.is_glued(at)
            && !self.text.is_word(at.wrapping_sub(1), "(")
            && !self.text.is_word(at.wrapping_sub(1), "-")
        {
            return None;
        }
        let (len, parts) = self.places.date(at)?;
        let day = |year: i16, month: i16, day: i16| {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        match parts {
            [Some(year), Some(month), Some(dom)] => {
                Some((len, DateSet::of(Days::unit(day(year, month, dom)?, Grain::Day)?, Grain::Day)))
            }
            [Some(year), Some(month), None] => {
                Some((len, DateSet::of(Days::unit(day(year, month, 1)?, Grain::Month)?, Grain::Month)))
            }
            [None, Some(both), Some(year)] => {
                let (one, two) = (both / 100, both % 100);
                let (day_first, month_first) = (day(year, two, one), day(year, one, two));
                let is_month_first = match self.reader.reading.order {
                    DateOrder::Auto => self.reader.is_month_first && !self.text.is_word(at + 1, "."),
                    order => order == DateOrder::MonthDayYear,
                };
                let order = if is_month_first { [month_first, day_first] } else { [day_first, month_first] };
                let is_settled =
                    self.reader.reading.order != DateOrder::Auto || self.text.is_word(at + 1, ".");
                let mut readings: Vec<Days> =
                    order.into_iter().flatten().filter_map(|day| Days::unit(day, Grain::Day)).collect();
                readings.dedup();
                if is_settled {
                    readings.truncate(1);
                }
                let first = *readings.first()?;
                Some((len, DateSet { readings, ..DateSet::of(first, Grain::Day) }))
            }
            _ => None,
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

impl DateSet {
    /// Whether the date is told without its year or month, so that it comes again.
    pub fn is_recurring(&self) -> bool {
        self.cycle != Cycle::default()
    }
}

/// The grain of a unit of a class, for those that tell a length.
pub(super) fn grain_of(value: i64) -> Grain {
    length::grain(value).unwrap_or(Grain::Day)
}

/// So many of a unit.
pub(super) fn length_of(count: Decimal, value: i64) -> Option<Length> {
    Length::of(count, value)
}
