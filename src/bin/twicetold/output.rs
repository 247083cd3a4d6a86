//! Results to standard output and to files.

use crate::args::Output;
use crate::trouble::Trouble;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;
use twicetold::report::{Base, Format, Report, Style, Templates, job_summary, render};

/// No file can hold two outputs.
pub(crate) fn check_targets<'a>(files: impl Iterator<Item = &'a Path>) -> Result<(), Trouble> {
    let mut seen = BTreeSet::new();
    for file in files {
        // A device takes all of them.
        if !seen.insert(file) && !std::fs::metadata(file).is_ok_and(|meta| !meta.is_file()) {
            return Err(Trouble::Usage(format!("two outputs are to be written to {}", file.display())));
        }
    }
    Ok(())
}

/// Writes every output that was asked for, files first; without any, `full` on standard output.
pub(crate) fn write_all(report: &Report, outputs: &[Output], style: &Style<'_>) -> Result<(), Trouble> {
    let default = [Output { format: Format::Full, file: None }];
    let outputs = if outputs.is_empty() { &default } else { outputs };
    for (format, file) in outputs.iter().filter_map(|output| Some((output.format, output.file.as_deref()?))) {
        write_report(report, format, file, style)
            .map_err(|error| Trouble::File(file.display().to_string(), error))?;
    }
    summarize_job(report, outputs)?;
    for output in outputs.iter().filter(|output| output.file.is_none()) {
        let mut out = io::BufWriter::new(io::stdout().lock());
        match render(report, output.format, style, &mut out).and_then(|()| out.flush()) {
            // Whoever reads the output has seen enough; the exit code still says what was found.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                _ = out.into_parts();
                return Ok(());
            }
            other => other?,
        }
    }
    Ok(())
}

/// The repository that the current folder lies in, from whose root machines want paths; without one, the folder itself.
pub(crate) fn base() -> Option<Base> {
    let here = std::env::current_dir().ok()?;
    let root = here.ancestors().find(|folder| folder.join(".git").exists()).unwrap_or(&here);
    Base::new(root, &here)
}

/// Adds to the summary of a job, where GitHub runs it and annotations are asked for.
fn summarize_job(report: &Report, outputs: &[Output]) -> Result<(), Trouble> {
    let file = std::env::var_os("GITHUB_STEP_SUMMARY")
        .filter(|_| outputs.iter().any(|output| output.format == Format::Github));
    let Some(file) = file else { return Ok(()) };
    let trouble = |error| Trouble::File(Path::new(&file).display().to_string(), error);
    let mut text = Vec::new();
    job_summary(report, &mut text).map_err(trouble)?;
    let mut out = std::fs::OpenOptions::new().create(true).append(true).open(&file).map_err(trouble)?;
    out.write_all(&text).map_err(trouble)
}

/// What a file gets: the templates of the run, and no colors.
fn write_report(report: &Report, format: Format, file: &Path, style: &Style<'_>) -> io::Result<()> {
    let style = Style { templates: style.templates, base: style.base, ..Style::default() };
    write_file(file, &|out| render(report, format, &style, out))
}

/// Writes next to the file and renames, so that a reader never meets half a report. A device or a pipe is
/// written to as it is, and a link stays a link.
pub(crate) fn write_file(file: &Path, fill: &dyn Fn(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
    let write = |file: &Path| {
        let mut out = io::BufWriter::new(std::fs::File::create(file)?);
        fill(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)
    };
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    let old = std::fs::metadata(&file).ok();
    if old.as_ref().is_some_and(|meta| !meta.is_file()) {
        return write(&file).map(drop);
    }
    let mut name = file.file_name().ok_or_else(|| io::Error::other("not a file name"))?.to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let unfinished = file.with_file_name(name);
    let keep_mode = |out: &std::fs::File| {
        old.as_ref().map_or(Ok(()), |old| {
            keep_owner(out, old);
            out.set_permissions(old.permissions())
        })
    };
    let written = write(&unfinished)
        .and_then(|out| keep_mode(&out).and_then(|()| out.sync_all()))
        .and_then(|()| std::fs::rename(&unfinished, &file));
    written.inspect_err(|_| _ = std::fs::remove_file(&unfinished))
}

/// Gives a file the owner that the one before had, where the system allows it: a run as root changes nobody's files into
/// root's.
#[cfg(unix)]
fn keep_owner(out: &std::fs::File, old: &std::fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    _ = fchown(out, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &std::fs::File, _: &std::fs::Metadata) {}

/// The templates of a folder: its files by name, and the program's own for those it does not have.
pub(crate) fn templates(folder: Option<&Path>) -> Result<Templates, Trouble> {
    let Some(folder) = folder else { return Ok(Templates::default()) };
    let trouble = |error: String| {
        Trouble::Usage(format!("failed to read templates from {}: {error}", folder.display()))
    };
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(|error| trouble(error.to_string()))? {
        let path = entry.map_err(|error| trouble(error.to_string()))?.path();
        let is_template =
            path.extension().is_some_and(|end| ["html", "css", "js"].iter().any(|known| end == *known));
        if !path.is_file() || !is_template {
            continue;
        }
        let text = std::fs::read_to_string(&path)
            .map_err(|error| trouble(format!("{}: {error}", path.display())))?;
        files.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text);
    }
    if !Templates::names().any(|name| files.contains_key(name)) {
        let names = Templates::names().collect::<Vec<_>>().join(", ");
        return Err(trouble(format!(
            "no template in it\nhelp: the templates are {names}; `twicetold templates DIR` writes them all"
        )));
    }
    Templates::new(files).map_err(trouble)
}
