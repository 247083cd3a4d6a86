//! From rule files to a checked set of rules.
//!
//! Takes TOML, gives a [`RuleSet`]; everything is checked once, on the way from what is written
//! (`RuleFile`) to what runs ([`Rule`]). Never runs a rule.

mod builtin;
mod compile;
mod entity;
mod error;
mod file;
mod inflect;
mod pattern;
mod rule;
mod set;
mod text_or;

pub use entity::{Alias, AliasKind, Entity, EntityId, EntityKind};
pub use error::Error;
pub use file::{Expectation, ExtractTest, RuleTest, TestArticle};
pub use pattern::{Element, Pattern, Slot, SlotKind};
pub use rule::{AsOf, DateGrain, Guard, Guards, KeyPart, Rule, RuleId, Scope, Severity, ValueSpec};
pub use set::RuleSet;
