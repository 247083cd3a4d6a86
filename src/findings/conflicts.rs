//! Conflicts as findings.

use super::finding::{
    Evidence, Finding, Mark, MarkKind, Member, Message, Reading, Role, SideEvidence, fingerprint,
};
use super::{Code, Severities};
use crate::corpus::{Corpus, Document, Span};
use crate::extract::Claim;
use crate::reconcile::{ClaimRef, Class, Conflict, Side, Step};
use crate::rules::{Rule, RuleSet, Severity};

/// What conflicts are told from.
#[derive(Clone, Copy, Debug)]
pub struct ClaimTable<'a> {
    /// The documents.
    pub corpus: &'a Corpus,
    /// The rules.
    pub rules: &'a RuleSet,
    /// The claims of each document.
    pub claims: &'a [&'a [Claim]],
    /// For each claim the document that its block was copied from.
    pub origins: &'a [Vec<usize>],
}

/// The document that a member stands in: one of the corpus, or behind these a file of facts.
pub fn document<'a>(corpus: &'a Corpus, rules: &'a RuleSet, index: usize) -> &'a Document {
    corpus.documents.get(index).unwrap_or_else(|| &rules.fact_files[index - corpus.documents.len()])
}

/// One finding for each conflict; those that are off are left out.
pub fn conflict_findings(
    conflicts: &[Conflict],
    table: ClaimTable<'_>,
    severities: &Severities,
) -> Vec<Finding> {
    conflicts.iter().filter_map(|conflict| table.finding(conflict, severities)).collect()
}

impl ClaimTable<'_> {
    fn claim(&self, at: ClaimRef) -> &Claim {
        &self.claims[at.document][at.claim]
    }

    fn finding(&self, conflict: &Conflict, severities: &Severities) -> Option<Finding> {
        let rule = &self.rules.rules[conflict.rule];
        let (code, ceiling) = match conflict.class {
            Class::Sources => (Code::SOURCES_DISAGREE, Severity::Error),
            Class::Disputed => (Code::DISPUTED, Code::DISPUTED.severity),
            Class::Speakers => (Code::SPEAKERS_DIFFER, Code::SPEAKERS_DIFFER.severity),
            Class::Fact => (Code::AGAINST_FACTS, Severity::Error),
            Class::Timeline => (Code::IMPOSSIBLE_TIMELINE, Severity::Error),
        };
        let default = if conflict.is_hedged {
            rule.severity.min(ceiling).lowered()
        } else {
            rule.severity.min(ceiling)
        };
        let claims = conflict.sides.iter().flat_map(|side| &side.claims);
        let severity = severities.of(code, &rule.id, default, claims.map(|claim| claim.document));
        if severity == Severity::Off {
            return None;
        }
        let sides = conflict.sides.iter().enumerate();
        let members: Vec<Member> = sides
            .flat_map(|(number, side)| {
                let claims = side.claims.iter().map(move |at| self.member(*at, number));
                claims.chain(side.fact.map(|fact| self.fact(fact, side, number)))
            })
            .collect();
        let quotes = members
            .iter()
            .map(|member| member.span.of(&document(self.corpus, self.rules, member.document).text));
        let fingerprint = fingerprint(code, &rule.id, quotes);
        let first = self.claim(*conflict.sides.iter().find_map(|side| side.claims.first())?);
        let evidence = Evidence::Conflict {
            subject: first.key.clone(),
            sides: conflict
                .sides
                .iter()
                .map(|side| SideEvidence {
                    value: side.value.to_string(),
                    members: side.claims.len() + usize::from(side.fact.is_some()),
                    sources: side.sources,
                })
                .collect(),
            is_disputed: matches!(conflict.class, Class::Disputed | Class::Speakers),
            steps: conflict.steps.iter().map(step).collect(),
        };
        let message = match conflict.steps.is_empty() {
            true => self.message(rule, first, conflict),
            false => order_message(conflict),
        };
        let message = Message(vec![message.into()]);
        Some(Finding {
            code,
            rule: rule.id.clone(),
            severity,
            message,
            members,
            evidence,
            fingerprint,
            suppressed: None,
        })
    }

    fn member(&self, at: ClaimRef, side: usize) -> Member {
        let claim = self.claim(at);
        Member {
            document: at.document,
            span: claim.span,
            role: Role::Claim,
            marks: vec![Mark { span: claim.value_span, kind: MarkKind::Value }],
            reading: Some(Reading {
                value: claim.value.clone(),
                speaker: claim.speaker.clone(),
                is_hedged: claim.certainty.is_hedged,
                is_copy: self.origins[at.document][at.claim] != at.document,
                side,
            }),
        }
    }

    /// The place of a fact in its file.
    fn fact(&self, fact: usize, side: &Side, number: usize) -> Member {
        let fact = &self.rules.facts[fact];
        let period = (fact.from, fact.to);
        let value = match (&side.value, period) {
            (crate::value::Value::Date(_), _) => side.value.clone(),
            _ => crate::value::Value::Name(vec![shown_period(period)]),
        };
        // The whole entry is shown, its first line is pointed at.
        let header = fact.span.of(&self.rules.fact_files[fact.file].text).lines().next().map_or(0, str::len);
        let mark = Span::new(fact.span.start as usize, fact.span.start as usize + header);
        Member {
            document: self.corpus.documents.len() + fact.file,
            span: fact.span,
            role: Role::Fact,
            marks: vec![Mark { span: mark, kind: MarkKind::Value }],
            reading: Some(Reading {
                value,
                speaker: Some(fact.source.clone()),
                is_hedged: false,
                is_copy: false,
                side: number,
            }),
        }
    }

    /// The rule's question with its slots filled from the first side.
    fn message(&self, rule: &Rule, claim: &Claim, conflict: &Conflict) -> String {
        let values: Vec<String> = conflict.sides.iter().map(|side| side.value.to_string()).collect();
        let sides = values.join(" or ");
        let Some(template) = &rule.message else {
            return format!("{}: {sides}", rule.summary);
        };
        let mut message = template.replace("{sides}", &sides).replace("{key}", &claim.subject);
        for (name, text) in rule.slots.iter().zip(&claim.slots) {
            message = message.replace(&format!("{{{name}}}"), text.as_ref().map_or("", |text| &text.shown));
        }
        message
    }
}

fn shown_period((from, to): (Option<jiff::civil::Date>, Option<jiff::civil::Date>)) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "…".to_owned(), |day| day.to_string());
    format!("{} to {}", day(from), day(to))
}

/// The two ends of a chain that does not close, in one line.
fn order_message(conflict: &Conflict) -> String {
    let steps: Vec<String> = conflict.steps.iter().map(step).collect();
    format!("this cannot all be: {}", steps.join("; "))
}

/// A link of a chain in words.
fn step(step: &Step) -> String {
    match step {
        Step::Began { what, by } => format!("{what} was there by {by}"),
        Step::NotBefore { what, day } => format!("{what} began on {day} or later"),
        Step::Lasted { what, until } => format!("{what} was there until {until} or longer"),
        Step::NotAfter { what, day } => format!("{what} had ended by {day}"),
        Step::Before { first, then } => format!("{first} came before {then}"),
    }
}
