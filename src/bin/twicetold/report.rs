//! `twicetold report`: draws a saved report in any format.

use crate::args::{Level, ReportArgs};
use crate::trouble::Trouble;
use crate::{Outcome, output, screen};
use std::io::Read;
use std::path::Path;
use twicetold::corpus::PathGlobs;
use twicetold::report::{Filter, Style, saved};

/// Runs the verb.
pub(crate) fn run(args: &ReportArgs) -> Result<Outcome, Trouble> {
    output::check_targets(args.output_format.iter().filter_map(|output| output.file.as_deref()))?;
    let name = args.report.display().to_string();
    let json = read(&args.report).map_err(|error| Trouble::Open(name.clone(), error))?;
    let report = saved(&json).map_err(|error| {
        Trouble::Usage(format!(
            "failed to read {name}: {error}\nhelp: `twicetold check PATH --output-format json=result.json` writes one"
        ))
    })?;
    let filter = Filter {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        min_severity: args.min_severity.map(Level::severity),
        sources: args.source.clone(),
        paths: globs(&args.path)?,
    };
    for name in filter.unmet(&report) {
        screen::tell(&format!("warning: no finding of this report has the code, name or rule `{name}`"));
    }
    let report = report.filtered(&filter);
    let templates = output::templates(args.template.as_deref())?;
    let base = output::base();
    let style = Style { templates: Some(&templates), base: base.as_ref(), ..screen::style(&args.screen) };
    output::write_all(&report, &args.output_format, &style)?;
    if !args.screen.quiet {
        screen::tell(&report.counted());
    }
    Ok(Outcome::Clean)
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return std::fs::read(path);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn globs(patterns: &[String]) -> Result<Option<PathGlobs>, Trouble> {
    if patterns.is_empty() {
        return Ok(None);
    }
    PathGlobs::new(patterns.iter().map(String::as_str))
        .map(Some)
        .map_err(|(pattern, message)| Trouble::Usage(format!("`{pattern}` is no glob: {message}")))
}
