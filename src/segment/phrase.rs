//! Phrases that pages say of themselves: patterns over the tokens of a block.
//!
//! Words match without regard to case. `(a|b c)` is either, `x?` may be missing, `x*` and `x+` repeat, `~5` is
//! a gap of up to five tokens, `**` one of any length. `{name}` is a word with a capital, `{upper}` one in
//! capitals, `{number}` a figure, `{word}` any word, `{mark}` any mark; `\(` is the mark itself. All ways to
//! match are followed at once (Thompson 1968), so that no phrase takes more than its own length times the
//! square of the block's.

use crate::value::{Token, TokenKind, tokens};

/// A compiled phrase.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    node: Node,
    at: At,
}

#[derive(Clone, Debug)]
enum Node {
    Word(String),
    Class(Class),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    /// A node so many times, at least and at most.
    Repeat(Box<Node>, usize, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Any,
    Name,
    Upper,
    Number,
    Word,
    Mark,
}

/// Names of classes in a phrase.
const CLASSES: [(&str, Class); 5] = [
    ("name", Class::Name),
    ("upper", Class::Upper),
    ("number", Class::Number),
    ("word", Class::Word),
    ("mark", Class::Mark),
];

/// Where in a block a phrase stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum At {
    /// It is all of it.
    #[default]
    Whole,
    /// At its start.
    Start,
    /// At its end.
    End,
    /// Somewhere.
    Anywhere,
}

impl Phrase {
    /// Reads a phrase.
    ///
    /// # Errors
    ///
    /// What is wrong with it, as a message for people.
    pub(super) fn parse(text: &str, at: At) -> Result<Self, String> {
        let mut parser = Parser { rest: text };
        let node = parser.alternatives()?;
        if !parser.rest.is_empty() {
            return Err(format!("`{}` closes nothing", parser.rest));
        }
        Ok(Self { node, at })
    }

    /// Words of which a block must have one to match, as rare ones as the phrase has; `None` where it has none
    /// that every match holds.
    pub(super) fn needs(&self) -> Option<Vec<&str>> {
        self.node.needs()
    }

    /// Whether a block that starts with this token may match.
    pub(super) fn can_start(&self, token: &Token<'_>) -> bool {
        matches!(self.at, At::End | At::Anywhere) || self.node.can_start(token)
    }

    /// Whether a block matches. At most quadratic in its tokens.
    pub(super) fn matches(&self, block: &[Token<'_>]) -> bool {
        let starts = match self.at {
            At::Whole | At::Start => 0..block.len().min(1),
            At::End | At::Anywhere => 0..block.len(),
        };
        starts.filter(|&start| self.node.can_start(&block[start])).any(|start| {
            let ends = self.node.ends(block, vec![start]);
            match self.at {
                At::Whole | At::End => ends.contains(&block.len()),
                At::Start | At::Anywhere => !ends.is_empty(),
            }
        })
    }
}

impl Node {
    /// Of the sets of words of which every match holds one the rarest, taken to be that of the longest words.
    fn needs(&self) -> Option<Vec<&str>> {
        match self {
            Self::Word(word) => {
                let is_plain = word.chars().all(char::is_alphanumeric) && word.len() > 1;
                is_plain.then(|| vec![word.as_str()])
            }
            Self::Class(_) | Self::Repeat(_, 0, _) => None,
            Self::Repeat(node, ..) => node.needs(),
            Self::Sequence(nodes) => {
                let shortest = |words: &Vec<&str>| words.iter().map(|word| word.len()).min();
                nodes.iter().filter_map(Self::needs).max_by_key(shortest)
            }
            Self::Either(nodes) => {
                let needs: Option<Vec<Vec<&str>>> = nodes.iter().map(Self::needs).collect();
                needs.map(|needs| needs.concat())
            }
        }
    }

    /// Whether a match can start with this token, or be empty.
    fn can_start(&self, token: &Token<'_>) -> bool {
        match self {
            Self::Word(word) => token.is(word),
            Self::Class(class) => class.holds(token),
            Self::Repeat(node, least, _) => *least == 0 || node.can_start(token),
            Self::Either(nodes) => nodes.iter().any(|node| node.can_start(token)),
            Self::Sequence(nodes) => {
                for node in nodes {
                    match node {
                        Self::Repeat(node, 0, _) if !node.can_start(token) => {}
                        node => return node.can_start(token),
                    }
                }
                true
            }
        }
    }

    /// Every place, sorted, at which a match that starts at one of `starts` can end.
    fn ends(&self, block: &[Token<'_>], starts: Vec<usize>) -> Vec<usize> {
        match self {
            Self::Word(word) => step(block, starts, |token| token.is(word)),
            Self::Class(class) => step(block, starts, |token| class.holds(token)),
            Self::Sequence(nodes) => {
                nodes.iter().fold(
                    starts,
                    |starts, node| {
                        if starts.is_empty() { starts } else { node.ends(block, starts) }
                    },
                )
            }
            Self::Either(nodes) => {
                let mut ends: Vec<usize> =
                    nodes.iter().flat_map(|node| node.ends(block, starts.clone())).collect();
                ends.sort_unstable();
                ends.dedup();
                ends
            }
            Self::Repeat(node, least, most) => {
                let mut ends = if *least == 0 { starts.clone() } else { Vec::new() };
                let mut reached = starts;
                for n in 1..=*most {
                    reached = node.ends(block, reached);
                    // What was reached before leads nowhere new.
                    if n > *least {
                        reached.retain(|end| ends.binary_search(end).is_err());
                    }
                    if reached.is_empty() {
                        break;
                    }
                    if n >= *least {
                        ends.extend(&reached);
                        ends.sort_unstable();
                        ends.dedup();
                    }
                }
                ends
            }
        }
    }
}

fn step(block: &[Token<'_>], starts: Vec<usize>, holds: impl Fn(&Token<'_>) -> bool) -> Vec<usize> {
    starts.into_iter().filter(|&at| block.get(at).is_some_and(&holds)).map(|at| at + 1).collect()
}

impl Class {
    fn holds(self, token: &Token<'_>) -> bool {
        match self {
            Self::Any => true,
            Self::Name => token.kind == TokenKind::Word && token.is_capitalized(),
            Self::Upper => {
                token.kind == TokenKind::Word
                    && token.is_capitalized()
                    && !token.text.chars().any(char::is_lowercase)
            }
            Self::Number => token.kind == TokenKind::Number,
            Self::Word => token.kind == TokenKind::Word,
            Self::Mark => token.kind == TokenKind::Mark,
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    /// `a b|c`, up to a closing bracket or the end.
    fn alternatives(&mut self) -> Result<Node, String> {
        let mut either = vec![self.sequence()?];
        while self.take("|") {
            either.push(self.sequence()?);
        }
        Ok(if either.len() == 1 { either.swap_remove(0) } else { Node::Either(either) })
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || self.rest.starts_with(['|', ')']) {
                break;
            }
            let node = self.item()?;
            nodes.push(self.repeated(node));
        }
        if nodes.is_empty() {
            return Err("an empty phrase".to_owned());
        }
        Ok(if nodes.len() == 1 { nodes.swap_remove(0) } else { Node::Sequence(nodes) })
    }

    fn item(&mut self) -> Result<Node, String> {
        let any = |most| Node::Repeat(Box::new(Node::Class(Class::Any)), 0, most);
        if self.take("**") {
            return Ok(any(usize::MAX));
        }
        if self.take("~") {
            let digits = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let most = self.rest[..digits].parse().map_err(|_| "`~` needs a number of tokens".to_owned())?;
            self.rest = &self.rest[digits..];
            return Ok(any(most));
        }
        if self.take("(") {
            let node = self.alternatives()?;
            return if self.take(")") { Ok(node) } else { Err("a bracket is not closed".to_owned()) };
        }
        if self.take("{") {
            let end = self.rest.find('}').ok_or("a brace is not closed")?;
            let name = &self.rest[..end];
            let class = CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class);
            self.rest = &self.rest[end + 1..];
            return class.map(Node::Class).ok_or_else(|| {
                format!("`{{{name}}}` is none of {{name}}, {{upper}}, {{number}}, {{word}}, {{mark}}")
            });
        }
        self.words()
    }

    /// A word as a token reads it, which may be two ("don't"), or a mark.
    fn words(&mut self) -> Result<Node, String> {
        let is_escaped = self.take("\\");
        let is_end = |c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | '|' | '?' | '*' | '+' | '{' | '}' | '~' | '\\')
        };
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let length = if is_escaped { first } else { self.rest.find(is_end).unwrap_or(self.rest.len()) };
        let text = &self.rest[..length];
        let mut words: Vec<Node> =
            tokens(text, 0).into_iter().map(|token| Node::Word(token.norm.into_owned())).collect();
        self.rest = &self.rest[length..];
        match words.len() {
            0 => Err(format!("`{}` is no word", self.rest.chars().next().unwrap_or(' '))),
            1 => Ok(words.swap_remove(0)),
            _ => Ok(Node::Sequence(words)),
        }
    }

    fn repeated(&mut self, node: Node) -> Node {
        let (least, most) = match self.rest.chars().next() {
            Some('?') => (0, 1),
            Some('*') if !self.rest.starts_with("**") => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            _ => return node,
        };
        self.rest = &self.rest[1..];
        Node::Repeat(Box::new(node), least, most)
    }

    fn take(&mut self, mark: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(mark) else { return false };
        self.rest = rest;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{At, Phrase};
    use crate::value::tokens;
    use proptest::prelude::{prop_assert, proptest};

    fn is(phrase: &str, at: At, text: &str) -> bool {
        Phrase::parse(phrase, at).expect("the phrase is right").matches(&tokens(text, 0))
    }

    #[test]
    fn phrases_match_tokens() {
        assert!(is("read (more|full article) {mark}*", At::Whole, "Read Full Article »"));
        assert!(!is("read (more|full article)", At::Whole, "Read more about it"));
        assert!(is("by {name} ({name}|and|,)*", At::Whole, "By Anna Berg and Li Wei"));
        assert!(!is("by {name} ({name}|and|,)*", At::Whole, "By Friday the water had fallen"));
        assert!(is("sign up ~3 newsletter", At::Anywhere, "Please sign up for our newsletter here"));
        assert!(!is("sign up ~1 newsletter", At::Anywhere, "Please sign up for our newsletter here"));
        assert!(is(r"\( ** photo by ** \)", At::End, "The pier. (AP Photo by A. Person)"));
        assert!(is("(posted|updated)? {number} hours? ago", At::Whole, "10 hours ago"));
        assert!(is("don't miss", At::Start, "Don’t miss: the pier"));
        assert!(is("a+ b*", At::Whole, "a a a") && !is("a+", At::Whole, "b"));
        assert!(is("{upper}+", At::Whole, "MAYOR SAYS") && !is("{upper}+", At::Whole, "MAYOR says"));
    }

    #[test]
    fn bad_phrases_are_refused() {
        for (phrase, message) in [
            ("", "an empty phrase"),
            ("(a", "a bracket is not closed"),
            ("a)", "`)` closes nothing"),
            ("{nam}", "`{nam}` is none of {name}, {upper}, {number}, {word}, {mark}"),
            ("{name", "a brace is not closed"),
            ("~x", "`~` needs a number of tokens"),
            ("?", "`?` is no word"),
        ] {
            assert_eq!(Phrase::parse(phrase, At::Whole).map(drop), Err(message.to_owned()), "{phrase}");
        }
    }

    proptest! {
        #[test]
        fn no_phrase_is_too_odd(phrase in "[a-c (){}|?*+~0-9\\\\]{0,20}", text in "[a-cA-C0-9,() ]{0,16}") {
            for at in [At::Whole, At::Start, At::End, At::Anywhere] {
                if let Ok(phrase) = Phrase::parse(&phrase, at) {
                    let tokens = tokens(&text, 0);
                    let is_match = phrase.matches(&tokens);
                    // What is looked at first must not keep a match from being found.
                    let has = |word: &str| tokens.iter().any(|token| token.is(word));
                    let needed = phrase.needs().is_none_or(|words| words.iter().any(|word| has(word)));
                    prop_assert!(!is_match || needed && phrase.can_start(&tokens[0]));
                }
            }
        }
    }
}
