//! HTML: the article of a page, with the way back to every character.
//!
//! Tokens become a flat list of elements and blocks ([`page`]); what elements, names and running text say
//! decides which blocks are the article ([`zones`]). No tree is built and nothing recurses, so that nesting
//! costs nothing; nothing is fetched and no script is run.

mod facts;
mod names;
mod page;
mod tags;
mod tokens;
mod zones;

pub(super) use tokens::unescape;

use self::tokens::Token;
use super::Error;
use super::prose::Prose;
use super::reader::{Extracted, File, Reader};
use crate::corpus::{BlockKind, Document, Metadata, Origin, Span, find_remarks};
use facts::PageFacts;
use std::sync::Arc;
use zones::Scope;

/// `.html`, `.htm`, `.xhtml`.
pub(super) struct Html;

impl Reader for Html {
    fn read(&self, file: &File<'_>) -> Result<Extracted, Error> {
        let decoded = file.decoded()?;
        let mut remarks = Vec::new();
        let (prose, metadata) = article(&decoded.text, |token| {
            if let Token::Remark(at) = token {
                // The tokenizer gives the end of a comment with or without its mark.
                let source = &decoded.text;
                let start =
                    source[..at.start.min(source.len())].rfind("<!--").filter(|start| start + 4 >= at.start);
                let start = start.unwrap_or(at.start);
                remarks.extend(
                    find_remarks(&source[start..])
                        .first()
                        .map(|own| Span::new(start + own.start, start + own.end)),
                );
            }
        });
        let origin = Arc::new(Origin::new(decoded.text, decoded.encoding));
        let document = Document { metadata, remarks, ..prose.into_document(file.path.clone(), origin) };
        Ok(Extracted::of(document))
    }
}

/// The article of a page and what the page says of it, while somebody listens to its tokens. Linear.
fn article(source: &str, mut listen: impl FnMut(&Token)) -> (Prose, Metadata) {
    let mut facts = PageFacts::default();
    let mut page = page::page(source, |token| {
        facts.listen(token, source);
        listen(token);
    });
    zones::judge(&mut page, Scope::Page(facts.title()));
    let headline = page.prose.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let headline = headline.map(|block| block.span.of(&page.prose.text).to_owned());
    (page.prose, facts.metadata(headline.as_deref()))
}

/// The text of a piece of markup that is all article, such as the body of a feed's entry. Linear.
pub(super) fn fragment(source: &str) -> Prose {
    let mut page = page::page(source, |_| {});
    zones::judge(&mut page, Scope::Body);
    page.prose
}

#[cfg(test)]
mod tests {
    use super::{article, fragment};

    /// The blocks of a fragment as kind and text.
    fn check(source: &str, expected: &[(&str, &str)]) {
        let prose = fragment(source);
        let blocks: Vec<(&str, &str)> =
            prose.blocks.iter().map(|block| (block.kind.name(), block.span.of(&prose.text))).collect();
        assert_eq!(blocks, expected, "{source}");
    }

    #[test]
    fn blocks_are_what_a_reader_sees() {
        check("<p>One&#10;\n <b>two</b>\n</p><p> three", &[("paragraph", "One two"), ("paragraph", "three")]);
        check("<p>Seen <span class=sr-only>not</span><i hidden>nor</i>.", &[("paragraph", "Seen .")]);
        check("<ul><li>a<li><p>b</p></ul>", &[("list item", "a"), ("list item", "b")]);
        check("<table><tr><td>a<td>b<tr><td><p>c</table>", &[("table", "a b"), ("paragraph", "c")]);
        check("a<br>b<br><br>c", &[("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]);
        check("<p>a<br>b</p><pre>x\n  y</pre>", &[("paragraph", "a b"), ("code", "x\n  y")]);
        check(
            "<div role=heading>a</div><p><font>b</div></font> c",
            &[("heading", "a"), ("paragraph", "b"), ("paragraph", "c")],
        );
        check(
            "<p>a</p><script>b</script><style>c</style><!-- d --><svg><text>e</svg>",
            &[("paragraph", "a")],
        );
    }

    #[test]
    fn a_time_is_that_of_the_article() {
        let page = |before: &str| {
            format!(
                "<div>{before}</div><h1>Title of it</h1><time datetime=2024-06-19>19 June</time><p>Text.</p>"
            )
        };
        for before in ["", "<time datetime=2023-01-01>Ticker</time>"] {
            let (_, metadata) = article(&page(before), |_| {});
            assert_eq!(metadata.published.map(|day| day.to_string()).as_deref(), Some("2024-06-19"));
        }
    }
}
