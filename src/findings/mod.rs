//! Copies and conflicts become one kind of thing.
//!
//! Takes what [`matching`](crate::matching) and [`reconcile`](crate::reconcile) found, gives
//! [`Finding`]s: a code, a severity, a message, the places and the evidence. Knows spans, not
//! lines, columns or colors.

mod allow;
mod code;
mod conflicts;
mod copies;
mod drift;
mod finding;
mod scope;
mod severities;
mod slips;
mod suppress;

pub use allow::{Allowance, apply_allowances};
pub use code::{CODES, Code};
pub use conflicts::{ClaimTable, conflict_findings, document};
pub use copies::{CopyTable, copy_findings};
pub use drift::{ChangeEvidence, DriftedPair, DriftedStretch, drift_finding};
pub use finding::{
    CopyEvidence, Evidence, Finding, Mark, MarkKind, Member, Message, Piece, Reading, Role, SideEvidence,
    Step, Suppressed, fingerprint,
};
pub use scope::Scope;
pub use severities::{Selection, Severities, SeverityException};
pub use slips::slip_finding;
pub use suppress::apply_remarks;
