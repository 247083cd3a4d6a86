//! Thresholds as exact fractions, so that the edge is decided in integers.

use std::str::FromStr;

/// A fraction between 0 and 1 of at most six decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ratio {
    millionths: u64,
}

impl Ratio {
    /// One half.
    pub const HALF: Self = Self { millionths: 500_000 };

    /// Whether `part` is at least this share of `whole`.
    pub fn is_met(self, part: u64, whole: u64) -> bool {
        part * 1_000_000 >= whole * self.millionths
    }

    /// The least part of `whole` that meets it.
    pub fn least(self, whole: u64) -> u64 {
        (whole * self.millionths).div_ceil(1_000_000)
    }

    /// The least `shared` that is this share of `a + b - shared`: the overlap of two sets of these sizes.
    pub fn least_shared(self, a: u64, b: u64) -> u64 {
        ((a + b) * self.millionths).div_ceil(1_000_000 + self.millionths)
    }
}

impl FromStr for Ratio {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("`{text}` is not a number above 0 and up to 1, of at most six decimals");
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() > 1 || decimals.len() > 6 || !is_digits(whole) || !is_digits(decimals) {
            return Err(bad());
        }
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| bad())? };
        let decimals: u64 = format!("{decimals:0<6}").parse().map_err(|_| bad())?;
        let millionths = whole * 1_000_000 + decimals;
        if (1..=1_000_000).contains(&millionths) { Ok(Self { millionths }) } else { Err(bad()) }
    }
}

impl<'de> serde::Deserialize<'de> for Ratio {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        number.to_string().parse().map_err(serde::de::Error::custom)
    }
}

impl serde::Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.millionths as f64 / 1e6)
    }
}

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = format!("{}.{:06}", self.millionths / 1_000_000, self.millionths % 1_000_000);
        let text = text.trim_end_matches('0');
        f.write_str(text.strip_suffix('.').unwrap_or(text))
    }
}

#[cfg(test)]
mod tests {
    use super::Ratio;

    #[test]
    fn the_edge_is_exact() {
        let ratio: Ratio = "0.7".parse().expect("a ratio");
        assert!(ratio.is_met(7, 10) && !ratio.is_met(69, 100));
        assert_eq!((ratio.least(10), ratio.least(11)), (7, 8));
        assert_eq!(ratio.to_string(), "0.7");
        assert_eq!("1".parse::<Ratio>().map(|one| one.to_string()), Ok("1".to_owned()));
    }

    #[test]
    fn what_is_no_ratio() {
        for text in ["", "0", "1.1", "-0.5", "half", "0.1234567", "50", "."] {
            assert!(text.parse::<Ratio>().is_err(), "{text}");
        }
    }
}
