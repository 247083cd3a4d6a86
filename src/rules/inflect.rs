//! The forms of an English word that a pattern names by its base.
//!
//! A pattern says `meet` and means `meets`, `met` and `meeting` too. Forms are made from the base
//! when rules are loaded, so nothing is guessed about the words of an article: `founded` never
//! becomes a form of *find*. Irregular forms are data (`rules/english/inflection.toml`).

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeSet;

const TABLE: &str = include_str!("../../rules/english/inflection.toml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Base first, then the irregular forms, with spaces between.
    verbs: Vec<String>,
    /// Singular, then plural.
    nouns: Vec<String>,
    /// Verbs that double their last letter without being of one syllable.
    doubling: Vec<String>,
}

/// Makes forms; loaded once.
pub(crate) struct Inflector {
    verbs: FxHashMap<String, Vec<String>>,
    nouns: FxHashMap<String, Vec<String>>,
    doubling: FxHashSet<String>,
}

impl Inflector {
    pub(crate) fn new() -> Self {
        let table: Table = toml::from_str(TABLE).expect("the built-in table is read by a test");
        let by_base = |entries: Vec<String>| -> FxHashMap<String, Vec<String>> {
            let split = |entry: String| {
                let mut words = entry.split(' ').map(str::to_owned);
                (words.next().unwrap_or_default(), words.collect())
            };
            entries.into_iter().map(split).collect()
        };
        Self {
            verbs: by_base(table.verbs),
            nouns: by_base(table.nouns),
            doubling: table.doubling.into_iter().collect(),
        }
    }

    /// Knows no irregular forms.
    pub(super) fn empty() -> Self {
        Self { verbs: FxHashMap::default(), nouns: FxHashMap::default(), doubling: FxHashSet::default() }
    }

    /// The base and all its forms, in lower case. A word that is no base gives forms nobody writes.
    pub(crate) fn forms(&self, base: &str) -> BTreeSet<String> {
        let base = base.to_lowercase();
        let mut forms = BTreeSet::from([base.clone()]);
        if !base.chars().all(char::is_alphabetic)
            || base.chars().count() < 3 && base != "be" && base != "go" && base != "do"
        {
            return forms;
        }
        forms.extend(self.nouns.get(&base).cloned().unwrap_or_else(|| vec![with_s(&base)]));
        forms.extend(self.verbs.get(&base).cloned().unwrap_or_else(|| vec![self.with_ending(&base, "ed")]));
        forms.extend([with_s(&base), self.with_ending(&base, "ing")]);
        forms
    }

    /// The past participles: "founded", "written". The last irregular form, where there is one.
    pub(super) fn participles(&self, base: &str) -> BTreeSet<String> {
        let base = base.to_lowercase();
        let irregular = self.verbs.get(&base).and_then(|forms| forms.last().cloned());
        BTreeSet::from([irregular.unwrap_or_else(|| self.with_ending(&base, "ed"))])
    }

    /// `ed` or `ing` behind the base, with the changes that spelling asks for.
    fn with_ending(&self, base: &str, ending: &str) -> String {
        let letters: Vec<char> = base.chars().collect();
        let from_end =
            |n: usize| letters.len().checked_sub(n).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        let (last, second, third) = (from_end(1), from_end(2), from_end(3));
        let stem = &base[..base.len() - last.len_utf8()];
        match last {
            'e' if ending == "ing" && second == 'i' => format!("{}ying", &base[..base.len() - 2]),
            'e' if ending == "ing" && !is_vowel(second) => format!("{stem}ing"),
            'e' if ending == "ed" => format!("{base}d"),
            'y' if ending == "ed" && !is_vowel(second) => format!("{stem}ied"),
            _ if self.doubles(base, &letters, last, second, third) => format!("{base}{last}{ending}"),
            _ => format!("{base}{ending}"),
        }
    }

    fn doubles(&self, base: &str, letters: &[char], last: char, second: char, third: char) -> bool {
        let closes =
            !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y') && is_vowel(second) && !is_vowel(third);
        let is_short = letters.iter().filter(|letter| is_vowel(**letter)).count() == 1;
        closes && (is_short || self.doubling.contains(base))
    }
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// The plural of a noun, the third person of a verb.
fn with_s(base: &str) -> String {
    let before_y = base.chars().rev().nth(1).unwrap_or(' ');
    if base.ends_with('y') && !is_vowel(before_y) {
        return format!("{}ies", &base[..base.len() - 1]);
    }
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end));
    if hisses || base.ends_with('o') && !is_vowel(before_y) {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

#[cfg(test)]
mod tests {
    use super::Inflector;

    fn check(base: &str, expected: &[&str]) {
        let forms = Inflector::new().forms(base);
        for form in expected {
            assert!(forms.contains(*form), "{form} is no form of {base}: {forms:?}");
        }
    }

    #[test]
    fn regular_and_irregular_forms() {
        check("meet", &["meet", "meets", "met", "meeting"]);
        check("supply", &["supplies", "supplied", "supplying"]);
        check("provide", &["provides", "provided", "providing"]);
        check("send", &["sent", "sending", "sends"]);
        check("visit", &["visited", "visiting"]);
        check("ship", &["shipped", "shipping"]);
        check("be", &["is", "was", "were", "been", "being", "are"]);
        check("deny", &["denies", "denied", "denying"]);
        check("country", &["countries"]);
        check("man", &["men"]);
        check("establish", &["establishes", "established"]);
        check("found", &["founded", "founds"]);
        check("transfer", &["transferred"]);
        check("die", &["died", "dying"]);
        check("see", &["saw", "seen", "seeing"]);
        check("free", &["freed", "freeing"]);
    }

    #[test]
    fn words_stay_apart() {
        let forms = Inflector::new();
        assert!(!forms.forms("find").contains("founded"));
        assert!(!forms.forms("found").contains("find"));
        assert_eq!(forms.forms("in").len(), 1);
    }
}
