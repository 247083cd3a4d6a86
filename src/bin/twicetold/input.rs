//! From the arguments to a corpus.

use crate::args::InputArgs;
use crate::screen;
use crate::trouble::Trouble;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use twicetold::corpus::{Corpus, Document, Skipped};
use twicetold::read::{Input, Planned, ReadOptions, plan as plan_files, read};

/// Reads all that the arguments name.
pub(crate) fn corpus(args: &InputArgs, options: &ReadOptions) -> Result<Corpus, Trouble> {
    checked(read(&inputs(args)?, options)?, args)
}

fn checked(corpus: Corpus, args: &InputArgs) -> Result<Corpus, Trouble> {
    // A named path that is not there has been told; only a run with nothing to tell needs this.
    if corpus.documents.is_empty()
        && !args.allow_empty
        && !corpus.skipped.iter().any(|skipped| skipped.was_named)
    {
        return Err(Trouble::NoInput);
    }
    Ok(corpus)
}

/// Reads all that the arguments name and what it is compared with; for each document whether it is of what they name.
pub(crate) fn corpus_against(
    args: &InputArgs,
    against: &[PathBuf],
    options: &ReadOptions,
) -> Result<(Corpus, Vec<bool>), Trouble> {
    let mut inputs = inputs(args)?;
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let own: Vec<PathBuf> = inputs
        .iter()
        .filter_map(|input| match input {
            Input::Path(path) => Some(real(path)),
            Input::Bytes { .. } => None,
        })
        .collect();
    inputs.extend(against.iter().cloned().map(Input::Path));
    let corpus = checked(read(&inputs, options)?, args)?;
    if against.is_empty() {
        let reported = vec![true; corpus.documents.len()];
        return Ok((corpus, reported));
    }
    // What is no file came from standard input.
    let is_own = |document: &Document| {
        let file = Path::new(document.file());
        !file.exists() || own.iter().any(|path| real(file).starts_with(path))
    };
    let reported = corpus.documents.iter().map(is_own).collect();
    Ok((corpus, reported))
}

/// Reads all that the arguments name, and tells what was left out.
pub(crate) fn told_corpus(
    args: &InputArgs,
    options: &ReadOptions,
    is_quiet: bool,
) -> Result<Corpus, Trouble> {
    let corpus = corpus(args, options)?;
    if !is_quiet {
        screen::tell_skipped(&corpus.skipped);
    }
    Ok(corpus)
}

/// Reads one input, as the arguments say.
pub(crate) fn read_one(input: Input, options: &ReadOptions) -> Result<Corpus, Trouble> {
    Ok(read(&[input], options)?)
}

/// Lists what would be read.
pub(crate) fn plan(args: &InputArgs, options: &ReadOptions) -> Result<(Vec<Planned>, Vec<Skipped>), Trouble> {
    Ok(plan_files(&inputs(args)?, options)?)
}

fn inputs(args: &InputArgs) -> Result<Vec<Input>, Trouble> {
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(listed(list).map_err(|error| Trouble::List(list.display().to_string(), error))?);
    }
    let mut inputs = Vec::new();
    // Standard input can be read once.
    let stdin = Path::new("-");
    let mut is_stdin_left = args.files_from.as_deref() != Some(stdin);
    for path in paths {
        if path == stdin {
            if !std::mem::take(&mut is_stdin_left) {
                continue;
            }
            let mut bytes = Vec::new();
            std::io::stdin()
                .lock()
                .read_to_end(&mut bytes)
                .map_err(|error| Trouble::List("-".to_owned(), error))?;
            inputs.push(Input::Bytes { name: args.stdin_filename.clone(), bytes });
        } else {
            inputs.push(Input::Path(path));
        }
    }
    Ok(inputs)
}

/// The paths of a list, one a line; blank lines are passed over.
fn listed(list: &Path) -> std::io::Result<Vec<PathBuf>> {
    let lines: Box<dyn BufRead> = if list == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::io::BufReader::new(std::fs::File::open(list)?))
    };
    let lines = lines.lines().collect::<Result<Vec<String>, _>>()?;
    Ok(lines
        .iter()
        .map(|line| line.trim_end_matches('\r'))
        .filter(|line| !line.is_empty())
        .map(PathBuf::from)
        .collect())
}
