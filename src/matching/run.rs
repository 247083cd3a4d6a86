//! A run of places: of words in a text, or of texts.

/// A half-open run of places: of units, or of words in one.
///
/// Unlike `Range` it can be sorted and copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Run {
    /// The first place.
    pub start: usize,
    /// The place after the last.
    pub end: usize,
}

impl Run {
    /// The run as a range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// How many places.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}
