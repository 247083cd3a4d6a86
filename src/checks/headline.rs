//! A figure in the headline that the text tells otherwise.

use super::sheet::{Check, Sheet, Slip};
use crate::corpus::Span;
use crate::value::{Found, Reader, Reading, Token, TokenKind, Value, tokens};
use rust_decimal::Decimal;

pub(super) const CHECK: Check = Check {
    code: 310,
    name: "headline-figure",
    reads: "a number, a sum of money or a percentage in the headline that stands nowhere in the text, where the first paragraphs count the same thing or name an amount of the same kind",
    misses: "headlines whose figure the text does not tell at all, figures that are sums of others, and ages, years and scores",
    wrong: "Title: \"Flood kills 17 people in Ossel\". The flood in Ossel killed 71 people.",
    right: "Title: \"Flood kills 17 people in Ossel\". The flood in Ossel killed 17 people.",
    run,
};

/// Paragraphs that tell what the headline tells.
const LEAD: usize = 2;
/// Figures of a headline that are looked up: more are no headline.
const MOST_FIGURES: usize = 3;
/// Words that the sentence shares with the headline at least.
const SHARED: usize = 2;
/// A figure within one part in so many is the same, told more or less finely.
const CLOSENESS: i64 = 20;
/// Letters by which two words are one: "kills" and "killed".
const STEM: usize = 4;

fn run(sheet: &Sheet<'_>) -> Vec<Slip> {
    let Some(title) = sheet.document.metadata.title.as_deref() else { return Vec::new() };
    // In capitals "MLN" and "DLRS" are names as well as units.
    if !title.chars().any(char::is_lowercase) {
        return Vec::new();
    }
    let head = tokens(title, 0);
    let reading = Reading { dateline: sheet.document.metadata.published, ..Reading::default() };
    let values = Reader::new(sheet.document.metadata.lang.as_deref(), reading).values(&head, &mut None);
    values
        .iter()
        .filter(|found| is_told(found, &head))
        .take(MOST_FIGURES)
        .filter_map(|found| differing(sheet, &head, found))
        .take(1)
        .collect()
}

/// Whether a figure of the headline is one that texts repeat.
fn is_told(found: &Found<Value>, head: &[Token<'_>]) -> bool {
    let at_least_two = |amount: Decimal| amount >= Decimal::TWO;
    let is_exact = found.value.amount().and_then(|set| set.exact()).is_some_and(at_least_two);
    let is_ordinal =
        head.get(found.tokens.end).is_some_and(|next| next.is_glued || next.is("-") || next.is("year"));
    let is_year = found.tokens.len() == 1 && crate::checks::sheet::year(&head[found.tokens.start]).is_some();
    !is_year
        && matches!(found.value, Value::Count(_) | Value::Money(..) | Value::Percent(_))
        && is_exact
        && !is_ordinal
}

fn differing(sheet: &Sheet<'_>, head: &[Token<'_>], found: &Found<Value>) -> Option<Slip> {
    let figure = |found: &Found<Value>| found.value.amount().and_then(|set| set.exact());
    let told = figure(found)?;
    let is_near = |other: Decimal| {
        other.saturating_sub(told).abs().saturating_mul(Decimal::from(CLOSENESS))
            <= other.abs().max(told.abs())
    };
    let is_same = |other: &Found<Value>| {
        let is_kind = other.value.kind() == found.value.kind();
        is_kind && (!other.value.is_disjoint(&found.value) || figure(other).is_some_and(is_near))
    };
    // Any figure that it could be keeps it silent.
    if sheet.paragraphs.iter().flat_map(|paragraph| &paragraph.values).any(is_same) {
        return None;
    }
    let noun = |tokens: &[Token<'_>], found: &Found<Value>| {
        tokens.get(found.tokens.end).filter(|next| next.kind == TokenKind::Word).map(stem)
    };
    let words = telling(head, found);
    for paragraph in sheet.paragraphs.iter().take(LEAD) {
        for (range, span) in &paragraph.sentences {
            let same =
                paragraph.values_in(range).iter().filter(|other| other.value.kind() == found.value.kind());
            let exact: Vec<&Found<Value>> =
                same.filter(|other| other.value.amount().and_then(|set| set.exact()).is_some()).collect();
            let [other] = exact.as_slice() else { continue };
            let is_counted = match (&found.value, &other.value) {
                (Value::Count(_), _) => {
                    let counted = noun(head, found);
                    counted.is_some() && counted == noun(&paragraph.tokens, other)
                }
                (Value::Money(_, one), Value::Money(_, two)) => one == two,
                _ => true,
            };
            if !is_counted {
                continue;
            }
            let shared = words
                .iter()
                .filter(|word| range.clone().any(|at| stem(&paragraph.tokens[at]) == **word))
                .count();
            if shared >= SHARED {
                let message = format!(
                    "the headline says {}, the text {}: either could be wrong",
                    found.value, other.value
                );
                return Some(Slip {
                    code: CHECK.code,
                    message,
                    places: vec![(*span, vec![paragraph.span(&other.tokens)] as Vec<Span>)],
                });
            }
        }
    }
    None
}

/// The other words of the headline, by their first letters.
fn telling(head: &[Token<'_>], found: &Found<Value>) -> Vec<String> {
    let is_telling = |(at, token): &(usize, &Token<'_>)| {
        !found.tokens.contains(at) && token.kind == TokenKind::Word && token.norm.len() >= STEM
    };
    let mut words: Vec<String> =
        head.iter().enumerate().filter(is_telling).map(|(_, token)| stem(token)).collect();
    words.sort();
    words.dedup();
    words
}

fn stem(token: &Token<'_>) -> String {
    token.norm.chars().take(STEM).collect()
}
