//! The table of what pages say of themselves (`rules/furniture.toml`).

use super::phrase::{At, Phrase};
use crate::corpus::{BlockKind, Fault};
use crate::value::tokens;
use aho_corasick::AhoCorasick;
use serde::Deserialize;

const BUILTIN: &str = include_str!("../../rules/furniture.toml");

/// The compiled table. The first pattern that matches decides; those of users come first.
#[derive(Clone, Debug)]
pub struct Furniture {
    patterns: Vec<Pattern>,
    /// No pattern looks at longer blocks, in words.
    longest: usize,
    /// Finds the words of which phrases need one.
    words: AhoCorasick,
    /// For each of these words its pattern and the place of its phrase there.
    by_word: Vec<(usize, usize)>,
    /// Phrases that need no word.
    open: Vec<(usize, usize)>,
}

/// What one entry asks of a block, and what it makes of it.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) kind: BlockKind,
    pub(super) reason: String,
    pub(super) rest: bool,
    pub(super) is_end: bool,
    pub(super) then: Vec<BlockKind>,
    pub(super) is_layout: bool,
    /// Whether it judges what is marked up as a heading.
    pub(super) is_for_headings: bool,
    phrases: Vec<Phrase>,
    words: std::ops::RangeInclusive<usize>,
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
    #[serde(default)]
    at: At,
    phrases: Vec<toml::Spanned<String>>,
    #[serde(default)]
    min_words: usize,
    #[serde(default = "most_words")]
    max_words: usize,
    #[serde(default)]
    rest: bool,
    #[serde(default)]
    end: bool,
    #[serde(default)]
    then: Vec<Kind>,
    #[serde(default)]
    layout: bool,
    #[serde(default = "yes")]
    headings: bool,
}

fn yes() -> bool {
    true
}

/// The longest block that a pattern looks at, in words, where it does not say.
fn most_words() -> usize {
    40
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Furniture,
    Caption,
    Heading,
}

impl Furniture {
    /// The table that comes with the program.
    pub fn builtin() -> Self {
        Self::parse("builtin:furniture.toml", BUILTIN).expect("the built-in table is read by a test")
    }

    /// Reads a table; `path` is for messages.
    ///
    /// # Errors
    ///
    /// A key or a phrase that is none, with its place.
    pub fn parse(path: &str, text: &str) -> Result<Self, Fault> {
        let file: FurnitureFile =
            toml::from_str(text).map_err(|error| Fault::from_toml(path, text, &error))?;
        let compile = |written: Written| {
            let phrase = |phrase: &toml::Spanned<String>| {
                let fault = |message| Fault::at(path, text, phrase.span().start, message);
                Phrase::parse(phrase.get_ref(), written.at).map_err(fault)
            };
            Ok(Pattern {
                phrases: written.phrases.iter().map(phrase).collect::<Result<_, Fault>>()?,
                words: written.min_words..=written.max_words,
                kind: written.kind.into(),
                reason: written.reason,
                is_layout: written.layout || written.rest || written.end || !written.then.is_empty(),
                is_for_headings: written.headings,
                rest: written.rest,
                is_end: written.end,
                then: written.then.into_iter().map(Into::into).collect(),
            })
        };
        let patterns: Vec<Pattern> = file.pattern.into_iter().map(compile).collect::<Result<_, Fault>>()?;
        Ok(Self::of(patterns))
    }

    fn of(patterns: Vec<Pattern>) -> Self {
        let longest = patterns.iter().map(|pattern| *pattern.words.end()).max().unwrap_or(0);
        let (mut words, mut by_word, mut open) = (Vec::new(), Vec::new(), Vec::new());
        for (index, pattern) in patterns.iter().enumerate() {
            for (place, phrase) in pattern.phrases.iter().enumerate() {
                match phrase.needs() {
                    Some(needs) => {
                        let forms = needs.iter().flat_map(|word| forms(word));
                        words.extend(forms);
                        by_word.resize(words.len(), (index, place));
                    }
                    None => open.push((index, place)),
                }
            }
        }
        let words = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
        let words = words.expect("a table is far smaller than an automaton may be");
        Self { patterns, longest, words, by_word, open }
    }

    /// Puts the patterns of another table before those of this one.
    #[must_use]
    pub fn after(self, first: Self) -> Self {
        Self::of(first.patterns.into_iter().chain(self.patterns).collect())
    }

    /// The first entry among those that fit which a block of so many words matches.
    pub(super) fn matching(
        &self,
        text: &str,
        n_words: usize,
        fits: impl Fn(&Pattern) -> bool,
    ) -> Option<&Pattern> {
        // Text without a blank may be one word and a megabyte.
        const LONGEST_WORD: usize = 40;
        if n_words > self.longest || text.len() > LONGEST_WORD * (n_words + 1) {
            return None;
        }
        // Parts of longer words are no words.
        let is_letter = |at: Option<usize>| {
            at.and_then(|at| text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphanumeric)
        };
        let found = self.words.find_overlapping_iter(text);
        let found =
            found.filter(|found| !is_letter(found.start().checked_sub(1)) && !is_letter(Some(found.end())));
        let found = found.map(|found| self.by_word[found.pattern().as_usize()]);
        let mut candidates: Vec<(usize, usize)> = found.chain(self.open.iter().copied()).collect();
        let start = tokens(head(text), 0);
        candidates.retain(|&(pattern, place)| {
            let pattern = &self.patterns[pattern];
            pattern.words.contains(&n_words)
                && fits(pattern)
                && start.first().is_none_or(|first| pattern.phrases[place].can_start(first))
        });
        if candidates.is_empty() {
            return None;
        }
        candidates.sort_unstable();
        candidates.dedup();
        let tokens = tokens(text, 0);
        let matching =
            candidates.iter().find(|(index, place)| self.patterns[*index].phrases[*place].matches(&tokens));
        matching.map(|(index, _)| &self.patterns[*index])
    }
}

/// How a word is written where capitals of its alphabet are not looked through.
fn forms(word: &str) -> Vec<String> {
    if word.is_ascii() {
        return vec![word.to_owned()];
    }
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    vec![word.to_owned(), first + letters.as_str(), word.to_uppercase()]
}

/// A start of a block that holds its first token, unless that is no word of any language.
fn head(text: &str) -> &str {
    const LONGEST: usize = 80;
    let end = (0..=text.len().min(LONGEST)).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
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
            ("Share on Facebook", "button"),
            ("Leave a comment (12)", "button"),
            ("10 hours ago", "age of a post"),
            ("Published an hour ago", "age of a post"),
            ("Published 4 March 2024, 10:15 GMT", "date of the page"),
            ("Updated: March 4, 2024 at 10:15 am", "date of the page"),
            ("4 min read", "reading time"),
            ("More from Business", "list of other posts"),
            ("CLICK HERE TO DOWNLOAD THE GAZETTE APP", "app teaser"),
            ("For more stories, sign up for our daily newsletter here.", "sign-up line"),
            ("Get our best stories in your inbox every morning.", "sign-up line"),
            ("Follow us on Facebook and Instagram", "button"),
            (
                "We use cookies to improve this site. You can change your settings at any time.",
                "cookie notice",
            ),
            ("Already a subscriber? Log in", "sign-up line"),
            ("Filed under: World, Asia", "label"),
            ("Read more: Harbour reopens after storm", "link to another story"),
            ("RELATED | Harbour reopens after storm", "link to another story"),
            ("By Anna van der Berg and Li Wei", "byline"),
            ("Reporting by Anna Berg; editing by Li Wei", "credits of the agency"),
            ("(October 7)", "dateline"),
            ("The harbour at dawn. Credit: Gazette", "photo credit at its end"),
            (
                "The mayor, left, at the pier. (Photo by A. Person/POOL/AFP via Getty Images)",
                "photo credit at its end",
            ),
            ("MAYOR SAYS PIER WILL OPEN BEFORE SUMMER", "teaser in capitals"),
            ("Dana Lee is a writer for Gazette Digital. Follow her @danalee", "author line"),
            ("Sources: Gazette archive", "label"),
            ("© 2024 Gazette Media Ltd. All rights reserved.", "copyright line"),
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
            ("Residents can sign up for the trial at the town hall.", ""),
            ("Police said they had published the photo on 4 March 2024.", ""),
            ("The museum uses cookies as bait for its youngest visitors.", ""),
            ("Follow the river to the old mill, the guide says.", ""),
        ] {
            let found = table
                .matching(text, text.split_whitespace().count(), |_| true)
                .map_or("", |pattern| pattern.reason.as_str());
            assert_eq!(found, reason, "{text}");
        }
    }

    #[test]
    fn a_bad_table_is_refused_with_its_place() {
        let fault = Furniture::parse(
            "f.toml",
            "[[pattern]]\nkind = \"caption\"\nreason = \"x\"\nphrases = ['a', '(']\n",
        );
        assert_eq!(fault.expect_err("the bracket is open").to_string(), "f.toml:4:17: an empty phrase");
    }

    #[test]
    fn a_table_of_the_user_comes_first() {
        let own = "[[pattern]]\nkind = \"furniture\"\nreason = \"ours\"\nphrases = [\"share ** story\"]\n";
        let table = Furniture::builtin().after(Furniture::parse("own.toml", own).expect("it is right"));
        assert_eq!(
            table.matching("Share this story", 3, |_| true).map(|pattern| pattern.reason.as_str()),
            Some("ours")
        );
    }
}
