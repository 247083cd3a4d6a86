//! From rule files to a checked set of rules.
//!
//! Takes TOML, gives a [`RuleSet`]; everything is checked once, on the way from what is written
//! (`RuleFile`) to what runs ([`Rule`]). Never runs a rule.

mod builtin;
mod compile;
mod entity;
mod error;
mod facts;
mod fields;
mod file;
mod gazetteer;
mod inflect;
mod parser;
mod pattern;
mod rule;
mod schema;
mod set;
mod text_or;

pub use entity::{Alias, AliasKind, Entity, EntityId, EntityKind};
pub use error::Error;
pub use file::{Expectation, ExtractTest, RuleTest, TestArticle};
pub(crate) use inflect::Inflector;
pub use pattern::{Element, Forms, Pattern, SLOT_KINDS, Slot, SlotKind, ValueKind};
pub use rule::{
    AsOf, Bound, Cardinality, DateGrain, Fact, Guard, Guards, KeyPart, Phrase, Rule, RuleId, Scope, Severity,
    Take, ValueSpec,
};
pub use schema::schema;
pub use set::RuleSet;
