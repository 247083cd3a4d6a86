//! What an element is by its name.

use crate::corpus::BlockKind;

/// How an element takes part in the layout of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// It stands within a line.
    Inline,
    /// It starts and ends a block.
    Block,
    /// A cell of a table row.
    Cell,
    /// A line break.
    Break,
    /// Its text is not shown.
    Hidden,
}

/// An element's name and all that follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    pub(super) name: &'static str,
    pub(super) layout: Layout,
    /// Whether it has no content and no end tag.
    pub(super) is_void: bool,
    /// What its text is for.
    pub(super) kind: Option<BlockKind>,
    /// Whether its text belongs to the page, not to the article.
    pub(super) is_chrome: bool,
}

const fn tag(name: &'static str, layout: Layout) -> Tag {
    Tag { name, layout, is_void: false, kind: None, is_chrome: false }
}

const fn block(name: &'static str) -> Tag {
    tag(name, Layout::Block)
}

const fn of_kind(name: &'static str, kind: BlockKind) -> Tag {
    Tag { kind: Some(kind), ..block(name) }
}

const fn chrome(name: &'static str) -> Tag {
    Tag { is_chrome: true, ..block(name) }
}

const fn void(name: &'static str, layout: Layout) -> Tag {
    Tag { is_void: true, ..tag(name, layout) }
}

const fn hidden(name: &'static str) -> Tag {
    tag(name, Layout::Hidden)
}

/// Elements whose names say nothing.
pub(super) const INLINE: Tag = tag("", Layout::Inline);
/// Elements of a name with a hyphen are made by scripts, mostly as blocks.
pub(super) const CUSTOM: Tag = block("custom");
/// The page.
pub(super) const ROOT: Tag = block("page");

/// Sorted by name.
#[rustfmt::skip]
const TAGS: [Tag; 97] = [
    tag("a", Layout::Inline), block("address"), void("area", Layout::Inline), block("article"), chrome("aside"),
    hidden("audio"), tag("b", Layout::Inline), void("base", Layout::Inline), of_kind("blockquote", BlockKind::Quote),
    block("body"), void("br", Layout::Break), chrome("button"), hidden("canvas"),
    of_kind("caption", BlockKind::Caption), block("center"), tag("code", Layout::Inline),
    void("col", Layout::Inline), hidden("datalist"), of_kind("dd", BlockKind::ListItem), block("details"),
    chrome("dialog"), block("dir"), block("div"), block("dl"), of_kind("dt", BlockKind::ListItem),
    tag("em", Layout::Inline), void("embed", Layout::Inline), block("fieldset"),
    of_kind("figcaption", BlockKind::Caption), of_kind("figure", BlockKind::Caption), chrome("footer"),
    chrome("form"), of_kind("h1", BlockKind::Heading), of_kind("h2", BlockKind::Heading),
    of_kind("h3", BlockKind::Heading), of_kind("h4", BlockKind::Heading), of_kind("h5", BlockKind::Heading),
    of_kind("h6", BlockKind::Heading), tag("head", Layout::Block), chrome("header"), block("hgroup"),
    of_kind("hl1", BlockKind::Heading), of_kind("hl2", BlockKind::Heading), void("hr", Layout::Block),
    block("html"), tag("i", Layout::Inline), hidden("iframe"), void("img", Layout::Inline),
    void("input", Layout::Inline), chrome("label"), chrome("legend"), of_kind("li", BlockKind::ListItem),
    void("link", Layout::Inline), block("main"), tag("map", Layout::Inline), hidden("math"), chrome("menu"),
    void("meta", Layout::Inline), chrome("nav"), hidden("noembed"), hidden("noframes"), hidden("noscript"),
    hidden("object"), block("ol"), hidden("optgroup"), hidden("option"), block("p"),
    void("param", Layout::Inline), of_kind("pre", BlockKind::Code), hidden("rp"), hidden("rt"),
    hidden("script"), block("search"), block("section"), hidden("select"), void("source", Layout::Inline),
    tag("span", Layout::Inline), tag("strong", Layout::Inline), hidden("style"), block("summary"),
    hidden("svg"), block("table"), block("tbody"), Tag { kind: Some(BlockKind::Table), ..tag("td", Layout::Cell) },
    hidden("template"), hidden("textarea"), block("tfoot"),
    Tag { kind: Some(BlockKind::Table), ..tag("th", Layout::Cell) }, block("thead"), tag("time", Layout::Inline),
    hidden("title"), of_kind("tr", BlockKind::Table), void("track", Layout::Inline), block("ul"),
    hidden("video"), void("wbr", Layout::Inline), of_kind("xmp", BlockKind::Code),
];

/// What an element of this name is; a namespace prefix is passed over.
pub(super) fn lookup(name: &[u8]) -> Tag {
    let local = name.rsplit(|&byte| byte == b':').next().unwrap_or(name);
    match TAGS.binary_search_by(|tag| tag.name.as_bytes().cmp(local)) {
        Ok(at) => TAGS[at],
        Err(_) if local.contains(&b'-') => CUSTOM,
        Err(_) => INLINE,
    }
}

/// The elements that a start tag ends, and those within which they are looked for.
pub(super) fn ended_by(tag: &Tag) -> (&'static [&'static str], &'static [&'static str]) {
    match tag.name {
        "li" => (&["li", "p"], &["ul", "ol", "menu", "dir", "td", "th"]),
        "dd" | "dt" => (&["dd", "dt", "p"], &["dl", "td", "th"]),
        "td" | "th" => (&["td", "th", "p"], &["tr", "table"]),
        "tr" => (&["tr", "td", "th", "p"], &["table"]),
        "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "tr", "td", "th", "p"], &["table"]),
        _ if tag.layout == Layout::Block => (&["p"], &["td", "th", "li", "dd", "article", "section", "div"]),
        _ => (&[], &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::{TAGS, lookup};

    #[test]
    fn the_table_is_sorted() {
        assert!(TAGS.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert_eq!(
            (lookup(b"xhtml:p").name, lookup(b"o:custom-x").name, lookup(b"u").name),
            ("p", "custom", "")
        );
    }
}
