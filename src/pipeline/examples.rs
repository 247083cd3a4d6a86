//! Rules prove themselves: the tests inside rule files.

use super::{Settings, Silent, Tools, run};
use crate::corpus::{Corpus, Document, Metadata};
use crate::extract::{Claim, Extractor};
use crate::findings::{Code, Finding};
use crate::rules::{ExtractTest, Rule, RuleSet, RuleTest, TestArticle};
use crate::segment::{Furniture, segment};
use std::collections::BTreeMap;

/// A test that did not come out as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The rule.
    pub rule: String,
    /// The test, as people name it: "test 2", "extract 1".
    pub test: String,
    /// What was expected and what came.
    pub message: String,
}

/// Runs the tests of the rules that are chosen; gives the number of tests and those that failed.
///
/// A rule without a test that fires and one that stays silent fails too.
pub fn test_rules(rules: &RuleSet, is_chosen: impl Fn(&Rule) -> bool) -> (usize, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut n_tests = 0;
    for (index, rule) in rules.rules.iter().enumerate().filter(|(_, rule)| is_chosen(rule)) {
        let mut fail =
            |test: String, message: String| failures.push(Failure { rule: rule.id.clone(), test, message });
        n_tests += rule.tests.len() + rule.extracts.len();
        for (number, test) in rule.tests.iter().enumerate() {
            judge(rules, rule, test).unwrap_or_else(|message| fail(format!("test {}", number + 1), message));
        }
        for (number, test) in rule.extracts.iter().enumerate() {
            read(rules, index, test)
                .unwrap_or_else(|message| fail(format!("extract {}", number + 1), message));
        }
        if !rule.tests.iter().any(|test| !test.invalid.is_empty())
            || !rule.tests.iter().any(|test| !test.valid.is_empty())
        {
            fail(
                "tests".to_owned(),
                "a rule needs a test with `invalid` articles and one with `valid` ones".to_owned(),
            );
        }
    }
    (n_tests, failures)
}

/// Whether the articles of a test are flagged as it says.
fn judge(rules: &RuleSet, rule: &Rule, test: &RuleTest) -> Result<(), String> {
    if !test.valid.is_empty()
        && let Some(finding) = findings(rules, rule, &test.valid).first()
    {
        return Err(format!("noisy: valid articles were flagged {}: {}", finding.code, sides(finding)));
    }
    if test.invalid.is_empty() {
        return Ok(());
    }
    let expected = match test.expect {
        crate::rules::Expectation::Conflict => Code::SOURCES_DISAGREE,
        crate::rules::Expectation::Disputed => Code::DISPUTED,
    };
    match findings(rules, rule, &test.invalid).first() {
        None => Err(format!(
            "missing: invalid articles were not flagged {expected}; {}",
            claims_read(rules, rule, &test.invalid)
        )),
        Some(finding) if finding.code != expected => {
            Err(format!("flagged {} instead of {expected}: {}", finding.code, sides(finding)))
        }
        Some(_) => Ok(()),
    }
}

/// Whether a text is read as the test says.
fn read(rules: &RuleSet, rule: usize, test: &ExtractTest) -> Result<(), String> {
    let slots = &rules.rules[rule].slots;
    let named = |claim: &Claim| -> BTreeMap<String, String> {
        let filled = slots.iter().zip(&claim.slots);
        filled.filter_map(|(name, text)| Some((name.clone(), text.as_ref()?.normal.clone()))).collect()
    };
    let document = Document::plain("1", &*test.text);
    let claims = Extractor::compile(rules).claims(&document, &segment(&document, &Furniture::builtin()));
    let found: Vec<_> = claims.iter().filter(|claim| claim.rule == rule).map(named).collect();
    match (found.as_slice(), test.is.is_empty()) {
        ([], true) => Ok(()),
        ([], false) => Err("nothing was read".to_owned()),
        ([only], false) if *only == test.is => Ok(()),
        (found, _) => Err(format!("read {found:?} instead of {:?}", test.is)),
    }
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

fn findings(rules: &RuleSet, rule: &Rule, articles: &[TestArticle]) -> Vec<Finding> {
    let (_, mut findings) = run(&corpus(articles), &Tools::new(rules), rules, &Settings::default(), &Silent);
    findings.retain(|finding| finding.rule == rule.id);
    findings
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

/// What was read of the articles, so that a missing finding explains itself.
fn claims_read(rules: &RuleSet, rule: &Rule, articles: &[TestArticle]) -> String {
    let (surveys, _) = run(&corpus(articles), &Tools::new(rules), rules, &Settings::default(), &Silent);
    let own = |claim: &&Claim| rules.rules[claim.rule].id == rule.id;
    let show =
        |(number, claim): (usize, &Claim)| format!("article {}: {} = {}", number + 1, claim.key, claim.value);
    let read: Vec<String> = surveys
        .iter()
        .enumerate()
        .flat_map(|(number, survey)| survey.claims.iter().filter(own).map(move |claim| show((number, claim))))
        .collect();
    if read.is_empty() { "nothing was read".to_owned() } else { format!("read {}", read.join("; ")) }
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
