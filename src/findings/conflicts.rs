//! Conflicts as findings.

use super::finding::{
    Evidence, Finding, Mark, MarkKind, Member, Message, Reading, Role, SideEvidence, fingerprint,
};
use super::{Code, Severities};
use crate::corpus::Corpus;
use crate::extract::Claim;
use crate::reconcile::{ClaimRef, Class, Conflict};
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
        };
        let default = if conflict.is_hedged {
            rule.severity.min(ceiling).lowered()
        } else {
            rule.severity.min(ceiling)
        };
        let severity = severities.of(code, &rule.id, default);
        if severity == Severity::Off {
            return None;
        }
        let sides = conflict.sides.iter().enumerate();
        let members: Vec<Member> = sides
            .flat_map(|(side, claims)| claims.claims.iter().map(move |at| self.member(*at, side)))
            .collect();
        let quotes =
            members.iter().map(|member| member.span.of(&self.corpus.documents[member.document].text));
        let fingerprint = fingerprint(code, &rule.id, quotes);
        let first = self.claim(conflict.sides[0].claims[0]);
        let evidence = Evidence::Conflict {
            subject: first.key.clone(),
            sides: conflict
                .sides
                .iter()
                .map(|side| SideEvidence { value: side.value.to_string(), members: side.claims.len() })
                .collect(),
            is_disputed: conflict.class != Class::Sources,
        };
        let message = Message(vec![self.message(rule, first, conflict).into()]);
        Some(Finding { code, rule: rule.id.clone(), severity, message, members, evidence, fingerprint })
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
                side,
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
