//! Units of measure and currencies (`rules/values/units.toml`).

use super::lexicon::Language;
use rust_decimal::Decimal;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

/// The table, read once.
static FILE: LazyLock<UnitFile> =
    LazyLock::new(|| toml::from_str(super::lexicon::UNITS).expect("built-in tables are read by a test"));

static UNITS: LazyLock<Vec<Definition>> = LazyLock::new(|| {
    let units = FILE.unit.iter().map(|unit| Definition {
        offset: unit.offset.as_deref().map_or(Decimal::ZERO, decimal),
        factor: decimal(&unit.factor),
        name: unit.name.clone(),
        family: unit.family.clone(),
    });
    let currencies = FILE.currency.iter().map(|currency| Definition {
        name: currency.code.clone(),
        family: format!("money {}", currency.code),
        factor: Decimal::ONE,
        offset: Decimal::ZERO,
    });
    units.chain(currencies).collect()
});

struct Definition {
    name: String,
    family: String,
    /// How many of the family's first unit one is.
    factor: Decimal,
    /// What is added before the factor.
    offset: Decimal,
}

/// A unit of measure, or a currency. Ordered by its place in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "u16")]
pub struct Unit(u16);

impl TryFrom<u16> for Unit {
    type Error = String;

    fn try_from(at: u16) -> Result<Self, String> {
        Self::from_value(i64::from(at)).ok_or_else(|| format!("there is no unit {at}"))
    }
}

impl Unit {
    /// Its singular English name, or the ISO 4217 code of a currency that has one.
    pub fn name(self) -> &'static str {
        &UNITS[usize::from(self.0)].name
    }

    /// What it measures: units of one family are converted into each other, those of two never.
    pub fn family(self) -> &'static str {
        &UNITS[usize::from(self.0)].family
    }

    /// The unit of this name, or the currency of this code.
    pub fn named(name: &str) -> Option<Self> {
        UNITS.iter().position(|unit| unit.name == name).and_then(|at| u16::try_from(at).ok()).map(Self)
    }

    /// An amount in the family's first unit; nothing where it has more than 28 digits.
    pub fn in_base(self, amount: Decimal) -> Option<Decimal> {
        let unit = &UNITS[usize::from(self.0)];
        amount.checked_add(unit.offset)?.checked_mul(unit.factor)
    }

    pub(super) fn from_value(value: i64) -> Option<Self> {
        u16::try_from(value).ok().filter(|at| usize::from(*at) < UNITS.len()).map(Self)
    }

    pub(super) fn is_currency(self) -> bool {
        self.family().starts_with("money")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitFile {
    unit: Vec<UnitEntry>,
    currency: Vec<CurrencyEntry>,
}

#[derive(Deserialize)]
struct UnitEntry {
    name: String,
    family: String,
    factor: String,
    offset: Option<String>,
    #[serde(default)]
    symbols: Vec<String>,
    #[serde(flatten)]
    words: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct CurrencyEntry {
    code: String,
    #[serde(default)]
    signs: Vec<String>,
    #[serde(default)]
    codes: Vec<String>,
    #[serde(flatten)]
    words: BTreeMap<String, Vec<String>>,
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str(text).expect("a test reads every factor")
}

/// Adds the words and symbols of all units to a language.
pub(super) fn add_words(language: &mut Language, tag: &str) {
    let mut at = 0;
    for unit in &FILE.unit {
        let add = |language: &mut Language, class: &str, words: &[String]| {
            words.iter().for_each(|word| language.add(class, word, at));
        };
        add(language, "measure_symbol", &unit.symbols);
        add(language, "measure", unit.words.get(tag).map_or(&[], Vec::as_slice));
        at += 1;
    }
    for currency in &FILE.currency {
        let words = currency.words.get(tag).map_or(&[][..], Vec::as_slice);
        for (class, words) in
            [("sign", &currency.signs[..]), ("code", &currency.codes[..]), ("currency", words)]
        {
            words.iter().for_each(|word| language.add(class, word, at));
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{UNITS, Unit};
    use rust_decimal::Decimal;

    #[test]
    fn units_of_a_family_are_converted() {
        let base =
            |name: &str, amount: i64| Unit::named(name).and_then(|unit| unit.in_base(Decimal::from(amount)));
        assert_eq!(base("mile", 1), base("foot", 5_280));
        assert_eq!(base("degree fahrenheit", 212).map(|d| d.round()), base("degree celsius", 100));
        assert_eq!(base("byte", 2), base("bit", 16));
        assert!(UNITS.len() > 100);
    }
}
