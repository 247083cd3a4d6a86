//! What all targets do: read bytes as a format, cut the text into blocks, and lead every block back to the file.

use std::sync::LazyLock;
use twicetold::corpus::LineIndex;
use twicetold::read::{Input, ReadOptions, read};
use twicetold::segment::{Furniture, segment_all};

static FURNITURE: LazyLock<Furniture> = LazyLock::new(Furniture::builtin);

pub fn check(name: &str, bytes: &[u8]) {
    let length = bytes.len() as u64;
    let input = Input::Bytes { name: name.to_owned(), bytes: bytes.to_vec() };
    let corpus = read(&[input], &ReadOptions::default()).expect("no pattern is given");
    for (document, blocks) in corpus.documents.iter().zip(segment_all(&corpus.documents, &FURNITURE)) {
        let index = LineIndex::new(document);
        let mut last = 0;
        for block in blocks {
            assert!(block.span.start >= last && !block.span.of(&document.text).is_empty());
            last = block.span.end;
            let (start, end) = index.positions(block.span);
            assert!(start.byte <= end.byte && start.line <= end.line, "{start:?} {end:?}");
            // Places of records and of parts of archives count in texts of their own.
            assert!(name.ends_with("jsonl") || name.ends_with("docx") || end.byte <= length, "{end:?}");
            index.text(start.line);
        }
    }
}
