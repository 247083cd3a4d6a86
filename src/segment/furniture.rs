//! The table of what pages say of themselves (`rules/furniture.toml`).

use crate::corpus::{BlockKind, Fault};
use regex::bytes::{RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

const BUILTIN: &str = include_str!("../../rules/furniture.toml");

/// The compiled table.
#[derive(Clone, Debug)]
pub struct Furniture {
    patterns: Vec<Pattern>,
    /// The expressions of all patterns, in one automaton: a block is scanned once.
    expressions: RegexSet,
}

/// What one entry asks of a block, and what it makes of it.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) kind: BlockKind,
    pub(super) reason: String,
    pub(super) rest: bool,
    pub(super) then: Vec<BlockKind>,
    words: std::ops::RangeInclusive<usize>,
    is_upper: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FurnitureFile {
    pattern: Vec<Written>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    kind: Kind,
    reason: String,
    #[serde(rename = "match")]
    expression: String,
    #[serde(default)]
    min_words: usize,
    max_words: Option<usize>,
    case: Option<Case>,
    #[serde(default)]
    rest: bool,
    #[serde(default)]
    then: Vec<Kind>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Furniture,
    Caption,
    Heading,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Case {
    Upper,
}

impl Furniture {
    /// The table that comes with the program.
    pub fn builtin() -> Self {
        Self::parse("builtin:furniture.toml", BUILTIN).expect("the built-in table is read by a test")
    }

    /// Reads a table.
    ///
    /// # Errors
    ///
    /// A key or an expression that is none, with its place.
    fn parse(path: &str, text: &str) -> Result<Self, Fault> {
        let file: FurnitureFile =
            toml::from_str(text).map_err(|error| Fault::from_toml(path, text, &error))?;
        let expressions: Vec<&str> = file.pattern.iter().map(|written| written.expression.as_str()).collect();
        let set = RegexSetBuilder::new(expressions).case_insensitive(true).unicode(false).build();
        let expressions = set.map_err(|_| bad_expression(path, text, &file.pattern))?;
        Ok(Self { patterns: file.pattern.into_iter().map(Written::compile).collect(), expressions })
    }

    /// The first entry that a block of so many words matches.
    pub(super) fn matching(&self, text: &str, n_words: usize) -> Option<&Pattern> {
        let found = self.expressions.matches(text.as_bytes());
        found
            .into_iter()
            .map(|index| &self.patterns[index])
            .find(|pattern| pattern.words.contains(&n_words) && (!pattern.is_upper || is_upper(text)))
    }
}

/// The fault of the first expression that is none.
fn bad_expression(path: &str, text: &str, patterns: &[Written]) -> Fault {
    let bad = patterns.iter().find_map(|written| {
        let error = RegexBuilder::new(&written.expression).case_insensitive(true).unicode(false).build().err()?;
        let at = text.find(&written.expression).unwrap_or(0);
        Some(Fault::at(path, text, at, format!("not a regular expression: {error}")))
    });
    bad.unwrap_or_else(|| Fault::of_file(path, "the expressions are too large together"))
}

impl Pattern {
    /// Whether it judges by capitals alone.
    pub(super) fn is_by_case(&self) -> bool {
        self.is_upper
    }
}

impl Written {
    fn compile(self) -> Pattern {
        Pattern {
            words: self.min_words..=self.max_words.unwrap_or(usize::MAX),
            is_upper: self.case.is_some(),
            kind: self.kind.into(),
            then: self.then.into_iter().map(Into::into).collect(),
            reason: self.reason,
            rest: self.rest,
        }
    }
}

impl From<Kind> for BlockKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Furniture => Self::Furniture,
            Kind::Caption => Self::Caption,
            Kind::Heading => Self::Heading,
        }
    }
}

fn is_upper(text: &str) -> bool {
    // Scripts without capitals are never in capitals.
    text.chars().all(|c| !c.is_lowercase()) && text.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::Furniture;

    /// Each line of a page and the reason it is taken out by; an empty reason is article text.
    #[test]
    fn pages_and_articles() {
        let table = Furniture::builtin();
        for (text, reason) in [
            ("Share", "button"),
            ("Share this article", "button"),
            ("10 hours ago", "age of a post"),
            ("More from Business", "list of other posts"),
            ("CLICK HERE TO DOWNLOAD THE GAZETTE APP", "app teaser"),
            ("For more stories, sign up for our daily newsletter here.", "sign-up line"),
            ("Filed under: World, Asia", "label"),
            ("Read more: Harbour reopens after storm", "link to another story"),
            ("By Anna van der Berg and Li Wei", "byline"),
            ("(October 7)", "dateline"),
            ("The harbour at dawn. Credit: Gazette", "photo credit at its end"),
            (
                "The mayor, left, at the pier. (Photo by A. Person/POOL/AFP via Getty Images)",
                "photo credit at its end",
            ),
            ("MAYOR SAYS PIER WILL OPEN BEFORE SUMMER", "teaser in capitals"),
            ("Dana Lee is a writer for Gazette Digital. Follow her @danalee", "author line"),
            ("Sources: Gazette archive", "label"),
            // What an article says.
            ("By Friday the water had fallen.", ""),
            ("She is a reporter who covered the war.", ""),
            ("The share price fell 10 hours ago after the news.", ""),
            (
                "The bank gave the company credit: 2 million crowns were paid on Monday. It was not enough.",
                "",
            ),
            ("More than 200 people came to see the pier, the mayor said.", ""),
            ("The minister (Reuters reported) had left.", ""),
        ] {
            let found = table
                .matching(text, text.split_whitespace().count())
                .map_or("", |pattern| pattern.reason.as_str());
            assert_eq!(found, reason, "{text}");
        }
    }

    #[test]
    fn a_bad_table_is_refused_with_its_place() {
        let fault =
            Furniture::parse("f.toml", "[[pattern]]\nkind = \"caption\"\nreason = \"x\"\nmatch = '('\n");
        assert!(
            fault
                .expect_err("the expression is open")
                .to_string()
                .starts_with("f.toml:4:10: not a regular expression")
        );
    }
}
