//! The texts that `pairs` compares, and what they are called.

use crate::args::Pairs;
use crate::progress::Clock;
use crate::trouble::Trouble;
use crate::{Outcome, input, screen, settings};
use rayon::iter::{ParallelBridge, ParallelIterator};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use twicetold::corpus::{Corpus, LineIndex, Position, Skipped};
use twicetold::pipeline::{Collection, Needs, Part, Progress, Stage};
use twicetold::read::{Chunks, Format, Lines};
use twicetold::segment::segment_all;

/// What texts are called.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// The names of all texts, one behind the other.
    names: String,
    ends: Vec<usize>,
    /// Where each text stands, if it is a block of a file.
    places: Vec<(Position, Position)>,
    /// For each text its document, by its place in `paths`.
    documents: Vec<u32>,
    paths: Vec<String>,
}

impl Labels {
    fn push(&mut self, name: &str) {
        self.names.push_str(name);
        self.ends.push(self.names.len());
    }

    fn append(&mut self, other: &Self) {
        let base = self.names.len();
        self.names.push_str(&other.names);
        self.ends.extend(other.ends.iter().map(|end| base + end));
    }

    /// The name of a text.
    pub(crate) fn name(&self, text: u32) -> &str {
        let text = text as usize;
        let start = text.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.names[start..self.ends[text]]
    }

    /// The name without what would break a line of fields.
    pub(crate) fn field(&self, text: u32) -> Cow<'_, str> {
        let name = self.name(text);
        if name.contains(char::is_control) {
            return Cow::Owned(name.replace(char::is_control, " "));
        }
        Cow::Borrowed(name)
    }

    /// Where a block stands in its file.
    pub(crate) fn place(&self, text: u32) -> Option<Value> {
        let (start, end) = self.places.get(text as usize)?;
        let path = &self.paths[self.documents[text as usize] as usize];
        let position = |at: &Position| json!({ "byte": at.byte, "line": at.line, "column": at.column });
        Some(json!({ "path": path, "start": position(start), "end": position(end) }))
    }
}

/// The compared blocks of all articles.
pub(crate) fn block_texts(
    args: &Pairs,
    needs: Needs,
    clock: &Clock,
) -> Result<(Collection, Labels, Outcome), Trouble> {
    clock.start(Stage::Read, 0);
    let settings = settings::settle(&args.input, &args.config)?;
    let corpus = input::told_corpus(&args.input, &settings.read, args.screen.quiet)?;
    clock.start(Stage::Survey, corpus.documents.len() as u64);
    let needs = needs.for_bytes(corpus.documents.iter().map(|document| document.text.len() as u64).sum());
    let blocks = segment_all(&corpus.documents, &settings.furniture);
    let (mut collection, mut labels) = (Collection::default(), Labels::default());
    let mut part = Part::new(needs, 0);
    for (number, (document, blocks)) in (0..).zip(corpus.documents.iter().zip(&blocks)) {
        clock.add_bytes(document.text.len() as u64);
        let index = LineIndex::new(document);
        for block in blocks.iter().filter(|block| block.kind.is_compared()) {
            let (start, end) = index.positions(block.span);
            part.push(block.span.of(&document.text), document.metadata.series.as_deref());
            labels.push(&format!("{}:{}", document.path, start.line));
            labels.places.push((start, end));
            labels.documents.push(number);
        }
        labels.paths.push(document.path.clone());
        clock.advance(1);
    }
    collection.append(part.finish());
    Ok((collection, labels, outcome(&corpus)))
}

/// Every record of `.jsonl` files, as a stream; every other article as one text.
pub(crate) fn record_texts(
    args: &Pairs,
    needs: Needs,
    clock: &Clock,
) -> Result<(Collection, Labels, Outcome), Trouble> {
    let is_stream = |path: &Path| {
        let name = if path == Path::new("-") { Path::new(&args.input.stdin_filename) } else { path };
        let extension = name.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let is_lines = match args.input.input_format.and_then(|format| format.0) {
            Some(format) => format == Format::JsonLines,
            None => matches!(extension.as_deref(), Some("jsonl" | "ndjson")),
        };
        is_lines && args.input.encoding.is_none() && !path.is_dir()
    };
    let (streams, others): (Vec<PathBuf>, Vec<PathBuf>) =
        args.input.paths.iter().cloned().partition(|path| is_stream(path));
    // How long standard input is nobody knows, nor what folders and lists of paths hold.
    let length = |path: &PathBuf| std::fs::metadata(path).map_or(u64::MAX, |meta| meta.len());
    let is_known = others.is_empty() && args.input.files_from.is_none();
    let bytes = if is_known { streams.iter().map(length).fold(0, u64::saturating_add) } else { u64::MAX };
    let needs = needs.for_bytes(bytes);
    let (mut collection, mut labels) = (Collection::default(), Labels::default());
    let mut result = Outcome::Clean;
    if !others.is_empty() || args.input.files_from.is_some() || streams.is_empty() {
        clock.start(Stage::Read, 0);
        let input = args.input.with_paths(others);
        let read = settings::settle(&input, &args.config)?.read;
        let corpus = input::told_corpus(&input, &read, args.screen.quiet)?;
        let mut part = Part::new(needs, 0);
        for document in &corpus.documents {
            clock.add_bytes(document.text.len() as u64);
            part.push(&document.text, document.metadata.series.as_deref());
            labels.push(document.id());
        }
        collection.append(part.finish());
        result = outcome(&corpus);
    }
    for path in streams {
        let shown = path.display().to_string();
        let (input, length): (Box<dyn Read + Send>, u64) = if path == Path::new("-") {
            (Box::new(io::stdin()), 0)
        } else {
            let file = File::open(&path).map_err(|error| Trouble::Open(shown.clone(), error))?;
            let length = file.metadata().map_or(0, |meta| meta.len());
            (Box::new(file), length)
        };
        clock.start(Stage::Read, length);
        let mut skipped = Vec::new();
        let chunks = Chunks::new(input).enumerate().par_bridge();
        let read = |(number, lines): (usize, Result<Lines, _>)| {
            let chunk = lines.map(|lines| read_chunk(&lines, &shown, needs))?;
            clock.add_bytes(chunk.bytes);
            clock.advance(chunk.bytes);
            Ok((number, chunk))
        };
        let mut chunks: Vec<(usize, Chunk)> = chunks
            .map(read)
            .collect::<Result<_, twicetold::read::Error>>()
            .map_err(|error| Trouble::Stream(shown.clone(), error))?;
        chunks.sort_unstable_by_key(|(number, _)| *number);
        for (_, chunk) in chunks {
            collection.append(chunk.part);
            labels.append(&chunk.labels);
            skipped.extend(chunk.skipped);
        }
        if !args.screen.quiet {
            screen::tell_skipped(&skipped);
        }
    }
    Ok((collection, labels, result))
}

struct Chunk {
    part: Part,
    labels: Labels,
    skipped: Vec<Skipped>,
    bytes: u64,
}

fn read_chunk(lines: &Lines, path: &str, needs: Needs) -> Chunk {
    let mut chunk = Chunk {
        part: Part::new(needs, lines.len()),
        labels: Labels::default(),
        skipped: Vec::new(),
        bytes: lines.len() as u64,
    };
    for record in lines.records() {
        match record {
            Ok(record) => {
                chunk.part.push(&record.text, record.series.as_deref());
                chunk.labels.push(&record.id);
            }
            Err((number, reason)) => chunk.skipped.push(Skipped {
                path: path.to_owned(),
                reason: format!("line {number}: {reason}"),
                was_named: false,
                is_other_kind: false,
            }),
        }
    }
    chunk.part = chunk.part.finish();
    chunk
}

fn outcome(corpus: &Corpus) -> Outcome {
    if corpus.skipped.iter().any(|skipped| skipped.was_named) { Outcome::Incomplete } else { Outcome::Clean }
}
