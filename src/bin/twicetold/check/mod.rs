//! `twicetold check`: find copies and conflicts.

mod examine;
mod fix;
mod scope;
mod watch;

use crate::args::{Check, Level, OUTPUT_FORMAT};
use crate::trouble::Trouble;
use crate::{Outcome, cache, output, screen, settings};
use examine::{Examined, Task, examine};
use std::path::{Path, PathBuf};
use twicetold::cache::Cache;
use twicetold::config::{Config, CorpusFlags, Flags};
use twicetold::findings::Selection;
use twicetold::report::{FindingView, Statuses, Style};
use twicetold::{drift, extract};

/// How often an article is mended and looked at again: what was pasted may have been pasted inside.
const ROUNDS: usize = 10;

/// Runs the verb.
pub(crate) fn run(args: &Check) -> Result<Outcome, Trouble> {
    output::check_targets(args.output_format.iter().filter_map(|output| output.file.as_deref()))?;
    screen::set_threads(&args.threads)?;
    if args.input.show_files {
        return settings::show_files(&args.input, &args.config.file);
    }
    if args.mend.fix && args.input.paths.iter().any(|path| path == Path::new("-")) {
        let message =
            "--fix changes files, and standard input is none\nhelp: --diff shows what it would change";
        return Err(Trouble::Usage(message.to_owned()));
    }
    if args.mend.diff && !args.output_format.is_empty() && std::env::var_os(OUTPUT_FORMAT).is_none() {
        let message = "--diff shows changes and no findings\nhelp: leave --output-format out";
        return Err(Trouble::Usage(message.to_owned()));
    }
    match args.watch {
        true => watch::run(args, || look(args)),
        false => look(args),
    }
}

/// Reads everything, looks at it, and says what is found.
fn look(args: &Check) -> Result<Outcome, Trouble> {
    let changed = scope::changed(&args.scope)?;
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
    let config = config?;
    let task = Task { args, inputs: &inputs, config: &config, changed: changed.as_ref() };
    let mut examined = examine(&task)?;
    if args.mend.diff {
        return fix::show(&examined, args);
    }
    let mut n_fixed = 0;
    for _ in 0..if args.mend.fix { ROUNDS } else { 0 } {
        match fix::apply(&examined, &task) {
            0 => break,
            fixed => n_fixed += fixed,
        }
        examined = examine(&task)?;
    }
    let outcome = conclude(&examined, &task, n_fixed)?;
    // The run is over: giving a million small pieces back one by one would take longer than a small run itself.
    if !args.watch {
        std::mem::forget(examined);
        std::mem::forget(config);
    }
    Ok(outcome)
}

/// Writes everything that was asked for, and judges.
fn conclude(examined: &Examined<'_>, task: &Task<'_>, n_fixed: usize) -> Result<Outcome, Trouble> {
    let Task { args, .. } = task;
    let Examined { report, corpus, .. } = examined;
    let templates = output::templates(args.template.as_deref())?;
    let base = output::base();
    let style = Style { templates: Some(&templates), base: base.as_ref(), ..screen::style(&args.screen) };
    output::write_all(report, &args.output_format, &style)?;
    if !args.screen.quiet {
        screen::tell(&summary(examined, n_fixed));
        match fix::fixable(examined) {
            0 => {}
            1 => screen::tell("help: --fix removes a copy that follows its original; --diff shows it first"),
            n => screen::tell(&format!(
                "help: --fix removes {n} copies that follow their originals; --diff shows them first"
            )),
        }
        if let (Some(changed), true) = (task.changed, report.findings.is_empty()) {
            screen::tell(&told_changes(changed.len()));
        }
    }
    if let Some(most) = args.silence.max_suppressed.filter(|most| examined.n_suppressed > *most) {
        let n = examined.n_suppressed;
        screen::tell(&format!(
            "error: more is suppressed ({n}) than --max-suppressed allows ({most}); --show-suppressed shows it"
        ));
    }
    if let Some(cache) = &examined.cache {
        cache::save(cache, &args.cache, args.screen.quiet);
    }
    if args.timings {
        let (known, new) = examined.cache.as_ref().map(Cache::counts).unwrap_or_default();
        let table = &examined.timings;
        screen::tell(&format!("{table}\ncache     {known} documents known, {new} read anew"));
    }
    let is_severe =
        |finding: &FindingView| args.fail_level.severity().is_some_and(|level| finding.severity() >= level);
    let is_new = |finding: &FindingView| finding.status.as_deref() != Some("known");
    let counts = |finding: &FindingView| {
        finding.suppressed.is_none() && is_new(finding) && (is_severe(finding) || args.baseline.fail_on_new)
    };
    let is_over = args.silence.max_suppressed.is_some_and(|most| examined.n_suppressed > most);
    let fails =
        !args.exit_zero && !args.baseline.write_baseline && (is_over || report.findings.iter().any(counts));
    // Nothing is lost: the baseline is written when all outputs are.
    if let Some((file, baseline)) = &examined.baseline {
        let text = baseline.text();
        output::write_file(file, &|out| out.write_all(text.as_bytes()))
            .map_err(|error| Trouble::File(file.display().to_string(), error))?;
    }
    Ok(match (corpus.skipped.iter().any(|skipped| skipped.was_named), fails) {
        (true, _) => Outcome::Incomplete,
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Clean,
    })
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

fn told_changes(n_changed: usize) -> String {
    match n_changed {
        0 => "no file changed".to_owned(),
        1 => "1 file changed".to_owned(),
        n => format!("{n} files changed"),
    }
}

/// One line: what was found, in what.
fn summary(examined: &Examined<'_>, n_fixed: usize) -> String {
    let Examined { report, corpus, n_allowed, n_suppressed, .. } = examined;
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    let mut line = report.counted();
    if let Some(statuses) = &report.stats.statuses {
        let Statuses { new, changed, known, gone } = statuses;
        line.push_str(&format!(" ({new} new, {changed} changed, {known} known, {gone} gone)"));
    }
    if n_fixed > 0 {
        line.push_str(&format!(", {n_fixed} fixed"));
    }
    if *n_allowed > 0 {
        line.push_str(&format!(", {n_allowed} allowed"));
    }
    if *n_suppressed > 0 {
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
