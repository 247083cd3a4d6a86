use super::shard::Shard;
use super::{Cache, KEPT_DAYS, NOTED_DAYS, clean};
use crate::corpus::{Corpus, Document};
use crate::pipeline::{Key, Memory, Notes, Settings, Silent, Tools, run};
use crate::read::{Input, ReadOptions, read};
use crate::rules::RuleSet;
use std::path::Path;

fn notes(names: usize) -> Notes {
    let names = (0..names).map(|number| format!("name {number}")).collect();
    let reading = crate::extract::Reading { names, ..Default::default() };
    Notes { reading, slips: Vec::new() }
}

fn key(byte: u8) -> Key {
    [byte; 32]
}

/// All articles of the test cases: values and claims of every kind.
fn cases() -> Corpus {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    read(&[Input::Path(folder)], &ReadOptions::default()).expect("the cases can be read")
}

#[test]
fn all_that_is_read_comes_back_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (corpus, rules) = (cases(), RuleSet::builtin());
    let tools = Tools::new(&rules);
    let read = |memory: Option<&dyn Memory>| run(&corpus, &tools, &Settings::default(), &Silent, memory);
    let (surveys, findings) = read(None);
    let first = Cache::new(folder.path().join("c"), 0);
    read(Some(&first));
    first.save().expect("there is room");
    let second = Cache::new(folder.path().join("c"), 0);
    let (again, findings_again) = read(Some(&second));
    assert!(corpus.documents.len() > 100 && surveys.iter().any(|survey| survey.claims.len() > 3));
    assert_eq!(second.counts(), (corpus.documents.len(), 0));
    assert_eq!(format!("{surveys:?}"), format!("{again:?}"));
    assert_eq!(format!("{findings:?}"), format!("{findings_again:?}"));
}

#[test]
fn whatever_decides_what_is_read_is_in_the_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let builtin = RuleSet::builtin();
    let less = RuleSet::builtin().without(&["events".to_owned()]);
    let text = "The factory in Brell was founded on 03/04/1901 by the brothers Anton and Emil Sorge.";
    let read = |document: Document, rules: &RuleSet, order: crate::value::DateOrder| {
        let cache = Cache::new(folder.path().to_owned(), 0);
        let corpus = Corpus::sorted(vec![document], Vec::new());
        let tools = Tools::new(rules).reading(order);
        run(&corpus, &tools, &Settings::default(), &Silent, Some(&cache));
        cache.save().expect("there is room");
        cache.counts()
    };
    let plain = || Document::plain("a.txt", text);
    let dated = || {
        let mut document = plain();
        document.metadata.set("published", "2024-06-19").expect("a day");
        document
    };
    let titled = || {
        let mut document = plain();
        document.metadata.set("title", "40 brothers").expect("a title");
        document
    };
    use crate::value::DateOrder::{Auto, DayMonthYear};
    for (document, rules, order) in [
        (plain(), &builtin, Auto),
        (plain(), &builtin, DayMonthYear),
        (plain(), &less, Auto),
        (dated(), &builtin, Auto),
        (titled(), &builtin, Auto),
        (Document::plain("a.txt", format!("{text} ")), &builtin, Auto),
    ] {
        assert_eq!(read(document.clone(), rules, order), (0, 1));
        assert_eq!(read(document, rules, order), (1, 0));
    }
    // Where an article lies decides nothing.
    assert_eq!(read(Document::plain("b/c.txt", text), &builtin, Auto), (1, 0));
}

#[test]
fn a_file_that_is_not_as_it_was_written_is_no_file() {
    let mut shard = Shard::default();
    shard.insert(key(1), 7, vec![1, 2, 3]);
    shard.insert(key(2), 7, vec![9; 40]);
    let whole = shard.bytes().expect("it fits");
    assert!(Shard::parse(&whole).is_some());
    for at in 0..whole.len() {
        let mut broken = whole.clone();
        broken[at] ^= 1;
        assert!(Shard::parse(&broken).is_none(), "byte {at}");
        assert!(Shard::parse(&whole[..at]).is_none(), "{at} bytes");
    }
    assert!(Shard::parse(&[&whole[..], b"x"].concat()).is_none());
    // What is whole and holds no notes is not there either.
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("01.shard"), &whole).expect("there is room");
    let cache = Cache::new(folder.path().to_owned(), 7);
    assert!(cache.recall(&key(1)).is_none());
}

#[test]
fn notes_that_point_outside_their_document_are_read_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let rules = RuleSet::builtin();
    let tools = Tools::new(&rules);
    struct Liar(Cache);
    impl Memory for Liar {
        fn recall(&self, key: &Key) -> Option<Notes> {
            let mut notes = self.0.recall(key)?;
            notes.reading.claims.iter_mut().for_each(|claim| claim.span.end += 9999);
            Some(notes)
        }
        fn keep(&self, key: Key, notes: &Notes) {
            self.0.keep(key, notes);
        }
    }
    let mut document = Document::plain("a.txt", "North Korea was founded in 1950.");
    document.metadata.set("lang", "en").expect("a language");
    let corpus = Corpus::sorted(vec![document], Vec::new());
    let liar = Liar(Cache::new(folder.path().to_owned(), 0));
    let read = |memory: Option<&dyn Memory>| run(&corpus, &tools, &Settings::default(), &Silent, memory).0;
    let honest = read(None);
    assert!(!honest[0].claims.is_empty());
    read(Some(&liar));
    assert_eq!(format!("{honest:?}"), format!("{:?}", read(Some(&liar))));
}

#[test]
fn what_nobody_asks_for_is_dropped_and_a_run_that_changes_nothing_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |today: i32| Cache::new(folder.path().to_owned(), today);
    let (old, young) = (key(0), [[0; 31].as_slice(), &[1]].concat().try_into().expect("32 bytes"));
    let first = open(0);
    first.keep(old, &notes(1));
    first.keep(young, &notes(2));
    first.save().expect("there is room");
    let file = folder.path().join("00.shard");
    let written = std::fs::read(&file).expect("it is there");
    let second = open(NOTED_DAYS);
    assert!(second.recall(&young).is_some());
    second.save().expect("there is room");
    assert_eq!(std::fs::read(&file).expect("it is there"), written);
    let third = open(KEPT_DAYS);
    assert_eq!(third.recall(&young).map(|notes| notes.reading.names.len()), Some(2));
    third.save().expect("there is room");
    let fourth = open(KEPT_DAYS + 1);
    fourth.keep(key(64), &notes(0));
    fourth.save().expect("there is room");
    let fifth = open(KEPT_DAYS + 2);
    assert!(
        fifth.recall(&old).is_none() && fifth.recall(&young).is_some() && fifth.recall(&key(64)).is_some()
    );
}

#[test]
fn a_clean_up_takes_nothing_of_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path().join("cache");
    assert_eq!(clean(&at).expect("nothing is clean").files, 0);
    let cache = Cache::new(at.clone(), 0);
    cache.keep(key(3), &notes(3));
    cache.save().expect("there is room");
    std::fs::write(at.join("03.99999.tmp"), "left").expect("there is room");
    for other in
        ["notes.txt", "99.shard", "x.tmp", "04.shard.bak", "5.shard", "04.shard.tmp", ".editorconfig"]
    {
        std::fs::write(at.join(other), "mine").expect("there is room");
    }
    // The shard, what a killed run has left, and the marks.
    assert_eq!(clean(&at).expect("it can be removed").files, 5);
    let left = std::fs::read_dir(&at).expect("others are there").count();
    assert_eq!(left, 7);
    // Now it is somebody else's: nothing is removed, and nothing written.
    assert!(clean(&at).is_err());
    cache.keep(key(4), &notes(4));
    assert!(cache.save().is_err());
    assert_eq!(std::fs::read_dir(&at).expect("others are there").count(), 7);
    for other in std::fs::read_dir(&at).expect("others are there") {
        std::fs::remove_file(other.expect("a file").path()).expect("it can be removed");
    }
    assert_eq!(clean(&at).expect("nothing is clean").files, 0);
    // A tag of another program is another program's.
    std::fs::write(at.join("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n# other\n")
        .expect("there is room");
    std::fs::write(at.join("00.shard"), "my ledger").expect("there is room");
    assert!(clean(&at).is_err() && cache.save().is_err());
    assert_eq!(std::fs::read_to_string(at.join("00.shard")).expect("it is there"), "my ledger");
}
