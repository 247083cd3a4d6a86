//! Records of a JSON Lines file as a stream, for data work: ids and texts, nothing kept.

use super::Error;
use memchr::{memchr_iter, memrchr};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::io::Read;

/// Bytes read at a time.
const CHUNK: usize = 1 << 20;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its id as given, or `L` and the number of its line.
    pub id: Cow<'a, str>,
    /// Its text.
    pub text: Cow<'a, str>,
    /// Records of one series are not compared with each other.
    pub series: Option<Cow<'a, str>>,
}

/// Some whole lines of a file.
#[derive(Debug, Default)]
pub struct Lines {
    bytes: Vec<u8>,
    /// The number of the first line, from 1.
    first: usize,
}

impl Lines {
    /// Bytes of the lines.
    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The records, and of lines that are none their numbers and the reasons.
    pub fn records(&self) -> impl Iterator<Item = Result<Record<'_>, (usize, String)>> {
        let ends = memchr_iter(b'\n', &self.bytes).chain([self.bytes.len()]);
        let lines = ends.scan(0, |start, end| Some(&self.bytes[std::mem::replace(start, end + 1)..end]));
        let lines = (self.first..).zip(lines);
        let lines =
            lines.map(|(number, line)| (number, line.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(line)));
        let lines = lines.filter(|(_, line)| !line.trim_ascii().is_empty());
        lines.map(|(number, line)| record(number, line).map_err(|reason| (number, reason)))
    }
}

/// The chunks of a file, each of whole lines and about a megabyte, or one line where that is longer.
#[derive(Debug)]
pub struct Chunks<R> {
    input: R,
    /// What was read behind the last whole line.
    rest: Vec<u8>,
    next_line: usize,
    is_done: bool,
}

impl<R: Read> Chunks<R> {
    /// Reads from the start.
    pub fn new(input: R) -> Self {
        Self { input, rest: Vec::new(), next_line: 1, is_done: false }
    }

    fn fill(&mut self) -> Result<Option<Lines>, Error> {
        // What was read behind the last line, with room for a chunk and the look behind its end.
        let mut bytes = Vec::with_capacity(self.rest.len() + CHUNK + 64);
        bytes.append(&mut self.rest);
        let mut searched = 0;
        loop {
            let n = (&mut self.input).take(CHUNK as u64).read_to_end(&mut bytes)?;
            if n == 0 {
                self.is_done = true;
                break;
            }
            if let Some(end) = memrchr(b'\n', &bytes[searched..]) {
                self.rest = bytes.split_off(searched + end + 1);
                break;
            }
            searched = bytes.len();
            if searched as u64 > super::MAX_DOCUMENT {
                return Err(Error::TooLarge { size: searched as u64, limit: super::MAX_DOCUMENT });
            }
        }
        let first = self.next_line;
        self.next_line += memchr_iter(b'\n', &bytes).count();
        Ok((!bytes.is_empty()).then_some(Lines { bytes, first }))
    }
}

impl<R: Read> Iterator for Chunks<R> {
    type Item = Result<Lines, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let filled = self.fill();
        self.is_done |= filled.is_err();
        filled.transpose()
    }
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Option<Plain<'a>>,
    #[serde(borrow)]
    series: Option<Plain<'a>>,
}

fn record(number: usize, line: &[u8]) -> Result<Record<'_>, String> {
    let row: Row<'_> = serde_json::from_slice(line).map_err(|error| super::jsonl::not_an_object(&error))?;
    let text = row.text.ok_or_else(|| "no `text`".to_owned())?;
    let id = match row.id.map(RawValue::get) {
        None | Some("null" | "\"\"") => Cow::Owned(format!("L{number}")),
        Some(id) if id.starts_with('"') => {
            serde_json::from_str::<Plain<'_>>(id).map_err(|error| error.to_string())?.0
        }
        Some(id) if id.starts_with(['-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) => {
            Cow::Borrowed(id)
        }
        Some(_) => return Err("`id` is neither a text nor a number".to_owned()),
    };
    Ok(Record { id, text: text.0, series: row.series.map(|series| series.0) })
}

/// A text that borrows where it can.
#[derive(Deserialize)]
struct Plain<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::{Chunks, Record};

    fn read(bytes: &[u8]) -> Vec<Result<(String, String), (usize, String)>> {
        let mut out = Vec::new();
        for lines in Chunks::new(bytes) {
            let lines = lines.expect("memory can be read");
            let plain = |record: Record<'_>| (record.id.into_owned(), record.text.into_owned());
            out.extend(lines.records().map(|record| record.map(plain)));
        }
        out
    }

    #[test]
    fn records_and_lines_that_are_none() {
        let lines = "\u{feff}{\"id\":\"a\\n\",\"text\":\"x \\\"y\\\"\",\"more\":[1,{}]}\r\n\n{\"id\":7,\"text\":\"y\"}\n{oops\n{\"id\":\"b\"}\n{\"id\":[],\"text\":\"\"}\n{\"text\":\"last\"}";
        let found = read(lines.as_bytes());
        let ok = |id: &str, text: &str| Ok((id.to_owned(), text.to_owned()));
        assert_eq!(found[0], ok("a\n", "x \"y\""));
        assert_eq!(found[1], ok("7", "y"));
        assert_eq!(found[2].as_ref().map_err(|(line, _)| *line), Err(4));
        assert_eq!(found[3], Err((5, "no `text`".to_owned())));
        assert_eq!(found[4], Err((6, "`id` is neither a text nor a number".to_owned())));
        assert_eq!(found[5], ok("L7", "last"));
    }

    #[test]
    fn lines_longer_than_a_chunk() {
        let long = "word ".repeat(500_000);
        let file = format!("{{\"text\":\"{long}\"}}\n{{\"text\":\"short\"}}\n{{\"text\":\"{long}\"}}");
        let found = read(file.as_bytes());
        let sizes: Vec<usize> =
            found.iter().map(|record| record.as_ref().map_or(0, |(_, text)| text.len())).collect();
        assert_eq!(sizes, [2_500_000, 5, 2_500_000]);
    }
}
