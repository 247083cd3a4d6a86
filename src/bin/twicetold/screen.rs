//! Standard output and standard error: colors, width, and what is told besides the results.

use crate::args::{Color, ScreenArgs, ThreadArgs};
use crate::trouble::Trouble;
use anstream::AutoStream;
use std::io::{IsTerminal, Write};
use twicetold::corpus::Skipped;
use twicetold::report::{Palette, Style};

/// The widest text that is easy to read.
const WIDEST: usize = 110;

/// How results are to look on standard output.
pub(crate) fn style(args: &ScreenArgs) -> Style<'static> {
    // `anstream` knows NO_COLOR, CLICOLOR_FORCE, TERM=dumb and terminals.
    let is_colored = match args.color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    };
    let palette = if is_colored { Palette::COLORED } else { Palette::PLAIN };
    let width = if std::io::stdout().is_terminal() { terminal_width() } else { Style::default().width };
    Style { palette, width, ..Style::default() }
}

/// The columns of the terminal, as far as they are easy to read.
fn terminal_width() -> usize {
    let columns = terminal_size::terminal_size().map_or(WIDEST, |(columns, _)| usize::from(columns.0));
    columns.clamp(40, WIDEST)
}

/// Says something on standard error.
pub(crate) fn tell(text: &str) {
    // Paths and ids may hold what a terminal would obey.
    let shown = |c: char| if c.is_control() && c != '\n' { '\u{fffd}' } else { c };
    let text: String = text.chars().map(shown).collect();
    // Where standard error is closed there is nobody to tell.
    _ = writeln!(anstream::stderr(), "{text}");
}

/// Tells what was not read; files of other kinds only by their number.
pub(crate) fn tell_skipped(skipped: &[Skipped]) {
    for path in skipped.iter().filter(|path| !path.is_other_kind) {
        let level = if path.was_named { "error" } else { "warning" };
        tell(&format!("{level}: skipped {}: {}", path.path, path.reason).replace('\n', " "));
    }
}

/// Tells of every file that would not be read.
pub(crate) fn tell_all_skipped(skipped: &[Skipped]) {
    for path in skipped {
        tell(&format!("not read: {}: {}", path.path, path.reason).replace('\n', " "));
    }
}

/// Sets the number of threads of the whole program.
pub(crate) fn set_threads(args: &ThreadArgs) -> Result<(), Trouble> {
    if args.threads == 0 {
        return Ok(());
    }
    rayon::ThreadPoolBuilder::new()
        .num_threads(usize::from(args.threads))
        .build_global()
        .map_err(Trouble::Threads)
}
