//! What `--fix` changes and `--diff` shows: blocks pasted twice in a row.

use super::examine::{Examined, Task};
use crate::args::Check;
use crate::trouble::Trouble;
use crate::{Outcome, input, output, screen};
use similar::TextDiff;
use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::Path;
use twicetold::corpus::{Document, system_message};
use twicetold::fix::{Repair, repairs};
use twicetold::read::{Input, ReadOptions};

/// Lines around a change, as `diff -u` shows them.
const CONTEXT: usize = 3;

/// Mends the files and gives the number of blocks, or of runs of blocks, that were taken out. A file that changed since it
/// was read, or that cannot be written, stays as it is and is told.
pub(super) fn apply(examined: &Examined<'_>, task: &Task<'_>) -> usize {
    let mut n_fixed = 0;
    for repair in wanted(examined) {
        let document = &examined.corpus.documents[repair.document];
        let file = Path::new(document.file());
        match mended(&repair, document, &task.config.corpus.read) {
            Ok(bytes) => match output::write_file(file, &|out| out.write_all(&bytes)) {
                Ok(()) => n_fixed += repair.cuts.len(),
                Err(error) => tell(task.args, document, &system_message(&error)),
            },
            Err(reason) => tell(task.args, document, &reason),
        }
    }
    n_fixed
}

/// Why a file stays as it is.
fn tell(args: &Check, document: &Document, reason: &str) {
    if !args.screen.quiet {
        screen::tell(&format!("warning: {} is not fixed: {reason}", document.path));
    }
}

/// Shows the changes; the exit code says whether there are any.
pub(super) fn show(examined: &Examined<'_>, args: &Check) -> Result<Outcome, Trouble> {
    let repairs = wanted(examined);
    let base = output::base();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for repair in &repairs {
        let document = &examined.corpus.documents[repair.document];
        let path = base.as_ref().map_or_else(|| document.path.clone(), |base| base.of(document.file()));
        // Bytes and not text: what an encoding, a mark or a line end makes of them belongs to the file.
        let old = std::fs::read(document.file()).unwrap_or_else(|_| document.source().as_bytes().to_vec());
        match repair.bytes(document, &old).filter(|_| has_lines(&old)) {
            Some(new) => out.write_all(&patch(&path, &old, &new))?,
            None => tell_shown(args, document),
        }
    }
    out.flush()?;
    let n_blocks = copies(&repairs);
    if !args.screen.quiet {
        let noun = if n_blocks == 1 { "copy" } else { "copies" };
        screen::tell(&match n_blocks {
            0 => "nothing to fix".to_owned(),
            _ => {
                let files = repairs.len();
                let place = if files == 1 { "file" } else { "files" };
                format!("--fix would remove {n_blocks} {noun} from {files} {place}")
            }
        });
    }
    Ok(if repairs.is_empty() || args.exit_zero { Outcome::Clean } else { Outcome::Found })
}

/// A patch that `git apply` and `patch -p1` take, from the root of the repository.
fn patch(path: &str, old: &[u8], new: &[u8]) -> Vec<u8> {
    fn lines(bytes: &[u8]) -> Vec<&[u8]> {
        bytes.split_inclusive(|byte| *byte == b'\n').collect()
    }
    let (old, new) = (lines(old), lines(new));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let mut unified = diff.unified_diff();
    unified.context_radius(CONTEXT);
    let mut out =
        format!("--- {}\n+++ {}\n", quoted(&format!("a/{path}")), quoted(&format!("b/{path}"))).into_bytes();
    for hunk in unified.iter_hunks() {
        // Writing to memory does not fail.
        _ = hunk.to_writer(&mut out);
    }
    out
}

/// A name as git writes it where it holds what would end a line or a name.
fn quoted(name: &str) -> String {
    if !name.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        return name.to_owned();
    }
    let escaped = name.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() => c.to_string().bytes().map(|byte| format!("\\{byte:03o}")).collect(),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

/// Whether bytes have lines as patches have them.
fn has_lines(bytes: &[u8]) -> bool {
    let is_lone = |at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    !bytes.contains(&0) && !(0..bytes.len()).any(is_lone)
}

fn tell_shown(args: &Check, document: &Document) {
    if !args.screen.quiet {
        let path = &document.path;
        screen::tell(&format!(
            "warning: {path} would be fixed, and its lines are none that a patch can show"
        ));
    }
}

/// How many copies `--fix` would take out.
pub(super) fn fixable(examined: &Examined<'_>) -> usize {
    copies(&wanted(examined))
}

fn copies(repairs: &[Repair]) -> usize {
    repairs.iter().map(|repair| repair.cuts.len()).sum()
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
    if links(&meta) > 1 {
        return Err("it has another name, which would keep the old text".to_owned());
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

/// How many names a file has.
#[cfg(unix)]
fn links(meta: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(meta)
}

/// How many names a file has, as far as is known.
#[cfg(not(unix))]
fn links(_: &std::fs::Metadata) -> u64 {
    1
}

/// What bytes would be read as, were they in the place of a document's file.
fn source(document: &Document, bytes: &[u8], options: &ReadOptions) -> Option<String> {
    let input = Input::Bytes { name: document.path.clone(), bytes: bytes.to_vec() };
    let corpus = input::read_one(input, options).ok()?;
    corpus.documents.first().map(|document| document.source().to_owned())
}
