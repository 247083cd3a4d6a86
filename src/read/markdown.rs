//! Markdown: prose without its markup, with the way back to every character.
//!
//! Code, raw HTML, link targets and pictures are no prose; front matter is metadata.

use super::prose::Prose;
use super::reader::{Extracted, File, Reader};
use super::{Error, front_matter};
use crate::corpus::{BlockKind, Document, Metadata, Origin, Skipped, Span, find_remarks};
use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// `.md` and `.markdown`.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let (Article { prose, metadata, remarks, .. }, faults) = Article::of(&decoded.text);
        let origin = Arc::new(Origin::new(decoded.text, decoded.encoding));
        let prose = prose.into_document(file.path.clone(), origin);
        let document = Document { metadata, remarks, is_line_based: true, ..prose };
        let skip =
            |message: String| Skipped::new(&file.path, format!("front matter is passed over: {message}"));
        Ok(Extracted { documents: vec![document], skipped: faults.into_iter().map(skip).collect() })
    }
}

/// An article under construction.
#[derive(Default)]
struct Article<'a> {
    source: &'a str,
    prose: Prose,
    metadata: Metadata,
    context: Vec<(BlockKind, &'static str)>,
    pictures: usize,
    links: usize,
    /// Where template code that was met ends, in the source.
    template_end: usize,
    /// Comments that speak to this program.
    remarks: Vec<Span>,
}

impl<'a> Article<'a> {
    /// Walks the events once; what is wrong with the front matter comes back as messages.
    fn of(source: &'a str) -> (Self, Vec<String>) {
        let mut article = Self { source, ..Self::default() };
        let mut faults = Vec::new();
        let mut front: Option<(MetadataBlockKind, String)> = None;
        for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::MetadataBlock(kind)) => front = Some((kind, String::new())),
                Event::End(TagEnd::MetadataBlock(_)) => {
                    if let Some((kind, text)) = front.take() {
                        faults.extend(article.set_metadata(kind, &text));
                    }
                }
                Event::Text(piece) if front.is_some() => {
                    front.iter_mut().for_each(|(_, text)| text.push_str(&piece))
                }
                event => article.take(event, &range),
            }
        }
        article.prose.close();
        (article, faults)
    }

    /// Takes the front matter; gives messages about what cannot be read of it.
    fn set_metadata(&mut self, kind: MetadataBlockKind, text: &str) -> Vec<String> {
        let read = match kind {
            MetadataBlockKind::YamlStyle => front_matter::yaml(text),
            MetadataBlockKind::PlusesStyle => front_matter::toml(text),
        };
        let (metadata, faults) = read.unwrap_or_else(|message| (Metadata::default(), vec![message]));
        self.metadata = metadata;
        faults
    }

    fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        // A block of HTML comes line by line, and a comment may have several.
        if let Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) = event {
            let found = find_remarks(&self.source[range.clone()]);
            self.remarks
                .extend(found.iter().map(|at| Span::new(range.start + at.start, range.start + at.end)));
        }
        match event {
            Event::Start(Tag::Image { .. }) => self.pictures += 1,
            Event::End(TagEnd::Image) => self.pictures = self.pictures.saturating_sub(1),
            Event::Start(Tag::Link { .. }) => self.links += 1,
            Event::End(TagEnd::Link) => self.links = self.links.saturating_sub(1),
            Event::Start(tag) => self.enter(&tag),
            Event::End(tag) => self.leave(tag, range),
            Event::Text(piece) if self.pictures == 0 => self.text(&piece, range),
            Event::SoftBreak | Event::HardBreak if self.prose.is_open() => self.push(" ", range),
            Event::InlineHtml(tag) if self.prose.is_open() && tag.starts_with("<br") => self.push(" ", range),
            _ => {}
        }
    }

    fn enter(&mut self, tag: &Tag<'_>) {
        if let Some(kind) = block_kind(tag) {
            self.prose.close();
            self.context.push(kind);
        }
    }

    fn leave(&mut self, tag: TagEnd, range: &Range<usize>) {
        if tag == TagEnd::TableCell && self.prose.is_open() {
            self.push(" ", &(range.end..range.end));
        }
        if is_block(tag) {
            self.prose.close();
            self.context.pop();
        }
    }

    /// The kind of a block by all that it stands in: a paragraph in a list is a list item.
    fn kind(&self) -> (BlockKind, &'static str) {
        let is_special = |(kind, _): &&(BlockKind, &str)| *kind != BlockKind::Paragraph;
        self.context.iter().find(is_special).copied().unwrap_or((BlockKind::Paragraph, "paragraph"))
    }

    /// Adds text without the template code in it, which a parser of Markdown takes for prose.
    fn text(&mut self, piece: &str, range: &Range<usize>) {
        let is_verbatim = self.source.get(range.clone()) == Some(piece);
        if !is_verbatim || self.kind().0 == BlockKind::Code {
            return if range.start >= self.template_end {
                self.push(piece, range)
            };
        }
        let mut at = range.start.max(self.template_end.min(range.end));
        while let Some((start, end)) = template(self.source, at..range.end) {
            self.push(&self.source[at..start], &(at..start));
            self.template_end = end;
            at = end.min(range.end);
        }
        self.push(&self.source[at..range.end], &(at..range.end));
    }

    fn push(&mut self, piece: &str, range: &Range<usize>) {
        if piece.is_empty() {
            return;
        }
        let (kind, reason) = self.kind();
        self.prose.open(kind, reason, range.start);
        self.prose.push(piece, range.clone());
        if self.links > 0 {
            self.prose.mark_linked(piece.len());
        }
    }
}

/// Marks of template code: shortcodes of Hugo and Jekyll, expressions and imports of MDX. What opens it, what
/// ends it, and whether it stands at the start of a line.
const TEMPLATES: [(&str, &str, bool); 7] = [
    ("{{", "}}", false),
    ("{%", "%}", false),
    ("{/*", "*/}", false),
    ("{: ", "}", true),
    ("import ", "\n", true),
    ("export ", "\n\n", true),
    (":::", "\n", true),
];

/// The first template code that starts within a stretch of the source; it may end behind it. Template code
/// that does not end in time is prose.
fn template(source: &str, within: Range<usize>) -> Option<(usize, usize)> {
    /// The longest shortcode, in bytes: an open brace in a text must not swallow it.
    const LONGEST: usize = 2000;
    // What opens it may stand in two events: `{/*` in `{/` and `*`.
    let stretch = source.get(within.start..within.end + 2).unwrap_or(&source[within.clone()]);
    let is_line_start = |at: usize| source[..at].ends_with('\n') || at == 0;
    let found = TEMPLATES.iter().filter_map(|&(open, close, is_line)| {
        let starts = stretch.match_indices(open).map(|(at, _)| within.start + at);
        let mut at = starts.take_while(|&at| at < within.end);
        let at = at.find(|&at| !is_line || is_line_start(at) && is_code_line(source, at, open))?;
        let rest = &source[at + open.len()..];
        let mut limit = rest.len().min(LONGEST);
        while !rest.is_char_boundary(limit) {
            limit -= 1;
        }
        let end = match rest[..limit].find(close) {
            Some(end) => at + open.len() + end + close.len(),
            None if close.starts_with('\n') && limit == rest.len() => source.len(),
            None => return None,
        };
        Some((at, end))
    });
    found.min()
}

/// Whether a line that starts like code is code: "import React from 'react'", not "import duties rose".
fn is_code_line(source: &str, at: usize, open: &str) -> bool {
    let line = source[at..].lines().next().unwrap_or_default();
    match open {
        "import " => {
            line.contains(" from ") && line.contains(['"', '\'']) || line[7..].starts_with(['"', '\''])
        }
        "export " => {
            ["const ", "default ", "let ", "function ", "{"].iter().any(|word| line[7..].starts_with(word))
        }
        _ => true,
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

fn block_kind(tag: &Tag<'_>) -> Option<(BlockKind, &'static str)> {
    Some(match tag {
        Tag::Heading { .. } => (BlockKind::Heading, "heading"),
        Tag::Paragraph | Tag::FootnoteDefinition(_) => (BlockKind::Paragraph, "paragraph"),
        Tag::BlockQuote(_) => (BlockKind::Quote, "block quotation"),
        Tag::List(_) | Tag::Item => (BlockKind::ListItem, "list item"),
        Tag::CodeBlock(_) => (BlockKind::Code, "code block"),
        Tag::HtmlBlock => (BlockKind::Code, "HTML"),
        Tag::Table(_) | Tag::TableHead | Tag::TableRow => (BlockKind::Table, "table"),
        _ => return None,
    })
}

fn is_block(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::FootnoteDefinition
            | TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
    )
}

#[cfg(test)]
mod tests {
    use super::Article;

    fn check(source: &str, expected: &[(&str, &str, &str)]) {
        let (Article { prose, .. }, faults) = Article::of(source);
        assert!(faults.is_empty(), "{faults:?}");
        let blocks: Vec<(&str, &str, &str)> = prose
            .blocks
            .iter()
            .map(|block| {
                let (from, to) = (prose.offsets.start(block.span.start), prose.offsets.end(block.span.end));
                (block.kind.name(), block.span.of(&prose.text), &source[from as usize..to as usize])
            })
            .collect();
        assert_eq!(blocks, expected);
    }

    #[test]
    fn blocks_without_markup_lead_back_to_the_source() {
        check(
            "# A *bold*&amp;free title\r\n\r\nSome [linked](http://x.y) `code` words\r\nover two lines.\r\n\r\n- one\r\n- two\r\n\r\n> said\r\n\r\n```\r\nx = 1\r\n```\r\n\r\n![alt](p.png)\r\n<!-- note -->\r\n",
            &[
                ("heading", "A bold&free title", "A *bold*&amp;free title"),
                (
                    "paragraph",
                    "Some linked  words over two lines.",
                    "Some [linked](http://x.y) `code` words\r\nover two lines.",
                ),
                ("list item", "one", "one"),
                ("list item", "two", "two"),
                ("quote", "said", "said"),
                ("code", "x = 1", "x = 1"),
            ],
        );
    }

    #[test]
    fn cells_and_breaks_keep_words_apart() {
        let (Article { prose, .. }, _) = Article::of("| ten | twenty |\n|---|---|\n| one<br>two | x |\n");
        assert_eq!(prose.text.split_whitespace().collect::<Vec<_>>(), ["ten", "twenty", "one", "two", "x"]);
    }

    #[test]
    fn template_code_is_no_prose() {
        for (source, text) in [
            ("Before {{< figure src=\"a.png\" title=\"Not this\" >}} after.\n", "Before  after."),
            ("Before {% include note.html text=\"Not this\" %} after {{ page.title }}.\n", "Before  after ."),
            ("import Chart from './chart.js'\n\nText {/* not this */} here.\n", "Text  here."),
            ("export const meta = {\n  title: 'x'\n}\n\nText.\n", "Text."),
            ("Text.\n{: .lead}\n\n<Chart data={[1,2]} />\n\nMore.\n", "Text. \n\nMore."),
            ("import duties rose from May.\n", "import duties rose from May."),
            ("An open {{ brace.\n\nMore.\n", "An open {{ brace.\n\nMore."),
        ] {
            assert_eq!(Article::of(source).0.prose.text, text, "{source}");
        }
    }

    #[test]
    fn front_matter_is_metadata() {
        for source in [
            "---\ntitle: A\ndate: 2024-06-19\ntags: [a, b]\n---\nText.\n",
            "+++\ntitle = \"A\"\ndate = 2024-06-19\n+++\nText.\n",
        ] {
            let (article, faults) = Article::of(source);
            assert_eq!((faults.len(), article.prose.text.as_str()), (0, "Text."));
            assert_eq!(
                article.metadata.published.map(|date| date.to_string()).as_deref(),
                Some("2024-06-19")
            );
        }
        let (article, faults) = Article::of("---\ntitle: A\ndate: yesterday\n---\nText.\n");
        assert_eq!((faults.len(), article.metadata.title.as_deref()), (1, Some("A")));
        let (article, faults) = Article::of("---\ntitle: [\n---\nText.\n");
        assert_eq!((faults.len(), article.prose.text.as_str()), (1, "Text."));
    }
}
