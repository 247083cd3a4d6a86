//! `twicetold blocks`: what each block is taken for, and why.

use crate::args::{Blocks, ListFormat};
use crate::lines::Places;
use crate::trouble::Trouble;
use crate::{Outcome, input, settings};
use serde_json::json;
use std::io::{self, IsTerminal, Write};
use twicetold::corpus::{Block, Document, LineIndex};
use twicetold::segment::segment_all;

/// Columns of the text in a table.
const TEXT_COLUMNS: usize = 60;

/// Runs the verb.
pub(crate) fn run(args: &Blocks) -> Result<Outcome, Trouble> {
    if args.input.show_files {
        return settings::show_files(&args.input, &args.config);
    }
    let settings = settings::settle(&args.input, &args.config)?;
    let corpus = input::told_corpus(&args.input, &settings.read, args.quiet)?;
    let default = if io::stdout().is_terminal() { ListFormat::Table } else { ListFormat::JsonLines };
    let blocks = segment_all(&corpus.documents, &settings.furniture);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (document, blocks) in corpus.documents.iter().zip(&blocks) {
        match args.output_format.unwrap_or(default) {
            ListFormat::Table => table(document, blocks, &mut out)?,
            ListFormat::JsonLines => json_lines(document, blocks, &mut out)?,
        }
    }
    out.flush()?;
    Ok(if corpus.skipped.iter().any(|skipped| skipped.was_named) {
        Outcome::Incomplete
    } else {
        Outcome::Clean
    })
}

/// The language of a document, or `und` where nobody knows it.
fn language(document: &Document) -> &str {
    document.metadata.lang.as_deref().unwrap_or("und")
}

fn table(document: &Document, blocks: &[Block], out: &mut dyn Write) -> io::Result<()> {
    let index = LineIndex::new(document);
    writeln!(out, "{} ({})", document.path, language(document))?;
    for block in blocks {
        let text: String = block.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = text.chars().filter(|c| !c.is_control()).take(TEXT_COLUMNS).collect();
        writeln!(
            out,
            "{:>6}  {:<9}  {:<44}  {short}",
            index.line(block.span.start),
            block.kind.name(),
            block.reason
        )?;
    }
    Ok(())
}

/// `start` and `end` count code points of the text as read; `at` is the place in the file.
fn json_lines(document: &Document, blocks: &[Block], out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(document);
    for block in blocks {
        let line = json!({
            "doc": document.id(),
            "block": block.kind.name(),
            "start": places.code_points(block.span.start),
            "end": places.code_points(block.span.end),
            "text": block.span.of(&document.text),
            "reason": block.reason,
            "lang": language(document),
            "at": places.in_file(block.span),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
