//! The way from one text back to the one it was made of.

/// One stretch in which every `unit_here` bytes of the text stand for `unit_there` bytes of its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    here: u32,
    there: u64,
    unit_here: u32,
    unit_there: u32,
}

/// Sorted runs from byte offsets of a text to byte offsets of what it was read from.
///
/// Empty means identity. A plain stretch has the units 1 and 1, ASCII in UTF-16 has 1 and 2,
/// an entity such as `&amp;` is one unit of 1 and 5. Memory grows with the number of changes
/// of unit, not with the text; a look-up is O(log runs).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

impl OffsetMap {
    /// The map of a text that is its origin, byte for byte.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Says that from offset `here` on, every `unit_here` bytes stand for `unit_there` bytes from `there` on.
    ///
    /// Offsets must grow from call to call; a run that only goes on is merged.
    pub fn push(&mut self, here: usize, there: usize, unit_here: usize, unit_there: usize) {
        let run = Run {
            here: u32::try_from(here).expect("`read` refuses documents over 1 GiB"),
            there: there as u64,
            unit_here: unit_here.max(1) as u32,
            unit_there: unit_there as u32,
        };
        let goes_on = self.runs.last().is_some_and(|last| {
            (last.unit_here, last.unit_there) == (run.unit_here, run.unit_there)
                && last.start_of(run.here) == run.there
        });
        if !goes_on {
            self.runs.push(run);
        }
    }

    /// The origin's offset at which the character at `here` starts.
    pub fn start(&self, here: u32) -> u64 {
        self.run_at(here).map_or(u64::from(here), |run| run.start_of(here))
    }

    /// The origin's offset after the character that ends at `here`.
    ///
    /// Where the origin holds markup between two characters, `start` and `end` of one offset
    /// differ: the end stays before the markup.
    pub fn end(&self, here: u32) -> u64 {
        let Some(before) = here.checked_sub(1) else { return self.start(0) };
        self.run_at(before).map_or(u64::from(here), |run| {
            let units = (before - run.here) / run.unit_here + 1;
            run.there + u64::from(units) * u64::from(run.unit_there)
        })
    }

    /// Takes over the runs of the map of a text that is added at `at`.
    pub fn append(&mut self, other: &Self, at: usize) {
        if other.runs.is_empty() {
            self.push(at, 0, 1, 1);
        }
        for run in &other.runs {
            self.push(
                at + run.here as usize,
                run.there as usize,
                run.unit_here as usize,
                run.unit_there as usize,
            );
        }
    }

    /// The map from a text of `length` bytes, made of a text by `self`, to what that text was made of by `outer`.
    ///
    /// Linear in the runs of both.
    #[must_use]
    pub fn then(&self, outer: &Self, length: usize) -> Self {
        if outer.runs.is_empty() {
            return self.clone();
        }
        let mut out = Self::identity();
        let whole = [Run { here: 0, there: 0, unit_here: 1, unit_there: 1 }];
        let runs = if self.runs.first().is_some_and(|run| run.here == 0) { &self.runs[..] } else { &whole };
        for (index, run) in runs.iter().enumerate() {
            let end = runs.get(index + 1).map_or(length as u32, |next| next.here);
            if (run.unit_here, run.unit_there) == (1, 1) {
                outer.push_range(run.there as u32, end - run.here, run.here as usize, &mut out);
                continue;
            }
            let units = (end - run.here).div_ceil(run.unit_here);
            for unit in 0..units {
                let here = run.here + unit * run.unit_here;
                let there = run.start_of(here) as u32;
                let (from, to) = match run.unit_there {
                    0 => (outer.start(there), outer.start(there)),
                    size => (outer.start(there), outer.end(there + size)),
                };
                out.push(
                    here as usize,
                    from as usize,
                    run.unit_here as usize,
                    to.saturating_sub(from) as usize,
                );
            }
        }
        out
    }

    /// Pushes this map's runs of `length` bytes from `start` on, moved to stand at `at` in another text.
    fn push_range(&self, start: u32, length: u32, at: usize, out: &mut Self) {
        let mut index = self.runs.partition_point(|run| run.here <= start).saturating_sub(1);
        let mut from = start;
        while from < start + length {
            let Some(run) = self.runs.get(index).filter(|run| run.here <= from) else {
                out.push(at + (from - start) as usize, from as usize, 1, 1);
                from = self.runs.get(index).map_or(start + length, |run| run.here);
                continue;
            };
            let there = run.start_of(from) as usize;
            let here = at + (from - start) as usize;
            // What starts inside a unit has its last bytes, which lead to all of it.
            let into = (from - run.here) % run.unit_here;
            if into > 0 {
                out.push(here, there, (run.unit_here - into) as usize, run.unit_there as usize);
                from += run.unit_here - into;
                index += usize::from(self.runs.get(index + 1).is_some_and(|next| next.here <= from));
                continue;
            }
            out.push(here, there, run.unit_here as usize, run.unit_there as usize);
            index += 1;
            from = self.runs.get(index).map_or(start + length, |next| next.here);
        }
    }

    fn run_at(&self, here: u32) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.here <= here);
        after.checked_sub(1).map(|index| &self.runs[index])
    }
}

impl Run {
    fn start_of(&self, here: u32) -> u64 {
        self.there + u64::from((here - self.here) / self.unit_here) * u64::from(self.unit_there)
    }
}

#[cfg(test)]
mod tests {
    use super::OffsetMap;
    use proptest::collection::vec;
    use proptest::prelude::{prop_assert_eq, proptest};

    #[test]
    fn identity_is_identity() {
        let map = OffsetMap::identity();
        assert_eq!((map.start(7), map.end(7)), (7, 7));
    }

    #[test]
    fn units_and_gaps() {
        let mut map = OffsetMap::identity();
        map.push(0, 3, 1, 1); // "ab" after a byte order mark
        map.push(2, 5, 1, 5); // "&amp;"
        map.push(3, 14, 1, 1); // "cd" behind "</b>"
        assert_eq!((map.start(0), map.end(2)), (3, 5));
        assert_eq!((map.start(2), map.end(3)), (5, 10));
        assert_eq!((map.start(3), map.end(5)), (14, 16));
    }

    #[test]
    fn a_run_that_goes_on_is_merged() {
        let mut map = OffsetMap::identity();
        (0..100).for_each(|at| map.push(at, 2 * at, 1, 2));
        assert_eq!(map.runs.len(), 1);
        assert_eq!(map.end(100), 200);
    }

    proptest! {
        /// A text made of a text made of a file: every character leads to the same bytes by one map as by two.
        #[test]
        fn two_maps_in_a_row_are_one(outer in vec((1_usize..4, 1_usize..4, 0_usize..3), 1..12), inner in vec((1_usize..3, 0_usize..3), 1..12)) {
            // The file, and a text whose units of some bytes each stand for other numbers of bytes in it.
            let (mut middle, mut map, mut there) = (0, OffsetMap::identity(), 0);
            for (here, length, gap) in outer {
                there += gap;
                map.push(middle, there, here, length);
                (middle, there) = (middle + here, there + length);
            }
            // A text of some of that text's units, one character of the first for some of the second.
            let (mut here, mut from, mut first) = (0, 0, OffsetMap::identity());
            let mut units = Vec::new();
            for (length, gap) in inner {
                from = (from + gap).min(middle);
                let length = length.min(middle - from);
                if length == 0 {
                    break;
                }
                first.push(here, from, 1, length);
                units.push((here as u32, from as u32, (from + length) as u32));
                (here, from) = (here + 1, from + length);
            }
            let both = first.then(&map, here);
            for (here, from, to) in units {
                prop_assert_eq!(both.start(here), map.start(from));
                prop_assert_eq!(both.end(here + 1), map.end(to));
            }
        }
    }
}
