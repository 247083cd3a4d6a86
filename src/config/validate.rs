//! What is written is held against what is known: names of rules and packs, formats, globs, days.

use super::Error;
use super::layers::{Layer, Layers};
use super::written::{AllowEntry, OverrideEntry, Written};
use crate::corpus::{Fault, PathGlobs, Span, nearest, words};
use crate::findings::{Allowance, Severities, SeverityException};
use crate::read::{CharacterEncoding, Format};
use crate::rules::{RuleSet, Severity};
use std::collections::BTreeMap;
use toml::Spanned;

impl Layers {
    /// The last word on a single value.
    pub(super) fn last<T>(&self, get: impl Fn(&Written) -> Option<T>) -> Option<T> {
        self.0.iter().rev().find_map(|layer| get(&layer.written))
    }

    /// Everything that a list holds anywhere.
    pub(super) fn all<'a, T: 'a>(
        &'a self,
        get: impl Fn(&'a Written) -> &'a Vec<T>,
    ) -> impl Iterator<Item = &'a T> {
        self.0.iter().flat_map(move |layer| get(&layer.written))
    }

    /// The last word on a value that has a place, and what says it.
    fn placed<'a>(
        &'a self,
        get: impl Fn(&'a Written) -> &'a Option<Spanned<String>>,
    ) -> Option<(&'a Layer, &'a Spanned<String>)> {
        self.0.iter().rev().find_map(|layer| Some((layer, get(&layer.written).as_ref()?)))
    }

    /// The format of all files.
    pub(super) fn input_format(&self) -> Option<Result<Option<Format>, Error>> {
        let (layer, name) = self.placed(|written| &written.corpus.input_format)?;
        let known = || std::iter::once("auto").chain(Format::names());
        Some(match name.get_ref().as_str() {
            "auto" => Ok(None),
            other => other.parse().map(Some).map_err(|_| {
                let help = match nearest(other, known()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the formats are {}", known().collect::<Vec<_>>().join(", ")),
                };
                layer.fault(name.span().start, format!("`{other}` is no format")).with_help(help).into()
            }),
        })
    }

    /// The encoding of all files.
    pub(super) fn encoding(&self) -> Option<Result<CharacterEncoding, Error>> {
        let (layer, name) = self.placed(|written| &written.corpus.encoding)?;
        let bad = |message: String| layer.fault(name.span().start, message).into();
        Some(name.get_ref().parse().map_err(bad))
    }

    /// What is left out, each pattern from its own folder.
    pub(super) fn exclude(&self) -> Result<PathGlobs, Error> {
        let mut exclude = PathGlobs::default();
        for layer in &self.0 {
            let patterns = layer.written.corpus.exclude.iter().map(|glob| glob.get_ref().as_str());
            let globs =
                PathGlobs::new(patterns).map_err(|bad| layer.bad_glob(&layer.written.corpus.exclude, bad))?;
            exclude = exclude.and(globs.from_folder(&layer.base));
        }
        Ok(exclude)
    }

    /// The rules without the packs that are switched off.
    pub(super) fn without_disabled(&self, rules: RuleSet) -> Result<RuleSet, Error> {
        let packs = rules.packs.clone();
        for layer in &self.0 {
            let unknown = |pack: &&Spanned<String>| !packs.contains(pack.get_ref());
            if let Some(pack) = layer.written.conflicts.disable.iter().find(unknown) {
                let name = pack.get_ref();
                let help = match nearest(name, packs.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the packs are {}", packs.join(", ")),
                };
                let fault = layer.fault(pack.span().start, format!("no pack has the name `{name}`"));
                return Err(fault.with_help(help).into());
            }
        }
        let disabled: Vec<String> =
            self.all(|written| &written.conflicts.disable).map(|pack| pack.get_ref().clone()).collect();
        Ok(rules.without(&disabled))
    }

    /// The severities, with their exceptions.
    pub(super) fn severities(&self, rules: &RuleSet) -> Result<Severities, Error> {
        let mut by_name = BTreeMap::new();
        let mut exceptions = Vec::new();
        for layer in &self.0 {
            by_name.extend(layer.severities(&layer.written.rules, rules)?);
            for entry in &layer.written.overrides {
                if entry.get_ref().files.is_empty() {
                    let fault = layer.fault(entry.span().start, "an entry for no files changes nothing");
                    return Err(fault.with_help("write files = [\"archive\", \"*.draft.md\"]").into());
                }
                exceptions.push(layer.exception(entry.get_ref(), rules)?);
            }
        }
        Ok(Severities::new(by_name).except(exceptions))
    }

    /// The entries of `[[allow]]`; what they stand in joins the files of facts, so that findings can point there.
    pub(super) fn allowances(&self, rules: &mut RuleSet) -> Result<Vec<Allowance>, Error> {
        let mut allowances = Vec::new();
        for layer in self.0.iter().filter(|layer| !layer.written.allow.is_empty()) {
            let file = rules.fact_files.len();
            for entry in &layer.written.allow {
                allowances.push(layer.allowance(entry, file, rules)?);
            }
            rules.fact_files.push(layer.document());
        }
        Ok(allowances)
    }
}

impl Layer {
    /// Severities whose names are all known.
    fn severities(
        &self,
        written: &BTreeMap<Spanned<String>, Severity>,
        rules: &RuleSet,
    ) -> Result<BTreeMap<String, Severity>, Error> {
        if let Some((name, near)) =
            Severities::unknown(written.keys().map(|key| key.get_ref().as_str()), rules)
        {
            let at = written.keys().find(|key| key.get_ref() == name).map_or(0, |key| key.span().start);
            let fault = self.fault(at, format!("`{name}` is neither a code nor a rule"));
            let way_out = "name a code (TT101), a family (TT1), or the id of a rule".to_owned();
            return Err(fault
                .with_help(near.map_or(way_out, |near| format!("did you mean `{near}`?")))
                .into());
        }
        Ok(written.iter().map(|(name, severity)| (name.get_ref().clone(), *severity)).collect())
    }

    fn exception(&self, entry: &OverrideEntry, rules: &RuleSet) -> Result<SeverityException, Error> {
        let by_name = self.severities(&entry.rules, rules)?;
        let files = PathGlobs::new(entry.files.iter().map(|glob| glob.get_ref().as_str()));
        let files = files.map_err(|bad| self.bad_glob(&entry.files, bad))?;
        Ok(SeverityException { files: files.from_folder(&self.base), by_name })
    }

    /// The fault of the one of some globs that is none.
    fn bad_glob(&self, globs: &[Spanned<String>], (pattern, message): (String, String)) -> Fault {
        let glob = globs.iter().find(|glob| *glob.get_ref() == pattern);
        let at = glob.map_or(0, |glob| glob.span().start);
        self.fault(at, format!("`{pattern}` is no glob: {message}"))
    }

    fn allowance(
        &self,
        entry: &Spanned<AllowEntry>,
        file: usize,
        rules: &RuleSet,
    ) -> Result<Allowance, Error> {
        let (span, entry) = (entry.span(), entry.get_ref());
        let rule = entry.rule.get_ref();
        if let Some((_, near)) = Severities::unknown(std::iter::once(rule.as_str()), rules) {
            let help =
                near.map_or("name a rule or a code".to_owned(), |near| format!("did you mean `{near}`?"));
            let message = format!("`{rule}` is neither a code nor a rule");
            return Err(self.fault(entry.rule.span().start, message).with_help(help).into());
        }
        let is_wordless = |quote: &String| words(quote, 0).is_empty();
        if entry.quote.as_ref().is_some_and(is_wordless) || entry.between.is_empty() && entry.quote.is_none()
        {
            let message = "an entry names articles or words: this one would allow everything";
            let help = "write between = [\"a.md\", \"b.md\"] or quote = \"…\"; [rules] switches a rule off";
            return Err(self.fault(span.start, message).with_help(help).into());
        }
        if entry.reason.trim().is_empty() {
            return Err(self.fault(span.start, "an entry says why: its reason is empty").into());
        }
        let day = |until: &Spanned<toml::Value>| {
            let text = until.get_ref().to_string();
            text.trim_matches('"').parse::<jiff::civil::Date>().map_err(|_| {
                self.fault(until.span().start, format!("{text} is no day"))
                    .with_help("write until = 2027-01-31")
            })
        };
        Ok(Allowance {
            rule: rule.clone(),
            between: entry.between.clone(),
            quote: entry.quote.clone(),
            reason: entry.reason.clone(),
            until: entry.until.as_ref().map(day).transpose()?,
            base: self.base.clone(),
            file,
            span: Span::new(span.start, span.end),
        })
    }
}
