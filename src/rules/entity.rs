//! Persons, countries and places that rules speak of, and the words they go by.

use schemars::JsonSchema;
use serde::Deserialize;

/// An entity's place in its [`RuleSet`](super::RuleSet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct EntityId(pub usize);

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A state.
    Country,
    /// A company, a party, an office.
    Organisation,
    /// Somewhere.
    Place,
    /// A war, a treaty, a summit.
    Event,
    /// Something that a text names, and that may be of any kind.
    #[serde(skip)]
    Name,
}

impl EntityKind {
    /// Whether an entity of this kind can stand where one of `wanted` is asked for: a state is a place too, and an open
    /// name may be whatever the sentence makes of it.
    pub fn fits(self, wanted: Self) -> bool {
        self == wanted
            || self == Self::Country && wanted == Self::Place
            || self == Self::Name && !matches!(wanted, Self::Country | Self::Event)
    }
}

/// Someone or something that rules speak of.
#[derive(Clone, Debug)]
pub struct Entity {
    /// Its name in rule files.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// Its full name, as messages show it.
    pub name: String,
    /// What it lies in.
    pub within: Option<EntityId>,
    /// Whether others lie in it.
    pub is_region: bool,
}

/// How sure an alias is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AliasKind {
    /// A name that stands for nobody else.
    Full,
    /// A part of the name that others may share.
    Short,
    /// An office or a description.
    Role,
    /// A word of origin: "North Korean". Names nobody, but is no part of another name either.
    Adjective,
}

/// Words that an entity goes by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alias {
    /// The tokens, in lower case.
    pub words: Vec<String>,
    /// Whom they stand for.
    pub entity: EntityId,
    /// How sure that is.
    pub kind: AliasKind,
    /// Whether it is written in capitals only, so that `US` is not the word *us*.
    pub is_acronym: bool,
}
