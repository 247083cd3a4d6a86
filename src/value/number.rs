//! Numbers as intervals of exact decimals.

use rust_decimal::Decimal;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Bound {
    /// The number.
    pub at: Decimal,
    /// Whether the number itself belongs to the interval.
    pub is_inclusive: bool,
}

/// What words before or behind a number leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// "exactly"
    Equal,
    /// "at least"
    AtLeast,
    /// "more than"
    More,
    /// "fewer than"
    Less,
    /// "up to"
    AtMost,
    /// "nearly": a tenth below.
    Nearly,
    /// "about": a tenth below or above.
    About,
}

const MODIFIERS: [(Modifier, &str); 7] = [
    (Modifier::Equal, "equal"),
    (Modifier::AtLeast, "at_least"),
    (Modifier::More, "more"),
    (Modifier::Less, "less"),
    (Modifier::AtMost, "at_most"),
    (Modifier::Nearly, "nearly"),
    (Modifier::About, "about"),
];

impl Modifier {
    /// By its name in the tables of words.
    pub(super) fn named(name: &str) -> Self {
        MODIFIERS.iter().find(|(_, known)| *known == name).map_or(Self::Equal, |(modifier, _)| *modifier)
    }

    pub(super) fn from_value(value: i64) -> Self {
        usize::try_from(value)
            .ok()
            .and_then(|at| MODIFIERS.get(at))
            .map_or(Self::Equal, |(modifier, _)| *modifier)
    }
}

/// An interval of numbers; a missing end is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NumberSet {
    /// Lower end.
    pub min: Option<Bound>,
    /// Upper end.
    pub max: Option<Bound>,
    /// What the text blurs the ends by; comparisons look at the widened interval.
    pub blur: Option<Blur>,
}

/// Words that blur a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Blur {
    /// "about": a tenth below or above.
    About,
    /// "nearly": a tenth below, and not the figure itself.
    Nearly,
}

impl Blur {
    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::Nearly => "nearly",
        }
    }
}

impl NumberSet {
    /// Exactly one number.
    pub fn exactly(at: Decimal) -> Self {
        Self::between(at, at)
    }

    /// From `min` to `max`, both included.
    pub fn between(min: Decimal, max: Decimal) -> Self {
        let bound = |at| Some(Bound { at, is_inclusive: true });
        Self { min: bound(min), max: bound(max), blur: None }
    }

    /// From `min`, included, to `max`, excluded.
    pub fn half_open(min: Decimal, max: Decimal) -> Self {
        Self { max: Some(Bound { at: max, is_inclusive: false }), ..Self::between(min, max) }
    }

    /// The number, where there is exactly one.
    pub fn exact(&self) -> Option<Decimal> {
        let (min, max) = (self.min?, self.max?);
        (self.blur.is_none() && min.at == max.at && min.is_inclusive && max.is_inclusive).then_some(min.at)
    }

    /// Whether no number lies in both.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let (one, other) = (self.widened(), other.widened());
        ends_before(one.max, other.min) || ends_before(other.max, one.min)
    }

    /// The interval with what a word beside it leaves open.
    #[must_use]
    pub fn modified(&self, modifier: Modifier) -> Self {
        let bound =
            |bound: Option<Bound>, is_inclusive| bound.map(|bound| Bound { at: bound.at, is_inclusive });
        let (min, max) = match modifier {
            Modifier::Equal => (self.min, self.max),
            Modifier::AtLeast => (bound(self.min, true), None),
            Modifier::More => (bound(self.min, false), None),
            Modifier::Less => (None, bound(self.max, false)),
            Modifier::AtMost => (None, bound(self.max, true)),
            Modifier::Nearly => return Self { blur: Some(Blur::Nearly), ..*self },
            Modifier::About => return Self { blur: Some(Blur::About), ..*self },
        };
        Self { min, max, blur: None }
    }

    /// The interval with what its blur leaves open, and no blur.
    #[must_use]
    pub fn widened(&self) -> Self {
        let tenth = |bound: Bound| bound.at.abs().checked_div(Decimal::TEN).unwrap_or(Decimal::ZERO);
        let below = self.min.map(|min| Bound { at: min.at.saturating_sub(tenth(min)), is_inclusive: true });
        let above = self.max.map(|max| Bound { at: max.at.saturating_add(tenth(max)), is_inclusive: true });
        match self.blur {
            None => *self,
            Some(Blur::About) => Self { min: below, max: above, blur: None },
            Some(Blur::Nearly) => {
                // Nothing is nearly none.
                let is_zero = self.max.is_none_or(|max| max.at == Decimal::ZERO);
                let max = self.max.map(|max| Bound { is_inclusive: is_zero, ..max });
                Self { min: below, max, blur: None }
            }
        }
    }

    /// The numbers in both intervals; nothing where there are none.
    pub fn intersection(&self, other: &Self) -> Option<Self> {
        let stricter = |a: Option<Bound>, b: Option<Bound>, is_min: bool| match (a, b) {
            (Some(a), Some(b)) if a.at == b.at => {
                Some(Bound { at: a.at, is_inclusive: a.is_inclusive && b.is_inclusive })
            }
            (Some(a), Some(b)) => Some(if (a.at > b.at) == is_min { a } else { b }),
            (a, b) => a.or(b),
        };
        let (one, other) = (self.widened(), other.widened());
        let (min, max) = (stricter(one.min, other.min, true), stricter(one.max, other.max, false));
        let both = Self { min, max, blur: None };
        (!ends_before(both.max, both.min)).then_some(both)
    }

    /// Whether every number of `other` is one of these.
    pub fn contains(&self, other: &Self) -> bool {
        let holds = |mine: Option<Bound>, theirs: Option<Bound>, is_min: bool| match (mine, theirs) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(mine), Some(theirs)) if mine.at == theirs.at => mine.is_inclusive || !theirs.is_inclusive,
            (Some(mine), Some(theirs)) => (mine.at < theirs.at) == is_min,
        };
        let (one, other) = (self.widened(), other.widened());
        holds(one.min, other.min, true) && holds(one.max, other.max, false)
    }

    /// The normal form, in interval notation: `[270,300)`, `(12000,inf)`, `7`.
    ///
    /// `~` behind it is "about", `-` is "nearly".
    pub fn normal(&self) -> String {
        if let Some(blur) = self.blur {
            let mark = if blur == Blur::About { '~' } else { '-' };
            return Self { blur: None, ..*self }.normal() + &mark.to_string();
        }
        if let Some(number) = self.exact() {
            return number.normalize().to_string();
        }
        let open = if self.min.is_some_and(|min| min.is_inclusive) { '[' } else { '(' };
        let close = if self.max.is_some_and(|max| max.is_inclusive) { ']' } else { ')' };
        let end = |bound: Option<Bound>, open: &str| {
            bound.map_or(open.to_owned(), |bound| bound.at.normalize().to_string())
        };
        format!("{open}{},{}{close}", end(self.min, "-inf"), end(self.max, "inf"))
    }

    /// Reads what [`normal`](Self::normal) writes.
    pub fn from_normal(text: &str) -> Option<Self> {
        for (mark, blur) in [('~', Blur::About), ('-', Blur::Nearly)] {
            if let Some(text) = text.strip_suffix(mark) {
                return Some(Self {
                    blur: Some(blur),
                    ..Self::from_normal(text).filter(|set| set.blur.is_none())?
                });
            }
        }
        if let Ok(number) = text.parse() {
            return Some(Self::exactly(number));
        }
        let is_inclusive = (text.starts_with('['), text.ends_with(']'));
        let inside = text.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
        let (min, max) = inside.split_once(',')?;
        let bound = |text: &str, open: &str, is_inclusive: bool| {
            if text == open { Some(None) } else { Some(Some(Bound { at: text.parse().ok()?, is_inclusive })) }
        };
        Some(Self {
            min: bound(min, "-inf", is_inclusive.0)?,
            max: bound(max, "inf", is_inclusive.1)?,
            blur: None,
        })
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

impl NumberSet {
    /// What an amount can have been before it was rounded to the digits it is written with: 4.2 is [4.15, 4.25].
    #[must_use]
    pub fn rounded_as_written(&self) -> Self {
        let Some(number) = self.exact() else { return *self };
        if number.scale() == 0 {
            let rounded = self.rounded();
            let half = Decimal::new(5, 1);
            return if rounded == *self { self.widened_to(number, half) } else { rounded };
        }
        let half = Decimal::new(5, (number.scale() + 1).min(28));
        self.widened_to(number, half)
    }

    fn widened_to(&self, number: Decimal, half: Decimal) -> Self {
        Self::between(number.saturating_sub(half), number.saturating_add(half))
    }

    /// The set with its ends moved apart by a part of each (0 to 1).
    #[must_use]
    pub fn loosened(&self, part: Decimal) -> Self {
        let widened = self.widened();
        let moved = |bound: Option<Bound>, sign: Decimal| {
            bound.map(|bound| {
                let step = bound.at.abs().saturating_mul(part).saturating_mul(sign);
                Bound { at: bound.at.saturating_add(step), is_inclusive: true }
            })
        };
        if part.is_zero() {
            return *self;
        }
        Self {
            min: moved(widened.min, Decimal::NEGATIVE_ONE),
            max: moved(widened.max, Decimal::ONE),
            blur: None,
        }
    }
}

fn ends_before(max: Option<Bound>, min: Option<Bound>) -> bool {
    max.zip(min).is_some_and(|(max, min)| {
        max.at < min.at || (max.at == min.at && !(max.is_inclusive && min.is_inclusive))
    })
}

impl std::fmt::Display for NumberSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.blur.is_some() {
            return self.widened().fmt(f);
        }
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
    use super::{Blur, Bound, NumberSet};
    use proptest::prelude::{Strategy, any, prop_assert, prop_assert_eq, proptest};
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

    /// Intervals of small numbers, open or closed at either end, or without one.
    fn set() -> impl Strategy<Value = NumberSet> {
        let end = || proptest::option::of((-20_i64..20, any::<bool>()));
        let bound =
            |end: Option<(i64, bool)>| end.map(|(at, is_inclusive)| Bound { at: n(at), is_inclusive });
        (end(), end())
            .prop_filter_map("an interval is not empty", move |(min, max)| {
                let set = NumberSet { min: bound(min), max: bound(max), blur: None };
                (!super::ends_before(set.max, set.min)).then_some(set)
            })
            .prop_flat_map(|set| {
                (0_usize..3).prop_map(move |blur| NumberSet {
                    blur: [None, Some(Blur::About), Some(Blur::Nearly)][blur],
                    ..set
                })
            })
            .prop_filter("nearly an interval may be none", |set| {
                !super::ends_before(set.widened().max, set.widened().min)
            })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(set in set()) {
            prop_assert_eq!(NumberSet::from_normal(&set.normal()), Some(set));
        }

        #[test]
        fn agreeing_is_symmetric(a in set(), b in set()) {
            prop_assert_eq!(a.is_disjoint(&b), b.is_disjoint(&a));
            prop_assert_eq!(a.is_disjoint(&b), a.intersection(&b).is_none());
        }

        #[test]
        fn containing_is_transitive_and_means_agreeing(a in set(), b in set(), c in set()) {
            prop_assert!(a.contains(&a));
            prop_assert!(!(a.contains(&b) && b.contains(&c)) || a.contains(&c));
            prop_assert!(!a.contains(&b) || !a.is_disjoint(&b));
        }

        #[test]
        fn intersection_is_associative(a in set(), b in set(), c in set()) {
            let left = a.intersection(&b).and_then(|ab| ab.intersection(&c));
            let right = b.intersection(&c).and_then(|bc| a.intersection(&bc));
            prop_assert_eq!(left, right);
        }

        #[test]
        fn disjointness_is_symmetric(a in any::<i32>(), b in any::<i32>(), c in any::<i32>(), d in any::<i32>()) {
            let one = NumberSet::half_open(n(a.min(b).into()), n(a.max(b).into()));
            let two = NumberSet::between(n(c.min(d).into()), n(c.max(d).into()));
            prop_assert_eq!(one.is_disjoint(&two), two.is_disjoint(&one));
        }
    }
}
