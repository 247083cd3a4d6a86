//! Numbers as intervals of exact decimals.

use rust_decimal::Decimal;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number.
    pub at: Decimal,
    /// Whether the number itself belongs to the interval.
    pub is_inclusive: bool,
}

/// An interval of numbers; a missing end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberSet {
    /// Lower end.
    pub min: Option<Bound>,
    /// Upper end.
    pub max: Option<Bound>,
}

impl NumberSet {
    /// Exactly one number.
    pub fn exactly(at: Decimal) -> Self {
        Self::between(at, at)
    }

    /// From `min` to `max`, both included.
    pub fn between(min: Decimal, max: Decimal) -> Self {
        let bound = |at| Some(Bound { at, is_inclusive: true });
        Self { min: bound(min), max: bound(max) }
    }

    /// From `min`, included, to `max`, excluded.
    pub fn half_open(min: Decimal, max: Decimal) -> Self {
        Self { max: Some(Bound { at: max, is_inclusive: false }), ..Self::between(min, max) }
    }

    /// The number, where there is exactly one.
    pub fn exact(&self) -> Option<Decimal> {
        let (min, max) = (self.min?, self.max?);
        (min.at == max.at && min.is_inclusive && max.is_inclusive).then_some(min.at)
    }

    /// Whether no number lies in both.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        ends_before(self.max, other.min) || ends_before(other.max, self.min)
    }

    /// A round figure with what its rounding leaves open: 10,000 may stand for anything that rounds
    /// to it in its last digit that is not 0, so for 5,000 up to 15,000. Other figures as they are.
    ///
    /// A figure of one significant digit would swallow its neighbors; it is read as rounded to two,
    /// so 10,000 becomes 9,500 up to 10,500.
    #[must_use]
    pub fn rounded(&self) -> Self {
        let Some(number) = self.exact().filter(|n| n.scale() == 0 && *n >= Decimal::TEN) else {
            return *self;
        };
        let digits = number.to_string();
        let zeros = digits.len() - digits.trim_end_matches('0').len();
        let zeros = zeros.min(digits.len() - 2);
        if zeros == 0 {
            return *self;
        }
        let half = Decimal::from(10_i64.saturating_pow(zeros.min(18) as u32)) / Decimal::TWO;
        Self::half_open(number.saturating_sub(half), number.saturating_add(half))
    }
}

fn ends_before(max: Option<Bound>, min: Option<Bound>) -> bool {
    max.zip(min).is_some_and(|(max, min)| {
        max.at < min.at || (max.at == min.at && !(max.is_inclusive && min.is_inclusive))
    })
}

impl std::fmt::Display for NumberSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(number) = self.exact() {
            return write!(f, "{}", grouped(number));
        }
        match (self.min, self.max) {
            (Some(min), None) => {
                write!(f, "{} {}", if min.is_inclusive { "at least" } else { "more than" }, grouped(min.at))
            }
            (None, Some(max)) => {
                write!(f, "{} {}", if max.is_inclusive { "at most" } else { "fewer than" }, grouped(max.at))
            }
            (Some(min), Some(max)) => write!(f, "{} to {}", grouped(min.at), grouped(max.at)),
            (None, None) => f.write_str("any number"),
        }
    }
}

/// Digits in groups of three.
fn grouped(number: Decimal) -> String {
    let text = number.normalize().to_string();
    let (whole, fraction) = text.split_once('.').map_or((text.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    fraction.map_or(out.clone(), |fraction| format!("{out}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::NumberSet;
    use proptest::prelude::{any, prop_assert_eq, proptest};
    use rust_decimal::Decimal;

    fn n(number: i64) -> Decimal {
        Decimal::from(number)
    }

    #[test]
    fn rounding_leaves_neighbors_apart() {
        let exactly = |number| NumberSet::exactly(n(number));
        assert!(exactly(10_000).is_disjoint(&exactly(9_870)));
        assert!(!exactly(10_000).rounded().is_disjoint(&exactly(9_870)));
        assert!(exactly(10_000).rounded().is_disjoint(&exactly(12_000).rounded()));
        assert_eq!(exactly(9_871).rounded(), exactly(9_871));
        assert_eq!(exactly(7).rounded(), exactly(7));
    }

    #[test]
    fn figures_print_in_groups() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_234_567, "-1,234,567")] {
            assert_eq!(NumberSet::exactly(n(number)).to_string(), text);
        }
    }

    proptest! {
        #[test]
        fn disjointness_is_symmetric(a in any::<i32>(), b in any::<i32>(), c in any::<i32>(), d in any::<i32>()) {
            let one = NumberSet::half_open(n(a.min(b).into()), n(a.max(b).into()));
            let two = NumberSet::between(n(c.min(d).into()), n(c.max(d).into()));
            prop_assert_eq!(one.is_disjoint(&two), two.is_disjoint(&one));
        }
    }
}
