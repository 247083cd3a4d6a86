//! `twicetold schema`: the JSON Schemas of the files that people write and machines read.

use crate::Outcome;
use crate::args::{SchemaArgs, SchemaKind};
use crate::trouble::Trouble;
use std::io::{self, Write};

/// Runs the verb.
pub(crate) fn run(args: &SchemaArgs) -> Result<Outcome, Trouble> {
    let schema = match args.of {
        SchemaKind::Config => twicetold::config::config_schema(),
        SchemaKind::Rules => twicetold::rules::schema(),
        SchemaKind::Diff => twicetold::report::diff::difference_schema(),
        SchemaKind::Report => twicetold::report::report_schema(),
    };
    let mut out = io::stdout().lock();
    writeln!(out, "{schema:#}")?;
    Ok(Outcome::Clean)
}
