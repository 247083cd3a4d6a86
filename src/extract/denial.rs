//! Sentences that answer the one before: "Both countries have denied this claim."

use super::article::Paragraph;
use crate::clause::{Cue, Cues, UNNAMED, noun_phrase_before};
use crate::value::TokenKind;
use std::ops::Range;

/// How far behind a denial the words may stand that point back, in tokens.
const REACH: usize = 6;

/// Who denies what was said before, and the words that do so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Denial {
    pub(super) speaker: String,
    pub(super) tokens: Range<usize>,
}

/// Whether a sentence denies the one before it.
pub(super) fn denial(paragraph: &Paragraph<'_>, sentence: &Range<usize>, cues: &Cues) -> Option<Denial> {
    let reader = Reader { paragraph, sentence: sentence.clone(), cues };
    sentence
        .clone()
        .find_map(|at| reader.active(at).or_else(|| reader.passive(at)).or_else(|| reader.called_false(at)))
}

struct Reader<'a> {
    paragraph: &'a Paragraph<'a>,
    sentence: Range<usize>,
    cues: &'a Cues,
}

impl Reader<'_> {
    fn is(&self, at: usize, cue: Cue) -> bool {
        self.sentence.contains(&at) && self.cues.is(&self.paragraph.tokens[at], cue)
    }

    fn is_denial(&self, at: usize) -> bool {
        let is_negated = (1..=2).any(|back| at >= back && self.is(at - back, Cue::Negators));
        self.is(at, Cue::Denials) && !is_negated
    }

    fn speaker_before(&self, verb: usize) -> String {
        noun_phrase_before(&self.paragraph.tokens, self.sentence.start, verb)
            .unwrap_or_else(|| UNNAMED.to_owned())
    }

    /// The end of words that point back, from a place on: "this claim", "the allegations", "it".
    fn pointer(&self, at: usize) -> Option<usize> {
        let within = at..(at + REACH).min(self.sentence.end);
        let first = within.start;
        let ends_there = |at: usize| {
            self.paragraph.tokens.get(at + 1).is_none_or(|next| {
                next.kind == TokenKind::Mark || next.is("on") || next.is("in") || next.is("as")
            })
        };
        let is_bare = self.is(first, Cue::Pointers) && ends_there(first);
        if is_bare {
            return Some(first + 1);
        }
        let noun = within.clone().find(|&at| self.is(at, Cue::Statements))?;
        // What the statement says may follow: "the report that …" is no answer to the sentence before.
        let tells_itself = self
            .paragraph
            .tokens
            .get(noun + 1)
            .is_some_and(|next| next.is("that") || next.is("he") || next.is("it"));
        let is_led = self.is(first, Cue::Pointers) || noun == first;
        (is_led && !tells_itself).then_some(noun + 1)
    }

    /// "… have denied this claim"
    fn active(&self, at: usize) -> Option<Denial> {
        let end = self.is_denial(at).then(|| self.pointer(at + 1)).flatten()?;
        Some(Denial { speaker: self.speaker_before(at), tokens: at..end })
    }

    /// "This was denied by …"
    fn passive(&self, at: usize) -> Option<Denial> {
        let is_passive = self.is_denial(at) && at > self.sentence.start && self.is(at - 1, Cue::Copulas);
        let is_led = (self.sentence.start..at).any(|at| self.is(at, Cue::Statements))
            || self.is(self.sentence.start, Cue::Pointers);
        let by = self.paragraph.tokens.get(at + 1).is_some_and(|token| token.is("by"));
        if !(is_passive && is_led && by) {
            return None;
        }
        let end = (at + 2..self.sentence.end)
            .find(|&at| self.paragraph.tokens[at].kind == TokenKind::Mark)
            .unwrap_or(self.sentence.end);
        let speaker = noun_phrase_before(&self.paragraph.tokens, at + 2, end)?;
        Some(Denial { speaker, tokens: at..end })
    }

    /// "… called the report baseless"
    fn called_false(&self, at: usize) -> Option<Denial> {
        let norm = self.paragraph.tokens[at].norm.as_ref();
        if !["called", "calls", "described", "describes", "branded"].contains(&norm) {
            return None;
        }
        let pointed = self.pointer(at + 1).or_else(|| self.is(at + 1, Cue::Pointers).then_some(at + 2))?;
        let falsehood =
            (pointed..(pointed + REACH).min(self.sentence.end)).find(|&at| self.is(at, Cue::Falsehoods))?;
        Some(Denial { speaker: self.speaker_before(at), tokens: at..falsehood + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::super::article::paragraphs;
    use super::{Cues, denial};
    use crate::corpus::{Block, BlockKind, Document, Span};
    use crate::value::DateOrder;

    fn check(text: &str, speaker: Option<&str>) {
        let document = Document::plain("a.txt", text);
        let block =
            Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, reason: String::new() };
        let paragraph = &paragraphs(&document, &[block], DateOrder::default())[0];
        let found =
            paragraph.sentences.iter().find_map(|(tokens, _)| denial(paragraph, tokens, &Cues::new()));
        assert_eq!(found.map(|denial| denial.speaker).as_deref(), speaker, "{text}");
    }

    #[test]
    fn denials_that_answer_the_sentence_before() {
        check("However, both countries have denied this claim of the paper.", Some("both countries"));
        check("Pyongyang dismissed the report as groundless.", Some("Pyongyang"));
        check("The ministry has repeatedly rejected these allegations.", Some("The ministry"));
        check("Moscow denied it.", Some("Moscow"));
        check("The claim was denied by both governments.", Some("both governments"));
        check("A spokesman called the report baseless.", Some("A spokesman"));
        check("The ministry rejected any such suggestion.", Some("The ministry"));
    }

    #[test]
    fn what_denies_nothing_or_something_else() {
        check("The ministry denied the report that the port was closed.", None);
        check("The ministry did not deny the claim.", None);
        check("He was denied entry.", None);
        check("The court rejected the appeal.", None);
        check("They called the report useful.", None);
        check("They made this claim.", None);
    }
}
