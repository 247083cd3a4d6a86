//! A block taken apart: its tokens, sentences, values and quotations.

use crate::clause::quoted;
use crate::corpus::{Block, Document, Span};
use crate::segment::sentences;
use crate::value::{DateOrder, DateSet, Found, Reader, Reading, Token, Value, tokens};
use std::ops::Range;

/// A paragraph that claims are read from.
#[derive(Debug)]
pub struct Paragraph<'a> {
    /// Its place among the document's blocks.
    pub block: usize,
    /// Its words, figures and marks.
    pub tokens: Vec<Token<'a>>,
    /// The tokens of each sentence, and where it stands.
    pub sentences: Vec<(Range<usize>, Span)>,
    /// The values in it, in order.
    pub values: Vec<Found<Value>>,
    /// Whether each token stands inside quotation marks.
    pub is_quoted: Vec<bool>,
}

impl<'a> Paragraph<'a> {
    /// Takes a block apart; `anchor` is the last date before it, and is left at its own last one.
    fn new(
        document: &'a Document,
        block: usize,
        span: Span,
        reader: &Reader,
        anchor: &mut Option<DateSet>,
    ) -> Self {
        let text = &document.text;
        let tokens = tokens(span.of(text), span.start as usize);
        let values = reader.values(&tokens, anchor);
        let sentences = sentences(text, span)
            .into_iter()
            .map(|sentence| (token_range(&tokens, sentence), sentence))
            .collect();
        let is_quoted = quoted(&tokens);
        Self { block, tokens, sentences, values, is_quoted }
    }

    /// The date of this number among the values.
    pub(super) fn date(&self, index: usize) -> Option<&DateSet> {
        match &self.values[index].value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// The values that lie wholly inside a run of tokens.
    pub fn values_in(&self, range: &Range<usize>) -> &[Found<Value>] {
        let first = self.values.partition_point(|value| value.tokens.start < range.start);
        let end = self.values.partition_point(|value| value.tokens.end <= range.end);
        &self.values[first..end.max(first)]
    }

    /// The dates that lie wholly inside a run of tokens.
    pub fn dates_in(&self, range: &Range<usize>) -> impl Iterator<Item = (&Range<usize>, &DateSet)> {
        self.values_in(range).iter().filter_map(|found| match &found.value {
            Value::Date(date) => Some((&found.tokens, date)),
            _ => None,
        })
    }

    /// Where a run of tokens stands.
    pub fn span(&self, range: &Range<usize>) -> Span {
        self.tokens[range.start].span.join(self.tokens[range.end - 1].span)
    }
}

/// The paragraphs of a document.
pub fn paragraphs<'a>(document: &'a Document, blocks: &[Block], order: DateOrder) -> Vec<Paragraph<'a>> {
    let reading = Reading { dateline: document.metadata.published, order };
    let reader = Reader::new(document.metadata.lang.as_deref(), reading);
    let mut anchor = None;
    let states_facts = blocks.iter().enumerate().filter(|(_, block)| block.kind.states_facts());
    states_facts
        .map(|(index, block)| Paragraph::new(document, index, block.span, &reader, &mut anchor))
        .collect()
}

fn token_range(tokens: &[Token<'_>], span: Span) -> Range<usize> {
    let start = tokens.partition_point(|token| token.span.start < span.start);
    let end = tokens.partition_point(|token| token.span.end <= span.end);
    start..end.max(start)
}
