//! Places that contain each other.

/// A place and what it lies in, the nearest first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The name it goes by.
    pub name: String,
    /// Larger places it lies in, the smallest first.
    pub within: Vec<String>,
    /// Whether a gazetteer knows it. Of one that none knows nobody can say that it does not lie in a known region.
    pub is_known: bool,
    /// Whether it is known to hold others.
    pub is_region: bool,
}

impl Place {
    /// Whether `other` is this place or lies in it.
    pub fn contains(&self, other: &Self) -> bool {
        self.name == other.name || other.within.contains(&self.name)
    }

    /// Whether neither contains the other.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let is_town = |place: &Self| place.is_known && !place.is_region;
        let are_comparable = self.is_known == other.is_known || is_town(self) || is_town(other);
        are_comparable && !self.contains(other) && !other.contains(self) && !self.is_named_like(other)
    }

    /// Whether one name is a part of the other: "Ossel" and "Cape Ossel".
    fn is_named_like(&self, other: &Self) -> bool {
        let words = |name: &str| name.to_lowercase().split(' ').map(str::to_owned).collect::<Vec<String>>();
        let (one, two) = (words(&self.name), words(&other.name));
        let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
        !(self.is_known && other.is_known) && short.iter().all(|word| long.contains(word))
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
            is_known: true,
            is_region: false,
        };
        let (vladivostok, russia, moscow) =
            (place("Vladivostok", &["Russia"]), place("Russia", &[]), place("Moscow", &["Russia"]));
        assert!(!vladivostok.is_disjoint(&russia) && !russia.is_disjoint(&vladivostok));
        assert!(vladivostok.is_disjoint(&moscow));
    }
}
