//! The words by which names are told from other words, and persons from places (`rules/names/`).

use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::OnceLock;

const WORDS: &str = include_str!("../../rules/names/words.toml");
const GIVEN: &str = include_str!("../../rules/names/given-names.toml");

/// What a word can be in or beside a name; each is described in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// "President", "Mr".
    Title,
    /// A title that one person holds at a time.
    Office,
    /// "Council", "Ltd".
    OrganisationEnd,
    /// "Ltd".
    LegalEnd,
    /// "River".
    PlaceEnd,
    /// "Lake".
    PlaceStart,
    /// "University", before "of".
    OrganisationStart,
    /// "Cup".
    EventEnd,
    /// "Hurricane".
    EventStart,
    /// "van".
    Particle,
    /// "When", which has its capital from the start of a sentence.
    Opener,
    /// "Anna".
    Given,
    /// "The writer", who is the person that is spoken of.
    Occupation,
    /// "The other driver", who is not the person that is spoken of.
    Other,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    titles: Vec<String>,
    offices: Vec<String>,
    organisation_ends: Vec<String>,
    legal_ends: Vec<String>,
    place_ends: Vec<String>,
    place_starts: Vec<String>,
    organisation_starts: Vec<String>,
    event_ends: Vec<String>,
    event_starts: Vec<String>,
    particles: Vec<String>,
    openers: Vec<String>,
    occupations: Vec<String>,
    others: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GivenNames {
    /// Many names on a line, with spaces between.
    given: Vec<String>,
}

/// The table, by word.
#[derive(Debug)]
pub struct NameWords {
    by_word: FxHashMap<String, u16>,
}

impl NameWords {
    /// The built-in table, read once.
    pub fn builtin() -> &'static Self {
        static WORDS: OnceLock<NameWords> = OnceLock::new();
        WORDS.get_or_init(Self::read)
    }

    fn read() -> Self {
        let table: Table = toml::from_str(WORDS).expect("the built-in table is read by a test");
        let given: GivenNames = toml::from_str(GIVEN).expect("the built-in table is read by a test");
        let mut words = Self { by_word: FxHashMap::default() };
        for (sort, list) in [
            (Sort::Title, table.titles),
            (Sort::Office, table.offices),
            (Sort::OrganisationEnd, table.organisation_ends),
            (Sort::LegalEnd, table.legal_ends),
            (Sort::PlaceEnd, table.place_ends),
            (Sort::PlaceStart, table.place_starts),
            (Sort::OrganisationStart, table.organisation_starts),
            (Sort::EventEnd, table.event_ends),
            (Sort::EventStart, table.event_starts),
            (Sort::Particle, table.particles),
            (Sort::Opener, table.openers),
            (Sort::Occupation, table.occupations),
            (Sort::Other, table.others),
            (Sort::Given, given.given),
        ] {
            for word in list.iter().flat_map(|words| words.split(' ')).filter(|word| !word.is_empty()) {
                *words.by_word.entry(word.to_owned()).or_default() |= bit(sort);
            }
        }
        words
    }

    /// Whether a word, in lower case, is of any sort but a given name and the words around an occupation.
    pub fn is_any(&self, word: &str) -> bool {
        let loose = bit(Sort::Given) | bit(Sort::Occupation) | bit(Sort::Other);
        self.by_word.get(word).is_some_and(|bits| bits & !loose != 0)
    }

    /// Whether a word, in lower case, is of this sort.
    pub fn is(&self, word: &str, sort: Sort) -> bool {
        self.by_word.get(word).is_some_and(|bits| bits & bit(sort) != 0)
    }
}

fn bit(sort: Sort) -> u16 {
    1 << sort as u16
}

/// A letter without its accent, for the letters of European languages.
pub fn without_accent(letter: char) -> char {
    const PLAIN: [(&str, char); 10] = [
        ("àáâãäåā", 'a'),
        ("èéêëē", 'e'),
        ("ìíîïī", 'i'),
        ("òóôõöøō", 'o'),
        ("ùúûüū", 'u'),
        ("çćč", 'c'),
        ("ñńň", 'n'),
        ("šś", 's'),
        ("łľ", 'l'),
        ("žźż", 'z'),
    ];
    PLAIN.iter().find(|(letters, _)| letters.contains(letter)).map_or(letter, |(_, plain)| *plain)
}

#[cfg(test)]
mod tests {
    use super::{NameWords, Sort};

    #[test]
    fn the_tables_are_read() {
        let words = NameWords::builtin();
        assert!(words.is("president", Sort::Title) && words.is("anna", Sort::Given));
        assert!(words.is("council", Sort::OrganisationEnd) && !words.is("council", Sort::PlaceEnd));
    }
}
