//! How much each kind of finding matters in this run.

use super::Code;
use crate::corpus::{Corpus, Document, PathGlobs, nearest};
use crate::rules::{RuleSet, Severity};
use std::collections::BTreeMap;

/// Severities by code (`TT100`), name (`pasted-twice`), family (`TT1`) or rule id; the narrowest wins.
#[derive(Clone, Debug, Default)]
pub struct Severities {
    by_name: BTreeMap<String, Severity>,
    exceptions: Vec<SeverityException>,
    /// For each document the exceptions that hold for it.
    of_document: Vec<Vec<usize>>,
    selection: Selection,
}

/// Other severities for findings with a place in some files.
#[derive(Clone, Debug, Default)]
pub struct SeverityException {
    /// The files, and folders of them.
    pub files: PathGlobs,
    /// By the same names.
    pub by_name: BTreeMap<String, Severity>,
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
    /// All names it speaks of.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.select
            .iter()
            .chain(&self.extend)
            .chain(&self.ignore)
            .map(String::as_str)
            .filter(|name| *name != "ALL")
    }

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
        Self { by_name, ..Self::default() }
    }

    /// The same with exceptions; of several that hold for a finding the last one that names it decides.
    #[must_use]
    pub fn except(self, exceptions: Vec<SeverityException>) -> Self {
        Self { exceptions, ..self }
    }

    /// Settles which exceptions hold for which documents of a corpus.
    pub fn settle(&mut self, corpus: &Corpus) {
        // A record is known by its file as well: `feed.jsonl` for `feed.jsonl#7`.
        let holds = |exception: &SeverityException, document: &Document| {
            exception.files.covers(&document.path) || exception.files.covers(document.file())
        };
        let holding = |document: &Document| {
            let all = self.exceptions.iter().enumerate();
            all.filter(|(_, exception)| holds(exception, document)).map(|(at, _)| at).collect()
        };
        self.of_document = match self.exceptions.is_empty() {
            true => Vec::new(),
            false => corpus.documents.iter().map(holding).collect(),
        };
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

    /// The first of some names that is neither a code, a family, a name nor a rule, and the nearest one that is.
    pub fn unknown<'a>(
        mut names: impl Iterator<Item = &'a str>,
        rules: &RuleSet,
    ) -> Option<(&'a str, Option<String>)> {
        let known = known_names(rules);
        let is_family = |name: &str| {
            name.len() > 2 && known.iter().any(|known| known.starts_with("TT") && known.starts_with(name))
        };
        let unknown = names.find(|name| !known.iter().any(|known| known == name) && !is_family(name))?;
        Some((unknown, nearest(unknown, known.iter().map(String::as_str)).map(str::to_owned)))
    }

    /// The severity of a finding with places in some documents: of its rule, else its code, else its family, else `default`.
    pub fn of(
        &self,
        code: Code,
        rule: &str,
        default: Severity,
        documents: impl Iterator<Item = usize>,
    ) -> Severity {
        let number = code.to_string();
        let names = code.aliases(&number, rule);
        let narrowest =
            |by_name: &BTreeMap<String, Severity>| names.iter().find_map(|name| by_name.get(*name).copied());
        let exception = || {
            let holding = documents.filter_map(|document| self.of_document.get(document)).flatten();
            let named = |at: &usize| Some((*at, narrowest(&self.exceptions[*at].by_name)?));
            holding.filter_map(named).max_by_key(|(at, _)| *at).map(|(_, severity)| severity)
        };
        let exception = if self.of_document.is_empty() { None } else { exception() };
        let severity = exception.or_else(|| narrowest(&self.by_name)).unwrap_or(default);
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
    use super::{Code, Selection, Severities, Severity, SeverityException};
    use crate::corpus::{Corpus, Document, PathGlobs};
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
        let of = |code: Code, rule: &str| set.of(code, rule, Severity::Error, std::iter::empty());
        assert_eq!(of(Code::PASTED_TWICE, "pasted-twice"), Severity::Warning);
        assert_eq!(of(Code::REWRITTEN, "rewritten"), Severity::Off);
        assert_eq!(of(Code::SOURCES_DISAGREE, "first-meeting"), Severity::Info);
        assert_eq!(of(Code::SOURCES_DISAGREE, "founding"), Severity::Error);
    }

    #[test]
    fn an_exception_holds_for_findings_with_a_place_in_its_files() {
        let exception = |glob: &str, entries: &[(&str, Severity)]| SeverityException {
            files: PathGlobs::new([glob]).expect("a glob"),
            by_name: severities(entries).by_name,
        };
        let mut set = severities(&[("TT101", Severity::Error)]).except(vec![
            exception("wire/*.jsonl", &[("TT1", Severity::Off)]),
            exception("front", &[("copied-across", Severity::Info), ("TT105", Severity::Warning)]),
        ]);
        let mut documents =
            ["news/a.md", "wire/b.jsonl#7", "front/c.md"].map(|path| Document::plain(path, ""));
        documents[1].record = Some("7".to_owned());
        set.settle(&Corpus::sorted(documents.into(), Vec::new()));
        // Sorted: front, news, wire.
        let of = |code: Code, documents: &[usize]| {
            set.of(code, code.name, code.severity, documents.iter().copied())
        };
        assert_eq!(of(Code::COPIED_ACROSS, &[1]), Severity::Error);
        assert_eq!(of(Code::COPIED_ACROSS, &[1, 2]), Severity::Off);
        assert_eq!(of(Code::COPIED_ACROSS, &[0, 1]), Severity::Info);
        assert_eq!(of(Code::COPIED_ACROSS, &[2, 0]), Severity::Info);
        assert_eq!(of(Code::SHARED_QUOTE, &[0]), Severity::Warning);
        assert_eq!(of(Code::SHARED_QUOTE, &[1]), Severity::Off);
        // A file of facts is no document.
        assert_eq!(of(Code::AGAINST_FACTS, &[1, 99]), Severity::Error);
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
            Severities::default().selecting(selection).of(code, code.name, default, std::iter::empty())
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
        assert_eq!(Severities::unknown(["TT2", "TT210", "founded"].into_iter(), &rules), None);
        assert_eq!(
            Severities::unknown(["pasted-twise"].into_iter(), &rules),
            Some(("pasted-twise", Some("pasted-twice".to_owned())))
        );
    }
}
