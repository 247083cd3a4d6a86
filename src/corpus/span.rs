//! A stretch of a document's text.

/// A half-open range of UTF-8 byte offsets into [`Document::text`](super::Document::text),
/// always on character boundaries.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Span {
    /// First byte of the stretch.
    pub start: u32,
    /// Byte after the last one.
    pub end: u32,
}

impl Span {
    /// Makes a span of two byte offsets.
    ///
    /// # Panics
    ///
    /// Panics above 4 GiB, which [`crate::read`] refuses to load.
    pub fn new(start: usize, end: usize) -> Self {
        let offset = |at: usize| u32::try_from(at).expect("`read` refuses documents over 1 GiB");
        debug_assert!(start <= end, "a span runs forwards");
        Self { start: offset(start), end: offset(end) }
    }

    /// The stretch itself.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The span as a range of `usize`.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing stands in it.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}
