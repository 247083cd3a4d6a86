//! Archives as they come, and archives around the bytes as the main part.
#![no_main]

#[path = "../check.rs"]
mod fuzz;

use std::io::Write;
use zip::write::{SimpleFileOptions, ZipWriter};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    fuzz::check("fuzz.docx", bytes);
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("word/document.xml", options).expect("memory can be written");
    archive.write_all(bytes).expect("memory can be written");
    let archive = archive.finish().expect("memory can be written").into_inner();
    fuzz::check("fuzz.docx", &archive);
});
