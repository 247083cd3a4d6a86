//! `twicetold pairs`: every pair of texts that share enough.

use crate::args::{PairFormat, Pairs, Unit};
use crate::labels::{Labels, block_texts, record_texts};
use crate::progress::Clock;
use crate::trouble::Trouble;
use crate::{Outcome, screen, settings};
use serde_json::{Map, Value, json};
use std::io::{self, IsTerminal, Write};
use twicetold::corpus::Span;
use twicetold::fingerprint::{WordList, word_hashes};
use twicetold::matching::{Edit, Measure, Pair, Ratio, Reuse, Run, align};
use twicetold::pipeline::{Collection, Needs, PairOptions, Search, Shared};

/// Runs the verb.
pub(crate) fn run(args: &Pairs) -> Result<Outcome, Trouble> {
    screen::set_threads(&args.threads)?;
    if args.input.show_files {
        return settings::show_files(&args.input, &args.config);
    }
    // Pairs that run over the screen are progress enough, and a bar would run into them.
    let clock = Clock::new(args.screen.quiet || io::stdout().is_terminal());
    let search = match (args.jaccard, args.containment, args.passage) {
        (_, Some(containment), _) => Search::Shingles(Measure::Containment(containment)),
        (_, _, Some(words)) => Search::Passages(words.into()),
        (jaccard, None, None) => Search::Shingles(Measure::Jaccard(jaccard.unwrap_or(Ratio::HALF))),
    };
    let is_passage = matches!(search, Search::Passages(_));
    let needs = Needs { texts: args.align || is_passage, shingles: !is_passage, ..Needs::default() };
    let (mut collection, labels, outcome) = match args.unit {
        Unit::Record => record_texts(args, needs, &clock)?,
        Unit::Block => block_texts(args, needs, &clock)?,
    };
    let default = if io::stdout().is_terminal() { PairFormat::Table } else { PairFormat::JsonLines };
    let format = args.output_format.unwrap_or(default);
    let mut out = io::BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let options = PairOptions { search, min_words: args.min_words as usize, is_distinct: args.distinct };
    collection.for_each_pair(options, &clock, |collection, shared| {
        let line = Line { collection, labels: &labels, shared: &shared, is_aligned: args.align };
        match format {
            PairFormat::Table => line.table(&mut out),
            PairFormat::JsonLines => line.json(&mut out),
            PairFormat::Tsv => line.tsv(&mut out),
        }
    })?;
    out.flush()?;
    clock.clear();
    if args.timings {
        screen::tell(&clock.table());
    }
    Ok(outcome)
}

/// One pair on its way out.
struct Line<'a> {
    collection: &'a Collection,
    labels: &'a Labels,
    shared: &'a Shared,
    is_aligned: bool,
}

impl Line<'_> {
    /// The two texts, what they share, and the size of each: shingles, or for passages words.
    fn numbers(&self) -> (u32, u32, [u32; 3]) {
        match self.shared {
            Shared::Shingles(Pair { a, b, overlap, .. }) => (*a, *b, [overlap.shared, overlap.a, overlap.b]),
            Shared::Passage { a, b, reuse, words } => (*a, *b, [reuse.shared() as u32, words.0, words.1]),
        }
    }

    fn tsv(&self, out: &mut impl Write) -> io::Result<()> {
        let (a, b, [overlap, size_a, size_b]) = self.numbers();
        write!(out, "{}\t{}\t{overlap}\t{size_a}\t{size_b}", self.labels.field(a), self.labels.field(b))?;
        if let Shared::Passage { reuse, .. } = self.shared {
            let Reuse { a, b, .. } = reuse;
            write!(out, "\t{}\t{}\t{}\t{}", a.start, a.end, b.start, b.end)?;
        }
        writeln!(out)
    }

    fn table(&self, out: &mut impl Write) -> io::Result<()> {
        let (a, b, [overlap, size_a, size_b]) = self.numbers();
        let unit = if matches!(self.shared, Shared::Passage { .. }) { "words" } else { "shingles" };
        let (a, b) = (self.labels.field(a), self.labels.field(b));
        writeln!(out, "{overlap:>7} of {size_a:>5} and {size_b:>5} {unit}  {a:<36}  {b}")
    }

    fn json(&self, out: &mut impl Write) -> io::Result<()> {
        let (a, b, [overlap, size_a, size_b]) = self.numbers();
        let mut line = Map::new();
        let mut set = |key: &str, value: Value| _ = line.insert(key.to_owned(), value);
        set("a", self.labels.name(a).into());
        set("b", self.labels.name(b).into());
        set("overlap", overlap.into());
        set("size_a", size_a.into());
        set("size_b", size_b.into());
        if let Shared::Passage { reuse, .. } = self.shared {
            for (side, text, run) in [("a", a, reuse.a), ("b", b, reuse.b)] {
                let text = self.collection.text(text);
                let words = WordList::of(text, Span::new(0, text.len()));
                let Run { start, end } = run;
                set(&format!("{side}_words"), json!([start, end]));
                set(&format!("{side}_bytes"), json!([words.spans[start].start, words.spans[end - 1].end]));
            }
            set("runs", reuse.runs.iter().map(|run| json!([run.a, run.b, run.words])).collect());
        }
        if self.is_aligned {
            set("alignment", self.alignment(a, b));
        }
        for (side, text) in [("a_at", a), ("b_at", b)] {
            if let Some(at) = self.labels.place(text) {
                set(side, at);
            }
        }
        writeln!(out, "{}", Value::Object(line))
    }

    /// All steps in words of either text, and behind them what was moved.
    fn alignment(&self, a: u32, b: u32) -> Value {
        let words = |text: u32| word_hashes(self.collection.text(text));
        let alignment = align(&words(a), &words(b));
        let step = |edit: &Edit| json!({ "kind": edit.kind.name(), "a": [edit.a.start, edit.a.end], "b": [edit.b.start, edit.b.end] });
        alignment.edits.iter().chain(&alignment.moved).map(step).collect()
    }
}
