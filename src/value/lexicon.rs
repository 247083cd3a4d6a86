//! The words of a language (`rules/values/LANGUAGE.toml`): what each can stand for, and the patterns they make.

use super::grammar::Grammar;
use super::tables::{Compound, LanguageFile};
use super::token::{Token, tokens};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The languages that values are read in; a table is read when a text needs it.
static LANGUAGES: [(&str, LazyLock<Language>); 2] = [
    ("en", LazyLock::new(|| Language::parse("en", include_str!("../../rules/values/en.toml")))),
    ("de", LazyLock::new(|| Language::parse("de", include_str!("../../rules/values/de.toml")))),
];
pub(super) const UNITS: &str = include_str!("../../rules/values/units.toml");
pub(super) const HOLIDAYS: &str = include_str!("../../rules/values/holidays.toml");

/// The language of a BCP 47 tag; English where nobody knows it, nothing where there is no table for it.
pub(super) fn language(tag: Option<&str>) -> Option<&'static Language> {
    let primary = tag.unwrap_or("en").split('-').next().unwrap_or("en").to_ascii_lowercase();
    let primary = if primary == "und" { "en" } else { &primary };
    LANGUAGES.iter().find(|(name, _)| *name == primary).map(|(_, language)| &**language)
}

/// A word by its number; 0 is a word that stands in no table.
pub(super) type Word = u32;
/// A class of words by its number.
pub(super) type Class = u16;

/// Values of classes that are names and not numbers; a class has `NAMED + index` for them.
const NAMED: i64 = 1_000;
const NAMES: [&str; 20] = [
    "second",
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "fortnight",
    "month",
    "quarter",
    "year",
    "decade",
    "century",
    "past",
    "present",
    "future",
    "since",
    "until",
    "before",
    "after",
    "about",
];

/// The value that a name stands for in a class; 0 where there is no such name.
pub(super) fn named(name: &str) -> i64 {
    NAMES.iter().position(|known| *known == name).map_or(0, |at| NAMED + at as i64)
}

/// The name that a class's value stands for.
pub(super) fn name(value: i64) -> &'static str {
    usize::try_from(value - NAMED).ok().and_then(|at| NAMES.get(at)).copied().unwrap_or("")
}

/// How such a name is kept in a file: as text, which is a name of the table or nothing.
pub(super) mod word {
    use super::NAMES;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::Serializer;

    pub(in crate::value) fn serialize<S: Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(name)
    }

    pub(in crate::value) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static str, D::Error> {
        let name = String::deserialize(deserializer)?;
        let known = NAMES.iter().find(|known| **known == name);
        // A class without a name has an empty one.
        let known = known.copied().or(name.is_empty().then_some(""));
        known.ok_or_else(|| D::Error::custom("no name of the table"))
    }
}

/// A run of words that stands for something, behind its first word.
#[derive(Debug)]
struct Entry {
    rest: Box<[Word]>,
    value: i64,
}

/// The words of one language.
#[derive(Debug)]
pub(super) struct Language {
    words: FxHashMap<String, Word>,
    classes: BTreeMap<String, Class>,
    /// By first word: class and entry, the longest first.
    entries: Vec<Vec<(Class, Entry)>>,
    /// Words that mean something only with a capital, where nothing around them shows it.
    soft: FxHashSet<Word>,
    /// Names of months and weekdays that are no abbreviations: the first of each in its table.
    full: FxHashSet<Word>,
    /// The numerals.
    pub(super) numerals: Numerals,
    /// Patterns of dates.
    pub(super) grammar: Grammar,
    /// Endings of past forms.
    pub(super) past_endings: Vec<String>,
    /// The decimal mark.
    pub(super) decimal: char,
    /// The classes that code asks for.
    pub(super) ids: Ids,
    /// What a word can open, by word: most words of a text can open nothing.
    opens: Vec<Opens>,
}

/// What a word can open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Opens {
    /// A number in words.
    pub(super) number: bool,
    /// A number or a rank in words.
    pub(super) rank: bool,
    /// Any value.
    pub(super) value: bool,
}

/// Declares the classes that code asks for, each a field of the same name.
macro_rules! ids {
    ($($name:ident),* $(,)?) => {
        /// The numbers of classes that code asks for.
        #[derive(Debug, Default)]
        pub(super) struct Ids {
            $(pub(super) $name: Class,)*
        }

        impl Ids {
            fn of(language: &Language) -> Self {
                Self { $($name: language.class(stringify!($name)),)* }
            }
        }
    };
}

ids!(
    idiom,
    count,
    unit,
    workday,
    unit_letter,
    measure,
    measure_symbol,
    sign,
    code,
    currency,
    percent,
    points,
    and,
    minus,
    point,
    half,
    quarter,
    article,
    of,
    over,
    ordinal_suffix,
    vague_number,
    modifier,
    behind,
    range_between,
    range_from,
    range_and,
    range_to,
    range_or,
    age_before,
    age_old,
    age_birthday,
    age_tens,
    decade,
    future,
    past,
    not_past,
    length_cue_words,
    month,
    ratio,
    determiner,
    backward,
    forward,
    score_cue_words,
    on,
    bound,
    before_verb,
    verb,
    no_noun,
    change,
    sport,
    few,
    before_year,
    people,
    between_length,
    behind_one,
    before_one,
    clock,
    weighs,
    quarter_code,
    half_code,
);

/// Number words, by word.
#[derive(Debug, Default)]
pub(super) struct Numerals {
    /// Below a hundred.
    pub(super) units: FxHashMap<Word, u64>,
    /// Factors.
    pub(super) scales: FxHashMap<Word, u64>,
    /// Factors as letters glued to a figure.
    pub(super) letters: FxHashMap<Word, u64>,
    /// Ranks.
    pub(super) ordinals: FxHashMap<Word, u64>,
    /// Denominators: "thirds" and "third".
    pub(super) parts: FxHashMap<Word, u64>,
    /// Intervals that are words; by the value of class `vague_number`.
    pub(super) vague: Vec<(Decimal, Decimal)>,
    /// Whether units stand before tens and all in one word: "dreiundzwanzig".
    pub(super) compound: Option<Compound>,
}

impl Language {
    fn parse(name: &str, text: &str) -> Self {
        let file: LanguageFile = toml::from_str(text).expect("built-in tables are read by a test");
        let mut language = Self {
            words: FxHashMap::default(),
            classes: BTreeMap::new(),
            entries: vec![Vec::new()],
            soft: FxHashSet::default(),
            full: FxHashSet::default(),
            numerals: Numerals { compound: file.numerals.compound, ..Numerals::default() },
            grammar: Grammar::default(),
            past_endings: file.tense.past_endings,
            decimal: file.figures.decimal,
            ids: Ids::default(),
            opens: Vec::new(),
        };
        for (class, values) in &file.class {
            for (value, words) in values {
                let number = value.parse().unwrap_or_else(|_| named(value));
                if let Some(name) = words.first().filter(|_| matches!(&**class, "month" | "weekday")) {
                    let name = language.intern(name);
                    language.full.insert(name);
                }
                language.add_all(class, words, number);
                // "Last week" is a week, "last weeks" are no length.
                let singular: Vec<String> =
                    words.iter().filter(|word| class == "unit" && !word.ends_with('s')).cloned().collect();
                language.add_all("one_unit", &singular, number);
                let plural: Vec<String> =
                    words.iter().filter(|word| class == "unit" && word.ends_with('s')).cloned().collect();
                language.add_all("many_unit", &plural, number);
            }
        }
        let groups = [
            ("", &file.numerals.words),
            ("range_", &file.range),
            ("age_", &file.age),
            ("length_cue_", &file.length_cues),
            ("score_cue_", &file.score_cues),
        ];
        for (prefix, group) in groups {
            for (class, words) in group {
                language.add_all(&format!("{prefix}{class}"), words, 1);
            }
        }
        for (class, group) in [("modifier", &file.modifiers), ("behind", &file.modifiers_behind)] {
            for (modifier, words) in group {
                language.add_all(class, words, super::number::Modifier::named(modifier) as i64);
            }
        }
        for (class, words) in [
            ("future", &file.tense.future),
            ("past", &file.tense.past),
            ("not_past", &file.tense.not_past),
            ("idiom", &file.idioms),
        ] {
            language.add_all(class, words, 1);
        }
        language.soft = file.soft.iter().map(|word| language.intern(word)).collect();
        language.add_numerals(&file.numerals.units, |numerals| &mut numerals.units);
        language.add_numerals(&file.numerals.scales, |numerals| &mut numerals.scales);
        language.add_numerals(&file.numerals.letters, |numerals| &mut numerals.letters);
        language.add_numerals(&file.numerals.ordinals, |numerals| &mut numerals.ordinals);
        for (words, rank) in file.numerals.ordinals.values().zip(file.numerals.ordinals.keys()) {
            let rank: u64 = rank.parse().unwrap_or(0);
            for word in words.iter().filter(|_| rank > 2) {
                let (one, many) = (language.intern(word), language.intern(&format!("{word}s")));
                language.numerals.parts.extend([(one, rank), (many, rank)]);
            }
        }
        for (bounds, words) in &file.numerals.vague {
            let bound =
                |at: usize| bounds.split(' ').nth(at).and_then(|text| text.parse().ok()).unwrap_or_default();
            let index = language.numerals.vague.len() as i64;
            language.numerals.vague.push((bound(0), bound(1)));
            language.add_all("vague_number", words, index);
        }
        super::unit::add_words(&mut language, name);
        super::holiday::add_words(&mut language, name);
        let mut grammar = Grammar::default();
        let rules = [&file.rule, &file.range_rule, &file.bound_rule, &file.other_rule];
        for (level, rules) in rules.into_iter().enumerate() {
            for rule in rules {
                grammar.add(level, rule, &mut language);
            }
        }
        language.grammar = grammar;
        language.ids = Ids::of(&language);
        language.opens = (0..language.entries.len()).map(|word| language.opens_of(word as Word)).collect();
        for entries in &mut language.entries {
            entries.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.rest.len()));
        }
        language
    }

    fn opens_of(&self, word: Word) -> Opens {
        let (numerals, ids) = (&self.numerals, &self.ids);
        let is_in = |class: Class| self.classes_of(word).any(|own| own == class);
        let number = numerals.units.contains_key(&word)
            || numerals.scales.contains_key(&word)
            || [ids.article, ids.minus, ids.half].into_iter().any(is_in);
        let rank = number || numerals.ordinals.contains_key(&word);
        let led = [
            ids.modifier,
            ids.range_between,
            ids.range_from,
            ids.vague_number,
            ids.sign,
            ids.code,
            ids.point,
            ids.age_tens,
            ids.age_before,
            ids.idiom,
            ids.count,
        ];
        let is_root = |level: &super::grammar::Level| {
            level.by_word.contains_key(&word)
                || self.classes_of(word).any(|class| level.by_class.contains_key(&class))
        };
        let value = rank || led.into_iter().any(is_in) || self.grammar.levels.iter().any(is_root);
        Opens { number, rank, value }
    }

    /// What a word can open.
    pub(super) fn opens(&self, word: Word) -> Opens {
        self.opens.get(word as usize).copied().unwrap_or_default()
    }

    fn add_numerals(
        &mut self,
        table: &BTreeMap<String, Vec<String>>,
        field: fn(&mut Numerals) -> &mut FxHashMap<Word, u64>,
    ) {
        for (value, words) in table {
            for word in words {
                let word = self.intern(word);
                field(&mut self.numerals).insert(word, value.parse().unwrap_or(0));
            }
        }
    }

    fn add_all(&mut self, class: &str, words: &[String], value: i64) {
        for run in words {
            self.add(class, run, value);
        }
    }

    /// Adds a run of words to a class.
    pub(super) fn add(&mut self, class: &str, run: &str, value: i64) {
        let words: Vec<Word> = tokens(run, 0).iter().map(|token| self.intern(&token.norm)).collect();
        let class = self.intern_class(class);
        let Some((&first, rest)) = words.split_first() else { return };
        self.entries[first as usize].push((class, Entry { rest: rest.into(), value }));
    }

    /// The number of a word, which is new or not.
    pub(super) fn intern(&mut self, word: &str) -> Word {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let new = self.entries.len() as Word;
        self.entries.push(Vec::new());
        self.words.insert(word.to_owned(), new);
        new
    }

    /// The number of a class, which is new or not.
    pub(super) fn intern_class(&mut self, name: &str) -> Class {
        let new = Class::try_from(self.classes.len()).unwrap_or(Class::MAX);
        *self.classes.entry(name.to_owned()).or_insert(new)
    }

    /// The number of a class that tables or patterns name.
    pub(super) fn class(&self, name: &str) -> Class {
        self.classes.get(name).copied().unwrap_or(Class::MAX)
    }

    /// The number of a token's word.
    pub(super) fn word(&self, token: &Token<'_>) -> Word {
        self.words.get(&*token.norm).copied().unwrap_or(0)
    }

    /// The number of a word as it is written; 0 where no table has it.
    pub(super) fn known(&self, word: &str) -> Word {
        self.words.get(word).copied().unwrap_or(0)
    }

    pub(super) fn is_full(&self, word: Word) -> bool {
        self.full.contains(&word)
    }

    pub(super) fn is_soft(&self, word: Word) -> bool {
        self.soft.contains(&word)
    }

    /// The longest run of words of a class at a place: its length and what it stands for.
    pub(super) fn entry(&self, class: Class, words: &[Word]) -> Option<(usize, i64)> {
        let (first, rest) = words.split_first()?;
        self.entries[*first as usize]
            .iter()
            .find(|(own, entry)| *own == class && rest.starts_with(&entry.rest))
            .map(|(_, entry)| (entry.rest.len() + 1, entry.value))
    }

    /// The classes that a word opens an entry of.
    pub(super) fn classes_of(&self, word: Word) -> impl Iterator<Item = Class> {
        self.entries[word as usize].iter().map(|(class, _)| *class)
    }
}

/// Whether a lower-case word is the English name of a month or a weekday, written in full.
pub fn is_calendar_word(word: &str) -> bool {
    language(None).is_some_and(|language| language.full.contains(&language.known(word)))
}

/// Whether a word, whatever its case, is an English number or part of one: "three", "Thousand".
pub fn is_number_word(word: &str) -> bool {
    let known = language(None).map(|language| (language, language.known(&word.to_lowercase())));
    known.is_some_and(|(language, known)| {
        known != 0
            && (language.numerals.units.contains_key(&known) || language.numerals.scales.contains_key(&known))
    })
}
