//! `twicetold test`: rules prove themselves.

use crate::args::Test;
use crate::trouble::Trouble;
use crate::{Outcome, screen};
use std::io::{self, Write};
use twicetold::config;
use twicetold::pipeline::test_rules;
use twicetold::rules::RuleSet;

/// Runs the verb.
pub(crate) fn run(args: &Test) -> Result<Outcome, Trouble> {
    screen::set_threads(&args.threads)?;
    // Named files are tested alone; the rules that come with the program only lend them their entities.
    let load = if args.files.is_empty() { RuleSet::load_with_tests } else { RuleSet::load_alone };
    let rules = load(&args.files).map_err(config::Error::from)?;
    let n_rules = rules.rules.len();
    let (n_tests, failures) = test_rules(&rules, |_| true);
    let palette = screen::style(&args.screen).palette;
    let mut out = io::BufWriter::new(io::stdout().lock());
    for failure in &failures {
        writeln!(
            out,
            "{}FAIL{} {}, {}: {}: {}",
            palette.error, palette.reset, failure.rule, failure.test, failure.outcome, failure.message
        )?;
    }
    out.flush()?;
    if !args.screen.quiet {
        let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let rules = count(n_rules, "rule");
        let failed =
            if failures.is_empty() { "all passed".to_owned() } else { count(failures.len(), "failure") };
        screen::tell(&format!("{} of {rules}: {failed}", count(n_tests, "test")));
    }
    Ok(if failures.is_empty() { Outcome::Clean } else { Outcome::Found })
}
