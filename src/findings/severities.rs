//! How much each kind of finding matters in this run.

use super::Code;
use crate::corpus::nearest;
use crate::rules::{RuleSet, Severity};
use std::collections::BTreeMap;

/// Severities by code (`TT100`), name (`pasted-twice`), family (`TT1`) or rule id; the narrowest wins.
#[derive(Clone, Debug, Default)]
pub struct Severities {
    by_name: BTreeMap<String, Severity>,
}

impl Severities {
    /// Takes the settings as they are written.
    pub fn new(by_name: BTreeMap<String, Severity>) -> Self {
        Self { by_name }
    }

    /// The first name that is neither a code, a family, a name nor a rule, and the nearest one that is.
    pub fn unknown<'a>(&'a self, rules: &'a RuleSet) -> Option<(&'a str, Option<String>)> {
        let known = known_names(rules);
        let is_family = |name: &str| {
            name.len() > 2 && known.iter().any(|known| known.starts_with("TT") && known.starts_with(name))
        };
        let unknown = self.by_name.keys().find(|name| !known.contains(name) && !is_family(name))?;
        Some((unknown, nearest(unknown, known.iter().map(String::as_str)).map(str::to_owned)))
    }

    /// Whether a name is neither a code nor a rule, and then the nearest one that is.
    pub fn unknown_name(&self, name: &str, rules: &RuleSet) -> Option<Option<String>> {
        let known = known_names(rules);
        let is_unknown = !known.iter().any(|known| known == name);
        is_unknown.then(|| nearest(name, known.iter().map(String::as_str)).map(str::to_owned))
    }

    /// The severity of a finding: of its rule, else its code, else its family, else `default`.
    pub fn of(&self, code: Code, rule: &str, default: Severity) -> Severity {
        let number = code.to_string();
        let names = [rule, code.name, &number, &number[..4], &number[..3]];
        names.iter().find_map(|name| self.by_name.get(*name).copied()).unwrap_or(default)
    }
}

/// Codes by number and name, and the ids of rules.
fn known_names(rules: &RuleSet) -> Vec<String> {
    let codes = super::CODES.iter().flat_map(|code| [code.to_string(), code.name.to_owned()]);
    codes.chain(rules.rules.iter().map(|rule| rule.id.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Code, Severities, Severity};
    use crate::rules::RuleSet;
    use std::collections::BTreeMap;

    fn severities(entries: &[(&str, Severity)]) -> Severities {
        Severities::new(
            entries
                .iter()
                .map(|(name, severity)| ((*name).to_owned(), *severity))
                .collect::<BTreeMap<_, _>>(),
        )
    }

    #[test]
    fn the_narrowest_name_wins() {
        let set = severities(&[
            ("TT1", Severity::Off),
            ("TT100", Severity::Warning),
            ("first-meeting", Severity::Info),
        ]);
        assert_eq!(set.of(Code::PASTED_TWICE, "pasted-twice", Severity::Error), Severity::Warning);
        assert_eq!(set.of(Code::REWRITTEN, "rewritten", Severity::Error), Severity::Off);
        assert_eq!(set.of(Code::SOURCES_DISAGREE, "first-meeting", Severity::Error), Severity::Info);
        assert_eq!(set.of(Code::SOURCES_DISAGREE, "founding", Severity::Error), Severity::Error);
    }

    #[test]
    fn a_name_nobody_knows_is_told() {
        let rules = RuleSet::builtin();
        assert_eq!(
            severities(&[("TT2", Severity::Off), ("TT210", Severity::Off), ("founded", Severity::Off)])
                .unknown(&rules),
            None
        );
        let typo = severities(&[("pasted-twise", Severity::Off)]);
        assert_eq!(typo.unknown(&rules), Some(("pasted-twise", Some("pasted-twice".to_owned()))));
    }
}
