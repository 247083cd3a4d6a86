//! The JSON Schema of rule files, for editors that complete and check while one writes.

use super::file::RuleFile;

/// The schema, as JSON (draft 2020-12).
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(RuleFile).to_value();
    if let Some(map) = schema.as_object_mut() {
        map.insert("title".to_owned(), "twicetold rule file".into());
    }
    schema
}
