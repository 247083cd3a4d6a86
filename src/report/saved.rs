//! Reports that were written before.

use super::model::{FindingView, Report};
use super::resolve::SCHEMA_VERSION;
use encoding_rs::Encoding;

/// Reads the report of a run back from its JSON.
///
/// # Errors
///
/// Text that is no report, with line and column; a report of a version that is not known yet, or with ids that are none.
pub fn saved(json: &[u8]) -> Result<Report, String> {
    // Some shells write UTF-16, or a byte order mark.
    let text = Encoding::for_bom(json).map(|(encoding, _)| encoding.decode(json).0);
    let json = text.as_deref().map_or(json, str::as_bytes);
    let report: Report =
        serde_json::from_slice(json).map_err(|error| format!("not a report: {}", short(&error)))?;
    if report.schema_version > SCHEMA_VERSION {
        let version = report.schema_version;
        return Err(format!("a report of version {version}, and this program knows up to {SCHEMA_VERSION}"));
    }
    match (1..).zip(&report.findings).find_map(|(number, finding)| Some((number, strange(finding)?))) {
        Some((number, what)) => Err(format!("not a report: finding {number} has a strange {what}")),
        None => Ok(report),
    }
}

/// The message of an error, which may quote all of the file, with its place.
fn short(error: &serde_json::Error) -> String {
    const LETTERS: usize = 160;
    let text = error.to_string();
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}… at line {} column {}", &text[..end], error.line(), error.column()),
        None => text,
    }
}

/// What of a finding is a name in every report, and none in this.
fn strange(finding: &FindingView) -> Option<&'static str> {
    let digits = finding.code.strip_prefix("TT").unwrap_or_default();
    let is_code = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let marks = || finding.members.iter().flat_map(|member| &member.marks).all(|mark| is_name(&mark.kind));
    [
        (is_code, "code"),
        (["error", "warning", "info"].contains(&finding.severity.as_str()), "severity"),
        (is_name(&finding.rule), "rule"),
        (finding.status.as_deref().is_none_or(is_name), "status"),
        (is_name(&finding.fingerprint), "fingerprint"),
        (finding.members.iter().all(|member| is_name(&member.role)), "role"),
        (marks(), "mark"),
    ]
    .into_iter()
    .find_map(|(is_so, what)| (!is_so).then_some(what))
}

/// Letters, digits and hyphens, as ids and kinds have.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// The JSON Schema of reports (draft 2020-12).
pub fn report_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    if let Some(map) = schema.as_object_mut() {
        map.insert("title".to_owned(), "twicetold report".into());
    }
    schema
}
