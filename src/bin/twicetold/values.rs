//! `twicetold values`: every value of articles, where it stands and what it means.

use crate::args::{ListFormat, Values};
use crate::lines::Places;
use crate::trouble::Trouble;
use crate::{Outcome, input, screen, settings};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use serde_json::{Map, json};
use std::io::{self, IsTerminal, Write};
use twicetold::corpus::{Block, BlockKind, Document, LineIndex, Span};
use twicetold::segment::{DATELINE, segment_all};
use twicetold::value::{DateOrder, DateSet, Days, NumberSet, Reader, Reading, Value, tokens};

/// Documents that are read before their values are written: what is kept at once stays small.
const BATCH: usize = 256;
/// Columns of the text in a table.
const TEXT_COLUMNS: usize = 40;

/// A value of a document and where it stands.
struct Row {
    span: Span,
    value: Value,
}

/// Runs the verb.
pub(crate) fn run(args: &Values) -> Result<Outcome, Trouble> {
    screen::set_threads(&args.threads)?;
    if args.input.show_files {
        return settings::show_files(&args.input, &args.config);
    }
    let settings = settings::settle(&args.input, &args.config)?;
    let order = args.date.order().unwrap_or(settings.date_order);
    let corpus = input::told_corpus(&args.input, &settings.read, args.screen.quiet)?;
    let default = if io::stdout().is_terminal() { ListFormat::Table } else { ListFormat::JsonLines };
    let format = args.output_format.unwrap_or(default);
    let blocks = segment_all(&corpus.documents, &settings.furniture);
    let documents: Vec<(&Document, &Vec<Block>)> = corpus.documents.iter().zip(&blocks).collect();
    let mut out = io::BufWriter::new(io::stdout().lock());
    for batch in documents.chunks(BATCH) {
        let written: Vec<Vec<u8>> = batch
            .par_iter()
            .map(|(document, blocks)| {
                let rows = rows(document, blocks, order);
                match format {
                    ListFormat::Table => table(document, &rows),
                    ListFormat::JsonLines => json_lines(document, &rows),
                }
            })
            .collect();
        written.iter().try_for_each(|bytes| out.write_all(bytes))?;
    }
    out.flush()?;
    Ok(if corpus.skipped.iter().any(|skipped| skipped.was_named) {
        Outcome::Incomplete
    } else {
        Outcome::Clean
    })
}

/// The values of a document without its code and its furniture but the dateline; of one that is nothing else, all.
fn rows(document: &Document, blocks: &[Block], order: DateOrder) -> Vec<Row> {
    let is_read = |block: &&Block| match block.kind {
        BlockKind::Furniture => block.reason == DATELINE,
        kind => kind != BlockKind::Code,
    };
    let is_bare = !blocks.iter().any(|block| is_read(&block));
    let reading = Reading { dateline: document.metadata.published, order };
    let reader = Reader::new(document.metadata.lang.as_deref(), reading);
    let mut anchor = None;
    let mut rows = Vec::new();
    for block in blocks.iter().filter(|block| is_bare || is_read(block)) {
        let tokens = tokens(block.span.of(&document.text), block.span.start as usize);
        let found = reader.values(&tokens, &mut anchor);
        rows.extend(found.into_iter().map(|found| {
            let (first, last) = (&tokens[found.tokens.start], &tokens[found.tokens.end - 1]);
            Row { span: first.span.join(last.span), value: found.value }
        }));
    }
    rows
}

fn table(document: &Document, rows: &[Row]) -> Vec<u8> {
    let index = LineIndex::new(document);
    let mut out = format!("{}\n", document.path);
    for row in rows {
        let text: String = row.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = text.chars().filter(|c| !c.is_control()).take(TEXT_COLUMNS).collect();
        let line = index.line(row.span.start);
        out.push_str(&format!(
            "{line:>6}  {:<11}  {short:<TEXT_COLUMNS$}  {}\n",
            row.value.kind(),
            row.value
        ));
    }
    out.into_bytes()
}

/// `start` and `end` count code points of the text as read; `at` is the place in the file.
fn json_lines(document: &Document, rows: &[Row]) -> Vec<u8> {
    let mut places = Places::new(document);
    let mut out = Vec::new();
    for row in rows {
        let mut line = Map::new();
        line.insert("doc".to_owned(), json!(document.id()));
        line.insert("start".to_owned(), json!(places.code_points(row.span.start)));
        line.insert("end".to_owned(), json!(places.code_points(row.span.end)));
        line.insert("text".to_owned(), json!(row.span.of(&document.text)));
        line.insert("kind".to_owned(), json!(row.value.kind()));
        line.extend(fields(&row.value));
        line.insert("value".to_owned(), json!(normal(&row.value)));
        line.insert("at".to_owned(), places.in_file(row.span));
        out.extend(serde_json::Value::Object(line).to_string().into_bytes());
        out.push(b'\n');
    }
    out
}

/// The normal form, which compares and sorts: EDTF, interval notation, ISO 8601 durations.
fn normal(value: &Value) -> String {
    match value {
        Value::Count(set) | Value::Percent(set) | Value::Points(set) => set.normal(),
        Value::Money(set, unit) | Value::Quantity(set, unit) => format!("{} {}", set.normal(), unit.name()),
        Value::Age(age) => format!("{} {}", age.amount.normal(), age.unit),
        Value::Ordinal(rank) => rank.normalize().to_string(),
        other => other.to_string(),
    }
}

fn fields(value: &Value) -> Map<String, serde_json::Value> {
    let mut map = Map::new();
    let mut set = |key: &str, value: serde_json::Value| _ = map.insert(key.to_owned(), value);
    match value {
        Value::Date(date) => return date_fields(date),
        Value::Vague(reference) => set("ref", json!(reference)),
        Value::Duration(duration) => {
            set("months", number(&duration.length.months));
            set("seconds", number(&duration.length.seconds));
        }
        Value::Count(amount) | Value::Percent(amount) | Value::Points(amount) => {
            return amount_fields(amount, None);
        }
        Value::Money(amount, unit) | Value::Quantity(amount, unit) => {
            return amount_fields(amount, Some(unit.name()));
        }
        Value::Age(age) => return amount_fields(&age.amount, Some(age.unit)),
        Value::Ordinal(rank) => {
            set("min", json!(rank.normalize().to_string()));
            set("max", json!(rank.normalize().to_string()));
        }
        Value::Score(one, other) | Value::Ratio(one, other) => {
            set("sides", json!([one.to_string(), other.to_string()]))
        }
        Value::Recurring | Value::YesNo(_) | Value::Place(_) | Value::Name(_) | Value::Roles(..) => {}
    }
    map
}

/// `from` and `to` are the period as named, half open; early, mid and late stand in `mod`.
fn date_fields(date: &DateSet) -> Map<String, serde_json::Value> {
    let mut map = Map::new();
    let day =
        |day: Option<_>| day.map_or(serde_json::Value::Null, |day: jiff::civil::Date| json!(day.to_string()));
    let days = |days: &Days| json!({ "from": day(days.from), "to": day(days.to) });
    map.insert("from".to_owned(), day(date.readings[0].from));
    map.insert("to".to_owned(), day(date.readings[0].to));
    map.insert("grain".to_owned(), json!(date.grain.name()));
    if date.readings.len() > 1 {
        map.insert("readings".to_owned(), json!(date.readings.iter().map(days).collect::<Vec<_>>()));
    }
    if let Some(part) = date.part {
        map.insert("mod".to_owned(), json!(part.name()));
    } else if date.is_about {
        map.insert("mod".to_owned(), json!("about"));
    }
    if let Some(length) = date.length {
        map.insert("months".to_owned(), number(&length.months));
        map.insert("seconds".to_owned(), number(&length.seconds));
    }
    map
}

fn amount_fields(set: &NumberSet, unit: Option<&str>) -> Map<String, serde_json::Value> {
    let mut map = Map::new();
    let end = |bound: Option<twicetold::value::Bound>| {
        bound.map_or(serde_json::Value::Null, |bound| json!(bound.at.normalize().to_string()))
    };
    map.insert("min".to_owned(), end(set.min));
    map.insert("max".to_owned(), end(set.max));
    if let Some(unit) = unit {
        map.insert("unit".to_owned(), json!(unit));
    }
    if let Some(blur) = set.blur {
        map.insert("mod".to_owned(), json!(blur.name()));
    }
    map
}

/// A JSON number with the digits of the decimal.
fn number(decimal: &rust_decimal::Decimal) -> serde_json::Value {
    serde_json::from_str(&decimal.normalize().to_string()).unwrap_or(serde_json::Value::Null)
}
