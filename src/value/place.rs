//! Places that contain each other.

/// A place and what it lies in, the nearest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name it goes by.
    pub name: String,
    /// Larger places it lies in, the smallest first.
    pub within: Vec<String>,
}

impl Place {
    /// Whether `other` is this place or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        self.name == other.name || other.within.contains(&self.name)
    }

    /// Whether neither contains the other.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        !self.contains(other) && !other.contains(self)
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn a_city_does_not_contradict_its_country() {
        let place = |name: &str, within: &[&str]| Place {
            name: name.to_owned(),
            within: within.iter().map(|&name| name.to_owned()).collect(),
        };
        let (vladivostok, russia, moscow) =
            (place("Vladivostok", &["Russia"]), place("Russia", &[]), place("Moscow", &["Russia"]));
        assert!(!vladivostok.is_disjoint(&russia) && !russia.is_disjoint(&vladivostok));
        assert!(vladivostok.is_disjoint(&moscow));
    }
}
