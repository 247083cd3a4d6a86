//! Copies as findings.

use super::finding::{
    CopyEvidence, Evidence, Finding, Mark, MarkKind, Member, Message, Piece, Role, Step, fingerprint,
};
use super::{Code, Severities};
use crate::copies::{CopyKind, CopySet, Relation, Stretch, Unit};
use crate::corpus::{Corpus, Span};
use crate::fingerprint::{WordList, published, shingle_hashes};
use crate::matching::{Alignment, Edit, EditKind, Overlap, align};
use crate::rules::Severity;
use std::ops::Range;

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
    let tell = |set: &CopySet| {
        let code = code(set);
        let places = std::iter::once(&set.original).chain(&set.copies);
        let documents = places.map(|place| table.units[place.units.start].document);
        let severity = severities.of(code, code.name, code.severity, documents);
        (severity != Severity::Off).then(|| Teller::new(table, set).finding(code, severity))
    };
    sets.iter().filter_map(tell).collect()
}

/// The most copies that a message names one by one.
const MOST_NAMED: usize = 4;

/// One set of copies, and the words of its places.
struct Teller<'a> {
    table: CopyTable<'a>,
    set: &'a CopySet,
    original: WordList,
    copies: Vec<WordList>,
    /// From the original to each copy.
    alignments: Vec<Alignment>,
}

impl<'a> Teller<'a> {
    fn new(table: CopyTable<'a>, set: &'a CopySet) -> Self {
        let original = words(table, &set.original);
        let copies: Vec<WordList> = set.copies.iter().map(|copy| words(table, copy)).collect();
        let alignments = copies.iter().map(|copy| align(&original.hashes, &copy.hashes)).collect();
        Self { table, set, original, copies, alignments }
    }

    fn finding(&self, code: Code, severity: Severity) -> Finding {
        let mut members = vec![self.member(&self.set.original, &self.original, Role::Original)];
        members.extend(
            self.set.copies.iter().zip(&self.copies).map(|(copy, list)| self.member(copy, list, Role::Copy)),
        );
        // Where there are several copies, the original shows what changed on the way to the first.
        members[0].marks = self.marks(&self.alignments[0], &self.original, |edit| edit.a.clone());
        for (member, (list, alignment)) in
            members[1..].iter_mut().zip(self.copies.iter().zip(&self.alignments))
        {
            member.marks = self.marks(alignment, list, |edit| edit.b.clone());
        }
        let text = |member: &Member| member.span.of(&self.table.corpus.documents[member.document].text);
        let overlap = self.overlap();
        let evidence = Evidence::Copy(CopyEvidence {
            relation: self.set.relation.name(),
            blocks: self.set.blocks,
            words: self.original.hashes.len(),
            shared_words: self.shared(),
            overlap: overlap.shared as usize,
            union: overlap.union() as usize,
            articles: self.set.articles,
            sha256: (self.set.relation == Relation::Exact).then(|| published(text(&members[0])).to_string()),
            alignments: (0..self.copies.len()).map(|copy| self.steps(copy, &members)).collect(),
        });
        let fingerprint = fingerprint(code, code.name, members.iter().map(text));
        let message = self.message();
        Finding {
            code,
            rule: code.name.to_owned(),
            severity,
            message,
            members,
            evidence,
            fingerprint,
            suppressed: None,
        }
    }

    /// Words that are the same in the copy that shares least.
    fn shared(&self) -> usize {
        self.alignments.iter().map(Alignment::shared).min().unwrap_or(0)
    }

    /// The shingles that the original and the copy that shares least have in common.
    fn overlap(&self) -> Overlap {
        let shingles = |list: &WordList| {
            let mut all: Vec<u64> = shingle_hashes(&list.hashes).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let original = shingles(&self.original);
        let against = |copy: &WordList| {
            let copy = shingles(copy);
            let shared = copy.iter().filter(|shingle| original.binary_search(shingle).is_ok()).count();
            Overlap { shared: shared as u32, a: original.len() as u32, b: copy.len() as u32 }
        };
        let overlaps = self.copies.iter().map(against);
        overlaps.min_by_key(|overlap| overlap.shared).unwrap_or(Overlap { shared: 0, a: 0, b: 0 })
    }

    fn member(&self, stretch: &Stretch, list: &WordList, role: Role) -> Member {
        let (first, last) = (stretch.units.start, stretch.units.end - 1);
        let whole = self.table.spans[first].join(self.table.spans[last]);
        let span = match (stretch.words, list.spans.first(), list.spans.last()) {
            (Some(_), Some(first), Some(last)) => first.join(*last),
            _ => whole,
        };
        Member { document: self.table.units[first].document, span, role, marks: Vec::new(), reading: None }
    }

    /// What differs in a rewritten copy, what is shared in an excerpt; nothing where all is the same.
    fn marks(
        &self,
        alignment: &Alignment,
        list: &WordList,
        side: impl Fn(&Edit) -> Range<usize>,
    ) -> Vec<Mark> {
        let is_excerpt = self.set.relation == Relation::Contained;
        let mut kinds: Vec<Option<MarkKind>> = vec![None; list.spans.len()];
        for edit in alignment.edits.iter().chain(&alignment.moved) {
            let kind = match edit.kind {
                EditKind::Same => is_excerpt.then_some(MarkKind::Same),
                EditKind::Moved if is_excerpt => Some(MarkKind::Same),
                EditKind::Moved => Some(MarkKind::Moved),
                _ => (!is_excerpt).then_some(MarkKind::Changed),
            };
            kinds[side(edit)].fill(kind);
        }
        let mut start = 0;
        let mut marks = Vec::new();
        for run in kinds.chunk_by(|a, b| a == b) {
            let end = start + run.len();
            marks.extend(run[0].map(|kind| Mark { span: list.spans[start].join(list.spans[end - 1]), kind }));
            start = end;
        }
        marks
    }

    /// The steps from the original to a copy in which they differ, as bytes of the two quotes.
    fn steps(&self, copy: usize, members: &[Member]) -> Vec<Step> {
        let bytes = |list: &WordList, words: Range<usize>, member: &Member| {
            let at = |offset: u32| (offset - member.span.start) as usize;
            let before = words.start.checked_sub(1).map_or(0, |before| at(list.spans[before].end));
            if words.is_empty() {
                (before, before)
            } else {
                (at(list.spans[words.start].start), at(list.spans[words.end - 1].end))
            }
        };
        let alignment = &self.alignments[copy];
        let edits = alignment.edits.iter().filter(|edit| edit.kind != EditKind::Same);
        let step = |edit: &Edit| Step {
            kind: edit.kind.name(),
            original: bytes(&self.original, edit.a.clone(), &members[0]),
            copy: bytes(&self.copies[copy], edit.b.clone(), &members[copy + 1]),
        };
        edits.chain(&alignment.moved).map(step).collect()
    }

    fn message(&self) -> Message {
        let words = self.original.hashes.len();
        match (self.set.kind, self.set.relation) {
            (CopyKind::Boilerplate, _) => Message(vec![
                Piece::Place(0),
                " ".into(),
                Piece::Stands(0),
                format!(" in {} articles ({words} words)", self.set.articles).into(),
            ]),
            (CopyKind::SharedQuote, _) => {
                self.told(format!("{words} quoted words of "), " again at ", String::new())
            }
            (_, Relation::Exact) => {
                self.told(String::new(), " again at ", format!(" ({}{words} words)", self.paragraphs()))
            }
            (_, Relation::Near) => self.near_message(),
            (_, Relation::Contained) => self.excerpt_message(),
            (_, Relation::Passage) => {
                let shared = self.shared();
                let whole = if shared == words { String::new() } else { format!(" ({shared} are the same)") };
                self.told(format!("{words} words of "), " again at ", whole)
            }
        }
    }

    /// "… of lines 1–4 stand again at line 9 and line 12 …"
    fn told(&self, before: String, verb: &str, behind: String) -> Message {
        let is_part = !before.is_empty();
        let mut pieces: Vec<Piece> = vec![before.into(), Piece::Place(0), " ".into()];
        pieces.push(if is_part { "stand".into() } else { Piece::Stands(0) });
        pieces.push(verb.into());
        pieces.extend(self.copy_places());
        pieces.push(behind.into());
        Message(pieces)
    }

    fn paragraphs(&self) -> String {
        let blocks = self.set.original.units.len();
        if blocks == 1 { String::new() } else { format!("{blocks} paragraphs, ") }
    }

    /// Of an article of which not all is in the other, how much is.
    fn near_message(&self) -> Message {
        let shared = self.shared();
        if let [copy] = self.set.copies.as_slice() {
            let (blocks, all) = (self.set.blocks, copy.units.len());
            if blocks < all || blocks < self.set.original.units.len() {
                let how = if blocks < all { format!("{blocks} of {all}") } else { blocks.to_string() };
                return Message(vec![
                    format!("{how} paragraphs of ").into(),
                    Piece::Place(1),
                    " stand in ".into(),
                    Piece::Place(0),
                    format!(" ({shared} words are the same)").into(),
                ]);
            }
        }
        let longest =
            self.copies.iter().map(|copy| copy.hashes.len()).fold(self.original.hashes.len(), usize::max);
        let how = format!(" ({}{shared} of {longest} words are the same)", self.paragraphs());
        self.told(String::new(), " again, rewritten, at ", how)
    }

    /// Which of the two is the smaller is told first; of several excerpts, that they are.
    fn excerpt_message(&self) -> Message {
        let original = self.original.hashes.len();
        let [copy] = self.copies.as_slice() else {
            let mut pieces: Vec<Piece> = vec![Piece::Place(0), " and ".into()];
            pieces.extend(self.copy_places());
            pieces.push(" share most of their words".into());
            return Message(pieces);
        };
        let (copied, shared) = (copy.hashes.len(), self.shared());
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

/// The words of a stretch, or of its run of words.
fn words(table: CopyTable<'_>, stretch: &Stretch) -> WordList {
    let mut all = WordList::default();
    for unit in stretch.units.range() {
        let text = &table.corpus.documents[table.units[unit].document].text;
        let list = WordList::of(text, table.spans[unit]);
        all.spans.extend(list.spans);
        all.hashes.extend(list.hashes);
    }
    if let Some(words) = stretch.words {
        all.spans = all.spans[words.range()].to_vec();
        all.hashes = all.hashes[words.range()].to_vec();
    }
    all
}

fn code(set: &CopySet) -> Code {
    match (set.kind, set.relation, set.is_inside) {
        (CopyKind::SharedQuote, ..) => Code::SHARED_QUOTE,
        (CopyKind::Boilerplate, ..) => Code::BOILERPLATE,
        (_, Relation::Exact, true) => Code::PASTED_TWICE,
        (_, Relation::Exact, false) => Code::COPIED_ACROSS,
        (_, Relation::Near, _) => Code::REWRITTEN,
        (_, Relation::Contained, _) => Code::EXCERPT,
        (_, Relation::Passage, _) => Code::REUSED_PASSAGE,
    }
}
