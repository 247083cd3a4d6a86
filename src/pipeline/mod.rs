//! The order of the stages, and the only threads besides the join's.
//!
//! [`survey`] looks at one document and is a map; [`gather`] holds all surveys against each other
//! and is a group. A driver (a run over a corpus, later an archive, an editor, a server) needs
//! these two and nothing else; both are free of files, flags and formats.

mod drift;
mod examples;
mod memory;
mod pairs;
mod why;

pub use examples::{Failure, test_rules};
pub use memory::{Key, Memory, Notes};
pub use pairs::{Collection, Needs, PairOptions, Part, Search, Shared};
pub use why::{Comparison, Overlap, Site, Told, compare};

use crate::checks::{Sheet, Slip, slips};
use crate::copies::{Copies, CopyKind, CopyOptions, Unit, copies};
use crate::corpus::{Block, BlockKind, Corpus, Document, Span, versions};
use crate::extract::{Claim, Extractor, Reading, Unread};
use crate::findings::{
    ClaimTable, CopyTable, DriftedPair, Finding, Severities, conflict_findings, copy_findings, drift_finding,
    slip_finding,
};
use crate::fingerprint::{Print, word_hashes};
use crate::names::Speech;
use crate::reconcile::{ClaimRef, Source, conflicts};
use crate::rules::RuleSet;
use crate::segment::{Furniture, segment_all};
use crate::value::DateOrder;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use std::collections::BTreeMap;

/// What a run is to find.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What counts as a copy.
    pub matching: CopyOptions,
    /// How much each finding matters.
    pub severities: Severities,
    /// Whether all documents tell one story, which else their names and days decide.
    pub is_one_story: bool,
}

/// What documents are read with.
#[derive(Debug)]
pub struct Tools<'a> {
    /// How page furniture is told from articles.
    pub furniture: Furniture,
    /// How claims are read.
    pub extractor: Extractor<'a>,
}

impl<'a> Tools<'a> {
    /// The built-in furniture table and these rules.
    pub fn new(rules: &'a RuleSet) -> Self {
        Self::with(Furniture::builtin(), rules)
    }

    /// A furniture table that was made before, and these rules.
    pub fn with(furniture: Furniture, rules: &'a RuleSet) -> Self {
        Self { furniture, extractor: Extractor::compile(rules) }
    }

    /// The tools with numeric dates read in this order.
    #[must_use]
    pub fn reading(self, order: DateOrder) -> Self {
        Self { extractor: self.extractor.reading(order), ..self }
    }
}

/// What one document says, by itself.
#[derive(Clone, Debug)]
pub struct Survey {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The fingerprints of the blocks that are compared, by their place among the blocks.
    pub prints: Vec<(usize, Print)>,
    /// The prints of its page furniture.
    pub furniture: Vec<Print>,
    /// Its claims.
    pub claims: Vec<Claim>,
    /// The names in it, sorted.
    pub names: Vec<String>,
    /// Hashes of the other words that tell what it is about, sorted.
    pub topics: Vec<u32>,
    /// What patterns matched and rules kept silent about.
    pub unread: Vec<Unread>,
    /// What cannot be right by itself.
    pub slips: Vec<Slip>,
}

impl Survey {
    /// The words that are compared.
    pub fn words(&self) -> usize {
        self.prints.iter().map(|(_, print)| print.words as usize).sum()
    }
}

/// A part of a run that takes time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files become documents, or records their shingles.
    Read,
    /// Documents become blocks, prints and claims.
    Survey,
    /// Shingles are grouped and ranked.
    Index,
    /// Texts that share enough are found.
    Match,
    /// Claims are held against each other.
    Reconcile,
    /// Findings are written.
    Report,
}

impl Stage {
    /// The name used in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Survey => "survey",
            Self::Index => "index",
            Self::Match => "match",
            Self::Reconcile => "reconcile",
            Self::Report => "report",
        }
    }
}

/// What a driver wants to hear of while it waits.
pub trait Progress: Sync {
    /// A stage begins, and with it the one before ends; it has so many steps, or an unknown number (0).
    fn start(&self, stage: Stage, steps: u64);
    /// So many more steps are done.
    fn advance(&self, steps: u64);
}

/// Nobody waits.
#[derive(Clone, Copy, Debug)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: Stage, _: u64) {}
    fn advance(&self, _: u64) {}
}

/// Reads one document, whose blocks are known, unless it is remembered. Linear in its text.
pub fn survey(
    document: &Document,
    blocks: Vec<Block>,
    tools: &Tools<'_>,
    memory: Option<&dyn Memory>,
) -> Survey {
    let print = |block: &Block| Print::of(&word_hashes(block.span.of(&document.text)));
    let compared = blocks.iter().enumerate().filter(|(_, block)| block.kind.is_compared());
    let prints = compared.map(|(index, block)| (index, print(block))).collect();
    let furniture = blocks.iter().filter(|block| block.kind == BlockKind::Furniture).map(print).collect();
    let Notes { reading: Reading { claims, names, topics, unread }, slips } =
        recalled(document, &blocks, tools, memory);
    Survey { blocks, prints, furniture, claims, names, topics, unread, slips }
}

/// What is remembered of a document, or what is read of it now.
fn recalled(document: &Document, blocks: &[Block], tools: &Tools<'_>, memory: Option<&dyn Memory>) -> Notes {
    let Some(memory) = memory else { return notes(document, blocks, tools) };
    let key = memory::key(document, blocks, tools);
    let known = memory.recall(&key).filter(|notes| notes.fit(document, blocks, tools.extractor.rules()));
    known.unwrap_or_else(|| {
        let notes = notes(document, blocks, tools);
        memory.keep(key, &notes);
        notes
    })
}

fn notes(document: &Document, blocks: &[Block], tools: &Tools<'_>) -> Notes {
    let (reading, paragraphs) = tools.extractor.read(document, blocks);
    let (rules, claims) = (tools.extractor.rules(), reading.claims.as_slice());
    let slips = slips(&Sheet { document, paragraphs: &paragraphs, claims, rules });
    Notes { reading, slips }
}

/// Holds all documents against each other; findings come in the order of documents and places.
pub fn gather(
    corpus: &Corpus,
    surveys: &[Survey],
    tools: &Tools<'_>,
    settings: &Settings,
    progress: &dyn Progress,
) -> Vec<Finding> {
    progress.start(Stage::Match, 0);
    let rules = tools.extractor.rules();
    let CopyWork { mut findings, copied, drifted } =
        gather_copies(corpus, surveys, tools.extractor.speech(), settings);
    progress.start(Stage::Reconcile, 0);
    findings.extend(gather_conflicts(corpus, surveys, rules, settings, (&copied, &drifted)));
    for (document, survey) in surveys.iter().enumerate() {
        let slips =
            survey.slips.iter().filter_map(|slip| slip_finding(slip, document, corpus, &settings.severities));
        findings.extend(slips);
    }
    let order =
        |finding: &Finding| (finding.members[0].document, finding.members[0].span, finding.code.number);
    findings.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.fingerprint.cmp(&b.fingerprint)));
    findings
}

/// Reads and compares everything, in parallel; the result is the same for any number of threads.
pub fn run(
    corpus: &Corpus,
    tools: &Tools<'_>,
    settings: &Settings,
    progress: &dyn Progress,
    memory: Option<&dyn Memory>,
) -> (Vec<Survey>, Vec<Finding>) {
    progress.start(Stage::Survey, corpus.documents.len() as u64);
    let read = |(document, blocks): (&Document, Vec<Block>)| {
        let survey = survey(document, blocks, tools, memory);
        progress.advance(1);
        survey
    };
    let blocks = segment_all(&corpus.documents, &tools.furniture);
    let surveys: Vec<Survey> = corpus.documents.par_iter().zip(blocks).with_max_len(16).map(read).collect();
    let findings = gather(corpus, &surveys, tools, settings, progress);
    (surveys, findings)
}

/// The documents that blocks were copied from, by the document and place of the copy.
type Copied = BTreeMap<(usize, usize), usize>;

/// What the comparison of texts brings.
struct CopyWork {
    findings: Vec<Finding>,
    copied: Copied,
    /// The pairs of blocks that are copies but for some facts, by document and place.
    drifted: Vec<[(usize, usize); 2]>,
}

fn gather_copies(corpus: &Corpus, surveys: &[Survey], speech: Speech<'_>, settings: &Settings) -> CopyWork {
    let seniority = seniority(corpus);
    let series = series(corpus);
    let mut units: Vec<Unit<'_>> = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    for (document, survey) in surveys.iter().enumerate() {
        for (position, (block, print)) in survey.prints.iter().enumerate() {
            units.push(Unit {
                document,
                position,
                text: survey.blocks[*block].span.of(&corpus.documents[document].text),
                print: *print,
                series: series[document],
                seniority: seniority[document],
            });
            spans.push(survey.blocks[*block].span);
        }
    }
    let Copies { sets, kin } = copies(&units, &settings.matching);
    let block =
        |unit: usize| (units[unit].document, surveys[units[unit].document].prints[units[unit].position].0);
    let mut copied = Copied::new();
    for set in sets.iter().filter(|set| set.kind == CopyKind::Copy) {
        let origin = units[set.original.units.start].document;
        for copy in set.copies.iter().flat_map(|copy| copy.units.start..copy.units.end) {
            copied.insert(block(copy), origin);
        }
    }
    let drifted = drift::drifted(corpus, surveys, &units, &spans, &kin, speech);
    let sets = drift::without(sets, &units, &drifted);
    let table = CopyTable { corpus, units: &units, spans: &spans };
    let mut findings = copy_findings(&sets, table, &settings.severities);
    findings.extend(drifted.iter().filter_map(|found| {
        let documents = (units[found.original].document, units[found.copy].document);
        let stretches = std::slice::from_ref(&found.stretch);
        let pair = DriftedPair { documents, stretches, are_versions: false };
        drift_finding(&pair, corpus, &settings.severities)
    }));
    findings.extend(drift::revised(corpus, surveys, speech).iter().filter_map(|found| {
        let pair =
            DriftedPair { documents: found.documents, stretches: &found.stretches, are_versions: true };
        drift_finding(&pair, corpus, &settings.severities)
    }));
    let drifted = drifted.iter().map(|found| [block(found.original), block(found.copy)]).collect();
    CopyWork { findings, copied, drifted }
}

fn gather_conflicts(
    corpus: &Corpus,
    surveys: &[Survey],
    rules: &RuleSet,
    settings: &Settings,
    (copied, drifted): (&Copied, &[[(usize, usize); 2]]),
) -> Vec<Finding> {
    let origins = origins(surveys, copied);
    let sources = sources(corpus, surveys, &origins);
    let claims: Vec<&[Claim]> = surveys.iter().map(|survey| survey.claims.as_slice()).collect();
    let mut conflicts = conflicts(rules, &sources, settings.is_one_story);
    // What only a copy and its original say differently is told as a copy that drifted.
    conflicts.retain(|conflict| {
        let at = |claim: &ClaimRef| (claim.document, claims[claim.document][claim.claim].block);
        let has_fact = conflict.sides.iter().any(|side| side.fact.is_some());
        let told: Vec<(usize, usize)> =
            conflict.sides.iter().flat_map(|side| side.claims.iter().map(at)).collect();
        let is_drift = |pair: &[(usize, usize); 2]| {
            told.iter().all(|block| pair.contains(block)) && pair.iter().all(|block| told.contains(block))
        };
        has_fact || !drifted.iter().any(is_drift)
    });
    let table = ClaimTable { corpus, rules, claims: &claims, origins: &origins };
    conflict_findings(&conflicts, table, &settings.severities)
}

/// For each claim the document that its block was copied from.
fn origins(surveys: &[Survey], copied: &Copied) -> Vec<Vec<usize>> {
    let of = |(document, survey): (usize, &Survey)| {
        let origin = |claim: &Claim| copied.get(&(document, claim.block)).copied().unwrap_or(document);
        survey.claims.iter().map(origin).collect()
    };
    surveys.iter().enumerate().map(of).collect()
}

/// What each document brings to be reconciled.
fn sources<'a>(corpus: &'a Corpus, surveys: &'a [Survey], origins: &'a [Vec<usize>]) -> Vec<Source<'a>> {
    let documents = corpus.documents.iter().zip(surveys).zip(origins);
    documents
        .map(|((document, survey), origins)| Source {
            dateline: document.metadata.published,
            claims: &survey.claims,
            names: &survey.names,
            topics: &survey.topics,
            origins,
        })
        .collect()
}

/// The rank of each document by its day, then by its path; those without a day come last.
fn seniority(corpus: &Corpus) -> Vec<usize> {
    let mut order: Vec<usize> = (0..corpus.documents.len()).collect();
    let day = |index: usize| corpus.documents[index].metadata.published.map(|dateline| dateline.from);
    order.sort_by_key(|&index| (day(index).is_none(), day(index), index));
    let mut ranks = vec![0; order.len()];
    for (rank, index) in order.into_iter().enumerate() {
        ranks[index] = rank;
    }
    ranks
}

/// A number for each document that is not to be compared with others of its number: those of one series, and
/// the versions of one story.
fn series(corpus: &Corpus) -> Vec<Option<usize>> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for document in &corpus.documents {
        if let Some(name) = &document.metadata.series {
            let next = numbers.len();
            numbers.entry(name).or_insert(next);
        }
    }
    let number = |document: &Document| document.metadata.series.as_deref().map(|name| numbers[name]);
    let mut series: Vec<Option<usize>> = corpus.documents.iter().map(number).collect();
    for (story, group) in (numbers.len()..).zip(versions(corpus)) {
        group.iter().for_each(|&index| series[index] = series[index].or(Some(story)));
    }
    series
}
