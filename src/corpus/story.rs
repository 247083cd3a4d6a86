//! Versions of one story: updates and corrections of an article.

use super::{Corpus, Document};
use jiff::civil::DateTime;
use std::collections::BTreeMap;

/// Which version of a story an article says it is: "UPDATE 2", "version 3", "CORRECTED". Later ones are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// Its number; the first version has none, which counts as 0.
    pub number: u32,
    /// Whether it corrects the version of that number.
    pub is_corrected: bool,
}

impl Edition {
    /// The version that a headline names ("UPDATE 2-Harbour reopens", "CORRECTED: …"), and the headline without it.
    pub fn of_headline(title: &str) -> Option<(Self, &str)> {
        let mut edition = Self::default();
        let mut rest = title.trim_start();
        let mut is_labelled = false;
        loop {
            let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let behind = &rest[word.len()..];
            match word.to_lowercase().as_str() {
                "corrected" | "correction" | "refile" => edition.is_corrected = true,
                "update" | "wrapup" | "lead" => {
                    let digits: String =
                        behind.trim_start().chars().take_while(char::is_ascii_digit).take(3).collect();
                    let number = digits.parse().unwrap_or(1);
                    let after = &behind.trim_start()[digits.len()..];
                    // "UPDATE on the harbour" is a headline of its own.
                    if digits.is_empty() && !after.starts_with([':', '-', '–', '—', ')']) {
                        break;
                    }
                    edition.number = number;
                    rest = after.trim_start_matches(LABEL_MARKS);
                    is_labelled = true;
                    continue;
                }
                _ => break,
            }
            if !behind.trim_start().starts_with([':', '-', '–', '—', ')']) {
                edition.is_corrected = false;
                break;
            }
            rest = behind.trim_start_matches(LABEL_MARKS);
            is_labelled = true;
        }
        (is_labelled && !rest.is_empty()).then_some((edition, rest))
    }
}

/// What stands between a label and the headline.
const LABEL_MARKS: [char; 8] = [':', '-', '–', '—', ')', '(', ' ', '\u{a0}'];

/// The groups of documents that are versions of one story, each with the oldest first, by the first of them.
///
/// One story is one address, or one headline of one publisher but for its label ("UPDATE 2"). Documents of
/// one story that say nothing of their order are not versions but the same thing twice. O(n log n).
pub fn versions(corpus: &Corpus) -> Vec<Vec<usize>> {
    let mut stories: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (index, document) in corpus.documents.iter().enumerate() {
        if let Some(key) = story(document) {
            stories.entry(key).or_default().push(index);
        }
    }
    let order = |index: &usize| -> (Edition, Option<DateTime>) {
        let metadata = &corpus.documents[*index].metadata;
        let day = || metadata.published.map(|day| day.from.to_datetime(jiff::civil::Time::midnight()));
        (metadata.edition.unwrap_or_default(), metadata.modified.or_else(day))
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for ((kind, _), mut group) in stories {
        // A column has one headline on many days: only a label makes versions of it.
        let is_labelled = group.iter().any(|&index| corpus.documents[index].metadata.edition.is_some());
        if group.len() < 2 || kind != URL && !is_labelled {
            continue;
        }
        group.sort_by_key(|index| (order(index), *index));
        if order(&group[0]) != order(&group[group.len() - 1]) {
            groups.push(group);
        }
    }
    groups.sort_by_key(|group| group.iter().min().copied());
    groups
}

/// Marks a story that is known by its address.
const URL: &str = "\0url";

/// What two versions of a story have in common.
fn story(document: &Document) -> Option<(String, String)> {
    let metadata = &document.metadata;
    if let Some(url) = &metadata.url {
        let url = url.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/');
        let address = url.split_once("://").map_or(url, |(_, address)| address);
        // The front page is the address of no story.
        return address
            .contains('/')
            .then(|| (URL.to_owned(), address.trim_start_matches("www.").to_lowercase()));
    }
    let title = metadata.title.as_deref()?;
    let title = Edition::of_headline(title).map_or(title, |(_, rest)| rest);
    Some((metadata.source.clone()?, title.trim().to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::{Edition, versions};
    use crate::corpus::{Corpus, Document};

    fn document(path: &str, fields: &[(&str, &str)]) -> Document {
        let mut document = Document::plain(path, "Text.");
        for (key, value) in fields {
            document.metadata.set(key, value).expect("the fields are right");
        }
        let title = document.metadata.title.clone().unwrap_or_default();
        document.metadata.edition =
            document.metadata.edition.or(Edition::of_headline(&title).map(|found| found.0));
        document
    }

    #[test]
    fn versions_come_in_their_order() {
        let corpus = Corpus::sorted(
            vec![
                document("a", &[("url", "https://x.example/1?u=2"), ("modified", "2024-06-19T12:00:00Z")]),
                document(
                    "b",
                    &[("url", "http://www.x.example/1/"), ("modified", "2024-06-19T10:00:00+02:00")],
                ),
                document("c", &[("title", "UPDATE 2-Pier shut"), ("source", "Wire")]),
                document("d", &[("title", "Pier shut"), ("source", "Wire")]),
                document("e", &[("title", "CORRECTED-UPDATE 2-Pier shut"), ("source", "Wire")]),
                document("f", &[("url", "https://x.example/2")]),
                document("g", &[("url", "https://x.example/2")]),
                document("h", &[("title", "Pier shut"), ("source", "Post")]),
                document("i", &[("title", "The weather"), ("source", "Post"), ("published", "2024-06-19")]),
                document("j", &[("title", "The weather"), ("source", "Post"), ("published", "2024-06-20")]),
                document("k", &[("url", "https://x.example/"), ("published", "2024-06-19")]),
                document("l", &[("url", "https://x.example"), ("published", "2024-06-20")]),
            ],
            Vec::new(),
        );
        assert_eq!(versions(&corpus), [vec![1, 0], vec![3, 2, 4]]);
    }

    #[test]
    fn headlines_name_their_version() {
        let read = |title| {
            Edition::of_headline(title).map(|(edition, rest)| (edition.number, edition.is_corrected, rest))
        };
        assert_eq!(read("UPDATE 2-Harbour reopens"), Some((2, false, "Harbour reopens")));
        assert_eq!(read("CORRECTED-UPDATE 1-Harbour reopens"), Some((1, true, "Harbour reopens")));
        assert_eq!(read("Correction: Harbour reopens"), Some((0, true, "Harbour reopens")));
        assert_eq!(read("Update: Harbour reopens"), Some((1, false, "Harbour reopens")));
        assert_eq!(read("Update on the harbour"), None);
        assert_eq!(read("Corrected figures please bank"), None);
        assert_eq!(read("Harbour reopens"), None);
        assert_eq!(read(""), None);
    }
}
