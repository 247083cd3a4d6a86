//! `twicetold completions` and `twicetold man`: what shells and manuals want to know of the arguments.

use crate::args::{Args, CompletionsArgs, ManArgs};
use crate::trouble::Trouble;
use crate::{Outcome, output};
use clap::{Command, CommandFactory};
use std::io::{self, Write};

const NAME: &str = env!("CARGO_PKG_NAME");

/// Prints the completions of a shell.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<Outcome, Trouble> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), NAME, &mut text);
    io::stdout().lock().write_all(&text)?;
    Ok(Outcome::Clean)
}

/// Writes a manual page for the program and one for each verb.
pub(crate) fn man(args: &ManArgs) -> Result<Outcome, Trouble> {
    let trouble = |path: &std::path::Path, error: io::Error| Trouble::File(path.display().to_string(), error);
    std::fs::create_dir_all(&args.folder).map_err(|error| trouble(&args.folder, error))?;
    let mut program = Args::command();
    program.build();
    let verbs = program.get_subcommands().cloned().map(|verb| {
        let name = format!("{NAME}-{}", verb.get_name());
        verb.name(name.clone()).display_name(name)
    });
    let pages: Vec<Command> = std::iter::once(program.clone()).chain(verbs).collect();
    for page in pages {
        let path = args.folder.join(format!("{}.1", page.get_name()));
        let manual = clap_mangen::Man::new(page);
        output::write_file(&path, &|out| manual.render(out)).map_err(|error| trouble(&path, error))?;
    }
    Ok(Outcome::Clean)
}
