//! How much each kind of finding matters in this run.

use super::Code;
use crate::corpus::nearest;
use crate::rules::{RuleSet, Severity};
use std::collections::BTreeMap;

/// Severities by code (`TT100`), name (`pasted-twice`), family (`TT1`) or rule id; the narrowest wins.
#[derive(Clone, Debug, Default)]
pub struct Severities {
    by_name: BTreeMap<String, Severity>,
    selection: Selection,
}

/// Which findings are wanted at all, by the same names; `ALL` is every one.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Only these; empty for all that are on by default.
    pub select: Vec<String>,
    /// These too, also where they are off by default.
    pub extend: Vec<String>,
    /// Not these; of two names that hold, the longer code or the rule decides.
    pub ignore: Vec<String>,
    /// Not what is less severe.
    pub least: Option<Severity>,
}

impl Selection {
    /// How narrowly one of some names means a finding; nothing where none does.
    fn narrowness(names: &[String], aliases: &[&str]) -> Option<usize> {
        let rank = |name: &String| match name.as_str() {
            "ALL" => Some(aliases.len()),
            name => aliases.iter().position(|alias| *alias == name),
        };
        // Aliases come with the narrowest first.
        names.iter().filter_map(rank).min().map(|place| aliases.len() - place)
    }

    /// The severity of a finding that has this one where it is on.
    fn apply(&self, severity: Severity, aliases: &[&str]) -> Severity {
        let wanted = Self::narrowness(&self.select, aliases).max(Self::narrowness(&self.extend, aliases));
        let unwanted = Self::narrowness(&self.ignore, aliases);
        let is_on = match (wanted, unwanted) {
            (Some(wanted), Some(unwanted)) => wanted > unwanted,
            (wanted, None) => wanted.is_some() || self.select.is_empty(),
            (None, Some(_)) => false,
        };
        // What is off by default is told as an info where it is asked for by name.
        let severity = if severity == Severity::Off && wanted.is_some() { Severity::Info } else { severity };
        let is_severe = self.least.is_none_or(|least| severity >= least);
        if is_on && is_severe { severity } else { Severity::Off }
    }
}

impl Severities {
    /// Takes the settings as they are written.
    pub fn new(by_name: BTreeMap<String, Severity>) -> Self {
        Self { by_name, selection: Selection::default() }
    }

    /// The same for a part of the findings.
    #[must_use]
    pub fn selecting(self, selection: Selection) -> Self {
        Self { selection, ..self }
    }

    /// Whether only a part of the findings is wanted.
    pub fn is_partial(&self) -> bool {
        let Selection { select, ignore, least, .. } = &self.selection;
        !select.is_empty() || !ignore.is_empty() || least.is_some()
    }

    /// The first name of the selection that is neither a code, a family, a name nor a rule, and the nearest one that is.
    pub fn unknown_selected(&self, rules: &RuleSet) -> Option<(&str, Option<String>)> {
        let Selection { select, extend, ignore, .. } = &self.selection;
        let names = select.iter().chain(extend).chain(ignore).filter(|name| *name != "ALL");
        Self::first_unknown(names, rules)
    }

    fn first_unknown<'a>(
        mut names: impl Iterator<Item = &'a String>,
        rules: &RuleSet,
    ) -> Option<(&'a str, Option<String>)> {
        let known = known_names(rules);
        let is_family = |name: &str| {
            name.len() > 2 && known.iter().any(|known| known.starts_with("TT") && known.starts_with(name))
        };
        let unknown = names.find(|name| !known.contains(name) && !is_family(name))?;
        Some((unknown, nearest(unknown, known.iter().map(String::as_str)).map(str::to_owned)))
    }

    /// The first name that is neither a code, a family, a name nor a rule, and the nearest one that is.
    pub fn unknown<'a>(&'a self, rules: &'a RuleSet) -> Option<(&'a str, Option<String>)> {
        Self::first_unknown(self.by_name.keys(), rules)
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
        let names = code.aliases(&number, rule);
        let severity = names.iter().find_map(|name| self.by_name.get(*name).copied()).unwrap_or(default);
        self.selection.apply(severity, &names)
    }
}

/// Codes by number and name, and the ids of rules.
fn known_names(rules: &RuleSet) -> Vec<String> {
    let codes = super::CODES.iter().flat_map(|code| [code.to_string(), code.name.to_owned()]);
    codes.chain(rules.rules.iter().map(|rule| rule.id.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::{Code, Selection, Severities, Severity};
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
    fn the_selection_is_by_the_narrowest_name_too() {
        let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let of = |select: &[&str], extend: &[&str], ignore: &[&str], code: Code, default: Severity| {
            let selection = Selection {
                select: names(select),
                extend: names(extend),
                ignore: names(ignore),
                least: None,
            };
            Severities::default().selecting(selection).of(code, code.name, default)
        };
        let (error, off) = (Severity::Error, Severity::Off);
        assert_eq!(of(&[], &[], &[], Code::PASTED_TWICE, error), error);
        assert_eq!(of(&["TT2"], &[], &[], Code::PASTED_TWICE, error), off);
        assert_eq!(of(&["TT1"], &[], &["TT100"], Code::PASTED_TWICE, error), off);
        assert_eq!(of(&["TT100"], &[], &["TT1"], Code::PASTED_TWICE, error), error);
        assert_eq!(of(&["ALL"], &[], &["pasted-twice"], Code::PASTED_TWICE, error), off);
        assert_eq!(of(&["TT100"], &[], &["TT100"], Code::PASTED_TWICE, error), off);
        assert_eq!(of(&[], &["shared-quote"], &[], Code::SHARED_QUOTE, off), Severity::Info);
        assert_eq!(of(&["TT2"], &["TT100"], &[], Code::PASTED_TWICE, error), error);
        assert_eq!(of(&[], &[], &[], Code::SHARED_QUOTE, off), off);
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
