//! Reads the claims of a document by all rules.

use super::article::{Paragraph, paragraphs};
use super::claim::{Certainty, Claim};
use super::denial::denial;
use super::index::{Candidate, PhraseIndex, Present};
use super::matcher::{Match, Matcher};
use super::sentence::Sentence;

use super::silence::{Silence, Unread};
use crate::clause::Cues;
use crate::corpus::{Block, Document, Span};
use crate::names::{Context, Directory, Mentions, NameWords, Roster, Speech};
use crate::rules::{EntityId, Pattern, Rule, RuleSet};
use crate::value::{DateOrder, Token, Value};
use crate::value::{Reader, Reading as ReadingOptions};
use rustc_hash::{FxBuildHasher, FxHashSet};
use std::cmp::Reverse;
use std::hash::BuildHasher;
use std::ops::Range;

/// A rule set made ready to read documents.
#[derive(Debug)]
pub struct Extractor<'a> {
    rules: &'a RuleSet,
    directory: Directory<'a>,
    cues: Cues,
    index: PhraseIndex<'a>,
    /// Happenings whose days are known.
    dated: FxHashSet<EntityId>,
    order: DateOrder,
}

/// What a document says by itself.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Reading {
    /// The claims in the order of the text.
    pub claims: Vec<Claim>,
    /// The words of names by which the stories of two documents are known to be one, sorted.
    pub names: Vec<String>,
    /// Hashes of the other words that tell what it is about, sorted.
    pub topics: Vec<u32>,
    /// What patterns matched and rules kept silent about, in the order of the text.
    pub unread: Vec<Unread>,
}

impl<'a> Extractor<'a> {
    /// Prepares a rule set; linear in it.
    pub fn compile(rules: &'a RuleSet) -> Self {
        Self {
            rules,
            directory: Directory::new(rules),
            cues: Cues::new(),
            index: PhraseIndex::new(rules),
            dated: dated(rules),
            order: DateOrder::default(),
        }
    }

    /// Of two extractors of one program, those with one stamp read alike.
    pub fn stamp(&self) -> [u8; 33] {
        let mut stamp = [0; 33];
        stamp[..32].copy_from_slice(&self.rules.stamp);
        stamp[32] = self.order as u8;
        stamp
    }

    /// The extractor with numeric dates read in this order.
    #[must_use]
    pub fn reading(self, order: DateOrder) -> Self {
        Self { order, ..self }
    }

    /// What texts are compared with that differ in a fact.
    pub fn speech(&self) -> Speech<'_> {
        Speech { directory: &self.directory, cues: &self.cues, order: self.order }
    }

    /// The words by which clauses tell how they are meant.
    pub(super) fn cues(&self) -> &Cues {
        &self.cues
    }

    /// The rules it reads by.
    pub fn rules(&self) -> &'a RuleSet {
        self.rules
    }

    /// The claims of a document in the order of the text. Linear in it, times the rules whose words occur.
    pub fn claims(&self, document: &Document, blocks: &[Block]) -> Vec<Claim> {
        self.read(document, blocks).0.claims
    }

    /// What a document claims, and whom it names; with its paragraphs.
    pub fn read<'d>(&self, document: &'d Document, blocks: &[Block]) -> (Reading, Vec<Paragraph<'d>>) {
        // Patterns and names are English: texts in other languages are not read.
        if !document.metadata.is_language("en")
            && !self.rules.rules.iter().any(|rule| document.metadata.is_language(&rule.language))
        {
            return (Reading::default(), Vec::new());
        }
        let roster = self.directory.roster(document, blocks);
        let mentions_of = Mentions { directory: &self.directory, roster: &roster, cues: &self.cues };
        let mut claims = Vec::new();
        let mut previous: Vec<Claim> = Vec::new();
        let mut context = Context::default();
        let mut present = Present::new(&self.index);
        let mut names = NameCount::default();
        let mut topics: Vec<u32> = Vec::new();
        let mut unread = Vec::new();
        let paragraphs = paragraphs(document, blocks, self.order);
        for paragraph in &paragraphs {
            let mentions = mentions_of.of(&paragraph.tokens, &mut context);
            names.count(&mentions, &roster);
            topics.extend(topic_words(&paragraph.tokens));
            let matcher = Matcher {
                paragraph,
                mentions: &mentions,
                roster: &roster,
                cues: &self.cues,
                dated: &self.dated,
            };
            for (sentence, span) in &paragraph.sentences {
                let mut read = Vec::new();
                for outcome in self.sentence(document, &matcher, sentence, *span, &mut present) {
                    match outcome {
                        Ok(claim) => read.push(claim),
                        Err(silenced) => unread.push(silenced),
                    }
                }
                if read.is_empty() {
                    // What is denied stays what the next sentence may deny as well.
                    let denied = self.denied(paragraph, sentence, *span, &previous);
                    if denied.is_empty() {
                        previous.clear();
                    }
                    claims.extend(denied);
                } else {
                    claims.extend(read.iter().cloned());
                    previous = read;
                }
            }
        }
        names.names.extend(roster.headline_words(document));
        topics.sort_unstable();
        topics.dedup();
        (Reading { claims, names: names.sorted(), topics, unread }, paragraphs)
    }

    fn sentence(
        &self,
        document: &Document,
        matcher: &Matcher<'_>,
        sentence: &Range<usize>,
        span: Span,
        present: &mut Present,
    ) -> Vec<Result<Claim, Unread>> {
        let tokens = &matcher.paragraph.tokens[sentence.clone()];
        let candidates = self.index.candidates(tokens, matcher.paragraph.values_in(sentence), present);
        let mut claims = Vec::new();
        for same_rule in candidates.chunk_by(|a, b| a.rule == b.rule) {
            let index = same_rule[0].rule;
            let rule = &self.rules.rules[index];
            if !document.metadata.is_language(&rule.language) || !has_required(&rule.require_any, tokens) {
                continue;
            }
            let (matches, denied) = best_matches(rule, matcher, same_rule, sentence);
            let denial =
                denied.map(|pattern| Unread { rule: index, span, silence: Silence::Denied(pattern) });
            claims.extend(denial.filter(|_| matches.is_empty()).map(Err));
            for (number, found) in matches {
                let phrase = &rule.phrases[number];
                let reading = Sentence {
                    extractor: self,
                    rule,
                    phrase,
                    matcher,
                    sentence,
                    found: &found,
                    dateline: document.metadata.published,
                };
                claims.push(reading.claim(index, span).map_err(|silence| Unread {
                    rule: index,
                    span,
                    silence,
                }));
            }
        }
        claims
    }

    /// What a sentence takes back of the one before it.
    fn denied(
        &self,
        paragraph: &Paragraph<'_>,
        sentence: &Range<usize>,
        span: Span,
        previous: &[Claim],
    ) -> Vec<Claim> {
        let said = previous.iter().filter_map(|claim| match claim.value {
            Value::YesNo(yes) => Some((claim, yes)),
            _ => None,
        });
        let mut said = said.peekable();
        if said.peek().is_none() {
            return Vec::new();
        }
        let Some(denial) = denial(paragraph, sentence, &self.cues) else { return Vec::new() };
        let value_span = paragraph.span(&denial.tokens);
        said.map(|(claim, yes)| Claim {
            value: Value::YesNo(!yes),
            certainty: Certainty::default(),
            speaker: Some(denial.speaker.clone()),
            span,
            value_span,
            block: paragraph.block,
            ..claim.clone()
        })
        .collect()
    }
}

/// The long words of a text without their endings: what it is about, beside its names.
fn topic_words<'t>(tokens: &'t [Token<'_>]) -> impl Iterator<Item = u32> + 't {
    const ENDINGS: [&str; 4] = ["ing", "ed", "es", "s"];
    const LEAST: usize = 5;
    let words = tokens
        .iter()
        .filter(|token| !token.is_capitalized() && token.norm.len() >= LEAST && token.norm.is_ascii());
    words.map(|token| {
        let stem =
            ENDINGS.iter().find_map(|ending| token.norm.strip_suffix(ending).filter(|stem| stem.len() >= 4));
        FxBuildHasher.hash_one(stem.unwrap_or(&token.norm)) as u32
    })
}

/// The happenings whose days are known.
fn dated(rules: &RuleSet) -> FxHashSet<EntityId> {
    let dated =
        rules.facts.iter().filter(|fact| fact.office.is_none() && fact.from.is_some() && fact.to.is_some());
    dated.map(|fact| fact.subject).collect()
}

/// Reads the built-in tables of words, which else the first document waits for.
pub fn warm_up() {
    NameWords::builtin();
    Reader::new(None, ReadingOptions::default());
}

/// The words of the names in a document, by which its story is known.
#[derive(Debug, Default)]
struct NameCount {
    names: std::collections::BTreeSet<String>,
}

impl NameCount {
    /// Counts the words of open names and of towns. States and their people stand in stories of all kinds, and so do
    /// words that are written without a capital as well, or are given to many: "council", "Anna".
    fn count(&mut self, mentions: &[crate::names::Mention], roster: &Roster<'_>) {
        let telling = mentions.iter().filter(|mention| mention.is_name && mention.entities.len() == 1);
        for id in telling.map(|mention| mention.entities[0]) {
            self.names.extend(roster.telling_words(id));
        }
    }

    fn sorted(self) -> Vec<String> {
        self.names.into_iter().collect()
    }
}

/// Whether a sentence has one of the words that are asked for.
fn has_required(required: &[String], tokens: &[Token<'_>]) -> bool {
    required.is_empty() || tokens.iter().any(|token| required.iter().any(|word| token.is(word)))
}

/// What stands in a sentence and keeps a rule from reading a match. A slot that both have must hold the same
/// words: "{n:count} of" is no objection to another count.
fn denied<'p>(
    mut deny: impl Iterator<Item = &'p Pattern>,
    found: &Match,
    matcher: &Matcher<'_>,
    sentence: &Range<usize>,
) -> Option<&'p Pattern> {
    let is_same = |denied: &Match| {
        let pairs = denied.captures.iter().zip(&found.captures);
        pairs.filter_map(|(one, two)| one.as_ref().zip(two.as_ref())).all(|((_, one), (_, two))| one == two)
    };
    deny.find(|deny| matcher.matches(deny, deny.slot_count(), sentence).iter().any(is_same))
}

/// The longest matches first, none overlapping another; of equal ones the first pattern's.
fn best_matches(
    rule: &Rule,
    matcher: &Matcher<'_>,
    phrases: &[Candidate],
    sentence: &Range<usize>,
) -> (Vec<(usize, Match)>, Option<String>) {
    let mut denial = None;
    let tokens = &matcher.paragraph.tokens[sentence.clone()];
    let mut found: Vec<(usize, Match)> = phrases
        .iter()
        .filter(|candidate| has_required(&rule.phrases[candidate.phrase].require_any, tokens))
        .flat_map(|candidate| {
            let phrase = &rule.phrases[candidate.phrase];
            // What a rule denies is looked for only where it has something to say: matches are rare.
            let found = matcher.matches(&phrase.pattern, rule.slots.len(), sentence);
            let mut free = Vec::new();
            for found in found {
                match denied(rule.deny.iter().chain(&phrase.deny), &found, matcher, sentence) {
                    Some(pattern) => denial = Some(pattern.text.clone()),
                    None => free.push(found),
                }
            }
            free.into_iter().map(|found| (candidate.phrase, found))
        })
        .collect();
    found.sort_by_key(|(number, found)| {
        (Reverse(found.tokens.len()), found.loose.len(), *number, found.tokens.start)
    });
    let mut kept: Vec<(usize, Match)> = Vec::new();
    for (number, found) in found {
        let is_free = kept.iter().all(|(_, other)| {
            other.tokens.end <= found.tokens.start || found.tokens.end <= other.tokens.start
        });
        if is_free {
            kept.push((number, found));
        }
    }
    kept.sort_by_key(|(_, found)| found.tokens.start);
    (kept, denial)
}

#[cfg(test)]
mod tests {
    use super::{Extractor, Reading};
    use crate::corpus::{Dateline, Document};
    use crate::rules::RuleSet;
    use crate::segment::{Furniture, segment};
    use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};
    use std::sync::OnceLock;

    fn read(text: &str) -> Reading {
        static RULES: OnceLock<RuleSet> = OnceLock::new();
        let mut document = Document::plain("a.txt", text);
        document.metadata.published = Dateline::parse("2024-03-05").ok();
        document.metadata.lang = Some("en".to_owned());
        let blocks = segment(&document, &Furniture::builtin());
        Extractor::compile(RULES.get_or_init(RuleSet::builtin)).read(&document, &blocks).0
    }

    #[test]
    fn pronouns_titles_and_short_names_stand_for_one() {
        let check = |text: &str, expected: &[&str]| {
            let keys: Vec<String> = read(text).claims.into_iter().map(|claim| claim.key).collect();
            for key in expected {
                assert!(keys.iter().any(|found| found.contains(key)), "{key} is not in {keys:?}: {text}");
            }
        };
        check("Ilse Brandt, the composer, is dead. She was born in 1931.", &["ilse-brandt | born"]);
        check("Mayor Ilse Brandt spoke in Ossel. The mayor was born in 1971.", &["ilse-brandt | born"]);
        check("Ilse Brandt won. The 47-year-old architect smiled.", &["ilse-brandt | age"]);
        check("Ilse Maria Brandt, 47, won in Ossel.", &["ilse-brandt | age"]);
        // Two may be meant: nobody knows who.
        let claims = read("Ilse Brandt met Karl Weber. She was born in 1931.").claims;
        assert!(claims.iter().all(|claim| !claim.key.contains("born")), "{claims:?}");
        let claims = read("Ilse Brandt met Karl Brandt. Brandt was born in 1931.").claims;
        assert!(claims.iter().all(|claim| !claim.key.contains("born")), "{claims:?}");
    }

    /// Words that patterns, names and values are made of, so that random texts of them go deep.
    const WORDS: [&str; 48] = [
        "Kim",
        "Jong",
        "Un",
        "Putin",
        "Ilse",
        "Brandt",
        "Mayor",
        "the",
        "two",
        "leaders",
        "they",
        "He",
        "she",
        "was",
        "were",
        "killed",
        "born",
        "in",
        "1948",
        "12",
        "people",
        "percent",
        "$4",
        "billion",
        "of",
        "and",
        ",",
        ".",
        "\"",
        "who",
        "said",
        "not",
        "first",
        "met",
        "storm",
        "North",
        "Korea",
        "founded",
        "since",
        "Sunday",
        "45-year-old",
        "2-1",
        "beat",
        "'s",
        "St.",
        "River",
        "van",
        "(",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn whatever_is_read_stands_in_the_text(picks in proptest::collection::vec(0..WORDS.len(), 0..60), noise in any::<String>()) {
            let words: Vec<&str> = picks.iter().map(|pick| WORDS[*pick]).collect();
            let text = format!("{}{noise}", words.join(" "));
            for claim in read(&text).claims {
                prop_assert!(claim.span.start <= claim.value_span.start && claim.value_span.end <= claim.span.end);
                prop_assert!(!claim.span.of(&text).is_empty());
            }
        }
    }
}
