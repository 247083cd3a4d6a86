//! What class names, ids and roles say of a part of a page (`rules/markup.toml`).

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../rules/markup.toml");

/// What a name can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    Chrome,
    Comments,
    Caption,
    Hidden,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    chrome: Vec<String>,
    comments: Vec<String>,
    captions: Vec<String>,
    hidden: Vec<String>,
    negators: Vec<String>,
    roles: Vec<String>,
}

/// The table, by the first word of each entry.
struct Table {
    entries: FxHashMap<String, Vec<(Vec<String>, Says)>>,
    negators: Vec<String>,
    roles: Vec<String>,
}

static NAMES: LazyLock<Table> = LazyLock::new(|| {
    let file: File = toml::from_str(TABLE).expect("the built-in table is read by a test");
    let mut entries: FxHashMap<String, Vec<(Vec<String>, Says)>> = FxHashMap::default();
    let lists = [
        (file.chrome, Says::Chrome),
        (file.comments, Says::Comments),
        (file.captions, Says::Caption),
        (file.hidden, Says::Hidden),
    ];
    for (list, says) in lists {
        for entry in list {
            let mut words = entry.split(' ').map(str::to_owned);
            let first = words.next().unwrap_or_default();
            entries.entry(first).or_default().push((words.collect(), says));
        }
    }
    Table { entries, negators: file.negators, roles: file.roles }
});

/// What class names and an id, divided by blanks, say; and the name that says it. Linear in the names.
pub(super) fn says(names: &str) -> Option<(Says, &str)> {
    names.split_ascii_whitespace().find_map(|name| Some((name_says(name)?, name)))
}

fn name_says(name: &str) -> Option<Says> {
    let words = words(name);
    let table = &*NAMES;
    (0..words.len()).find_map(|at| {
        let is_negated = at > 0 && table.negators.contains(&words[at - 1]);
        let entries = table.entries.get(&words[at]).filter(|_| !is_negated)?;
        let fits = |rest: &[String]| words[at + 1..].starts_with(rest);
        entries.iter().find(|(rest, _)| fits(rest)).map(|(_, says)| *says)
    })
}

/// The words of a name: divided by marks, digits and capitals, in lower case.
fn words(name: &str) -> Vec<String> {
    /// Longer names are no words but data.
    const LONGEST: usize = 200;
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    let mut is_new = true;
    for c in name.chars().take(LONGEST) {
        if !c.is_alphabetic() {
            (is_new, was_lower) = (true, false);
            continue;
        }
        if is_new || was_lower && c.is_uppercase() {
            words.push(String::new());
        }
        (is_new, was_lower) = (false, c.is_lowercase());
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
    }
    words
}

/// Whether a role belongs to the page.
pub(super) fn is_chrome_role(role: &str) -> bool {
    role.split_ascii_whitespace().any(|role| NAMES.roles.iter().any(|known| known == role))
}

#[cfg(test)]
mod tests {
    use super::{Says, says};

    #[test]
    fn names_are_read_by_their_words() {
        for (names, expected) in [
            ("c-box relatedLinks", Some(Says::Chrome)),
            ("story__most-read", Some(Says::Chrome)),
            ("wp-caption-text", Some(Says::Caption)),
            ("comment-list", Some(Says::Comments)),
            ("sr-only", Some(Says::Hidden)),
            ("has-sidebar no-comments", None),
            ("shared-space readable adapted", None),
            ("article-body", None),
        ] {
            assert_eq!(says(names).map(|(says, _)| says), expected, "{names}");
        }
    }
}
