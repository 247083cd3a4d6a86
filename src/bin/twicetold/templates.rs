//! `twicetold templates`: writes the templates of the pages, to be changed.

use crate::args::TemplatesArgs;
use crate::trouble::Trouble;
use crate::{Outcome, output, screen};
use std::io;
use twicetold::report::Templates;

/// Runs the verb; nothing that is there already is written over.
pub(crate) fn run(args: &TemplatesArgs) -> Result<Outcome, Trouble> {
    let trouble = |path: &std::path::Path, error: io::Error| Trouble::File(path.display().to_string(), error);
    std::fs::create_dir_all(&args.folder).map_err(|error| trouble(&args.folder, error))?;
    for name in Templates::names() {
        let path = args.folder.join(name);
        if path.exists() {
            screen::tell(&format!("{} is there already and stays as it is", path.display()));
            continue;
        }
        let text = Templates::builtin(name).unwrap_or_default();
        output::write_file(&path, &|out| out.write_all(text.as_bytes()))
            .map_err(|error| trouble(&path, error))?;
    }
    Ok(Outcome::Clean)
}
