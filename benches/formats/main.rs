//! What it costs to read a byte of each format, next to validating the same bytes as UTF-8.
//!
//! The input is about a megabyte of articles, grown from the seeds and written in each format; one thread.
//! See `benches/README.md` for figures.

#![allow(missing_docs, reason = "criterion's macros make public items")]

#[path = "../stages/grown.rs"]
mod grown;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use twicetold::corpus::Document;
use twicetold::read::{Input, ReadOptions, read};
use zip::write::{SimpleFileOptions, ZipWriter};

/// A format: its extension, and how an article is written in it.
type Writer = (&'static str, fn(&[String]) -> Vec<u8>);

const FORMATS: [Writer; 8] = [
    ("txt", |paragraphs| paragraphs.join("\n\n").into_bytes()),
    ("md", |paragraphs| {
        format!("---\ndate: 2024-06-19\n---\n\n# Title\n\n{}\n", paragraphs.join("\n\n")).into_bytes()
    }),
    ("html", |paragraphs| page(paragraphs).into_bytes()),
    ("docx", docx),
    ("jsonl", |paragraphs| {
        format!("{}\n", serde_json::json!({ "id": "a", "text": paragraphs.join("\n\n") })).into_bytes()
    }),
    ("ninjs", |paragraphs| {
        serde_json::json!({ "uri": "urn:x", "headline": "Title", "body_html": marked(paragraphs, "p") })
            .to_string()
            .into_bytes()
    }),
    ("newsml", |paragraphs| {
        format!("<newsItem guid=\"a\"><contentMeta><headline>Title</headline></contentMeta><contentSet><inlineXML><html><body>{}</body></html></inlineXML></contentSet></newsItem>", marked(paragraphs, "p")).into_bytes()
    }),
    ("rss", |paragraphs| {
        format!("<rss><channel><item><guid>a</guid><title>Title</title><description><![CDATA[{}]]></description></item></channel></rss>", marked(paragraphs, "p")).into_bytes()
    }),
];

fn formats(criterion: &mut Criterion) {
    let articles: Vec<Vec<String>> = grown::documents(1_000_000).iter().map(paragraphs).collect();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be made");
    let mut group = criterion.benchmark_group("formats");
    for (extension, write) in FORMATS {
        let input = |(number, article): (usize, &Vec<String>)| Input::Bytes {
            name: format!("{number}.{extension}"),
            bytes: write(article),
        };
        let inputs: Vec<Input> = articles.iter().enumerate().map(input).collect();
        let bytes = |input: &Input| match input {
            Input::Bytes { bytes, .. } => bytes.clone(),
            Input::Path(_) => Vec::new(),
        };
        let contents: Vec<Vec<u8>> = inputs.iter().map(bytes).collect();
        group
            .throughput(Throughput::Bytes(contents.iter().map(Vec::len).sum::<usize>() as u64))
            .sample_size(20);
        // An archive is no text: its peer would be unpacking.
        if extension != "docx" {
            group.bench_function(format!("{extension}: validate as UTF-8 (peer)"), |bencher| {
                bencher.iter(|| {
                    contents.iter().filter(|content| std::str::from_utf8(black_box(content)).is_ok()).count()
                });
            });
        }
        group.bench_function(format!("{extension}: read"), |bencher| {
            bencher.iter(|| {
                pool.install(|| {
                    read(black_box(&inputs), &ReadOptions::default()).map(|corpus| corpus.documents.len())
                })
            });
        });
    }
    group.finish();
}

fn paragraphs(document: &Document) -> Vec<String> {
    document.text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn marked(paragraphs: &[String], tag: &str) -> String {
    paragraphs.iter().fold(String::new(), |mut out, paragraph| {
        _ = writeln!(out, "<{tag}>{}</{tag}>", escaped(paragraph));
        out
    })
}

/// A page with about as much chrome as text.
fn page(paragraphs: &[String]) -> String {
    let links = "<li class=\"menu__item\"><a href=\"/section/news\" class=\"menu__link\">Section</a></li>\n"
        .repeat(40);
    let cards = "<div class=\"card\"><h3><a href=\"/story\">Another story of the day</a></h3><p>What it says in short.</p></div>\n".repeat(20);
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Title | Site</title></head><body><nav><ul>{links}</ul></nav>\
         <article><h1>Title</h1>\n{}</article><section class=\"related\">{cards}</section></body></html>",
        marked(paragraphs, "p")
    )
}

fn docx(paragraphs: &[String]) -> Vec<u8> {
    let runs = paragraphs.iter().fold(String::new(), |mut out, paragraph| {
        _ = write!(out, "<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escaped(paragraph));
        out
    });
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("memory can be written");
    let xml = format!("<w:document xmlns:w=\"x\"><w:body>{runs}</w:body></w:document>");
    archive.write_all(xml.as_bytes()).expect("memory can be written");
    archive.finish().expect("memory can be written").into_inner()
}

criterion_group!(benches, formats);
criterion_main!(benches);
