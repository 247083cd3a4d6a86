//! Comments in the markup of an article that speak to this program.

use std::ops::Range;

/// What every such comment starts with.
pub const REMARK: &str = "twicetold-";

/// The comments in a stretch of markup that speak to this program, as bytes of it.
pub fn find_remarks(markup: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = markup[at..].find("<!--").map(|start| at + start) {
        let Some(end) = markup[start..].find("-->").map(|end| start + end + 3) else { break };
        if markup[start + 4..end].trim_start().starts_with(REMARK) {
            found.push(start..end);
        }
        at = end;
    }
    found
}
