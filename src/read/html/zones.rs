//! Which blocks of a page are its article.
//!
//! Pages are judged by transparent features, in the manner of Readability (Arc90, 2009) and of Kohlschütter,
//! Fankhauser and Nejdl (2010): what elements and names say, where the running text stands, and how much of
//! a block is a link.

use super::names::{self, Says};
use super::page::{Element, Page};
use super::tags::Layout;
use crate::corpus::{BlockKind, count_words, is_running_text, words};
use std::borrow::Cow;
use std::ops::Range;

/// A teaser of another story has at most so many words.
const LONGEST_CARD: u64 = 80;
/// A teaser has a linked title of so many words.
const SHORTEST_CARD_TITLE: u64 = 3;
/// Running text that stands alone counts in full from so many words on.
const LONG_ALONE: u64 = 25;
/// The part of the running text, in percent, that the element around the article has.
const MAIN_SHARE: u64 = 85;
/// A part of a page of which so much, in percent, are links and buttons is a list of them.
const LIST_SHARE: u64 = 40;
/// Pages with fewer words of running text have no article to be found by them.
const LEAST_TEXT: u64 = 20;

/// What is judged.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    /// A page, and what it calls its article.
    Page(Option<&'a str>),
    /// Markup that is all article but for what names and elements take out.
    Body,
}

/// Takes what is not the article for furniture. Linear, but for the ancestors of teasers.
pub(super) fn judge(page: &mut Page, scope: Scope<'_>) {
    let facts = Facts::of(page);
    let marks = facts.marks(page);
    let text = facts.running_text(page, &marks);
    let (headline, main) = match scope {
        Scope::Page(title) => (facts.headline(page, &marks, &text, title), facts.main(page, &text)),
        Scope::Body => (None, None),
    };
    let around = around(page, main, headline);
    let cards = facts.cards(page, &around, headline);
    let lists = facts.lists(page, &marks, &around, matches!(scope, Scope::Page(_)));
    let inside = facts.region(page, main, headline);
    for block in 0..page.prose.blocks.len() {
        let holder = page.holders[block] as usize;
        let is_inside = inside.as_ref().is_none_or(|inside| inside.contains(&(block as u32)));
        let furniture: Option<Cow<'static, str>> = if Some(block) == headline {
            None
        } else if let Some(marked) = marks[holder] {
            // A paragraph is not taken out by its own name where it is running text.
            let is_own = is_lone(page, marked as usize) && facts.running[block] > 0 && is_inside;
            let reason = || own_mark(&page.elements[marked as usize]).map(|(_, reason)| reason);
            (!is_own).then(reason).flatten()
        } else if !is_inside {
            Some(Cow::Borrowed("outside the article"))
        } else if cards[holder] {
            Some(Cow::Borrowed("teaser of another story"))
        } else if lists[holder] {
            Some(Cow::Borrowed("among links and buttons"))
        } else {
            let is_before = headline.is_some_and(|headline| block < headline) && facts.running[block] == 0;
            is_before.then_some(Cow::Borrowed("before the headline"))
        };
        let outlined = &mut page.prose.blocks[block];
        if let Some(reason) = furniture {
            outlined.kind = BlockKind::Furniture;
            outlined.reason = reason;
        } else if Some(block) == headline {
            outlined.kind = BlockKind::Heading;
        } else if outlined.kind == BlockKind::Paragraph && facts.is_caption[holder] {
            outlined.kind = BlockKind::Caption;
        }
    }
}

/// What is known of each block and element before anything is decided.
struct Facts {
    /// Words of each block that are running text.
    running: Vec<u64>,
    /// Words of all blocks before each block, and behind the last.
    words: Vec<u64>,
    /// Whether the names around an element say that it is a caption.
    is_caption: Vec<bool>,
}

impl Facts {
    fn of(page: &Page) -> Self {
        let text = |block: usize| page.prose.blocks[block].span.of(&page.prose.text);
        let n_words: Vec<u64> =
            (0..page.prose.blocks.len()).map(|block| count_words(text(block)) as u64).collect();
        let is_running = |block: usize| {
            let outlined = &page.prose.blocks[block];
            matches!(outlined.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem)
                && u64::from(outlined.linked) * 2 < outlined.span.len() as u64
                && is_running_text(text(block))
        };
        let running =
            (0..n_words.len()).map(|block| if is_running(block) { n_words[block] } else { 0 }).collect();
        let mut before = Vec::with_capacity(n_words.len() + 1);
        before.push(0);
        n_words.iter().for_each(|n| before.push(before[before.len() - 1] + n));
        let mut is_caption: Vec<bool> = Vec::with_capacity(page.elements.len());
        for (index, element) in page.elements.iter().enumerate() {
            let is_own = matches!(element.labels.says, Some((Says::Caption, _)));
            is_caption.push(is_own || index > 0 && is_caption[element.parent as usize]);
        }
        Self { running, words: before, is_caption }
    }

    /// Words in an element.
    fn words_in(&self, element: &Element) -> u64 {
        self.words[element.blocks.end as usize] - self.words[element.blocks.start as usize]
    }

    /// For each element the one, itself or around it, that says it is no part of the article.
    fn marks(&self, page: &Page) -> Vec<Option<u32>> {
        let total: u64 = self.running.iter().sum();
        let mut sums = vec![0];
        self.running.iter().for_each(|n| sums.push(sums[sums.len() - 1] + n));
        let running_in = |blocks: &Range<u32>| sums[blocks.end as usize] - sums[blocks.start as usize];
        let headings =
            page.elements.iter().filter(|element| element.tag.name == "h1").map(|h1| h1.blocks.start);
        let headings: Vec<u32> = headings.collect();
        let has_headline = |blocks: &Range<u32>| {
            let at = headings.partition_point(|&start| start < blocks.start);
            headings.get(at).is_some_and(|&start| start < blocks.end)
        };
        let mut marks: Vec<Option<u32>> = Vec::with_capacity(page.elements.len());
        for (index, element) in page.elements.iter().enumerate() {
            let inherited = if index == 0 { None } else { marks[element.parent as usize] };
            let own = || {
                let (says, _) = own_mark(element)?;
                // What holds most of the text is the article, whatever it is called.
                let is_most = running_in(&element.blocks) * 2 >= total && total >= LEAST_TEXT;
                // The head of an article holds its headline and its standfirst.
                if element.tag.name == "header" && has_headline(&element.blocks) {
                    return None;
                }
                let is_article = match says {
                    Says::Comments => is_most && has_headline(&element.blocks),
                    _ => is_most,
                };
                (!is_article).then_some(index as u32)
            };
            marks.push(inherited.or_else(own));
        }
        marks
    }

    /// What a block counts for where the article is looked for: a short one among others that are no running
    /// text is likely the summary of another story.
    fn weight(&self, block: usize) -> u64 {
        let is_running =
            |at: Option<usize>| at.and_then(|at| self.running.get(at)).is_some_and(|words| *words > 0);
        let is_alone = !is_running(block.checked_sub(1)) && !is_running(Some(block + 1));
        if is_alone && self.running[block] < LONG_ALONE {
            self.running[block] / 4
        } else {
            self.running[block]
        }
    }

    /// Words of running text in each element that no mark takes out.
    fn running_text(&self, page: &Page, marks: &[Option<u32>]) -> Vec<u64> {
        let mut sums = vec![0_u64; page.elements.len()];
        for (block, &holder) in page.holders.iter().enumerate() {
            if marks[holder as usize].is_none() {
                sums[holder as usize] += self.weight(block);
            }
        }
        for element in (1..page.elements.len()).rev() {
            sums[page.elements[element].parent as usize] += sums[element];
        }
        sums
    }

    /// The heading that names the article: the one that says what the page's title says, else the last of
    /// first rank before the running text.
    fn headline(
        &self,
        page: &Page,
        marks: &[Option<u32>],
        text: &[u64],
        title: Option<&str>,
    ) -> Option<usize> {
        let headings: Vec<usize> = (0..page.holders.len())
            .filter(|&block| page.prose.blocks[block].kind == BlockKind::Heading)
            .collect();
        let is_first_rank = |block: usize| page.elements[page.holders[block] as usize].tag.name == "h1";
        let of = |block: usize| page.prose.blocks[block].span.of(&page.prose.text);
        if let Some(title) = title.map(normal) {
            let says_title = |block: usize| {
                let text = normal(of(block));
                text.split(' ').count() > 2 && title.contains(&text) || text == title
            };
            let found = headings.iter().copied().filter(|&block| says_title(block));
            if let Some(block) = found.max_by_key(|&block| (is_first_rank(block), usize::MAX - block)) {
                return Some(block);
            }
            // Not every headline is marked up as one.
            let is_most = |block: &usize| {
                let text = normal(of(*block));
                text.split(' ').count() > 3 && text.len() * 2 > title.len() && title.contains(&text)
            };
            let shown = |block: &usize| marks[page.holders[*block] as usize].is_none();
            if let Some(block) = (0..page.holders.len()).filter(shown).find(is_most) {
                return Some(block);
            }
        }
        let is_text = |block: usize| self.running[block] > 0 && marks[page.holders[block] as usize].is_none();
        let first_text = (0..page.holders.len()).find(|&block| is_text(block)).unwrap_or(usize::MAX);
        let shown = |block: usize| {
            let mark = marks[page.holders[block] as usize];
            mark.is_none_or(|mark| page.elements[mark as usize].tag.name == "header")
        };
        let candidates =
            headings.into_iter().filter(|&block| is_first_rank(block) && shown(block) && text[0] > 0);
        let (before, behind): (Vec<usize>, Vec<usize>) = candidates.partition(|&block| block < first_text);
        before.last().or(behind.first()).copied()
    }

    /// The element around the article.
    fn main(&self, page: &Page, text: &[u64]) -> Option<usize> {
        let total = text[0];
        if total < LEAST_TEXT {
            return None;
        }
        // What says that it is the article, where it has most of the text; the innermost.
        let says_article = |element: &Element| element.tag.name == "article" || element.labels.is_body;
        let is_most = |index: &usize| text[*index] * 2 >= total;
        let said =
            (0..page.elements.len()).filter(|&index| says_article(&page.elements[index])).rfind(is_most);
        if said.is_some() {
            return said;
        }
        // Else down from the page, as long as one child has nearly all the text.
        let mut heaviest = vec![0_usize; page.elements.len()];
        for index in 1..page.elements.len() {
            let parent = page.elements[index].parent as usize;
            if heaviest[parent] == 0 || text[index] > text[heaviest[parent]] {
                heaviest[parent] = index;
            }
        }
        let mut main = 0;
        while heaviest[main] > 0 && text[heaviest[main]] * 100 >= total * MAIN_SHARE {
            let child = &page.elements[heaviest[main]];
            if child.tag.layout == Layout::Inline || child.blocks.len() == 1 {
                break;
            }
            main = heaviest[main];
        }
        Some(main)
    }

    /// The blocks from the headline to the end of the article.
    fn region(&self, page: &Page, main: Option<usize>, headline: Option<usize>) -> Option<Range<u32>> {
        let blocks = page.elements[main?].blocks.clone();
        let start = headline.map_or(blocks.start, |headline| blocks.start.min(headline as u32));
        Some(start..blocks.end)
    }

    /// The elements that hold more links and buttons than running text.
    fn lists(&self, page: &Page, marks: &[Option<u32>], around: &[bool], is_page: bool) -> Vec<bool> {
        let mut is_list = vec![false; page.elements.len()];
        if !is_page {
            return is_list;
        }
        let mut sums = vec![(0, 0)];
        for (block, outlined) in page.prose.blocks.iter().enumerate() {
            let n_words = self.words[block + 1] - self.words[block];
            let is_marked = marks[page.holders[block] as usize].is_some();
            let linked = n_words * u64::from(outlined.linked) / outlined.span.len().max(1) as u64;
            let (links, running) = sums[block];
            sums.push((
                links + if is_marked { n_words } else { linked },
                running + if is_marked { 0 } else { self.running[block] },
            ));
        }
        for (index, element) in page.elements.iter().enumerate() {
            let (from, to) = (sums[element.blocks.start as usize], sums[element.blocks.end as usize]);
            let (links, running, all) = (to.0 - from.0, to.1 - from.1, self.words_in(element));
            let is_box =
                matches!(element.tag.name, "div" | "section" | "td" | "custom" | "p" | "center" | "fieldset");
            let is_own =
                is_box && !around[index] && all > 0 && links * 100 >= all * LIST_SHARE && running * 2 < all;
            is_list[index] = is_own || index > 0 && is_list[element.parent as usize];
        }
        is_list
    }

    /// The elements that are teasers of other stories: small, and with a title that is a link.
    fn cards(&self, page: &Page, around: &[bool], headline: Option<usize>) -> Vec<bool> {
        let mut is_card = vec![false; page.elements.len()];
        for (block, outlined) in page.prose.blocks.iter().enumerate() {
            let n_words = self.words[block + 1] - self.words[block];
            let is_linked = u64::from(outlined.linked) * 5 >= outlined.span.len() as u64 * 4;
            if Some(block) == headline || !is_linked || n_words < SHORTEST_CARD_TITLE {
                continue;
            }
            let is_heading = outlined.kind == BlockKind::Heading;
            let mut card = None;
            let mut at = page.holders[block] as usize;
            while !around[at] && self.words_in(&page.elements[at]) <= LONGEST_CARD {
                let is_box = matches!(
                    page.elements[at].tag.name,
                    "li" | "article" | "div" | "section" | "td" | "custom" | "dd"
                );
                card = if is_box { Some(at) } else { card };
                // A heading may stand deep in its card; another link only right in it.
                if is_box && !is_heading {
                    break;
                }
                at = page.elements[at].parent as usize;
            }
            if let Some(card) = card {
                is_card[card] = true;
            }
        }
        for index in 1..page.elements.len() {
            is_card[index] |= is_card[page.elements[index].parent as usize];
        }
        is_card
    }
}

/// The elements that hold the article or its headline.
fn around(page: &Page, main: Option<usize>, headline: Option<usize>) -> Vec<bool> {
    let mut around = vec![false; page.elements.len()];
    around[0] = true;
    for start in [main, headline.map(|block| page.holders[block] as usize)].into_iter().flatten() {
        let mut at = start;
        while !around[at] {
            around[at] = true;
            at = page.elements[at].parent as usize;
        }
    }
    around
}

/// Whether an element is a single paragraph.
fn is_lone(page: &Page, element: usize) -> bool {
    let element = &page.elements[element];
    element.blocks.len() == 1 && matches!(element.tag.name, "p" | "li" | "blockquote")
}

/// What an element says of itself, and the reason in words for people.
fn own_mark(element: &Element) -> Option<(Says, Cow<'static, str>)> {
    let (tag, labels) = (&element.tag, &element.labels);
    if tag.layout == Layout::Inline
        || matches!(tag.name, "html" | "body" | "main" | "article")
        || labels.is_body
    {
        return None;
    }
    if tag.is_chrome {
        return Some((Says::Chrome, format!("<{}>", tag.name).into()));
    }
    if labels.is_hidden {
        return Some((Says::Hidden, "not shown".into()));
    }
    if let Some(role) = labels.role.as_deref().filter(|role| names::is_chrome_role(role)) {
        return Some((Says::Chrome, format!("role {}", shortened(role)).into()));
    }
    let (says, name) = labels.says.as_ref().filter(|(says, _)| *says != Says::Caption)?;
    Some((*says, format!("named `{}`", shortened(name)).into()))
}

/// A name as far as a table has room for it.
fn shortened(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(30).collect()
}

/// Words in lower case, one blank apart.
fn normal(text: &str) -> String {
    words(text, 0).iter().map(|word| word.folded.as_ref()).collect::<Vec<_>>().join(" ")
}
