//! What an article says of itself in its first and last lines: dateline and byline.

use crate::corpus::{Dateline, Metadata};
use crate::value::{DateSet, Grain, Token, TokenKind, dates, tokens};

/// Lines at the start and at the end that are looked at.
const FIRST: usize = 6;
const LAST: usize = 3;
/// A line of more bytes is running text, of which a dateline is only the start.
const LONGEST: usize = 160;

/// Reads what the lines around a text say; fields that they do not say are missing.
pub(super) fn facts(text: &str) -> Metadata {
    let mut metadata = Metadata::default();
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    for line in lines().take(FIRST) {
        let head = head(line);
        if !may_tell(head) {
            continue;
        }
        let tokens = tokens(head, 0);
        if let Some(dateline) = agency_dateline(&tokens) {
            metadata.source = metadata.source.or(dateline.agency);
            metadata.published = metadata.published.or(dateline.day);
        } else if head.len() == line.len() {
            metadata.author = metadata.author.or_else(|| byline(line, &tokens));
            metadata.published = metadata.published.or_else(|| dated_line(&tokens));
        }
    }
    if metadata.published.is_none() {
        let last = text.lines().rev().map(str::trim).filter(|line| !line.is_empty()).take(LAST);
        let dated = last
            .filter(|line| line.len() <= LONGEST && line.contains(|c: char| c.is_ascii_digit()))
            .find_map(|line| dated_line(&tokens(line, 0)));
        metadata.published = dated;
    }
    metadata
}

/// Whether a line may be a byline or start with a dateline: most lines of an article need no second look.
fn may_tell(head: &str) -> bool {
    head.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "))
        || head.contains(|c: char| c.is_ascii_digit())
        || head.chars().take(2).all(|c| !c.is_lowercase())
}

/// The start of a line, cut between characters.
fn head(line: &str) -> &str {
    let end = (0..=line.len().min(LONGEST)).rev().find(|&end| line.is_char_boundary(end));
    &line[..end.unwrap_or(0)]
}

struct AgencyDateline {
    agency: Option<String>,
    day: Option<Dateline>,
}

/// `PYONGYANG, North Korea, June 19, 2024 (AP) —`: a place in capitals, and behind it a day, an agency or both.
fn agency_dateline(tokens: &[Token<'_>]) -> Option<AgencyDateline> {
    /// A dateline has at most so many tokens.
    const LONGEST: usize = 20;
    let is_capitals = |token: &Token<'_>| {
        token.kind == TokenKind::Word
            && token.text.chars().count() > 1
            && !token.text.chars().any(char::is_lowercase)
    };
    let dash = |token: &Token<'_>| token.is("-") && !token.is_glued;
    tokens.first().filter(|token| is_capitals(token))?;
    let end = tokens.iter().take(LONGEST).position(dash)?;
    let line = &tokens[..end];
    let bracket = line.iter().position(|token| token.is("("));
    let agency = bracket.and_then(|open| {
        let close = open + line[open..].iter().position(|token| token.is(")"))?;
        let names = &line[open + 1..close];
        let is_name = !names.is_empty() && names.len() <= 3 && names.iter().all(Token::is_capitalized);
        is_name.then(|| names.iter().map(|token| token.text).collect::<Vec<_>>().join(" "))
    });
    let dates = dates(&line[..bracket.unwrap_or(end)], None);
    if agency.is_none() && dates.is_empty() {
        return None;
    }
    Some(AgencyDateline { agency, day: dates.first().and_then(|found| day(&found.value)) })
}

/// `By Anna Berg and Li Wei`: nothing but names behind the word.
fn byline(line: &str, tokens: &[Token<'_>]) -> Option<String> {
    const MOST_WORDS: usize = 8;
    let is_name = |token: &Token<'_>| {
        token.is_capitalized()
            || token.kind == TokenKind::Mark && !token.is("?")
            || ["and", "de", "van", "von", "der", "al"].contains(&&*token.norm)
    };
    let (by, names) = tokens.split_first()?;
    let is_byline =
        by.is("by") && !names.is_empty() && names.len() <= MOST_WORDS && names.iter().all(is_name);
    let end = names
        .iter()
        .find(|token| token.is(",") || token.is("-") || token.is("|"))
        .map_or(line.len(), |token| token.span.start as usize);
    let author = line.get(by.span.end as usize..end)?.trim();
    (is_byline && dates(names, None).is_empty() && !author.is_empty())
        .then(|| author.trim_end_matches('.').to_owned())
}

/// A line that is only a day: `(October 7, 2022)`, `Published 4 March 2024`, `2024-03-04 10:15`.
fn dated_line(tokens: &[Token<'_>]) -> Option<Dateline> {
    const MOST_TOKENS: usize = 16;
    const WORDS: [&str; 18] = [
        "published",
        "posted",
        "updated",
        "date",
        "on",
        "at",
        "am",
        "pm",
        "gmt",
        "utc",
        "et",
        "est",
        "edt",
        "bst",
        "cet",
        "last",
        "first",
        "issued",
    ];
    if tokens.len() > MOST_TOKENS {
        return None;
    }
    let found = dates(tokens, None);
    let [found] = &found[..] else { return None };
    let outside = tokens.iter().enumerate().filter(|(at, _)| !found.tokens.contains(at));
    let is_only = outside.into_iter().all(|(_, token)| {
        token.kind != TokenKind::Word
            || WORDS.contains(&&*token.norm)
            || crate::value::is_calendar_word(&token.norm)
    });
    if is_only { day(&found.value) } else { None }
}

/// The one day that a date means, if it is told to the day.
fn day(date: &DateSet) -> Option<Dateline> {
    let [days] = &date.readings[..] else { return None };
    if date.grain != Grain::Day || date.is_about || date.ends.is_some() {
        return None;
    }
    let dateline = Dateline { from: days.from?, to: days.to? };
    dateline.day().map(|_| dateline)
}

#[cfg(test)]
mod tests {
    use super::facts;

    fn check(text: &str, source: &str, author: &str, published: &str) {
        let facts = facts(text);
        let day = facts.published.map(|day| day.to_string());
        let found =
            [facts.source.as_deref(), facts.author.as_deref(), day.as_deref()].map(Option::unwrap_or_default);
        assert_eq!(found, [source, author, published], "{text}");
    }

    #[test]
    fn lines_around_a_text() {
        check("PYONGYANG, June 19, 2024 (AP) — Two leaders met on Wednesday.", "AP", "", "2024-06-19");
        check("PYONGYANG, June 19 (AP) - Two leaders met.", "AP", "", "");
        check("LONDON, March 4 - Oil prices rose.", "", "", "");
        check("LONDON - Oil prices rose.", "", "", "");
        check(
            "The bridge is open\nBy Anna van der Berg and Li Wei\nText.\n",
            "",
            "Anna van der Berg and Li Wei",
            "",
        );
        check("By Friday the water had fallen.\n", "", "", "");
        check("Title\n\nText of it.\n\n(October 7, 2022)\n", "", "", "2022-10-07");
        check("Title\nPublished 4 March 2024\nText.\n", "", "", "2024-03-04");
        check("Title\nThe pier opened on 4 March 2024.\n", "", "", "");
        check("", "", "", "");
    }
}
