//! Persons, countries and places that rules speak of, and the words they go by.

use serde::Deserialize;

/// An entity's place in its [`RuleSet`](super::RuleSet).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub usize);

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
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
}

/// Words that an entity goes by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
