//! What each stage costs a byte, next to a plain reading of the same bytes.
//!
//! The input is the seeds, grown by a seeded generator to about a megabyte of articles; it is made
//! outside the timed part. See `benches/README.md` for figures.

#![allow(missing_docs, reason = "criterion's macros make public items")]

mod grown;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use twicetold::corpus::{Block, Corpus, Document};
use twicetold::extract::Extractor;
use twicetold::fingerprint::{Fingerprint, fingerprint};
use twicetold::matching::{MatchOptions, Unit, copies};
use twicetold::pipeline::{Settings, Silent, run};
use twicetold::read::{Input, ReadOptions, read};
use twicetold::rules::RuleSet;
use twicetold::segment::{Furniture, segment};

fn stages(criterion: &mut Criterion) {
    let documents = grown::documents(1_000_000);
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let furniture = Furniture::builtin();
    let blocks: Vec<Vec<Block>> = documents.iter().map(|document| segment(document, &furniture)).collect();
    let prints: Vec<Vec<Fingerprint>> =
        documents.iter().zip(&blocks).map(|(document, blocks)| print(document, blocks)).collect();
    let rules = RuleSet::builtin();
    let extractor = Extractor::compile(&rules);
    let corpus = Corpus { documents: documents.clone(), skipped: Vec::new() };
    let inputs: Vec<Input> = documents
        .iter()
        .map(|document| Input::Bytes {
            name: document.path.clone(),
            bytes: document.text.clone().into_bytes(),
        })
        .collect();

    let mut group = criterion.benchmark_group("stages");
    group.throughput(Throughput::Bytes(bytes as u64)).sample_size(20);
    group.bench_function("split on blanks (peer)", |bencher| {
        bencher.iter(|| {
            documents.iter().map(|document| document.text.split_whitespace().count()).sum::<usize>()
        });
    });
    group
        .bench_function("read", |bencher| bencher.iter(|| read(black_box(&inputs), &ReadOptions::default())));
    group.bench_function("segment", |bencher| {
        bencher.iter(|| documents.iter().map(|document| segment(document, &furniture).len()).sum::<usize>());
    });
    group.bench_function("fingerprint", |bencher| {
        bencher.iter(|| {
            documents
                .iter()
                .zip(&blocks)
                .map(|(document, blocks)| print(document, blocks).len())
                .sum::<usize>()
        });
    });
    group.bench_function("match", |bencher| {
        let units = units(&prints);
        bencher.iter(|| copies(black_box(&units), &MatchOptions::default()).len());
    });
    group.bench_function("extract", |bencher| {
        bencher.iter(|| {
            documents
                .iter()
                .zip(&blocks)
                .map(|(document, blocks)| extractor.claims(document, blocks).len())
                .sum::<usize>()
        });
    });
    group.bench_function("whole", |bencher| {
        bencher.iter(|| run(black_box(&corpus), &rules, &Settings::default(), &Silent).1.len());
    });
    group.finish();
}

fn print(document: &Document, blocks: &[Block]) -> Vec<Fingerprint> {
    blocks
        .iter()
        .filter(|block| block.kind.is_compared())
        .map(|block| fingerprint(&document.text, block.span))
        .collect()
}

fn units(prints: &[Vec<Fingerprint>]) -> Vec<Unit<'_>> {
    let of_document = |(document, prints): (usize, &'_ Vec<Fingerprint>)| -> Vec<(usize, usize)> {
        (0..prints.len()).map(|position| (document, position)).collect()
    };
    prints
        .iter()
        .enumerate()
        .flat_map(of_document)
        .map(|(document, position)| Unit {
            document,
            position,
            print: &prints[document][position],
            series: None,
            seniority: document,
        })
        .collect()
}

criterion_group!(benches, stages);
criterion_main!(benches);
