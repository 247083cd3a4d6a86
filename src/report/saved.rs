//! Reports that were written before.

use super::model::Report;
use super::resolve::SCHEMA_VERSION;

/// Reads the report of a run back from its JSON.
///
/// # Errors
///
/// Text that is no report, with line and column, and reports of a version that is not known yet.
pub fn saved(json: &[u8]) -> Result<Report, String> {
    let report: Report = serde_json::from_slice(json).map_err(|error| format!("not a report: {error}"))?;
    if report.schema_version > SCHEMA_VERSION {
        let version = report.schema_version;
        return Err(format!("a report of version {version}, and this program knows up to {SCHEMA_VERSION}"));
    }
    Ok(report)
}

/// The JSON Schema of reports (draft 2020-12).
pub fn report_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    if let Some(map) = schema.as_object_mut() {
        map.insert("title".to_owned(), "twicetold report".into());
    }
    schema
}
