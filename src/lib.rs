//! `twicetold` finds text told twice, and stories that do not agree.
//!
//! This page is the map of the house. Text flows upwards once and never comes back down; a room
//! imports only rooms on lower floors.
//!
//! ```text
//! 9  src/bin/twicetold/   the doors: check, blocks, test
//! 8  src/lib.rs           the front door: this map
//! 7  config/  report/     defaults, then file, then flags; findings to bytes
//! 6  pipeline/            the order of the stages
//! 5  findings/            copies and conflicts become one kind of thing
//! 4  reconcile/           claims that cannot hold together
//! 3  matching/  extract/  fingerprints to copies; blocks to claims
//! 2  read/  segment/  fingerprint/  rules/
//! 1  value/               typed values that agree or differ
//! 0  corpus/              where text stands
//! ```

pub mod config;
pub mod corpus;
pub mod extract;
pub mod findings;
pub mod fingerprint;
pub mod matching;
pub mod pipeline;
pub mod read;
pub mod reconcile;
pub mod report;
pub mod rules;
pub mod segment;
pub mod value;
