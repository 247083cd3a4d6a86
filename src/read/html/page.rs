//! A page as elements and blocks: what stands in what, and how much of it is running text.

use super::names::{self, Says};
use super::tags::{self, Layout, Tag};
use super::tokens::{Attributes, CUSTOM_NAME, Token, tokens, unescape};
use crate::corpus::{BlockKind, ends_sentence, is_running_text};
use crate::read::prose::Prose;
use std::ops::Range;

/// Elements in the order of their start tags.
#[derive(Debug)]
pub(super) struct Page {
    /// The text of all blocks.
    pub(super) prose: Prose,
    /// For each block the element it stands in.
    pub(super) holders: Vec<u32>,
    /// The first is the page itself; a parent stands before its children.
    pub(super) elements: Vec<Element>,
}

/// An element that starts and ends blocks, or stands around text with a mark.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) parent: u32,
    pub(super) tag: Tag,
    /// What its attributes say it is for.
    pub(super) labels: Labels,
    /// How many blocks had started before it, and before its end.
    pub(super) blocks: Range<u32>,
}

/// What attributes say of an element.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// What its class names and its id say, and the name that says it.
    pub(super) says: Option<(Says, String)>,
    pub(super) role: Option<String>,
    pub(super) is_body: bool,
    pub(super) is_hidden: bool,
}

/// How far an end tag looks for its start tag. Deeper ones are ended by others around them.
const DEEPEST_END: usize = 256;
/// In a box a line break ends a block of at most so many words.
const LONGEST_LABEL: usize = 12;
/// A line break ends a block behind a sentence of so many words.
const SHORTEST_LINE: usize = 8;

/// Reads a page. Linear: each element is opened and closed once.
pub(super) fn page(source: &str, mut listen: impl FnMut(&Token)) -> Page {
    let root = Element { parent: 0, tag: tags::ROOT, labels: Labels::default(), blocks: 0..0 };
    let page = Page { prose: Prose::default(), holders: Vec::new(), elements: vec![root] };
    let mut builder = Builder {
        source,
        page,
        stack: vec![0],
        hidden: None,
        link: None,
        breaks: 0,
        cell_gap: false,
        has_breaks: false,
    };
    for token in tokens(source) {
        listen(&token);
        match token {
            Token::Start(tag, attributes) => builder.start(tag, &attributes),
            Token::End(tag) => builder.end(tag),
            Token::Text(range) => builder.text(range),
            Token::Remark(_) => {}
        }
    }
    builder.finish()
}

struct Builder<'a> {
    source: &'a str,
    page: Page,
    /// The open elements.
    stack: Vec<u32>,
    /// Where in the stack the outermost element without shown text stands.
    hidden: Option<usize>,
    /// How many elements were open when the open link started.
    link: Option<usize>,
    /// Line breaks since the last text.
    breaks: usize,
    /// Whether a table cell ended in the open row.
    cell_gap: bool,
    /// Whether lines ended in the open block: then its cell is no cell of a row of data.
    has_breaks: bool,
}

impl Builder<'_> {
    fn tag(&self, depth: usize) -> &Tag {
        &self.page.elements[self.stack[depth] as usize].tag
    }

    /// The innermost open element.
    fn innermost(&self) -> u32 {
        self.stack.last().copied().unwrap_or(0)
    }

    fn start(&mut self, tag: Tag, attributes: &Attributes) {
        if tag.name == "a" {
            // Without an address it is a place to jump to, or a link that a script follows.
            let is_place = attributes.get("name").is_some() || attributes.get("id").is_some();
            let is_link = attributes.get("href").is_some() || !is_place;
            self.link = is_link.then_some(self.stack.len());
        }
        match tag.layout {
            Layout::Break => return self.line_break(),
            Layout::Inline if tag.is_void => return,
            Layout::Cell => self.next_cell(),
            Layout::Block => self.close_block(),
            Layout::Inline | Layout::Hidden => {}
        }
        if tag.is_void {
            return;
        }
        self.end_what_it_ends(&tag);
        let labels = Labels::of(attributes);
        let is_heading = tag.layout == Layout::Block && labels.role.as_deref() == Some("heading");
        let tag = if is_heading { Tag { kind: Some(BlockKind::Heading), ..tag } } else { tag };
        let is_hidden = tag.layout == Layout::Hidden || tag.layout == Layout::Inline && labels.is_hidden;
        // An inline element that says nothing holds nothing up.
        if tag.layout == Layout::Inline && !is_hidden && labels.says.is_none() {
            return;
        }
        if is_hidden && self.hidden.is_none() {
            self.hidden = Some(self.stack.len());
        }
        let parent = self.innermost();
        let here = self.page.holders.len() as u32;
        self.stack.push(self.page.elements.len() as u32);
        self.page.elements.push(Element { parent, tag, labels, blocks: here..here });
    }

    /// Ends open elements that cannot hold the new one: a paragraph another paragraph, a list item the next.
    fn end_what_it_ends(&mut self, tag: &Tag) {
        let (ended, within) = tags::ended_by(tag);
        if ended.is_empty() {
            return;
        }
        let mut keep = None;
        for depth in (1..self.stack.len()).rev().take(DEEPEST_END) {
            let name = self.tag(depth).name;
            if ended.contains(&name) {
                keep = Some(depth);
            } else if within.contains(&name) {
                break;
            }
        }
        if let Some(depth) = keep {
            self.pop_to(depth);
        }
    }

    fn end(&mut self, tag: Tag) {
        if tag.name == "a" {
            self.link = None;
        }
        match tag.layout {
            Layout::Break => return self.line_break(),
            Layout::Block => self.close_block(),
            Layout::Cell => self.next_cell(),
            Layout::Inline | Layout::Hidden => {}
        }
        let is_inline = matches!(tag.layout, Layout::Inline | Layout::Hidden);
        for depth in (1..self.stack.len()).rev().take(DEEPEST_END) {
            let open = self.tag(depth);
            if open.name == tag.name {
                return self.pop_to(depth);
            }
            // Neither does an inline end tag end a block around it, nor any a cell around it.
            let is_wall = match tag.name {
                "table" | "tr" | "tbody" | "html" | "body" => open.name == "table",
                _ => open.layout == Layout::Cell && tag.layout != Layout::Cell,
            };
            if is_wall || is_inline && open.layout == Layout::Block {
                return;
            }
        }
    }

    /// Ends the open elements from this depth on.
    fn pop_to(&mut self, depth: usize) {
        let is_block = self.stack[depth..]
            .iter()
            .any(|&element| self.page.elements[element as usize].tag.layout == Layout::Block);
        if is_block {
            self.close_block();
        }
        let here = self.page.holders.len() as u32;
        for element in self.stack.drain(depth..) {
            self.page.elements[element as usize].blocks.end = here;
        }
        self.hidden = self.hidden.filter(|&hidden| hidden < depth);
        // A link that nobody ended ends with what it stands in.
        self.link = self.link.filter(|&link| link <= depth);
    }

    fn next_cell(&mut self) {
        if self.has_breaks {
            self.close_block();
        }
        self.cell_gap = self.page.prose.is_open();
    }

    fn close_block(&mut self) {
        self.has_breaks = false;
        self.breaks = 0;
        self.cell_gap = false;
        if self.page.prose.is_open() && !self.page.prose.close() {
            self.page.holders.pop();
        }
    }

    /// Two line breaks end a paragraph, and so does one behind a whole sentence.
    fn line_break(&mut self) {
        self.breaks += 1;
        self.has_breaks = true;
        let text = self.page.prose.open_text();
        let holder = &self.page.elements[self.innermost() as usize].tag;
        // In a paragraph lines may be verse or an address; in a cell or a box they are labels and titles.
        let is_box = matches!(holder.name, "td" | "div" | "body" | "center" | "custom" | "page");
        let words = || text.split_whitespace();
        let is_end = self.breaks > 1
            || ends_sentence(text.trim_end()) && words().nth(SHORTEST_LINE - 1).is_some()
            || is_box && words().nth(LONGEST_LABEL).is_none();
        if is_end {
            self.close_block();
        }
    }

    fn text(&mut self, range: Range<usize>) {
        if self.hidden.is_some() {
            return;
        }
        let raw = &self.source[range.clone()];
        let is_verbatim = self.kind() == BlockKind::Code;
        for (text, there) in unescape(raw) {
            let there = range.start + there.start..range.start + there.end;
            if is_verbatim || there.len() != text.len() && !text.chars().all(is_blank) {
                self.push(&text, there);
            } else {
                self.flowing(&text, there);
            }
        }
    }

    /// Adds text in which blanks and line ends count as one blank.
    fn flowing(&mut self, text: &str, there: Range<usize>) {
        let mut rest = text;
        while !rest.is_empty() {
            let start = there.start + text.len() - rest.len();
            let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
            if blanks > 0 {
                let open = self.page.prose.open_text();
                if !open.is_empty() && !open.ends_with(is_blank) {
                    let end = if blanks == rest.len() { there.end } else { start + blanks };
                    self.push_open(" ", start..end);
                }
                rest = &rest[blanks..];
                continue;
            }
            // A single blank within a line stays part of its piece.
            let bytes = rest.as_bytes();
            let blank_at = |at: usize| bytes.get(at).is_some_and(|&byte| is_blank(byte as char));
            let is_end = |&at: &usize| {
                blank_at(at) && (bytes[at] != b' ' || blank_at(at + 1) || at + 1 == bytes.len())
            };
            let end = (0..rest.len()).find(is_end).unwrap_or(rest.len());
            self.push(&rest[..end], start..start + end);
            rest = &rest[end..];
        }
    }

    /// Adds text that is not only blank.
    fn push(&mut self, text: &str, there: Range<usize>) {
        if std::mem::take(&mut self.breaks) > 0 && self.page.prose.is_open() {
            self.push_open(" ", there.start..there.start);
        }
        if std::mem::take(&mut self.cell_gap) {
            self.push_open(" ", there.start..there.start);
        }
        if !self.page.prose.is_open() {
            let kind = self.kind();
            self.page.prose.open(kind, "", there.start);
            self.page.holders.push(self.innermost());
        }
        self.push_open(text, there);
    }

    fn push_open(&mut self, text: &str, there: Range<usize>) {
        self.page.prose.push(text, there);
        if self.link.is_some() {
            self.page.prose.mark_linked(text.len());
        }
    }

    /// The kind of text here: the innermost element that says one.
    fn kind(&self) -> BlockKind {
        let mut is_in_paragraph = false;
        for depth in (1..self.stack.len()).rev().take(DEEPEST_END) {
            let tag = self.tag(depth);
            is_in_paragraph |= tag.name == "p";
            match tag.kind {
                // A page that is laid out with tables has paragraphs in its cells.
                Some(BlockKind::Table) if is_in_paragraph => return BlockKind::Paragraph,
                Some(kind) => return kind,
                None => {}
            }
        }
        BlockKind::Paragraph
    }

    fn finish(mut self) -> Page {
        self.pop_to(0);
        let page = &mut self.page;
        for (block, &holder) in page.prose.blocks.iter_mut().zip(&page.holders) {
            let tag = page.elements[holder as usize].tag.name;
            block.reason = if tag.is_empty() { "text".into() } else { format!("<{tag}>").into() };
            // Pages are laid out with tables: running text in a cell is a paragraph.
            if block.kind == BlockKind::Table && is_running_text(block.span.of(&page.prose.text)) {
                block.kind = BlockKind::Paragraph;
            }
        }
        self.page
    }
}

/// White space as HTML knows it, which is not all that Unicode knows.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

impl Labels {
    fn of(attributes: &Attributes) -> Self {
        let names = [attributes.get(CUSTOM_NAME), attributes.get("class"), attributes.get("id")];
        let names = names.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let is_invisible = |style: &str| {
            let style: String = style.split_whitespace().collect::<String>().to_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden")
        };
        let says = names::says(&names).map(|(says, name)| (says, name.to_owned()));
        Self {
            is_hidden: attributes.get("hidden").is_some()
                || attributes.get("style").is_some_and(is_invisible)
                || matches!(says, Some((Says::Hidden, _)))
                || attributes.get("aria-hidden") == Some("true") && attributes.get("class").is_none(),
            says,
            role: attributes.get("role").map(str::to_lowercase),
            is_body: attributes.get("itemprop").is_some_and(|property| property.contains("articleBody")),
        }
    }
}
