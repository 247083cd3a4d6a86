//! What is reported, and what of it was known before.

use crate::args::{BaselineArgs, ScopeArgs};
use crate::git::{self, Changes};
use crate::trouble::Trouble;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use twicetold::corpus::{Corpus, Document};
use twicetold::findings::Scope;
use twicetold::report::{Baseline, Report};

/// The files that changed, where only they are to be reported.
pub(super) fn changed(args: &ScopeArgs) -> Result<Option<BTreeSet<PathBuf>>, Trouble> {
    let changes = match (&args.since, args.staged) {
        (Some(revision), _) => Changes::Since(revision),
        (None, true) => Changes::Staged,
        (None, false) => return Ok(None),
    };
    git::changed(&changes)
        .map(Some)
        .map_err(|error| Trouble::Usage(format!("failed to ask git what changed: {error}")))
}

/// What is reported: what the paths name, and of that what changed.
pub(super) fn scope(
    args: &ScopeArgs,
    corpus: &Corpus,
    own: Vec<bool>,
    changed: Option<&BTreeSet<PathBuf>>,
    is_cross_only: bool,
) -> Scope {
    let is_changed = |document: &Document| {
        changed.is_none_or(|changed| {
            Path::new(document.file()).canonicalize().is_ok_and(|file| changed.contains(&file))
        })
    };
    let is_narrow = changed.is_some() || !args.against.is_empty();
    let reported = || {
        corpus.documents.iter().zip(own).map(|(document, is_own)| is_own && is_changed(document)).collect()
    };
    Scope { reported: is_narrow.then(reported), is_cross_only }
}

/// Holds the report against the baseline; gives the baseline that is to be written, if one is.
pub(super) fn baseline<'a>(
    args: &'a BaselineArgs,
    report: &mut Report,
) -> Result<Option<(&'a Path, Baseline)>, Trouble> {
    let Some(file) = args.baseline.as_deref() else { return Ok(None) };
    if args.write_baseline {
        return Ok(Some((file, Baseline::of(report))));
    }
    let text = std::fs::read(file).map_err(|error| {
        Trouble::Usage(format!(
            "failed to read the baseline {}: {error}\nhelp: --write-baseline writes one",
            file.display()
        ))
    })?;
    let known = Baseline::parse(&text).map_err(|error| {
        Trouble::Usage(format!("failed to read the baseline {}: {error}", file.display()))
    })?;
    let left = known.mark(report);
    if !args.show_known {
        report.leave_out_known();
    }
    Ok((args.prune_baseline && left != known).then_some((file, left)))
}
