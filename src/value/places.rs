//! What is known of a place in a text before a value is read there: its sentence, its tense, and whether something else
//! stands there: an idiom, an address, a code.

use super::amounts;
use super::makers::Tense;
use super::text::Text;
use super::token::{Token, TokenKind};

/// What the figures of a date say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateFigures {
    /// Year, month and day.
    Day(i16, i16, i16),
    /// Year and month.
    Month(i16, i16),
    /// Two figures of which one is the day and one the month, and the year.
    Either(i16, i16, i16),
}

/// What is known of places: sentences, and runs that hold no value.
pub(super) struct Places<'t, 'a> {
    text: &'t Text<'a>,
    /// The sentence at hand.
    pub(super) sentence: std::ops::Range<usize>,
}

impl<'t, 'a> Places<'t, 'a> {
    pub(super) fn new(text: &'t Text<'a>) -> Self {
        Self { text, sentence: 0..0 }
    }

    /// Finds the sentence of a place that is not before the last one's.
    pub(super) fn move_to(&mut self, at: usize) {
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
    pub(super) fn tense(&self, at: usize, end: usize) -> Tense {
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
            // "Will be held" and "is to be announced": the participle of a future.
            let is_led = || {
                (at.saturating_sub(4).max(self.sentence.start)..at)
                    .any(|before| self.text.is(ids.future, before))
            };
            is_past.then(|| if is_led() { Tense::Future } else { Tense::Past })
        };
        let start = self.sentence.start.max(at.saturating_sub(TENSE_REACH));
        let before = (start..at).rev().find_map(cue);
        let behind = || (end..self.sentence.end.min(end + TENSE_REACH)).find_map(cue);
        before.or_else(behind).unwrap_or(Tense::Unclear)
    }

    /// Whether words just before a place say that a length is told: "the first time in".
    pub(super) fn tells_length(&self, at: usize) -> bool {
        let ids = &self.text.language.ids;
        (at.saturating_sub(3).max(self.sentence.start)..at).any(|at| self.text.is(ids.length_cue_words, at))
    }

    /// Whether words around a place, in its sentence, tell of a match.
    pub(super) fn is_sport(&self, at: usize) -> bool {
        let start = self.sentence.start.max(at.saturating_sub(TENSE_REACH));
        let end = self.sentence.end.min(at + TENSE_REACH);
        (start..end).any(|at| self.text.is(self.text.language.ids.sport, at))
    }

    /// Whether a value can start with the token: a figure, a mark, or a word that opens one.
    pub(super) fn can_start(&self, at: usize) -> bool {
        let token = &self.text.tokens[at];
        // "It will last two weeks", "to march on": the word is a verb.
        let ids = &self.text.language.ids;
        let is_verb = at > 0
            && self.text.is(ids.verb, at)
            && !token.is_capitalized()
            && self.text.is(ids.before_verb, at - 1);
        if is_verb {
            return false;
        }
        token.kind != TokenKind::Word
            || self.text.language.opens(self.text.words[at]).value
            || self.text.may_be_fused(at)
            || token.text.contains(char::is_numeric)
    }

    /// The end of an idiom, an address, a phone number or a code that starts here.
    pub(super) fn passed_over(&self, at: usize) -> Option<usize> {
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

    /// `http://…`, `www.…`, `name@host`, `123-12-1234`, `ABC-123-X`, `192.168.1.1`.
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
        // `192.168.1.1`, `2.0.1`
        let dots = chunk.iter().filter(|token| token.is(".")).count()
            + chunk.iter().filter(|token| token.text.contains('.') && token.text.len() > 1).count();
        let is_version = chunk.iter().all(|token| token.kind == TokenKind::Number || token.is("."))
            && dots >= 2
            && self.date(at).is_none()
            && !chunk[0].is(".");
        if is_version {
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
        self.text.is(ids.code, at) || self.text.is(ids.quarter_code, at) || self.text.is(ids.half_code, at)
    }

    /// A date in figures, with the tokens it takes: `2019-04-25`, `03/04/2019`,
    /// `20200701`, `12-2015`.
    pub(super) fn date(&self, at: usize) -> Option<(usize, DateFigures)> {
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
            return is_date.then_some((1, DateFigures::Day(year, month, day)));
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
            return is_date.then_some((3, DateFigures::Day(year.1, month.1, day.1)));
        };
        let (first, second) = (part(at)?, part(at + 2)?);
        let third = (mark(at + 3) == Some(joint) && text.is_glued(at + 3) && text.is_glued(at + 4))
            .then(|| part(at + 4))
            .flatten();
        match (first, second, third) {
            ((4, year), (1 | 2, month), Some((1 | 2, day)))
                if (1..=12).contains(&month) && (1..=31).contains(&day) =>
            {
                (!text.has_tail(at + 5)).then_some((5, DateFigures::Day(year, month, day)))
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
                    .then_some((5, DateFigures::Either(one, two, year)))
            }
            ((1 | 2, month), (4, year), None)
                if joint != "." && (1..=12).contains(&month) && (1900..2100).contains(&year) =>
            {
                (!text.is_glued(at + 3) || text.is_word(at + 3, "."))
                    .then_some((3, DateFigures::Month(year, month)))
            }
            ((4, year), (2, month), None)
                if joint == "-"
                    && (1..=12).contains(&month)
                    && (1900..2100).contains(&year)
                    && !text.is_glued(at + 3) =>
            {
                Some((3, DateFigures::Month(year, month)))
            }
            _ => None,
        }
    }
}

/// Tokens that are looked at for a tense, or for the topic, on each side.
const TENSE_REACH: usize = 30;

/// The longest address, in tokens.
const LONGEST_CHUNK: usize = 200;
