//! Markdown: prose without its markup, with the way back to every character.
//!
//! Code, raw HTML, link targets and pictures are no prose; front matter is metadata.

use super::reader::{Extracted, File, Reader};
use super::{Error, front_matter};
use crate::corpus::{BlockKind, Document, Metadata, OffsetMap, Outlined, Skipped, Span};
use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// `.md` and `.markdown`.
pub(super) struct Markdown;

impl Reader for Markdown {
    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    fn read(&self, file: File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let (prose, faults) = Prose::of(&decoded.text);
        let document = Document {
            text: prose.text,
            prose: prose.offsets,
            metadata: prose.metadata,
            outline: Some(prose.blocks),
            original: Some(decoded.text),
            encoding: decoded.encoding,
            path: file.path.clone(),
            record: None,
        };
        let skip = |message: String| Skipped {
            path: file.path.clone(),
            reason: format!("front matter is passed over: {message}"),
            was_named: false,
            is_other_kind: false,
        };
        Ok(Extracted { documents: vec![document], skipped: faults.into_iter().map(skip).collect() })
    }
}

/// Clean text under construction.
#[derive(Default)]
struct Prose<'a> {
    source: &'a str,
    text: String,
    offsets: OffsetMap,
    blocks: Vec<Outlined>,
    metadata: Metadata,
    open: Option<(usize, BlockKind)>,
    context: Vec<BlockKind>,
    pictures: usize,
}

impl<'a> Prose<'a> {
    /// Walks the events once; what is wrong with the front matter comes back as messages.
    fn of(source: &'a str) -> (Self, Vec<String>) {
        let mut prose = Self { source, ..Self::default() };
        let mut faults = Vec::new();
        let mut front: Option<(MetadataBlockKind, String)> = None;
        for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::MetadataBlock(kind)) => front = Some((kind, String::new())),
                Event::End(TagEnd::MetadataBlock(_)) => {
                    if let Some((kind, text)) = front.take() {
                        faults.extend(prose.set_metadata(kind, &text));
                    }
                }
                Event::Text(piece) if front.is_some() => {
                    front.iter_mut().for_each(|(_, text)| text.push_str(&piece))
                }
                event => prose.take(event, &range),
            }
        }
        prose.close();
        (prose, faults)
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
        match event {
            Event::Start(Tag::Image { .. }) => self.pictures += 1,
            Event::End(TagEnd::Image) => self.pictures = self.pictures.saturating_sub(1),
            Event::Start(tag) => self.enter(&tag),
            Event::End(tag) => self.leave(tag, range),
            Event::Text(piece) if self.pictures == 0 => self.push(&piece, range),
            Event::SoftBreak | Event::HardBreak if self.open.is_some() => self.push(" ", range),
            Event::InlineHtml(tag) if self.open.is_some() && tag.starts_with("<br") => self.push(" ", range),
            _ => {}
        }
    }

    fn enter(&mut self, tag: &Tag<'_>) {
        if let Some(kind) = block_kind(tag) {
            self.close();
            self.context.push(kind);
        }
    }

    fn leave(&mut self, tag: TagEnd, range: &Range<usize>) {
        if tag == TagEnd::TableCell && self.open.is_some() {
            self.push(" ", &(range.end..range.end));
        }
        if is_block(tag) {
            self.close();
            self.context.pop();
        }
    }

    /// The kind of a block by all that it stands in: a paragraph in a list is a list item.
    fn kind(&self) -> BlockKind {
        self.context
            .iter()
            .copied()
            .find(|kind| *kind != BlockKind::Paragraph)
            .unwrap_or(BlockKind::Paragraph)
    }

    fn push(&mut self, piece: &str, range: &Range<usize>) {
        if self.open.is_none() {
            if !self.text.is_empty() {
                self.offsets.push(self.text.len(), range.start, 2, 0);
                self.text.push_str("\n\n");
            }
            self.open = Some((self.text.len(), self.kind()));
        }
        let is_verbatim = self.source.get(range.clone()) == Some(piece);
        let (here, there) = if is_verbatim { (1, 1) } else { (piece.len(), range.len()) };
        self.offsets.push(self.text.len(), range.start, here, there);
        self.text.push_str(piece);
    }

    fn close(&mut self) {
        let Some((start, kind)) = self.open.take() else { return };
        let text = &self.text[start..];
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let from = start + text.len() - text.trim_start().len();
            self.blocks.push(Outlined { span: Span::new(from, from + trimmed.len()), kind });
        }
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

fn block_kind(tag: &Tag<'_>) -> Option<BlockKind> {
    Some(match tag {
        Tag::Heading { .. } => BlockKind::Heading,
        Tag::Paragraph | Tag::FootnoteDefinition(_) => BlockKind::Paragraph,
        Tag::BlockQuote(_) => BlockKind::Quote,
        Tag::List(_) | Tag::Item => BlockKind::ListItem,
        Tag::CodeBlock(_) | Tag::HtmlBlock => BlockKind::Code,
        Tag::Table(_) | Tag::TableHead | Tag::TableRow => BlockKind::Table,
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
    use super::Prose;

    fn check(source: &str, expected: &[(&str, &str, &str)]) {
        let (prose, faults) = Prose::of(source);
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
        let (prose, _) = Prose::of("| ten | twenty |\n|---|---|\n| one<br>two | x |\n");
        assert_eq!(prose.text.split_whitespace().collect::<Vec<_>>(), ["ten", "twenty", "one", "two", "x"]);
    }

    #[test]
    fn front_matter_is_metadata() {
        for source in [
            "---\ntitle: A\ndate: 2024-06-19\ntags: [a, b]\n---\nText.\n",
            "+++\ntitle = \"A\"\ndate = 2024-06-19\n+++\nText.\n",
        ] {
            let (prose, faults) = Prose::of(source);
            assert_eq!((faults.len(), prose.text.as_str()), (0, "Text."));
            assert_eq!(prose.metadata.published.map(|date| date.to_string()).as_deref(), Some("2024-06-19"));
        }
        let (prose, faults) = Prose::of("---\ntitle: A\ndate: yesterday\n---\nText.\n");
        assert_eq!((faults.len(), prose.metadata.title.as_deref()), (1, Some("A")));
        let (prose, faults) = Prose::of("---\ntitle: [\n---\nText.\n");
        assert_eq!((faults.len(), prose.text.as_str()), (1, "Text."));
    }
}
