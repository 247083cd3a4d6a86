//! `twicetold check`: find copies and conflicts.

use crate::args::{Check, Output};
use crate::progress::Clock;
use crate::trouble::Trouble;
use crate::{Outcome, input, screen, settings};
use std::io::{self, Write};
use std::path::Path;
use twicetold::config::{Config, Overrides};
use twicetold::corpus::Corpus;
use twicetold::findings::apply_allowances;
use twicetold::pipeline::{Progress, Stage, Tools, run as run_pipeline};
use twicetold::report::{Format, Report, Resolved, Style, render, resolve};
use twicetold::{drift, extract};

/// Runs the verb.
pub(crate) fn run(args: &Check) -> Result<Outcome, Trouble> {
    screen::set_threads(&args.threads)?;
    if args.input.show_files {
        return settings::show_files(&args.input, &args.config.file);
    }
    let overrides = Overrides {
        jaccard: args.jaccard,
        containment: args.containment,
        min_words: args.min_words,
        exclude: args.input.exclude.clone(),
        rules: args.config.rules.clone(),
        date_order: args.date.order(),
        with_tests: false,
    };
    let file = settings::path(&args.config.file, &args.input.paths);
    // What does not wait for each other is read side by side: a start is most of a small run.
    let tables = || {
        extract::warm_up();
        drift::warm_up();
    };
    let (config, ()) = rayon::join(|| Config::load(file.as_deref(), &overrides), tables);
    let mut config = config?;
    config.settings.is_one_story = args.one_story;
    let clock = Clock::new(args.screen.quiet);
    clock.start(Stage::Read, 0);
    let (corpus, tools) = rayon::join(
        || input::corpus(&args.input, &config.exclude),
        || Tools::with(config.furniture.clone(), &config.rules).reading(config.date_order),
    );
    let corpus = corpus?;
    clock.add_bytes(corpus.documents.iter().map(|document| document.text.len() as u64).sum());
    if !args.screen.quiet {
        screen::tell_skipped(&corpus.skipped);
    }
    let (surveys, mut findings) = run_pipeline(&corpus, &tools, &config.settings, &clock);
    let n_allowed = apply_allowances(
        &mut findings,
        &config.allowances,
        args.today.unwrap_or_else(today),
        (&corpus, &config.rules),
        &config.settings.severities,
    );
    clock.start(Stage::Report, 0);
    let report = resolve(Resolved {
        corpus: &corpus,
        surveys: &surveys,
        findings: &findings,
        rules: &config.rules,
        settings: &config.settings,
    });
    clock.clear();
    write_all(&report, &args.output_format, &screen::style(&args.screen))?;
    if !args.screen.quiet {
        screen::tell(&summary(&report, &corpus, n_allowed));
    }
    if args.timings {
        screen::tell(&clock.table());
    }
    let fails = args
        .fail_level
        .severity()
        .is_some_and(|level| findings.iter().any(|finding| finding.severity >= level));
    let outcome = match (corpus.skipped.iter().any(|skipped| skipped.was_named), fails) {
        (true, _) => Outcome::Incomplete,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    };
    // The run is over: giving a million small pieces back one by one would take longer than a small run itself.
    std::mem::forget((tools, surveys, findings));
    std::mem::forget((report, corpus, config));
    Ok(outcome)
}

/// The day it is, as the clock of the machine tells it in UTC.
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// Writes every output that was asked for, files first; without any, `full` on standard output.
fn write_all(report: &Report, outputs: &[Output], style: &Style) -> Result<(), Trouble> {
    let default = [Output { format: Format::Full, file: None }];
    let outputs = if outputs.is_empty() { &default } else { outputs };
    for (format, file) in outputs.iter().filter_map(|output| Some((output.format, output.file.as_deref()?))) {
        write_file(report, format, file).map_err(|error| Trouble::File(file.display().to_string(), error))?;
    }
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

/// Writes next to the file and renames, so that a reader never meets half a report. A device or a pipe is
/// written to as it is, and a link stays a link.
fn write_file(report: &Report, format: Format, file: &Path) -> io::Result<()> {
    let write = |file: &Path| {
        let mut out = io::BufWriter::new(std::fs::File::create(file)?);
        render(report, format, &Style::default(), &mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)
    };
    let file = file.canonicalize().unwrap_or_else(|_| file.to_owned());
    if std::fs::metadata(&file).is_ok_and(|meta| !meta.is_file()) {
        return write(&file).map(drop);
    }
    let mut name = file.file_name().ok_or_else(|| io::Error::other("not a file name"))?.to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let unfinished = file.with_file_name(name);
    let written =
        write(&unfinished).and_then(|out| out.sync_all()).and_then(|()| std::fs::rename(&unfinished, &file));
    written.inspect_err(|_| _ = std::fs::remove_file(&unfinished))
}

/// One line: what was found, in what.
fn summary(report: &Report, corpus: &Corpus, n_allowed: usize) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let severities = ["error", "warning", "info"].iter().filter_map(|name| {
        let n = *report.stats.by_severity.get(*name)?;
        Some(count(n, name))
    });
    let severities: Vec<String> = severities.collect();
    let found = if severities.is_empty() { "no findings".to_owned() } else { severities.join(", ") };
    let mut line = format!("{found} in {}", count(report.stats.documents, "document"));
    if n_allowed > 0 {
        line.push_str(&format!(", {n_allowed} allowed"));
    }
    let others = corpus.skipped.iter().filter(|skipped| skipped.is_other_kind).count();
    let skipped = corpus.skipped.len() - others;
    if skipped > 0 {
        line.push_str(&format!(", {skipped} skipped"));
    }
    if others > 0 {
        line.push_str(&format!(", {} not of a kind that is read", count(others, "file")));
    }
    line
}
