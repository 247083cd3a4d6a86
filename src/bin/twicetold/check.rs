//! `twicetold check`: find copies and conflicts.

use crate::args::Check;
use crate::progress::Clock;
use crate::trouble::Trouble;
use crate::{Outcome, input, output, screen, settings};
use twicetold::config::{Config, Overrides};
use twicetold::corpus::Corpus;
use twicetold::findings::apply_allowances;
use twicetold::pipeline::{Progress, Stage, Tools, run as run_pipeline};
use twicetold::report::{Report, Resolved, Style, resolve};
use twicetold::{drift, extract};

/// Runs the verb.
pub(crate) fn run(args: &Check) -> Result<Outcome, Trouble> {
    output::check_targets(args.output_format.iter().filter_map(|output| output.file.as_deref()))?;
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
    let templates = output::templates(args.template.as_deref())?;
    let base = output::base();
    let style = Style { templates: Some(&templates), base: base.as_ref(), ..screen::style(&args.screen) };
    output::write_all(&report, &args.output_format, &style)?;
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

/// One line: what was found, in what.
fn summary(report: &Report, corpus: &Corpus, n_allowed: usize) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let mut line = report.counted();
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
