//! The command line: arguments in, exit code out.

mod args;
mod blocks;
mod cache;
mod check;
mod claims;
mod diff;
mod git;
mod init;
mod input;
mod labels;
mod lines;
mod manual;
mod output;
mod pairs;
mod progress;
mod report;
mod rule;
mod schema;
mod screen;
mod settings;
mod templates;
mod test;
mod trouble;
mod values;
mod why;

use args::{Args, Verb};
use std::process::ExitCode;
use trouble::Trouble;

/// The run came to an end: nothing was found, or something was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Clean,
    Found,
    /// Something that was asked for could not be read; it has been told.
    Incomplete,
}

fn main() -> ExitCode {
    let args = Args::of_process();
    let outcome = match &args.verb {
        Verb::Check(check) => check::run(check),
        Verb::Diff(diff) => diff::run(diff),
        Verb::Report(report) => report::run(report),
        Verb::Blocks(blocks) => blocks::run(blocks),
        Verb::Pairs(pairs) => pairs::run(pairs),
        Verb::Values(values) => values::run(values),
        Verb::Claims(claims) => claims::run(claims),
        Verb::Rule(rule) => rule::run(rule),
        Verb::Why(why) => why::run(why),
        Verb::Test(test) => test::run(test),
        Verb::Templates(templates) => templates::run(templates),
        Verb::Config(config) => settings::show(config),
        Verb::Schema(schema) => schema::run(schema),
        Verb::Clean(clean) => cache::run(clean),
        Verb::Init(init) => init::run(init),
        Verb::Completions(completions) => manual::completions(completions),
        Verb::Man(man) => manual::man(man),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Found) => ExitCode::from(1),
        Ok(Outcome::Incomplete) => ExitCode::from(2),
        // Whoever reads the output has seen enough.
        Err(Trouble::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(trouble) => {
            screen::tell(&format!("error: {trouble}"));
            ExitCode::from(2)
        }
    }
}
