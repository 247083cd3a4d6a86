//! What each stage costs a byte, next to a plain reading of the same bytes.
//!
//! The input is the seeds, grown by a seeded generator to about a megabyte of articles; it is made
//! outside the timed part. See `benches/README.md` for figures.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod grown;

use criterion::{
    BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime,
};
use std::hint::black_box;
use twicetold::copies::{CopyOptions, Unit, copies};
use twicetold::corpus::{Block, Corpus, Dateline, Document, Span};
use twicetold::drift::Comparer;
use twicetold::extract::Extractor;
use twicetold::fingerprint::{Print, shingle_hashes, word_hashes};
use twicetold::matching::{
    Batch, BatchBuilder, Join, Measure, Partitions, Passages, Rarity, Ratio, Texts, align,
};
use twicetold::pipeline::{Settings, Silent, Tools, run};
use twicetold::read::{Input, ReadOptions, read};
use twicetold::rules::RuleSet;
use twicetold::segment::{Furniture, segment, sentences};
use twicetold::value::{DateOrder, Reader, Reading, tokens};

fn stages(criterion: &mut Criterion) {
    let documents = grown::documents(1_000_000);
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let furniture = Furniture::builtin();
    let blocks: Vec<Vec<Block>> = documents.iter().map(|document| segment(document, &furniture)).collect();
    let units = units(&documents, &blocks);

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("split on blanks (peer)", |bencher| {
        bencher.iter(|| {
            documents.iter().map(|document| document.text.split_whitespace().count()).sum::<usize>()
        });
    });
    reading(&mut group, &documents, &blocks, &units);
    matching(&mut group, &units);
    claims(&mut group, &documents, &blocks);
    group.finish();
    values(criterion, &documents, &blocks);
    drift(criterion);
}

/// A near pair of one paragraph each, with one other figure: the comparison with reading whom they name, and without.
fn drift(criterion: &mut Criterion) {
    let text = |injured: usize| {
        format!(
            "The regional train from Lowick hit a fallen tree near Tarn early on Tuesday, the railway said. About \
             {injured} passengers were treated in the hospital of Ossel, most of them for shock, and the line will stay \
             closed until Thursday evening."
        )
    };
    let documents = [Document::plain("a.txt", text(12)), Document::plain("b.txt", text(31))];
    let furniture = Furniture::builtin();
    let blocks: Vec<Vec<Block>> = documents.iter().map(|document| segment(document, &furniture)).collect();
    let rules = RuleSet::builtin();
    let extractor = Extractor::compile(&rules);
    let spans = (blocks[0][0].span, blocks[1][0].span);
    let side = |number: usize| (number, (&documents[number], blocks[number].as_slice()));
    let mut group = criterion.benchmark_group("drift");
    group.bench_function("pair of new documents", |bencher| {
        bencher.iter(|| Comparer::new(extractor.speech()).compare(side(0), side(1), spans).changes.len());
    });
    let mut comparer = Comparer::new(extractor.speech());
    group.bench_function("pair of known documents", |bencher| {
        bencher.iter(|| comparer.compare(side(0), side(1), black_box(spans)).changes.len());
    });
    group.finish();
}

fn reading(
    group: &mut BenchmarkGroup<'_, WallTime>,
    documents: &[Document],
    blocks: &[Vec<Block>],
    units: &[Unit<'_>],
) {
    let input = |document: &Document| Input::Bytes {
        name: document.path.clone(),
        bytes: document.text.clone().into_bytes(),
    };
    let inputs: Vec<Input> = documents.iter().map(input).collect();
    group
        .bench_function("read", |bencher| bencher.iter(|| read(black_box(&inputs), &ReadOptions::default())));
    let furniture = Furniture::builtin();
    group.bench_function("segment", |bencher| {
        bencher.iter(|| documents.iter().map(|document| segment(document, &furniture).len()).sum::<usize>());
    });
    group.bench_function("tokenize and shingle", |bencher| {
        let shingles =
            |unit: &Unit<'_>| shingle_hashes(&word_hashes(unit.text)).fold(0, |sum, hash| sum ^ hash);
        bencher.iter(|| units.iter().map(shingles).fold(0, |sum, hash| sum ^ hash));
    });
    group.bench_function("print", |bencher| {
        let print =
            |document: &Document, block: &Block| Print::of(&word_hashes(block.span.of(&document.text)));
        bencher.iter(|| {
            let all = documents.iter().zip(blocks);
            all.map(|(document, blocks)| blocks.iter().map(|block| print(document, block).words).sum::<u32>())
                .sum::<u32>()
        });
    });
}

/// Values next to one pass of a regular expression that only looks for digits and names of months and weekdays.
fn values(criterion: &mut Criterion, documents: &[Document], blocks: &[Vec<Block>]) {
    let texts: Vec<&str> = documents
        .iter()
        .zip(blocks)
        .flat_map(|(document, blocks)| blocks.iter().map(|block| block.span.of(&document.text)))
        .collect();
    let whole = |text: &&str| sentences(text, Span::new(0, text.len())).len();
    let count: usize = texts.iter().map(whole).sum();
    let mut group = criterion.benchmark_group("values");
    group.throughput(Throughput::Elements(count as u64)).sample_size(20);
    group.bench_function("regex over the same text (peer), in sentences", |bencher| {
        let months = "January|February|March|April|May|June|July|August|September|October|November|December";
        let days = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today|tomorrow";
        let regex =
            regex::Regex::new(&format!(r"\b(?:\d[\d.,]*|{months}|{days})\b")).expect("a regular expression");
        bencher.iter(|| texts.iter().map(|text| regex.find_iter(text).count()).sum::<usize>());
    });
    group.bench_function("values, in sentences", |bencher| {
        let reading = Reading { dateline: Dateline::parse("2024-06-19").ok(), order: DateOrder::Auto };
        let reader = Reader::new(Some("en"), reading);
        bencher.iter(|| {
            texts.iter().map(|text| reader.values(&tokens(text, 0), &mut None).len()).sum::<usize>()
        });
    });
    group.finish();
}

fn matching(group: &mut BenchmarkGroup<'_, WallTime>, units: &[Unit<'_>]) {
    let half = Ratio::HALF;
    for (name, measure) in [("join", Measure::Jaccard(half)), ("containment", Measure::Containment(half))] {
        group.bench_function(name, |bencher| {
            let left_out = vec![false; units.len()];
            bencher.iter(|| Join::new(batches(units), &left_out, measure, Rarity::ALL).pairs().len());
        });
    }
    group.bench_function("passages", |bencher| {
        bencher.iter(|| Passages::new(&Blocks(units), 8, None).all(|_, _| true).len());
    });
    group.bench_function("alignment", |bencher| {
        let words: Vec<Vec<u64>> = units.iter().map(Unit::words).collect();
        bencher.iter(|| words.windows(2).map(|pair| align(&pair[0], &pair[1]).shared()).sum::<usize>());
    });
    group.bench_function("match (all that check looks for)", |bencher| {
        bencher.iter(|| copies(black_box(units), &CopyOptions::default()).sets.len());
    });
}

fn claims(group: &mut BenchmarkGroup<'_, WallTime>, documents: &[Document], blocks: &[Vec<Block>]) {
    let rules = RuleSet::builtin();
    let extractor = Extractor::compile(&rules);
    group.bench_function("extract", |bencher| {
        bencher.iter(|| {
            let all = documents.iter().zip(blocks);
            all.map(|(document, blocks)| extractor.claims(document, blocks).len()).sum::<usize>()
        });
    });
    // Fifty rules whose words occur, alone and among 950 that cannot match.
    for n_rules in [50, 1_000] {
        let rules = many_rules(n_rules);
        let extractor = Extractor::compile(&rules);
        group.bench_function(format!("extract, {n_rules} rules"), |bencher| {
            bencher.iter(|| {
                let all = documents.iter().zip(blocks);
                all.map(|(document, blocks)| extractor.claims(document, blocks).len()).sum::<usize>()
            });
        });
    }
    let corpus = Corpus { documents: documents.to_vec(), skipped: Vec::new() };
    let tools = Tools::new(&rules);
    group.bench_function("whole", |bencher| {
        bencher.iter(|| run(black_box(&corpus), &tools, &Settings::default(), &Silent, None).1.len());
    });
}

/// So many rules, of which the first fifty have words of the seeds.
fn many_rules(n_rules: usize) -> RuleSet {
    const WORDS: [&str; 10] = [
        "meeting", "war", "sanction", "military", "summit", "relation", "support", "visit", "leader",
        "soldier",
    ];
    let rule = |number: usize| {
        let word =
            if number < 50 { WORDS[number % WORDS.len()].to_owned() } else { format!("nowhere{number}") };
        format!(
            "[[rule]]\nid = \"r{number}\"\npatterns = [\"{{who:person|country}} ~6 {word} ~6 {{when:date}}\"]\n\
             key = [\"{{who}}\"]\nvalue = \"{{when}}\"\n"
        )
    };
    let text: String = (0..n_rules).map(rule).collect();
    RuleSet::parse("bench.toml", &format!("format = 1\npack = \"bench\"\n{text}"))
        .expect("the rules are right")
}

fn batches(units: &[Unit<'_>]) -> Vec<Batch> {
    let shingles = units.iter().map(|unit| unit.print.words as usize).sum();
    let mut builder = BatchBuilder::new(Partitions::for_shingles(shingles), shingles);
    units.iter().for_each(|unit| builder.push(shingle_hashes(&unit.words())));
    vec![builder.finish()]
}

struct Blocks<'a>(&'a [Unit<'a>]);

impl Texts for Blocks<'_> {
    fn len(&self) -> usize {
        self.0.len()
    }
    fn words(&self, text: usize) -> Vec<u64> {
        self.0[text].words()
    }
    fn total_words(&self) -> usize {
        self.0.iter().map(|unit| unit.print.words as usize).sum()
    }
}

fn units<'a>(documents: &'a [Document], blocks: &[Vec<Block>]) -> Vec<Unit<'a>> {
    let mut units = Vec::new();
    for (document, (text, blocks)) in documents.iter().zip(blocks).enumerate() {
        let compared = blocks.iter().filter(|block| block.kind.is_compared());
        for (position, block) in compared.enumerate() {
            let text = block.span.of(&text.text);
            let print = Print::of(&word_hashes(text));
            units.push(Unit { document, position, text, print, series: None, seniority: document });
        }
    }
    units
}

criterion_group!(benches, stages);
criterion_main!(benches);
