//! All rules of a run, checked against each other.

use super::builtin::PACKS;
use super::compile::{Draft, compile};
use super::entity::{Alias, Entity};
use super::error::Error;
use super::rule::Rule;
use crate::corpus::{Fault, shown_path};
use std::path::{Path, PathBuf};

/// Rules and the entities they speak of.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The rules, in the order of the packs.
    pub rules: Vec<Rule>,
    /// The entities, in the order of the packs.
    pub entities: Vec<Entity>,
    /// What they are called, sorted.
    pub aliases: Vec<Alias>,
    /// The names of the packs that were read.
    pub packs: Vec<String>,
}

impl RuleSet {
    /// The packs that come with the program.
    ///
    /// # Panics
    ///
    /// Never in a program that passed its tests: one reads every pack.
    pub fn builtin() -> Self {
        Self::load(&[]).expect("the built-in packs are read by a test")
    }

    /// The packs that come with the program, and those at `paths`: files, or folders of `.toml` files.
    ///
    /// # Errors
    ///
    /// A file that cannot be opened or that is not a rule file, with the place and the way out.
    pub fn load(paths: &[PathBuf]) -> Result<Self, Error> {
        let mut draft = Draft::default();
        for (name, text) in PACKS {
            compile(name, text, &mut draft).map_err(Error::Written)?;
        }
        for path in paths {
            for file in files(path)? {
                let name = shown_path(&file);
                let text = std::fs::read_to_string(&file)
                    .map_err(|error| Error::Read(Fault::unreadable(&file, &error)))?;
                compile(&name, &text, &mut draft).map_err(Error::Written)?;
            }
        }
        Ok(draft.finish())
    }

    /// Reads one rule file by itself, without the packs that come with the program.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with the place and the way out.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut draft = Draft::default();
        compile(name, text, &mut draft).map_err(Error::Written)?;
        Ok(draft.finish())
    }

    /// The rule of this name.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
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
            "4:6: rule `r` has neither `value` nor `polarity`",
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
            "7:10: unknown entity `moon`",
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
