//! All rules of a run, checked against each other.

use super::builtin::PACKS;
use super::compile::{Draft, compile, parse};
use super::entity::{Alias, Entity, EntityId};
use super::error::Error;
use super::gazetteer::gazetteer;
use super::rule::{Fact, Rule};
use crate::corpus::{Document, Fault, shown_path};
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use toml::Spanned;

/// Rules and the entities they speak of.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The rules, in the order of the packs.
    pub rules: Vec<Rule>,
    /// The entities, in the order of the packs.
    pub entities: Vec<Entity>,
    /// What they are called, each once, in the order of the packs.
    pub aliases: Vec<Alias>,
    /// All ids of entities; one entity may have several.
    pub ids: FxHashMap<String, EntityId>,
    /// What is known, in the order of the files.
    pub facts: Vec<Fact>,
    /// The files that facts stand in.
    pub fact_files: Vec<Document>,
    /// The names of the packs that were read.
    pub packs: Vec<String>,
    /// SHA-256 of the rule files that do not come with the program and of what is switched off: of two sets that one
    /// program loads, those with one stamp read alike.
    pub stamp: [u8; 32],
}

impl RuleSet {
    /// The packs that come with the program.
    ///
    /// # Panics
    ///
    /// Never in a program that passed its tests: one reads every pack.
    pub fn builtin() -> Self {
        Self::load_with_tests(&[]).expect("the built-in packs are read by a test")
    }

    /// The packs that come with the program, without their tests, and those at `paths`: files, or folders of `.toml`
    /// files.
    ///
    /// # Errors
    ///
    /// A file that cannot be opened or that is not a rule file, with the place and the way out.
    pub fn load(paths: &[PathBuf]) -> Result<Self, Error> {
        Self::load_packs(paths, without_tests)
    }

    /// The same, with the tests and examples of all packs.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load).
    pub fn load_with_tests(paths: &[PathBuf]) -> Result<Self, Error> {
        Self::load_packs(paths, str::to_owned)
    }

    fn load_packs(paths: &[PathBuf], text_of: impl Fn(&str) -> String) -> Result<Self, Error> {
        let mut loader = Loader::default();
        loader.builtin(text_of)?;
        for path in paths {
            for file in files(path)? {
                loader.open(&file, None)?;
            }
        }
        Ok(loader.draft.finish())
    }

    /// The rules at `paths` alone: the packs that come with the program lend them their entities and facts.
    ///
    /// # Errors
    ///
    /// As for [`load`](Self::load).
    pub fn load_alone(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut loader = Loader::default();
        loader.builtin(without_tests)?;
        loader.draft.forget_rules();
        for path in paths {
            for file in files(path)? {
                loader.open(&file, None)?;
            }
        }
        Ok(loader.draft.finish())
    }

    /// Reads one rule file by itself, with the gazetteer but without the packs that come with the program.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with the place and the way out.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut loader = Loader::default();
        loader.gazetteer();
        loader.read(name, text, Path::new(""))?;
        Ok(loader.draft.finish())
    }

    /// The set without the rules and facts of some packs; the entities stay. The first name that is no pack is given back.
    #[must_use]
    pub fn without(mut self, packs: &[String]) -> Self {
        self.rules.retain(|rule| !packs.contains(&rule.pack));
        self.facts.retain(|fact| !packs.contains(&fact.pack));
        self.packs.retain(|name| !packs.contains(name));
        packs.iter().for_each(|pack| self.stamp(pack));
        self
    }

    /// Adds to the stamp.
    fn stamp(&mut self, text: &str) {
        self.stamp = Sha256::new().chain_update(self.stamp).chain_update(text).finalize().into();
    }

    /// The rule of this name.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// A pack without the tests of its rules, which are most of its text: reading them takes half of the time of a start, and
/// no run but that of `test` and `rule` needs them.
fn without_tests(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut is_test = false;
    for line in text.split_inclusive('\n') {
        if line.starts_with("[[") {
            is_test = line.starts_with("[[rule.") || line.starts_with("[[order.");
        }
        if !is_test {
            out.push_str(line);
        }
    }
    out
}

/// The longest chain of files that extend each other.
const DEEPEST_CHAIN: usize = 32;

/// Reads rule files and those they build on, each once.
#[derive(Default)]
struct Loader {
    draft: Draft,
    /// The files that are being read, each extended by the one before.
    chain: Vec<String>,
    read: BTreeSet<String>,
}

impl Loader {
    fn gazetteer(&mut self) {
        gazetteer(&mut self.draft);
        self.draft.learn_names();
    }

    fn builtin(&mut self, text_of: impl Fn(&str) -> String) -> Result<(), Error> {
        self.gazetteer();
        PACKS.iter().try_for_each(|(name, text)| self.read(name, &text_of(text), Path::new("")))
    }

    /// Opens a file and reads it, unless it was read before.
    fn open(&mut self, path: &Path, from: Option<Fault>) -> Result<(), Error> {
        let name = shown_path(path);
        let text = std::fs::read_to_string(path).map_err(|error| match from {
            Some(fault) => Error::Written(fault),
            None => Error::Read(Fault::unreadable(path, &error)),
        })?;
        self.read(&name, &text, path.parent().unwrap_or(Path::new("")))
    }

    fn read(&mut self, name: &str, text: &str, folder: &Path) -> Result<(), Error> {
        if !self.read.insert(name.to_owned()) {
            return Ok(());
        }
        self.chain.push(name.to_owned());
        if !PACKS.iter().any(|(pack, _)| *pack == name) {
            self.draft.set.stamp(text);
        }
        let file = parse(name, text).map_err(Error::Written)?;
        let mut inherited = BTreeMap::new();
        for other in file.extends.iter().chain(&file.facts) {
            let other_name = self.base(name, text, folder, other)?;
            inherited.extend(self.draft.defined.get(&other_name).cloned().unwrap_or_default());
        }
        compile(name, text, file, inherited, &mut self.draft).map_err(Error::Written)?;
        self.chain.pop();
        Ok(())
    }

    /// Reads a file that another builds on, and gives its name.
    fn base(
        &mut self,
        name: &str,
        text: &str,
        folder: &Path,
        other: &Spanned<String>,
    ) -> Result<String, Error> {
        let fault = |message: String| Fault::at(name, text, other.span().start, message);
        let builtin = format!("builtin:{}", other.get_ref().trim_start_matches("builtin:"));
        let path = folder.join(other.get_ref());
        if !path.is_file() && PACKS.iter().any(|(pack, _)| *pack == builtin) {
            return Ok(builtin);
        }
        let other_name = shown_path(&path);
        let normal = |name: &str| std::fs::canonicalize(name).unwrap_or_else(|_| PathBuf::from(name));
        let is_circle = self.chain.iter().any(|file| normal(file) == normal(&other_name));
        if is_circle || self.chain.len() >= DEEPEST_CHAIN {
            let what = if is_circle { "extends itself" } else { "extends too many files behind each other" };
            let chain = self.chain.join(" -> ");
            let fault = fault(format!("{chain} -> {other_name} {what}"));
            return Err(Error::Written(fault.with_help("take one of them out of `extends`")));
        }
        let missing = fault(format!("cannot read {other_name}"))
            .with_help("paths are relative to the file they stand in");
        self.open(&path, Some(missing))?;
        Ok(other_name)
    }
}

/// The file itself, or the `.toml` files of a folder in the order of their names.
fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = |error: std::io::Error| Error::Read(Fault::unreadable(path, &error));
    let entries = std::fs::read_dir(path).map_err(unreadable)?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    // A table of page furniture may lie beside the rules.
    let is_rules = |file: &Path| {
        file.extension().is_some_and(|extension| extension == "toml") && !file.ends_with("furniture.toml")
    };
    files.retain(|file| is_rules(file));
    files.sort();
    if files.is_empty() { Err(Error::Empty(shown_path(path))) } else { Ok(files) }
}

#[cfg(test)]
mod tests {
    use super::RuleSet;

    fn check(text: &str, expected: &str) {
        let text = text.replace("RULE", "[[rule]]\nid = \"r\"\nsummary = \"s\"\n");
        let error =
            RuleSet::parse("r.toml", &format!("format = 1\npack = \"p\"\n{text}")).map(|set| set.rules.len());
        let error = error.map_err(|error| error.to_string().replace("read the rule file r.toml:", ""));
        assert_eq!(error, Err(expected.to_owned()));
    }

    #[test]
    fn the_builtin_packs_are_right() {
        assert!(!RuleSet::builtin().rules.is_empty());
    }

    #[test]
    fn a_name_that_stands_for_too_many_is_refused() {
        let many = "(a|b)".repeat(20);
        check(
            &format!("[[entity]]\nid = \"a\"\ntype = \"person\"\nnames = [\"{many}\"]\n"),
            "6:10: a name has neither slots nor gaps, and stands for at most 256",
        );
    }

    #[test]
    fn mistakes_have_a_place_and_a_way_out() {
        check("RULEpatern = [\"meet\"]\n", "6:1: unknown key `patern`\nhelp: did you mean `patterns`?");
        check(
            "RULEpatterns = [\"meet {a:persn}\"]\nkey = [\"{a}\"]\n",
            "6:22: unknown type `persn`\nhelp: did you mean `person`?",
        );
        check(
            "RULEpatterns = [\"meet {a:person} {w:date}\"]\nkey = [\"{b}\"]\nvalue = \"{w}\"\n",
            "7:8: unknown slot `b`\nhelp: did you mean `a`?",
        );
        check(
            "RULEpatterns = [\"meet {a:person}\"]\nkey = [\"{a}\"]\n",
            "4:6: rule `r` has none of `value`, `polarity` and `roles`\nhelp: write one: value = \"{when}\", polarity = \"yes/no\" or roles = [\"{from}\", \"{to}\"]",
        );
        check(
            "RULEpatterns = [{ match = \"meet (x\" }]\nkey = [\"m\"]\npolarity = \"yes/no\"\n",
            "6:29: this group has no end\nhelp: close it with `)`",
        );
        check(
            "RULEpatterns = [{ mtch = \"meet\" }]\n",
            "6:15: unknown key `mtch`\nhelp: did you mean `match`?",
        );
        check(
            "[[entity]]\nid = \"a\"\ntype = \"person\"\nnames = [\"A B\"]\nwithin = \"moon\"\n",
            "7:10: unknown entity `moon`\nhelp: did you mean `bonn`?",
        );
        check(
            "RULEpatterns = [\"meet\"]\nkey = [\"m\"]\npolarity = \"yes/no\"\nRULEpatterns = [\"meet\"]\nkey = [\"m\"]\npolarity = \"yes/no\"\n",
            "10:6: the id `r` is taken by a rule of r.toml\nhelp: ids are unique over all packs",
        );
        check(
            "RULEpatterns = [\"{w:date} meet\"]\nkey = [\"m\"]\nvalue = \"{w}\"\nfresh = \"soon\"\n",
            "9:9: `soon` is no duration\nhelp: write a number of days or weeks, such as 30d or 4w",
        );
    }
}
