//! Which documents tell one story.
//!
//! Two documents do if they share enough of the names that few others have, and are written within some days of each
//! other. What an article says of "the storm" is compared only with articles on the same one.

use crate::corpus::Dateline;
use rustc_hash::{FxHashMap, FxHashSet};

/// A document as its story sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Teller<'a> {
    /// The names in it, sorted.
    pub(super) names: &'a [String],
    /// Hashes of the other telling words, sorted.
    pub(super) topics: &'a [u32],
    pub(super) dateline: Option<Dateline>,
}

impl<'a> Teller<'a> {
    pub(super) fn of(source: &super::Source<'a>) -> Self {
        Self { names: source.names, topics: source.topics, dateline: source.dateline }
    }
}

/// Which documents belong together.
#[derive(Debug)]
pub(super) struct Stories {
    /// For each document the least of those it is linked with over others.
    component: Vec<usize>,
    links: FxHashSet<(usize, usize)>,
    /// Pairs that are linked through a third, where there are few documents.
    over: FxHashSet<(usize, usize)>,
    is_one: bool,
}

/// A name in more documents than this says nothing of a story.
const MOST_DOCUMENTS: usize = 60;
/// Fewer documents than this are too few to tell which names are common; somebody chose them.
pub const FEW_DOCUMENTS: usize = 40;
/// How many days may lie between two tellings.
pub const MOST_DAYS: i32 = 7;
/// The least part of the shorter list of names that is shared, in percent.
const LEAST_SHARE: usize = 25;

/// The least part of the shorter list of words that is shared, in percent, with several names in common and with one.
const FEW_TOPICS: (usize, usize) = (0, 3);
/// The same among many documents, where names and subjects meet by chance.
const MANY_TOPICS: (usize, usize) = (14, 28);

/// The words that tell what documents are about, without those that many have.
struct Topics {
    words: Vec<Vec<u32>>,
}

impl Topics {
    fn new(tellers: &[Teller<'_>]) -> Self {
        let mut documents: FxHashMap<u32, usize> = FxHashMap::default();
        for word in tellers.iter().flat_map(|teller| teller.topics) {
            *documents.entry(*word).or_default() += 1;
        }
        let most = if tellers.len() < FEW_DOCUMENTS { tellers.len() } else { (tellers.len() / 100).max(3) };
        let rare = |teller: &Teller<'_>| {
            teller.topics.iter().copied().filter(|word| documents[word] <= most).collect()
        };
        Self { words: tellers.iter().map(rare).collect() }
    }

    /// The part of the shorter list that is shared, in percent; of very short lists nothing.
    fn share(&self, a: usize, b: usize) -> usize {
        let (a, b) = (&self.words[a], &self.words[b]);
        let least = a.len().min(b.len());
        if least < 8 {
            return 0;
        }
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        short.iter().filter(|word| long.binary_search(word).is_ok()).count() * 100 / least
    }
}

impl Stories {
    /// Links the documents. Linear in the names, times [`MOST_DOCUMENTS`].
    pub(super) fn new(tellers: &[Teller<'_>]) -> Self {
        let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (document, teller) in tellers.iter().enumerate() {
            for name in teller.names {
                by_name.entry(name).or_default().push(document);
            }
        }
        let most = if tellers.len() < FEW_DOCUMENTS {
            tellers.len()
        } else {
            MOST_DOCUMENTS.min(tellers.len() / 8).max(3)
        };
        let is_large = tellers.len() >= FEW_DOCUMENTS;
        let mut telling = vec![0_usize; tellers.len()];
        let mut shared: FxHashMap<(usize, usize), usize> = FxHashMap::default();
        for documents in by_name.values().filter(|documents| documents.len() <= most) {
            for (index, &a) in documents.iter().enumerate() {
                telling[a] += 1;
                for &b in &documents[index + 1..] {
                    *shared.entry((a, b)).or_default() += 1;
                }
            }
        }
        shared.retain(|&(a, b), _| are_near(tellers[a].dateline, tellers[b].dateline));
        let topics = Topics::new(tellers);
        let is_one = |&(&(a, b), &count): &(&(usize, usize), &usize)| {
            let is_named = count >= 2 && count * 100 >= telling[a].min(telling[b]) * LEAST_SHARE;
            let topics = topics.share(a, b);
            // In many documents it takes more than a name and a subject to make one story.
            let (least_named, least_topics) = if is_large { MANY_TOPICS } else { FEW_TOPICS };
            is_named && topics >= least_named || topics >= least_topics
        };
        let links: FxHashSet<(usize, usize)> = shared.iter().filter(is_one).map(|(pair, _)| *pair).collect();
        let mut pairs: Vec<(usize, usize)> = links.iter().copied().collect();
        pairs.sort_unstable();
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); tellers.len()];
        for &(a, b) in &pairs {
            next[a].push(b);
            next[b].push(a);
        }
        // Two that share no name, or one only, tell one story if both tell it with a third.
        let mut over: FxHashSet<(usize, usize)> = FxHashSet::default();
        for friends in next.iter().filter(|_| !is_large) {
            for (index, &a) in friends.iter().enumerate() {
                let pairs = friends[index + 1..].iter().map(|&b| (a.min(b), a.max(b)));
                over.extend(pairs.filter(|&(a, b)| {
                    !links.contains(&(a, b)) && are_near(tellers[a].dateline, tellers[b].dateline)
                }));
            }
        }
        let mut stories = Self { component: (0..tellers.len()).collect(), links, over, is_one: false };
        pairs.into_iter().for_each(|(a, b)| stories.join(a, b));
        for document in 0..tellers.len() {
            stories.component[document] = stories.root(document);
        }
        stories
    }

    /// All documents tell one.
    pub(super) fn one(n_documents: usize) -> Self {
        Self {
            component: vec![0; n_documents],
            links: FxHashSet::default(),
            over: FxHashSet::default(),
            is_one: true,
        }
    }

    fn root(&self, mut document: usize) -> usize {
        while self.component[document] != document {
            document = self.component[document];
        }
        document
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.component[a.max(b)] = a.min(b);
    }

    /// A number that all documents have in common that are linked, over others too.
    pub(super) fn number(&self, document: usize) -> usize {
        self.component[document]
    }

    /// Whether two documents tell one story.
    pub(super) fn are_one(&self, a: usize, b: usize) -> bool {
        let pair = (a.min(b), a.max(b));
        self.is_one || a == b || self.links.contains(&pair) || self.over.contains(&pair)
    }
}

fn are_near(one: Option<Dateline>, two: Option<Dateline>) -> bool {
    let Some((one, two)) = one.zip(two) else { return true };
    let (first, last) = (one.from.min(two.from), one.from.max(two.from));
    let is_loose =
        |dateline: Dateline| dateline.from.until(dateline.to).is_ok_and(|span| span.get_days() > 1);
    is_loose(one) || is_loose(two) || first.until(last).is_ok_and(|span| span.get_days() <= MOST_DAYS)
}

#[cfg(test)]
mod tests {
    use super::{Stories, Teller};
    use crate::corpus::Dateline;

    #[test]
    fn shared_names_and_near_days_make_one_story() {
        let names = |list: &[&str]| -> Vec<String> { list.iter().map(|name| (*name).to_owned()).collect() };
        let day = |text: &str| Dateline::parse(text).ok();
        let (a, b, c) = (
            names(&["harlow", "ilse-brandt", "tarn"]),
            names(&["harlow", "ilse-brandt"]),
            names(&["harlow", "oslo"]),
        );
        let (words, others) = ((0..20).collect::<Vec<u32>>(), (50..70).collect::<Vec<u32>>());
        let tellers = [
            Teller { names: &a, topics: &words, dateline: day("2024-05-01") },
            Teller { names: &b, topics: &words, dateline: day("2024-05-02") },
            Teller { names: &c, topics: &others, dateline: None },
            Teller { names: &b, topics: &words, dateline: day("2024-07-02") },
        ];
        let stories = Stories::new(&tellers);
        assert!(stories.are_one(0, 1) && stories.are_one(1, 0) && stories.are_one(2, 2));
        assert!(!stories.are_one(0, 2) && !stories.are_one(0, 3));
        assert_eq!(stories.number(0), stories.number(1));
        assert_ne!(stories.number(0), stories.number(3));
    }
}
