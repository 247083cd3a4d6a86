//! A block taken apart: its tokens, sentences, values and quotations.

use crate::corpus::{Block, Document, Span};
use crate::segment::sentences;
use crate::value::{DateSet, Found, NumberSet, Token, dates, numbers, tokens};
use std::ops::Range;

/// A paragraph that claims are read from.
#[derive(Debug)]
pub(super) struct Paragraph<'a> {
    /// Its place among the document's blocks.
    pub(super) block: usize,
    pub(super) tokens: Vec<Token<'a>>,
    /// The tokens of each sentence, and where it stands.
    pub(super) sentences: Vec<(Range<usize>, Span)>,
    pub(super) dates: Vec<Found<DateSet>>,
    pub(super) counts: Vec<Found<NumberSet>>,
    /// Whether each token stands inside quotation marks.
    pub(super) is_quoted: Vec<bool>,
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(document: &'a Document, block: usize, span: Span) -> Self {
        let text = &document.text;
        let tokens = tokens(span.of(text), span.start as usize);
        let dates = dates(&tokens, document.metadata.published);
        let mut counts = numbers(&tokens);
        counts.retain(|count| {
            let after = dates.partition_point(|date| date.tokens.end <= count.tokens.start);
            dates.get(after).is_none_or(|date| date.tokens.start >= count.tokens.end)
        });
        let sentences = sentences(text, span)
            .into_iter()
            .map(|sentence| (token_range(&tokens, sentence), sentence))
            .collect();
        let is_quoted = quoted(&tokens);
        Self { block, tokens, sentences, dates, counts, is_quoted }
    }

    /// Where a run of tokens stands.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        self.tokens[range.start].span.join(self.tokens[range.end - 1].span)
    }
}

/// The paragraphs of a document.
pub(super) fn paragraphs<'a>(document: &'a Document, blocks: &[Block]) -> Vec<Paragraph<'a>> {
    let states_facts = blocks.iter().enumerate().filter(|(_, block)| block.kind.states_facts());
    states_facts.map(|(index, block)| Paragraph::new(document, index, block.span)).collect()
}

fn token_range(tokens: &[Token<'_>], span: Span) -> Range<usize> {
    let start = tokens.partition_point(|token| token.span.start < span.start);
    let end = tokens.partition_point(|token| token.span.end <= span.end);
    start..end.max(start)
}

/// Double quotation marks open and close in turn; a paragraph that ends open is a quotation to its end.
fn quoted(tokens: &[Token<'_>]) -> Vec<bool> {
    let mut is_open = false;
    tokens
        .iter()
        .map(|token| {
            match token.text {
                "“" | "„" | "«" => is_open = true,
                "”" | "»" => is_open = false,
                "\"" => is_open = !is_open,
                _ => {}
            }
            is_open
        })
        .collect()
}
