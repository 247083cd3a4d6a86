//! `twicetold diff`: what differs between versions of a text, first in fact, then in wording.

use crate::args::DiffArgs;
use crate::trouble::Trouble;
use crate::{Outcome, git, input, output, screen, settings};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use twicetold::collation::{Witness, collate};
use twicetold::config::Config;
use twicetold::corpus::Document;
use twicetold::pipeline::Tools;
use twicetold::read::Input;
use twicetold::report::Style;
use twicetold::report::diff::{Difference, Layout, difference, render_difference};
use twicetold::segment::segment_all;

/// Runs the verb.
pub(crate) fn run(args: &DiffArgs) -> Result<Outcome, Trouble> {
    if args.witnesses.iter().filter(|name| *name == "-").count() > 1 {
        return Err(Trouble::Usage(
            "standard input can be read once\nhelp: name files for the other witnesses".to_owned(),
        ));
    }
    if args.witnesses.len() > 2 && (args.side_by_side || args.word_diff) {
        return Err(Trouble::Usage("--side-by-side and --word-diff show two witnesses\nhelp: name two, or leave the option out for a table of all".to_owned()));
    }
    output::check_targets(args.output_format.iter().filter_map(|output| output.file.as_deref()))?;
    let files = args.witnesses.iter().filter(|name| Path::new(name).exists()).map(PathBuf::from).collect();
    let inputs = args.input.for_paths(files);
    let config = settings::with_rules(&inputs, &args.config, &args.date)?;
    let documents = args
        .witnesses
        .iter()
        .map(|name| witness(name, args, &config))
        .collect::<Result<Vec<Document>, Trouble>>()?;
    let found = compare(&documents, args, &config);
    write(&found, args)?;
    if !args.screen.quiet && args.output_format.iter().any(|output| output.file.is_some()) {
        screen::tell(&found.counted());
    }
    Ok(if found.same { Outcome::Clean } else { Outcome::Found })
}

fn compare(documents: &[Document], args: &DiffArgs, config: &Config) -> Difference {
    let tools = Tools::with(config.corpus.furniture.clone(), &config.rules).reading(config.corpus.date_order);
    let blocks = segment_all(documents, &tools.furniture);
    let witnesses: Vec<Witness<'_>> = documents
        .iter()
        .zip(&blocks)
        .map(|(document, blocks)| Witness::new(document, blocks, args.furniture))
        .collect();
    difference(&witnesses, &collate(&witnesses, tools.extractor.speech()))
}

/// Reads what one argument names: a file, a record of a file (`FILE#ID`), standard input, or a file of a revision.
fn witness(name: &str, args: &DiffArgs, config: &Config) -> Result<Document, Trouble> {
    let open = |error: io::Error| Trouble::Open(name.to_owned(), error);
    let path = Path::new(name);
    if name == "-" {
        return one(name, None, bytes(&args.stdin_filename, &mut io::stdin().lock()).map_err(open)?, config);
    }
    if path.is_file() {
        return one(name, None, Input::Path(path.to_owned()), config);
    }
    if path.is_dir() {
        return Err(Trouble::Usage(format!(
            "{name} is a folder\nhelp: `diff` compares articles: name two files"
        )));
    }
    // A pipe, or `/dev/null`, which git names where a version has no such file.
    if path.exists() {
        let mut file = std::fs::File::open(path).map_err(open)?;
        return one(name, None, bytes(name, &mut file).map_err(open)?, config);
    }
    if let Some((file, record)) = name.rsplit_once('#').filter(|(file, _)| Path::new(file).is_file()) {
        return one(file, Some(record), Input::Path(PathBuf::from(file)), config);
    }
    if git::is_revision(name) {
        let bytes = git::blob(name).map_err(|error| {
            Trouble::Usage(format!("failed to read {name}: {error}\nhelp: write REV:PATH, with a path from the root of the repository or one that starts with ./"))
        })?;
        return one(name, None, Input::Bytes { name: name.to_owned(), bytes }, config);
    }
    Err(open(io::Error::new(io::ErrorKind::NotFound, "no such file, and no file of a revision")))
}

fn bytes(name: &str, from: &mut dyn io::Read) -> io::Result<Input> {
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    Ok(Input::Bytes { name: name.to_owned(), bytes })
}

/// The one article of an input; nothing at all is an article too, which has no block.
fn one(name: &str, record: Option<&str>, input: Input, config: &Config) -> Result<Document, Trouble> {
    let is_empty = match &input {
        Input::Path(path) => path.metadata().is_ok_and(|meta| meta.len() == 0),
        Input::Bytes { bytes, .. } => bytes.is_empty(),
    };
    if is_empty {
        return Ok(Document::plain(name, ""));
    }
    let corpus = input::read_one(input, &config.corpus.read)?;
    if let Some(skipped) = corpus.skipped.first().filter(|_| corpus.documents.is_empty()) {
        return Err(Trouble::Usage(format!("failed to read {}: {}", skipped.path, skipped.reason)));
    }
    let mut documents = corpus.documents;
    if let Some(record) = record {
        documents.retain(|document| document.record.as_deref() == Some(record));
    }
    match (documents.len(), record) {
        (1, _) => Ok(documents.remove(0)),
        (0, Some(record)) => Err(Trouble::Usage(format!("{name} has no record `{record}`"))),
        (n, _) => {
            let example = documents.first().map_or("FILE#ID", |document| document.path.as_str());
            Err(Trouble::Usage(format!("{name} has {n} articles\nhelp: name one of them, such as {example}")))
        }
    }
}

fn write(found: &Difference, args: &DiffArgs) -> Result<(), Trouble> {
    let templates = output::templates(args.template.as_deref())?;
    let plain = Style { templates: Some(&templates), ..Style::default() };
    let layout = match (args.side_by_side, args.word_diff) {
        (true, _) => Layout::SideBySide,
        (_, true) => Layout::WordDiff,
        _ => Layout::Inline,
    };
    for (format, file) in
        args.output_format.iter().filter_map(|output| Some((output.format, output.file.as_deref()?)))
    {
        output::write_file(file, &|out| render_difference(found, format, layout, &plain, out))
            .map_err(|error| Trouble::File(file.display().to_string(), error))?;
    }
    let shown = args.output_format.iter().filter(|output| output.file.is_none()).map(|output| output.format);
    let formats =
        if args.output_format.is_empty() { vec![Default::default()] } else { shown.collect::<Vec<_>>() };
    let style = Style { templates: Some(&templates), ..screen::style(&args.screen) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    for format in formats {
        match render_difference(found, format, layout, &style, &mut out).and_then(|()| out.flush()) {
            // Whoever reads the output has seen enough; the exit code still says whether they differ.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                _ = out.into_parts();
                return Ok(());
            }
            other => other?,
        }
    }
    Ok(())
}
