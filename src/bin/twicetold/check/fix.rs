//! What `--fix` changes and `--diff` shows: blocks pasted twice in a row.

use super::examine::{Examined, Task};
use crate::args::Check;
use crate::trouble::Trouble;
use crate::{Outcome, input, output, screen};
use similar::TextDiff;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use twicetold::corpus::Document;
use twicetold::fix::{Repair, repairs};
use twicetold::read::{Input, ReadOptions};

/// Lines around a change, as `diff -u` shows them.
const CONTEXT: usize = 3;

/// Mends the files and gives the number of blocks, or of runs of blocks, that were taken out. A file that changed since it
/// was read, or that cannot be written, stays as it is and is told.
pub(super) fn apply(examined: &Examined<'_>, task: &Task<'_>) -> Result<usize, Trouble> {
    let mut n_fixed = 0;
    for repair in wanted(examined) {
        let document = &examined.corpus.documents[repair.document];
        let file = Path::new(document.file());
        match mended(&repair, document, &task.config.corpus.read) {
            Ok(bytes) => {
                output::write_file(file, &|out| out.write_all(&bytes))
                    .map_err(|error| Trouble::File(document.path.clone(), error))?;
                n_fixed += repair.cuts.len();
            }
            Err(reason) if task.args.screen.quiet => drop(reason),
            Err(reason) => screen::tell(&format!("warning: {} is not fixed: {reason}", document.path)),
        }
    }
    Ok(n_fixed)
}

/// Shows the changes; the exit code says whether there are any.
pub(super) fn show(examined: &Examined<'_>, args: &Check) -> Result<Outcome, Trouble> {
    let repairs = wanted(examined);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for repair in &repairs {
        let document = &examined.corpus.documents[repair.document];
        let (old, new) = (document.source(), repair.text(document));
        let name = document.path.replace(char::is_control, "\u{fffd}");
        let diff = TextDiff::from_lines(old, new.as_str());
        write!(out, "{}", diff.unified_diff().context_radius(CONTEXT).header(&name, &name))?;
    }
    out.flush()?;
    let n_blocks = fixable(examined);
    if !args.screen.quiet {
        let copies = if n_blocks == 1 { "copy" } else { "copies" };
        screen::tell(&match n_blocks {
            0 => "nothing to fix".to_owned(),
            _ => {
                let files = repairs.len();
                let noun = if files == 1 { "file" } else { "files" };
                format!("--fix would remove {n_blocks} {copies} from {files} {noun}")
            }
        });
    }
    Ok(if repairs.is_empty() || args.exit_zero { Outcome::Clean } else { Outcome::Found })
}

/// How many copies `--fix` would take out.
pub(super) fn fixable(examined: &Examined<'_>) -> usize {
    wanted(examined).iter().map(|repair| repair.cuts.len()).sum()
}

/// The repairs of what is reported and not known, silenced or allowed.
fn wanted(examined: &Examined<'_>) -> Vec<Repair> {
    let told = examined
        .report
        .findings
        .iter()
        .filter(|finding| finding.suppressed.is_none() && finding.status.as_deref() != Some("known"));
    let told: BTreeSet<&str> = told.map(|finding| finding.fingerprint.as_str()).collect();
    let findings = examined.findings.iter().filter(|finding| told.contains(finding.fingerprint.as_str()));
    repairs(findings, &examined.corpus)
}

/// The bytes of a mended file, held against what they must say.
fn mended(repair: &Repair, document: &Document, options: &ReadOptions) -> Result<Vec<u8>, String> {
    let file = Path::new(document.file());
    let meta = std::fs::metadata(file).map_err(|error| error.to_string())?;
    if meta.permissions().readonly() {
        return Err("it may not be written to".to_owned());
    }
    let old = std::fs::read(file).map_err(|error| error.to_string())?;
    if source(document, &old, options).as_deref() != Some(document.source()) {
        return Err("it changed while it was read".to_owned());
    }
    let new = repair.bytes(document, &old);
    let says = new.as_ref().and_then(|new| source(document, new, options));
    match (new, says) {
        (Some(new), Some(says)) if says == repair.text(document) => Ok(new),
        _ => Err("its encoding cannot be cut there".to_owned()),
    }
}

/// What bytes would be read as, were they in the place of a document's file.
fn source(document: &Document, bytes: &[u8], options: &ReadOptions) -> Option<String> {
    let input = Input::Bytes { name: document.path.clone(), bytes: bytes.to_vec() };
    let corpus = input::read_one(input, options).ok()?;
    corpus.documents.first().map(|document| document.source().to_owned())
}
