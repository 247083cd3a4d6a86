//! Rules prove themselves: the tests inside rule files.

use super::{Copied, Settings, Survey, Tools, gather_conflicts, survey};
use crate::corpus::{Corpus, Document, Metadata};
use crate::extract::Claim;
use crate::findings::{Code, Finding};
use crate::rules::{Cardinality, Expectation, ExtractTest, Rule, RuleSet, RuleTest, TestArticle, ValueSpec};
use crate::segment::{Furniture, segment, segment_all};
use std::collections::BTreeMap;

/// A test that did not come out as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// The test, as people name it: "test 2", "extract 1".
    pub test: String,
    /// What went wrong: `missing`, `noisy`, `wrong kind`, `misread` or `untested`.
    pub outcome: &'static str,
    /// What was expected and what came, and whether reading or judging broke.
    pub message: String,
}

/// Rules with what reads by them.
struct Bench<'a> {
    rules: &'a RuleSet,
    tools: Tools<'a>,
}

/// Runs the tests of the rules that are chosen; gives the number of tests and those that failed.
///
/// A rule without a test that fires and one that stays silent fails too.
pub fn test_rules(rules: &RuleSet, is_chosen: impl Fn(&Rule) -> bool) -> (usize, Vec<Failure>) {
    let bench = Bench { rules, tools: Tools::new(rules) };
    let mut failures = Vec::new();
    let mut n_tests = 0;
    for (index, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| is_chosen(rule)) {
        let mut fail = |test: String, (outcome, message): (&'static str, String)| {
            failures.push(Failure { rule: rule.id.clone(), test, outcome, message });
        };
        n_tests += rule.tests.len() + rule.extracts.len();
        for (number, test) in rule.tests.iter().enumerate() {
            bench.judge(rule, test).unwrap_or_else(|failure| fail(format!("test {}", number + 1), failure));
        }
        for (number, test) in rule.extracts.iter().enumerate() {
            bench
                .read(index, test)
                .unwrap_or_else(|failure| fail(format!("extract {}", number + 1), failure));
        }
        // What can have many values conflicts with nothing.
        let is_list = rule.phrases.iter().all(|phrase| phrase.cardinality == Cardinality::Many)
            && !matches!(rule.value, ValueSpec::Order(..));
        if !is_list && !rule.tests.iter().any(|test| !test.invalid.is_empty())
            || !rule.tests.iter().any(|test| !test.valid.is_empty())
        {
            let message = "a rule needs a test with `invalid` articles and one with `valid` ones".to_owned();
            fail("tests".to_owned(), ("untested", message));
        }
    }
    (n_tests, failures)
}

/// A kind of failure and what came instead.
type Wrong = (&'static str, String);

impl Bench<'_> {
    /// Whether the articles of a test are flagged as it says.
    fn judge(&self, rule: &Rule, test: &RuleTest) -> Result<(), Wrong> {
        if !test.valid.is_empty()
            && let Some(finding) = self.findings(rule, &test.valid).first()
        {
            return Err((
                "noisy",
                format!("valid articles were flagged {}: {}", finding.code, sides(finding)),
            ));
        }
        if test.invalid.is_empty() {
            return Ok(());
        }
        let expected = match test.expect {
            Expectation::Conflict => Code::SOURCES_DISAGREE,
            Expectation::Disputed => Code::DISPUTED,
            Expectation::Fact => Code::AGAINST_FACTS,
            Expectation::Timeline => Code::IMPOSSIBLE_TIMELINE,
        };
        let found = self.findings(rule, &test.invalid);
        match found.first() {
            None => Err((
                "missing",
                format!(
                    "invalid articles were not flagged {expected}; {}",
                    self.claims_read(rule, &test.invalid)
                ),
            )),
            Some(finding) if !found.iter().any(|finding| finding.code == expected) => Err((
                "wrong kind",
                format!("flagged {} instead of {expected}: {}", finding.code, sides(finding)),
            )),
            Some(_) => Ok(()),
        }
    }

    /// Whether a text is read as the test says.
    fn read(&self, rule: usize, test: &ExtractTest) -> Result<(), Wrong> {
        let slots = &self.rules.rules[rule].slots;
        let named = |claim: &Claim| -> BTreeMap<String, String> {
            let filled = slots.iter().zip(&claim.slots);
            filled.filter_map(|(name, text)| Some((name.clone(), text.as_ref()?.normal.clone()))).collect()
        };
        let document = Document::plain("1", &*test.text);
        let claims = self.tools.extractor.claims(&document, &segment(&document, &Furniture::builtin()));
        let found: Vec<_> = claims.iter().filter(|claim| claim.rule == rule).map(named).collect();
        let expected: BTreeMap<String, String> =
            test.is.iter().map(|(slot, value)| (slot.clone(), self.canonical(value))).collect();
        match (found.as_slice(), expected.is_empty()) {
            ([], true) => Ok(()),
            ([], false) => Err(("misread", "nothing was read".to_owned())),
            ([only], false) if *only == expected => Ok(()),
            (found, _) => Err(("misread", format!("read {found:?} instead of {expected:?}"))),
        }
    }

    /// Ids as entities have them in the set: an entity of two packs has two.
    fn canonical(&self, value: &str) -> String {
        let id = |part: &str| match self.rules.ids.get(part) {
            Some(id) => self.rules.entities[id.0].id.clone(),
            None => part.to_owned(),
        };
        let mut parts: Vec<String> = value.split('+').map(id).collect();
        parts.sort_unstable();
        parts.join("+")
    }

    fn surveys(&self, corpus: &Corpus) -> Vec<Survey> {
        let blocks = segment_all(&corpus.documents, &self.tools.furniture);
        corpus
            .documents
            .iter()
            .zip(blocks)
            .map(|(document, blocks)| survey(document, blocks, &self.tools, None))
            .collect()
    }

    fn findings(&self, rule: &Rule, articles: &[TestArticle]) -> Vec<Finding> {
        // The articles of a test are often one sentence in two versions: conflicts are judged without the copies.
        let corpus = corpus(articles);
        let surveys = self.surveys(&corpus);
        let nothing = (&Copied::new(), [].as_slice());
        let mut findings = gather_conflicts(&corpus, &surveys, self.rules, &one_story(), nothing);
        findings.retain(|finding| finding.rule == rule.id);
        findings
    }

    /// What was read of the articles, so that a missing finding tells whether reading or judging broke.
    fn claims_read(&self, rule: &Rule, articles: &[TestArticle]) -> String {
        let surveys = self.surveys(&corpus(articles));
        let own = |claim: &&Claim| self.rules.rules[claim.rule].id == rule.id;
        let show = |(number, claim): (usize, &Claim)| {
            format!("article {}: {} = {}", number + 1, claim.key, claim.value)
        };
        let read: Vec<Vec<String>> = surveys
            .iter()
            .enumerate()
            .map(|(number, survey)| {
                survey.claims.iter().filter(own).map(|claim| show((number, claim))).collect()
            })
            .collect();
        let unread: Vec<String> = (1..)
            .zip(&read)
            .filter(|(_, claims)| claims.is_empty())
            .map(|(number, _)| number.to_string())
            .collect();
        match unread.as_slice() {
            [] => format!("judging: all were read: {}", read.concat().join("; ")),
            _ => format!(
                "reading: nothing was read of article {}; read: {}",
                unread.join(", "),
                read.concat().join("; ")
            ),
        }
    }
}

/// Test articles are too short to show that they tell one story.
fn one_story() -> Settings {
    Settings { is_one_story: true, ..Settings::default() }
}

fn corpus(articles: &[TestArticle]) -> Corpus {
    let document = |(number, article): (usize, &TestArticle)| Document {
        metadata: Metadata {
            published: article.published,
            source: article.source.clone(),
            ..Metadata::default()
        },
        ..Document::plain(format!("{}", number + 1), &*article.text)
    };
    Corpus { documents: articles.iter().enumerate().map(document).collect(), skipped: Vec::new() }
}

fn sides(finding: &Finding) -> String {
    let values: Vec<String> = finding
        .members
        .iter()
        .filter_map(|member| member.reading.as_ref())
        .map(|reading| reading.value.to_string())
        .collect();
    values.join(" / ")
}

#[cfg(test)]
mod tests {
    use super::test_rules;
    use crate::rules::RuleSet;

    #[test]
    fn the_builtin_rules_prove_themselves() {
        let (n_tests, failures) = test_rules(&RuleSet::builtin(), |_| true);
        assert!(n_tests > 20);
        assert!(failures.is_empty(), "{failures:#?}");
    }
}
