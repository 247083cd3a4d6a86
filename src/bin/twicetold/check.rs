//! `twicetold check`: find copies and conflicts.

use crate::args::{BaselineArgs, Check, Level, ScopeArgs};
use crate::git::{self, Changes};
use crate::progress::Clock;
use crate::trouble::Trouble;
use crate::{Outcome, cache, input, output, screen, settings};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use twicetold::cache::Cache;
use twicetold::config::{Config, CorpusFlags, Flags};
use twicetold::corpus::{Block, Corpus, Document};
use twicetold::findings::{Scope, Selection, apply_allowances, apply_remarks};
use twicetold::pipeline::{Memory, Progress, Stage, Tools, run as run_pipeline};
use twicetold::report::{Baseline, FindingView, Report, Resolved, Statuses, Style, resolve};
use twicetold::{drift, extract};

/// Runs the verb.
pub(crate) fn run(args: &Check) -> Result<Outcome, Trouble> {
    output::check_targets(args.output_format.iter().filter_map(|output| output.file.as_deref()))?;
    screen::set_threads(&args.threads)?;
    if args.input.show_files {
        return settings::show_files(&args.input, &args.config.file);
    }
    let changed = changed(&args.scope)?;
    // What changed is compared with the whole folder, unless something else is named.
    let mut inputs = args.input.clone();
    if changed.is_some() && inputs.paths.is_empty() && inputs.files_from.is_none() {
        inputs.paths.push(PathBuf::from("."));
    }
    // What does not wait for each other is read side by side: a start is most of a small run.
    let tables = || {
        extract::warm_up();
        drift::warm_up();
    };
    let load = || -> Result<Config, Trouble> {
        Ok(Config::settle(&settings::layers(&args.config.file, &inputs.paths)?, &flags(args))?)
    };
    let (config, ()) = rayon::join(load, tables);
    let mut config = config?;
    let clock = Clock::new(args.screen.quiet);
    clock.start(Stage::Read, 0);
    let (corpus, tools) = rayon::join(
        || input::corpus_against(&inputs, &args.scope.against, &config.corpus.read),
        || Tools::with(config.corpus.furniture.clone(), &config.rules).reading(config.corpus.date_order),
    );
    let (corpus, own) = corpus?;
    config.settings.severities.settle(&corpus);
    let bytes = corpus.documents.iter().map(|document| document.text.len()).sum();
    clock.add_bytes(bytes as u64);
    let cache = cache::open(&args.cache, bytes, today());
    if !args.screen.quiet {
        screen::tell_skipped(&corpus.skipped);
    }
    let memory = cache.as_ref().map(|cache| cache as &dyn Memory);
    let (surveys, mut findings) = run_pipeline(&corpus, &tools, &config.settings, &clock, memory);
    let n_allowed = apply_allowances(
        &mut findings,
        &config.allowances,
        args.today.unwrap_or_else(today),
        (&corpus, &config.rules),
        &config.settings.severities,
    );
    let blocks: Vec<&[Block]> = surveys.iter().map(|survey| survey.blocks.as_slice()).collect();
    apply_remarks(&mut findings, &corpus, &blocks, &config.rules, &config.settings.severities);
    let scope = scope(&args.scope, &corpus, own, changed.as_ref(), config.is_cross_only);
    if scope.reported.is_some() || scope.is_cross_only {
        scope.narrow(&mut findings);
    }
    let n_suppressed = findings.iter().filter(|finding| finding.suppressed.is_some()).count();
    if !args.silence.show_suppressed {
        findings.retain(|finding| finding.suppressed.is_none());
    }
    clock.start(Stage::Report, 0);
    let mut report = resolve(Resolved {
        corpus: &corpus,
        surveys: &surveys,
        findings: &findings,
        rules: &config.rules,
        settings: &config.settings,
        scope: &scope,
    });
    clock.clear();
    let baseline = baseline(&args.baseline, &mut report)?;
    let templates = output::templates(args.template.as_deref())?;
    let base = output::base();
    let style = Style { templates: Some(&templates), base: base.as_ref(), ..screen::style(&args.screen) };
    output::write_all(&report, &args.output_format, &style)?;
    if !args.screen.quiet {
        screen::tell(&summary(&report, &corpus, (n_allowed, n_suppressed)));
        if let (Some(changed), true) = (&changed, report.findings.is_empty()) {
            screen::tell(&told_changes(changed.len()));
        }
    }
    if let Some(cache) = &cache {
        cache::save(cache, &args.cache, args.screen.quiet);
    }
    if args.timings {
        let (known, new) = cache.as_ref().map(Cache::counts).unwrap_or_default();
        screen::tell(&format!("{}\ncache     {known} documents known, {new} read anew", clock.table()));
    }
    let is_severe =
        |finding: &FindingView| args.fail_level.severity().is_some_and(|level| finding.severity() >= level);
    let is_new = |finding: &FindingView| finding.status.as_deref() != Some("known");
    let counts = |finding: &FindingView| {
        finding.suppressed.is_none() && is_new(finding) && (is_severe(finding) || args.baseline.fail_on_new)
    };
    let is_over = args.silence.max_suppressed.is_some_and(|most| n_suppressed > most);
    let fails =
        !args.exit_zero && !args.baseline.write_baseline && (is_over || report.findings.iter().any(counts));
    // Nothing is lost: the baseline is written when all outputs are.
    if let Some((file, baseline)) = baseline {
        let text = baseline.text();
        output::write_file(file, &|out| out.write_all(text.as_bytes()))
            .map_err(|error| Trouble::File(file.display().to_string(), error))?;
    }
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

/// What the arguments say of what is read and found.
fn flags(args: &Check) -> Flags {
    Flags {
        corpus: CorpusFlags { date_order: args.date.order(), ..args.input.flags() },
        jaccard: args.jaccard,
        containment: args.containment,
        min_words: args.min_words,
        rules: args.config.rules.clone(),
        one_story: args.one_story,
        cross_only: args.scope.cross_only,
        selection: Selection {
            select: args.selection.select.clone(),
            extend: args.selection.extend_select.clone(),
            ignore: args.selection.ignore.clone(),
            least: args.selection.min_severity.map(Level::severity),
        },
        with_tests: false,
    }
}

/// The files that changed, where only they are to be reported.
fn changed(args: &ScopeArgs) -> Result<Option<BTreeSet<PathBuf>>, Trouble> {
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
fn scope(
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
fn baseline<'a>(
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

fn told_changes(n_changed: usize) -> String {
    match n_changed {
        0 => "no file changed".to_owned(),
        1 => "1 file changed".to_owned(),
        n => format!("{n} files changed"),
    }
}

/// The day it is, as the clock of the machine tells it in UTC.
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// One line: what was found, in what.
fn summary(report: &Report, corpus: &Corpus, (n_allowed, n_suppressed): (usize, usize)) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let mut line = report.counted();
    if let Some(statuses) = &report.stats.statuses {
        let Statuses { new, changed, known, gone } = statuses;
        line.push_str(&format!(" ({new} new, {changed} changed, {known} known, {gone} gone)"));
    }
    if n_allowed > 0 {
        line.push_str(&format!(", {n_allowed} allowed"));
    }
    if n_suppressed > 0 {
        line.push_str(&format!(", {n_suppressed} suppressed"));
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
