//! How a statement is meant: denied, hedged, planned, supposed, asked, or said by somebody.
//!
//! Only words outside the statement's own are looked at: those that stand loose in it and those before it in
//! the clause. Doubt goes to silence: where the words leave it open, the statement is marked or
//! passed over, never taken for plain.

use super::cues::{Cue, Cues};
use crate::value::{Token, TokenKind, tokens};
use std::ops::Range;

/// A statement in a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The tokens of the text.
    pub tokens: &'a [Token<'a>],
    /// The tokens of its sentence, first and behind the last.
    pub sentence: (usize, usize),
    /// Its own tokens, first and behind the last.
    pub about: (usize, usize),
    /// Those of its own tokens that are no part of what it states.
    pub loose: &'a [usize],
    /// Whether each token of the text stands in quotation marks, as [`quoted`](super::quoted) tells.
    pub is_quoted: &'a [bool],
}

/// How a statement is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attitude {
    /// It is said not to be so; two negations are none.
    pub is_negated: bool,
    /// It is only said to be likely: "reportedly", "appears to".
    pub is_hedged: bool,
    /// It is planned or expected.
    pub is_future: bool,
    /// It is supposed: "if", "could"; or said not to be denied.
    pub is_hypothetical: bool,
    /// It is asked.
    pub is_question: bool,
    /// It was so and is no more, or failed in part, or holds for all but the one that is named.
    pub is_unclear: bool,
    /// Who says so, where it is not the article.
    pub speaker: Option<String>,
    /// Whether the speaker has a side, or only believes it: "the union claims".
    pub is_partial: bool,
}

/// How many tokens before a match a negation may stand: "it is not true that …".
const NEGATION_REACH: usize = 4;
/// How many tokens may stand between a verb of saying and what is said.
const SPEECH_REACH: usize = 6;
/// Who speaks where the sentence does not say.
pub const UNNAMED: &str = "unnamed sources";
/// The longest name of a speaker, in tokens.
const LONGEST_SPEAKER: usize = 9;

/// Reads how a statement is meant. Linear in its sentence.
pub fn attitude(statement: &Statement<'_>, cues: &Cues) -> Attitude {
    let reader = Reader {
        statement: *statement,
        tokens: statement.tokens,
        sentence: statement.sentence.0..statement.sentence.1,
        cues,
    };
    let Reader { sentence, .. } = &reader;
    let mut attitude = Attitude {
        is_question: reader.tokens[sentence.clone()]
            .iter()
            .rev()
            .find(|t| t.kind == TokenKind::Mark && !t.is("\""))
            .is_some_and(|t| t.is("?")),
        is_hedged: reader.nearby().any(|at| reader.is(at, Cue::Hedges)),
        is_hypothetical: reader
            .nearby()
            .any(|at| reader.is(at, Cue::Hypotheticals) && !reader.is_refuted(at)),
        is_future: statement.loose.iter().chain(&reader.before(2)).any(|&at| reader.is(at, Cue::Futures)),
        is_unclear: reader.is_unclear(),
        speaker: reader.speaker(),
        ..Attitude::default()
    };
    let mut turns = reader.negations();
    if let Some(denial) = reader.nearby().find(|&at| reader.is(at, Cue::Denials)) {
        turns += 1;
        let speaker = noun_phrase_before(statement.tokens, sentence.start, denial);
        attitude.speaker = speaker.or_else(|| Some(UNNAMED.to_owned()));
        // "Did not deny" says neither yes nor no.
        attitude.is_hypothetical |= turns > 1;
    }
    attitude.is_negated = turns % 2 == 1;
    let is_quoted = statement.is_quoted.get(statement.about.0).copied().unwrap_or(false);
    if is_quoted && attitude.speaker.is_none() {
        attitude.speaker = Some("a quotation".to_owned());
    }
    attitude.is_partial = is_quoted || reader.is_partial(attitude.speaker.as_deref());
    attitude
}

struct Reader<'a> {
    statement: Statement<'a>,
    tokens: &'a [Token<'a>],
    sentence: Range<usize>,
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
        let before = self.sentence.start..self.statement.about.0;
        let ends =
            |at: &usize| [";", ":", "\""].contains(&&*self.tokens[*at].norm) || self.tokens[*at].is("but");
        before.rev().find(ends).map_or(self.sentence.start, |at| at + 1)
    }

    /// Up to `n` tokens of the clause right before the match.
    fn before(&self, n: usize) -> Vec<usize> {
        let start = self.statement.about.0;
        (start.saturating_sub(n).max(self.clause_start())..start).collect()
    }

    /// The tokens of the clause before the match, and those its gaps took.
    fn nearby(&self) -> impl Iterator<Item = usize> {
        (self.clause_start()..self.statement.about.0).chain(self.statement.loose.iter().copied())
    }

    fn negations(&self) -> usize {
        // "Without a break" denies nothing.
        let is_harmless = |at: usize| {
            let article = self.tokens.get(at + 1).is_some_and(|next| next.is("a") || next.is("any"));
            let next = self.tokens.get(at + 1 + usize::from(article));
            next.is_some_and(|next| self.cues.is(next, Cue::Harmless))
        };
        let reach = self.before(NEGATION_REACH);
        let near = reach.iter().chain(self.statement.loose).copied();
        let is_negator = |at: &usize| self.is(*at, Cue::Negators) && !is_harmless(*at);
        // "It is not true that …" and "it is false that …" turn the whole clause behind them.
        let first_near = reach.first().copied().unwrap_or(self.statement.about.0);
        let far = self.clause_start()..self.statement.about.0;
        let is_turn = |at: usize| match (self.is(at, Cue::Truths), self.is(at, Cue::Falsehoods)) {
            (true, _) => (at.saturating_sub(2)..at).any(|before| before < first_near && is_negator(&before)),
            (false, is_false) => is_false,
        };
        let is_whole =
            |at: &usize| self.tokens.get(at + 1).is_some_and(|next| next.is("that")) && is_turn(*at);
        near.filter(is_negator).count() + far.filter(is_whole).count()
    }

    /// Whether "than" belongs to "more than".
    fn is_measure(&self, at: usize) -> bool {
        at > 0 && ["more", "less", "fewer", "greater", "higher"].contains(&&*self.tokens[at - 1].norm)
    }

    /// Whether a modal verb is denied: what could not be was not.
    fn is_refuted(&self, at: usize) -> bool {
        let is_could = ["could", "would"].contains(&&*self.tokens[at].norm);
        is_could && self.tokens.get(at + 1).is_some_and(|next| next.is("not") || next.is("n't"))
    }

    /// Whether words near the statement leave neither yes nor no: "no longer", "failed to", "other than".
    fn is_unclear(&self) -> bool {
        let changes = |at: usize| {
            self.is_run(at, &["no", "longer"])
                || self.is_run(at, &["not", "yet"])
                || self.is_run(at, &["yet", "to"])
                || self.is_run(at, &["stopped"])
                || self.is_run(at, &["ceased"])
                || self.is(at, Cue::Failures)
        };
        let start = self.statement.about.0;
        self.nearby().any(changes)
            || start > 0 && self.is_run(start - 1, &["than"]) && !self.is_measure(start - 1)
    }

    /// Who says so: "officials said that …", "…, officials said", "according to officials".
    fn speaker(&self) -> Option<String> {
        let start = self.statement.about.0;
        let verb = (self.clause_start()..start)
            .rev()
            .take(SPEECH_REACH)
            .find(|&at| self.cues.is_report(self.tokens, at));
        if let Some(verb) = verb {
            return noun_phrase_before(self.tokens, self.sentence.start, verb).or(Some(UNNAMED.to_owned()));
        }
        let is_passive = |verb: usize| {
            verb > 0 && (self.is(verb - 1, Cue::Copulas) || verb > 1 && self.is(verb - 2, Cue::Copulas))
        };
        // "Four were confirmed dead" is nobody's word; "four were reported dead" is somebody's.
        let is_plain = |verb: usize| {
            is_passive(verb) && ["confirmed", "declared", "announced"].contains(&&*self.tokens[verb].norm)
        };
        let is_saying = |at: &&usize| self.cues.is_report(self.tokens, **at) && !is_plain(**at);
        if let Some(&verb) = self.statement.loose.iter().find(is_saying) {
            let is_passive = is_passive(verb);
            let subject = || noun_phrase_before(self.tokens, self.sentence.start, verb);
            return if is_passive { Some(UNNAMED.to_owned()) } else { subject() };
        }
        self.according_to().or_else(|| self.speaker_behind())
    }

    /// Whether the words of saying, or those for the speaker, leave it with somebody who has a side.
    fn is_partial(&self, speaker: Option<&str>) -> bool {
        let Some(speaker) = speaker else { return false };
        let has_side = tokens(speaker, 0).iter().any(|token| self.cues.is(token, Cue::Partisans));
        let outside = self.sentence.clone().filter(|at| !self.own().contains(at));
        has_side
            || outside.into_iter().any(|at| self.is(at, Cue::Claiming))
            || self.nearby().any(|at| self.is(at, Cue::Denials))
    }

    /// The tokens of the statement itself.
    fn own(&self) -> Range<usize> {
        self.statement.about.0..self.statement.about.1
    }

    fn according_to(&self) -> Option<String> {
        let at = self.sentence.clone().find(|&at| self.is_run(at, &["according", "to"]))?;
        self.phrase(at + 2..self.sentence.end)
    }

    /// "…, officials said." and "…, said officials."
    fn speaker_behind(&self) -> Option<String> {
        let rest = self.statement.about.1..self.sentence.end;
        // "It closed, saying that …" and "Hakim, 51, was said to …" tell of nobody who says the first.
        let says = |at: &usize| {
            self.cues.is_report(self.tokens, *at)
                && !self.tokens[*at].norm.ends_with("ing")
                && !self.is(at.saturating_sub(1), Cue::Copulas)
        };
        let verb = rest.clone().find(says)?;
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
pub fn noun_phrase_before(tokens: &[Token<'_>], start: usize, verb: usize) -> Option<String> {
    const AUXILIARIES: [&str; 27] = [
        "did",
        "does",
        "do",
        "could",
        "would",
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

#[cfg(test)]
mod tests {
    use super::super::{Cues, Statement, attitude, quoted};
    use crate::value::tokens;

    /// The statement is what stands between the bars.
    fn check(text: &str, expected: &str) {
        let plain = text.replace('|', "");
        let tokens = tokens(&plain, 0);
        let mut bars = text.match_indices('|').map(|(at, _)| at as u32);
        let (from, to) = (bars.next().expect("two bars"), bars.next().expect("two bars") - 1);
        let first = tokens.iter().position(|token| token.span.start >= from).expect("a token");
        let end = tokens.iter().position(|token| token.span.start >= to).unwrap_or(tokens.len());
        let is_quoted = quoted(&tokens);
        let statement = Statement {
            tokens: &tokens,
            sentence: (0, tokens.len()),
            about: (first, end),
            loose: &[],
            is_quoted: &is_quoted,
        };
        let found = attitude(&statement, &Cues::new());
        let marks = [
            (found.is_negated, "no"),
            (found.is_hedged, "hedged"),
            (found.is_future, "planned"),
            (found.is_hypothetical, "supposed"),
            (found.is_question, "asked"),
            (found.is_unclear, "unclear"),
        ];
        let mut shown: Vec<String> =
            marks.iter().filter(|(is, _)| *is).map(|(_, name)| (*name).to_owned()).collect();
        shown.extend(found.speaker.map(|speaker| format!("by {speaker}")));
        assert_eq!(shown.join(", "), expected, "{text}");
    }

    #[test]
    fn how_statements_are_meant() {
        for (text, expected) in [
            ("The two |met in Oslo|.", ""),
            ("The two never |met in Oslo|.", "no"),
            ("The two did not |meet in Oslo|.", "no"),
            ("It is not true that they did not |meet in Oslo|.", ""),
            ("It is not true that they |met in Oslo|.", "no"),
            ("It is false that the two |met in Oslo|.", "no"),
            ("The two not only |met in Oslo| but dined.", ""),
            ("No fewer than two men |met in Oslo|.", ""),
            ("The two left without |meeting in Oslo|.", "no"),
            ("The ministry denied that they |met in Oslo|.", "no, by The ministry"),
            ("The ministry did not deny that they |met in Oslo|.", "supposed, by The ministry"),
            ("The two refused to |meet in Oslo|.", "unclear"),
            ("The two failed to |meet in Oslo|.", "unclear"),
            ("The two no longer |meet in Oslo|.", "no, unclear"),
            ("The two reportedly |met in Oslo|.", "hedged"),
            ("The two could |meet in Oslo|.", "supposed"),
            ("The two could not |meet in Oslo|.", "no"),
            ("If the two |meet in Oslo|, it helps.", "supposed"),
            ("The two will |meet in Oslo|.", "planned"),
            ("The two plan to |meet in Oslo|.", "planned"),
            ("Did the two |meet in Oslo|?", "asked"),
            ("The mayor said the two |met in Oslo|.", "by The mayor"),
            ("The two |met in Oslo|, the mayor said.", "by the mayor"),
            ("The two |met in Oslo|, saying it was late.", ""),
            ("The two, 51 and 40, |met in Oslo|, was said later.", ""),
            ("According to the mayor, the two |met in Oslo|.", "by the mayor"),
            ("“The two |met in Oslo|.”", "by a quotation"),
        ] {
            check(text, expected);
        }
    }
}
