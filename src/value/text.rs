//! A text's tokens with the words they are.

use super::lexicon::{Class, Language, Word};
use super::token::{Token, TokenKind};

/// Tokens, and the numbers of their words.
pub(super) struct Text<'a> {
    pub(super) tokens: &'a [Token<'a>],
    pub(super) words: Vec<Word>,
    pub(super) language: &'static Language,
}

impl<'a> Text<'a> {
    pub(super) fn new(tokens: &'a [Token<'a>], language: &'static Language) -> Self {
        Self { tokens, words: tokens.iter().map(|token| language.word(token)).collect(), language }
    }

    /// The longest run of words of a class at a place.
    pub(super) fn class(&self, class: Class, at: usize) -> Option<(usize, i64)> {
        self.language.entry(class, self.words.get(at..)?)
    }

    /// Whether a run of words of a class stands at a place.
    pub(super) fn is(&self, class: Class, at: usize) -> bool {
        self.class(class, at).is_some()
    }

    /// Whether the token is this word or mark.
    pub(super) fn is_word(&self, at: usize, norm: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(norm))
    }

    pub(super) fn is_kind(&self, at: usize, kind: TokenKind) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == kind)
    }

    /// Whether the token stands right behind the one before it.
    pub(super) fn is_glued(&self, at: usize) -> bool {
        at > 0 && self.tokens.get(at).is_some_and(|token| token.is_glued)
    }

    /// Whether a full stop stands behind a figure or a shortened word of the tables.
    pub(super) fn is_abbreviated(&self, stop: usize) -> bool {
        let Some(before) = stop.checked_sub(1) else { return false };
        let token = &self.tokens[before];
        token.kind == TokenKind::Number || token.text.len() <= 5 && !self.language.is_full(self.words[before])
    }

    /// Whether no noun follows at a place: a mark, the end, or a word that is none.
    pub(super) fn is_no_noun(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|next| next.kind == TokenKind::Mark && !next.is("-"))
            || self.is(self.language.ids.no_noun, at)
    }

    /// Whether an unknown word may be a number or a rank of several parts: "twentyfifth", "dreiundzwanzig".
    pub(super) fn may_be_fused(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let is_unknown = token.kind == TokenKind::Word
            && !self.language.opens(self.words[at]).rank
            && token.norm.len() > 6;
        is_unknown && (self.language.numerals.compound.is_some() || token.norm.contains("ty"))
    }

    /// Whether a number in words can start at a place.
    pub(super) fn may_be_spelled(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| self.language.opens(*word).number) || self.may_be_fused(at)
    }

    /// Whether a word is glued behind a place: `13F`, `2019b`.
    pub(super) fn has_tail(&self, end: usize) -> bool {
        self.is_glued(end) && self.tokens[end].kind != TokenKind::Mark
    }
}
