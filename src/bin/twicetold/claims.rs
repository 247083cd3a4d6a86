//! `twicetold claims`: every claim that is read, of what, with what value, and who says so.

use crate::args::{ClaimFormat, Claims};
use crate::lines::Places;
use crate::trouble::Trouble;
use crate::{Outcome, input, screen, settings};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use serde_json::{Map, Value, json};
use std::io::{self, IsTerminal, Write};
use twicetold::config::Config;
use twicetold::corpus::{Block, Document, LineIndex};
use twicetold::extract::{Claim, Extractor};
use twicetold::rules::RuleSet;
use twicetold::segment::segment_all;

/// Documents that are read before their claims are written: what is kept at once stays small.
const BATCH: usize = 256;
/// Columns of the key and of the value in a table.
const KEY_COLUMNS: usize = 44;
const VALUE_COLUMNS: usize = 26;
/// The columns of a CSV file.
const HEADER: [&str; 11] =
    ["doc", "line", "rule", "key", "value", "as_of", "since", "hedged", "reported", "speaker", "quote"];

/// Runs the verb.
pub(crate) fn run(args: &Claims) -> Result<Outcome, Trouble> {
    screen::set_threads(&args.threads)?;
    if args.input.show_files {
        return settings::show_files(&args.input, &args.config.file);
    }
    let config = settings::with_rules(&args.input, &args.config, &args.date)?;
    let corpus = input::told_corpus(&args.input, &config.corpus.read, args.screen.quiet)?;
    let default = if io::stdout().is_terminal() { ClaimFormat::Table } else { ClaimFormat::JsonLines };
    let format = args.output_format.unwrap_or(default);
    let blocks = segment_all(&corpus.documents, &config.corpus.furniture);
    let documents: Vec<(&Document, &Vec<Block>)> = corpus.documents.iter().zip(&blocks).collect();
    let list = Lister {
        config: &config,
        extractor: Extractor::compile(&config.rules).reading(config.corpus.date_order),
        rule: args.rule.as_deref(),
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    if format == ClaimFormat::Csv {
        out.write_all(&row(&HEADER.map(str::to_owned), b','))?;
    }
    for batch in documents.chunks(BATCH) {
        let written: Vec<Vec<u8>> =
            batch.par_iter().map(|(document, blocks)| list.written(document, blocks, format)).collect();
        written.iter().try_for_each(|bytes| out.write_all(bytes))?;
    }
    out.flush()?;
    Ok(if corpus.skipped.iter().any(|skipped| skipped.was_named) {
        Outcome::Incomplete
    } else {
        Outcome::Clean
    })
}

struct Lister<'a> {
    config: &'a Config,
    extractor: Extractor<'a>,
    rule: Option<&'a str>,
}

impl Lister<'_> {
    fn rules(&self) -> &RuleSet {
        &self.config.rules
    }

    fn written(&self, document: &Document, blocks: &[Block], format: ClaimFormat) -> Vec<u8> {
        let mut claims = self.extractor.claims(document, blocks);
        claims.retain(|claim| self.rule.is_none_or(|rule| self.rules().rules[claim.rule].id == rule));
        claims.sort_by_key(|claim| (claim.span.start, claim.rule));
        match format {
            ClaimFormat::Table => self.table(document, &claims),
            ClaimFormat::JsonLines => self.json_lines(document, &claims),
            ClaimFormat::Csv => self.rows(document, &claims, b','),
            ClaimFormat::Tsv => self.rows(document, &claims, b'\t'),
        }
    }

    fn table(&self, document: &Document, claims: &[Claim]) -> Vec<u8> {
        if claims.is_empty() {
            return Vec::new();
        }
        let index = LineIndex::new(document);
        let mut out = format!("{}\n", document.path);
        for claim in claims {
            let line = index.line(claim.span.start);
            let (key, value) =
                (short(&claim.key, KEY_COLUMNS), short(&claim.value.to_string(), VALUE_COLUMNS));
            let rule = &self.rules().rules[claim.rule].id;
            let told = told(claim);
            let line = format!("{line:>6}  {rule:<20}  {key:<KEY_COLUMNS$}  {value:<VALUE_COLUMNS$}  {told}");
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out.into_bytes()
    }

    /// `start` and `end` count code points of the text as read; `at` is the place in the file.
    fn json_lines(&self, document: &Document, claims: &[Claim]) -> Vec<u8> {
        let mut places = Places::new(document);
        let mut out = Vec::new();
        // Several claims may stand in one sentence: places are asked for in order.
        let (mut last, mut range) = (None, (0, 0));
        for claim in claims {
            if last != Some(claim.span) {
                range = (places.code_points(claim.span.start), places.code_points(claim.span.end));
                last = Some(claim.span);
            }
            let rule = &self.rules().rules[claim.rule];
            let slots: Map<String, Value> = rule
                .slots
                .iter()
                .zip(&claim.slots)
                .filter_map(|(name, slot)| Some((name.clone(), json!(slot.as_ref()?.normal))))
                .collect();
            let line = json!({
                "doc": document.id(),
                "rule": rule.id,
                "key": claim.key,
                "kind": claim.value.kind(),
                "value": claim.value.to_string(),
                "as_of": as_of(document, claim),
                "since": claim.since.as_ref().map(twicetold::value::DateSet::edtf),
                "hedged": claim.certainty.is_hedged,
                "reported": claim.certainty.is_reported,
                "speaker": claim.speaker,
                "slots": slots,
                "start": range.0,
                "end": range.1,
                "quote": claim.span.of(&document.text),
                "of": claim.value_span.of(&document.text),
                "at": places.in_file(claim.span),
            });
            out.extend(format!("{line}\n").into_bytes());
        }
        out
    }

    fn rows(&self, document: &Document, claims: &[Claim], separator: u8) -> Vec<u8> {
        let index = LineIndex::new(document);
        let fields = |claim: &Claim| {
            let flag = |is: bool| if is { "yes" } else { "" }.to_owned();
            let quote = claim.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
            [
                document.id().to_owned(),
                index.line(claim.span.start).to_string(),
                self.rules().rules[claim.rule].id.clone(),
                claim.key.clone(),
                claim.value.to_string(),
                as_of(document, claim).unwrap_or_default(),
                claim.since.as_ref().map(twicetold::value::DateSet::edtf).unwrap_or_default(),
                flag(claim.certainty.is_hedged),
                flag(claim.certainty.is_reported),
                claim.speaker.clone().unwrap_or_default(),
                quote,
            ]
        };
        claims.iter().flat_map(|claim| row(&fields(claim), separator)).collect()
    }
}

/// The day that a claim speaks from, unless the sentence has a time of its own.
fn as_of(document: &Document, claim: &Claim) -> Option<String> {
    document.metadata.published.filter(|_| !claim.has_own_time).map(|day| day.to_string())
}

/// How a claim is told, in words.
fn told(claim: &Claim) -> String {
    let mut told: Vec<String> = Vec::new();
    told.extend(claim.certainty.is_hedged.then(|| "hedged".to_owned()));
    told.extend(claim.is_not_yet.then(|| "not yet".to_owned()));
    told.extend(claim.speaker.as_ref().map(|speaker| format!("said by {speaker}")));
    told.join(", ")
}

fn short(text: &str, columns: usize) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).collect();
    match plain.char_indices().nth(columns) {
        Some(_) => plain.chars().take(columns - 1).chain(['…']).collect(),
        None => plain,
    }
}

fn row(fields: &[String; 11], separator: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    writer.write_record(fields).expect("a record is written to memory");
    writer.into_inner().expect("memory is never full half-way")
}
