//! How much two sets share, and when that is enough: decided in integers.

use super::Ratio;

/// How much two sets share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Overlap {
    /// Elements in both.
    pub shared: u32,
    /// Elements of the first.
    pub a: u32,
    /// Elements of the second.
    pub b: u32,
}

impl Overlap {
    /// Elements in either.
    pub fn union(self) -> u32 {
        self.a + self.b - self.shared
    }

    /// Elements of the smaller.
    pub fn smaller(self) -> u32 {
        self.a.min(self.b)
    }

    /// Whether the Jaccard similarity meets the threshold.
    pub fn is_near(self, jaccard: Ratio) -> bool {
        jaccard.is_met(self.shared.into(), self.union().into())
    }

    /// Whether the share of the smaller set meets the threshold.
    pub fn is_contained(self, containment: Ratio) -> bool {
        containment.is_met(self.shared.into(), self.smaller().into())
    }
}

/// Two texts, by their places, that share enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The earlier place.
    pub a: u32,
    /// The later place.
    pub b: u32,
    /// How much they share.
    pub overlap: Overlap,
    /// Of the shared elements those that stand in few texts: [`Rarity::rare_texts`].
    pub rare: u32,
}

/// What the frequency of a shingle says of a pair that shares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rarity {
    /// A shingle of at most so many texts is rare, up to 64; it counts in [`Pair::rare`].
    pub rare_texts: u32,
    /// A pair is formed only where a shared shingle stands in at most so many texts, up to 64; `None` forms all.
    pub most_texts: Option<u32>,
}

impl Rarity {
    /// Every pair counts, whatever it shares.
    pub const ALL: Self = Self { rare_texts: 2, most_texts: None };
}

/// When two sets share enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// `|A ∩ B| / |A ∪ B|` is at least this.
    Jaccard(Ratio),
    /// `|A ∩ B| / min(|A|, |B|)` is at least this.
    Containment(Ratio),
}

impl Measure {
    /// The least overlap of sets of these sizes.
    pub(super) fn least(self, small: u32, large: u32) -> u32 {
        let least = match self {
            Self::Jaccard(ratio) => ratio.least_shared(small.into(), large.into()),
            Self::Containment(ratio) => ratio.least(small.into()),
        };
        u32::try_from(least).unwrap_or(u32::MAX)
    }

    /// The least overlap of a set of this size with any other that it is compared with: as the larger
    /// one for Jaccard, as the smaller one for containment.
    pub(super) fn least_at_all(self, size: u32) -> u32 {
        let (Self::Jaccard(ratio) | Self::Containment(ratio)) = self;
        u32::try_from(ratio.least(size.into())).unwrap_or(u32::MAX)
    }

    /// Whether a set can share enough with one that is not smaller.
    pub(super) fn may_meet(self, small: u32, large: u32) -> bool {
        matches!(self, Self::Containment(_)) || self.least_at_all(large) <= small
    }
}
