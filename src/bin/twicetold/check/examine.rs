//! One look at all articles: read, compare, leave out what is known or silenced.

use super::scope::{baseline, scope};
use crate::args::{Check, InputArgs};
use crate::progress::Clock;
use crate::trouble::Trouble;
use crate::{cache, input, screen};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use twicetold::cache::Cache;
use twicetold::config::Config;
use twicetold::corpus::{Block, Corpus};
use twicetold::findings::{Finding, apply_allowances, apply_remarks};
use twicetold::pipeline::{Memory, Progress, Stage, Tools, run as run_pipeline};
use twicetold::report::{Baseline, Report, Resolved, resolve};

/// What is to be done.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) args: &'a Check,
    /// What is read; the arguments, or the folder where only changes are asked for.
    pub(super) inputs: &'a InputArgs,
    pub(super) config: &'a Config,
    /// The files that changed, where only they are reported.
    pub(super) changed: Option<&'a BTreeSet<PathBuf>>,
}

/// What was found.
pub(super) struct Examined<'a> {
    pub(super) corpus: Corpus,
    pub(super) findings: Vec<Finding>,
    pub(super) report: Report,
    /// The baseline that is to be written, if one is.
    pub(super) baseline: Option<(&'a Path, Baseline)>,
    pub(super) n_allowed: usize,
    pub(super) n_suppressed: usize,
    pub(super) cache: Option<Cache>,
    pub(super) timings: String,
}

/// Looks at everything once.
pub(super) fn examine<'a>(task: &Task<'a>) -> Result<Examined<'a>, Trouble> {
    let Task { args, inputs, config, changed } = *task;
    let clock = Clock::new(args.screen.quiet);
    clock.start(Stage::Read, 0);
    let (corpus, tools) = rayon::join(
        || input::corpus_against(inputs, &args.scope.against, &config.corpus.read),
        || Tools::with(config.corpus.furniture.clone(), &config.rules).reading(config.corpus.date_order),
    );
    let (corpus, own) = corpus?;
    let mut settings = config.settings.clone();
    settings.severities.settle(&corpus);
    let bytes = corpus.documents.iter().map(|document| document.text.len()).sum();
    clock.add_bytes(bytes as u64);
    let cache = cache::open(&args.cache, bytes, today());
    if !args.screen.quiet {
        screen::tell_skipped(&corpus.skipped);
    }
    let memory = cache.as_ref().map(|cache| cache as &dyn Memory);
    let (surveys, mut findings) = run_pipeline(&corpus, &tools, &settings, &clock, memory);
    let n_allowed = apply_allowances(
        &mut findings,
        &config.allowances,
        args.today.unwrap_or_else(today),
        (&corpus, &config.rules),
        &settings.severities,
    );
    let blocks: Vec<&[Block]> = surveys.iter().map(|survey| survey.blocks.as_slice()).collect();
    apply_remarks(&mut findings, &corpus, &blocks, &config.rules, &settings.severities);
    let scope = scope(&args.scope, &corpus, own, changed, config.is_cross_only);
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
        settings: &settings,
        scope: &scope,
    });
    clock.clear();
    let baseline = baseline(&args.baseline, &mut report)?;
    let timings = clock.table();
    // Giving a million small pieces back one by one would take longer than a small run itself.
    if !args.watch {
        std::mem::forget((tools, surveys));
    }
    Ok(Examined { corpus, findings, report, baseline, n_allowed, n_suppressed, cache, timings })
}

/// The day it is, as the clock of the machine tells it in UTC.
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}
