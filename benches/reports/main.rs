//! What reports and differences cost, next to writing the same report as JSON and to a plain difference of the same words.

#![allow(missing_docs, reason = "criterion's macros make public items")]

#[path = "../stages/grown.rs"]
mod grown;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use similar::{Algorithm, capture_diff_slices};
use std::hint::black_box;
use std::io;
use twicetold::collation::{Witness, collate};
use twicetold::corpus::{Block, Corpus, Document};
use twicetold::extract::Extractor;
use twicetold::findings::Scope;
use twicetold::pipeline::{Settings, Silent, Tools, run};
use twicetold::report::diff::{DiffFormat, Layout, difference, render_difference};
use twicetold::report::{Format, Report, Resolved, Style, render, resolve};
use twicetold::rules::RuleSet;
use twicetold::segment::{Furniture, segment};

/// The report of half a megabyte of articles.
fn report() -> Report {
    let rules = RuleSet::builtin();
    let corpus = Corpus { documents: grown::documents(500_000), skipped: Vec::new() };
    let settings = Settings::default();
    let (surveys, findings) = run(&corpus, &Tools::new(&rules), &settings, &Silent, None);
    let scope = Scope::default();
    resolve(Resolved {
        scope: &scope,
        corpus: &corpus,
        surveys: &surveys,
        findings: &findings,
        rules: &rules,
        settings: &settings,
    })
}

fn formats(criterion: &mut Criterion) {
    let report = report();
    let mut group = criterion.benchmark_group("reports");
    group.throughput(Throughput::Elements(report.findings.len() as u64)).sample_size(20);
    for (name, format) in [
        ("json (peer)", Format::Json),
        ("html", Format::Html),
        ("markdown", Format::Markdown),
        ("csv", Format::Csv),
        ("full", Format::Full),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| render(black_box(&report), format, &Style::default(), &mut io::sink()));
        });
    }
    group.finish();
}

/// Two versions of a long article: each third paragraph edited, each fifth moved.
fn versions() -> [Document; 2] {
    let text: Vec<String> = grown::documents(60_000)
        .iter()
        .flat_map(|document| document.text.split('\n').map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| line.len() > 60)
        .collect();
    let mut other: Vec<String> = text
        .iter()
        .enumerate()
        .map(|(at, line)| if at % 3 == 0 { line.replace(" the ", " that ") } else { line.clone() })
        .collect();
    (0..other.len() / 5).for_each(|at| other.swap(at * 5, at * 5 + 2));
    [Document::plain("a.txt", text.join("\n\n")), Document::plain("b.txt", other.join("\n\n"))]
}

fn differences(criterion: &mut Criterion) {
    let rules = RuleSet::builtin();
    let extractor = Extractor::compile(&rules);
    let documents = versions();
    let furniture = Furniture::builtin();
    let blocks: Vec<Vec<Block>> = documents.iter().map(|document| segment(document, &furniture)).collect();
    let witnesses: Vec<Witness<'_>> = documents
        .iter()
        .zip(&blocks)
        .map(|(document, blocks)| Witness::new(document, blocks, false))
        .collect();
    let mut group = criterion.benchmark_group("differences");
    group
        .throughput(Throughput::Bytes(documents.iter().map(|document| document.text.len() as u64).sum()))
        .sample_size(10);
    group.bench_function("words of the whole (peer)", |bencher| {
        let words: Vec<Vec<&str>> =
            documents.iter().map(|document| document.text.split_whitespace().collect()).collect();
        bencher.iter(|| capture_diff_slices(Algorithm::Myers, black_box(&words[0]), &words[1]).len());
    });
    group.bench_function("collate, with facts", |bencher| {
        bencher.iter(|| collate(black_box(&witnesses), extractor.speech()).rows.len());
    });
    let found = difference(&witnesses, &collate(&witnesses, extractor.speech()));
    group.bench_function("full", |bencher| {
        bencher.iter(|| {
            render_difference(&found, DiffFormat::Full, Layout::Inline, &Style::default(), &mut io::sink())
        });
    });
    group.finish();
}

criterion_group!(benches, formats, differences);
criterion_main!(benches);
