//! How a statement is meant: denied, hedged, planned, supposed, asked, or said by somebody.
//!
//! Only words outside the pattern's own are looked at: those in its gaps and those before it in
//! the clause. Doubt goes to silence: where the words leave it open, the statement is marked or
//! passed over, never taken for plain.

use super::article::Paragraph;
use super::cues::{Cue, Cues};
use super::matcher::Match;
use crate::value::{Token, TokenKind};
use std::ops::Range;

/// How a statement is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Attitude {
    pub(super) is_negated: bool,
    pub(super) is_hedged: bool,
    pub(super) is_future: bool,
    pub(super) is_hypothetical: bool,
    pub(super) is_question: bool,
    /// It was so and is no more, or failed in part, or holds for all but the one that is named.
    pub(super) is_unclear: bool,
    /// Who says so, where it is not the article.
    pub(super) speaker: Option<String>,
}

/// How many tokens before a match a negation may stand: "it is not true that …".
const NEGATION_REACH: usize = 4;
/// How many tokens may stand between a verb of saying and what is said.
const SPEECH_REACH: usize = 6;
/// Who speaks where the sentence does not say.
pub(super) const UNNAMED: &str = "unnamed sources";
/// The longest name of a speaker, in tokens.
const LONGEST_SPEAKER: usize = 9;

/// Reads how the match in a sentence is meant.
pub(super) fn attitude(
    paragraph: &Paragraph<'_>,
    sentence: &Range<usize>,
    found: &Match,
    cues: &Cues,
) -> Attitude {
    let reader = Reader { tokens: &paragraph.tokens, sentence: sentence.clone(), found, cues };
    let mut attitude = Attitude {
        is_question: reader.tokens[sentence.clone()]
            .iter()
            .rev()
            .find(|t| t.kind == TokenKind::Mark && !t.is("\""))
            .is_some_and(|t| t.is("?")),
        is_hedged: reader.nearby().any(|at| reader.is(at, Cue::Hedges)),
        is_hypothetical: reader.nearby().any(|at| reader.is(at, Cue::Hypotheticals)),
        is_future: found.loose.iter().chain(&reader.before(2)).any(|&at| reader.is(at, Cue::Futures)),
        is_unclear: reader.is_unclear(),
        speaker: reader.speaker(),
        ..Attitude::default()
    };
    let mut turns = reader.negations();
    if let Some(denial) = reader.nearby().find(|&at| reader.is(at, Cue::Denials)) {
        turns += 1;
        let speaker = noun_phrase_before(&paragraph.tokens, sentence.start, denial);
        attitude.speaker = speaker.or_else(|| Some(UNNAMED.to_owned()));
        // "Did not deny" says neither yes nor no.
        attitude.is_hypothetical |= turns > 1;
    }
    attitude.is_negated = turns % 2 == 1;
    if paragraph.is_quoted[found.tokens.start] && attitude.speaker.is_none() {
        attitude.speaker = Some("a quotation".to_owned());
    }
    attitude
}

struct Reader<'a> {
    tokens: &'a [Token<'a>],
    sentence: Range<usize>,
    found: &'a Match,
    cues: &'a Cues,
}

impl Reader<'_> {
    fn is(&self, at: usize, cue: Cue) -> bool {
        self.cues.is(&self.tokens[at], cue)
    }

    fn is_run(&self, at: usize, words: &[&str]) -> bool {
        words
            .iter()
            .enumerate()
            .all(|(index, word)| self.tokens.get(at + index).is_some_and(|token| token.is(word)))
    }

    /// Where the clause of the match starts.
    fn clause_start(&self) -> usize {
        let before = self.sentence.start..self.found.tokens.start;
        let ends =
            |at: &usize| [";", ":", "\""].contains(&&*self.tokens[*at].norm) || self.tokens[*at].is("but");
        before.rev().find(ends).map_or(self.sentence.start, |at| at + 1)
    }

    /// Up to `n` tokens of the clause right before the match.
    fn before(&self, n: usize) -> Vec<usize> {
        let start = self.found.tokens.start;
        (start.saturating_sub(n).max(self.clause_start())..start).collect()
    }

    /// The tokens of the clause before the match, and those its gaps took.
    fn nearby(&self) -> impl Iterator<Item = usize> {
        (self.clause_start()..self.found.tokens.start).chain(self.found.loose.iter().copied())
    }

    fn negations(&self) -> usize {
        let is_harmless =
            |at: usize| self.tokens.get(at + 1).is_some_and(|next| self.cues.is(next, Cue::Harmless));
        let reach = self.before(NEGATION_REACH);
        let near = reach.iter().chain(&self.found.loose).copied();
        near.filter(|&at| self.is(at, Cue::Negators) && !is_harmless(at)).count()
    }

    /// Whether words near the statement leave neither yes nor no: "no longer", "failed to", "other than".
    fn is_unclear(&self) -> bool {
        let changes = |at: usize| {
            self.is_run(at, &["no", "longer"])
                || self.is_run(at, &["not", "yet"])
                || self.is_run(at, &["stopped"])
                || self.is_run(at, &["ceased"])
                || self.is(at, Cue::Failures)
        };
        let start = self.found.tokens.start;
        self.nearby().any(changes) || start > 0 && self.is_run(start - 1, &["than"])
    }

    /// Who says so: "officials said that …", "…, officials said", "according to officials".
    fn speaker(&self) -> Option<String> {
        let start = self.found.tokens.start;
        let verb = (self.clause_start()..start)
            .rev()
            .take(SPEECH_REACH)
            .find(|&at| self.cues.is_report(self.tokens, at));
        if let Some(verb) = verb {
            return noun_phrase_before(self.tokens, self.sentence.start, verb).or(Some(UNNAMED.to_owned()));
        }
        if let Some(&verb) = self.found.loose.iter().find(|&&at| self.cues.is_report(self.tokens, at)) {
            let is_passive =
                verb > 0 && (self.is(verb - 1, Cue::Copulas) || verb > 1 && self.is(verb - 2, Cue::Copulas));
            let subject = || noun_phrase_before(self.tokens, self.sentence.start, verb);
            return if is_passive { Some(UNNAMED.to_owned()) } else { subject() };
        }
        self.according_to().or_else(|| self.speaker_behind())
    }

    fn according_to(&self) -> Option<String> {
        let at = self.sentence.clone().find(|&at| self.is_run(at, &["according", "to"]))?;
        self.phrase(at + 2..self.sentence.end)
    }

    /// "…, officials said." and "…, said officials."
    fn speaker_behind(&self) -> Option<String> {
        let rest = self.found.tokens.end..self.sentence.end;
        let verb = rest.clone().find(|&at| self.cues.is_report(self.tokens, at))?;
        let comma = (rest.start..verb)
            .rev()
            .take(LONGEST_SPEAKER + 1)
            .find(|&at| self.tokens[at].is(",") || self.tokens[at].is("\""))?;
        // "…, which he said …" speaks of something else.
        let is_relative =
            self.tokens[comma + 1..verb].iter().any(|token| self.cues.is(token, Cue::Subordinators));
        if is_relative {
            return None;
        }
        self.phrase(comma + 1..verb).or_else(|| self.phrase(verb + 1..self.sentence.end))
    }

    /// The words up to a mark.
    fn phrase(&self, range: Range<usize>) -> Option<String> {
        let end = range.clone().find(|&at| self.tokens[at].kind == TokenKind::Mark).unwrap_or(range.end);
        phrase(&self.tokens[range.start..end])
    }
}

/// The words right before a verb, back to a mark or another clause: "Both countries have" gives "Both countries".
pub(super) fn noun_phrase_before(tokens: &[Token<'_>], start: usize, verb: usize) -> Option<String> {
    const AUXILIARIES: [&str; 22] = [
        "has",
        "have",
        "had",
        "is",
        "are",
        "was",
        "were",
        "been",
        "be",
        "also",
        "later",
        "again",
        "then",
        "repeatedly",
        "strongly",
        "flatly",
        "quickly",
        "immediately",
        "swiftly",
        "promptly",
        "not",
        "n't",
    ];
    let mut end = verb;
    while end > start && AUXILIARIES.contains(&&*tokens[end - 1].norm) {
        end -= 1;
    }
    let ends = |token: &Token<'_>| {
        token.kind == TokenKind::Mark && !token.is("'")
            || ["that", "which", "but", "while", "although", "though"].contains(&&*token.norm)
    };
    let from = (start..end).rev().find(|&at| ends(&tokens[at])).map_or(start, |at| at + 1);
    phrase(&tokens[from.max(end.saturating_sub(LONGEST_SPEAKER))..end])
}

/// Tokens as they are written, with one space where there are blanks.
fn phrase(tokens: &[Token<'_>]) -> Option<String> {
    let mut out = String::new();
    for token in tokens.iter().take(LONGEST_SPEAKER) {
        if !token.is_glued && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(token.text);
    }
    (!out.is_empty()).then_some(out)
}
