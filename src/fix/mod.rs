//! What can be mended without judgement: a block that was pasted twice in a row.
//!
//! Takes findings and the corpus, gives [`Repair`]s: stretches to cut out of a file. Opens and writes no file. Only plain text
//! and Markdown are mended, where a block is whole lines; only copies that are the same to the byte, markup included, and
//! have nothing but blank lines before them. Whatever else is told twice, or differs, needs an editor.

use crate::corpus::{Corpus, Document};
use crate::findings::{Code, Finding};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is cut out of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// The document.
    pub document: usize,
    /// Stretches of its decoded file, sorted and apart: each a copy with the blank lines before it.
    pub cuts: Vec<Range<usize>>,
}

/// All repairs that findings give, one a document. Linear in the text of the findings.
pub fn repairs<'a>(findings: impl Iterator<Item = &'a Finding>, corpus: &Corpus) -> Vec<Repair> {
    let mut of_document: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for finding in findings.filter(|finding| finding.code == Code::PASTED_TWICE) {
        let Some(number) = finding.members.first().map(|member| member.document) else { continue };
        let Some(document) = corpus.documents.get(number).filter(|document| document.is_line_based) else {
            continue;
        };
        let mut places: Vec<Range<usize>> =
            finding.members.iter().filter_map(|member| lines(document, member.span.range())).collect();
        places.sort_by_key(|place| place.start);
        let cuts = places.windows(2).filter_map(|pair| cut(document.source(), &pair[0], &pair[1]));
        let cuts = cuts.filter(|cut| !changes_others(document.source(), cut));
        of_document.entry(number).or_default().extend(cuts);
    }
    of_document
        .into_iter()
        .map(|(document, cuts)| Repair { document, cuts: apart(cuts) })
        .filter(|repair| !repair.cuts.is_empty())
        .collect()
}

/// The whole lines of the decoded file that a stretch of the text lies in, without the last line break.
fn lines(document: &Document, span: Range<usize>) -> Option<Range<usize>> {
    let offset = |at: usize| u32::try_from(at).ok();
    let start = document.prose.start(offset(span.start)?) as usize;
    let end = document.prose.end(offset(span.end)?) as usize;
    let source = document.source();
    let is_break = |c: char| matches!(c, '\n' | '\r');
    let start = source.get(..start)?.rfind(is_break).map_or(0, |at| at + 1);
    let end = source.get(end..)?.find(is_break).map_or(source.len(), |at| end + at);
    (start < end).then_some(start..end)
}

/// What to cut, where the second stretch is the first once more and follows it.
fn cut(source: &str, first: &Range<usize>, second: &Range<usize>) -> Option<Range<usize>> {
    let between = source.get(first.end..second.start)?;
    let is_in_a_row = between.contains(['\n', '\r']) && between.trim().is_empty();
    (is_in_a_row && source.get(first.clone())? == source.get(second.clone())?)
        .then_some(first.end..second.end)
}

/// Whether a cut would change how something else is read: the copy is a heading underlined, or an item that keeps its list
/// loose.
fn changes_others(source: &str, cut: &Range<usize>) -> bool {
    let behind = source[cut.end..].trim_start_matches('\r').strip_prefix('\n').unwrap_or_default();
    let next = behind.lines().next().unwrap_or_default().trim();
    let is_underlined =
        !next.is_empty() && (next.bytes().all(|b| b == b'=') || next.bytes().all(|b| b == b'-'));
    let copy = source[cut.clone()].trim_start();
    let marker = copy.split([' ', '\t']).next().unwrap_or_default();
    let number = marker.trim_end_matches(['.', ')']);
    let is_number = number.len() < marker.len() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_item = ["-", "*", "+"].contains(&marker) || is_number;
    let blank = source[cut.start..cut.end - copy.len()].matches('\n').count() > 1;
    is_underlined || is_item && blank
}

/// Sorted, and without those that overlap one before: the next round finds them, if they still hold.
fn apart(mut cuts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    cuts.sort_by_key(|cut| (cut.start, cut.end));
    let mut end = 0;
    cuts.retain(|cut| {
        cut.start >= end && {
            end = cut.end;
            true
        }
    });
    cuts
}

impl Repair {
    /// The decoded file without the cuts.
    pub fn text(&self, document: &Document) -> String {
        let bytes = without(document.source().as_bytes(), self.cuts.iter().cloned());
        // Cuts lie on line ends, so what is left is text.
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// The file on disk without the cuts, byte for byte; nothing where these are not its bytes.
    pub fn bytes(&self, document: &Document, file: &[u8]) -> Option<Vec<u8>> {
        let encoding = &document.origin.encoding;
        let on_disk = |at: usize| u32::try_from(at).map(|at| encoding.start(at) as usize);
        let cuts: Result<Vec<Range<usize>>, _> = self
            .cuts
            .iter()
            .map(|cut| Ok::<_, std::num::TryFromIntError>(on_disk(cut.start)?..on_disk(cut.end)?))
            .collect();
        let cuts = cuts.ok()?;
        let is_inside = cuts.iter().all(|cut| cut.start < cut.end && cut.end <= file.len());
        is_inside.then(|| without(file, cuts.into_iter()))
    }
}

fn without(bytes: &[u8], cuts: impl Iterator<Item = Range<usize>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    for cut in cuts {
        out.extend_from_slice(&bytes[at..cut.start]);
        at = cut.end;
    }
    out.extend_from_slice(&bytes[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::{apart, cut, without};

    #[test]
    fn only_what_follows_itself_is_cut() {
        let of = |source: &str, first: &str| {
            let at: Vec<usize> = source.match_indices(first).map(|(at, _)| at).collect();
            let places: Vec<_> = at.iter().map(|at| *at..at + first.len()).collect();
            cut(source, &places[0], &places[1]).map(|cut| without(source.as_bytes(), [cut].into_iter()))
        };
        assert_eq!(of("one\n\none\n\ntwo", "one").as_deref(), Some(&b"one\n\ntwo"[..]));
        assert_eq!(of("one\r\n \r\none\r\n", "one").as_deref(), Some(&b"one\r\n"[..]));
        assert_eq!(of("one\none", "one").as_deref(), Some(&b"one"[..]));
        for apart in ["one\n\n* * *\n\none", "one one", "one\n\n> one"] {
            assert_eq!(of(apart, "one"), None, "{apart}");
        }
    }

    #[test]
    fn cuts_do_not_overlap() {
        assert_eq!(apart(vec![5..9, 0..3, 2..6, 9..10]), [0..3, 5..9, 9..10]);
    }
}
