//! `twicetold init`: a configuration to start from.

use crate::args::InitArgs;
use crate::trouble::Trouble;
use crate::{Outcome, output, screen};

/// What a new configuration holds: every key with its default, as comments.
const CONFIGURATION: &str = include_str!("init.toml");

/// Runs the verb; a configuration that is there stays as it is.
pub(crate) fn run(args: &InitArgs) -> Result<Outcome, Trouble> {
    let taken = ["twicetold.toml", ".twicetold.toml"].map(|name| args.folder.join(name));
    if let Some(path) = taken.iter().find(|path| path.exists()) {
        return Err(Trouble::Usage(format!("{} is there already, and stays as it is", path.display())));
    }
    let path = &taken[0];
    output::write_file(path, &|out| out.write_all(CONFIGURATION.as_bytes()))
        .map_err(|error| Trouble::File(path.display().to_string(), error))?;
    screen::tell(&format!(
        "wrote {}\nnext: twicetold check {} --baseline known.json --write-baseline",
        path.display(),
        args.folder.display()
    ));
    Ok(Outcome::Clean)
}
