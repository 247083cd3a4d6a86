//! Tags and stretches of text, each with its place.
//!
//! The tokenizer is that of the WHATWG standard (`html5gum`); it gives spans, which parsers that build a
//! tree do not.

use super::tags::{self, Tag};
use crate::corpus::REMARK;
use html5gum::Tokenizer;
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use std::borrow::Cow;
use std::ops::Range;

/// What stands in a page.
#[derive(Debug)]
pub(super) enum Token {
    Start(Tag, Attributes),
    End(Tag),
    /// A stretch of the source, character references and all.
    Text(Range<usize>),
    /// A comment that speaks to this program.
    Remark(Range<usize>),
}

/// The attributes of an element that matter here; a repeated one keeps its first value.
#[derive(Debug, Default)]
pub(super) struct Attributes(Vec<(&'static str, String)>);

#[rustfmt::skip]
const NAMES: [&str; 16] = [
    "class", "id", "role", "hidden", "style", "aria-hidden", "itemprop", "property", "name", "content", "rel",
    "href", "type", "lang", "xml:lang", "datetime",
];

/// Under this the name of a custom element stands among its attributes.
pub(super) const CUSTOM_NAME: &str = "<name>";

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// The tokens of a page in order. Linear.
pub(super) fn tokens(source: &str) -> impl Iterator<Item = Token> {
    let mut emitter = CallbackEmitter::new(Collector::default());
    emitter.naively_switch_states(true);
    Tokenizer::new_with_emitter(source, emitter).map(|token| match token {
        Ok(token) => token,
        Err(never) => match never {},
    })
}

/// Puts the parts of a start tag together.
#[derive(Debug, Default)]
struct Collector {
    start: Option<(Tag, Attributes)>,
    attribute: Option<&'static str>,
}

impl Callback<Token, usize> for Collector {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: html5gum::Span<usize>) -> Option<Token> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                let tag = tags::lookup(name);
                let mut attributes = Attributes::default();
                if tag == tags::CUSTOM {
                    // Its name says what a class would.
                    attributes.0.push((CUSTOM_NAME, String::from_utf8_lossy(name).into_owned()));
                }
                self.start = Some((tag, attributes));
                None
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = NAMES.into_iter().find(|known| known.as_bytes() == name);
                let (Some(name), Some((_, attributes))) = (self.attribute, &mut self.start) else {
                    return None;
                };
                match attributes.get(name) {
                    Some(_) => self.attribute = None,
                    None => attributes.0.push((name, String::new())),
                }
                None
            }
            CallbackEvent::AttributeValue { value } => {
                if let (Some(_), Some((_, attributes))) = (self.attribute.take(), &mut self.start)
                    && let Some((_, last)) = attributes.0.last_mut()
                {
                    *last = String::from_utf8_lossy(value).into_owned();
                }
                None
            }
            CallbackEvent::CloseStartTag { .. } => {
                self.start.take().map(|(tag, attributes)| Token::Start(tag, attributes))
            }
            CallbackEvent::EndTag { name } => Some(Token::End(tags::lookup(name))),
            CallbackEvent::Comment { value } if value.trim_ascii_start().starts_with(REMARK.as_bytes()) => {
                Some(Token::Remark(span.start..span.end))
            }
            CallbackEvent::String { .. } => Some(Token::Text(span.start..span.end)),
            _ => None,
        }
    }
}

/// The longest name of a character reference, with its marks.
const LONGEST_REFERENCE: usize = 40;

/// Cuts a stretch of markup text where its characters and those of the source differ: character references
/// (`&amp;`, `&#8217;`) are pieces of their own. Gives each piece as read, and where it stands in the stretch.
/// Linear.
pub(in crate::read) fn unescape(raw: &str) -> impl Iterator<Item = (Cow<'_, str>, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &raw[at..];
        if rest.is_empty() {
            return None;
        }
        let start = at;
        let length = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        if length > 0 {
            at += length;
            return Some((Cow::Borrowed(&rest[..length]), start..at));
        }
        let name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let mut end = 1 + rest.bytes().skip(1).take(LONGEST_REFERENCE).take_while(name).count();
        end += usize::from(rest[end..].starts_with(';'));
        let decoded = htmlize::unescape(&rest[..end]);
        // A name without a semicolon may go on as plain text: `&ampersand` is `&ersand`.
        let plain = if decoded == rest[..end] { 0 } else { common_suffix(&decoded, &rest[1..end]) };
        let (text, length) = if decoded == rest[..end] {
            (Cow::Borrowed(&rest[..end]), end)
        } else {
            (Cow::Owned(decoded[..decoded.len() - plain].to_owned()), end - plain)
        };
        at += length;
        Some((text, start..at))
    })
}

/// How many bytes two texts have in common at their ends; the first keeps at least one character.
fn common_suffix(a: &str, b: &str) -> usize {
    let least = a.chars().next().map_or(0, char::len_utf8);
    let same = a.bytes().skip(least).rev().zip(b.bytes().rev()).take_while(|(x, y)| x == y && x.is_ascii());
    same.count()
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens, unescape};
    use proptest::prelude::{any, prop_assert, prop_assert_eq, proptest};

    #[test]
    fn references_are_pieces_of_their_own() {
        let read =
            |raw: &str| unescape(raw).map(|(text, there)| (text.into_owned(), there)).collect::<Vec<_>>();
        let own = |text: &str, from: usize, to: usize| (text.to_owned(), from..to);
        assert_eq!(read("a&amp;b"), [own("a", 0, 1), own("&", 1, 6), own("b", 6, 7)]);
        assert_eq!(read("&#8217;s"), [own("’", 0, 7), own("s", 7, 8)]);
        assert_eq!(read("&ampersand"), [own("&", 0, 4), own("ersand", 4, 10)]);
        assert_eq!(
            read("&;&x & y"),
            [own("&;", 0, 2), own("&x", 2, 4), own(" ", 4, 5), own("&", 5, 6), own(" y", 6, 8)]
        );
        assert_eq!(read("&#xD800;&#99999999;").len(), 2);
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole_stretch(raw in "(&|#|;|amp|lt|notin|x2019|[0-9a-z é]){0,30}") {
            let (mut at, mut text) = (0, String::new());
            for (piece, there) in unescape(&raw) {
                prop_assert_eq!(there.start, at);
                at = there.end;
                text.push_str(&piece);
            }
            prop_assert_eq!(at, raw.len());
            prop_assert_eq!(text, htmlize::unescape(&*raw).into_owned());
        }

        /// Spans lie in order, on character boundaries, and hold no tag.
        #[test]
        fn spans_are_text(source in "(<p>|</p>|<br/>|<!-- c -->|<a href='x'>|&amp;|\r\n|\r|\u{0}|<|>|é|[a-z ]){0,40}") {
            let mut last = 0;
            for token in tokens(&source) {
                if let Token::Text(range) = token {
                    prop_assert!(range.start >= last && source.get(range.clone()).is_some(), "{:?} {:?}", source, range);
                    prop_assert!(!source[range.clone()].contains("<p>"), "{:?} {:?}", source, range);
                    last = range.end;
                }
            }
        }

        #[test]
        fn nothing_is_too_odd(source in any::<String>()) {
            for token in tokens(&source) {
                if let Token::Text(range) = token {
                    prop_assert!(source.get(range).is_some());
                }
            }
        }
    }
}
