//! Copies as findings.

use super::finding::{Evidence, Finding, Mark, MarkKind, Member, Message, Piece, Role, fingerprint};
use super::{Code, Severities};
use crate::corpus::{Corpus, Span};
use crate::matching::{Alignment, CopySet, Overlap, Relation, Run, Stretch, Unit, align};
use crate::rules::Severity;

/// What copies are told from.
#[derive(Clone, Copy, Debug)]
pub struct CopyTable<'a> {
    /// The documents.
    pub corpus: &'a Corpus,
    /// The blocks that were compared.
    pub units: &'a [Unit<'a>],
    /// Where each of them stands.
    pub spans: &'a [Span],
}

/// One finding for each original and its copies; those that are off are left out.
pub fn copy_findings(sets: &[CopySet], table: CopyTable<'_>, severities: &Severities) -> Vec<Finding> {
    sets.iter().filter_map(|set| Teller { table, set }.finding(severities)).collect()
}

/// The most copies that a message names one by one.
const MOST_NAMED: usize = 4;

struct Teller<'a> {
    table: CopyTable<'a>,
    set: &'a CopySet,
}

impl Teller<'_> {
    fn finding(&self, severities: &Severities) -> Option<Finding> {
        let code = code(self.set);
        let severity = severities.of(code, code.name, code.severity);
        if severity == Severity::Off {
            return None;
        }
        let alignments: Vec<Alignment> = self.set.copies.iter().map(|copy| self.alignment(copy)).collect();
        let loosest = alignments.iter().map(Alignment::shared).min().unwrap_or(0);
        let mut members = vec![self.member(
            &self.set.original,
            Role::Original,
            self.marks(&alignments[0], &self.set.original, true),
        )];
        for (copy, alignment) in self.set.copies.iter().zip(&alignments) {
            members.push(self.member(copy, Role::Copy, self.marks(alignment, copy, false)));
        }
        let quotes =
            members.iter().map(|member| member.span.of(&self.table.corpus.documents[member.document].text));
        let fingerprint = fingerprint(code, code.name, quotes);
        let overlap = self.overlap();
        let evidence = Evidence::Copy {
            relation: self.set.relation.name(),
            blocks: self.set.original.units.len(),
            words: self.words(&self.set.original).len(),
            shared_words: loosest,
            overlap: overlap.shared,
            union: overlap.union(),
        };
        Some(Finding {
            code,
            rule: code.name.to_owned(),
            severity,
            message: self.message(loosest),
            members,
            evidence,
            fingerprint,
        })
    }

    fn word_spans(&self, stretch: &Stretch) -> Vec<Span> {
        let all = stretch.units.range().flat_map(|unit| &self.table.units[unit].print.spans).copied();
        let Run { start, end } = stretch.words.unwrap_or(Run { start: 0, end: usize::MAX });
        all.skip(start).take(end - start).collect()
    }

    fn words(&self, stretch: &Stretch) -> Vec<u64> {
        let all = stretch.units.range().flat_map(|unit| &self.table.units[unit].print.words).copied();
        let Run { start, end } = stretch.words.unwrap_or(Run { start: 0, end: usize::MAX });
        all.skip(start).take(end - start).collect()
    }

    fn alignment(&self, copy: &Stretch) -> Alignment {
        align(&self.words(&self.set.original), &self.words(copy))
    }

    /// The shingles that the original and the copy that shares least have in common.
    fn overlap(&self) -> Overlap {
        let shingles = |stretch: &Stretch| {
            let mut all: Vec<u64> = stretch
                .units
                .range()
                .flat_map(|unit| &self.table.units[unit].print.shingles)
                .copied()
                .collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let original = shingles(&self.set.original);
        let against = |copy: &Stretch| {
            let copy = shingles(copy);
            let shared = copy.iter().filter(|shingle| original.binary_search(shingle).is_ok()).count();
            Overlap { shared, a: original.len(), b: copy.len() }
        };
        let overlaps = self.set.copies.iter().map(against);
        overlaps.min_by_key(|overlap| overlap.shared).expect("a set has a copy")
    }

    fn member(&self, stretch: &Stretch, role: Role, marks: Vec<Mark>) -> Member {
        let (first, last) = (stretch.units.start, stretch.units.end - 1);
        let whole = self.table.spans[first].join(self.table.spans[last]);
        let spans = self.word_spans(stretch);
        let span = match (stretch.words, spans.first(), spans.last()) {
            (Some(_), Some(first), Some(last)) => first.join(*last),
            _ => whole,
        };
        Member { document: self.table.units[first].document, span, role, marks, reading: None }
    }

    /// What differs in a rewritten copy, what is shared in an excerpt; nothing where all is the same.
    fn marks(&self, alignment: &Alignment, stretch: &Stretch, is_original: bool) -> Vec<Mark> {
        let (wanted, kind) = match self.set.relation {
            Relation::Exact | Relation::Passage => return Vec::new(),
            Relation::Near => (false, MarkKind::Changed),
            Relation::Contained => (true, MarkKind::Same),
        };
        let spans = self.word_spans(stretch);
        let edits = alignment.edits.iter().filter(|edit| edit.is_same == wanted);
        let ranges = edits
            .map(|edit| if is_original { edit.a.clone() } else { edit.b.clone() })
            .filter(|range| !range.is_empty());
        ranges.map(|range| Mark { span: spans[range.start].join(spans[range.end - 1]), kind }).collect()
    }

    fn message(&self, shared: usize) -> Message {
        let blocks = self.set.original.units.len();
        let words = self.words(&self.set.original).len();
        let paragraphs = if blocks == 1 { String::new() } else { format!("{blocks} paragraphs, ") };
        let mut pieces: Vec<Piece> = Vec::new();
        match self.set.relation {
            Relation::Exact => {
                pieces.extend([Piece::Place(0), " ".into(), Piece::Stands(0), " again at ".into()]);
                pieces.extend(self.copy_places());
                pieces.push(format!(" ({paragraphs}{words} words)").into());
            }
            Relation::Near => {
                pieces.extend([
                    Piece::Place(0),
                    " ".into(),
                    Piece::Stands(0),
                    " again, rewritten, at ".into(),
                ]);
                pieces.extend(self.copy_places());
                let longest =
                    self.set.copies.iter().map(|copy| self.words(copy).len()).fold(words, usize::max);
                pieces.push(format!(" ({paragraphs}{shared} of {longest} words are the same)").into());
            }
            Relation::Contained => return self.excerpt_message(),
            Relation::Passage => {
                pieces.push(format!("{words} words of ").into());
                pieces.extend([Piece::Place(0), " stand again at ".into()]);
                pieces.extend(self.copy_places());
            }
        }
        Message(pieces)
    }

    /// Which of the two is the smaller is told first; of several excerpts, that they are.
    fn excerpt_message(&self) -> Message {
        let original = self.words(&self.set.original).len();
        let [copy] = self.set.copies.as_slice() else {
            let mut pieces: Vec<Piece> = vec![Piece::Place(0), " and ".into()];
            pieces.extend(self.copy_places());
            pieces.push(" share most of their words".into());
            return Message(pieces);
        };
        let copied = self.words(copy).len();
        let shared = self.alignment(copy).shared();
        let (small, large, words) = if copied <= original { (1, 0, copied) } else { (0, 1, original) };
        Message(vec![
            Piece::Place(small),
            " ".into(),
            Piece::Stands(small),
            " in ".into(),
            Piece::Place(large),
            format!(" ({shared} of {words} words)").into(),
        ])
    }

    /// The first few copies by their places, the others by their number.
    fn copy_places(&self) -> Vec<Piece> {
        let n_copies = self.set.copies.len();
        let named = if n_copies > MOST_NAMED { MOST_NAMED - 1 } else { n_copies };
        let mut pieces = Vec::new();
        for member in 1..=named {
            match member {
                1 => {}
                _ if member == n_copies => pieces.push(" and ".into()),
                _ => pieces.push(", ".into()),
            }
            pieces.push(Piece::Place(member));
        }
        if named < n_copies {
            pieces.push(format!(" and {} more places", n_copies - named).into());
        }
        pieces
    }
}

fn code(set: &CopySet) -> Code {
    match (set.relation, set.is_inside) {
        (Relation::Exact, true) => Code::PASTED_TWICE,
        (Relation::Exact, false) => Code::COPIED_ACROSS,
        (Relation::Near, _) => Code::REWRITTEN,
        (Relation::Contained, _) => Code::EXCERPT,
        (Relation::Passage, _) => Code::REUSED_PASSAGE,
    }
}
